"""What happens when things go wrong around the officers' side: the server, the token, the store, hostile members."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import vodozemac
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nio import ToDeviceMessage

from bots.matrix.sas import Broken, Dialogue, Party
from domain.case import Case
from domain.errors import NotSent, RoleStopped, SlowDown, StorageGone
from domain.messages import Told
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import MatrixHouse, NioOfficer, room_of, until
from tests.servers.synapse import LocalSynapse, call

pytestmark = pytest.mark.servers


async def test_a_revoked_token_stops_the_role(new_house: HouseMaker) -> None:
    """Once the server refuses our token, the loop ends loudly instead of asking for ever."""
    house = await (await new_house()).start()
    client = house.bot._started.client
    call("POST", f"{house.synapse.url}/_matrix/client/v3/logout", {}, client.access_token)
    assert house.running is not None
    with pytest.raises(RoleStopped, match="M_UNKNOWN_TOKEN"):
        await asyncio.wait_for(asyncio.shield(house.running), 60)
    assert house.bot.health.is_token_refused
    assert not house.bot.health.is_ready(house.clock.now())
    house.running = None


async def test_the_server_goes_away_and_comes_back(
    new_house: HouseMaker, new_officer: OfficerMaker, tmp_path: Path
) -> None:
    """Synapse stopped: letters are certainly not sent; started again: everything resumes by itself."""
    server = await asyncio.to_thread(LocalSynapse(tmp_path / "synapse").start)
    house: Any = None
    officer: Any = None
    try:
        officer = await NioOfficer(server, server.fresh("agent"), tmp_path / "agent").start()
        house = await new_house(officer)
        house.synapse, house.account = server, server.fresh("guichet")
        await (await house.open()).start()
        case = await house.ready_case()
        await house.say(case, "avant la panne")
        await asyncio.to_thread(server.stop)
        with pytest.raises(NotSent):
            await house.say(case, "pendant la panne", "g-1")
        await asyncio.to_thread(server.start)
        await house.until(lambda: house.bot.health.has_synced)
        await house.say(case, "pendant la panne", "g-1")
        await until(lambda: len(officer.bodies(case.room)) == 2, what="the message after the outage")
        assert officer.bodies(case.room) == ["avant la panne", "pendant la panne"]
        await officer.say(room_of(case), "Reçu.")
        assert [message.content for message in await house.hears(case, 1, wait_s=60)] == [Told("Reçu.")]
    finally:
        if house is not None:
            await house.stop()
        if officer is not None:
            await officer.stop()
        await asyncio.to_thread(server.stop)


async def test_a_store_that_is_away_loses_nothing(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """While the store cannot be reached nothing moves on; afterwards what was read then is handed in."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await officer.say(room_of(case), "un")
    await house.hears(case, 1)
    accept, refused = house.door.accept, asyncio.Event()

    async def away(*_: Any) -> None:
        refused.set()
        raise StorageGone("the store is away")

    house.bot._started.loop.intake.accept = away  # type: ignore[method-assign]
    await officer.say(room_of(case), "deux")
    await asyncio.wait_for(refused.wait(), 20)
    await officer.say(room_of(case), "trois")
    assert len(await house.heard(case)) == 1
    house.bot._started.loop.intake.accept = accept  # type: ignore[method-assign]
    heard = await house.hears(case, 3)
    assert [message.content for message in heard] == [Told("un"), Told("deux"), Told("trois")]


async def say_patiently(house: MatrixHouse, case: Case, text: str) -> list[float]:
    """Say it as the postman does, however often the server asks for a pause; returns the pauses."""
    pauses: list[float] = []
    while True:
        try:
            await house.say(case, text)
            return pauses
        except SlowDown as error:
            pauses.append(error.retry_after_s)
            await asyncio.sleep(error.retry_after_s)


@pytest.mark.slow
async def test_default_limits_slow_but_lose_nothing(new_house: HouseMaker, tmp_path: Path) -> None:
    """With Synapse's own limits messages arrive in order, however often the server says to slow down."""
    server = await asyncio.to_thread(LocalSynapse(tmp_path / "synapse", default_limits=True).start)
    house: Any = None
    officer: Any = None
    try:
        officer = await NioOfficer(server, server.fresh("agent"), tmp_path / "agent").start()
        house = await new_house(officer)
        house.synapse, house.account = server, server.fresh("guichet")
        await (await house.open()).start()
        case, waits = await house.ready_case(), []
        for number in range(8):
            waits += await say_patiently(house, case, f"mot {number}")
        await until(lambda: len(officer.bodies(case.room)) == 8, what="all messages")
        assert officer.bodies(case.room) == [f"mot {number}" for number in range(8)]
        assert waits
        assert all(0 < wait_s <= 60 for wait_s in waits)
    finally:
        if house is not None:
            await house.stop()
        if officer is not None:
            await officer.stop()
        await asyncio.to_thread(server.stop)


def unsolicited(house: MatrixHouse, officer: NioOfficer) -> list[ToDeviceMessage]:
    """The three messages that end the sync loop of a plain nio client."""
    public = vodozemac.Sas().public_key.to_base64()
    contents: dict[str, dict[str, Any]] = {
        "start": {
            "from_device": officer.client.device_id, "method": "m.sas.v1", "hashes": ["sha256"],
            "key_agreement_protocols": ["curve25519-hkdf-sha256"],
            "message_authentication_codes": ["hkdf-hmac-sha256"],
            "short_authentication_string": ["decimal", "emoji"],
        },
        "key": {"key": public},
        "mac": {"mac": {f"ed25519:{officer.client.device_id}": "AA"}, "keys": "AA"},
    }  # fmt: skip
    device = house.bot._started.client.device_id
    return [
        ToDeviceMessage(f"m.key.verification.{kind}", house.account.user_id, device, {**content, "transaction_id": "t"})
        for kind, content in contents.items()
    ]


async def test_unsolicited_verification_does_not_stop_us(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Verification messages that nobody asked for change nothing."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await house.say(case, "Bonjour")
    for message in unsolicited(house, officer):
        await officer.to_device(message)
        await officer.say(room_of(case), "toujours là ?")
    await house.hears(case, 3)
    assert house.running is not None
    assert not house.running.done()


MALFORMED_TO_DEVICE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("m.room.encrypted", {}),
    ("m.room.encrypted", {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "a", "ciphertext": {}}),
    ("m.room_key", {"algorithm": 3}),
    ("m.room_key_request", {"action": "request", "request_id": "1", "requesting_device_id": "x", "body": {}}),
    ("m.forwarded_room_key", {"algorithm": "m.megolm.v1.aes-sha2"}),
    ("m.key.verification.request", {"from_device": 3, "methods": "x", "transaction_id": "q"}),
    ("m.key.verification.request", {"from_device": "X", "methods": ["m.sas.v1"], "transaction_id": "q"}),
    ("m.key.verification.start", {"transaction_id": "q", "method": "m.sas.v1", "from_device": ["x"]}),
    ("m.key.verification.cancel", {"transaction_id": "q"}),
)
MALFORMED_EVENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("m.room.encrypted", {}),
    ("m.room.encrypted", {"algorithm": 5, "ciphertext": {}}),
    ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": 3, "session_id": 4, "sender_key": 5}),
    ("m.room.message", {}),
    ("m.room.message", {"msgtype": ["m.text"], "body": {}}),
    ("m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": "y"}),
    ("m.reaction", {"m.relates_to": {"rel_type": 3}}),
    ("m.key.verification.mac", {"m.relates_to": {"event_id": []}, "mac": 3}),
    ("fr.guichet.case", {"alias": "S-0001"}),
)


async def test_malformed_events_cost_only_themselves(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Whatever a member sends, well formed or not, encrypted or not: the words after it are heard."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    room, client = room_of(case), house.bot._started.client
    await house.say(case, "Bonjour")
    curve = client.olm.account.identity_keys["curve25519"]
    olm = {
        "algorithm": "m.olm.v1.curve25519-aes-sha2",
        "sender_key": "AA",
        "ciphertext": {curve: {"type": 0, "body": "!"}},
    }
    for kind, content in (*MALFORMED_TO_DEVICE, ("m.room.encrypted", olm)):
        await officer.to_device(ToDeviceMessage(kind, house.account.user_id, client.device_id, content))
    for kind, content in MALFORMED_EVENTS:
        await officer.clear(room, kind, content)
        if kind != "m.room.encrypted":
            await officer.content(room, content, kind)
    await officer.say(room, "Toujours là ?")
    heard = await house.hears(case, 1)
    while heard[-1].content != Told("Toujours là ?"):
        heard = await house.hears(case, len(heard) + 1)
    assert house.running is not None
    assert not house.running.done()


FIELDS = st.sampled_from(["from_device", "methods", "key", "mac", "keys", "method", "x"])
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=6,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["request", "ready", "start", "accept", "key", "mac", "done", "cancel", "x"]),
        st.dictionaries(
            st.sampled_from([
                "from_device", "methods", "key", "mac", "keys", "method", "message_authentication_codes",
                "key_agreement_protocols", "code",
            ]),
            JSON_VALUES, max_size=6,
        ),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(steps=STEPS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_verification_dialogue_survives_anything(steps: list[tuple[str, dict[str, Any]]]) -> None:
    """Random steps end in an answer or in a known refusal, never in another error."""
    master = "A" * 43
    dialogue = Dialogue(Party("@bot:x", "BOT", master), Party("@a:x", "DEV", None), master, "t")
    refusal = "m.unexpected_message"
    for step, content in steps:
        try:
            answers = dialogue.answer(step, content)
        except Broken as broken:
            refusal = broken.code
            break
        assert all(json.dumps(content) for _, content in answers)
    assert refusal.startswith("m.")
