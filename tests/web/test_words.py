"""Every term, event and key has its French words: a page never shows a blank or a raw key."""

from dataclasses import fields
from typing import get_args

import pytest

from domain import events as e
from domain.conversation import FactState
from domain.messages import Mark, RefusedKind
from domain.phases import Phase
from domain.questionnaire import Fact
from handlers.supervisor import CaseState
from handlers.transcript import LINES, Line, Speaker
from web import words
from web.demo.panes import MARKS
from web.desk import phrases


@pytest.mark.parametrize(
    ("table", "terms"),
    [
        (words.FACTS, Fact),
        (words.FACT_STATES, FactState),
        (words.PHASES, Phase),
        (phrases.STATES, CaseState),
        (phrases.VERDICTS, e.Verdict),
        (MARKS, Mark),
    ],
)
def test_every_term_has_its_words(table: dict[object, object], terms: type) -> None:
    """Nothing missing, nothing left over."""
    assert set(table) == set(terms)  # type: ignore[call-overload]  # an Enum class is iterable


@pytest.mark.parametrize("kind", get_args(e.Event))
def test_every_event_has_a_line_that_can_be_said(kind: type) -> None:
    """Or is left out on purpose; a new event without either fails here."""
    event = kind(**{field.name: f"<{field.name}>" for field in fields(kind)})
    line = LINES[kind](event)
    if line is not None and line.key:
        assert phrases.happened(line)


def test_every_event_is_listed() -> None:
    """The table knows exactly the events there are."""
    assert set(LINES) == set(get_args(e.Event))


@pytest.mark.parametrize("kind", RefusedKind)
def test_refused_things_are_named_in_french(kind: RefusedKind) -> None:
    """No key leaks into the sentence."""
    sentence = phrases.happened(Line(Speaker.ASIDE, key="refused", detail=kind))
    assert kind.value not in sentence or kind is RefusedKind.CONTACT or kind is RefusedKind.DOCUMENT
