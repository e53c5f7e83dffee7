"""Letters to officers against the real Synapse: readable by everyone at once, never in the clear, never twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nio import MegolmEvent, RoomMessageText
from nio.crypto.attachments import decrypt_attachment

from domain.case import Case, RoomState
from domain.errors import NotSent, Refused
from domain.ids import MessageRef, RoomId
from domain.messages import Mark, ToOfficers
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import HandClock, MatrixHouse, NioOfficer, cell_of, dead_device, room_of, stray_login, until
from tests.servers.synapse import Account

pytestmark = pytest.mark.servers


@pytest.mark.slow
async def test_first_messages_of_twenty_rooms_are_readable(
    new_house: HouseMaker, new_officer: OfficerMaker, tmp_path: Path
) -> None:
    """Twenty rooms made and written to at once, with a stale bot device: every officer reads every first message."""
    officers = [await new_officer(), await new_officer()]
    house = await (await new_house(*officers)).start()
    async with stray_login(house.synapse, house.account, tmp_path):
        await house.until(lambda: house.bot.health.stray_devices == 1, what="the stray device being noticed")
        cases = await asyncio.gather(*[open_and_write(house, await house.open_case()) for _ in range(20)])
        for officer in officers:
            for case in cases:
                await until(lambda o=officer, c=case: o.bodies(c.room) == [first_words(c)], what="a first message")  # type: ignore[misc]
            assert officer.unreadable == []


async def open_and_write(house: MatrixHouse, case: Case) -> Case:
    """Make the room and write at once, before anybody has joined it."""
    places = await house.bot.channel.places(house.cells.cell, None)
    room = await house.bot.channel.create_room(case, house.cells.cell, places)
    rooms, officers = house.bot.channel.rooms, {one.id for one in house.cells.cell.officers}
    await house.until(lambda: officers <= rooms.book.seen_members.get(room, set()), what="the members")
    made = replace(case, room=room)
    await house.say(made, first_words(made))
    return made


def first_words(case: Case) -> str:
    return f"premier mot de {case.alias}"


async def test_a_thief_of_the_password_gets_no_key(
    new_house: HouseMaker, new_officer: OfficerMaker, tmp_path: Path
) -> None:
    """A second device of the bot's account is counted, and is never given the key of a room."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    async with stray_login(house.synapse, house.account, tmp_path) as stray:
        await house.until(lambda: house.bot.health.stray_devices == 1, what="the stray device being noticed")
        assert "stray_devices" in house.bot.health.faults(house.clock.now())
        case = await house.ready_case()
        await house.say(case, "pour l'agent seulement")
        await until(lambda: officer.bodies(case.room), what="the message")
        answer = await stray.sync(full_state=True)
        events = [event for info in answer.rooms.join.values() for event in info.timeline.events]
        assert any(isinstance(event, MegolmEvent) for event in events)
        assert not any(isinstance(event, RoomMessageText) for event in events)


async def test_nothing_is_written_in_a_clear_room(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A room that is not encrypted is refused, and so is a mark there; an unknown room must wait."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    client = house.bot._started.client
    answer = await client.room_create(name="claire", invite=[officer.user_id])
    room = RoomId(answer.room_id)
    letter = ToOfficers("rien de clair", "citizen")
    await house.until(lambda: room in client.rooms, what="the clear room")
    with pytest.raises(Refused) as refused:
        await house.bot.channel.send(room, letter, "g-1", None, None)
    assert refused.value.reason == "not_encrypted"
    with pytest.raises(Refused):
        await house.bot.channel.mark(room, MessageRef("$x"), Mark.QUEUED, "g-2", None)
    with pytest.raises(NotSent):
        await house.bot.channel.send(RoomId("!nowhere:guichet.test"), letter, "g-3", None, None)
    assert not house.synapse.holds("rien de clair")


async def test_the_same_transaction_never_makes_two_messages(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Sent again under the same transaction, also by a new run of the program: one message."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    first = await house.say(case, "une seule fois", "g-7")
    assert await house.say(case, "une seule fois", "g-7") == first
    await house.restart()
    assert await house.say(case, "une seule fois", "g-7") == first
    await house.say(case, "fin", "g-8")
    await until(lambda: "fin" in officer.bodies(case.room), what="the last message")
    assert officer.bodies(case.room) == ["une seule fois", "fin"]


def contents(officer: NioOfficer, room: str | None, kind: str) -> list[dict[str, Any]]:
    sources = [getattr(event, "source", {}) for where, event in officer.events if where == room]
    return [source["content"] for source in sources if source.get("type") == kind]


async def test_cards_are_edited_replies_refer_marks_change(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """The case card stays one message, an answer names what it answers, a new mark takes the place of the old one."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room, channel = room_of(case), house.bot.channel
    card = await channel.send(room, ToOfficers("fiche", "card", html="<b>fiche</b>"), "g-1", None, None)
    await channel.send(room, ToOfficers("fiche complète", "card"), "g-2", card, None)
    question = MessageRef(await officer.say(room, "Où ?"))
    await channel.send(room, ToOfficers("Rue Pasteur", "citizen", reply_to=question), "g-3", None, None)
    queued = await channel.mark(room, question, Mark.QUEUED, "g-4", None)
    accepted = await channel.mark(room, question, Mark.ACCEPTED, "g-5", queued)
    assert await channel.mark(room, question, Mark.ACCEPTED, "g-5", queued) == accepted
    await channel.send(room, ToOfficers("fin", "notice"), "g-6", None, None)
    await until(lambda: "fin" in officer.bodies(room), what="the last message")
    messages = contents(officer, room, "m.room.message")
    assert messages[0]["formatted_body"] == "<b>fiche</b>"
    assert messages[1]["m.new_content"]["body"] == "fiche complète"
    assert messages[1]["m.relates_to"] == {"rel_type": "m.replace", "event_id": card}
    assert messages[3]["m.relates_to"] == {"m.in_reply_to": {"event_id": question}}
    assert [one["m.relates_to"]["key"] for one in contents(officer, room, "m.reaction")] == ["⏳", "✅"]
    assert [event.redacts for _, event in officer.events if hasattr(event, "redacts")] == [queued]
    assert not house.synapse.holds("Rue Pasteur")


async def test_files_reach_officers_whole(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A citizen's photo arrives encrypted, byte for byte, under a neutral name."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    content = bytes(range(256)) * 4000
    letter = ToOfficers("photo du hall", "citizen")
    await house.bot.channel.send(room_of(case), letter, "g-1", None, (content, "image/jpeg"))
    await until(lambda: contents(officer, case.room, "m.room.message"), what="the photo")
    message = contents(officer, case.room, "m.room.message")[0]
    answer = await officer.client.download(message["file"]["url"])
    place = message["file"]
    assert answer.body != content
    assert decrypt_attachment(answer.body, place["key"]["k"], place["hashes"]["sha256"], place["iv"]) == content
    assert (message["filename"], message["body"], message["msgtype"]) == ("fichier.jpg", "photo du hall", "m.image")


async def test_a_new_officer_reads_from_then_on(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Somebody invited late reads what is said afterwards; somebody removed reads nothing new."""
    first, late = await new_officer(), await new_officer()
    house = await (await new_house(first)).start()
    case = await house.ready_case()
    room = room_of(case)
    await house.say(case, "avant")
    await house.bot.channel.invite(room, late.user_id)
    await late.joined(room)
    await house.say(case, "après")
    await until(lambda: "après" in late.bodies(room), what="the message for the late officer")
    assert late.bodies(room) == ["après"]
    client = house.bot._started.client
    await client.room_kick(room, late.user_id)
    await house.until(lambda: late.user_id not in client.rooms[room].users, what="the removal")
    await house.say(case, "sans lui")
    await until(lambda: "sans lui" in first.bodies(room), what="the message for those who stay")
    session = client.olm.outbound_group_sessions[room]
    assert late.user_id not in {user for user, _ in session.users_shared_with}


async def test_someone_seen_this_instant_gets_the_key(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A person whose invitation has just been read, and whose devices nobody has asked for yet, reads what follows."""
    first, late = await new_officer(), await new_officer()
    house = await (await new_house(first)).start()
    case = await house.ready_case()
    await house.say(case, "avant")
    parts, resume = house.bot._started, asyncio.Event()
    chores = parts.loop.keys.chores

    async def held() -> None:
        if late.user_id in parts.client.rooms[case.room].users:
            await resume.wait()
        await chores()

    parts.loop.keys.chores = held  # type: ignore[method-assign]  # the moment between a sync and its key chores
    await house.bot.channel.invite(room_of(case), late.user_id)
    await house.until(lambda: late.user_id in parts.client.rooms[case.room].users, what="the invitation")
    await house.say(case, "après")
    resume.set()
    await late.joined(room_of(case))
    await until(lambda: late.bodies(case.room) or late.unreadable, what="the message for the late officer")
    assert (late.bodies(case.room), late.unreadable) == (["après"], [])


async def test_a_dead_device_keeps_nobody_from_reading(
    new_house: HouseMaker, new_officer: OfficerMaker, tmp_path: Path
) -> None:
    """A device without one-time keys, or with a malformed one, is left alone for a while; the others read."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    client, claims = house.bot._started.client, 0
    claim = client.keys_claim

    async def counted(wanted: Any) -> Any:
        nonlocal claims
        claims += 1
        return await claim(wanted)

    client.keys_claim = counted
    async with dead_device(house.synapse, officer.account, tmp_path / "empty", {}):
        bad = {f"signed_curve25519:AAAAA{letter}": {"key": "AAAA"} for letter in "ABCDEF"}
        async with dead_device(house.synapse, officer.account, tmp_path / "bad", bad):
            await house.until(lambda: len(list(client.device_store.active_user_devices(officer.user_id))) == 3)
            await house.say(case, "un")
            before = claims
            await house.say(case, "deux")
            await until(lambda: officer.bodies(case.room) == ["un", "deux"], what="both messages")
    assert claims == before


async def test_an_account_that_does_not_exist_holds_up_nobody(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A protocol that names an officer of an unknown server: the others read, nothing is made twice."""
    officer = await new_officer()
    house = await new_house()
    nowhere = Account("@agent:nowhere.invalid", "agent", "")
    house.cells.cell = cell_of([nowhere, officer.account])
    await house.start()
    case = await house.ready_case(await house.open_case())
    await house.say(case, "Bonjour")
    await until(lambda: officer.bodies(case.room) == ["Bonjour"], what="the message")
    client = house.bot._started.client
    joined = (await client.joined_rooms()).rooms
    assert len(joined) == 3  # the space, the lobby, the room


async def test_a_late_sync_is_no_reason_to_leave_somebody_out(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """An officer who is in already, although no sync has shown it, is not asked again and not left out."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    channel, cell = house.bot.channel, house.cells.cell
    case = await house.ready_case()
    await officer.joined(room_of(case))
    channel.rooms.book.seen_members.clear()
    assert not await channel.members_seen(room_of(case), cell)
    assert channel.rooms._left_out == {}
    await officer.joined(room_of(await house.ready_case()))


async def test_rooms_are_found_again(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """After a crash between creation and commit the same space, lobby and room are found, never made twice."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    places = await house.bot.channel.places(house.cells.cell, None)
    case = await house.open_case()
    room = await house.bot.channel.create_room(case, house.cells.cell, places)
    assert await house.bot.channel.find_room(case.alias) == room
    house.bot._started.loop.book.forget(room)  # as if no sync had shown it
    house.bot._started.client.rooms.pop(room, None)
    assert await house.bot.channel.find_room(case.alias) == room
    await house.restart()
    assert await house.bot.channel.find_room(case.alias) == room
    assert await house.bot.channel.places(house.cells.cell, None) == places
    assert await house.bot.channel.places(house.cells.cell, places) == places


async def test_a_closed_room_is_left_and_forgotten(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Leaving takes the room off the space; leaving twice is fine; it is not found any more."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room = room_of(case)
    await house.bot.channel.leave(room)
    await house.bot.channel.leave(room)
    assert await house.bot.channel.find_room(case.alias) is None
    await until(lambda: house.account.user_id not in officer.client.rooms[room].users, what="the departure")


async def test_officers_cannot_change_the_room(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Encryption, history, invitations and names are the house's."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room = room_of(case)
    await officer.joined(room)
    attempts = [
        await officer.client.room_put_state(
            room, "m.room.history_visibility", {"history_visibility": "world_readable"}
        ),
        await officer.client.room_put_state(room, "m.room.encryption", {"algorithm": "none"}),
        await officer.client.room_put_state(room, "fr.guichet.case", {"alias": "S-9999", "cell": "vaucluse"}),
        await officer.client.room_invite(room, "@somebody:guichet.test"),
        await officer.client.room_redact(room, await house.say(case, "ceci reste")),
    ]
    assert [attempt.status_code for attempt in attempts] == ["M_FORBIDDEN"] * 5


async def test_the_first_word_waits_for_a_reader(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Nothing is said to a room whose officers have met us nowhere; one reader suffices once patience is over."""
    officer, clock = await new_officer(), HandClock()
    house = await new_house(officer, clock=clock, changes={"patience": timedelta(seconds=60)})
    absent = house.synapse.fresh("absent")
    house.cells.cell = cell_of([absent])
    await house.start()
    case = await house.ready_case(state=RoomState.MEMBERS_SEEN)
    room, channel = room_of(case), house.bot.channel
    assert not await channel.may_speak(room, house.cells.cell)
    house.cells.cell = cell_of([absent, officer.account])
    await channel.invite(room, officer.user_id)
    client = house.bot._started.client
    await house.until(
        lambda: officer.user_id not in client.rooms[room].invited_users and officer.user_id in client.rooms[room].users
    )
    assert not await channel.may_speak(room, house.cells.cell)
    clock.pass_by(timedelta(seconds=61))
    assert await channel.may_speak(room, house.cells.cell)
