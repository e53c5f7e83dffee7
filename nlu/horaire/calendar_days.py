"""Where the days fall: weekdays, months, movable feasts. Pure date arithmetic, no zone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
SECONDS_IN = {"second": 1, "minute": 60, "hour": 3600}


def midnight(day: date) -> datetime:
    """The first instant of a day."""
    return datetime(day.year, day.month, day.day)


def add_months(at: datetime, months: int) -> datetime:
    """`at` moved by months; the day is cut to the length of the month."""
    total = at.year * 12 + at.month - 1 + months
    year, month = total // 12, total % 12 + 1
    year = min(max(year, 1), 9998)
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def floor(at: datetime, unit: str) -> datetime:
    """The first instant of the unit that holds `at`; weeks start on Monday."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit in MONTHS_IN:
        size = MONTHS_IN[unit]
        if size >= 12:
            years = size // 12
            return day.replace(year=max(at.year // years * years, 1), month=1, day=1)
        return day.replace(month=(at.month - 1) // size * size + 1, day=1)
    if unit in ("week", "fortnight"):
        return day - timedelta(days=at.weekday())
    if unit == "day":
        return day
    seconds = SECONDS_IN[unit]
    return day + timedelta(seconds=(at - day).seconds // seconds * seconds)


def shift(at: datetime, unit: str, count: int) -> datetime:
    """`at` moved by whole units."""
    if unit in MONTHS_IN:
        return add_months(at, MONTHS_IN[unit] * count)
    if unit in DAYS_IN:
        return at + timedelta(days=DAYS_IN[unit] * count)
    return at + timedelta(seconds=SECONDS_IN[unit] * count)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th such weekday of the month; a negative n counts from the end; None when there is none."""
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    index = nth - 1 if nth > 0 else nth
    return date(year, month, days[index]) if -len(days) <= index < len(days) else None


@cache
def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computation)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    def find(year: int) -> date:
        return nth_weekday(year, month, weekday, nth) or date(year, month, 1)

    return find


def _black_friday(year: int) -> date:
    return _nth(11, 3, 4)(year) + timedelta(days=1)


MOVABLE: dict[str, Callable[[int], date]] = {
    "easter": _from_easter(0),
    "easter_monday": _from_easter(1),
    "good_friday": _from_easter(-2),
    "shrove_tuesday": _from_easter(-47),
    "ash_wednesday": _from_easter(-46),
    "ascension": _from_easter(39),
    "pentecost": _from_easter(49),
    "whit_monday": _from_easter(50),
    "mothers": _nth(5, 6, -1),
    "fathers": _nth(6, 6, 3),
    "thanksgiving": _nth(11, 3, 4),
    "black_friday": _black_friday,
}
