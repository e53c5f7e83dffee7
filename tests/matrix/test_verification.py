"""Who may verify the bot, and for how long."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from bots.matrix.sas import Comparison
from bots.matrix.seen import SeenEvent
from bots.matrix.verification import WAITING_LIMIT, Verifier
from domain.ids import MessageRef, RoomId
from tests.matrix.house import HandClock

AGENT, STRANGER, BOT, ROOM = "@a:x", "@s:x", "@bot:x", RoomId("!r:x")
START = {
    "method": "m.sas.v1", "from_device": "DEV", "key_agreement_protocols": ["curve25519-hkdf-sha256"],
    "message_authentication_codes": ["hkdf-hmac-sha256.v2"],
}  # fmt: skip


class RecordingSender:
    """Keeps what would have been sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def encrypted(self, room: RoomId, kind: str, content: dict[str, Any], transaction: str) -> MessageRef:
        self.sent.append((kind.removeprefix("m.key.verification."), content))
        return MessageRef("$x")


def verifier(clock: HandClock) -> tuple[Verifier, RecordingSender, list[Comparison]]:
    olm = SimpleNamespace(account=SimpleNamespace(identity_keys={"ed25519": "BOTKEY"}))
    client = SimpleNamespace(user_id=BOT, device_id="BOTDEV", olm=olm, device_store={AGENT: {}, STRANGER: {}})
    sender, shown = RecordingSender(), list[Comparison]()
    return Verifier(client, sender, "M" * 43, AGENT.__eq__, shown.append, clock), sender, shown  # type: ignore[arg-type]


def step(name: str, content: dict[str, Any], sender: str = AGENT, transaction: str = "$t") -> SeenEvent:
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": transaction}}
    return SeenEvent(ROOM, "$e", sender, 0, f"m.key.verification.{name}", {**content, **relation})


def request(sender: str = AGENT, event_id: str = "$t") -> SeenEvent:
    content = {"msgtype": "m.key.verification.request", "from_device": "DEV", "methods": ["m.sas.v1"], "to": BOT}
    return SeenEvent(ROOM, event_id, sender, 0, "m.room.message", content)


async def drain(one: Verifier) -> None:
    while not one._queue.empty():
        await one.answer(one._queue.get_nowait())


async def test_only_officers_are_answered() -> None:
    """A stranger's request, our own echo and steps of another person in a dialogue are passed over."""
    one, sender, _ = verifier(HandClock())
    one.offer([request(STRANGER), request(BOT)], [])
    await drain(one)
    assert sender.sent == []
    one.offer([request()], [])
    await drain(one)
    assert [name for name, _ in sender.sent] == ["ready"]


async def test_ten_minutes_and_no_more() -> None:
    """A step that comes later ends the dialogue."""
    clock = HandClock()
    one, sender, _ = verifier(clock)
    one.offer([request(), step("start", START)], [])
    await drain(one)
    clock.pass_by(timedelta(minutes=10, seconds=1))
    one.offer([step("key", {"key": "A" * 43})], [])
    await drain(one)
    assert [name for name, _ in sender.sent] == ["ready", "accept", "cancel"]
    assert sender.sent[-1][1]["code"] == "m.timeout"


async def test_steps_out_of_order_end_the_dialogue() -> None:
    """No key before the start, no codes before the key; afterwards nothing is answered."""
    for wrong in ("key", "mac", "accept", "done"):
        one, sender, shown = verifier(HandClock())
        one.offer([request(), step(wrong, {}), step("start", START)], [])
        await drain(one)
        assert [name for name, _ in sender.sent] == ["ready", "cancel"]
        assert shown == []


async def test_a_new_request_takes_the_place_of_the_old() -> None:
    """One dialogue for each officer: requests without end do not pile up."""
    one, _, _ = verifier(HandClock())
    for number in range(50):
        one.offer([request(event_id=f"$t{number}")], [])
        await drain(one)
    assert len(one._runs) == 1


def test_a_flood_is_dropped() -> None:
    """More steps than anybody can send by hand are not kept."""
    one, _, _ = verifier(HandClock())
    one.offer([request() for _ in range(3 * WAITING_LIMIT)], [])
    assert one._queue.qsize() == WAITING_LIMIT


def test_messages_to_the_device_are_read() -> None:
    """Malformed ones are nothing; well-formed ones are steps."""
    one, _, _ = verifier(HandClock())
    good = {"type": "m.key.verification.request", "sender": AGENT, "content": {"transaction_id": "t"}}
    bad: list[Any] = [
        None,
        {},
        {**good, "content": 3},
        {**good, "content": {}},
        {**good, "sender": 3},
        {**good, "type": 3},
    ]
    one.offer([], [SimpleNamespace(source=source) for source in (*bad, good)])
    assert one._queue.qsize() == 1
