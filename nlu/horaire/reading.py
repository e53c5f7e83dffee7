"""The pipeline: fold, lex, hide what is no time, run the grammars, cut into expressions, resolve each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from .conventions import APPOINTMENT, TESTIMONY
from .dated import Away, Dated, DateRange, Lean, Moment, Near, Now, OnDate, Shortly, Stretch, Weekday, Weekend, Within
from .engine import Piece, run
from .folding import Folded, fold
from .grammar import STAGES
from .lexing import lex
from .masking import hide, not_times
from .meaning import DaySet, Hours, Often, Part, Season
from .occurrences import Value, of_stretch, on_day, part_of_this, resolve, undated
from .phrases import Item, Run, as_item, runs
from .recurrences import build
from .result import EveryN, Frequency, Horaire, Kind
from .tense import speaks_of_future
from .windows import Window, pair

MAX_LENGTH = 4096
_DATED = ("date", "dates", "moments", "night", "now", "span", "upto", "stamped")
_GRAINS_BELOW_DAY = ("second", "minute", "hour")
_OPENING_GRAIN = "minute"


def parse(
    text: str,
    *,
    reference: datetime,
    zone: str = "Europe/Paris",
    prefer: Literal["nearest", "past", "future"] | None = None,
    masked: Sequence[tuple[int, int]] = (),
    departement: str | None = None,
) -> tuple[Horaire, ...]:
    """The time expressions of a French text, in order, none overlapping.

    reference: when it was written; an aware time is brought to `zone`, a naive one is local already.
    prefer: None reads testimony (habits recur, tense decides between past and future); otherwise appointments
    are read, a bare expression being the nearest, the last or the next such time.
    masked: stretches of the text, (start, end), where no time is to be read: places found by others.
    departement: French département code, to place school holidays. Text past 4,096 characters is not read.
    """
    folded = fold(text[:MAX_LENGTH])
    now = reference.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if reference.tzinfo else reference
    now = now.replace(microsecond=0)
    pieces = run(STAGES, hide(lex(folded), [*not_times(folded), *_folded(folded, masked)]), bare=prefer is not None)
    if not pieces:
        return ()
    reader = _Reader(folded, now, prefer, departement)
    return tuple(found for one in runs(pieces) for found in reader.read(one))


def _folded(folded: Folded, masked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets of the written text as offsets of the folded one."""
    if folded.places is None:
        return list(masked)
    places = folded.places
    back = {place: index for index, place in enumerate(places)}
    return [(back.get(start, start), back.get(end, end)) for start, end in masked]


class _Reader:
    """Reads the runs of one text."""

    def __init__(self, folded: Folded, now: datetime, prefer: Lean | None, departement: str | None) -> None:
        self._folded = folded
        self._now = now
        self._prefer = prefer
        self._departement = departement

    def _moment(self, one: Run) -> Moment:
        if self._prefer is not None:
            return Moment(self._now, self._prefer, APPOINTMENT)
        text = self._folded.text
        first = max(text.rfind(stop, 0, one.start) for stop in ".!?\n") + 1
        lasts = [place for stop in ".!?\n" if (place := text.find(stop, one.end)) >= 0]
        ahead = speaks_of_future(text[first : min(lasts, default=len(text))])
        return Moment(self._now, "future" if ahead else "past", TESTIMONY, ahead)

    def read(self, one: Run) -> Iterator[Horaire]:
        """The expressions of a run: one schedule, or its dated parts one by one."""
        moment = self._moment(one)
        items = one.items
        if self._is_recurrent(items, moment, one.habitual):
            for part in _split(items):
                if self._is_recurrent(part, moment, one.habitual):
                    yield from self._recurrent(part, one, moment)
                else:
                    yield from self._dated(part, moment)
            return
        yield from self._dated(items, moment)

    def _is_recurrent(self, items: Sequence[Item], moment: Moment, habitual: bool) -> bool:
        dated = any(item.kind in _DATED for item in items) or _is_bound_only(items)
        days = [item.value for item in items if item.kind == "days"]
        parts = [item.value for item in items if item.kind == "part_of_day"]
        if any(item.kind in ("always", "stay", "often", "closing", "schoolterm") for item in items):
            return True
        if any(d.det in ("every", "plural") or d.every or d.nth or d.month_days for d in days):
            return True
        if any(p.det == "every" or p.every for p in parts):
            return True
        if dated or any(p.det == "this" for p in parts):
            return False
        if moment.convention.habits:
            return habitual or self._is_habit(items, days, parts)
        return any(d.det == "the" and not d.label and len(d.days) == 1 for d in days) and len(items) == 1

    @staticmethod
    def _is_habit(items: Sequence[Item], days: list[DaySet], parts: list[Part]) -> bool:
        if any(d.det == "the" or len(d.days) != 1 for d in days):
            return True
        if days:
            return False
        if any(item.kind == "season_span" for item in items):
            return True
        if any(item.kind == "hours" and item.value.start and item.value.start.sun for item in items):
            return True
        if any(item.kind == "hours" and item.value.form == "between" and item.value.start.minute == 960 and item.value.approx for item in items):
            return True
        return any(p.det in ("the", "bare", "in", "whole") for p in parts)

    # --- recurrent -------------------------------------------------------------------------------------------

    def _recurrent(self, items: list[Item], one: Run, moment: Moment) -> Iterator[Horaire]:
        items = _negated(_without_echo(items), self._folded.text)
        built = build(items, moment.convention)
        often = next((item.value for item in items if item.kind == "often"), None)
        since = next((item.value for item in items if item.kind == "since"), None)
        first = items[0].start if items[0] is not one.items[0] else one.start
        start, end = self._folded.place(first), self._folded.place(items[-1].end)
        if built is None and often is None:
            if any(item.kind == "closing" for item in items):
                yield Horaire(start, end, self._folded.written[start:end], "recurrent", certain=False, ambiguous=("hours",))
            return
        since_at = since.resolve(replace(moment, lean="past")) if since is not None else None
        lines = built.lines if built else []
        prefix = f"{since_at.start:%Y} {_MONTHS[since_at.start.month - 1]} {since_at.start:%d}+ " if since_at else ""
        expression = "; ".join(prefix + text if "off" not in text else text for text in lines) or None
        if built and built.notes and expression:
            expression += f' "{built.notes[0]}"'
        every = built.every.every if built and built.every else None
        yield Horaire(
            start,
            end,
            self._folded.written[start:end],
            "recurrent",
            since_at.start.isoformat() if since_at else None,
            None,
            since_at.grain if since_at else None,
            (built.approx if built else None),
            expression,
            EveryN(every.n, every.unit) if every and (every.n > 1 or not expression) else EveryN(1, every.unit) if every else None,
            built.emphasis if built else None,
            _frequency(often),
            None,
            not (built and built.supposed),
            tuple(built.supposed) if built else (),
        )

    # --- once --------------------------------------------------------------------------------------------------

    def _dated(self, items: list[Item], moment: Moment) -> Iterator[Horaire]:
        for cluster in _clusters([item for item in items if item.role != "minus"], moment):
            yield from self._cluster(cluster, moment)

    def _cluster(self, items: list[Item], moment: Moment) -> Iterator[Horaire]:
        moments = next((item for item in items if item.kind == "moments"), None)
        if moments is not None:
            yield from self._moments(moments, moment)
            return
        bound = next((item for item in items if item.kind in ("since", "until", "open")), None)
        windows = pair([item for item in items if item.kind in ("hours", "part_of_day")])
        thing = _thing(items, moment)
        start, end = items[0].start, items[-1].end
        if bound is not None and bound.value is not None:
            found = bound.value.resolve(replace(moment, lean="past") if bound.kind == "since" else moment)
            if found is not None:
                start = min(start, self._mark_before(items[0]))
                yield self._horaire(start, end, _bounded(bound.kind, bound.mark, found, windows, moment), moment)
            return
        stamped = next((item.value for item in items if item.kind == "stamped"), None)
        if isinstance(thing, Shortly) and windows:
            thing = Near("day")
        if isinstance(thing, Shortly):
            yield self._horaire(start, end, Value("point", moment.now, None, "hour", 120, ("hours",)), moment)
            return
        if stamped:
            thing, windows = stamped[0], [Window(Hours("at", stamped[1]), None)]
        if thing is None:
            this = next((w.part for w in windows if w.part and w.part.det == "this"), None)
            day = part_of_this(this, moment) if this else None
            values = [on_day(day, w, moment) for w in windows] if day else [undated(w, moment) for w in windows]
        else:
            values = resolve(thing, windows, moment)
        mark = items[0].mark
        for value in values:
            if mark in ("depuis", "jusque") and self._prefer is None or mark == "depuis":
                start = self._mark_before(items[0])
                value = _marked(value, mark)
            yield self._horaire(start, end, value, moment)

    def _moments(self, item: Item, moment: Moment) -> Iterator[Horaire]:
        """From one moment to another; the second may be completed by the first."""
        first, last = (self._value(side, moment) for side in item.value)
        if first is None or last is None:
            return
        start, end = first.start, last.end or last.start
        if isinstance(start, datetime) and isinstance(end, str):
            end = datetime.combine(start.date(), datetime.fromisoformat(f"2000-01-01T{end}").time())
        if isinstance(end, datetime) and isinstance(start, str):
            start = datetime.combine(end.date(), datetime.fromisoformat(f"2000-01-01T{start}").time())
        if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
            end += timedelta(days=1 if (start - end).days < 1 else 365)
        yield self._horaire(item.start, item.end, Value("interval", start, end, last.grain), moment)

    def _value(self, pieces: list[Piece], moment: Moment) -> Value | None:
        items = [as_item(piece) for piece in pieces]
        windows = pair([item for item in items if item.kind in ("hours", "part_of_day")])
        thing = _thing(items, moment)
        if thing is not None:
            return next(iter(resolve(thing, windows, moment)), None)
        this = next((w.part for w in windows if w.part and w.part.det == "this"), None)
        day = part_of_this(this, moment) if this else None
        values = [on_day(day, w, moment) if day else undated(w, moment) for w in windows]
        return values[0] if values else None

    def _mark_before(self, item: Item) -> int:
        return item.mark_start if item.mark_start is not None else item.start

    def _horaire(self, start: int, end: int, value: Value, moment: Moment) -> Horaire:
        first, last = self._folded.place(start), self._folded.place(end)
        kind: Kind = value.kind  # type: ignore[assignment]  # Value.kind is one of Kind
        return Horaire(
            first,
            last,
            self._folded.written[first:last],
            kind,
            _iso(value.start),
            _iso(value.end),
            value.grain,
            value.approx or None,
            certain=not value.ambiguous,
            ambiguous=value.ambiguous,
        )


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _iso(at: datetime | str | None) -> str | None:
    return at.isoformat() if isinstance(at, datetime) else at


def _frequency(often: Often | None) -> Frequency | None:
    return Frequency(often.n, often.unit) if often else None


_ABSENCE = re.compile(r"[^\w,;.!?]*(?:\w+\W+){0,4}?(?:pas|jamais|personne|rien|repos|fermee?|absents?|calme|conge)\b")


def _negated(items: list[Item], text: str) -> list[Item]:
    """The items, last days made an exception when absence is said of them: "le dimanche ils sont pas là"."""
    last = items[-1]
    schedule = len(items) > 1 and last.kind == "days" and last.apart and items[-2].kind != "days"
    if schedule and _ABSENCE.match(text, last.end, last.end + 40):
        last.role = "minus"
    return items


def _without_echo(items: list[Item]) -> list[Item]:
    """The items without a last bare part of the day set apart: "le jeudi soir, soirée étudiante"."""
    last = items[-1]
    echo = last.kind == "part_of_day" and last.apart and last.value.det == "bare" and len(items) > 1
    return items[:-1] if echo and any(item.kind == "part_of_day" for item in items[:-1]) else items


def _split(items: list[Item]) -> list[list[Item]]:
    """The recurrent and the dated stretches of a run, in order."""
    parts: list[list[Item]] = []
    for item in items:
        dated = item.kind in _DATED
        if parts and (dated == (parts[-1][-1].kind in _DATED) or (parts[-1][-1].kind in _DATED and item.kind in ("hours", "part_of_day") and not item.joined)):
            parts[-1].append(item)
        else:
            parts.append([item])
    return parts


def _clusters(items: Sequence[Item], moment: Moment) -> list[list[Item]]:
    """The items of a dated run, cut where a second date begins another expression."""
    clusters: list[list[Item]] = []
    for item in items:
        if clusters and not _begins(clusters[-1], item):
            clusters[-1].append(item)
        else:
            clusters.append([item])
    return clusters


def _is_bound_only(items: Sequence[Item]) -> bool:
    """Whether a bound and its hour are all there is: "depuis hier soir"."""
    bound = items[0].kind in ("since", "until", "open")
    rest = items[1:]
    return bound and all(
        item.kind in ("hours", "part_of_day") and not item.apart and getattr(item.value, "det", "bare") == "bare"
        for item in rest
    )


def _is_date(item: Item) -> bool:
    return item.kind in _DATED or item.kind in ("days", "season_span")


def _begins(cluster: list[Item], item: Item) -> bool:
    """Whether this item starts another expression."""
    if item.kind in ("since", "until", "open"):
        return True
    dates = [one for one in cluster if _is_date(one)]
    if _is_date(item) and dates:
        return not _nests(dates[-1], item)
    if item.kind in ("hours", "part_of_day") and item.joined:
        return any(one.kind in ("hours", "part_of_day") for one in cluster)
    return False


def _nests(first: Item, second: Item) -> bool:
    """Whether two dated things are one: "la semaine dernière, mardi"."""
    if second.joined:
        return False
    kinds = (first.value, second.value)
    coarse = [isinstance(v, Near) and v.unit in ("week", "month") for v in kinds]
    bare = [isinstance(v, DaySet) and len(v.days) == 1 for v in kinds]
    return (coarse[0] and bare[1]) or (bare[0] and coarse[1])


def _thing(items: Sequence[Item], moment: Moment) -> Dated | None:
    """The dated thing of a cluster; a bare weekday counts, inside a period when one is said."""
    things = [_as_dated(item) for item in items if _is_date(item)]
    found = [thing for thing in things if thing is not None]
    if len(found) == 2:
        period, inner = sorted(found, key=lambda thing: isinstance(thing, Weekday))
        return Within(inner, period)
    return found[0] if found else None


def _as_dated(item: Item) -> Dated | None:
    value = item.value
    if isinstance(value, DaySet):
        if value.label == "weekend":
            return Weekend(bare=True)
        if value.label == "week":
            return _WorkWeek()
        return Weekday(min(value.days)) if value.days else None
    if isinstance(value, Season) and value.months:
        return DateRange(*(OnDate(month=month) for month in value.months))
    if isinstance(value, Season) or item.kind == "stamped":
        return None
    dated: Dated = value
    return dated


def _marked(value: Value, mark: str) -> Value:
    """The value as a bound: what began then, or what went on until then."""
    if mark == "depuis":
        return replace(value, kind="since", end=None)
    return replace(value, kind="until", start=None, end=value.end or value.start)


def _bounded(kind: str, mark: str | None, found: Stretch, windows: list[Window], moment: Moment) -> Value:
    value = of_stretch(found)
    if kind == "open":
        after = mark == "apres" and found.grain in ("month", "year", "week")
        return replace(value, kind="open", start=found.end if after else value.start, end=None)
    if kind == "until" and mark == "jusque":
        value = replace(value, start=found.end)
    if windows and isinstance(value.start, datetime):
        day = replace(found, grain="day")
        value = on_day(day, windows[0], moment)
    if kind == "since":
        return replace(value, kind="since", end=None)
    return replace(value, kind="until", start=None, end=value.start)


class _WorkWeek:
    """Monday to Friday of this week."""

    def resolve(self, moment: Moment):  # type: ignore[no-untyped-def]
        found = Near("week").resolve(moment)
        return replace(found, end=found.start + timedelta(days=5), grain="day", point=False) if found else None


_ = (Away, Now, OnDate, Piece)
