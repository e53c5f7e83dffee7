"""The items of a run that come back, made into one schedule: opening_hours, and what it cannot say beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from .conventions import APPROX_MINUTES, Convention
from .dated import Moment, Stretch
from .groups import Group, gather
from .habits import HOURS
from .meaning import MONTH_NAMES, WEEK, DaySet, Every, Length, Part, Season, Stay
from .phrases import Item
from .result import Frequency
from .schedules import Schedule, clock_name, days_selector, is_valid, line, spread
from .spans import window_text
from .windows import Window, pair

_ALWAYS = "24/7"
_ALL_DAY = "Mo-Su 00:00-24:00"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A schedule and what stands beside it. opening_hours is None when only a rhythm was said."""

    opening_hours: str | None = None
    since: datetime | None = None
    since_grain: str | None = None
    approx: int | None = None
    every: Every | None = None
    emphasis: str | None = None
    frequency: Frequency | None = None
    duration: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """What is known while the lines are written. inherited: a start that an "until" of a later group takes over."""

    convention: Convention
    removed: frozenset[int]
    lines: list[str] = field(default_factory=list)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    said: frozenset[int] = frozenset()
    inherited: int | None = None
    approx: int | None = None
    every: Every | None = None
    note: str | None = None
    doubts: list[str] = field(default_factory=list)


def recurrence(items: Sequence[Item], moment: Moment) -> Recurrence | None:
    """The schedule of a run; None when nothing positive is said of it."""
    plus = _positive(items)
    often = next((item.value for item in plus if item.kind == "often"), None)
    draft = _draft(plus, items, moment.convention)
    if not draft.lines and not draft.every and often is None:
        closing = any(item.kind == "closing" for item in plus)
        return Recurrence(doubts=("hours",)) if closing else None
    since = _since(items, moment)
    doubts = [*draft.doubts, *(["week_parity"] if draft.every and draft.every.n > 1 else [])]
    return Recurrence(
        _expression(draft, since),
        since.start if since else None,
        since.grain if since else None,
        draft.approx,
        draft.every,
        _emphasis(items, moment.convention),
        Frequency(often.n, often.unit) if often else None,
        next((_duration(item.value) for item in plus if item.kind == "lasting"), None),
        tuple(dict.fromkeys(doubts)),
    )


def _positive(items: Sequence[Item]) -> list[Item]:
    """What holds; what is only stressed holds too when no other days or hours are said."""
    plus = [item for item in items if item.role in ("plus", "also")]
    if all(item.role == "also" for item in plus):  # "aussi le samedi", and nothing else
        plus = [replace(item, role="plus") for item in plus]
    kinds = {item.kind for item in plus}
    stressed = [item for item in items if item.role == "stress"]
    if not kinds & {"days", "stay", "always", *HOURS}:
        return [item for item in items if item.role != "minus"]
    clocked = all(not isinstance(item.value, Part) for item in plus)
    if "days" not in kinds and clocked and any(item.kind == "days" for item in stressed):
        return sorted([*plus, *stressed], key=lambda item: item.start)
    return plus


def _since(items: Sequence[Item], moment: Moment) -> Stretch | None:
    value = next((item.value for item in items if item.kind == "since"), None)
    found: Stretch | None = value.resolve(replace(moment, lean="past")) if value is not None else None
    return found


def _expression(draft: _Draft, since: Stretch | None) -> str | None:
    """The lines as one opening_hours string, each good from the day when it all began; None if that is not valid."""
    day = since.start if since else None
    prefix = f"{day.year} {MONTH_NAMES[day.month - 1]} {day.day:02}+ " if day else ""
    lines = [_ALL_DAY if prefix and one == _ALWAYS else one for one in draft.lines]
    text = "; ".join(one if one.endswith(" off") else prefix + one for one in lines)
    text = f'{text} "{draft.note}"' if draft.note and text else text
    return text if text and is_valid(text) else None


def _duration(length: Length) -> str:
    """ISO 8601: "PT2H"."""
    hours, minutes = divmod(length.seconds // 60, 60)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    days = f"{length.months}M" if length.months else f"{length.days}D" if length.days else ""
    return f"P{days}T{clock}" if clock else f"P{days}"


# --- lines -----------------------------------------------------------------------------------------------------------


def _draft(plus: Sequence[Item], items: Sequence[Item], convention: Convention) -> _Draft:
    minus = [item for item in items if item.role == "minus"]
    draft = _Draft(convention, _removed(minus))
    stay = next((item.value for item in plus if isinstance(item.value, Stay)), None)
    clocked = any(item.kind in HOURS for item in plus)
    if stay:
        draft.lines = _stay_lines(stay)
    elif any(item.kind == "always" for item in plus) and not clocked:
        draft.lines = [_always(plus)]
    else:
        for group in gather(plus):
            _add(draft, group)
        draft.lines = _joined(list(draft.schedules.values()))
    _add_season(draft, plus)
    if draft.lines:
        terms = [item for item in plus if item.kind == "schoolterm"]
        draft.lines += _exceptions([*minus, *terms], convention)
    return draft


def _always(plus: Sequence[Item]) -> str:
    days = frozenset[int]().union(*(item.value.days for item in plus if item.kind == "days")) or WEEK
    return _ALWAYS if days == WEEK else f"{days_selector(days)} 00:00-24:00"


def _add_season(draft: _Draft, plus: Sequence[Item]) -> None:
    season = next((item.value for item in plus if isinstance(item.value, Season)), None)
    if season:
        draft.lines = [f"{season.selector} {one}" for one in draft.lines] or [season.selector]


def _add(draft: _Draft, group: Group) -> None:
    """One group of days and hours, added to the draft."""
    days = _days(draft, group)
    if days is None:
        return
    windows = pair(group.hours)
    texts = [_window(draft, window) for window in windows]
    _add_rhythm(draft, days, windows)
    if not (days.days or days.calendar or days.month_days or days.yearly):
        if not texts:
            return
        days = replace(days, days=WEEK)
    schedule = Schedule(days.days, tuple(texts), days.nth, days.month_days, days.calendar, days.yearly)
    key = line(replace(schedule, windows=()))
    before = draft.schedules.get(key)
    draft.schedules[key] = replace(schedule, windows=(*before.windows, *texts)) if before else schedule


def _days(draft: _Draft, group: Group) -> DaySet | None:
    """The days of a group without the excepted ones; None when none is left."""
    days = spread([item.value for item in group.days]) if group.days else DaySet(WEEK)
    if days.label == "rest":
        days = replace(days, days=WEEK - draft.said)
    draft.said |= days.days
    kept = replace(days, days=days.days - draft.removed)
    emptied = bool(days.days) and not (kept.days or kept.calendar or kept.every or kept.month_days)
    return None if emptied else kept


def _add_rhythm(draft: _Draft, days: DaySet, windows: Sequence[Window]) -> None:
    if days.every and (days.every.n > 1 or not days.days):
        draft.every = days.every
    draft.every = next((w.part.every for w in windows if w.part and w.part.every), draft.every)


def _window(draft: _Draft, window: Window) -> str:
    """One window as opening_hours writes it; its start may serve a later "jusqu'à"."""
    hours, part = window.hours, window.part
    if hours and hours.end and hours.form == "until" and draft.inherited is not None and not part:
        start = replace(hours.end, minute=draft.inherited, sun=None)
        window = replace(window, hours=replace(hours, form="between", start=start))
    text, start_minute, doubt = window_text(window, draft.convention)
    draft.inherited = draft.inherited if start_minute is None else start_minute
    if (hours and hours.approx) or (hours is None and part and part.name == "midi_part"):
        draft.approx = APPROX_MINUTES
    if hours and hours.form == "between" and hours.note:
        draft.note = hours.note
    if doubt:
        draft.doubts.append(doubt)
    return text


def _joined(schedules: Sequence[Schedule]) -> list[str]:
    """The lines. A later one wipes what an earlier one spills past midnight, so lines of other days are added (",")."""
    lines = [line(schedule) for schedule in schedules]
    apart = all(not (a.days & b.days) for index, a in enumerate(schedules) for b in schedules[index + 1 :])
    plain = not any(schedule.calendar or schedule.month_days for schedule in schedules)
    spills = any(_spills(window) for schedule in schedules for window in schedule.windows)
    return [", ".join(lines)] if apart and plain and spills and len(lines) > 1 else lines


def _spills(window: str) -> bool:
    return window[6:7].isdigit() and window[:5] > window[6:]


def _stay_lines(stay: Stay) -> list[str]:
    between = [(stay.first + step) % 7 for step in range(1, (stay.last - stay.first) % 7)]
    whole = [f"{days_selector(between)} 00:00-24:00"] if between else []
    first = f"{days_selector([stay.first])} {clock_name(stay.start)}-24:00"
    return [first, *whole, f"{days_selector([stay.last])} 00:00-{clock_name(stay.end)}"]


# --- exceptions and stress --------------------------------------------------------------------------------------------


def _removed(minus: Sequence[Item]) -> frozenset[int]:
    """The weekdays that are wholly excepted."""
    whole = [
        item.value.days
        for item in minus
        if item.kind == "days" and not item.value.calendar and item.value.nth is None and not _limited(item, minus)
    ]
    return frozenset[int]().union(*whole)


def _limited(item: Item, minus: Sequence[Item]) -> bool:
    """Whether only some hours of the excepted days are: "sauf le dimanche matin"; "le dimanche soir" is the evening."""
    return any(
        isinstance(one.value, Part) and one.value.name != "soir" and one.start >= item.end and not one.apart
        for one in minus
    )


def _exceptions(minus: Sequence[Item], convention: Convention) -> list[str]:
    days = [item for item in minus if item.kind == "days"]
    return [text for item in minus if (text := _exception(item, days, convention))]


def _exception(item: Item, days: Sequence[Item], convention: Convention) -> str | None:
    value = item.value
    if isinstance(value, DaySet):
        if value.calendar:
            return f"{','.join(value.calendar)} off"
        if value.nth is not None or value.month_days:
            return line(Schedule(value.days, (), value.nth, value.month_days, off=True))
    if isinstance(value, Season):
        return f"{value.selector} off"
    if item.kind == "schoolterm":
        return "SH off"
    return _part_off(item, days, convention) if isinstance(value, Part) else None


def _part_off(item: Item, days: Sequence[Item], convention: Convention) -> str | None:
    limited = [day.value.days for day in days if day.end <= item.start]
    if limited and item.value.name == "soir":
        return None
    text = window_text(Window(None, item.value), convention)[0]
    return f"{days_selector(limited[-1] if limited else WEEK)} {text} off"


def _emphasis(items: Sequence[Item], convention: Convention) -> str | None:
    """What matters most, as a selector: the stressed days, else the stressed hours."""
    stressed = [item for item in items if item.role == "stress"]
    days = [item.value for item in stressed if item.kind == "days"]
    if days:
        merged = spread(days)
        return days_selector(merged.days) or ",".join(merged.calendar) or None
    windows = pair([item for item in stressed if item.kind in HOURS])
    return ",".join(window_text(window, convention)[0] for window in windows) or None
