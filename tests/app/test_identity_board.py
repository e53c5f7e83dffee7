"""What officers compare reaches the supervisors' page."""

from pathlib import Path

from app.clock import SystemClock
from app.identity_board import IdentityBoard
from app.parts import open_parts
from bots.matrix.sas import Comparison
from handlers.ports import Supervisor
from handlers.supervisor import ReadingRoom

READER = Supervisor("claire", "", None)


async def test_fingerprint_and_last_emoji_are_on_the_identity_page(tmp_path: Path) -> None:
    clock = SystemClock()
    async with open_parts(tmp_path / "guichet.db", tmp_path / "master.key", clock) as parts:
        board, room = IdentityBoard(parts.store), ReadingRoom(parts.store, parts.cells, clock)
        assert (await room.identity(READER)).fingerprint is None
        await board.opened("AbCd 1234")
        board.show(Comparison("@agent:cell.example", (("🐶", "Chien"), ("🎩", "Chapeau")), (1, 2, 3)))
        await board.written()
        shown = await room.identity(READER)
    assert shown.fingerprint == "AbCd 1234"
    assert shown.verification == "🐶 Chien  🎩 Chapeau"
