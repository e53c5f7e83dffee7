"""What officers read in the room of a case: the citizen's words, the counter's in grey, notices, answers and marks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain.conversation import Conversation
from domain.events import Event, Notice
from domain.ids import MessageRef
from domain.messages import Letter, Mark, PutMark, ToOfficers
from domain.questionnaire import Choice, Fact
from handlers import markup
from handlers.card import card_letter, card_of
from handlers.orders import answer
from handlers.voice import Voice

SHORT = 200
"""Characters of the counter's own words that are repeated to officers; the rest is in the catalogue anyway."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The case as it stands when an event is told."""

    voice: Voice
    now: Conversation


def room_letters(
    voice: Voice, before: Conversation, after: Conversation, events: Sequence[Event], now: datetime
) -> tuple[Letter, ...]:
    """Everything the room reads of this turn; nothing while there is no case.

    The turn that opens the case gives the card, notices and files: the words said so far, these included, are in the
    recap that the use case posts then.
    """
    if after.alias is None:
        return ()
    told = list(_told(Scene(voice, after), events))
    opens = before.alias is None
    if opens:
        told = [one for one in told if not _is_transcript(one)]
    card = [card_letter(voice, after, now)] if opens or card_of(voice, before) != card_of(voice, after) else []
    return (*card, *told) if opens else (*told, *card)


def _told(scene: Scene, events: Sequence[Event]) -> Iterator[Letter]:
    for event in events:
        tell = _TELLS.get(type(event))
        if tell is not None:
            yield from tell(scene, event)


def _is_transcript(letter: Letter) -> bool:
    return isinstance(letter, ToOfficers) and letter.kind in ("citizen", "counter") and letter.file is None


def undelivered(voice: Voice, reason: str, about: MessageRef | None) -> ToOfficers:
    """Why an officer's message did not arrive and what to do; `reason` is a key, never a text."""
    special = f"room-undelivered-{reason}"
    return ToOfficers(voice.say(special if voice.knows(special) else "room-undelivered"), "notice", reply_to=about)


# --- the citizen's voice -------------------------------------------------------------------------


def _spoke(scene: Scene, event: e.CitizenSpoke) -> Iterator[Letter]:
    name = scene.voice.say("room-citizen-edits" if event.edits else "room-citizen")
    yield _line(name, event.text)


def _tapped(scene: Scene, event: e.CitizenTapped) -> Iterator[Letter]:
    label = label_of(scene.voice, event.choice)
    if label:
        yield _line(scene.voice.say("room-citizen-button"), label)


def _line(name: str, text: str) -> ToOfficers:
    return ToOfficers(f"{name} : {text}", "citizen", html=markup.named(name, text))


def label_of(voice: Voice, choice: str) -> str:
    """What the tapped button said, "" for one that no longer exists."""
    head, _, key = choice.partition(":")
    if head == Choice.CORRECT and key in list(Fact):
        return f"{voice.say('button-corriger')} : {voice.fact_in_text(Fact(key))}"
    for entry in (f"answer-label-{head}-{key}", f"button-{head}-{key}", f"button-{choice}"):
        if voice.knows(entry):
            return voice.say(entry)
    return ""


def _photo(scene: Scene, event: e.CitizenSentPhoto) -> Iterator[Letter]:
    yield ToOfficers(scene.voice.say("room-citizen-photo"), "citizen", file=event.file)


def _refused(scene: Scene, event: e.ThingRefused) -> Iterator[Letter]:
    voice = scene.voice
    yield _counter(voice, voice.say("room-refused", what=voice.say(f"room-refused-{event.kind}")))


# --- the counter's voice -------------------------------------------------------------------------


def _said(scene: Scene, event: e.CounterSaid) -> Iterator[Letter]:
    yield _counter(scene.voice, compact(event.text))


def _counter(voice: Voice, text: str) -> ToOfficers:
    line = f"{voice.say('room-counter')} : {text}"
    return ToOfficers(line, "counter", html=markup.grey(line))


def compact(text: str) -> str:
    """On one line, and short."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


# --- notices and marks -----------------------------------------------------------------------------


def _notice(key: str) -> Callable[[Scene, Event], Iterator[Letter]]:
    """A notice that needs nothing but its words."""

    def tell(scene: Scene, event: Event) -> Iterator[Letter]:
        yield ToOfficers(scene.voice.say(key), "notice")

    return tell


def _noticed(scene: Scene, event: e.NoticeGiven) -> Iterator[Letter]:
    """Danger reaches the room whatever the phase (an emergency is only *declared* before filing)."""
    if event.notice is Notice.EMERGENCY:
        text = scene.voice.say("room-danger")
        yield ToOfficers(text, "notice", html=f"<strong>{markup.words(text)}</strong>")


def _masked(scene: Scene, event: e.IdentityMasked) -> Iterator[Letter]:
    yield ToOfficers(scene.voice.say("room-masked", count=event.count), "notice")


def _filed(scene: Scene, event: e.ReportFiled) -> Iterator[Letter]:
    key = "room-filed" if event.confirmed else "room-filed-unconfirmed"
    yield ToOfficers(scene.voice.say(key), "notice")


def _taken(scene: Scene, event: e.CaseTaken) -> Iterator[Letter]:
    yield ToOfficers(scene.voice.say("room-taken-notice", officer=str(event.officer)), "notice")


def _closed(scene: Scene, event: e.CaseClosed) -> Iterator[Letter]:
    verdict = scene.voice.say(f"room-verdict-{event.verdict}")
    yield ToOfficers(scene.voice.say("room-closed", verdict=verdict, outcome=event.outcome).rstrip(), "notice")


def _queued(scene: Scene, event: e.OfficerSpoke | e.OfficerSentFile) -> Iterator[Letter]:
    yield PutMark(event.ref, Mark.QUEUED)


def _held(scene: Scene, event: e.OfficerHeld) -> Iterator[Letter]:
    yield PutMark(event.ref, Mark.HELD)
    yield ToOfficers(scene.voice.say("room-held"), "notice", reply_to=event.ref)


def _withdrew(scene: Scene, event: e.OfficerWithdrew) -> Iterator[Letter]:
    """Clients hide the marks of a message that was taken back: it is answered in words too."""
    if event.in_time:
        yield PutMark(event.ref, Mark.CANCELLED)
    yield ToOfficers(scene.voice.say("room-withdrawn-in-time" if event.in_time else "room-withdrawn-late"), "notice")


def _unreadable(scene: Scene, event: e.OfficerUnreadable) -> Iterator[Letter]:
    yield ToOfficers(scene.voice.say("room-unreadable"), "notice", reply_to=event.ref)


def _ordered(scene: Scene, event: e.OfficerOrdered) -> Iterator[Letter]:
    if event.name == "door-closed":
        yield PutMark(MessageRef(event.argument), Mark.BLOCKED)
    text = answer(scene.voice, scene.now, event.name)
    if text:
        yield ToOfficers(text, "answer")


# Any: each function takes its own event type, which the key of the table guarantees.
_TELLS: Mapping[type, Callable[[Scene, Any], Iterator[Letter]]] = MappingProxyType({
    e.CitizenSpoke: _spoke, e.CitizenTapped: _tapped, e.CitizenSentPhoto: _photo, e.ThingRefused: _refused,
    e.CounterSaid: _said, e.NoticeGiven: _noticed, e.IdentityMasked: _masked, e.ReportFiled: _filed,
    e.AgentWanted: _notice("room-agent-wanted"), e.DoorClosed: _notice("room-door-closed-notice"),
    e.DoorOpened: _notice("room-door-opened"), e.Erased: _notice("room-erased"),
    e.Abandoned: _notice("room-abandoned"), e.Redirected: _notice("room-redirected"),
    e.OfficerLeft: _notice("room-left"), e.CaseTaken: _taken, e.CaseClosed: _closed,
    e.OfficerSpoke: _queued, e.OfficerSentFile: _queued, e.OfficerHeld: _held, e.OfficerWithdrew: _withdrew,
    e.OfficerUnreadable: _unreadable, e.OfficerOrdered: _ordered,
})  # fmt: skip
"""Events that the room reads; what officers wrote themselves is there already, facts are in the card."""
