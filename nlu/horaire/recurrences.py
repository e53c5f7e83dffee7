"""A run that says when things come back, made into an opening_hours schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .conventions import APPROX_MINUTES, Convention
from .meaning import WEEK, DaySet, Hours, Part, Season, Stay
from .phrases import Item
from .schedules import Schedule, clock_name, days_selector, line, spread
from .windows import EVENING, Window, bounds, pair

_HOURS = ("hours", "part_of_day")


@dataclass(slots=True)
class Group:
    """Days and the hours that go with them."""

    days: list[Item] = field(default_factory=list)
    hours: list[Item] = field(default_factory=list)
    hours_first: bool = False


@dataclass(slots=True)
class Recurrence:
    """The parts of a schedule before it is written."""

    lines: list[str]
    approx: int | None
    every: DaySet | None
    emphasis: str | None
    supposed: list[str]
    notes: list[str]


def group(items: Sequence[Item]) -> list[Group]:
    """Days with their hours: a day after complete groups opens a new one; hours before any day wait for it."""
    groups = [Group()]
    for index, item in enumerate(items):
        here = groups[-1]
        if item.kind == "days" and item.role == "also":
            if here.days and item.value.calendar or any(one.days for one in groups):
                here.days.append(item)
        elif item.kind == "days":
            if here.days and here.hours and not _refines(here, item):
                here = Group()
                groups.append(here)
            here.days.append(item)
        elif item.kind in _HOURS:
            if here.days and here.hours and here.hours_first and _opens(here, item, items[index + 1 :]):
                here = Group()
                groups.append(here)
            if not here.days and not here.hours:
                here.hours_first = True
            here.hours.append(item)
    return _same_hours(groups)


def _refines(here: Group, item: Item) -> bool:
    """Whether more days only narrow the group: "tous les jours de 18h à 20h en semaine"; days then hours open anew."""
    if here.hours_first and not item.joined and not item.apart and len(here.days) == 0:
        return True
    every = all(day.value.days == WEEK for day in here.days)
    return every and not item.joined and not item.apart and item.value.days < WEEK and bool(item.value.days)


def _opens(here: Group, item: Item, rest: Sequence[Item]) -> bool:
    """Whether hours after (hours, days) belong to days still to come: "18h-22h en semaine, 18h-3h ven et sam"."""
    days_follow = next((True for later in rest if later.kind == "days"), False)
    if all(isinstance(one.value, Part) for one in here.hours) and isinstance(item.value, Hours):
        return days_follow
    return days_follow


def _same_hours(groups: list[Group]) -> list[Group]:
    """Day groups without hours take those of the next group: "le mardi, et le jeudi de 19h à 21h"."""
    return [one for one in groups if one.days or one.hours]


def _window_text(window: Window, convention: Convention, supposed: list[str]) -> tuple[str, int | None]:
    """A window as opening_hours writes it, and the minute at which it starts (for the next one to inherit)."""
    hours = window.hours
    start, end = bounds(window, convention)
    if hours and (text := _sun_text(hours)):
        return text, None
    if hours and hours.form == "at" and start is not None:
        return _instant_text(start, hours.approx), start
    if hours and hours.form == "from" and start is not None and end is None:
        return f"{clock_name(start)}+", start
    if start is None and end is not None:
        supposed.append("start")
        start = EVENING if end <= 360 or end >= 1440 else 0
        end = end + 1440 if end <= start else end
    return f"{clock_name(start or 0)}-{clock_name(end or 1440)}", start


def _instant_text(minute: int, approx: int) -> str:
    if approx:
        return f"{clock_name((minute - approx) % 1440)}-{clock_name((minute + approx) % 1440 or 1440)}"
    return f"{clock_name(minute % 1440)}-{clock_name(minute % 1440 + 60)}"


def _sun_text(hours: Hours) -> str | None:
    start, end = hours.start, hours.end
    if not ((start and start.sun) or (end and end.sun)):
        return None
    left = (start.sun or clock_name(start.minute)) if start else "00:00"
    right = (end.sun or clock_name(end.minute)) if end else "24:00"
    if hours.form == "at" and start and start.sun == "sunrise":
        right = "(sunrise+01:00)"
    return f"{left}-{right}"


def build(items: Sequence[Item], convention: Convention) -> Recurrence | None:
    """The schedule of the items of a run; None when nothing positive is said."""
    items = _split_parts(items)
    plus = [item for item in items if item.role in ("plus", "also")]
    stress = [item for item in items if item.role == "stress"]
    minus = [item for item in items if item.role == "minus"]
    emphasis = _emphasis(stress, convention) if stress else None
    if not any(item.kind in ("days", "stay", "always", *_HOURS) for item in plus):
        plus = plus + stress
    if not plus:
        return None
    if any(item.kind == "days" for item in stress) and plus and not any(item.kind == "days" for item in plus):
        plus += [item for item in stress if item not in plus and not any(i.kind in _HOURS for i in plus)]
    return _written(plus, minus, emphasis, convention)


def _split_parts(items: Sequence[Item]) -> list[Item]:
    """Every item, with the days that "tous les soirs" holds besides its evening left to `_lines`."""
    return list(items)


def _written(plus: Sequence[Item], minus: Sequence[Item], emphasis: str | None, convention: Convention) -> Recurrence | None:
    supposed: list[str] = []
    out = Recurrence([], None, None, emphasis, supposed, [])
    seasons = [item.value for item in plus if isinstance(item.value, Season)]
    if any(item.kind == "always" for item in plus) and not any(item.kind in (*_HOURS, "stay") for item in plus):
        days = spread([i.value for i in plus if i.kind == "days"]).days if any(i.kind == "days" for i in plus) else WEEK
        out.lines = ["24/7"] if days == WEEK or not days else [f"{days_selector(days)} 00:00-24:00"]
    stays = [item.value for item in plus if isinstance(item.value, Stay)]
    if stays:
        out.lines = _stay_lines(stays[0])
    if not out.lines:
        _fill(out, plus, minus, convention)
    if not out.lines and seasons:
        return replace(out, lines=[seasons[0].selector])
    if not out.lines:
        return out if out.every else None
    if any(item.kind == "schoolterm" for item in plus):
        minus = [*minus, next(item for item in plus if item.kind == "schoolterm")]
    if seasons:
        out.lines = [f"{seasons[0].selector} {text}" for text in out.lines]
    out.lines += _exceptions(minus, convention)
    return out


def _fill(out: Recurrence, plus: Sequence[Item], minus: Sequence[Item], convention: Convention) -> None:
    """Writes the lines of every group of days and hours."""
    removed = frozenset().union(*(i.value.days for i in minus if i.kind == "days" and not i.value.calendar and not _limited(i, minus)))
    groups = group(plus)
    inherited: int | None = None
    said: frozenset[int] = frozenset()
    written: dict[str, tuple[Schedule, list[str]]] = {}
    for one in groups:
        days = spread([item.value for item in one.days]) if one.days else DaySet(WEEK)
        if days.label == "rest":
            days = replace(days, days=WEEK - said)
        said |= days.days
        days = _beside(days, one)
        if removed:
            days = replace(days, days=days.days - removed)
            if one.days and not days.days and not days.calendar and not days.every and not days.month_days:
                continue
        windows = pair(one.hours)
        texts = []
        for window in windows:
            if window.hours and window.hours.form == "until" and inherited is not None and not window.part:
                window = replace(window, hours=replace(window.hours, form="between", start=replace(window.hours.end, minute=inherited, sun=None)))  # type: ignore[type-var]  # until has an end
            text, start = _window_text(window, convention, out.supposed)
            inherited = start if start is not None else inherited
            texts.append(text)
            around_noon = window.hours is None and window.part is not None and window.part.name == "midi_part"
            if around_noon or (window.hours and window.hours.approx):
                out.approx = APPROX_MINUTES
            if window.part and window.part.every:
                out.every = replace(days, every=window.part.every)
            if window.hours and window.hours.note and "heure" in window.hours.note:
                out.notes.append(window.hours.note)
        if days.every and (days.every.n > 1 or not days.days):
            out.every = days
        if not days.days and not days.calendar and not days.month_days and not days.yearly:
            if not texts:
                continue
            days = replace(days, days=WEEK)
        schedule = Schedule(days.days, tuple(texts), days.nth, days.month_days, days.calendar, days.yearly)
        key = line(replace(schedule, windows=()))
        if key in written:
            schedule = replace(schedule, windows=(*written[key][0].windows, *texts))
        written[key] = (schedule, texts)
    out.lines = _gathered([schedule for schedule, _ in written.values()])


def _gathered(schedules: Sequence[Schedule]) -> list[str]:
    """The lines; past midnight a later line would wipe the spill of an earlier one, so lines of other days are added."""
    lines = [line(schedule) for schedule in schedules]
    apart = all(not (a.days & b.days) for index, a in enumerate(schedules) for b in schedules[index + 1 :])
    plain = not any(schedule.calendar or schedule.month_days for schedule in schedules)
    spills = any(window[:5] > window[6:] and window[6:7].isdigit() for s in schedules for window in s.windows)
    return [", ".join(lines)] if apart and plain and spills and len(lines) > 1 else lines


def _beside(days: DaySet, one: Group) -> DaySet:
    """Public holidays added by "même les jours fériés" stand beside the days; alone they need none."""
    if days.calendar and not days.days and not one.days:
        return replace(days, days=WEEK)
    return days


def _limited(item: Item, minus: Sequence[Item]) -> bool:
    """Whether only some hours of the excepted days are: "sauf le dimanche matin"."""
    return any(i.kind == "part_of_day" and i.start >= item.end and not i.apart and isinstance(i.value, Part) and i.value.name != "soir" for i in minus)


def _exceptions(minus: Sequence[Item], convention: Convention) -> list[str]:
    lines = []
    days = [item for item in minus if item.kind == "days"]
    for item in days:
        if item.value.calendar:
            lines.append(f"{','.join(item.value.calendar)} off")
        elif item.value.nth is not None or item.value.month_days:
            lines.append(line(Schedule(item.value.days, (), item.value.nth, item.value.month_days, off=True)))
    for item in minus:
        if item.kind == "season_span":
            lines.append(f"{item.value.selector} off")
        elif item.kind == "schoolterm":
            lines.append("SH off")
        elif item.kind == "part_of_day":
            lines += _part_off(item, days, convention)
    return lines


def _part_off(item: Item, days: Sequence[Item], convention: Convention) -> list[str]:
    limited = [day for day in days if day.end <= item.start]
    if limited and item.value.name == "soir":
        return []
    text, _ = _window_text(Window(None, item.value), convention, [])
    selector = days_selector(limited[-1].value.days if limited else WEEK)
    return [f"{selector} {text} off"]


def _emphasis(stress: Sequence[Item], convention: Convention) -> str | None:
    days = [item.value for item in stress if item.kind == "days"]
    if days:
        merged = spread(days)
        return days_selector(merged.days) or ",".join(merged.calendar) or None
    texts: Iterable[str] = (_window_text(w, convention, [])[0] for w in pair([i for i in stress if i.kind in _HOURS]))
    return ",".join(texts) or None


def _stay_lines(stay: Stay) -> list[str]:
    between = [(stay.first + step) % 7 for step in range(1, (stay.last - stay.first) % 7)]
    lines = [f"{days_selector([stay.first])} {clock_name(stay.start)}-24:00"]
    if between:
        lines.append(f"{days_selector(between)} 00:00-24:00")
    return [*lines, f"{days_selector([stay.last])} 00:00-{clock_name(stay.end)}"]
