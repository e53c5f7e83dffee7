"""Whatever is typed, a reading comes back, and its spans are those of the message."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.reading import Reading
from nlu.rules import RulesReader

from .conftest import AT

ASKED = (
    None,
    "lieu",
    "horaire",
    "comportement",
    "produit",
    "personne",
    "vehicule",
    "depuis",
    "contact",
    "confirmation",
    "autre",
)
PIECES = (
    "ils vendent du shit", "au parking", "12 rue", "je m'appelle", "06 39 98", "@", "snap :", "de", "la", "à", ",", ".",
    "?", "plaque", "un homme", "avec une", "le 3", "18h", "non", "pas", "cité des", "numéro", "GK-417-TR", "«", "»",
    "\n", "é\u0301",
)  # fmt: skip


def assert_sound(text: str, reading: Reading) -> None:
    """Spans hold their text, in order, apart."""
    end = 0
    for entity in reading.entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end
        end = entity.end
    assert all(0 <= a < b <= len(text) for a, b in reading.conduct)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200), st.sampled_from(ASKED))
def test_any_text_is_read(text: str, asked: str | None) -> None:
    assert_sound(text, RulesReader().read(text, asked=asked, at=AT))


@settings(deadline=None, max_examples=120)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.sampled_from(ASKED))
def test_any_jumble_of_words_is_read(text: str, asked: str | None) -> None:
    assert_sound(text, RulesReader().read(text, asked=asked, at=AT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a" * 4096,
        "ab" * 2048,
        "a_" * 2048,
        "a." * 2048,
        "@" * 4096,
        "0" * 4096,
        "06 " * 1365,
        "un " * 1365,
        "rue de la " * 400,
        "de " * 1365,
        "le 3 et " * 512,
        "pas " * 1024,
        '"' * 4096,
        "avec une " * 455,
        "🧨" * 500,
        "\u200b\u200e\u202e" * 1000,
        "e" + "\u0301" * 4000,
        "'; DROP TABLE signalements; --",
        "<script>alert('deal')</script>" * 100,
        "{" * 4096,
        "je m'appelle " * 300,
        "au parking de la gare, " * 170,
    ],
    ids=lambda text: f"{len(text)} characters",
)
def test_hostile_text_comes_to_an_end(text: str) -> None:
    assert_sound(text, RulesReader().read(text, asked="lieu", at=AT))
