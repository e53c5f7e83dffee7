"""What a linear reader looks at: pieces of words and their neighbours, as numbers of buckets.

The network reads folded words and what stands far apart; these see capitals, spellings and what the rules found, and
know nothing of order beyond three words. They err elsewhere than it does, which is why both are asked
(docs/model.md). Clues are hashed (CRC-32), so that no vocabulary is shipped.
"""

import unicodedata
from array import array
from collections import Counter
from functools import lru_cache
from itertools import pairwise
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
_EDGE = ("_", "_", "_")
_REMEMBERED = 8_192
"""Words, and pairs of words, whose buckets are kept at hand: packed, they take 2 MB."""

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
    counted: Counter[int] = Counter()
    for word in f"{asked or 'rien'} : {plain(text)}".split():
        counted.update(_pieces(word))
    return (
        np.fromiter(counted, np.int64, len(counted)),
        np.fromiter((1 + log(n) for n in counted.values()), np.float32, len(counted)),
    )


@lru_cache(_REMEMBERED)
def _pieces(word: str) -> "array[int]":
    """The buckets of the pieces of a word, its ends marked by spaces; one piece for a short word."""
    padded = f" {word} "
    pieces = []
    for size in (2, 3, 4, 5):
        if len(padded) <= size:
            pieces.append(padded)
            break
        pieces += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return array("I", (crc32(piece.encode("utf-8", "surrogatepass")) % TEXT_BUCKETS for piece in pieces))


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
    """The buckets of each unit of a message.

    Most words, and many pairs, have been seen before: what depends on them alone is remembered, so that a unit costs a
    few lookups instead of forty sums.
    """
    raw = [text[unit.start : unit.end] for unit in part.units]
    words = [*_EDGE, *map(plain, raw), *_EDGE]
    shown = [word.lower() for word in raw] if is_shouted(text) else raw
    shapes = ("_", "_", *map(_shape, shown), "_", "_")
    hints = (0, 0, *(part.hints[unit.token] for unit in part.units), 0, 0)
    touching = [False, *(b.start == a.end for a, b in zip(part.units, part.units[1:], strict=False))]
    beside = [_beside(word) for word in words]
    pairs = [_paired(*pair) for pair in pairwise(words)]
    common = (_bucket(f"a={asked}"), _bucket(f"g={part.guess}"), _bucket("b"))
    return [
        [
            *common,
            *_alone(words[i + 3]),
            *_hinted(words[i + 3], hints[i : i + 5], asked),
            *_shaped(shapes[i : i + 5], touching[i], min(i, 3)),
            *(beside[i + 3 + step][place] for place, step in enumerate(_NEAR)),
            *(pairs[i + 3 + step][place] for place, step in enumerate((-1, 0, -2, 1))),
        ]
        for i in range(len(raw))
    ]


def is_shouted(text: str) -> bool:
    """Whether capitals tell nothing, the message being written in them."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.6 * len(letters)


@lru_cache(_REMEMBERED)
def _alone(word: str) -> "array[int]":
    """Of the word itself: whole, and its first and last two to four letters."""
    clues = [f"w={word}"]
    for size in (2, 3, 4):
        if len(word) > size:
            clues += (f"p{size}={word[:size]}", f"e{size}={word[-size:]}")
    return array("I", map(_bucket, clues))


@lru_cache(_REMEMBERED)
def _hinted(word: str, hints: tuple[int, ...], asked: str | None) -> "array[int]":
    """Of the rules' tags of five units, this word in their middle."""
    _, before, here, after, _ = hints
    clues = [f"h{step}={hint}" for step, hint in zip((-2, -1, 0, 1, 2), hints, strict=True)]
    clues += (f"wh={word}|{here}", f"h-={before}|{here}", f"h+={here}|{after}", f"a={asked}|{here}")
    return array("I", map(_bucket, clues))


@lru_cache(_REMEMBERED)
def _shaped(shapes: tuple[str, ...], touches: bool, place: int) -> "array[int]":
    """Of the shapes of five units, whether the middle one touches the one before, and its place from the start."""
    clues = [f"s{step}={shapes[2 + step]}" for step in (-2, -1, 1, 2)]
    clues += (f"s={shapes[2]}", f"t={touches}", f"at={place}")
    return array("I", map(_bucket, clues))


@lru_cache(_REMEMBERED)
def _beside(word: str) -> "array[int]":
    """Of a word that stands so many units away (each of _NEAR)."""
    return array("I", (_bucket(f"{step}={word}") for step in _NEAR))


@lru_cache(_REMEMBERED)
def _paired(first: str, second: str) -> "array[int]":
    """Of two words in a row: ending here, beginning here, before, after."""
    pair = f"{first}|{second}"
    return array("I", (_bucket(f"{side}={pair}") for side in ("-", "+", "--", "++")))


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
