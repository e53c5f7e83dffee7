"""Whether a run says something that comes back, or something that happened once.

Explicit words decide for everybody ("tous les", "un jeudi sur deux"). The habitual article ("le soir", "le jeudi")
decides for testimony only: in an appointment book "le soir" is tonight.
"""

from __future__ import annotations

from collections.abc import Sequence

from .dated import Moment
from .engine import kinds
from .meaning import DaySet, Hours, Part
from .phrases import Item

DATED = kinds("date dates moments night now span upto stamped")
BOUNDS = kinds("since until open")
HOURS = kinds("hours part_of_day")
_ALWAYS_RECURRENT = kinds("always stay often closing schoolterm")


def comes_back(items: Sequence[Item], moment: Moment, habitual: bool) -> bool:
    """Whether the items say a schedule. habitual: a word of habit stood among them ("toujours", "en général")."""
    if any(map(_recurs_by_itself, items)):
        return True
    if any(map(_is_of_one_day, items)) or _is_bound_only(items):
        return False
    if moment.convention.habits:
        return habitual or _is_habit(items) or (not moment.tense_said and _is_timetable(items))
    return len(items) == 1 and _is_article_day(items[0].value)


def _recurs_by_itself(item: Item) -> bool:
    value = item.value
    if item.kind in _ALWAYS_RECURRENT:
        return True
    if isinstance(value, DaySet):
        return value.det in ("every", "plural") or bool(value.every or value.nth or value.month_days)
    return isinstance(value, Part) and (value.det == "every" or value.every is not None)


def _is_of_one_day(item: Item) -> bool:
    return item.kind in DATED or (isinstance(item.value, Part) and item.value.det == "this")


def _is_bound_only(items: Sequence[Item]) -> bool:
    """Whether a bound and its hour are all there is: "depuis hier soir"."""
    return items[0].kind in BOUNDS and all(
        item.kind in HOURS and not item.apart and getattr(item.value, "det", "bare") == "bare" for item in items[1:]
    )


def _is_habit(items: Sequence[Item]) -> bool:
    """Whether testimony says this of a habit: "le jeudi", "mardi et jeudi", "le soir", "à la sortie de l'école"."""
    days = [item.value for item in items if item.kind == "days"]
    if days:
        return any(day.det == "the" or len(day.days) != 1 for day in days)
    return any(
        item.kind in ("season_span", "part_of_day") or (item.kind == "hours" and _is_usual(item.value))
        for item in items
    )


def _is_timetable(items: Sequence[Item]) -> bool:
    """Whether several days are listed, each with its hours, and nothing is told: "lundi 18h, jeudi 20h"."""
    return sum(item.kind == "days" for item in items) > 1 and any(item.kind in HOURS for item in items)


def _is_usual(hours: Hours) -> bool:
    """Whether these hours follow the sun or a place's habits rather than a clock."""
    clocks = [clock for clock in (hours.start, hours.end) if clock]
    return hours.usual or any(clock.sun for clock in clocks)


def _is_article_day(value: object) -> bool:
    return isinstance(value, DaySet) and value.det == "the" and not value.label and len(value.days) == 1
