"""The officers' rooms of the demonstration, in memory: the same port as the encrypted rooms, without the encryption."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.case import Case, Cell, CellRooms, Officer
from domain.errors import Refused
from domain.ids import Alias, CellId, FileId, MessageRef, OfficerId, RoomId
from domain.messages import FromOfficer, Mark, Noted, OfficerContent, Ordered, Told, ToOfficers, Withdrew
from handlers.ports import Arrival, Cells, Clock, Intake
from web.demo.live import Live
from web.demo.phone import UnknownThing

SOURCE = "demo-room"
NOTE_MARK = "//"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a room. sender: None for the counter. kind: as ToOfficers.kind, or "officer", "note", "order"."""

    ref: MessageRef
    kind: str
    text: str
    at: datetime
    sender: OfficerId | None = None
    service: str = ""
    html: str | None = None
    file: FileId | None = None
    media_type: str | None = None
    quote: MessageRef | None = None
    mark: Mark | None = None
    edited: bool = False
    withdrawn: bool = False


@dataclass(slots=True)
class Room:
    """One case room: its members, its messages in order, its files."""

    id: RoomId
    alias: Alias
    cell: CellId
    entries: dict[MessageRef, Entry] = field(default_factory=dict)
    files: dict[FileId, tuple[bytes, str]] = field(default_factory=dict)
    sent: dict[str, MessageRef] = field(default_factory=dict)
    """What each transaction made, so that the same one never makes two messages."""
    is_left: bool = False

    def entry(self, ref: MessageRef) -> Entry:
        """A message of this room. Raises UnknownThing."""
        try:
            return self.entries[ref]
        except KeyError:
            raise UnknownThing("no such message in this room") from None


class DemoRooms:
    """Rooms in memory: what officers do goes to the intake, what the counter sends is shown in the room."""

    def __init__(self, intake: Intake, cells: Cells, clock: Clock, live: Live) -> None:
        self._intake = intake
        self._cells = cells
        self._clock = clock
        self._live = live
        self._rooms: dict[Alias, Room] = {}
        self._run = secrets.token_hex(4)
        self._count = 0

    # --- what the page asks --------------------------------------------------------------------------

    def aliases(self) -> Sequence[Alias]:
        """The cases that have a room, oldest first."""
        return tuple(self._rooms)

    def room(self, alias: Alias) -> Room:
        """The room of this case. Raises UnknownThing."""
        try:
            return self._rooms[alias]
        except KeyError:
            raise UnknownThing("no room bears this case") from None

    def officers(self, alias: Alias) -> Sequence[Officer]:
        """Who may speak in that room, as the cell's protocol names them."""
        cell = self._cells.get(self.room(alias).cell)
        return cell.officers if cell else ()

    # --- what an officer does ------------------------------------------------------------------------

    async def say(self, alias: Alias, officer: OfficerId, text: str, *, as_note: bool = False) -> None:
        """The officer writes: words for the citizen, an internal note or a !command."""
        content = Noted(text) if as_note else content_of(text)
        entry = Entry(self._new_ref(), _KINDS[type(content)], text, self._clock.now(), officer)
        await self._show_and_hand_in(self._open_room(alias), entry, content)

    async def edit(self, alias: Alias, officer: OfficerId, ref: MessageRef, text: str) -> None:
        """The officer says their message again in other words."""
        room = self._open_room(alias)
        self._put(room, replace(self._own(room, officer, ref), text=text, edited=True))
        await self._hand_in(room, officer, Told(text, replaces=ref), self._new_ref())

    async def withdraw(self, alias: Alias, officer: OfficerId, ref: MessageRef) -> None:
        """The officer takes their message back; whether it had left, the counter tells."""
        room = self._open_room(alias)
        self._put(room, replace(self._own(room, officer, ref), text="", withdrawn=True))
        await self._hand_in(room, officer, Withdrew(), ref)

    # --- OfficerChannel ------------------------------------------------------------------------------

    async def places(self, cell: Cell, known: CellRooms | None) -> CellRooms:
        """Names for the cell's space and lobby; in memory nothing has to be made."""
        return known or CellRooms(RoomId(f"!space-{cell.id}:demo"), RoomId(f"!lobby-{cell.id}:demo"))

    async def find_room(self, alias: Alias) -> RoomId | None:
        """The room that bears this case, if there is one."""
        room = self._rooms.get(alias)
        return room.id if room else None

    async def create_room(self, case: Case, cell: Cell, places: CellRooms) -> RoomId:
        """A room named by the alias, with every officer of the cell in it."""
        return self._make(case.alias, cell.id).id

    async def members_seen(self, room: RoomId, cell: Cell) -> bool:
        """Everybody is there at once: nobody has to be waited for."""
        return True

    async def may_speak(self, room: RoomId, cell: Cell) -> bool:
        """Whoever opens the page reads from the first message on."""
        return True

    async def send(
        self,
        room: RoomId,
        letter: ToOfficers,
        transaction: str,
        edits: MessageRef | None,
        file: tuple[bytes, str] | None,
    ) -> MessageRef:
        """The letter is in the room, once per transaction; an edit takes the place of the old one."""
        place = self._by_id(room)
        if transaction in place.sent:
            return place.sent[transaction]
        entry = _entry_of(letter, self._new_ref(), self._clock.now())
        if edits in place.entries:
            entry = replace(entry, ref=edits, at=place.entries[edits].at, edited=True)
        if letter.file and file:
            place.files[letter.file] = file
        place.sent[transaction] = entry.ref
        self._put(place, entry)
        return entry.ref

    async def mark(
        self, room: RoomId, ref: MessageRef, mark: Mark, transaction: str, before: MessageRef | None
    ) -> MessageRef:
        """The officer's message bears this mark and no earlier one."""
        place = self._by_id(room)
        if ref in place.entries:
            self._put(place, replace(place.entries[ref], mark=mark))
        return place.sent.setdefault(transaction, self._new_ref())

    async def leave(self, room: RoomId) -> None:
        """The counter has left: nothing said there is heard any more."""
        place = self._by_id(room)
        place.is_left = True
        self._changed(place)

    # --- within --------------------------------------------------------------------------------------

    def _make(self, alias: Alias, cell: CellId) -> Room:
        if alias not in self._rooms:
            self._rooms[alias] = Room(_room_id(cell, alias), alias, cell)
            self._live.changed("rooms", f"room:{alias}")
        return self._rooms[alias]

    def _by_id(self, room: RoomId) -> Room:
        """The room with this id, opened again (empty) if the house was restarted meanwhile."""
        cell, dot, alias = room.removeprefix("!").removesuffix(":demo").partition(".")
        if not dot:
            raise Refused("a case room of the demonstration expected", "unknown_room")
        return self._make(Alias(alias), CellId(cell))

    def _open_room(self, alias: Alias) -> Room:
        room = self.room(alias)
        if room.is_left:
            raise UnknownThing("the counter has left this room")
        return room

    def _own(self, room: Room, officer: OfficerId, ref: MessageRef) -> Entry:
        entry = room.entry(ref)
        if entry.sender != officer or entry.withdrawn:
            raise UnknownThing("only a message of one's own that still stands")
        return entry

    def _new_ref(self) -> MessageRef:
        self._count += 1
        return MessageRef(f"${self._run}-{self._count}")

    async def _show_and_hand_in(self, room: Room, entry: Entry, content: OfficerContent) -> None:
        officer = self._member(room, entry.sender)
        self._put(room, replace(entry, service=officer.service))
        await self._hand_in(room, officer.id, content, entry.ref)

    async def _hand_in(self, room: Room, officer_id: OfficerId, content: OfficerContent, ref: MessageRef) -> None:
        officer = self._member(room, officer_id)
        message = FromOfficer(content, officer.id, officer.service, self._clock.now(), ref)
        await self._intake.accept([Arrival(SOURCE, self._new_ref(), message, room=room.id)])

    def _member(self, room: Room, officer_id: OfficerId | None) -> Officer:
        for officer in self.officers(room.alias):
            if officer.id == officer_id:
                return officer
        raise UnknownThing("no such officer in this cell")

    def _put(self, room: Room, entry: Entry) -> None:
        room.entries[entry.ref] = entry
        self._changed(room)

    def _changed(self, room: Room) -> None:
        self._live.changed(f"room:{room.alias}", "known")


def content_of(text: str) -> OfficerContent:
    """What words typed in a room are: a note (`//`, `!note`), a !command, or words for the citizen."""
    typed = text.strip()
    if typed.startswith(NOTE_MARK):
        return Noted(typed.removeprefix(NOTE_MARK).strip())
    if not typed.startswith("!") or typed == "!":
        return Told(typed)
    name, _, argument = typed.removeprefix("!").partition(" ")
    if name.lower() == "note":
        return Noted(argument.strip())
    return Ordered(name.lower(), argument.strip())


_KINDS: dict[type[OfficerContent], str] = {Told: "officer", Noted: "note", Ordered: "order"}


def _room_id(cell: CellId, alias: Alias) -> RoomId:
    return RoomId(f"!{cell}.{alias}:demo")


def _entry_of(letter: ToOfficers, ref: MessageRef, at: datetime) -> Entry:
    return Entry(
        ref,
        letter.kind,
        letter.text,
        at,
        html=letter.html,
        file=letter.file,
        media_type=letter.media_type,
        quote=letter.reply_to,
    )
