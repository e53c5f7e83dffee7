"""One event of a room as plain values: what is left of nio's types past this file."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from nio import Event, MegolmEvent

from bots.matrix.client import HouseClient
from domain.ids import RoomId

JsonObject = dict[str, Any]  # Any: JSON

ENCRYPTED = "m.room.encrypted"
VERIFICATION = "m.key.verification."


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """kind and content are the decrypted ones when `sender_key` is set: the key of the device that encrypted it."""

    room: RoomId
    event_id: str
    sender: str
    at_ms: int
    kind: str
    content: JsonObject
    state_key: str | None = None
    redacts: str | None = None
    sender_key: str | None = None
    session_id: str | None = None

    @property
    def was_encrypted(self) -> bool:
        """Whether it came encrypted and could be read."""
        return self.sender_key is not None

    @property
    def is_sealed(self) -> bool:
        """Whether it came encrypted and could not be read."""
        return self.kind == ENCRYPTED

    @property
    def relation(self) -> JsonObject:
        """What it relates to, {} when to nothing."""
        relation = self.content.get("m.relates_to")
        return relation if isinstance(relation, dict) else {}

    @property
    def at(self) -> datetime:
        """When its server says it was written."""
        return datetime.fromtimestamp(self.at_ms / 1000, UTC)

    def packed(self) -> bytes:
        """For the parking place."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, payload: bytes) -> "SeenEvent":
        """From the parking place."""
        return cls(**json.loads(payload))


def see(room: RoomId, event: Any) -> SeenEvent | None:  # Any: nio's own types
    """The event's values, None for what has no usable form."""
    source = getattr(event, "source", None)
    return None if not isinstance(source, dict) else from_source(room, source, event)


def from_source(room: RoomId, source: JsonObject, event: Any = None) -> SeenEvent | None:  # Any: as above
    """As `see`; the keys come from the nio event, never from what the sender wrote."""
    content, kind, sender, event_id = (source.get(name) for name in ("content", "type", "sender", "event_id"))
    at, state_key = source.get("origin_server_ts"), source.get("state_key")
    if not (
        isinstance(content, dict) and isinstance(kind, str) and isinstance(sender, str) and isinstance(event_id, str)
    ):
        return None
    decrypted = bool(getattr(event, "decrypted", False))
    redacts = source.get("redacts", content.get("redacts"))
    return SeenEvent(
        room, event_id, sender, at if isinstance(at, int) else 0, kind, content,
        state_key if isinstance(state_key, str) else None,
        redacts if isinstance(redacts, str) else None,
        event.sender_key if decrypted else None,
        event.session_id if decrypted else None,
    )  # fmt: skip


def unseal(client: HouseClient, sealed: SeenEvent) -> SeenEvent:
    """The event read, when its key has come meanwhile; as it was otherwise."""
    event = megolm_event(sealed)
    if event is None:
        return sealed
    try:
        clear = client.decrypt_event(event)
    except Exception:  # no key yet, or a malformed event: both stay sealed
        return sealed
    return see(sealed.room, clear) or sealed


def megolm_event(sealed: SeenEvent) -> Any:  # Any: nio's own type
    """nio's form of a sealed event, None when it is malformed."""
    source = {
        "type": ENCRYPTED, "content": sealed.content, "sender": sealed.sender, "event_id": sealed.event_id,
        "origin_server_ts": sealed.at_ms, "room_id": sealed.room,
    }  # fmt: skip
    event = Event.parse_event(source)
    if not isinstance(event, MegolmEvent):
        return None
    event.room_id = sealed.room
    return event


def is_from_its_sender(client: HouseClient, event: SeenEvent) -> bool:
    """Whether the device that encrypted it is known as one of its sender's.

    Without this check a server could pass a stranger's words off as an officer's: the sender's name is the server's
    word, the key is not.
    """
    devices = client.device_store[event.sender].values()
    return any(device.curve25519 == event.sender_key for device in devices)
