"""A run that says one time, found on the calendar: points, intervals, and intervals open at one end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .calendar_days import midnight
from .conventions import SUN_WINDOWS
from .dated import Dated, Moment, Near, NightOf, Stretch, Weekend
from .meaning import Part
from .result import Kind
from .windows import Window, bounds


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved value; times are naive local datetimes, or clock texts when no date is known."""

    kind: Kind
    start: datetime | str | None = None
    end: datetime | str | None = None
    grain: str = "minute"
    approx: int = 0
    ambiguous: tuple[str, ...] = ()


def of_stretch(found: Stretch) -> Value:
    """A whole day, week or other unit is a point of that grain; anything longer an interval."""
    if found.point:
        return Value("point", found.start, None, found.grain)
    return Value("interval", found.start, found.end, found.grain)


def night(moment: Moment) -> Stretch | None:
    """The night that "cette nuit" means: the last one for who tells, the next one for who announces."""
    ahead = moment.future_said or not moment.convention.habits
    return NightOf(Near("day", 0 if ahead else -1)).resolve(moment)


def on_day(day: Stretch, window: Window, moment: Moment) -> Value:
    """A window on one day."""
    start, end = bounds(window, moment.convention)
    hours, part = window.hours, window.part
    base = midnight(day.start)
    late = part is not None and part.name in ("soir", "nuit")
    if hours is None:
        return Value("interval", _at(base, start), _at(base, end), "hour")
    if late and start is not None and start <= 360:
        base = base + timedelta(days=1)
    grain = _grain(window)
    if hours.start and hours.start.sun:
        if not moment.convention.habits:
            first, last = SUN_WINDOWS[hours.start.sun]
            return Value("interval", _at(base, first), _at(base, last), "hour")
        return Value("point", _at(base, start), None, "hour", 60)
    if hours.form == "at":
        second = hours.start.second if hours.start else 0
        return Value("point", _at(base, start, second), None, grain, hours.approx, _doubt(window, moment))
    if hours.form == "from":
        return (
            Value("open", _at(base, start), _at(base, end) if end and part else None, grain, hours.approx)
            if not (end and part)
            else Value("interval", _at(base, start), _at(base, end), grain, hours.approx)
        )
    if hours.form == "until":
        if start is None and not moment.convention.habits and hours.note != "alone":
            return Value("until" if hours.note == "avant" else "interval", base, _at(base, end), grain, hours.approx)
        return Value("until", _at(base, start), _at(base, end), grain, hours.approx)
    return Value("interval", _at(base, start), _at(base, end), grain, hours.approx)


def _doubt(window: Window, moment: Moment) -> tuple[str, ...]:
    clock = window.hours.start if window.hours else None
    doubtful = (
        window.hours is not None
        and window.hours.form == "at"
        and clock is not None
        and clock.half
        and window.part is None
        and 60 <= clock.minute <= 690
    )
    return ("half_day",) if doubtful and moment.convention.habits else ()


def _grain(window: Window) -> str:
    clocks = [c for c in (window.hours.start, window.hours.end) if c] if window.hours else []
    order = ("second", "minute", "hour")
    return min((clock.grain for clock in clocks), key=order.index, default="hour")


def _at(base: datetime, minute: int | None, second: int = 0) -> datetime | None:
    return None if minute is None else base + timedelta(minutes=minute, seconds=second)


def undated(window: Window, moment: Moment) -> Value:
    """A window without a day: bare clock texts for a testimony, the coming (or last) time for an appointment."""
    if moment.convention.habits:
        return _bare(window, moment)
    today = Near("day").resolve(moment)
    assert today is not None  # today always exists
    value = on_day(today, window, moment)
    if value.kind == "until" or (window.hours and window.hours.form == "until"):
        return replace(value, kind="until", start=None)
    late = (
        isinstance(value.start, datetime)
        and value.start <= moment.now
        and (value.end is None or (isinstance(value.end, datetime) and value.end <= moment.now))
    )
    if moment.lean == "future" and late and window.hours is not None:
        tomorrow = replace(today, start=today.start + timedelta(days=1))
        return on_day(tomorrow, window, moment)
    return value


def _bare(window: Window, moment: Moment) -> Value:
    start, end = bounds(window, moment.convention)
    hours = window.hours
    grain = _grain(window)
    approx = hours.approx if hours else 0
    form = hours.form if hours else "between"
    kinds: dict[str, Kind] = {"at": "point", "between": "interval", "from": "open", "until": "until"}
    second = hours.start.second if hours and hours.start else 0
    return Value(
        kinds[form],
        _clock_text(start, second),
        _clock_text(end) if form != "at" else None,
        grain,
        approx,
        _doubt(window, moment),
    )


def _clock_text(minute: int | None, second: int = 0) -> str | None:
    if minute is None:
        return None
    minute %= 1440
    return f"{minute // 60:02}:{minute % 60:02}:{second:02}"


def part_of_this(part: Part, moment: Moment) -> Stretch | None:
    """The day that "ce soir", "cette nuit" belong to."""
    if part.name == "nuit":
        found = night(moment)
        return replace(found, start=midnight(found.start)) if found else None
    return Near("day").resolve(moment)


def resolve(dated: Dated, windows: list[Window], moment: Moment) -> list[Value]:
    """The values of a dated thing with the hours said beside it."""
    found = dated.resolve(moment)
    if found is None:
        return []
    if not windows:
        return [of_stretch(found)]
    days = (found.end - found.start) <= timedelta(days=1) and found.grain in ("day", "week", "month")
    if isinstance(dated, NightOf):
        return [_in_night(found, window, moment) for window in windows if window.hours] or [of_stretch(found)]
    if not days or isinstance(dated, Weekend):
        return [of_stretch(found)]
    return [on_day(found, window, moment) for window in windows]


def _in_night(found: Stretch, window: Window, moment: Moment) -> Value:
    evening = replace(found, start=midnight(found.start), grain="day")
    return on_day(evening, replace(window, part=Part("nuit")), moment)
