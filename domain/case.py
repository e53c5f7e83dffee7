"""A case as the officers' side knows it. It cannot hold an address of the citizen: no field can carry a Contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from domain.ids import Alias, CellId, ConversationId, MessageRef, OfficerId, RoomId


class RoomState(StrEnum):
    """The life of a case room on the officers' side."""

    WANTED = "wanted"
    CREATED = "created"
    MEMBERS_SEEN = "members_seen"
    READY = "ready"
    CLOSING = "closing"
    LEFT = "left"


ROOM_STEPS: Mapping[RoomState, tuple[RoomState, ...]] = MappingProxyType({
    RoomState.WANTED: (RoomState.CREATED, RoomState.LEFT),
    RoomState.CREATED: (RoomState.MEMBERS_SEEN, RoomState.CLOSING),
    RoomState.MEMBERS_SEEN: (RoomState.READY, RoomState.CLOSING),
    RoomState.READY: (RoomState.CLOSING,),
    RoomState.CLOSING: (RoomState.LEFT,),
    RoomState.LEFT: (),
})  # fmt: skip
"""What may follow what. A room is created once: before creating, the platform is searched for one that bears the case
(creation has no transaction id, see research on Synapse in docs/decisions)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One filed report and its room."""

    alias: Alias
    conversation: ConversationId
    cell: CellId
    room_state: RoomState
    room: RoomId | None
    opened_at: datetime
    closed_at: datetime | None = None
    verdict: str | None = None
    taken_by: OfficerId | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of a cell as its protocol names them."""

    id: OfficerId
    service: str
    is_animateur: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A joint cell: who answers, where, and how long things are kept (days)."""

    id: CellId
    name: str
    territory: str
    officers: tuple[Officer, ...]
    questionnaire: str
    state: str = "open"
    hours: str = ""
    departements: tuple[str, ...] = ()
    country: str = "FR"
    retention_days: int = 90
    alias_prefix: str = "S"

    def officer(self, officer_id: OfficerId) -> Officer | None:
        """The member with this account, None for anyone else: nobody else's words leave the room."""
        return next((one for one in self.officers if one.id == officer_id), None)


@dataclass(frozen=True, slots=True)
class CellRooms:
    """The cell's own places: the space that holds its rooms, and the lobby without case content."""

    space: RoomId
    lobby: RoomId


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that reached a room, so that it can be edited or answered."""

    key: str
    ref: MessageRef
