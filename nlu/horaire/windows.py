"""Parts of the day and clock times said together, made into windows of minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .conventions import TESTIMONY, Convention
from .grammar.clocks import in_part
from .meaning import DAY_MINUTES, Clock, Hours, Part
from .phrases import Item

NOON = 12 * 60
# Parts of the day that go on after midnight.
LATE_PARTS = ("soir", "nuit")


@dataclass(frozen=True, slots=True)
class Window:
    """Hours as said, in the part of the day that goes with them; one of the two may be missing."""

    hours: Hours | None
    part: Part | None


def pair(items: Sequence[Item]) -> list[Window]:
    """Each clock time with its part of the day: "le matin de 8 à 10" is one window, "le matin et à 18h" are two."""
    found: list[Window] = []
    for item in items:
        own = Window(None, item.value) if isinstance(item.value, Part) else Window(item.value, None)
        both = _together(found[-1], own) if found and not item.joined else None
        if both:
            found[-1] = both
        else:
            found.append(own)
    return _merged(_settled(found))


def _together(last: Window, own: Window) -> Window | None:
    """Two windows said side by side as one, when they are the hour and its part, or an hour that a habit had given."""
    if own.hours and last.hours and last.hours.usual:
        return replace(last, hours=own.hours)
    hours, part = own.hours or last.hours, own.part or last.part
    complete = (own.hours is None) != (last.hours is None) and (own.part is None) != (last.part is None)
    return Window(hours, part) if complete and hours and part and _fits(hours, part) else None


def _fits(hours: Hours, part: Part) -> bool:
    """Whether an hour may belong to the part: noon never does, nor 20 h to the morning."""
    clock = hours.start if hours.form == "at" else None
    if clock is None or clock.half or clock.sun or part.name in LATE_PARTS:
        return clock is None or clock.half or clock.sun is not None or clock.minute != 720
    first, last = TESTIMONY.window(part.name, part.edge)
    return first - 120 <= clock.minute < last + 60 and clock.minute != 720


def _settled(windows: list[Window]) -> list[Window]:
    """The windows with half-said clocks moved into their part of the day."""
    return [replace(w, hours=_in(w.hours, w.part)) if w.hours and w.part else w for w in windows]


def _in(hours: Hours, part: Part) -> Hours:
    return replace(hours, start=_moved(hours.start, part), end=_moved(hours.end, part))


def _moved(clock: Clock | None, part: Part) -> Clock | None:
    return in_part(clock, part.name) if clock and clock.half and not clock.sun else clock


def _merged(windows: list[Window]) -> list[Window]:
    """A start and an end said apart become one window ("jusqu'à 4h, ça commence à 22h")."""
    merged: list[Window] = []
    for window in windows:
        last = merged[-1] if merged else None
        joined = _joined(last.hours, window.hours) if last and last.hours and window.hours else None
        if last and joined:
            merged[-1] = Window(joined, last.part or window.part)
        else:
            merged.append(window)
    return merged


def _joined(first: Hours, second: Hours) -> Hours | None:
    opening = {"from": "from", "at": "at"}
    if first.form in opening and second.form == "until":
        return Hours("between", first.start, second.end, max(first.approx, second.approx), second.note)
    if first.form == "until" and second.form in opening:
        return Hours("between", second.start, first.end, max(first.approx, second.approx))
    return None


def bounds(window: Window, convention: Convention) -> tuple[int | None, int | None]:
    """First and last minute, None where it is open; the end may pass 1440."""
    hours, part = window.hours, window.part
    if hours is None:
        return convention.window(part.name, part.edge) if part else (None, None)
    start = hours.start.minute if hours.start else None
    end = hours.end.minute if hours.end else None
    if part and hours.form == "until" and end is not None:
        return _until_in(part, end, convention)
    if part and hours.form == "from" and start is not None:
        return start, _end_of(part, start, convention)
    if start is None or end is None:
        return start, end
    return _ordered(hours, start, end, convention)


def _until_in(part: Part, end: int, convention: Convention) -> tuple[int | None, int]:
    """From the start of the part: "tous les matins avant 8h"; an evening may end after midnight."""
    first = convention.window(part.name, part.edge)[0]
    if first < end:
        return first, end
    return (first, end + DAY_MINUTES) if part.name in LATE_PARTS else (None, end)


def _end_of(part: Part, start: int, convention: Convention) -> int | None:
    """The end of the morning or of the afternoon closes "à partir de"; an evening stays open."""
    last = convention.window(part.name, part.edge)[1]
    closes = convention.habits and part.name in ("matin", "aprem") and last > start
    return last if closes else None


def _ordered(hours: Hours, start: int, end: int, convention: Convention) -> tuple[int, int]:
    """Both bounds in order. Testimony takes hours as said; appointments stay within the day where they can."""
    ended = hours.end is not None and hours.end.half
    begun = hours.start is not None and hours.start.half
    if end <= start:
        by_day = not convention.habits and ended and start < end + NOON
        return start, end + (NOON if by_day else DAY_MINUTES)
    if not convention.habits and begun and not ended and start < 360 and start + NOON < end <= DAY_MINUTES:
        return start + NOON, end
    return start, end
