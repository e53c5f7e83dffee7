"""A recurrent value as an iCalendar RRULE, for calendars: what opening_hours cannot say ("un vendredi sur deux").

The hours are not in the rule: an RRULE says days, the windows stay in `opening_hours`.
"""

from __future__ import annotations

import re

from .meaning import DAY_NAMES
from .result import Horaire

_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}


def to_rrule(horaire: Horaire) -> str | None:
    """The days of a recurrent value as an RRULE; None when it has several rules, or days that no RRULE can say."""
    if horaire.kind != "recurrent":
        return None
    text = re.sub(r'\s*"[^"]*"|^\d{4} \w{3} \d\d\+ ', "", horaire.opening_hours or "")
    if ";" in text or ", " in text or re.search(r"[PS]H|-[A-Z][a-z]{2}\b", text):
        return None
    days = _by_days(text)
    every = horaire.every_n
    frequency = _frequency(text, every.unit if every else None)
    interval = [f"INTERVAL={every.n}"] if every and every.n > 1 else []
    return ";".join([f"FREQ={frequency}", *interval, *days])


def _frequency(text: str, unit: str | None) -> str:
    if unit:
        return _FREQUENCIES[unit]
    return "MONTHLY" if "[" in text or re.match(r"Jan \d\d", text) else "WEEKLY"


def _by_days(text: str) -> list[str]:
    selector = text.split(" ")[0] if text[:2] in DAY_NAMES else ""
    nth = re.fullmatch(r"([A-Z][a-z])\[(-?\d)\]", selector)
    if nth:
        return [f"BYDAY={nth[2]}{nth[1].upper()}"]
    dates = re.findall(r"Jan (\d\d)", text)
    if dates:
        return [f"BYMONTHDAY={','.join(str(int(day)) for day in dates)}"]
    names = [name for part in selector.split(",") if part for name in _run(part)]
    return [f"BYDAY={','.join(names)}"] if names else []


def _run(part: str) -> list[str]:
    first, _, last = part.partition("-")
    start = DAY_NAMES.index(first)
    count = (DAY_NAMES.index(last or first) - start) % 7
    return [DAY_NAMES[(start + step) % 7].upper() for step in range(count + 1)]
