"""The linear reader beside the network: its clues, its tables, and what it stands."""

from pathlib import Path

import numpy as np
import pytest

from nlu.model.clues import SIDE, TEXT_BUCKETS, UNIT_BUCKETS, side_clues, text_clues, unit_clues
from nlu.model.features import Features, Unit
from nlu.model.labels import FAITS, INTENTS, TAGS
from nlu.model.linear import FILE, Linear
from nlu.model.runtime import WEIGHTS

LABELS = len(INTENTS) + len(FAITS)
HALF = np.float16


def _part(text: str) -> Features:
    """The features of a text whose words are its units, without hints."""
    units, at = [], 0
    for place, word in enumerate(text.split()):
        at = text.index(word, at)
        units.append(Unit(at, at + len(word), place + 2))
        at += len(word)
    length = len(units) + 3
    return Features([0] * length, [0] * length, units, 0)


def _empty() -> dict[str, np.ndarray]:
    return {
        "units": np.zeros((2, len(TAGS)), HALF),
        "places": np.zeros(UNIT_BUCKETS, np.int32),
        "texts": np.zeros((TEXT_BUCKETS, LABELS), HALF),
        "rarity": np.ones(TEXT_BUCKETS, HALF),
        "side": np.zeros((SIDE, LABELS), HALF),
        "bias": np.zeros(LABELS, HALF),
    }


def test_capitals_and_accents_are_the_same_pieces() -> None:
    clean, rough = text_clues("Ça deale à l'école", None), text_clues("CA DEALE A L'ECOLE", None)
    assert sorted(clean[0]) == sorted(rough[0])


def test_what_was_asked_is_a_piece_too() -> None:
    assert sorted(text_clues("le soir", "lieu")[0]) != sorted(text_clues("le soir", "horaire")[0])


def test_a_capital_is_a_clue_of_a_word() -> None:
    small, capital = (unit_clues(text, None, _part(text))[1] for text in ("chez dupont", "chez Dupont"))
    assert set(small) != set(capital)


def test_capitals_tell_nothing_where_all_is_shouted() -> None:
    shouted, calm = (unit_clues(text, None, _part(text)) for text in ("CA VEND A DOLE", "ca vend a dole"))
    assert shouted == calm


def test_a_word_knows_its_neighbours() -> None:
    here, there = (unit_clues(text, None, _part(text))[1] for text in ("rue Haute", "de Haute"))
    assert set(here) & set(there)
    assert set(here) - set(there)


def test_every_side_clue_has_its_place() -> None:
    for text in ("", "x" * 30, "x" * 100, "x" * 500):
        for asked in (None, "lieu", "confirmation", "autre", "nothing known"):
            assert all(0 <= clue < SIDE for clue in side_clues(text, asked, _part("a b")))


def test_weights_decide() -> None:
    tables = _empty()
    text = "du shit"
    tables["texts"][text_clues(text, None)[0], INTENTS.index(INTENTS[0])] = 5
    for bucket in unit_clues(text, None, _part(text))[1]:
        tables["places"][bucket] = 1
    tables["units"][1, 5] = 1
    linear = Linear(**tables)
    assert linear.labels(text, None, _part(text))[0].argmax() == 0
    assert linear.tags(text, None, _part(text))[1].argmax() == 5


def test_shares_are_shares() -> None:
    linear = Linear(**_empty())
    assert linear.tags("", None, _part("")).shape == (0, len(TAGS))
    assert linear.tags("un deux", None, _part("un deux")).sum(1) == pytest.approx([1.0, 1.0])
    intents, faits = linear.labels("un deux", None, _part("un deux"))
    assert intents.sum() == pytest.approx(1.0)
    assert faits == pytest.approx(np.full(len(FAITS), 0.5))


def test_tables_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="tables of shapes"):
        Linear(**{**_empty(), "bias": np.zeros(3, HALF)})
    with pytest.raises(ValueError, match="tables of shapes"):
        Linear(**{**_empty(), "places": np.full(UNIT_BUCKETS, 2, np.int32)})


@pytest.mark.parametrize("text", ["\ud800 \udfff", "\u202e\u200b", "é" * 4096, "😱" * 500, "a " * 2048])
def test_stands_any_text(text: str) -> None:
    linear = Linear.load(WEIGHTS / FILE)
    part = _part(text)
    assert len(linear.tags(text, None, part)) == len(part.units)
    assert np.isfinite(linear.labels(text, None, part)[0]).all()


@pytest.mark.parametrize("content", [b"no table", (WEIGHTS / FILE).read_bytes()[:1000]])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        Linear.load(tmp_path / FILE)
