"""The facts of a case as the desk shows them beside the transcript."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.conversation import Conversation, FactEntry
from domain.questionnaire import Fact
from domain.reading import Place
from domain.schedule import Schedule
from web import words


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: its name, the words held, what the reader made of them, and how it was learned."""

    label: str
    text: str
    details: tuple[str, ...]
    state: str
    origin: str
    confirmed: bool


def fact_lines(conversation: Conversation) -> Sequence[FactLine]:
    """Every fact asked for or told, in the order of Fact."""
    return [_line(fact, conversation.facts[fact]) for fact in Fact if fact in conversation.facts]


def _line(fact: Fact, entry: FactEntry) -> FactLine:
    return FactLine(
        words.FACTS[fact],
        entry.text,
        tuple(detail for detail in _details(entry) if detail != entry.text),
        entry.state.value,
        words.FACT_STATES[entry.state],
        entry.confirmed and entry.is_known,
    )


def _details(entry: FactEntry) -> tuple[str, ...]:
    value = entry.value
    if isinstance(value, Schedule):
        return tuple(part for part in (value.words, value.opening_hours) if part)
    if isinstance(value, Place):
        pin = f"{value.latitude:.4f}, {value.longitude:.4f}" if value.latitude and value.longitude else None
        return tuple(part for part in (value.commune, value.departement, pin) if part)
    return (value,) if value else ()
