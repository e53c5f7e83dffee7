"""What the use cases need from the world, as protocols. Every edge implements one of these,
held to it by contract suites.

Times are aware UTC datetimes. A method that touches the store raises StorageGone when it cannot be reached.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.case import Case, Cell, CellRooms, RoomState
from domain.conversation import Conversation
from domain.events import Event
from domain.ids import Alias, CellId, Contact, ConversationId, FileId, MessageRef, OfficerId, RoomId
from domain.messages import EraseChat, FromCitizen, FromOfficer, Letter, Mark, ToCitizen, ToOfficers
from domain.phases import Phase
from domain.questionnaire import Questionnaire
from domain.reading import Reading

# --- records that cross the border between an edge and a use case ----------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in. Exactly one of `contact` (a citizen) or `room` (an officer) is set.

    remote_id: unique within `source`; the same one met again is dropped. files: cleaned bytes and media type by id.
    """

    source: str
    remote_id: str
    message: FromCitizen | FromOfficer
    contact: Contact | None = None
    room: RoomId | None = None
    files: Mapping[FileId, tuple[bytes, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An arrival written down, not yet handled."""

    id: int
    conversation: ConversationId
    message: FromCitizen | FromOfficer


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as stored. `at` is exact for ordering; what staff see is rounded by the wording."""

    seq: int
    at: datetime
    event: Event


class Target(StrEnum):
    """Which side a letter goes to."""

    CITIZEN = "citizen"
    ROOM = "room"


class DeliveryState(StrEnum):
    """The life of a letter. queued -> sending -> sent | uncertain | failed | cancelled."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be delivered. not_before: the officers' grace period. about: the officer's message it carries."""

    target: Target
    letter: Letter
    not_before: datetime | None = None
    about: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter on its way. `id` is stable: it makes the platform's transaction id. resend: it was uncertain once."""

    id: int
    conversation: ConversationId
    target: Target
    letter: Letter
    state: DeliveryState
    attempts: int
    resend: bool = False
    about: MessageRef | None = None
    created_at: datetime | None = None


# --- the store -----------------------------------------------------------------------------------


class Inbox(Protocol):
    """Arrivals, written down before they are confirmed to the platform that brought them."""

    async def add(self, arrival: Arrival, conversation: ConversationId, now: datetime) -> bool:
        """Write it down with its files; False when (source, remote_id) is already known."""

    async def claim(self, owner: str, now: datetime, lease: timedelta, limit: int) -> Sequence[ConversationId]:
        """Take the lanes of conversations that have something new, oldest first, not held by another owner."""

    async def next(self, conversation: ConversationId, limit: int) -> Sequence[InboxItem]:
        """What waits in this lane, in order of arrival."""

    async def done(self, item: int) -> None:
        """Handled: its payload is blanked, the skeleton stays so that a repeat is known."""

    async def release(self, conversation: ConversationId, owner: str) -> None:
        """Give the lane back."""

    async def move_lane(self, old: ConversationId, new: ConversationId) -> None:
        """What still waits in the old lane waits in the new one from now on, in the same order."""

    async def lag(self, now: datetime) -> tuple[int, float]:
        """How many wait, and the age in seconds of the oldest (0.0 when none)."""

    async def trim(self, before: datetime) -> int:
        """Forget what was handled and came before that moment; how many (a repeat that old is no longer known)."""


class Conversations(Protocol):
    """Conversations as sealed events."""

    async def create(self, conversation: ConversationId, cell: CellId, now: datetime) -> None:
        """A new conversation with its own key."""

    async def load(self, conversation: ConversationId) -> Conversation:
        """The fold of its events."""

    async def append(self, before: Conversation, events: Sequence[Event], now: datetime) -> Conversation:
        """Save events after `before`; raises StorageGone if another wrote in between (its seq moved)."""

    async def recorded(self, conversation: ConversationId) -> Sequence[Recorded]:
        """Everything that happened, in order; blanked events are left out."""

    async def blank(self, conversation: ConversationId, kinds: Sequence[type[Event]]) -> None:
        """Destroy the payload of these kinds of events; the skeleton stays. replay() skips blanked events."""

    async def erase(self, conversation: ConversationId, now: datetime) -> None:
        """Destroy the conversation's key, blank every payload, drop files and undelivered letters.

        A fresh key takes its place, so that letters added afterwards (the farewell) are still delivered.
        A last Conversation state (phase, alias, cell, seq) stays loadable: `load` gives it without any content.
        """

    async def idle(self, phases: Sequence[Phase], before: datetime, limit: int) -> Sequence[ConversationId]:
        """Conversations in one of these phases whose last event is older than `before`."""


class Deliveries(Protocol):
    """Letters, written in the same transaction as the events they tell of."""

    async def add(self, conversation: ConversationId, letter: NewLetter, now: datetime) -> int:
        """Queue a letter; returns its id."""

    async def due(self, target: Target, now: datetime, limit: int) -> Sequence[Delivery]:
        """Heads of the queues: for each conversation the oldest unfinished letter to `target`, if its time has come.

        Letters for a room wait until the case's room is READY (a mark or closing needs it too).
        Letters found SENDING (a crash in between) are given too, in that state.
        """

    async def sending(self, ids: Sequence[int]) -> None:
        """About to call the platform; committed before the call."""

    async def sent(self, delivery: int, refs: Sequence[MessageRef], now: datetime) -> None:
        """Accepted; payload blanked; refs kept (sealed) to edit, answer or erase later."""

    async def retry(self, delivery: int, at: datetime, error: str, *, resend: bool = False) -> None:
        """Queued again for `at`; `error` is a class name, never a text."""

    async def finish(self, delivery: int, state: DeliveryState, error: str) -> None:
        """FAILED, UNCERTAIN or CANCELLED for good; payload blanked unless FAILED (it may be resent by hand)."""

    async def cancel_about(self, conversation: ConversationId, about: MessageRef) -> bool:
        """Cancel the queued letters that carry this officer's message; False when one has left already."""

    async def requeue_failed(self, conversation: ConversationId, now: datetime) -> int:
        """Queue failed letters again by hand (`!renvoyer`); how many."""

    async def refs(self, conversation: ConversationId, target: Target) -> Sequence[MessageRef]:
        """What we sent to that side, newest first; for the citizen's side then what came from it, newest first."""

    async def ref_of(self, conversation: ConversationId, key: str) -> MessageRef | None:
        """Where the newest letter with this key went: its own key (the card), or "mark:<ref>" for the mark on `ref`."""

    async def lag(self, target: Target, now: datetime) -> tuple[int, float]:
        """How many wait, and the age in seconds of the oldest (0.0 when none)."""

    async def counts(self) -> Mapping[tuple[str, str], int]:
        """How many letters by (target, state)."""


class Vault(Protocol):
    """Who can be reached where. Its own tables, its own key; found by keyed hash only."""

    async def conversation_of(self, contact: Contact) -> ConversationId | None:
        """The conversation that this address is now in."""

    async def bind(self, contact: Contact, conversation: ConversationId, expires_at: datetime) -> None:
        """From now on this address speaks in that conversation (an earlier one keeps no address)."""

    async def contact_of(self, conversation: ConversationId) -> Contact | None:
        """Where to write, None when forgotten or expired."""

    async def extend(self, conversation: ConversationId, expires_at: datetime) -> None:
        """Keep the address until then."""

    async def forget(self, conversation: ConversationId) -> None:
        """Destroy the address."""

    async def expire(self, now: datetime) -> int:
        """Destroy the addresses whose time has come; how many."""

    async def remember_ref(self, conversation: ConversationId, ref: MessageRef) -> None:
        """A citizen's message, so that it can be deleted on their side."""


class Cases(Protocol):
    """Cases and their rooms."""

    async def open(self, conversation: ConversationId, cell: Cell, now: datetime) -> Case:
        """The case of this conversation, made WANTED with the cell's next alias if there was none."""

    async def of(self, conversation: ConversationId) -> Case | None: ...

    async def by_room(self, room: RoomId) -> Case | None: ...

    async def by_alias(self, alias: Alias) -> Case | None: ...

    async def in_state(self, states: Sequence[RoomState], limit: int) -> Sequence[Case]: ...

    async def move(self, alias: Alias, state: RoomState, room: RoomId | None = None) -> None:
        """Along ROOM_STEPS; raises RuleBroken otherwise."""

    async def taken(self, alias: Alias, officer: OfficerId | None) -> None: ...

    async def close(self, alias: Alias, verdict: str, now: datetime) -> None: ...

    async def all(self, cell: CellId | None, limit: int, offset: int) -> Sequence[Case]:
        """Newest first."""

    async def rooms_of(self, cell: CellId) -> CellRooms | None: ...

    async def set_rooms_of(self, cell: CellId, rooms: CellRooms) -> None: ...


class Receipts(Protocol):
    """Receipt codes, kept as keyed hashes only."""

    async def give(self, conversation: ConversationId, code: str) -> None: ...

    async def find(self, code: str) -> ConversationId | None: ...


class Files(Protocol):
    """Cleaned files, sealed under the conversation's key."""

    async def put(self, conversation: ConversationId, file: FileId, content: bytes, media_type: str) -> None: ...

    async def get(self, conversation: ConversationId, file: FileId) -> tuple[bytes, str] | None: ...


class Cursors(Protocol):
    """How far each platform was read; saved in the same transaction as what was read."""

    async def get(self, name: str) -> str | None: ...

    async def set(self, name: str, value: str) -> None: ...


class Secrets(Protocol):
    """Small sealed values of the house: the Matrix session, the signing seeds."""

    async def get(self, name: str) -> bytes | None: ...

    async def set(self, name: str, value: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class ParkedItem:
    """Something that came in but cannot be read yet (its key is late); `payload` is the edge's own form."""

    remote_id: str
    payload: bytes
    since: datetime


class Parked(Protocol):
    """What cannot be read yet, kept sealed and tried again."""

    async def add(self, source: str, remote_id: str, payload: bytes, now: datetime) -> None: ...

    async def all(self, source: str) -> Sequence[ParkedItem]: ...

    async def drop(self, source: str, remote_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Supervisor:
    """An account of the desk."""

    name: str
    password_hash: str
    cell: CellId | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the audit journal: who did what to which case; hash-chained, no reporter data."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    hash: str


class Desk(Protocol):
    """What the supervisors' site keeps of its own."""

    async def supervisor(self, name: str) -> Supervisor | None: ...

    async def add_supervisor(self, supervisor: Supervisor) -> None: ...

    async def open_session(self, token_hash: str, name: str, expires_at: datetime) -> None: ...

    async def session(self, token_hash: str, now: datetime) -> str | None:
        """The name behind an open session."""

    async def close_session(self, token_hash: str) -> None: ...

    async def write(self, at: datetime, actor: str, action: str, subject: str) -> None:
        """Append to the journal, chained to the line before."""

    async def journal(self, limit: int) -> Sequence[JournalEntry]:
        """Newest first."""

    async def journal_is_whole(self) -> bool:
        """Whether every line's hash still follows from the one before."""


class Unit(Protocol):
    """One transaction over everything: committed when its `async with` ends without an error."""

    inbox: Inbox
    conversations: Conversations
    deliveries: Deliveries
    vault: Vault
    cases: Cases
    receipts: Receipts
    files: Files
    cursors: Cursors
    secrets: Secrets
    parked: Parked
    desk: Desk


class Store(Protocol):
    """Where everything is kept."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction; several may read at once, writers take turns."""

    async def hold(self, role: str, owner: str, now: datetime, lease: timedelta) -> None:
        """Take or renew the lease of a role. Raises LeaseHeld."""

    async def let_go(self, role: str, owner: str) -> None: ...

    async def is_well(self) -> bool: ...


class Intake(Protocol):
    """Where an edge hands in what came (handlers/intake.py)."""

    async def accept(self, arrivals: Sequence[Arrival], cursor: tuple[str, str] | None = None) -> None:
        """Write arrivals and the cursor (name, value) in one transaction; only then may the edge confirm upstream."""

    async def cursor(self, name: str) -> str | None: ...


# --- the rest of the world -----------------------------------------------------------------------


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Where chance comes from."""

    def conversation(self) -> ConversationId: ...

    def receipt(self) -> str:
        """A code that a person can write down, at least 50 bits."""


class Reader(Protocol):
    """Understands one message; never raises for what a person wrote."""

    async def read(self, text: str, asked: str | None, at: datetime) -> Reading:
        """asked: a Fact, "confirmation", "autre", or None when nothing was pending."""


class Tokens(Protocol):
    """Opaque names of buttons: the same choice has another name in every conversation."""

    def token(self, conversation: ConversationId, choice: str) -> str: ...

    def choice(self, conversation: ConversationId, token: str, choices: Sequence[str]) -> str | None: ...


class CitizenChannel(Protocol):
    """One platform on which citizens are reached. Raises the PlatformErrors of domain/errors.py."""

    async def send(self, contact: Contact, letter: ToCitizen, file: tuple[bytes, str] | None) -> tuple[MessageRef, ...]:
        """Deliver; more than one ref when a long text had to be cut. Buttons bear tokens already."""

    async def typing(self, contact: Contact) -> None:
        """Show that an answer is being prepared; failures are swallowed."""

    async def erase(self, contact: Contact, letter: EraseChat) -> int:
        """Delete what can still be deleted; how many messages went."""


class OfficerChannel(Protocol):
    """The officers' side. Raises the PlatformErrors of domain/errors.py."""

    async def places(self, cell: Cell, known: CellRooms | None) -> CellRooms:
        """The cell's space and lobby, made (or found again) and every officer invited."""

    async def find_room(self, alias: Alias) -> RoomId | None:
        """A room that bears this case already (a crash between creation and commit)."""

    async def create_room(self, case: Case, cell: Cell, places: CellRooms) -> RoomId:
        """An encrypted, invite-only room named by the alias, in the space, with every officer invited."""

    async def members_seen(self, room: RoomId, cell: Cell) -> bool:
        """Whether the sync shows the room as encrypted and its invited members."""

    async def may_speak(self, room: RoomId, cell: Cell) -> bool:
        """Whether a first message can be read by those invited (they joined, or share the lobby with us)."""

    async def send(
        self,
        room: RoomId,
        letter: ToOfficers,
        transaction: str,
        edits: MessageRef | None,
        file: tuple[bytes, str] | None,
    ) -> MessageRef:
        """Guarded send; the same transaction never makes two messages."""

    async def mark(
        self, room: RoomId, ref: MessageRef, mark: Mark, transaction: str, before: MessageRef | None
    ) -> MessageRef:
        """Put a mark on an officer's message, taking our earlier mark `before` away."""

    async def leave(self, room: RoomId) -> None:
        """Leave and forget the room."""


class LiveState(Protocol):
    """Wake-ups and rate buckets. Losing it slows the house, never silences it, and loses nothing said."""

    async def wake(self, bell: str) -> None: ...

    async def listen(self, bell: str, timeout_s: float, listener: str = "") -> None:
        """Return when the bell rings (or rang since this listener's last call), or after the time-out.

        Two that listen to one bell give themselves names, or one may miss what the other heard.
        """

    async def take(self, bucket: str, rate_per_s: float, burst: int, now: datetime) -> float:
        """Seconds to wait for one token, 0.0 when it was granted."""

    async def pause(self, key: str, seconds: float, now: datetime) -> None: ...

    async def paused_for(self, key: str, now: datetime) -> float:
        """Seconds left of a pause, 0.0 when none."""

    async def is_well(self) -> bool: ...


class Wording(Protocol):
    """Turns what happened into sentences that people read (handlers/wording.py is the only one)."""

    def to_citizen(self, before: Conversation, events: Sequence[Event], now: datetime) -> Sequence[ToCitizen]: ...

    def to_officers(
        self, before: Conversation, after: Conversation, events: Sequence[Event], now: datetime
    ) -> Sequence[Letter]: ...


class Catalogue(Protocol):
    """The message catalogues (Fluent): `config/locales/<language>/*.ftl`."""

    def say(self, language: str, key: str, /, **values: str | int) -> str:
        """The sentence; raises KeyError for an unknown key, falls back to French for a missing language."""

    def has(self, language: str, key: str) -> bool: ...


class Cells(Protocol):
    """The cells that this house serves, from config/cells."""

    def get(self, cell: CellId) -> Cell | None: ...

    def default(self) -> Cell: ...

    def all(self) -> Sequence[Cell]: ...

    def questionnaire(self, cell: Cell) -> Questionnaire: ...
