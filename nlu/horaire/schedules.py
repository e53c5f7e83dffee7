"""Days and hours to an opening_hours string, and its check by opening-hours-py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import opening_hours

from .meaning import DAY_NAMES, MONTH_NAMES, DaySet

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Schedule:
    """One line of a schedule: which days, which windows of the day ("18:00-23:00"; none is the whole day)."""

    days: frozenset[int] = frozenset()
    windows: tuple[str, ...] = ()
    nth: int | None = None
    month_days: tuple[int, ...] = ()
    calendar: tuple[str, ...] = ()
    yearly: tuple[int, int] | None = None
    off: bool = field(default=False)


def days_selector(days: Iterable[int]) -> str:
    """ "Mo-Fr", "Sa,Su", "Mo,We,Fr": runs of three days or more are ranges."""
    wanted = sorted(set(days))
    runs: list[list[int]] = []
    for day in wanted:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run_name(run) for run in runs)


def _run_name(run: Sequence[int]) -> str:
    names = [DAY_NAMES[day] for day in run]
    return f"{names[0]}-{names[-1]}" if len(run) > 2 else ",".join(names)


def clock_name(minute: int) -> str:
    """HH:MM; past midnight it is the next day's clock, midnight as an end is 24:00."""
    if minute > 1440:
        minute -= 1440
    return f"{minute // 60:02}:{minute % 60:02}"


def line(schedule: Schedule) -> str:
    """One rule of an opening_hours string."""
    selector = _selector(schedule)
    hours = "off" if schedule.off else ",".join(schedule.windows)
    if not hours:
        return selector or "24/7"
    return f"{selector} {hours}".strip()


def _selector(schedule: Schedule) -> str:
    if schedule.yearly:
        month, day = schedule.yearly
        return f"{MONTH_NAMES[month - 1]} {day:02}"
    if schedule.month_days:
        return ",".join(
            f"{name} {day:02}"
            for day in schedule.month_days
            for name, length in zip(MONTH_NAMES, _LONGEST, strict=True)
            if day <= length
        )
    days = days_selector(schedule.days)
    if schedule.nth is not None and days:
        days = ",".join(f"{day}[{schedule.nth}]" for day in days.split(","))
    return ",".join([part for part in (days, *schedule.calendar) if part])


@lru_cache(maxsize=4096)
def is_valid(expression: str) -> bool:
    """Whether opening-hours-py understands the expression."""
    return bool(opening_hours.validate(expression))


def spread(day_sets: Sequence[DaySet]) -> DaySet:
    """The union of several sets of days, the first one giving the words."""
    first = day_sets[0]
    days = frozenset().union(*(one.days for one in day_sets))
    return DaySet(
        days,
        first.det,
        next((one.nth for one in day_sets if one.nth is not None), None),
        tuple(day for one in day_sets for day in one.month_days),
        tuple(dict.fromkeys(name for one in day_sets for name in one.calendar)),
        next((one.every for one in day_sets if one.every), None),
        first.label,
        first.yearly,
    )
