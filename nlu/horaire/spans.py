"""A window of the day in opening_hours notation: "18:00-23:00", "22:00+", "sunset-02:00"."""

from __future__ import annotations

from .conventions import Convention
from .meaning import Clock, Hours
from .schedules import clock_name
from .windows import Window, bounds

EVENING = 18 * 60
AN_HOUR = 60


def window_text(window: Window, convention: Convention) -> tuple[str, int | None, str | None]:
    """The window, the minute at which it starts when that is a clock time, and what had to be supposed."""
    hours = window.hours
    start, end = bounds(window, convention)
    if hours and _follows_sun(hours):
        return _sun_text(hours), None, None
    if hours and hours.form == "at" and start is not None:
        return _instant_text(start, hours.approx), start, None
    if hours and hours.form == "from" and start is not None and end is None:
        return f"{clock_name(start % 1440)}+", start, None
    if start is None and end is not None:
        return _until_text(end)
    return f"{clock_name(start or 0)}-{clock_name(end or 1440)}", start, None


def _instant_text(minute: int, approx: int) -> str:
    """An instant needs a window: the doubt around it, or the hour that follows."""
    minute %= 1440
    if approx:
        return f"{clock_name((minute - approx) % 1440)}-{clock_name((minute + approx) % 1440 or 1440)}"
    return f"{clock_name(minute)}-{clock_name(minute + AN_HOUR)}"


def _until_text(end: int) -> tuple[str, int | None, str | None]:
    """An end without a start: a night begins in the evening, a day at its beginning."""
    start = EVENING if end <= 360 or end >= 1440 else 0
    return f"{clock_name(start)}-{clock_name(end)}", start, "start"


def _follows_sun(hours: Hours) -> bool:
    return any(clock is not None and clock.sun is not None for clock in (hours.start, hours.end))


def _sun_text(hours: Hours) -> str:
    if hours.form == "at" and hours.start and hours.start.sun == "sunrise":
        return "sunrise-(sunrise+01:00)"
    return f"{_bound(hours.start, '00:00')}-{_bound(hours.end, '24:00')}"


def _bound(clock: Clock | None, missing: str) -> str:
    if clock is None:
        return missing
    return clock.sun or clock_name(clock.minute)
