"""A role that cannot go on stops alone and loudly, whatever made it stop."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.clock import SystemClock
from app.counter import Counter
from app.parts import open_parts
from app.roles import Role, RoleBoard, serve
from domain.errors import RoleStopped, StorageGone


@pytest.mark.parametrize("error", [RoleStopped("the token was refused"), StorageGone("locked"), ValueError("mots")])
async def test_what_ends_a_role_is_on_the_board_and_in_the_log(error: Exception, tmp_path: Path) -> None:
    """A refusal says why; a mistake of ours, whose words may be somebody's, gives its kind only."""

    async def fails(stopping: asyncio.Event) -> None:
        raise error

    stopped_gently = asyncio.Event()

    async def goes_on(stopping: asyncio.Event) -> None:
        await stopping.wait()
        stopped_gently.set()

    board = RoleBoard()
    async with open_parts(tmp_path / "house.db", tmp_path / "master.key", SystemClock()) as parts:
        with capture_logs() as lines:
            role = Role("worker", [goes_on, fails], is_single=False)
            await serve(role, Counter(parts), tmp_path, board, asyncio.Event())
    assert stopped_gently.is_set()
    assert (board.running, board.stopped) == (set(), {"worker": type(error).__name__})
    [line] = [one for one in lines if one["event"] == "role.stopped"]
    assert (line["log_level"], line["error"]) == ("error", type(error).__name__)
    assert line.get("reason") == (None if isinstance(error, ValueError) else str(error))
