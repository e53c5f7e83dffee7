"""Small parts of the officers' side: settings, the room book, health, what reaches the logs."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bots.matrix.book import CaseMark, PlaceMark, RoomBook
from bots.matrix.client import silence_libraries
from bots.matrix.content import MSGTYPES, message, reaction
from bots.matrix.files import UnusableFile, clean
from bots.matrix.health import HealthBoard
from bots.matrix.plain import from_html
from bots.matrix.settings import MatrixSettings
from domain.case import Officer
from domain.ids import Alias, CellId, MessageRef, OfficerId, RoomId
from domain.messages import Mark, ToOfficers
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import cell_of, room_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOT, ROOM = "@guichet:cell.example", RoomId("!r:cell.example")


def state(kind: str, content: dict[str, Any], sender: str = BOT, key: str = "") -> SimpleNamespace:
    return SimpleNamespace(source={"type": kind, "content": content, "sender": sender, "state_key": key})


def test_only_our_own_marks_make_a_case_room() -> None:
    """A mark that somebody else set, or a malformed one, is passed over."""
    book = RoomBook(BOT)
    book.read(ROOM, [state("fr.guichet.case", {"alias": "S-1", "cell": "v"}, sender="@a:x")], NOW)
    book.read(ROOM, [state("fr.guichet.case", {"alias": 3})], NOW)
    assert book.cases == {}
    book.read(ROOM, [state("fr.guichet.case", {"alias": "S-1", "cell": "v"})], NOW)
    book.read(ROOM, [state("fr.guichet.place", {"kind": "palace", "cell": "v"})], NOW)
    assert book.cases == {ROOM: CaseMark(Alias("S-1"), CellId("v"))}
    assert book.places == {}
    assert book.room_of(Alias("S-1")) == ROOM
    book.forget(ROOM)
    assert book.room_of(Alias("S-1")) is None


def test_the_book_knows_places_members_and_children() -> None:
    """Members stay seen when they leave; a child without servers is no child any more."""
    book, child = RoomBook(BOT), RoomId("!c:cell.example")
    book.read(ROOM, [state("fr.guichet.place", {"kind": "space", "cell": "v"})], NOW)
    book.read(ROOM, [state("m.room.member", {"membership": "leave"}, key="@a:x")], NOW)
    book.read(ROOM, [state("m.space.child", {"via": ["x"]}, key=child)], NOW + timedelta(days=1))
    assert book.place("space", CellId("v")) == ROOM
    assert book.places[ROOM] == PlaceMark("space", CellId("v"))
    assert (book.seen_members[ROOM], book.children[ROOM], book.first_seen[ROOM]) == ({"@a:x"}, {child}, NOW)
    book.read(ROOM, [state("m.space.child", {}, key=child)], NOW)
    assert book.children[ROOM] == set()


def test_settings_are_legal_from_birth() -> None:
    """An account without its server or an address that is none is told at once; the password is not shown."""
    with pytest.raises(ValueError, match="@name:server"):
        MatrixSettings("http://x", "guichet", Path("x"))
    with pytest.raises(ValueError, match="http"):
        MatrixSettings("x.example", BOT, Path("x"))
    assert "secret" not in repr(MatrixSettings("http://x", BOT, Path("x"), "secret"))


def test_readiness_says_what_is_wrong() -> None:
    """Ready means: signed, a recent sync, token accepted."""
    board = HealthBoard()
    assert board.health.faults(NOW) == ("sync_stale", "device_unsigned")
    board.device_signed()
    board.good_sync(NOW)
    assert board.health.is_ready(NOW + timedelta(seconds=60))
    assert not board.health.is_ready(NOW + timedelta(seconds=61))
    board.strays(1)
    board.token_refused()
    assert board.health.faults(NOW) == ("token_refused", "stray_devices")
    assert not board.health.is_ready(NOW)


def test_our_messages_ring_nobody_and_marks_hold_a_sign_only() -> None:
    """`@room` in a citizen's words mentions nobody; a reaction, which is not encrypted, holds the mark alone."""
    for kind in MSGTYPES:
        assert message(ToOfficers("@room urgent", kind), None)["m.mentions"] == {}
    assert reaction(MessageRef("$x"), Mark.FAILED) == {
        "m.relates_to": {"rel_type": "m.annotation", "event_id": "$x", "key": "⚠️"}
    }


def test_bombs_and_false_photos_are_refused() -> None:
    """What says it is a photo must be one, of a plausible size."""
    for content in (b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        with pytest.raises(UnusableFile):
            clean(content, "image/png")
    assert clean(b"anything", "application/pdf") == b"anything"


@pytest.mark.parametrize("html", ["<a href='x'", "</mx-reply>bonjour", "<mx-reply><b>x", "&#x110000;", "<" * 500])
def test_broken_formatting_is_survived(html: str) -> None:
    assert isinstance(from_html(html), str)


def test_libraries_are_silent(caplog: pytest.LogCaptureFixture) -> None:
    """nio prints whole malformed events: not here."""
    silence_libraries()
    with caplog.at_level(logging.DEBUG):
        for name in ("nio", "nio.events.misc", "nio.crypto.log", "peewee"):
            logging.getLogger(name).critical("CANARI")
    assert "CANARI" not in caplog.text


def test_a_cell_knows_its_officers() -> None:
    """The allow-list is the cell's protocol."""
    cell = cell_of([], officers=(Officer(OfficerId("@a:x"), "douanes"),))
    assert cell.officer(OfficerId("@a:x")) is not None
    assert cell.officer(OfficerId("@b:x")) is None


@pytest.mark.servers
async def test_nothing_written_reaches_a_log(
    new_house: HouseMaker,
    new_officer: OfficerMaker,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Words, malformed events, names and tokens pass through everything: no log line holds any of them."""
    officer = await new_officer()
    with caplog.at_level(logging.DEBUG):
        house = await (await new_house(officer)).start()
        silence_libraries()  # the officer's own client is nio too
        case = await house.ready_case()
        room = room_of(case)
        await house.say(case, "CANARI-1")
        await officer.content(room, {"msgtype": "m.text", "body": ["CANARI-2"], "x": "CANARI-2"})
        await officer.clear(room, "m.room.encrypted", {"algorithm": "CANARI-3"})
        await officer.clear(room, "m.room.message", {"msgtype": "CANARI-4", "CANARI-4": 1})
        await officer.say(room, "CANARI-5")
        await house.hears(case, 1)
        token = house.bot._started.client.access_token
        await house.close()
        await house.open()
    captured = capsys.readouterr()
    logged = caplog.text + captured.out + captured.err
    assert "matrix.session_open" in logged
    for canary in ("CANARI", officer.user_id, officer.account.name, token, house.account.password):
        assert canary not in logged
