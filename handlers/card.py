"""The case card: one message in the room, edited in place, that says what is known, how, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.conversation import Conversation, FactEntry
from domain.messages import ToOfficers
from domain.questionnaire import Fact
from domain.reading import Place
from domain.schedule import DAYS, Schedule
from handlers import markup
from handlers.staff_time import in_words
from handlers.summary import words_of
from handlers.voice import Voice

CARD_KEY = "card"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its name, what is held of it, and how it is known."""

    name: str
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card says, before it is text or HTML. schedule: (day, hours) of the week, () without days."""

    title: str
    state: str
    rows: tuple[Row, ...]
    schedule: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    head: tuple[str, ...]


def card_letter(voice: Voice, conversation: Conversation, now: datetime) -> ToOfficers:
    """The card as a letter; sent again under the same key it replaces the one before."""
    card = card_of(voice, conversation)
    updated = voice.say("room-updated", time=in_words(voice, now))
    return ToOfficers(
        f"{as_text(card)}\n{updated}", "card", html=f"{as_html(card)}<br>{markup.grey(updated)}", key=CARD_KEY
    )


def card_of(voice: Voice, conversation: Conversation) -> Card:
    """What the card says now. Equal cards need not be sent again."""
    return Card(
        voice.say("room-card-title", alias=str(conversation.alias or "")),
        state_of(voice, conversation),
        tuple(_rows(voice, conversation)),
        _week(voice, conversation),
        tuple(_notes(voice, conversation)),
        tuple(voice.say(f"room-head-{column}") for column in ("fact", "words", "state")),
    )


def state_of(voice: Voice, conversation: Conversation) -> str:
    """Where the case stands, in words."""
    phase = voice.say(f"room-phase-{conversation.phase}")
    confirmed = voice.say("room-confirmed" if conversation.confirmed else "room-unconfirmed")
    return f"{phase}, {confirmed}" if conversation.facts else phase


def missing_of(voice: Voice, conversation: Conversation) -> str:
    """The required facts that nobody gave."""
    missing = conversation.missing(voice.questionnaire.required)
    if not missing:
        return voice.say("room-nothing-missing")
    return voice.say("room-missing", facts=", ".join(voice.fact_in_text(fact) for fact in missing))


# --- facts ---------------------------------------------------------------------------------------


def _rows(voice: Voice, conversation: Conversation) -> Iterator[Row]:
    asked = [question.fact for question in voice.questionnaire.questions]
    for fact in (*asked, *(f for f in Fact if f in conversation.facts and f not in asked)):
        entry = conversation.facts.get(fact)
        if entry is None:
            yield Row(voice.fact(fact), "", voice.say("room-state-not-asked"))
        else:
            yield Row(voice.fact(fact), _words(entry), _state(voice, entry))


def _words(entry: FactEntry) -> str:
    said = words_of(entry)
    resolved = [found for mention in entry.mentions if (found := _resolved(mention.value))]
    return said + (f" [{' ; '.join(dict.fromkeys(resolved))}]" if resolved else "")


def _resolved(value: object) -> str:
    """What the reader made of the words, where that says more: commune, opening hours."""
    if isinstance(value, Schedule):
        return value.opening_hours or " - ".join(filter(None, (value.starts, value.ends)))
    if isinstance(value, Place):
        return ", ".join(filter(None, (value.commune, value.departement)))
    return ""


def _state(voice: Voice, entry: FactEntry) -> str:
    state = voice.say(f"room-state-{entry.state}")
    unsure = entry.is_known and entry.confidence < voice.questionnaire.floor
    return f"{state}, {voice.say('room-to-check')}" if unsure else state


def _week(voice: Voice, conversation: Conversation) -> tuple[tuple[str, str], ...]:
    entry = conversation.facts.get(Fact.HORAIRE)
    values = [mention.value for mention in entry.mentions] if entry is not None else []
    weekly = [value for value in values if isinstance(value, Schedule) and value.days]
    return tuple((voice.say(f"room-day-{day}"), _hours_of(day, weekly)) for day in DAYS) if weekly else ()


def _hours_of(day: str, weekly: Sequence[Schedule]) -> str:
    """What was said of one day of the week, once each."""
    said = ("-".join(filter(None, value.clock)) if value.clock else "x" for value in weekly if day in value.days)
    return ", ".join(dict.fromkeys(said))


# --- the rest ------------------------------------------------------------------------------------


def _notes(voice: Voice, conversation: Conversation) -> Iterator[str]:
    if conversation.faits:
        kinds = ", ".join(voice.say(f"room-kind-{fait}") for fait in conversation.faits)
        yield voice.say("room-kinds", kinds=kinds)
    yield missing_of(voice, conversation)
    if conversation.photos:
        yield voice.say("room-photos", count=len(conversation.photos))
    yield voice.say("room-language", language=voice.say(f"language-{conversation.language}"))
    yield taken_of(voice, conversation)
    if not conversation.door_open:
        yield voice.say("room-door-closed")
    yield voice.say("room-legal")


def taken_of(voice: Voice, conversation: Conversation) -> str:
    """Who took the case, if anybody."""
    if conversation.taken_by is None:
        return voice.say("room-not-taken")
    return voice.say("room-taken", officer=str(conversation.taken_by))


def as_text(card: Card) -> str:
    """The card for clients without HTML."""
    rows = [
        f"- {row.name} : {row.words} ({row.state})" if row.words else f"- {row.name} : {row.state}" for row in card.rows
    ]
    week = ["  " + " | ".join(f"{day} {hours}".strip() for day, hours in card.schedule)] if card.schedule else []
    return "\n".join([card.title, card.state, *rows, *week, *card.notes])


def as_html(card: Card) -> str:
    """The card with its tables."""
    facts = markup.table(card.head, ((row.name, row.words, row.state) for row in card.rows))
    days, hours = zip(*card.schedule, strict=True) if card.schedule else ((), ())
    week = markup.table(days, (hours,)) if card.schedule else ""
    notes = "<br>".join(markup.words(note) for note in card.notes)
    return f"<strong>{markup.words(card.title)}</strong> : {markup.words(card.state)}{facts}{week}{notes}"
