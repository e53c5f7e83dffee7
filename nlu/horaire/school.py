"""French school holidays as dates: opening_hours can name them ("SH") but its readers hold them always closed.

Dates come from the `holidays` package (official calendars, zones A, B and C). The zone is that of the académie of a
département; Corsica and overseas have calendars of their own and no zone here.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from .meaning import MONTH_NAMES

_ZONES = {
    "A": "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90",
    "B": (
        "02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 60 61 62 67 68 72 "
        "76 80 83 84 85 88"
    ),
    "C": "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95",
}
ZONE_OF = {departement: zone for zone, many in _ZONES.items() for departement in many.split()}


@lru_cache(maxsize=64)
def _days(zone: str, year: int) -> tuple[date, ...]:
    found = holidays.country_holidays("FR", subdiv=f"Zone {zone}", categories=("school",), years=year)
    return tuple(sorted(found))


def ranges(zone: str, first: date, last: date) -> list[tuple[date, date]]:
    """The school holidays of a zone that touch these days, as (first day, last day), both inside."""
    found: list[tuple[date, date]] = []
    for year in range(first.year, last.year + 1):
        for day in _days(zone, year):
            if found and day - found[-1][1] <= timedelta(days=1):
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
    return [(start, end) for start, end in found if end >= first and start <= last]


def _selector(start: date, end: date) -> str:
    names = (f"{day.year} {MONTH_NAMES[day.month - 1]} {day.day:02}" for day in (start, end))
    return "-".join(names)


def with_dates(expression: str, departement: str, now: datetime) -> str | None:
    """An opening_hours expression with the school holidays of the coming year as dates; None without a zone.

    The year begins two months before `now`, for who tells of the last holidays.
    """
    zone = ZONE_OF.get(departement.upper().zfill(2))
    if zone is None:
        return None
    span = ranges(zone, now.date() - timedelta(days=60), now.date() + timedelta(days=365))
    dates = ",".join(_selector(start, end) for start, end in span)
    return "; ".join(part for rule in expression.split("; ") for part in _rule(rule, dates))


def _rule(rule: str, dates: str) -> list[str]:
    """A rule that names school holidays, with dates; other days beside them keep a rule of their own."""
    found = re.fullmatch(r"(?:([^\s;]+),)?SH\b(.*)", rule)
    if found is None:
        return [rule]
    beside = [f"{found[1]}{found[2]}"] if found[1] else []
    return [*beside, f"{dates}{found[2]}"]
