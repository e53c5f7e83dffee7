"""What the grammar understands: clocks, hours, parts of the day, sets of days. Plain values, no calendar.

Dated things ("hier", "le 14 mars") are in `dated.py`, because they must be resolved against a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DAY_MINUTES = 1440
WEEK = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Determiner = Literal["bare", "the", "this", "plural", "every", "whole", "in"]
Sun = Literal["sunset", "sunrise"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    minute: 0..1440 (1440 is midnight as an end). grain: hour, minute or second, as precise as it was said.
    half: said on twelve hours perhaps ("8 heures"), so the part of the day may still move it.
    approx: minutes of doubt on each side, 0 when none was said. sun: follows the sun instead of the clock.
    """

    minute: int
    second: int = 0
    grain: str = "hour"
    half: bool = False
    approx: int = 0
    sun: Sun | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """A window of the day. at: one instant; between: both bounds; from, until: one bound.

    usual: fixed by the habits of a place ("à la sortie de l'école"), so it comes back by itself.
    """

    form: Literal["at", "between", "from", "until"]
    start: Clock | None = None
    end: Clock | None = None
    approx: int = 0
    note: str | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """One in every n units; `n` is at least 1."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: "matin", "soir", ... `edge` is early, middle or late; `det` is how it was introduced."""

    name: str
    edge: str | None = None
    det: Determiner = "bare"
    every: Every | None = None


@dataclass(frozen=True, slots=True)
class Often:
    """So many times a unit; n is None for "plusieurs"."""

    n: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class DaySet:
    """Days that come back.

    days: 0 is Monday. nth: the n-th such day of the month (-1: the last). month_days: days of the month.
    calendar: "PH" public holidays, "SH" school holidays, or month selectors such as "Aug".
    label: weekend or week, when these were the words.
    """

    days: frozenset[int] = frozenset()
    det: Determiner = "bare"
    nth: int | None = None
    month_days: tuple[int, ...] = ()
    calendar: tuple[str, ...] = ()
    every: Every | None = None
    label: str | None = None
    yearly: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """Months or dates of the year during which the schedule holds, as an opening_hours selector ("Oct-Mar")."""

    selector: str
    months: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """From a time on one weekday to a time on another ("du vendredi 18h au dimanche 22h")."""

    first: int
    start: int
    last: int
    end: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; months are calendar months, seconds the rest. `grain` is the finest unit said."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    grain: str = "day"
    clock: Clock | None = None
