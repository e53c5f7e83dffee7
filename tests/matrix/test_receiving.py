"""What reaches the counter and what never does, against the real Synapse."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from nio.crypto.attachments import encrypt_attachment
from PIL import Image

from bots.matrix.book import CASE_MARK
from bots.matrix.rooms import ENCRYPTION
from bots.matrix.seen import SeenEvent, is_from_its_sender
from domain.messages import Noted, Ordered, Shared, Told, Unreadable, Withdrew
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import HandClock, NioOfficer, room_of, until

pytestmark = pytest.mark.servers


async def send_file(officer: NioOfficer, room: str, content: bytes, media_type: str, **more: Any) -> str:
    encrypted, keys = encrypt_attachment(content)
    answer, _ = await officer.client.upload(lambda *_: io.BytesIO(encrypted), filesize=len(encrypted))
    info = {"mimetype": media_type, "size": len(content)}
    msgtype = "m.image" if media_type.startswith("image/") else "m.file"
    file = {"url": answer.content_uri, **keys}
    return await officer.content(room, {"msgtype": msgtype, "body": "IMG_0042.jpg", "info": info, "file": file, **more})


async def test_only_plain_words_are_told(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Threads, notices, `//`, emotes and clear events never come as words for the citizen; commands come as such."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room = room_of(case)
    first = await officer.say(room, "Bonjour.")
    await officer.say(room, "On en parle au chef", **{"m.relates_to": {"rel_type": "m.thread", "event_id": first}})
    await officer.content(room, {"msgtype": "m.notice", "body": "je suis un robot"})
    await officer.say(room, "// il ment peut-être")
    await officer.content(room, {"msgtype": "m.emote", "body": "réfléchit"})
    await officer.clear(room, "m.room.message", {"msgtype": "m.text", "body": "en clair"})
    await officer.content(room, {"any": "thing"}, "fr.example.unknown")
    await officer.say(room, "!clore exploitable transmis au parquet")
    await officer.say(room, "Dernier mot.")
    heard = await house.hears(case, 7)
    assert [message.content for message in heard] == [
        Told("Bonjour."),
        Noted("On en parle au chef"),
        Noted("il ment peut-être"),
        Noted("réfléchit"),
        Unreadable(),
        Ordered("clore", "exploitable transmis au parquet"),
        Told("Dernier mot."),
    ]


async def test_strangers_are_not_heard(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A person in the room who is not a member of the cell is passed over."""
    officer, stranger = await new_officer(), await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await house.bot.channel.invite(room_of(case), stranger.user_id)
    await stranger.say(room_of(case), "Qui a écrit ça ?")
    await officer.say(room_of(case), "Bonjour.")
    heard = await house.hears(case, 1)
    assert [message.officer for message in heard] == [officer.user_id]


async def test_the_lobby_is_not_heard(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """What officers write in the lobby belongs to no case."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    places = await house.bot.channel.places(house.cells.cell, None)
    case = await house.ready_case()
    await officer.say(places.lobby, "Bonjour à tous")
    await officer.say(room_of(case), "Bonjour.")
    assert [message.content for message in await house.hears(case, 1)] == [Told("Bonjour.")]


async def test_edits_and_withdrawals(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """An edit replaces; an edited note stays a note even without its sign; a redaction takes a message back."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room = room_of(case)

    def edit(of: str, body: str) -> dict[str, Any]:
        relation = {"rel_type": "m.replace", "event_id": of}
        return {"m.new_content": {"msgtype": "m.text", "body": body}, "m.relates_to": relation}

    told = await officer.say(room, "Quelle heur ?")
    await officer.say(room, "* Quelle heure ?", **edit(told, "Quelle heure ?"))
    note = await officer.say(room, "// à vérifier")
    await officer.say(room, "* à vérifier demain", **edit(note, "à vérifier demain"))
    thread = await officer.say(room, "entre nous", **{"m.relates_to": {"rel_type": "m.thread", "event_id": told}})
    await officer.say(room, "* entre nous, vite", **edit(thread, "entre nous, vite"))
    await officer.client.room_redact(room, told)
    heard = await house.hears(case, 7)
    assert [message.content for message in heard] == [
        Told("Quelle heur ?"),
        Told("Quelle heure ?", replaces=told),
        Noted("à vérifier"),
        Noted("à vérifier demain"),
        Noted("entre nous"),
        Noted("entre nous, vite"),
        Withdrew(),
    ]
    assert heard[-1].ref == told


async def test_files_come_clean(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A photo comes without its metadata, a document as it is, a damaged or too large one as unreadable."""
    officer = await new_officer()
    house = await (await new_house(officer, changes={"file_limit_bytes": 100_000})).start()
    case = await house.ready_case()
    room = room_of(case)
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARI"
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG", exif=exif)
    assert b"CANARI" in photo.getvalue()
    await send_file(officer, room, photo.getvalue(), "image/jpeg")
    await send_file(
        officer, room, b"des octets quelconques", "application/octet-stream", filename="x.bin", body="le plan"
    )
    await send_file(officer, room, b"pas une photo", "image/jpeg")
    await send_file(officer, room, b"0" * 100_001, "application/octet-stream")
    heard = await house.hears(case, 4)
    first, second = heard[0].content, heard[1].content
    assert isinstance(first, Shared)
    assert isinstance(second, Shared)
    assert (first.media_type, first.caption) == ("image/jpeg", "")
    assert (second.media_type, second.caption) == ("application/octet-stream", "le plan")
    assert [message.content for message in heard[2:]] == [Unreadable(), Unreadable()]
    async with house.store.unit() as unit:
        kept = await unit.files.get(case.conversation, first.file)
        document = await unit.files.get(case.conversation, second.file)
    assert kept is not None
    assert b"CANARI" not in kept[0]
    assert Image.open(io.BytesIO(kept[0])).size == (40, 30)
    assert document == (b"des octets quelconques", "application/octet-stream")


async def test_thirty_messages_while_down_all_come_once_in_order(
    new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """More than a page of events written while the bot is down: all there, in order, once (a page is 100)."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await house.say(case, "Bonjour")
    await officer.say(room_of(case), "avant")
    await house.hears(case, 1)
    await house.stop()
    for number in range(130):
        await officer.say(room_of(case), f"message {number}")
    await house.restart()
    heard = await house.hears(case, 131)
    assert [message.content for message in heard[1:]] == [Told(f"message {number}") for number in range(130)]
    assert house.bot.health.back_filled >= 30


async def test_unreadable_after_the_grace_time(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A message whose key never comes is kept, asked for, and then declared unreadable so that its author knows."""
    officer, clock = await new_officer(), HandClock()
    house = await (await new_house(officer, clock=clock)).start()
    case = await house.ready_case()
    await officer.joined(room_of(case))
    session = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgA",
        "session_id": "x" * 43,
        "sender_key": "y" * 43,
    }
    lost = await officer.clear(room_of(case), "m.room.encrypted", {**session, "device_id": officer.client.device_id})
    await house.until(lambda: house.bot.health.parked == 1, what="parking")
    assert await house.heard(case) == []
    clock.pass_by(timedelta(seconds=61))
    heard = await house.hears(case, 1)
    assert (heard[0].content, heard[0].ref) == (Unreadable(), lost)
    await house.until(lambda: house.bot.health.parked == 0, what="leaving the parking place")


async def test_a_stranger_cannot_speak_with_an_officers_name(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """An event under an officer's name that another person's device encrypted does not count."""
    officer, stranger = await new_officer(), await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await house.bot.channel.invite(room_of(case), stranger.user_id)
    await stranger.say(room_of(case), "Je suis un agent.")
    await officer.joined(room_of(case))
    await until(lambda: any(e[1].sender == stranger.user_id and hasattr(e[1], "body") for e in officer.events))
    theirs = next(event for _, event in officer.events if event.sender == stranger.user_id and hasattr(event, "body"))
    loop, words = house.bot._started.loop, {"msgtype": "m.text", "body": "Je suis un agent."}
    at = int(house.clock.now().timestamp() * 1000)
    forged = SeenEvent(
        room_of(case), "$forged", officer.user_id, at, "m.room.message", words, sender_key=theirs.sender_key
    )
    await loop.keys.refresh()
    assert is_from_its_sender(loop.client, replace(forged, sender=stranger.user_id))
    assert not is_from_its_sender(loop.client, forged)
    assert await loop.listener.hear([forged]) == []
    assert [item.remote_id for item in (await loop.listener._waiting()).values()] == ["$forged"]
    honest = await officer.say(room_of(case), "Bonjour.")
    heard = await house.hears(case, 1)
    assert [message.ref for message in heard] == [honest]


async def test_only_officers_open_a_direct_conversation(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """An officer's direct conversation is joined (to verify us there) but not heard; a stranger's is left alone."""
    officer, stranger = await new_officer(), await new_officer()
    house = await (await new_house(officer)).start()
    client, me = house.bot._started.client, [house.account.user_id]
    unwanted = (await stranger.client.room_create(is_direct=True, invite=me)).room_id
    group = (await officer.client.room_create(invite=me)).room_id
    direct = (await officer.client.room_create(is_direct=True, invite=me, initial_state=[ENCRYPTION])).room_id
    await house.until(lambda: direct in client.rooms, what="joining the direct conversation")
    mark = {"alias": "S-0001", "cell": house.cells.cell.id, "space": None}
    await officer.client.room_put_state(direct, CASE_MARK, mark)
    await officer.say(direct, "Est-ce que ceci arrive ?")
    case = await house.ready_case()
    await officer.say(room_of(case), "Bonjour.")
    assert [message.content for message in await house.hears(case, 1)] == [Told("Bonjour.")]
    assert direct not in house.bot._started.loop.book.cases
    assert unwanted not in client.rooms
    assert group not in client.rooms
