"""The officers' side seen by a real client (matrix-js-sdk, Rust cryptography) in its three modes of trust."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bots.matrix.safe import Safe
from bots.matrix.settings import StrayDevices
from domain.messages import Noted, Shared, Told, ToOfficers, Unreadable
from tests.matrix.conftest import HouseMaker
from tests.matrix.house import HandClock, MatrixHouse, room_of
from tests.officer_js.driver import JsOfficer, OfficerError, install
from tests.servers.synapse import LocalSynapse

pytestmark = [pytest.mark.servers, pytest.mark.slow]

DONE = 6
"""VerificationPhase.Done of the SDK."""
ClientMaker = Callable[..., Awaitable[JsOfficer]]


@pytest.fixture
async def new_client(synapse: LocalSynapse) -> AsyncIterator[ClientMaker]:
    await asyncio.to_thread(install)
    made: list[JsOfficer] = []

    async def make(mode: str = "all", *flags: str) -> JsOfficer:
        officer = JsOfficer(synapse.url, synapse.fresh("agent"), mode=mode, flags=flags)
        made.append(officer)
        return await officer.start()

    yield make
    for officer in made:
        await officer.stop()


async def house_with(new_house: HouseMaker, *officers: JsOfficer, **options: object) -> MatrixHouse:
    """Started, and every officer in the lobby."""
    house = await (await new_house(*officers, **options)).start()
    places = await house.bot.channel.places(house.cells.cell, None)
    for officer in officers:
        await officer.joined(places.lobby)
    return house


@pytest.mark.parametrize("mode", ["all", "strict", "signed"])
async def test_a_real_client_reads_and_is_heard(
    mode: str, new_house: HouseMaker, new_client: ClientMaker, tmp_path: Path
) -> None:
    """Words and files both ways, no warning shield, in every mode; also after the bot was started again."""
    officer = await new_client(mode)
    house = await house_with(new_house, officer)
    case = await house.ready_case()
    room = room_of(case)
    await house.say(case, "Ça deale devant l'école.")
    shown = await officer.reads("Ça deale devant l'école.")
    assert (shown["shield"]["colour"], shown["encrypted"], shown["late"]) == ("none", True, False)
    await officer.say(room, "À quelle heure ?")
    content = bytes(range(256)) * 1000
    await house.bot.channel.send(room, ToOfficers("photo", "citizen"), "g-file", None, (content, "image/jpeg"))
    photo = await officer.reads("photo")
    assert (photo["file"]["sha256"], photo["file"]["whole"]) == (hashlib.sha256(content).hexdigest(), True)
    document = tmp_path / "plan.bin"
    document.write_bytes(content)
    await officer.do("file", room=room, path=str(document), name="plan.bin", caption="le plan")
    heard = await house.hears(case, 2)
    assert heard[0].content == Told("À quelle heure ?")
    shared = heard[1].content
    assert isinstance(shared, Shared)
    async with house.store.unit() as unit:
        kept = await unit.files.get(case.conversation, shared.file)
    assert kept == (content, "application/octet-stream")
    await house.restart()
    await officer.say(room, "Et la voiture ?")
    await house.hears(case, 3)
    await house.say(case, "Une berline grise.")
    assert (await officer.reads("Une berline grise."))["shield"]["colour"] == "none"
    assert officer.seen("unreadable") == []


async def test_notes_of_a_real_client_stay(new_house: HouseMaker, new_client: ClientMaker) -> None:
    """What this client sends as a thread or a notice does not reach the citizen; mentions and links are taken out."""
    officer = await new_client("all")
    house = await house_with(new_house, officer)
    case = await house.ready_case()
    room = room_of(case)
    await officer.joined(room)
    first = await officer.say(room, "Bonjour.")
    with contextlib.suppress(OfficerError):  # a busy SDK complains when its own thread message comes back too early
        await officer.do("thread", room=room, root=first, body="entre nous")
    await officer.do("notice", room=room, body="robot")
    pill = f'<a href="https://matrix.to/#/{officer.user_id}">Brigadier Dupont</a>'
    await officer.do("html", room=room, body="Brigadier Dupont: c'est **urgent**", html=f"{pill}: c'est <b>urgent</b>")
    heard = await house.hears(case, 3)
    assert [message.content for message in heard] == [Told("Bonjour."), Noted("entre nous"), Told("c'est urgent")]


async def test_the_bot_is_signed_and_its_stray_device_is_not(new_house: HouseMaker, new_client: ClientMaker) -> None:
    """The officer's client sees our device signed by its owner."""
    officer = await new_client("signed")
    house = await house_with(new_house, officer)
    status = await officer.do("status", user=house.account.user_id)
    device = house.bot._started.client.device_id
    assert status["devices"] == {device: {"signed": True, "verified": False}}
    assert status["needs_approval"] is False


def plain_sign(sign: str) -> str:
    """Without the mark that asks for a coloured form."""
    return sign.replace("\ufe0f", "")


@pytest.mark.parametrize("where", ["room", "direct", "device"])
async def test_an_officer_verifies_the_bot(where: str, new_house: HouseMaker, new_client: ClientMaker) -> None:
    """In a room, in a direct conversation (as Element does) or between devices: same emoji, then held for verified."""
    officer = await new_client("signed")
    house = await house_with(new_house, officer)
    case = await house.ready_case()
    await house.say(case, "Bonjour")
    await officer.reads("Bonjour")
    device = house.bot._started.client.device_id
    direct = (await officer.do("direct", user=house.account.user_id))["room"] if where == "direct" else ""
    target = {"room": {"room": room_of(case)}, "direct": {"room": direct}, "device": {"device": device}}[where]
    outcome = await officer.do("verify", user=house.account.user_id, **target)
    shown = (await officer.wait("emoji"))["emoji"]
    ours = house.comparisons[0]
    assert [plain_sign(sign) for sign, _ in ours.emoji] == [plain_sign(sign) for sign, _ in shown]
    assert list(ours.numbers) == (await officer.wait("emoji"))["numbers"]
    assert outcome["phase"] == DONE
    while not (status := await officer.do("status", user=house.account.user_id))["verified"]:
        pass  # the client uploads its signature after the dialogue
    assert status["devices"][device] == {"signed": True, "verified": True}
    await house.say(case, "Après")
    assert (await officer.reads("Après"))["shield"]["colour"] == "none"


async def test_a_lost_key_is_made_good(new_house: HouseMaker, new_client: ClientMaker) -> None:
    """The key of an officer's client is lost: its author is told once, and is read again from the next message on."""
    officer, clock = await new_client("signed"), HandClock()
    house = await house_with(new_house, officer, clock=clock)
    case = await house.ready_case()
    room = room_of(case)
    await house.say(case, "Bonjour")
    await officer.reads("Bonjour")
    await officer.say(room, "avant")
    await house.hears(case, 1)
    client = house.bot._started.client
    client.olm.inbound_group_store._entries.pop(room)
    await officer.say(room, "perdu")
    await house.until(lambda: house.bot.health.parked == 1, what="parking")
    clock.pass_by(timedelta(seconds=61))
    heard = await house.hears(case, 2)
    assert heard[1].content == Unreadable()
    await officer.wait("history", room=room, value="joined")
    await officer.say(room, "renvoyé")
    assert [message.content for message in await house.hears(case, 3)][2] == Told("renvoyé")


async def test_a_new_device_of_the_bot_is_trusted_at_once(new_house: HouseMaker, new_client: ClientMaker) -> None:
    """Crypto store and session lost, identity kept: the new device is signed, and a strict client reads and is read."""
    officer = await new_client("signed")
    house = await house_with(new_house, officer)
    case = await house.ready_case()
    room = room_of(case)
    await house.say(case, "ancien appareil")
    await officer.reads("ancien appareil")
    await house.stop()
    await Safe(house.store).forget_session()
    for file in (house.folder / "crypto").iterdir():
        file.unlink()
    house.changes["stray_devices"] = StrayDevices.REMOVE
    await house.restart()
    await house.say(case, "nouvel appareil")
    assert (await officer.reads("nouvel appareil"))["shield"]["colour"] == "none"
    await officer.say(room, "Bien reçu.")
    assert (await house.hears(case, 1))[0].content == Told("Bien reçu.")


@pytest.mark.parametrize("mode", ["all", "signed"])
async def test_first_contact_through_the_lobby(mode: str, new_house: HouseMaker, new_client: ClientMaker) -> None:
    """An officer who has joined the lobby reads the first message of a new room at once, without a shield."""
    officer = await new_client(mode)
    house = await house_with(new_house, officer)
    for number in range(3):
        case = await house.ready_case()
        await house.say(case, f"premier mot {number}")
        shown = await officer.reads(f"premier mot {number}")
        assert (shown["late"], shown["shield"]["colour"]) == (False, "none")
    assert officer.seen("unreadable") == []
