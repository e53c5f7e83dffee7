"""From the events of one turn to the letters that the citizen reads: what belongs together is one message."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain.conversation import Conversation, evolve
from domain.events import Asked, Event, Notice
from domain.messages import ToCitizen
from domain.phases import Phase
from domain.questionnaire import Fact
from handlers import questions
from handlers.notices import notice
from handlers.voice import Voice

MOST_BUTTONS = 6
"""Readable on a small phone; more than six quick replies are not read (research on messenger trials)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One event in its place: the counter's voice then, the conversation before this turn and after this event, and
    the facts that this turn had learned until then."""

    voice: Voice
    before: Conversation
    now: Conversation
    learned: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    event: Event
    letter: ToCitizen


def letters(
    voice_of: Callable[[Conversation], Voice], before: Conversation, events: Sequence[Event]
) -> tuple[ToCitizen, ...]:
    """One letter for all that is told in this turn; danger, officers' words and a full welcome stand apart."""
    told = list(_told(voice_of, before, events))
    told.sort(key=_rank)
    return _only_last_asks(_joined(told))


def _told(voice_of: Callable[[Conversation], Voice], before: Conversation, events: Sequence[Event]) -> Iterator[_Told]:
    now, learned = before, dict[Fact, None]()
    for event in events:
        now = evolve(now, event)
        if isinstance(event, e.FactLearned):
            learned[event.fact] = None
        tell = _TELLS.get(type(event))
        letter = tell(Telling(voice_of(now), before, now, tuple(learned)), event) if tell else None
        if letter is not None:
            yield _Told(event, letter)


def _rank(told: _Told) -> int:
    """Danger first, then the welcome; the rest as it happened."""
    if told.letter.notice == "urgence":
        return 0
    return 1 if _is_welcome(told.event) else 2


# --- joining -------------------------------------------------------------------------------------


def _joined(told: Sequence[_Told]) -> list[ToCitizen]:
    found: list[ToCitizen] = []
    previous: _Told | None = None
    for one in told:
        if previous is not None and _belong_together(previous, one, found[-1]):
            found[-1] = _join(found[-1], one.letter)
        else:
            found.append(one.letter)
        previous = one
    return found


def _belong_together(first: _Told, second: _Told, letter: ToCitizen) -> bool:
    if _stands_alone(letter) or _stands_alone(second.letter):
        return False
    if _is_welcome(first.event):
        return second.event == e.Wondered(Asked.NARRATIVE)
    return letter.notice is None or second.letter.notice in (None, letter.notice)


def _is_welcome(event: Event) -> bool:
    """The first message stays under sixty words: only the call for free recall fits beside it."""
    return isinstance(event, e.NoticeGiven) and event.notice is Notice.WELCOME


def _stands_alone(letter: ToCitizen) -> bool:
    return letter.notice == "urgence" or letter.from_officer or letter.file is not None


def _join(first: ToCitizen, second: ToCitizen) -> ToCitizen:
    buttons = (*second.buttons, *(b for b in first.buttons if b not in second.buttons and not first.asks))
    return ToCitizen(
        f"{first.text}\n\n{second.text}",
        buttons[:MOST_BUTTONS],
        asks=second.asks or first.asks,
        notice=first.notice or second.notice,
    )


def _only_last_asks(found: list[ToCitizen]) -> tuple[ToCitizen, ...]:
    """A turn asks one thing: the last."""
    asking = [i for i, letter in enumerate(found) if letter.asks is not None]
    return tuple(replace(one, asks=None, buttons=()) if i in asking[:-1] else one for i, one in enumerate(found))


# --- what each event tells -------------------------------------------------------------------------


def _noticed(telling: Telling, event: e.NoticeGiven) -> ToCitizen:
    letter = notice(telling.voice, event.notice, event.detail)
    goes_on = letter.notice != "urgence" or telling.now.phase is Phase.URGENCE
    return letter if goes_on else replace(letter, buttons=())


def _asked(telling: Telling, event: e.QuestionAsked) -> ToCitizen:
    asked = questions.question(telling.voice, telling.now, event.fact, buttons_only=event.buttons_only)
    return replace(asked, text=_after_ack(telling, asked.text, event.fact))


def _wondered(telling: Telling, event: e.Wondered) -> ToCitizen:
    asked = questions.wonder(telling.voice, telling.now, event.what)
    if event.what is not Asked.ANYTHING_ELSE:
        return asked
    is_again = telling.before.pending is Asked.ANYTHING_ELSE
    text = telling.voice.say("wonder-autre-again") if is_again else asked.text
    return replace(asked, text=_after_ack(telling, text, None))


def _doubted(telling: Telling, event: e.Doubted) -> ToCitizen:
    asked = questions.doubt(telling.voice, telling.now, event.fact, event.doubt)
    return replace(asked, text=_after_ack(telling, asked.text, None))


def _after_ack(telling: Telling, text: str, asked: Fact | None) -> str:
    """What was just understood is named, with the way gone so far, before something is asked again."""
    if not telling.learned:
        return text
    voice = telling.voice
    named = ", ".join(voice.fact_in_text(fact) for fact in telling.learned)
    lines = [voice.say("noted-facts", what=named)]
    required = voice.questionnaire.required
    if asked in required:
        known = len(required) - len(telling.now.missing(required))
        lines += [voice.say("progress", known=known, total=len(required))] if known else []
    return "\n".join(lines) + f"\n\n{text}"


def _summary(telling: Telling, event: e.SummaryShown) -> ToCitizen:
    return questions.confirmation(telling.voice, telling.now)


def _explained(telling: Telling, event: e.QuestionExplained) -> ToCitizen:
    return ToCitizen(telling.voice.say(f"why-{event.fact}"))


def _answered(telling: Telling, event: e.QuestionAnswered) -> ToCitizen:
    """A report that is filed has another sequel than one that is being told."""
    special = f"answer-{event.topic}-filed"
    is_special = telling.now.filed and telling.voice.knows(special)
    return ToCitizen(telling.voice.say(special if is_special else f"answer-{event.topic}"))


def _not_understood(telling: Telling, event: e.NotUnderstood) -> ToCitizen:
    again = telling.now.misunderstood > 1
    return ToCitizen(telling.voice.say("not-understood-again" if again else "not-understood"))


def _refused(telling: Telling, event: e.ThingRefused) -> ToCitizen:
    return ToCitizen(telling.voice.say(f"refused-{event.kind}"))


def _filed(telling: Telling, event: e.ReportFiled) -> ToCitizen:
    return ToCitizen(telling.voice.say("filed" if event.confirmed else "filed-by-agent"))


def _officer_asks(telling: Telling, event: e.OfficerAskedFact) -> ToCitizen:
    return questions.asked_by_officer(telling.voice, telling.now, event.fact)


def _officer_spoke(telling: Telling, event: e.OfficerSpoke) -> ToCitizen:
    text = f"{_header(telling.voice, event.service)}\n{event.text}"
    return ToCitizen(text, from_officer=True, protect=True)


def _officer_sent(telling: Telling, event: e.OfficerSentFile) -> ToCitizen:
    words = event.caption or telling.voice.say("officer-file")
    text = f"{_header(telling.voice, event.service)}\n{words}"
    return ToCitizen(text, from_officer=True, protect=True, file=event.file)


def _header(voice: Voice, service: str) -> str:
    return voice.say("officer-header", service=voice.service(service)) if service else voice.say("officer-header-plain")


# Any: each function takes its own event type, which the key of the table guarantees.
_TELLS: Mapping[type, Callable[[Telling, Any], ToCitizen]] = MappingProxyType({
    e.NoticeGiven: _noticed, e.QuestionAsked: _asked, e.Wondered: _wondered,
    e.Doubted: _doubted, e.SummaryShown: _summary,
    e.QuestionExplained: _explained, e.QuestionAnswered: _answered, e.NotUnderstood: _not_understood,
    e.ThingRefused: _refused, e.ReportFiled: _filed, e.OfficerAskedFact: _officer_asks,
    e.OfficerSpoke: _officer_spoke, e.OfficerSentFile: _officer_sent,
})  # fmt: skip
"""Events that are told to the citizen; all others are silent (a receipt is told by CounterWording.receipt)."""
