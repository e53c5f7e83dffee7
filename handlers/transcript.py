"""A conversation as supervisors read it: three voices, and beside each line what the counter learned from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_args

from domain import events as e
from domain.events import Event
from domain.ids import FileId, MessageRef, OfficerId
from domain.messages import Button
from domain.questionnaire import Fact
from handlers.ports import Recorded
from handlers.staff_time import rounded


class Speaker(StrEnum):
    """Whose line it is. NOTE: an officer's note that never left the room. ASIDE: something that happened."""

    CITIZEN = "citizen"
    COUNTER = "counter"
    OFFICER = "officer"
    NOTE = "note"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Learned:
    """One fact that the counter drew from a line."""

    fact: Fact
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `text` holds people's words; `key` and `detail` name what happened, for the page to say."""

    speaker: Speaker
    text: str = ""
    key: str = ""
    detail: str = ""
    service: str = ""
    officer: OfficerId | None = None
    buttons: tuple[Button, ...] = ()
    file: FileId | None = None
    ref: MessageRef | None = None
    learned: tuple[Learned, ...] = ()
    withdrawn: bool = False
    at: datetime | None = None


def lines_of(recorded: Iterable[Recorded], zone: str) -> Sequence[Line]:
    """The transcript in order, times rounded to the hour in `zone`.

    A pin's coordinates stay out: until the citizen says that it is the place of the facts it may be where they live.
    """
    told: list[Line] = []
    for one in recorded:
        if note := _ON_EARLIER_LINES.get(type(one.event)):
            note(told, one.event)
        line = LINES[type(one.event)](one.event)
        if line is not None:
            told.append(replace(_labelled(line, told), at=rounded(one.at, zone)))
    return tuple(told)


def _labelled(line: Line, told: Sequence[Line]) -> Line:
    """A tap in the words of the button that was tapped."""
    if line.key != "tapped":
        return line
    shown = (button for earlier in reversed(told) for button in earlier.buttons)
    return replace(line, text=next((button.label for button in shown if button.choice == line.detail), line.detail))


# --- what an event adds to lines already told ------------------------------------------------------


def _learn(told: list[Line], event: e.FactLearned | e.FactAbsent) -> None:
    """A fact stands beside the citizen's last line, from which it was drawn."""
    for place in reversed(range(len(told))):
        if told[place].speaker is Speaker.CITIZEN:
            learned = (*told[place].learned, Learned(event.fact, event.text))
            told[place] = replace(told[place], learned=learned)
            return


def _withdraw(told: list[Line], event: e.OfficerWithdrew) -> None:
    for place, line in enumerate(told):
        if line.ref == event.ref and line.officer is not None:
            told[place] = replace(line, withdrawn=True)


# Any: each function takes its own event type, which the key of the table guarantees.
_ON_EARLIER_LINES: Mapping[type, Callable[[list[Line], Any], None]] = MappingProxyType({
    e.FactLearned: _learn, e.FactAbsent: _learn, e.OfficerWithdrew: _withdraw,
})  # fmt: skip


# --- the line of each event ------------------------------------------------------------------------


def _unsaid(event: Event) -> None:
    """Events that the exact words (CounterSaid) or the facts beside the transcript tell better."""


def _aside(key: str, detail: str = "") -> Callable[[Any], Line]:  # Any: any event
    """Something that happened; `detail` names the event's field that says more."""
    return lambda event: Line(Speaker.ASIDE, key=key, detail=str(getattr(event, detail)) if detail else "")


def _citizen_spoke(event: e.CitizenSpoke) -> Line:
    return Line(Speaker.CITIZEN, event.text, key="edited" if event.edits else "", ref=event.ref)


def _citizen_tapped(event: e.CitizenTapped) -> Line:
    return Line(Speaker.CITIZEN, key="tapped", detail=event.choice)


def _citizen_pinned(event: e.CitizenPinned) -> Line:
    return Line(Speaker.CITIZEN, key="pinned")


def _citizen_photo(event: e.CitizenSentPhoto) -> Line:
    return Line(Speaker.CITIZEN, key="photo", file=event.file)


def _counter(event: e.CounterSaid) -> Line:
    return Line(Speaker.COUNTER, event.text, buttons=event.buttons)


def _officer_spoke(event: e.OfficerSpoke) -> Line:
    return Line(Speaker.OFFICER, event.text, service=event.service, officer=event.officer, ref=event.ref)


def _officer_file(event: e.OfficerSentFile) -> Line:
    return Line(
        Speaker.OFFICER, event.caption, "file", service=event.service, officer=event.officer, file=event.file,
        ref=event.ref,
    )  # fmt: skip


def _officer_held(event: e.OfficerHeld) -> Line:
    return Line(Speaker.OFFICER, event.text, "held", service=event.service, officer=event.officer, ref=event.ref)


def _noted(event: e.OfficerNoted) -> Line:
    return Line(Speaker.NOTE, event.text, officer=event.officer)


def _withdrew(event: e.OfficerWithdrew) -> Line:
    return Line(Speaker.ASIDE, key="withdrew-in-time" if event.in_time else "withdrew-too-late")


# Any: each function takes its own event type, which the key of the table guarantees.
LINES: Mapping[type, Callable[[Any], Line | None]] = MappingProxyType({
    **dict.fromkeys(get_args(Event), _unsaid),
    e.ConversationStarted: _aside("started"), e.LanguageChosen: _aside("language", "language"),
    e.CitizenSpoke: _citizen_spoke, e.CitizenTapped: _citizen_tapped, e.CitizenPinned: _citizen_pinned,
    e.PinForgotten: _aside("pin-forgotten"), e.CitizenSentPhoto: _citizen_photo,
    e.ThingRefused: _aside("refused", "kind"), e.IdentityMasked: _aside("masked", "count"),
    e.DoorClosed: _aside("door-closed"), e.DoorOpened: _aside("door-opened"), e.CounterSaid: _counter,
    e.ReportFiled: _aside("filed", "alias"), e.ReceiptGiven: _aside("receipt"), e.AgentWanted: _aside("agent-wanted"),
    e.EmergencyDeclared: _aside("emergency"), e.EmergencyOver: _aside("emergency-over"),
    e.Redirected: _aside("redirected"), e.CameBack: _aside("came-back"), e.Abandoned: _aside("abandoned"),
    e.Erased: _aside("erased"), e.OfficerJoined: _aside("joined", "service"), e.OfficerSpoke: _officer_spoke,
    e.OfficerSentFile: _officer_file, e.OfficerNoted: _noted, e.OfficerHeld: _officer_held,
    e.OfficerReleased: _aside("released"), e.OfficerWithdrew: _withdrew, e.OfficerOrdered: _aside("ordered", "name"),
    e.OfficerUnreadable: _aside("unreadable"), e.CaseTaken: _aside("taken", "service"),
    e.OfficerLeft: _aside("left"), e.OfficerAskedFact: _aside("asked-fact", "fact"),
    e.CaseClosed: _aside("closed", "verdict"),
})  # fmt: skip
