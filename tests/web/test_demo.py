"""The demonstration's two edges and its page: what people do goes to the intake, what the counter sends is shown."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from domain.case import Case, RoomState
from domain.errors import Blocked, OperatorError, Refused, StorageGone
from domain.ids import Alias, Contact, ConversationId, FileId, MessageRef, OfficerId, RoomId
from domain.messages import (
    Button,
    ClosedDoor,
    Command,
    Commanded,
    Edited,
    EraseChat,
    FromOfficer,
    Mark,
    Noted,
    Ordered,
    Photographed,
    Pinned,
    RefusedKind,
    Said,
    SentRefused,
    Tapped,
    ToCitizen,
    Told,
    ToOfficers,
    Withdrew,
)
from tests.web.fakes import MARTIN, START, VAUCLUSE, StoppedClock, TwoCells, WrittenDown
from web.demo.app import make_demo
from web.demo.live import Live
from web.demo.markup import tree
from web.demo.phone import DemoPhones, UnknownThing
from web.demo.room import DemoRooms
from web.headers import SECURITY_HEADERS
from web.server import PageServer

ONE = Contact("demo:1")
ALIAS = Alias("S-0001")
CASE = Case(ALIAS, ConversationId("c" * 32), VAUCLUSE.id, RoomState.WANTED, None, START)
HERE = {"origin": "http://127.0.0.1:8000"}


@pytest.fixture
def intake() -> WrittenDown:
    return WrittenDown()


@pytest.fixture
def live() -> Live:
    return Live()


@pytest.fixture
def phones(intake: WrittenDown, live: Live) -> DemoPhones:
    phones = DemoPhones(intake, StoppedClock(), live)
    phones.add()
    return phones


@pytest.fixture
def rooms(intake: WrittenDown, live: Live) -> DemoRooms:
    return DemoRooms(intake, TwoCells(), StoppedClock(), live)


async def only_png(raw: bytes) -> tuple[bytes, str] | None:
    return (b"clean", "image/jpeg") if raw.startswith(b"\x89PNG") else None


# --- phones ----------------------------------------------------------------------------------------


async def test_everything_a_citizen_does_is_handed_in(phones: DemoPhones, intake: WrittenDown) -> None:
    """In order, as Telegram's edge would, each under its own remote id, from the phone's own address."""
    [ref] = await phones.send(ONE, ToCitizen("Quand ?", (Button("Le soir", "token-1"),)), None)
    await phones.say(1, "/start vaucluse")
    await phones.say(1, "/inconnu")
    await phones.tap(1, ref, "token-1")
    mine = next(bubble for bubble in phones.phone(1).bubbles.values() if bubble.text == "/inconnu")
    await phones.edit(1, mine.ref, "il vend le soir")
    await phones.pin(1, 43.9, 4.8)
    await phones.photograph(1, b"\x89PNG...", "la voiture", only_png)
    await phones.photograph(1, b"MZ...", "", only_png)
    await phones.send_refused(1, RefusedKind.CONTACT)
    await phones.say(1, "a" * 4097)
    await phones.set_door(1, False)
    [file] = phones.phone(1).files
    assert intake.contents == [
        Commanded(Command.START, "vaucluse"),
        Said("/inconnu"),
        Tapped("token-1"),
        Edited("il vend le soir"),
        Pinned(43.9, 4.8),
        Photographed(file, "la voiture"),
        SentRefused(RefusedKind.BAD_PHOTO),
        SentRefused(RefusedKind.CONTACT),
        SentRefused(RefusedKind.TOO_LONG),
        ClosedDoor(open=False),
    ]
    assert len({arrival.remote_id for arrival in intake.arrivals}) == 10
    assert {arrival.contact for arrival in intake.arrivals} == {ONE}
    assert intake.arrivals[3].message.ref == mine.ref


async def test_a_lost_message_is_shown_as_lost(phones: DemoPhones, intake: WrittenDown) -> None:
    """When the store is gone the bubble says so, and the page learns it."""
    intake.is_gone = True
    with pytest.raises(StorageGone):
        await phones.say(1, "il vend le soir")
    [bubble] = phones.phone(1).bubbles.values()
    assert bubble.lost


async def test_a_phone_that_blocked_gets_nothing(phones: DemoPhones) -> None:
    """As on Telegram, sending to it says so."""
    await phones.set_door(1, False)
    with pytest.raises(Blocked):
        await phones.send(ONE, ToCitizen("Bonjour"), None)
    await phones.set_door(1, True)
    assert await phones.send(ONE, ToCitizen("Bonjour"), None)


async def test_erasing_takes_both_sides_off_the_screen(phones: DemoPhones) -> None:
    """Messages and pictures go; what is not there any more is not counted."""
    await phones.photograph(1, b"\x89PNG", "", only_png)
    [ours] = await phones.send(ONE, ToCitizen("Merci."), None)
    theirs = next(iter(phones.phone(1).bubbles))
    assert await phones.erase(ONE, EraseChat((ours, theirs, MessageRef("gone")))) == 2
    assert (phones.phone(1).bubbles, phones.phone(1).files) == ({}, {})


@pytest.mark.parametrize("contact", ["telegram:1", "demo:", "demo:x"])
async def test_other_addresses_are_refused(phones: DemoPhones, contact: str) -> None:
    """Only phones of the demonstration are reached here."""
    with pytest.raises(Refused):
        await phones.send(Contact(contact), ToCitizen("Bonjour"), None)


async def test_a_phone_known_from_an_earlier_run_is_switched_on_again(phones: DemoPhones) -> None:
    """A letter that waited through a restart finds its phone."""
    await phones.send(Contact("demo:7"), ToCitizen("Un agent a rejoint la conversation."), None)
    assert phones.numbers() == (1, 7)
    assert phones.add() == 8


async def test_a_button_that_is_not_there_cannot_be_tapped(phones: DemoPhones) -> None:
    """The page cannot invent choices."""
    [ref] = await phones.send(ONE, ToCitizen("Quand ?", (Button("Le soir", "token-1"),)), None)
    with pytest.raises(UnknownThing):
        await phones.tap(1, ref, "token-2")


# --- rooms -----------------------------------------------------------------------------------------


async def make_room(rooms: DemoRooms) -> RoomId:
    return await rooms.create_room(CASE, VAUCLUSE, await rooms.places(VAUCLUSE, None))


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("Bonjour.", Told("Bonjour.")),
        ("// entre nous", Noted("entre nous")),
        ("!note entre nous", Noted("entre nous")),
        ("!Clore exploitable suite donnée", Ordered("clore", "exploitable suite donnée")),
        ("!aide", Ordered("aide")),
        ("!", Told("!")),
    ],
)
async def test_what_officers_type(rooms: DemoRooms, intake: WrittenDown, typed: str, content: object) -> None:
    """Words, notes and commands are told apart, with the officer's service beside them."""
    room = await make_room(rooms)
    await rooms.say(ALIAS, MARTIN, typed)
    [arrival] = intake.arrivals
    assert isinstance(arrival.message, FromOfficer)
    assert (arrival.room, arrival.message.content) == (room, content)
    assert (arrival.message.officer, arrival.message.service) == (MARTIN, "police nationale")


async def test_the_note_box_keeps_even_a_command_inside(rooms: DemoRooms, intake: WrittenDown) -> None:
    """With "Note interne" ticked nothing leaves."""
    await make_room(rooms)
    await rooms.say(ALIAS, MARTIN, "!clore exploitable", as_note=True)
    assert intake.contents == [Noted("!clore exploitable")]


async def test_only_members_write_and_only_on_their_own_messages(rooms: DemoRooms, intake: WrittenDown) -> None:
    """A stranger, a message of another's, and one withdrawn already are refused."""
    room = await make_room(rooms)
    with pytest.raises(UnknownThing):
        await rooms.say(ALIAS, OfficerId("@inconnu:ailleurs"), "Bonjour")
    ours = await rooms.send(room, ToOfficers("Carte", "card"), "t1", None, None)
    with pytest.raises(UnknownThing):
        await rooms.withdraw(ALIAS, MARTIN, ours)
    await rooms.say(ALIAS, MARTIN, "Bonjour")
    said = list(rooms.room(ALIAS).entries)[-1]
    await rooms.edit(ALIAS, MARTIN, said, "Bonsoir")
    await rooms.withdraw(ALIAS, MARTIN, said)
    with pytest.raises(UnknownThing):
        await rooms.edit(ALIAS, MARTIN, said, "Encore")
    assert intake.contents == [Told("Bonjour"), Told("Bonsoir", replaces=said), Withdrew()]
    assert intake.arrivals[-1].message.ref == said


async def test_the_same_transaction_never_makes_two_messages(rooms: DemoRooms) -> None:
    """A letter sent again after a crash is found, not doubled."""
    room = await make_room(rooms)
    first = await rooms.send(room, ToOfficers("Bonjour", "notice"), "t1", None, None)
    assert await rooms.send(room, ToOfficers("Bonjour", "notice"), "t1", None, None) == first
    assert len(rooms.room(ALIAS).entries) == 1


async def test_the_card_stays_one_message(rooms: DemoRooms) -> None:
    """An edit takes the place of the card sent before."""
    room = await make_room(rooms)
    card = await rooms.send(room, ToOfficers("Lieu : ?", "card", key="card"), "t1", None, None)
    assert await rooms.send(room, ToOfficers("Lieu : la gare", "card", key="card"), "t2", card, None) == card
    [entry] = rooms.room(ALIAS).entries.values()
    assert (entry.text, entry.edited) == ("Lieu : la gare", True)


async def test_a_mark_takes_the_place_of_the_earlier_one(rooms: DemoRooms) -> None:
    """Queued, then accepted: one mark on the message."""
    room = await make_room(rooms)
    await rooms.say(ALIAS, MARTIN, "Bonjour")
    said = list(rooms.room(ALIAS).entries)[-1]
    queued = await rooms.mark(room, said, Mark.QUEUED, "m1", None)
    await rooms.mark(room, said, Mark.ACCEPTED, "m2", queued)
    assert rooms.room(ALIAS).entries[said].mark is Mark.ACCEPTED


async def test_nothing_is_heard_in_a_room_we_left(rooms: DemoRooms, intake: WrittenDown) -> None:
    """After the case is closed the room only remembers."""
    room = await make_room(rooms)
    await rooms.leave(room)
    with pytest.raises(UnknownThing):
        await rooms.say(ALIAS, MARTIN, "Encore une question")
    assert intake.arrivals == []


async def test_a_room_is_found_again_and_made_once(rooms: DemoRooms) -> None:
    """Creation after a crash gives the same room; a letter to a room of an earlier run opens it again."""
    assert await rooms.find_room(ALIAS) is None
    room = await make_room(rooms)
    assert (await rooms.find_room(ALIAS), await make_room(rooms)) == (room, room)
    other = RoomId(room.replace("S-0001", "S-0002"))
    await rooms.send(other, ToOfficers("Récapitulatif", "recap"), "t9", None, None)
    assert rooms.aliases() == (ALIAS, Alias("S-0002"))
    with pytest.raises(Refused):
        await rooms.send(RoomId("!elsewhere:example"), ToOfficers("x", "notice"), "t1", None, None)


# --- markup ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "nodes"),
    [
        ("a &lt;b&gt; c", ["a <b> c"]),
        ("<b>gras</b> puis", [{"tag": "b", "children": ["gras"]}, " puis"]),
        ('<p onclick="x()" style="color:red">un</p>', [{"tag": "p", "children": ["un"]}]),
        ("<script>alert(1)</script>après", ["après"]),
        ('<a href="javascript:x">lien</a><img src=x onerror=y>', ["lien"]),
        ("un<br>deux", ["un", {"tag": "br", "children": []}, "deux"]),
        ("<b><i>mal</b> fermé</i>", [{"tag": "b", "children": [{"tag": "i", "children": ["mal"]}]}, " fermé"]),
    ],
)
def test_only_the_safe_subset_is_left(html: str, nodes: list[object]) -> None:
    """Tags without attributes, and text; nothing that runs."""
    assert tree(html) == nodes


# --- the page --------------------------------------------------------------------------------------


@pytest.fixture
async def client(phones: DemoPhones, rooms: DemoRooms, live: Live) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(demo_app(phones, rooms, live), client=("127.0.0.1", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


def demo_app(phones: DemoPhones, rooms: DemoRooms | None, live: Live):  # type: ignore[no-untyped-def]  # an ASGI app
    async def nowhere(contact: Contact) -> None:
        return None

    async def nothing(conversation: ConversationId) -> dict[str, object]:
        raise AssertionError("no conversation has begun")

    return make_demo(
        phones=phones, rooms=rooms, live=live, knowledge=nothing, conversation_of=nowhere, clean_photo=only_png
    )


async def test_the_page_bears_the_security_headers(client: httpx.AsyncClient) -> None:
    """The page, its scripts and its faults."""
    for path in ("/", "/static/demo/page.js", "/nowhere"):
        answer = await client.get(path)
        assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS), path


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example", "origin": "http://evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {},
        HERE | {"sec-fetch-site": "cross-site"},
    ],
)
async def test_other_sites_cannot_speak_for_the_page(
    client: httpx.AsyncClient, intake: WrittenDown, headers: dict[str, str]
) -> None:
    """Wrong names (DNS rebinding), foreign pages and unnamed ones are turned away."""
    answer = await client.post("/phones/1/say", json={"text": "bonjour"}, headers=headers)
    assert (answer.status_code, intake.arrivals) == (403, [])


async def test_other_machines_see_nothing(phones: DemoPhones, rooms: DemoRooms, live: Live) -> None:
    """Even if the port were open to them."""
    transport = httpx.ASGITransport(demo_app(phones, rooms, live), client=("192.0.2.7", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        assert (await client.get("/")).status_code == 403


async def test_acts_come_through_the_page(client: httpx.AsyncClient, intake: WrittenDown) -> None:
    """A message, and a photo whose name is dropped."""
    assert (await client.post("/phones/1/say", json={"text": "bonjour"}, headers=HERE)).status_code == 204
    photo = {"photo": ("Martin Durand.png", b"\x89PNG", "image/png")}
    sent = await client.post("/phones/1/photo", data={"caption": "ici"}, files=photo, headers=HERE)
    assert sent.status_code == 204
    assert [type(content) for content in intake.contents] == [Said, Photographed]
    assert "Durand" not in repr(intake.arrivals)


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/phones/9/say", {"text": "bonjour"}, 404),
        ("/phones/1/say", {"text": " "}, 400),
        ("/phones/1/say", ["bonjour"], 400),
        ("/phones/1/pin", {"latitude": 91, "longitude": 0}, 400),
        ("/phones/1/pin", {"latitude": "43", "longitude": 0}, 400),
        ("/phones/1/refused", {"kind": "rien"}, 400),
        ("/phones/1/tap", {"ref": "x", "choice": "y"}, 404),
        ("/rooms/S-0404/say", {"officer": "@a:b", "text": "bonjour"}, 404),
    ],
)
async def test_acts_that_make_no_sense_are_refused(
    client: httpx.AsyncClient, intake: WrittenDown, path: str, sent: object, status: int
) -> None:
    """Nothing reaches the intake."""
    assert (await client.post(path, json=sent, headers=HERE)).status_code == status
    assert intake.arrivals == []


async def test_a_lost_store_is_said(client: httpx.AsyncClient, intake: WrittenDown) -> None:
    """The page is told 503, so that it can tell the person."""
    intake.is_gone = True
    assert (await client.post("/phones/1/say", json={"text": "bonjour"}, headers=HERE)).status_code == 503


async def test_only_pictures_are_shown_in_place(client: httpx.AsyncClient, phones: DemoPhones) -> None:
    """Any other file is offered for download, as plain bytes."""
    phone = phones.phone(1)
    phone.files[FileId("p")] = (b"jpeg", "image/jpeg")
    phone.files[FileId("h")] = (b"<script>", "text/html")
    assert (await client.get("/phones/1/files/p")).headers["content-type"] == "image/jpeg"
    other = await client.get("/phones/1/files/h")
    assert (other.headers["content-type"], other.headers["content-disposition"]) == (
        "application/octet-stream",
        "attachment",
    )


@asynccontextmanager
async def serving(page: PageServer) -> AsyncIterator[str]:
    """The page's address while it is served; it has stopped within seconds afterwards."""
    task = asyncio.create_task(page.serve())
    try:
        yield f"http://127.0.0.1:{await page.started()}"
    finally:
        page.stop()
        async with asyncio.timeout(8):
            await task


async def test_the_stream_tells_everything_then_what_changes(phones: DemoPhones, rooms: DemoRooms, live: Live) -> None:
    """Over a real socket: the whole picture first, then what changed; a stop ends the stream at once."""
    page = PageServer(demo_app(phones, rooms, live), "127.0.0.1", 0, before_stop=live.close)
    async with (
        serving(page) as url,
        httpx.AsyncClient(base_url=url) as client,
        client.stream("GET", "/events") as stream,
    ):
        assert "server" not in stream.headers
        panes = (json.loads(line[6:]) async for line in stream.aiter_lines() if line.startswith("data: "))
        assert [(await anext(panes))["pane"] for _ in range(4)] == ["phones", "phone", "rooms", "known"]
        await phones.say(1, "bonjour")
        pane = await anext(panes)
        assert (pane["pane"], pane["key"], pane["bubbles"][0]["text"]) == ("phone", "1", "bonjour")
        page.stop()
        assert [pane async for pane in panes if pane["pane"] != "known"] == []


async def test_a_taken_port_is_said_plainly(phones: DemoPhones, rooms: DemoRooms, live: Live) -> None:
    """One sentence that the command can end with, not a trace, nor an exit of the process."""
    async with serving(PageServer(demo_app(phones, rooms, live), "127.0.0.1", 0)) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(OperatorError, match=f"port {port} of 127.0.0.1: a free one expected"):
            await PageServer(demo_app(phones, rooms, live), "127.0.0.1", port).serve()


async def test_with_real_rooms_the_page_says_how_to_log_in(phones: DemoPhones, live: Live) -> None:
    """The right pane has no room of its own then."""
    transport = httpx.ASGITransport(demo_app(phones, None, live), client=("127.0.0.1", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        page = (await client.get("/")).text
    assert "vrais salons chiffrés" in page
    assert 'id="room-form"' not in page


async def test_a_closed_case_keeps_its_alias_in_the_room_id(rooms: DemoRooms) -> None:
    """Two cases have two rooms."""
    await make_room(rooms)
    other = await rooms.create_room(replace(CASE, alias=Alias("S-0002")), VAUCLUSE, await rooms.places(VAUCLUSE, None))
    assert other != await rooms.find_room(ALIAS)
