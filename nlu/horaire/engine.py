"""The machine that reads: a cascade of small grammars over typed pieces of text.

A text is a row of pieces, each with a kind ("month", "number", "clock"). A rule is a pattern over kinds,
written as a regular expression in which every name is a kind, and a function that makes one piece out of
the pieces that matched, or refuses. Rules are tried in order, each once over the whole row, so the reading
always ends. Patterns never nest two unbounded repetitions of the same kind: matching stays linear.

Inside, each kind is one character and the row of kinds is one string, so that the standard `re` module does
the matching at the speed of C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_FIRST_LETTER = 0x4E00  # a block of letters with no meaning in a regular expression
_letters: dict[str, str] = {}
_NAME = re.compile(r"[A-Za-z_]+")


def letter(kind: str) -> str:
    """The one character that stands for this kind."""
    return _letters.setdefault(kind, chr(_FIRST_LETTER + len(_letters)))


def kinds(names: str) -> frozenset[str]:
    """A set of kinds, from their names with spaces between."""
    return frozenset(names.split())


@dataclass(slots=True)
class Piece:
    """A stretch of the text that was understood as one thing; value depends on the kind."""

    kind: str
    value: Any  # every kind has its own type, listed in lexicon.KINDS and the grammar modules
    start: int
    end: int


class Found:
    """The pieces that matched a rule, asked for by kind."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def all(self, *kinds: str) -> list[Any]:
        """The values of these kinds, in order."""
        return [piece.value for piece in self.pieces if piece.kind in kinds]

    def one(self, *kinds: str) -> Any:
        """The first value of these kinds, or None."""
        return next((piece.value for piece in self.pieces if piece.kind in kinds), None)

    def last(self, *kinds: str) -> Any:
        """The last value of these kinds, or None."""
        return next((piece.value for piece in reversed(self.pieces) if piece.kind in kinds), None)

    def has(self, *kinds: str) -> bool:
        """Whether one of these kinds matched."""
        return any(piece.kind in kinds for piece in self.pieces)


Build = Callable[[Found], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern, the kind it makes, the letters without which it cannot match, its builder,
    and where it holds: True for appointments only, False for testimony only, None for both."""

    kind: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    build: Build
    when: bool | None


class Stage:
    """An ordered list of rules. `aliases` are names for groups of kinds, in capitals."""

    def __init__(self, aliases: dict[str, str] | None = None) -> None:
        self.rules: list[Rule] = []
        self.aliases = aliases or {}

    def rule(
        self, kind: str, *patterns: str, bare_only: bool = False, habit_only: bool = False
    ) -> Callable[[Build], Build]:
        """Registers the function as the builder of `kind` for each pattern, in order.

        bare_only: only where the caller reads appointments; habit_only: only in testimony (see conventions.py).
        """

        def register(build: Build) -> Build:
            for pattern in patterns:
                self.rules.append(
                    self._compile(kind, pattern, build, True if bare_only else False if habit_only else None)
                )
            return build

        return register

    def _compile(self, kind: str, pattern: str, build: Build, when: bool | None) -> Rule:
        expanded = _NAME.sub(lambda m: self.aliases.get(m[0], m[0]), pattern)
        source = _NAME.sub(lambda m: letter(m[0]), expanded).replace(" ", "")
        return Rule(kind, re.compile(source), _needs(expanded), build, when)


def _needs(pattern: str) -> frozenset[str]:
    """The letters of the kinds that every match holds: those outside groups, optional marks and look-arounds."""
    flat = re.sub(r"\[[^\]]*\]", " ", pattern)
    while "(" in flat:
        shorter = re.sub(r"\([^()]*\)[?*+]?", " ", flat)
        if shorter == flat:
            break
        flat = shorter
    kept = re.finditer(r"([A-Za-z_]+)([?*]?)", flat) if "|" not in flat else ()
    return frozenset(letter(m[1]) for m in kept if not m[2])


def run(stages: Iterable[Stage], pieces: list[Piece], bare: bool) -> list[Piece]:
    """The pieces after every rule of every stage was tried once, in order."""
    row = "".join(letter(piece.kind) for piece in pieces)
    there = set(row)
    for stage in stages:
        for rule in stage.rules:
            if rule.when is not None and rule.when is not bare:
                continue
            if rule.needs <= there and rule.pattern.search(row):
                row, pieces = _apply(rule, row, pieces)
                there = set(row)
    return pieces


def _apply(rule: Rule, row: str, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """The row and the pieces after one rule, from left to right; a refused match is left as it was."""
    letters: list[str] = []
    kept: list[Piece] = []
    done, at, search, mark = 0, 0, rule.pattern.search, letter(rule.kind)
    while (match := search(row, at)) is not None:
        start, end = match.span()
        value = rule.build(Found(pieces[start:end])) if end > start else None
        if value is None:
            at = start + 1
            continue
        letters += row[done:start], mark
        kept += pieces[done:start]
        kept.append(Piece(rule.kind, value, pieces[start].start, pieces[end - 1].end))
        done = at = end
    if not done:
        return row, pieces
    return "".join(letters) + row[done:], kept + pieces[done:]
