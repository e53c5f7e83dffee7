"""What is known, as plain JSON values for other programs (`guichet chat --json`, the two-pane page)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from domain.conversation import Conversation, FactEntry, FactState
from domain.questionnaire import Fact, Questionnaire
from domain.reading import Place, Value
from domain.schedule import Schedule

Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None

_NOTHING_HELD = frozenset({FactState.UNKNOWN, FactState.DECLINED, FactState.ABSENT})


def known(conversation: Conversation, questionnaire: Questionnaire) -> dict[str, Json]:
    """Where the conversation stands: {"phase", "case", "facts", "missing"}.

    facts: see `facts`. missing: required facts that nobody gave, in order. case: the alias, None while there is none.
    """
    return {
        "phase": str(conversation.phase),
        "case": str(conversation.alias) if conversation.alias else None,
        "facts": facts(conversation),
        "missing": [str(fact) for fact in conversation.missing(questionnaire.required)],
    }


def facts(conversation: Conversation) -> dict[str, Json]:
    """{fact: {"text", "value", "state"}} of every fact that was asked for or spoken of, in the order of Fact.

    state: said, button, pin or officer when it is held; unknown, declined or absent when it is not.
    """
    return {str(fact): _entry(fact, conversation) for fact in Fact if fact in conversation.facts}


def _entry(fact: Fact, conversation: Conversation) -> Json:
    entry = conversation.facts[fact]
    if entry.state in _NOTHING_HELD:
        return {"text": entry.text, "value": None, "state": str(entry.state)}
    value: Json = [str(fait) for fait in conversation.faits] if fact is Fact.COMPORTEMENT else _values(entry)
    return {"text": entry.text, "value": value, "state": str(entry.state)}


def _values(entry: FactEntry) -> Json:
    """The last resolved value; where several were said, the earlier ones under "values", in the order said."""
    found = [_value(mention.value) for mention in entry.mentions if mention.value is not None]
    if not found:
        return None
    last = found[-1]
    return {**last, "values": found[:-1]} if isinstance(last, Mapping) and len(found) > 1 else last


def _value(value: Value) -> Json:
    if isinstance(value, Place):
        return {name: field for name, field in asdict(value).items() if field is not None}
    if isinstance(value, Schedule):
        return _schedule(value)
    return value


def _schedule(value: Schedule) -> Json:
    """As a span of `guichet horaire`; a bare clock time has no date, so "from" and "to" are then "HH:MM"."""
    start, end = value.clock or ("", "")
    return {
        "text": value.text,
        "words": value.words,
        "kind": value.kind,
        "from": value.starts or start or None,
        "to": value.ends or end or None,
        "grain": value.grain,
        "opening_hours": value.opening_hours,
        "approx_minutes": value.approx_minutes,
        "frequency": value.frequency,
        "certain": value.certain,
    }
