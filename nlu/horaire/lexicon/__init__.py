"""Every word the reader knows, in one place: folded spelling to (kind, value).

A phrase is written with spaces; in a text its words may also be joined by a hyphen or an apostrophe
("après-midi", "jusqu'à"). The longest phrase wins. Chat spellings stand beside the full ones, in the tables of
`days`, `hours`, `numbers` and `small`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from . import days, hours, numbers, small

Entry = tuple[str, Any]  # the value's type depends on the kind


def listed(words: str) -> list[str]:
    """The words of a table's cell."""
    return words.split(", ")


# Kind to its table of value to words.
_TABLES: Mapping[str, Mapping[Any, str]] = {
    "dow": days.WEEKDAYS,
    "dows": days.PLURAL_WEEKDAYS,
    "dab": days.SHORT_WEEKDAYS,
    "month": days.MONTHS,
    "unit": days.UNITS,
    "season": days.SEASONS,
    "feast": days.FEASTS,
    "rel": days.RELATIVE_DAYS,
    "deictic": days.DEICTIC,
    "adverb": days.ADVERBS,
    "part": hours.PARTS,
    "event": hours.EVENTS,
    "nw": numbers.NUMBERS,
    "ord": numbers.ORDINALS,
    "round": numbers.ROUND_NUMBERS,
}


def _entries() -> Iterator[tuple[str, Entry]]:
    for kind, table in _TABLES.items():
        for value, words in table.items():
            yield from ((word, (kind, value)) for word in listed(words))
    for kind, words in small.SMALL_WORDS.items():
        yield from ((word, (kind, word)) for word in listed(words))
    for entry, words in (*days.NAMED_DAYS.items(), *hours.NAMED_HOURS.items()):
        yield from ((word, entry) for word in listed(words))
    for place in listed(hours.PLACES_OF_CLOSING):
        for article in ("du", "de la", "des", "de l"):
            yield from ((f"{head} {article} {place}", ("closing", head)) for head in ("fermeture", "ouverture"))


WORDS: Mapping[str, Entry] = dict(_entries())
ABBREVIATIONS = frozenset(listed(small.ABBREVIATIONS))
