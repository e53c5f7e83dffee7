"""What the syncs have shown of our rooms: which case or place each one is, who was ever invited, when it was seen.

nio keeps no custom state; this does. A room counts as ours only if *we* marked it: members cannot set this state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.ids import Alias, CellId, RoomId

CASE_MARK = "fr.guichet.case"
PLACE_MARK = "fr.guichet.place"
CHILD = "m.space.child"
MEMBER = "m.room.member"
SPACE, LOBBY = "space", "lobby"


@dataclass(frozen=True, slots=True)
class CaseMark:
    """A case room: which case of which cell, and the space it belongs to."""

    alias: Alias
    cell: CellId
    space: RoomId | None = None


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place of a cell: kind is SPACE or LOBBY."""

    kind: str
    cell: CellId


@dataclass
class RoomBook:
    """Marks and members by room. `own` is our account: only its marks count."""

    own: str
    cases: dict[RoomId, CaseMark] = field(default_factory=dict)
    places: dict[RoomId, PlaceMark] = field(default_factory=dict)
    seen_members: dict[RoomId, set[str]] = field(default_factory=dict)
    children: dict[RoomId, set[RoomId]] = field(default_factory=dict)
    first_seen: dict[RoomId, datetime] = field(default_factory=dict)

    def read(self, room: RoomId, events: Iterable[Any], now: datetime) -> None:
        """Take note of the state among these events of a sync (nio events)."""
        self.first_seen.setdefault(room, now)
        self.note(room, [source for event in events if isinstance(source := getattr(event, "source", None), dict)])

    def note(self, room: RoomId, events: Iterable[dict[str, Any]]) -> None:
        """Take note of state events as the server gives them; others are passed over."""
        for source in events:
            if isinstance(source.get("state_key"), str):
                self._note(room, source)

    def forget(self, room: RoomId) -> None:
        """We left it."""
        for shelf in (self.cases, self.places, self.seen_members, self.children, self.first_seen):
            shelf.pop(room, None)
        for children in self.children.values():
            children.discard(room)

    def room_of(self, alias: Alias) -> RoomId | None:
        """The room that bears this case."""
        return next((room for room, mark in self.cases.items() if mark.alias == alias), None)

    def place(self, kind: str, cell: CellId) -> RoomId | None:
        """The cell's place of this kind."""
        wanted = PlaceMark(kind, cell)
        return next((room for room, mark in self.places.items() if mark == wanted), None)

    def note_case(self, room: RoomId, mark: CaseMark) -> None:
        """We made this room, before any sync shows it."""
        self.cases[room] = mark

    def note_place(self, room: RoomId, mark: PlaceMark) -> None:
        """As note_case, for a place."""
        self.places[room] = mark

    def _note(self, room: RoomId, source: dict[str, Any]) -> None:
        kind, content, key = source.get("type"), source.get("content"), source["state_key"]
        if not isinstance(content, dict):
            return
        if kind == MEMBER:
            self.seen_members.setdefault(room, set()).add(key)
        elif kind == CHILD:
            self._note_child(room, RoomId(key), content)
        elif source.get("sender") == self.own and kind == CASE_MARK and case_mark(content):
            self.cases[room] = case_mark(content)  # type: ignore[assignment]  # checked on the line above
        elif source.get("sender") == self.own and kind == PLACE_MARK and place_mark(content):
            self.places[room] = place_mark(content)  # type: ignore[assignment]  # as above

    def _note_child(self, room: RoomId, child: RoomId, content: dict[str, Any]) -> None:
        children = self.children.setdefault(room, set())
        if content.get("via"):
            children.add(child)
        else:
            children.discard(child)


def case_mark(content: dict[str, Any]) -> CaseMark | None:
    """The mark in this state, None when it is malformed."""
    alias, cell, space = content.get("alias"), content.get("cell"), content.get("space")
    if not (isinstance(alias, str) and isinstance(cell, str)):
        return None
    return CaseMark(Alias(alias), CellId(cell), RoomId(space) if isinstance(space, str) else None)


def place_mark(content: dict[str, Any]) -> PlaceMark | None:
    """The mark in this state, None when it is malformed."""
    kind, cell = content.get("kind"), content.get("cell")
    if kind not in (SPACE, LOBBY) or not isinstance(cell, str):
        return None
    return PlaceMark(kind, CellId(cell))
