"""What was read but is not sure: one question settles it before the summary, once a fact, twice a report at most.

A place or a time that the reader was hardly sure of is confirmed instead of assumed; a time that may mean two things
("à 8h", "mercredi soir") is asked about. Where the citizen cannot say, the summary still shows their own words.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain import events as e
from domain.conversation import Conversation, FactEntry, FactState
from domain.events import Origin
from domain.policy.turn import Turn
from domain.questionnaire import Doubt, Fact, Questionnaire
from domain.schedule import Schedule

MOST_DOUBTS = 2
"""Each doubt costs a frightened person a question: two at most, whatever was read."""

_HOUR = re.compile(r"\d ?(?:h|heures?\b|:)", re.IGNORECASE)
_BY_CODE = {
    "half_day": Doubt.HALF_DAY, "past_or_future": Doubt.HABIT, "habit": Doubt.HABIT, "hours": Doubt.HOURS,
}  # fmt: skip
"""Ambiguities of a schedule (docs/horaire.md) that a citizen can settle in one word; the others are left as said."""


def next_doubt(conversation: Conversation, questionnaire: Questionnaire) -> tuple[Fact, Doubt] | None:
    """The first fact worth a question because it is not sure, and what is not sure of it."""
    is_over = len(conversation.doubted) >= MOST_DOUBTS or conversation.questions >= questionnaire.max_questions
    if is_over or conversation.wants_to_finish:
        return None
    for fact, entry in conversation.facts.items():
        doubt = _doubt_of(conversation, questionnaire, fact, entry)
        if doubt is not None and fact not in conversation.doubted:
            return fact, doubt
    return None


def _doubt_of(c: Conversation, questionnaire: Questionnaire, fact: Fact, entry: FactEntry) -> Doubt | None:
    if entry.state is not FactState.SAID or fact not in questionnaire.required:
        return None
    if entry.confidence < questionnaire.floor and fact not in c.asks and fact is not Fact.COMPORTEMENT:
        return Doubt.IS_IT
    return _of_schedule(entry)


def _of_schedule(entry: FactEntry) -> Doubt | None:
    """A time said twice ("mercredi soir, vers 22h") explains itself; one that gives no hour at all does not."""
    value = entry.value
    if not isinstance(value, Schedule) or len(entry.mentions) > 1:
        return None
    doubts = (_BY_CODE[code] for code in value.ambiguous if code in _BY_CODE)
    return next((doubt for doubt in doubts if doubt is not Doubt.HOURS or not _HOUR.search(entry.text)), None)


def settle(turn: Turn, choice: str, origin: Origin) -> bool:
    """Take a choice of DOUBT_ANSWERS as the answer to the pending doubt; False when it answers nothing."""
    change = _CHANGES.get(choice)
    if change is None or turn.now.doubt is None:
        return False
    fact, _ = turn.now.doubt
    entry = turn.now.facts.get(fact)
    value = entry.value if entry is not None else None
    if not isinstance(value, Schedule):
        return False
    settled = change(value)
    turn.happened(e.FactLearned(fact, settled.text, settled, origin, replaces=True))
    return True


def choice_said(words: str) -> str | None:
    """The choice that typed words stand for: "plutôt le soir", "chaque semaine"."""
    said = _DENIED.sub(" ", words.casefold())
    return next((choice for choice, signs in _SIGNS if signs.search(said)), None)


_CHANGES: Mapping[str, Callable[[Schedule], Schedule]] = MappingProxyType({
    "doute:matin": lambda value: value.in_half("am"),
    "doute:soir": lambda value: value.in_half("pm"),
    "doute:une-fois": Schedule.once,
    "doute:chaque-semaine": Schedule.weekly,
})  # fmt: skip
_DENIED = re.compile(
    r"\b(?:pas|jamais(?! (?:re)?vu)|ni) "
    r"(?:(?:vraiment|trop|tr[eè]s|dans|de|en|du|le|la|ce|cette|un|une) |l['’])*[\w'’-]+"
)
"""What is said not to be: "pas le soir, le matin"."""

_SIGNS = (
    ("doute:soir", re.compile(r"\b(?:soir|aprem|apr[eè]s[- ]midi)")),
    ("doute:matin", re.compile(r"\b(?:matin|mat\b|nuit)")),
    ("doute:une-fois", re.compile(r"\b(?:une (?:seule )?fois|1 fois|juste cette|seule fois|qu'une|jamais (?:re)?vu)")),
    ("doute:chaque-semaine", re.compile(r"\b(?:chaque|t(?:ou)?t?e?s l[eé]s?\b|tjrs|toujours|r[eé]guli|souvent)")),
)
