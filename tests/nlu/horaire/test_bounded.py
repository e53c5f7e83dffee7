"""Whatever is written, the reading ends, stays inside its limits and never raises: the public writes here."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.horaire import Horaire, parse, render
from nlu.horaire.folding import fold
from nlu.horaire.lexicon import WORDS
from nlu.horaire.lexing import MAX_PIECES, lex
from nlu.horaire.reading import MAX_FOUND, MAX_LENGTH

REFERENCE = datetime(2026, 3, 18, 20, 15)
FIGURES = ["18h", "20h30", "14/07", "12/03/2026", "2026", "8:30", "3", "1er", "99999999", "24/7", "7j/7"]
JOINS = ["-", ",", ".", "et", "à", "de", "du", "le", "xx", "rue", "'", "\n", "é", "e\u0301", "½"]
SOUP = st.lists(st.sampled_from([*sorted(WORDS), *FIGURES, *JOINS]), max_size=40).map(" ".join)
REPEATED = [
    "a", "1", "1 ", "lundi ", "18h ", "18h-", "1/1/", "du ", "à ", "rue de la ", "sauf ", "quatre vingt ", "le 12 ",
    "ans ", "mardi soir et ", "premier lundi de ", "depuis ", "'", "\n", "e\u0301", "de 18h à 20h ", "a ete ",
]  # fmt: skip
PREFERENCES = st.sampled_from([None, "past", "future", "nearest"])


def hold(text: str, found: tuple[Horaire, ...]) -> None:
    """What is true of every answer."""
    assert len(found) <= MAX_FOUND + 1
    for one in found:
        assert text[one.start : one.end] == one.text
        assert set(one.as_json()) >= {"kind", "from", "to", "opening_hours"}
        render(one)
    for one, following in pairwise(found):
        assert one.end <= following.start


@given(SOUP, PREFERENCES)
@settings(max_examples=300, deadline=None)
def test_any_row_of_time_words_is_read(text: str, prefer: str | None) -> None:
    """Expressions are in order, do not overlap, and stand where they say."""
    hold(text, parse(text, reference=REFERENCE, prefer=prefer))  # type: ignore[arg-type]  # rows of literals


@given(st.text(max_size=200), PREFERENCES)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str, prefer: str | None) -> None:
    """No character makes it fail."""
    hold(text, parse(text, reference=REFERENCE, prefer=prefer))  # type: ignore[arg-type]  # rows of literals


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit",
    REPEATED,
)
def test_repetition_is_read_within_the_limits(unit: str) -> None:
    """A full message of one repeated word costs a bounded number of pieces."""
    text = (unit * MAX_LENGTH)[:MAX_LENGTH]
    assert len(lex(fold(text))) <= MAX_PIECES
    hold(text, parse(text, reference=REFERENCE))


def test_nothing_is_read_past_the_limit() -> None:
    """A time beyond 4,096 characters is not seen."""
    assert parse("x" * MAX_LENGTH + " tous les soirs", reference=REFERENCE) == ()


def test_impossible_dates_are_no_dates() -> None:
    """The calendar has the last word."""
    assert parse("le 31 février 2026", reference=REFERENCE, prefer="nearest") == ()
    assert parse("25:12", reference=REFERENCE) == ()
