"""A run that says one time, or several one after the other: cut into clusters, each resolved to one value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from .dated import (
    Away,
    Dated,
    DateRange,
    Moment,
    Near,
    Now,
    OnDate,
    Shortly,
    Stretch,
    Weekday,
    Weekend,
    Within,
    WorkWeek,
)
from .engine import Piece
from .habits import BOUNDS, DATED, HOURS
from .meaning import DaySet, Hours, Season
from .occurrences import Value, of_stretch, on_day, part_of_this, resolve, undated
from .phrases import Item, as_item
from .windows import Window, pair

SHORTLY_MINUTES = 120


@dataclass(frozen=True, slots=True)
class Said:
    """A value and the offsets (in the folded text) of its words. vague: "maintenant", which dates no fact."""

    start: int
    end: int
    value: Value
    vague: bool = False


def said_once(items: Sequence[Item], moment: Moment) -> Iterator[Said]:
    """The values of a dated run, in order. Hours joined to hours share their date ("hier à 14h et à 18h")."""
    shared: Dated | None = None
    for cluster in _clusters(_asserted(items, moment)):
        thing = _thing(cluster)
        if thing is None and (cluster[0].joined or cluster[0].apart):
            thing = shared
        value = _value(cluster, thing, moment)
        if value is not None:
            vague = all(isinstance(item.value, Now) or item.kind == "now" for item in cluster)
            vague &= not isinstance(cluster[0].value, Shortly)
            yield Said(_begin(cluster[0], value), cluster[-1].end, value, vague)
        shared = thing if cluster[-1].kind in HOURS else None


def _asserted(items: Sequence[Item], moment: Moment) -> list[Item]:
    """What a witness asserts; a calendar is also asked about days that are not free."""
    return [item for item in items if item.role != "minus" or not moment.convention.habits]


def _begin(first: Item, value: Value) -> int:
    """Where the words begin: at "depuis" or "jusqu'à" when the value is a bound."""
    marked = first.mark_start is not None and value.kind in ("since", "until", "open")
    return first.mark_start if marked and first.mark_start is not None else first.start


# --- cutting -------------------------------------------------------------------------------------------------------


def _clusters(items: Sequence[Item]) -> list[list[Item]]:
    """The items, cut where a second date, or hours of their own, begin another expression."""
    clusters: list[list[Item]] = []
    for item in items:
        if clusters and not _begins(clusters[-1], item):
            clusters[-1].append(item)
        else:
            clusters.append([item])
    return clusters


def _begins(cluster: list[Item], item: Item) -> bool:
    """Whether this item starts another expression."""
    if item.kind in BOUNDS:
        return True
    dates = [one for one in cluster if _is_date(one)]
    if _is_date(item) and dates:
        return not _nests(dates[-1], item)
    hours = [one for one in cluster if one.kind in HOURS]
    return item.kind in HOURS and bool(hours) and len(pair([*hours, item])) > 1


def _is_date(item: Item) -> bool:
    return item.kind in DATED or item.kind in ("days", "season_span")


def _nests(first: Item, second: Item) -> bool:
    """Whether two dated things are one: "la semaine dernière, mardi"."""
    if second.joined:
        return False
    values = (first.value, second.value)
    coarse = [isinstance(value, Near) and value.unit in ("week", "month") for value in values]
    bare = [isinstance(value, DaySet) and len(value.days) == 1 for value in values]
    return (coarse[0] and bare[1]) or (bare[0] and coarse[1])


# --- the dated thing -----------------------------------------------------------------------------------------------


def _thing(items: Sequence[Item]) -> Dated | None:
    """The dated thing of a cluster; a bare weekday counts, inside a period when one is said."""
    found = [thing for item in items if _is_date(item) and (thing := _as_dated(item)) is not None]
    if len(found) == 2:
        period, inner = sorted(found, key=lambda thing: isinstance(thing, Weekday))
        return Within(inner, period)
    return found[0] if found else None


def _as_dated(item: Item) -> Dated | None:
    value = item.value
    if isinstance(value, DaySet):
        return _of_days(value)
    if isinstance(value, Season):
        return DateRange(*(OnDate(month=month) for month in value.months)) if value.months else None
    if item.kind in ("stamped", "moments"):
        return None
    dated: Dated = value
    return dated


def _of_days(days: DaySet) -> Dated | None:
    """The next or last of these days, for who speaks of one."""
    named: dict[str | None, Dated] = {"weekend": Weekend(bare=True), "week": WorkWeek()}
    if days.label in named:
        return named[days.label]
    return Weekday(min(days.days)) if days.days else None


# --- values --------------------------------------------------------------------------------------------------------


def _value(items: list[Item], thing: Dated | None, moment: Moment) -> Value | None:
    """The value of one cluster; None when the calendar has no such day."""
    first = items[0]
    windows = pair([item for item in items if item.kind in HOURS])
    if first.kind == "moments":
        return _between(first, moment)
    if first.kind in BOUNDS:
        return _bound(first, windows, moment)
    if first.kind == "lone":
        return _at(Away(first.value, -1), [], moment) if moment.lean == "past" else None
    if first.kind == "stamped":
        date, clock = first.value
        return _at(date, [Window(Hours("at", clock), None)], moment)
    value = _at(thing, windows, moment)
    return _marked(value, first.mark, moment) if value else None


def _at(thing: Dated | None, windows: list[Window], moment: Moment) -> Value | None:
    """A thing at some hours; hours without a day are those of "ce soir", or of no known day."""
    if isinstance(thing, Shortly):
        if not windows:
            return Value("point", moment.now, None, "hour", SHORTLY_MINUTES, ("hours",))
        thing = Near("day")
    if thing is not None:
        return _doubted(next(iter(resolve(thing, windows, moment)), None), thing, moment)
    if not windows:
        return None
    this = next((w.part for w in windows if w.part and w.part.det == "this"), None)
    day = part_of_this(this, moment) if this else None
    return on_day(day, windows[0], moment) if day else undated(windows[0], moment)


def _doubted(value: Value | None, thing: Dated, moment: Moment) -> Value | None:
    """The value, with the doubt of a bare weekday in a sentence without tense."""
    doubtful = moment.convention.habits and not moment.tense_said
    if value is None or not doubtful or thing != Weekday(getattr(thing, "day", -1)):
        return value
    return replace(value, ambiguous=(*value.ambiguous, "past_or_future"))


def _marked(value: Value, mark: str | None, moment: Moment) -> Value:
    """The value as a bound, after "depuis" or "jusqu'à"."""
    if mark == "depuis":
        return replace(value, kind="since", start=_last(value.start, moment), end=None)
    if mark == "jusque" and moment.convention.habits:
        return replace(value, kind="until", start=None, end=value.end or value.start)
    return value


def _last(start: datetime | str | None, moment: Moment) -> datetime | str | None:
    """The last time that a clock showed this hour; what has a date already keeps it."""
    if not isinstance(start, str):
        return start
    today = _same_day(moment.now, start)
    return today if today <= moment.now else today - timedelta(days=1)


def _bound(item: Item, windows: list[Window], moment: Moment) -> Value | None:
    """ "Depuis lundi", "jusqu'en janvier", "après février": an interval open at one end."""
    since = item.kind == "since"
    found = item.value.resolve(replace(moment, lean="past") if since else moment)
    if found is None:
        return Value("since", None, None, "day", 0, ("start",)) if since else None
    return _BOUNDS[item.kind](item, found, _within(found, windows, moment))


def _within(found: Stretch, windows: list[Window], moment: Moment) -> Value:
    if windows and found.grain not in ("hour", "minute", "second"):
        return on_day(replace(found, grain="day"), windows[0], moment)
    return of_stretch(found)


def _since(item: Item, found: Stretch, value: Value) -> Value:
    return replace(value, kind="since", end=None)


def _until(item: Item, found: Stretch, value: Value) -> Value:
    """Up to the end of what was said after "jusqu'à", to its start after "avant"."""
    whole = item.mark == "jusque" and value.start == found.start
    return replace(value, kind="until", start=None, end=found.end if whole else value.start)


def _open(item: Item, found: Stretch, value: Value) -> Value:
    """From then on; "après février" begins when February is over."""
    over = item.mark == "apres" and found.grain in ("month", "year", "week")
    return replace(value, kind="open", start=found.end if over else value.start, end=None)


_BOUNDS = {"since": _since, "until": _until, "open": _open}


def _between(item: Item, moment: Moment) -> Value | None:
    """From one moment to another; the second may be completed by the first."""
    first, last = (_side(side, moment) for side in item.value)
    if first is None or last is None:
        return None
    start, end = first.start, last.end or last.start
    if isinstance(start, datetime) and isinstance(end, str):
        end = _same_day(start, end)
    if isinstance(end, datetime) and isinstance(start, str):
        start = _same_day(end, start)
    if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
        end += timedelta(days=1 if (start - end).days < 1 else 365)
    return Value("interval", start, end, last.grain)


def _same_day(day: datetime, clock: str) -> datetime:
    return datetime.combine(day.date(), time.fromisoformat(clock))


def _side(pieces: list[Piece], moment: Moment) -> Value | None:
    items = [as_item(piece) for piece in pieces]
    return _at(_thing(items), pair([item for item in items if item.kind in HOURS]), moment)
