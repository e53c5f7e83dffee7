"""Every sentence that the counter may want to say, from the domain's own lists: a new notice without words is found."""

from collections.abc import Iterator

from domain.conversation import FactState
from domain.events import Asked, Notice, Verdict
from domain.messages import Command, RefusedKind
from domain.phases import Phase
from domain.questionnaire import DOUBT_ANSWERS, LANGUAGES, Choice, Fact
from domain.reading import Fait, Topic

_NAMED = (
    "notice-language-chosen", "notice-erased-kept", "notice-no-agent-hours", "notice-agent-joined-service",
    "noted-facts", "progress", "receipt", "filed", "filed-by-agent", "not-understood", "not-understood-again",
    "wonder-autre-again", "buttons-only", "answer-suite-filed",
    "officer-header", "officer-header-plain", "officer-file", "officer-asks", "officer-resent",
    "summary-head", "summary-line", "summary-unknown", "summary-declined", "summary-absent", "summary-missing",
    "summary-photos", "summary-empty", "summary-foot", "summary-foot-agent",
    "button-place-yes", "button-cancel-yes", "button-cancel-no", "button-report-drugs",
    "service-police", "service-gendarmerie", "service-douanes", "service-other",
    "room-time", "room-head-fact", "room-head-words", "room-head-state",
    "room-citizen", "room-counter", "room-order-unknown", "room-recap-title",
)  # fmt: skip
_WONDERS = {Asked.CONFIRMATION: "summary-foot"}


def needed_keys() -> list[str]:
    """The keys, some more than once."""
    return [*_NAMED, *_of_citizens(), *_of_staff()]


def _of_citizens() -> Iterator[str]:
    yield from (f"notice-{notice}" for notice in Notice if notice is not Notice.PRIVACY)
    yield from (_WONDERS.get(asked, f"wonder-{asked}") for asked in Asked if asked is not Asked.DOUBT)
    yield from ("doubt-is-it-lieu", "doubt-is-it-horaire", "doubt-half-day", "doubt-habit", "doubt-hours")
    yield from (f"button-{choice.replace(':', '-')}" for choices in DOUBT_ANSWERS.values() for choice in choices)
    yield from (f"answer-{topic}" for topic in Topic)
    yield from (f"refused-{kind}" for kind in RefusedKind)
    yield from (f"command-{command}" for command in Command)
    yield from (f"button-{choice}" for choice in Choice)
    for fact in Fact:
        yield from (f"ask-{fact}", f"ask-{fact}-again", f"why-{fact}", f"fact-{fact}", f"fact-{fact}-in-text")
    for language in LANGUAGES:
        yield from (f"language-{language}", f"button-langue-{language}")


def _of_staff() -> Iterator[str]:
    yield from (f"room-phase-{phase}" for phase in Phase)
    yield from (f"room-state-{state}" for state in FactState)
    yield from (f"room-kind-{fait}" for fait in Fait)
    yield from (f"room-verdict-{verdict}" for verdict in Verdict)
    yield from (f"room-refused-{kind}" for kind in RefusedKind)
