"""Folding hides how a text was typed and never loses where it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.folding import fold, plain
from nlu.wording import read_words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Élève à l’école", "eleve a l'ecole"),
        ("ÇA VEND ICI", "ca vend ici"),
        ("nooooon", "non"),
        ("v\u200bend\u200e", "vend"),
        ("ｖｅｎｄ", "vend"),
        ("vеnd", "vend"),  # a Cyrillic letter
        ("cœur", "coeur"),
        (unicodedata.normalize("NFD", "résine"), "resine"),
    ],
)
def test_folds_what_people_type(typed: str, folded: str) -> None:
    assert plain(typed) == folded


def test_spans_lead_back_to_the_original() -> None:
    text = "l’élèèèève du co\u200bllège"
    folded = fold(text)
    start = folded.text.index("college")
    assert text[slice(*folded.span(start, start + 7))] == "co\u200bllège"


def test_an_accent_typed_apart_stays_in_its_letter() -> None:
    text = unicodedata.normalize("NFD", "cité")
    folded = fold(text)
    assert folded.span(0, 4) == (0, len(text))


@given(st.text(max_size=80))
def test_every_word_lies_inside_the_message(text: str) -> None:
    wording = read_words(text)
    assert all(0 <= a < b <= len(text) for a, b in zip(wording.starts, wording.ends, strict=True))
    assert len(wording.words) == len(wording.starts) == len(wording.capitals)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ya dla c", "il y a de la c"),
        ("c pas loin", "c est pas loin"),
        ("jsp g rien vu", "je ne sais pas j ai rien vu"),
        ("bat C", "bat c"),
        ("5 g", "5 g"),
        ("ki deal o métro", "qui deal au metro"),
        ("gare-relais", "gare relais"),
        ("lundi - mardi", "lundi , mardi"),
    ],
)
def test_opens_text_message_spelling(typed: str, words: str) -> None:
    assert " ".join(read_words(typed).words) == words
