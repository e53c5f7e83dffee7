"""The communes of France and Belgium, and the places abroad that a route may name: looked up, never guessed.

The list is kept as one packed text and one dictionary from folded name to row number (17,600 names, about 3 MB).
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from nlu import data, lexicon
from nlu.folding import plain
from nlu.wording import Wording

_LONGEST = 7
_SPELT, _ALIKE = 6, 87.0
"""Shorter words are too near one another to be mended; one letter off in eight scores 87.5."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A populated place; `code` is its GeoNames id, `region` the INSEE number of its région; both empty abroad."""

    name: str
    country: str
    code: str
    population: int
    region: str = ""


@cache
def _rows() -> tuple[list[str], dict[str, int]]:
    """Rows, and for each folded name the row of the most populous commune that bears it."""
    rows = data.lines("communes.tsv.gz")
    index: dict[str, int] = {}
    for number, row in enumerate(rows):
        index.setdefault(key(row.partition("\t")[0]), number)
    return rows, index


@cache
def _abroad() -> frozenset[str]:
    return frozenset(lexicon.lines("etranger.txt"))


@cache
def _first_words() -> frozenset[str]:
    names = [*_rows()[1], *_abroad()]
    return frozenset(name.split()[0] for name in names)


def opens_a_name(word: str) -> bool:
    """Whether a folded word is the first of some place's name."""
    return word in _first_words()


def key(name: str) -> str:
    """A name as it is looked up: folded, without hyphens or apostrophes."""
    folded = plain(name)
    for mark in "-'’().,":
        folded = folded.replace(mark, " ")
    words = [{"st": "saint", "ste": "sainte"}.get(word, word) for word in folded.split()]
    return " ".join(words)


def commune(name: str) -> Commune | None:
    """The most populous commune of that name."""
    rows, index = _rows()
    number = index.get(key(name))
    if number is None:
        return None
    title, country, code, population, region = rows[number].split("\t")
    return Commune(title, country, code, int(population), region)


@lru_cache(maxsize=4096)
def nearest(word: str) -> str | None:
    """The commune of one word that a misspelt word stands for ("besanson"), among those that begin alike."""
    if len(word) < _SPELT or word in data.ordinary_words():
        return None
    found = process.extractOne(word, _by_beginning().get(word[:2], ()), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else None


@cache
def _by_beginning() -> dict[str, tuple[str, ...]]:
    """Names of one word by their first two letters, the most populous first."""
    buckets: dict[str, list[str]] = {}
    for name in _rows()[1]:
        if " " not in name:
            buckets.setdefault(name[:2], []).append(name)
    return {letters: tuple(names) for letters, names in buckets.items()}


def longest_at(wording: Wording, index: int) -> int:
    """How many words from `index` on make the longest known name, 0 for none."""
    if wording.word(index) not in _first_words():
        return 0
    known, abroad = _rows()[1], _abroad()
    for length in range(min(_LONGEST, len(wording) - index), 0, -1):
        name = " ".join(wording.words[index : index + length])
        if name in known or name in abroad:
            return length
    return 0
