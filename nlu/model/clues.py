"""What a linear reader looks at: pieces of words and their neighbours, as numbers of buckets.

The network reads folded words and what stands far apart; these see capitals, spellings and what the rules found, and
know nothing of order beyond three words. They err elsewhere than it does, which is why both are asked
(docs/model.md). Clues are hashed (CRC-32), so that no vocabulary is shipped.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlu.model.features import Features
from nlu.model.labels import ASKED, INTENTS, TAGS

UNIT_BUCKETS = 1 << 18
TEXT_BUCKETS = 1 << 16
SIDE = len(INTENTS) + 1 + len(TAGS) + len(ASKED) + 1 + 4
"""Clues beside the text: the rules' intent, which of their tags occur, what was asked, how long it is."""

_LENGTHS = (25, 70, 160)
_NEAR = (-3, -2, -1, 1, 2, 3)

Buckets = NDArray[np.int64]
Weights = NDArray[np.float32]


def plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


# --- of a whole message --------------------------------------------------------------------------


def text_clues(text: str, asked: str | None) -> tuple[Buckets, Weights]:
    """Pieces of two to five letters inside words, and how much each counts (1 + log of its number)."""
    counted = Counter(
        crc32(piece.encode("utf-8", "surrogatepass")) % TEXT_BUCKETS
        for piece in _pieces(f"{asked or 'rien'} : {plain(text)}")
    )
    return (
        np.fromiter(counted, np.int64, len(counted)),
        np.fromiter((1 + log(n) for n in counted.values()), np.float32, len(counted)),
    )


def _pieces(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in (2, 3, 4, 5):
            if len(padded) <= size:
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def side_clues(text: str, asked: str | None, part: Features) -> list[int]:
    """Places among SIDE that hold for this message."""
    tags = len(INTENTS) + 1
    facts = tags + len(TAGS)
    lengths = facts + len(ASKED) + 1
    return [
        part.guess,
        *(tags + hint for hint in set(part.hints)),
        facts + (ASKED.index(asked) if asked in ASKED else len(ASKED)),
        lengths + sum(len(text) >= limit for limit in _LENGTHS),
    ]


# --- of its words, digits and marks ----------------------------------------------------------------


def unit_clues(text: str, asked: str | None, part: Features) -> list[list[int]]:
    """The buckets of each unit of a message, as many for each."""
    raw = [text[unit.start : unit.end] for unit in part.units]
    words = ["_", "_", "_", *map(plain, raw), "_", "_", "_"]
    shown = [word.lower() for word in raw] if is_shouted(text) else raw
    shapes = ["_", "_", *map(_shape, shown), "_", "_"]
    hints = [0, 0, *(part.hints[unit.token] for unit in part.units), 0, 0]
    touching = [False, *(b.start == a.end for a, b in zip(part.units, part.units[1:], strict=False))]
    common = (f"a={asked}", f"g={part.guess}")
    return [
        [_bucket(clue) for clue in _clues(words[i : i + 7], shapes[i : i + 5], hints[i : i + 5], touching[i])]
        + [_bucket(clue) for clue in (*common, f"a={asked}|{hints[i + 2]}", f"at={min(i, 3)}")]
        for i in range(len(raw))
    ]


def is_shouted(text: str) -> bool:
    """Whether capitals tell nothing, the message being written in them."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.6 * len(letters)


def _clues(words: Sequence[str], shapes: Sequence[str], hints: Sequence[int], touches: bool) -> Iterator[str]:
    word, hint = words[3], hints[2]
    yield from (f"w={word}", f"wh={word}|{hint}", f"s={shapes[2]}", f"t={touches}", "b")
    for size in (2, 3, 4):
        if len(word) > size:
            yield from (f"p{size}={word[:size]}", f"e{size}={word[-size:]}")
    yield from (f"{step}={words[3 + step]}" for step in _NEAR)
    yield from (f"s{step}={shapes[2 + step]}" for step in (-2, -1, 1, 2))
    yield from (f"h{step}={hints[2 + step]}" for step in (-2, -1, 0, 1, 2))
    yield from (f"h-={hints[1]}|{hint}", f"h+={hint}|{hints[3]}")
    yield from (f"-={words[2]}|{word}", f"+={word}|{words[4]}")
    yield from (f"--={words[1]}|{words[2]}", f"++={words[4]}|{words[5]}")


@lru_cache(50_000)
def _bucket(clue: str) -> int:
    return crc32(clue.encode("utf-8", "surrogatepass")) % UNIT_BUCKETS


def _shape(word: str) -> str:
    """Whether it is digits (how many), a mark (which), or letters (capital, capitals, with digits)."""
    if word.isdigit():
        return f"d{min(len(word), 5)}"
    if not word.isalnum():
        return word[:2]
    capitals = f"{'X' if word[0].isupper() else 'x'}{'X' if word.isupper() and len(word) > 1 else 'x'}"
    return f"{capitals}{any(map(str.isdigit, word))}"
