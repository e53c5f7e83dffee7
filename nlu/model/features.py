"""A message as the network reads it: pieces, the fact asked, and what the rules thought of each piece."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tokenizers import Tokenizer

from domain.reading import Entity, Reading
from nlu.model.labels import ASKED, INTENTS, MAX_TOKENS, TYPES, begins, continues

_LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character that no encoding accepts; one "?" each keeps the offsets."""


def encodable(text: str) -> str:
    """The text, as long as before, in characters that a tokeniser accepts."""
    return _LONE.sub("?", text)


OPENING = 2
"""Two pieces stand before every message: [CLS] and the fact asked."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of letters, a digit or a mark: where a span may begin or end. `token` is its first piece."""

    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class Features:
    """ids and hints: one a piece; units: those that can carry a tag; guess: the rules' intent + 1, 0 for none."""

    ids: list[int]
    hints: list[int]
    units: list[Unit]
    guess: int


class Reader:
    """Turns text into features with one tokeniser."""

    def __init__(self, tokeniser: Tokenizer) -> None:
        self._tokeniser = tokeniser

    @cached_property
    def _asked(self) -> dict[str | None, int]:
        named: dict[str | None, str] = {fact: f"[ASKED_{fact}]" for fact in ASKED}
        named[None] = "[ASKED_NONE]"
        return {fact: self._number(token) for fact, token in named.items()}

    @cached_property
    def _ends(self) -> tuple[int, int]:
        return self._number("[CLS]"), self._number("[SEP]")

    def _number(self, token: str) -> int:
        number = self._tokeniser.token_to_id(token)
        if number is None:
            raise KeyError(f"a tokeniser that knows {token} was expected")
        return int(number)

    def features(self, text: str, asked: str | None, said: Reading | None) -> list[Features]:
        """The message in one piece, or in several when it is longer than the network reads at once."""
        encoded = self._tokeniser.encode(encodable(text), add_special_tokens=False)
        ids, spans, words = encoded.ids, encoded.offsets, encoded.word_ids
        opening = [self._ends[0], self._asked.get(asked, self._asked["autre"])]
        room = MAX_TOKENS - OPENING - 1
        parts = []
        for start in range(0, max(1, len(ids)), room):
            piece = slice(start, start + room)
            units = _units(text, spans[piece], words[piece])
            hints = _hints(units, len(ids[piece]) + OPENING + 1, said.entities if said else ())
            whole = [*opening, *ids[piece], self._ends[1]]
            parts.append(Features(whole, hints, units, INTENTS.index(said.intent) + 1 if said else 0))
        return parts


def _units(text: str, spans: Sequence[tuple[int, int]], words: Sequence[int | None]) -> list[Unit]:
    """The units of these pieces; white space belongs to none."""
    units: list[Unit] = []
    last: int | None = -1
    for place, ((start, end), word) in enumerate(zip(spans, words, strict=True)):
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            continue
        if word == last and units:
            units[-1] = Unit(units[-1].start, max(end, units[-1].end), units[-1].token)
        else:
            units.append(Unit(start, end, place + OPENING))
            last = word
    return units


def _hints(units: Sequence[Unit], length: int, entities: Sequence[Entity]) -> list[int]:
    hints = [0] * length
    for tag, unit in zip(tagged(units, entities), units, strict=True):
        hints[unit.token] = tag
    return hints


def tagged(units: Sequence[Unit], entities: Sequence[Entity]) -> list[int]:
    """The tag of each unit under these entities; a unit half inside belongs to the span."""
    tags = [0] * len(units)
    for entity in entities:
        kind, opened = TYPES.index(entity.type), False
        for place, unit in enumerate(units):
            if unit.start < entity.end and unit.end > entity.start:
                tags[place] = continues(kind) if opened else begins(kind)
                opened = True
    return tags
