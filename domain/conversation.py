"""A conversation as a value, and the fold of its events that makes it: evolve and replay."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain.events import Asked, Event, Origin
from domain.ids import Alias, CellId, ConversationId, FileId, MessageRef, OfficerId
from domain.phases import Phase, phase_after
from domain.questionnaire import Doubt, Fact
from domain.reading import Fait, Value


class FactState(StrEnum):
    """How a fact stands; a fact that was never asked nor said has no entry at all."""

    SAID = "said"
    BUTTON = "button"
    PIN = "pin"
    OFFICER = "officer"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing said of a fact."""

    text: str
    value: Value = None
    confidence: float = 1.0
    source: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class FactEntry:
    """What is held of one fact: what was last said of it, and how it was learned."""

    state: FactState
    mentions: tuple[Mention, ...] = ()
    confirmed: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the citizen (or an officer) gave it; "I don't know" is an answer but not known."""
        return bool(self.mentions) and self.state is not FactState.ABSENT

    @property
    def text(self) -> str:
        """All that is held, in the citizen's words."""
        return ", ".join(mention.text for mention in self.mentions)

    @property
    def value(self) -> Value:
        """The resolved value of the last mention that has one."""
        return next((m.value for m in reversed(self.mentions) if m.value is not None), None)

    @property
    def confidence(self) -> float:
        """The weakest of what is held, 0..1."""
        return min((mention.confidence for mention in self.mentions), default=0.0)


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map that waits for "is this the place of the facts?"."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Held:
    """An officer's question that waits for confirmation before it leaves."""

    text: str
    officer: OfficerId
    service: str
    ref: MessageRef


Pending = Fact | Asked | None


NOWHERE = CellId("")
"""The cell of a conversation whose first event has not been told yet."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of one conversation. Only evolve() makes a new one."""

    id: ConversationId
    cell: CellId = NOWHERE
    language: str = "fr"
    phase: Phase = Phase.ACCUEIL
    facts: Mapping[Fact, FactEntry] = field(default_factory=lambda: MappingProxyType({}))
    faits: tuple[Fait, ...] = ()
    asks: Mapping[Fact, int] = field(default_factory=lambda: MappingProxyType({}))
    pending: Pending = None
    paused: Pending = None
    """What was pending before a question that interrupts (cancel?, is this the place?)."""
    insisted: int = 0
    """How many times in a row the pending question was put again after an interruption."""
    questions: int = 0
    misunderstood: int = 0
    welcomed: bool = False
    asked_anything_else: bool = False
    invited_to_add: bool = False
    """Asked for anything else and then, once more, what it is."""
    doubt: tuple[Fact, Doubt] | None = None
    """What was last asked because it was not sure, and of which fact."""
    doubted: frozenset[Fact] = frozenset()
    wants_to_finish: bool = False
    alias: Alias | None = None
    filed: bool = False
    confirmed: bool = False
    """The citizen said that the summary is right; what they add later does not take that back."""
    officer_present: bool = False
    taken_by: OfficerId | None = None
    held: Held | None = None
    pin: Pin | None = None
    photos: tuple[FileId, ...] = ()
    album: str | None = None
    door_open: bool = True
    kept_by_officers: bool = False
    """Erased for the citizen, but officers already work with it."""
    before_emergency: Phase | None = None
    seq: int = 0

    def missing(self, required: Iterable[Fact]) -> tuple[Fact, ...]:
        """The required facts that nobody gave, in order ("I don't know" counts as missing here)."""
        return tuple(f for f in required if f not in self.facts or not self.facts[f].is_known)

    @property
    def has_a_report(self) -> bool:
        """Whether anything about drugs was told: conduct or a product."""
        told = (Fact.COMPORTEMENT, Fact.PRODUIT)
        return bool(self.faits) or any(f in self.facts and self.facts[f].is_known for f in told)


# --- the fold ------------------------------------------------------------------------------------


def replay(conversation_id: ConversationId, happened: Iterable[Event]) -> Conversation:
    """The conversation that these events make, in order."""
    conversation = Conversation(conversation_id)
    for event in happened:
        conversation = evolve(conversation, event)
    return conversation


def evolve(conversation: Conversation, event: Event) -> Conversation:
    """The conversation after one more event. Raises NotAllowedHere."""
    moved = replace(
        conversation,
        phase=phase_after(conversation.phase, event),
        seq=conversation.seq + 1,
    )
    change = _CHANGES.get(type(event))
    return change(moved, event) if change else moved


def _started(c: Conversation, event: e.ConversationStarted) -> Conversation:
    return replace(c, cell=event.cell, language=event.language)


def _language(c: Conversation, event: e.LanguageChosen) -> Conversation:
    return replace(c, language=event.language)


def _pinned(c: Conversation, event: e.CitizenPinned) -> Conversation:
    return replace(c, pin=Pin(event.latitude, event.longitude))


def _pin_forgotten(c: Conversation, event: e.PinForgotten) -> Conversation:
    return replace(c, pin=None)


def _photo(c: Conversation, event: e.CitizenSentPhoto) -> Conversation:
    return replace(c, photos=(*c.photos, event.file), album=event.album)


def _door(c: Conversation, event: e.DoorClosed | e.DoorOpened) -> Conversation:
    return replace(c, door_open=isinstance(event, e.DoorOpened))


def _learned(c: Conversation, event: e.FactLearned) -> Conversation:
    before = c.facts.get(event.fact)
    mention = Mention(event.text, event.value, event.confidence, event.source)
    kept = () if event.replaces or before is None or not before.is_known else before.mentions
    entry = FactEntry(FactState(event.origin.value), (*kept, mention))
    pin = None if event.origin is Origin.PIN else c.pin
    return replace(_with_fact(c, event.fact, entry), misunderstood=0, pin=pin)


def _unknown(c: Conversation, event: e.FactUnknown) -> Conversation:
    return replace(_with_fact(c, event.fact, FactEntry(FactState.UNKNOWN)), misunderstood=0)


def _declined(c: Conversation, event: e.FactDeclined) -> Conversation:
    return _with_fact(c, event.fact, FactEntry(FactState.DECLINED))


def _absent(c: Conversation, event: e.FactAbsent) -> Conversation:
    entry = FactEntry(FactState.ABSENT, (Mention(event.text),))
    return replace(_with_fact(c, event.fact, entry), misunderstood=0)


def _withdrawn(c: Conversation, event: e.FactWithdrawn) -> Conversation:
    facts = {fact: entry for fact, entry in c.facts.items() if fact is not event.fact}
    return replace(c, facts=MappingProxyType(facts))


def _with_fact(c: Conversation, fact: Fact, entry: FactEntry) -> Conversation:
    return replace(c, facts=MappingProxyType({**c.facts, fact: entry}))


def _faits(c: Conversation, event: e.FaitsNoted) -> Conversation:
    new = tuple(fait for fait in event.faits if fait not in c.faits)
    return replace(c, faits=c.faits + new)


def _asked(c: Conversation, event: e.QuestionAsked) -> Conversation:
    if event.again:
        interrupted = c.pending if isinstance(c.pending, Fact) and c.pending is not event.fact else None
        return replace(c, pending=event.fact, paused=interrupted, insisted=c.insisted + 1)
    times = c.asks.get(event.fact, 0)
    return replace(
        c,
        pending=event.fact,
        paused=None,
        insisted=0,
        asks=MappingProxyType({**c.asks, event.fact: times + 1}),
        questions=c.questions + (times == 0),
    )


_INTERRUPTS = (Asked.CANCEL, Asked.IS_PLACE_OF_FACTS, Asked.UNCLEAR)


def _wondered(c: Conversation, event: e.Wondered) -> Conversation:
    if event.what in _INTERRUPTS:
        already = c.pending in _INTERRUPTS
        return replace(c, pending=event.what, paused=c.paused if already else c.pending)
    if event.what is Asked.ANYTHING_ELSE:
        first = not c.asked_anything_else
        again = c.pending is Asked.ANYTHING_ELSE
        c = replace(c, asked_anything_else=True, invited_to_add=again, questions=c.questions + first)
    return replace(c, pending=event.what, paused=None)


def _doubted(c: Conversation, event: e.Doubted) -> Conversation:
    is_new = event.fact not in c.doubted
    return replace(
        c,
        pending=Asked.DOUBT,
        paused=None,
        doubt=(event.fact, event.doubt),
        doubted=c.doubted | {event.fact},
        questions=c.questions + is_new,
    )


def _officer_asked(c: Conversation, event: e.OfficerAskedFact) -> Conversation:
    return replace(c, pending=event.fact)


def _not_understood(c: Conversation, event: e.NotUnderstood) -> Conversation:
    return replace(c, misunderstood=c.misunderstood + 1)


def _tapped(c: Conversation, event: e.CitizenTapped) -> Conversation:
    return replace(c, misunderstood=0, wants_to_finish=c.wants_to_finish or event.choice == "terminer")


def _noticed(c: Conversation, event: e.NoticeGiven) -> Conversation:
    return replace(c, welcomed=True) if event.notice is e.Notice.WELCOME else c


def _summary(c: Conversation, event: e.SummaryShown) -> Conversation:
    return replace(c, pending=Asked.CONFIRMATION, paused=None)


def _filed(c: Conversation, event: e.ReportFiled) -> Conversation:
    facts = {f: replace(entry, confirmed=event.confirmed) for f, entry in c.facts.items()}
    return replace(
        c,
        alias=event.alias,
        filed=True,
        confirmed=c.confirmed or event.confirmed,
        pending=None,
        paused=None,
        facts=MappingProxyType(facts),
    )


def _agent_wanted(c: Conversation, event: e.AgentWanted) -> Conversation:
    return replace(c, alias=event.alias)


def _emergency(c: Conversation, event: e.EmergencyDeclared) -> Conversation:
    return replace(c, pending=None, paused=c.pending or c.paused)


def _emergency_over(c: Conversation, event: e.EmergencyOver) -> Conversation:
    return replace(c, pending=c.paused, paused=None)


def _emptied(c: Conversation, event: Event) -> Conversation:
    """Nothing said is held any more; what stays is the skeleton."""
    return replace(
        Conversation(c.id),
        cell=c.cell, language=c.language, phase=c.phase, seq=c.seq, welcomed=c.welcomed,
        alias=c.alias, filed=c.filed, door_open=c.door_open,
    )  # fmt: skip


def _erased(c: Conversation, event: e.Erased) -> Conversation:
    if not event.kept_by_officers:
        return _emptied(c, event)
    return replace(
        c, kept_by_officers=True, door_open=False, officer_present=False, pending=None, paused=None, held=None
    )


def _joined(c: Conversation, event: e.OfficerJoined) -> Conversation:
    return replace(c, officer_present=True, pending=None, paused=None)


def _left(c: Conversation, event: e.OfficerLeft) -> Conversation:
    return replace(c, officer_present=False, taken_by=None)


def _taken(c: Conversation, event: e.CaseTaken) -> Conversation:
    return replace(c, taken_by=event.officer)


def _held(c: Conversation, event: e.OfficerHeld) -> Conversation:
    return replace(c, held=Held(event.text, event.officer, event.service, event.ref))


def _released(c: Conversation, event: e.OfficerReleased) -> Conversation:
    return replace(c, held=None)


def _closed(c: Conversation, event: e.CaseClosed) -> Conversation:
    return replace(c, officer_present=False, pending=None, paused=None, held=None)


# Any: each change takes its own event type, which the key of the table guarantees.
_CHANGES: Mapping[type, Callable[[Conversation, Any], Conversation]] = MappingProxyType({
    e.ConversationStarted: _started, e.LanguageChosen: _language, e.CitizenPinned: _pinned,
    e.PinForgotten: _pin_forgotten, e.CitizenSentPhoto: _photo, e.DoorClosed: _door, e.DoorOpened: _door,
    e.FactLearned: _learned, e.FactUnknown: _unknown, e.FactDeclined: _declined, e.FactAbsent: _absent,
    e.FactWithdrawn: _withdrawn, e.FaitsNoted: _faits, e.QuestionAsked: _asked, e.Wondered: _wondered,
    e.Doubted: _doubted,
    e.NotUnderstood: _not_understood, e.CitizenTapped: _tapped, e.NoticeGiven: _noticed,
    e.SummaryShown: _summary, e.ReportFiled: _filed, e.AgentWanted: _agent_wanted,
    e.EmergencyDeclared: _emergency, e.EmergencyOver: _emergency_over, e.Redirected: _emptied,
    e.Abandoned: _emptied, e.Erased: _erased, e.OfficerJoined: _joined, e.OfficerLeft: _left,
    e.CaseTaken: _taken, e.OfficerHeld: _held, e.OfficerReleased: _released, e.CaseClosed: _closed,
    e.OfficerAskedFact: _officer_asked,
})  # fmt: skip
