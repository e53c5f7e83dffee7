"""Pieces to phrases: which understood pieces belong to one expression, and in what role.

A run is a row of time pieces with only small words between them. Inside a run each item gets a role: it holds,
it is an exception ("sauf"), or it is stressed ("surtout").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from .engine import Piece, kinds
from .meaning import Hours

Role = Literal["plus", "minus", "stress", "also"]

TIMES = kinds(
    "days part_of_day hours clock date dates night now span upto since until moments off stay often lasting "
    "season_span schoolterm always stamped closing open lone"
)
GLUE = kinds(
    "habit comma colon et ou de a en dans le mais vers sauf pas meme surtout seul fill plusieurs par tous entre "
    "dash moins depuis jusque avant apres partir ce un pile sur chaque slash quoi"
)
# Words that make a bound of the date that follows.
_MARKS = {"depuis": "since", "jusque": "until", "avant": "until", "partir": "open", "apres": "open"}
_BOUNDED = frozenset({"date", "dates", "now"})
_ENDS_EXCEPTION = frozenset({"mais", "colon"})


@dataclass(slots=True)
class Item:
    """One time piece of a run. joined: "et" or "ou" stood before it; apart: a comma did."""

    kind: str
    value: Any  # by kind, as the grammar made it
    start: int
    end: int
    role: Role = "plus"
    joined: bool = False
    apart: bool = False
    mark: str | None = None
    mark_start: int | None = None


@dataclass(slots=True)
class Run:
    """The items of one expression, where it starts and ends, and what follows it."""

    items: list[Item]
    start: int
    end: int
    habitual: bool


def runs(pieces: list[Piece]) -> Iterator[Run]:
    """The runs of a text, in order."""
    first = 0
    total = len(pieces)
    while first < total:
        if pieces[first].kind not in TIMES and pieces[first].kind not in GLUE:
            first += 1
            continue
        last = first
        while last < total and (pieces[last].kind in TIMES or pieces[last].kind in GLUE):
            last += 1
        if any(piece.kind in TIMES for piece in pieces[first:last]):
            yield _run(pieces, first, last)
        first = last


def _run(pieces: list[Piece], first: int, last: int) -> Run:
    inside = pieces[first:last]
    items = list(_items(inside))
    marks = [piece for piece in inside if piece.kind in ("sauf", "pas", "surtout") and piece.end <= items[0].start]
    start = items[0].start
    if items[0].role in ("minus", "stress") and marks:
        start = marks[-1].start
    return Run(items, start, items[-1].end, any(p.kind in ("habit", "surtout") for p in inside))


def _items(inside: list[Piece]) -> Iterator[Item]:
    role: Role = "plus"
    joined = apart = False
    mark: str | None = None
    mark_start: int | None = None
    since_role = 0
    for piece in inside:
        kind = piece.kind
        if kind in TIMES:
            if role == "minus" and since_role and _is_positive(piece, joined, apart):
                role = "plus"
            if role == "stress" and since_role and not joined and kind != "part_of_day":
                role = "plus"
            item = _item(piece, role, joined, apart, mark)
            item.mark_start = mark_start
            yield item
            joined, apart, mark, mark_start = False, False, None, None
            since_role += 1
            continue
        if kind in ("sauf", "pas"):
            role, since_role = "minus", 0
        elif kind == "surtout":
            role, since_role = "stress", 0
        elif kind == "meme":
            role, since_role = "also", 0
        elif kind in _ENDS_EXCEPTION or (kind in ("fill", "habit") and since_role):
            role = "plus"
        elif kind in _MARKS:
            mark, mark_start = kind, piece.start
        joined = joined or kind in ("et", "ou")
        apart = apart or kind in ("comma", "colon", "fill", "habit", "mais")


def _is_positive(piece: Piece, joined: bool, apart: bool) -> bool:
    """Whether, after an exception, this piece is part of the rule again: hours are, and what a comma sets apart."""
    if piece.kind in ("hours", "clock"):
        return True
    return apart and not joined


def as_item(piece: Piece) -> Item:
    """One piece as an item that simply holds."""
    return _item(piece, "plus", False, False, None)


def _item(piece: Piece, role: Role, joined: bool, apart: bool, mark: str | None) -> Item:
    kind, value = piece.kind, piece.value
    if kind == "off":
        return Item("days", value, piece.start, piece.end, "minus", joined, apart)
    if kind in _BOUNDED and mark in _MARKS:
        return Item(_MARKS[mark], value, piece.start, piece.end, role, joined, apart, mark)
    if kind == "clock":
        kind, value = "hours", Hours("at", value, approx=value.approx)
    return Item(kind, value, piece.start, piece.end, role, joined, apart, mark)
