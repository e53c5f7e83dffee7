"""The communes of France and Belgium, and the places abroad that a route may name: looked up, never guessed.

The list is kept as one packed text and one dictionary from folded name to row number (17,600 names, about 3 MB).
"""

from dataclasses import dataclass
from functools import cache

from nlu import data, lexicon
from nlu.folding import plain
from nlu.wording import Wording

_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Commune:
    """A populated place; `code` is its GeoNames id, empty abroad."""

    name: str
    country: str
    code: str
    population: int


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
    title, country, code, population = rows[number].split("\t")
    return Commune(title, country, code, int(population))


def known_names() -> tuple[str, ...]:
    """Every folded commune name, the most populous first: for the search of a misspelt one."""
    return tuple(_rows()[1])


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
