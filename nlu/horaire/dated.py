"""Dated things ("hier", "le 14 mars", "la semaine dernière"): each knows how to find itself on a calendar.

A `Moment` is where the reader stands: the reference time, and whether a bare expression leans to the past or
the future. A `Stretch` is what was found: the first instant, the first instant after, and the grain said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from .calendar_days import MOVABLE, MONTHS_IN, add_months, floor, midnight, shift
from .conventions import SEASON_DATES, Convention
from .meaning import Length

Lean = Literal["nearest", "past", "future"]


@dataclass(frozen=True, slots=True)
class Moment:
    """The reference time (naive, local), the lean of bare expressions, and the conventions in force."""

    now: datetime
    lean: Lean
    convention: Convention
    future_said: bool = False
    tense_said: bool = True

    def today(self) -> datetime:
        """Midnight of the reference day."""
        return floor(self.now, "day")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to just before `end`; `grain` is the unit that was said. point: one unit of its grain."""

    start: datetime
    end: datetime
    grain: str
    point: bool = True


class Dated(Protocol):
    """Something that can be found on a calendar."""

    def resolve(self, moment: Moment) -> Stretch | None:
        """Where it is; None when there is no such day."""
        ...


def unit_at(at: datetime, unit: str, count: int = 1) -> Stretch:
    """The `count` whole units that begin with the one holding `at`."""
    start = floor(at, unit)
    return Stretch(start, shift(start, unit, count), unit, count == 1)


def choose(options: Iterable[Stretch | None], moment: Moment) -> Stretch | None:
    """The option that the lean prefers: the next one not over, the last one begun, or the nearest."""
    found = [option for option in options if option is not None]
    if not found:
        return None
    if moment.lean == "future":
        return next((o for o in found if o.end > moment.now), found[-1])
    if moment.lean == "past":
        return next((o for o in reversed(found) if o.start <= moment.now), found[0])
    return min(found, key=lambda o: abs(o.start - moment.today()))


@dataclass(frozen=True, slots=True)
class Near:
    """The unit at some distance from the present one: hier is day -1, la semaine prochaine is week +1."""

    unit: str
    count: int = 0

    def resolve(self, moment: Moment) -> Stretch | None:
        return unit_at(shift(floor(moment.now, self.unit), self.unit, self.count), self.unit)


@dataclass(frozen=True, slots=True)
class Now:
    """The present instant, or a moment around it."""

    grain: str = "second"

    def resolve(self, moment: Moment) -> Stretch | None:
        return Stretch(moment.now, moment.now + timedelta(seconds=1), self.grain)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday by name. how: bare, this, next, last, follow (the one after), or a number of weeks away."""

    day: int
    how: str | int = "bare"

    def resolve(self, moment: Moment) -> Stretch | None:
        today = moment.today()
        ahead = (self.day - today.weekday()) % 7
        return unit_at(today + timedelta(days=self._distance(ahead, moment)), "day")

    def _distance(self, ahead: int, moment: Moment) -> int:
        if isinstance(self.how, int):
            return ahead + 7 * self.how - (7 if self.day < moment.now.weekday() else 0)
        later = ahead or 7
        table = {
            "next": later,
            "follow": ahead + (0 if self.day < moment.now.weekday() else 7),
            "last": ahead - 7,
            "this": ahead if ahead or moment.lean != "future" else 7,
        }
        if self.how in table:
            return table[self.how]
        if moment.lean == "nearest":
            return ahead if ahead <= 3 else ahead - 7
        return later if moment.lean == "future" else ahead - 7


@dataclass(frozen=True, slots=True)
class InWeeks:
    """So many weeks after the coming weekday ("mardi en huit"); today counts as coming."""

    day: int
    weeks: int

    def resolve(self, moment: Moment) -> Stretch | None:
        ahead = (self.day - moment.now.weekday()) % 7
        return unit_at(moment.today() + timedelta(days=ahead + 7 * self.weeks), "day")


@dataclass(frozen=True, slots=True)
class OnDate:
    """A date with what was said of it: any of year, month, day of the month, weekday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def resolve(self, moment: Moment) -> Stretch | None:
        if self.day is None:
            return self._month(moment)
        days = self._days(moment)
        if self.weekday is not None and not self.month and (found := self._near_fit(days, moment)):
            return found
        return choose(days, moment)

    def _month(self, moment: Moment) -> Stretch | None:
        if self.month is None:
            return unit_at(datetime(self.year or moment.now.year, 1, 1), "year")
        years = [self.year] if self.year else range(moment.now.year - 1, moment.now.year + 2)
        return choose((unit_at(datetime(year, self.month, 1), "month") for year in years), moment)

    def _days(self, moment: Moment) -> list[Stretch]:
        now = moment.now
        if self.year:
            months = [(self.year, self.month or now.month)]
        elif self.month:
            reach = 8 if self.weekday is not None else 1
            months = [(year, self.month) for year in range(now.year - reach, now.year + reach + 1)]
        else:
            reach = 14 if self.weekday is not None or self.day > 28 else 1  # type: ignore[operator]  # day is set here
            starts = (add_months(floor(now, "month"), count) for count in range(-reach, reach + 1))
            months = [(start.year, start.month) for start in starts]
        days = [found for year, month in months if (found := self._day(year, month))]
        fitting = [found for found in days if self.weekday in (None, found.start.weekday())]
        if self.month and self.weekday is not None:
            near = [f for f in fitting if abs((f.start - now).days) < 400] if moment.convention.habits else []
            fitting = near or [f for f in days if abs(f.start.year - now.year) < 2]
        return sorted(fitting or days, key=lambda found: found.start)

    def _near_fit(self, days: list[Stretch], moment: Moment) -> Stretch | None:
        """For "vendredi 22", which comes a few times a year: the one within a month, when only one is."""
        near = [found for found in days if abs((found.start - moment.today()).days) <= 31]
        ahead = [found for found in near if found.start >= moment.today()]
        if len(near) == 1 and not (ahead and moment.lean == "past"):
            return near[0]
        return None

    def _day(self, year: int, month: int) -> Stretch | None:
        try:
            return unit_at(datetime(year, month, self.day or 1), "day")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Feast:
    """A named day of the year: a fixed (month, day) or a movable feast of calendar_days.MOVABLE."""

    name: tuple[int, int] | str
    year: int | None = None
    how: str | None = None

    def resolve(self, moment: Moment) -> Stretch | None:
        year = moment.now.year
        years = [self.year] if self.year else list(range(year - 1, year + 2))
        days = [unit_at(midnight(self._on(each)), "day") for each in years]
        if self.how == "last":
            return next((d for d in reversed(days) if d.start < moment.today()), days[0])
        if self.how == "next":
            return next((d for d in days if d.start > moment.today()), days[-1])
        return choose(days, moment)

    def _on(self, year: int) -> date:
        return MOVABLE[self.name](year) if isinstance(self.name, str) else date(year, *self.name)


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """A season of a year, or the one that the lean prefers. how: this, next, last or None."""

    name: str
    year: int | None = None
    how: str | None = None

    def resolve(self, moment: Moment) -> Stretch | None:
        year = moment.now.year
        found = [self._in(each) for each in ([self.year] if self.year else range(year - 2, year + 3))]
        if self.how == "last":
            return next((f for f in reversed(found) if f.end <= moment.now), found[0])
        if self.how == "next":
            return next((f for f in found if f.start > moment.now), found[-1])
        return choose(found, moment)

    def _in(self, year: int) -> Stretch:
        first, after = SEASON_DATES[self.name]
        end = datetime(year + (after < first), *after)
        return Stretch(datetime(year, *first), end, "day", point=False)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The week-end at some distance from the present week; of a month when `within` is set."""

    count: int = 0
    within: Dated | None = None
    nth: int = 1
    bare: bool = False

    def resolve(self, moment: Moment) -> Stretch | None:
        if self.within is None:
            return self._around(floor(moment.now, "week") + timedelta(weeks=self._weeks(moment)), moment)
        period = self.within.resolve(moment)
        if period is None:
            return None
        fridays = _weekdays_in(period, 5)
        index = self.nth - 1 if self.nth > 0 else self.nth
        if not -len(fridays) <= index < len(fridays):
            return None
        return self._around(floor(fridays[index], "week"), moment)

    def _weeks(self, moment: Moment) -> int:
        begun = moment.now.weekday() >= 5
        if self.bare and moment.lean == "past" and not begun:
            return self.count - 1
        return self.count

    def _around(self, monday: datetime, moment: Moment) -> Stretch:
        saturday = monday + timedelta(days=5)
        start = saturday + timedelta(minutes=moment.convention.weekend_starts)
        grain = "hour" if moment.convention.weekend_starts else "day"
        return Stretch(start, saturday + timedelta(days=2), grain, point=False)


def _weekdays_in(period: Stretch, weekday: int) -> list[datetime]:
    first = period.start + timedelta(days=(weekday - period.start.weekday()) % 7)
    found = []
    while first < period.end and len(found) < 60:
        found.append(first)
        first += timedelta(weeks=1)
    return found


@dataclass(frozen=True, slots=True)
class Within:
    """A weekday, or a day of the month, inside a longer period ("mardi de la semaine prochaine")."""

    inner: Dated
    period: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        period = self.period.resolve(moment)
        if period is None:
            return None
        anchored = replace(moment, now=period.start - timedelta(seconds=1), lean="future")
        return self.inner.resolve(anchored)


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th day, week, weekday ... of a period; a negative n counts from the end."""

    nth: int
    unit: str | int
    period: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        period = self.period.resolve(moment)
        if period is None:
            return None
        if isinstance(self.unit, int):
            found = _weekdays_in(period, self.unit)
            index = self.nth - 1 if self.nth > 0 else self.nth
            return unit_at(found[index], "day") if -len(found) <= index < len(found) else None
        if self.unit == "fortnight":
            start = period.start if self.nth == 1 else period.start + timedelta(days=14)
            return Stretch(start, start + timedelta(days=14) if self.nth == 1 else period.end, "day", point=False)
        if self.unit == "week":
            return self._week(period)
        return self._plain(period)

    def _week(self, period: Stretch) -> Stretch | None:
        """Weeks belong to the period that holds their Thursday from the year up, their Monday below (Duckling)."""
        if period.grain == "year":
            first = floor(period.start + timedelta(days=3), "week")
            first = first if first + timedelta(days=3) >= period.start else first + timedelta(weeks=1)
            last = floor(period.end - timedelta(days=4), "week")
        else:
            first = period.start + timedelta(days=-period.start.weekday() % 7)
            last = floor(period.end - timedelta(days=7), "week")
        return unit_at(first + timedelta(weeks=self.nth - 1) if self.nth > 0 else last + timedelta(weeks=self.nth + 1), "week")

    def _plain(self, period: Stretch) -> Stretch | None:
        unit = str(self.unit)
        start = period.start if self.nth > 0 else period.end
        found = unit_at(shift(start, unit, self.nth - 1 if self.nth > 0 else self.nth), unit)
        return found if period.start <= found.start < period.end else None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day."""

    inner: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.inner.resolve(moment)
        return unit_at(found.start, "week") if found else None


@dataclass(frozen=True, slots=True)
class Away:
    """At a length of time from now, or from another day: dans 2 jours, il y a 3 heures, deux jours plus tard."""

    length: Length
    sign: int
    origin: Dated | None = None

    def resolve(self, moment: Moment) -> Stretch | None:
        base = moment.now
        if self.origin is not None:
            found = self.origin.resolve(moment)
            if found is None:
                return None
            base = found.start
        return Stretch(moved(base, self.length, self.sign), moved(base, self.length, self.sign), self.length.grain)


def moved(at: datetime, length: Length, sign: int) -> datetime:
    """`at` moved by a length, forwards or backwards; kept inside the years that a calendar can say."""
    months = max(min(length.months, 12000), 0)
    seconds = min(length.days * 86400 + length.seconds, 86400 * 366 * 900)
    try:
        return add_months(at, sign * months) + timedelta(seconds=sign * seconds)
    except (OverflowError, ValueError):
        return at


@dataclass(frozen=True, slots=True)
class Rolling:
    """So many units before or after the present one: "les 3 prochains jours", "2 dernières semaines"."""

    unit: str
    count: int
    sign: int

    def resolve(self, moment: Moment) -> Stretch | None:
        here = floor(moment.now, self.unit)
        if self.sign > 0:
            start = shift(here, self.unit, 1)
            return Stretch(start, shift(start, self.unit, self.count), self.unit, point=False)
        return Stretch(shift(here, self.unit, -self.count), here, self.unit, point=False)


# First and last day (end excluded) of the beginning, the middle and the end, by unit (Duckling's corpus).
_SLICES = {
    ("week", "early"): (0, 2),
    ("week", "middle"): (2, 4),
    ("week", "late"): (3, 7),
    ("month", "early"): (0, 10),
    ("month", "middle"): (9, 19),
    ("month", "late"): (20, 31),
}
_YEAR_SLICES = {"early": (0, 2), "middle": (4, 8), "late": (10, 12)}


@dataclass(frozen=True, slots=True)
class Slice:
    """The beginning, the middle or the end of a period."""

    edge: str
    inner: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        period = self.inner.resolve(moment)
        if period is None:
            return None
        if (period.grain, self.edge) in _SLICES:
            first, last = _SLICES[period.grain, self.edge]
            end = min(period.start + timedelta(days=last), period.end)
            found = Stretch(period.start + timedelta(days=first), end, "day", point=False)
        elif period.grain in MONTHS_IN:
            first, last = _YEAR_SLICES[self.edge]
            found = Stretch(add_months(period.start, first), add_months(period.start, last), "month", point=False)
        else:
            found = self._third(period)
        return self._next_if_over(found, period, moment)

    def _third(self, period: Stretch) -> Stretch:
        days = (period.end - period.start).days
        bounds = {"early": (0, 25 / 95), "middle": (24 / 95, 56 / 95), "late": (56 / 95, 1)}[self.edge]
        first, last = (timedelta(days=round(days * share)) for share in bounds)
        return Stretch(period.start + first, period.start + last, "day", point=False)

    def _next_if_over(self, found: Stretch, period: Stretch, moment: Moment) -> Stretch:
        """"Au début du mois", said after it, is that of next month for who looks ahead."""
        inner = self.inner
        here = isinstance(inner, Near) and not inner.count and period.grain == "month"
        if not (here and moment.lean == "future" and found.end <= moment.now):
            return found
        later = Slice(self.edge, Near("month", 1)).resolve(moment)
        return later or found


@dataclass(frozen=True, slots=True)
class DateRange:
    """From one dated thing to another; what the first leaves unsaid is taken from the second."""

    first: Dated
    last: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        end = self.last.resolve(moment)
        start = self.first.resolve(moment)
        if start is None or end is None:
            return None
        if end.start < start.start:
            end = self.last.resolve(replace(moment, now=start.start, lean="future")) or end
        if moment.lean != "future" and (end.start - start.start).days > 300:
            start = self.first.resolve(replace(moment, now=end.start, lean="past")) or start
        if end.end <= start.start:
            return None
        return Stretch(start.start, end.end, end.grain, point=False)


@dataclass(frozen=True, slots=True)
class NightOf:
    """The night that begins on the evening of a day."""

    evening: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.evening.resolve(moment)
        if found is None:
            return None
        first, last = (timedelta(minutes=minute) for minute in moment.convention.window("nuit", None))
        return Stretch(found.start + first, found.start + last, "hour", point=False)


@dataclass(frozen=True, slots=True)
class UpTo:
    """From now to a length of time away ("d'ici deux semaines"), or the rest of a period."""

    until: Dated
    whole: bool = False
    floor_day: bool = False

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.until.resolve(moment)
        if found is None:
            return None
        end = found.end if self.whole else found.start
        end = floor(end, "day") if self.floor_day else end
        return Stretch(moment.now, max(end, moment.now), "second", point=False)




@dataclass(frozen=True, slots=True)
class TurnedMonth:
    """A month by name, next or last: "en juin prochain"."""

    month: int
    sign: int

    def resolve(self, moment: Moment) -> Stretch | None:
        months = [unit_at(datetime(moment.now.year + step, self.month, 1), "month") for step in (-1, 0, 1)]
        if self.sign > 0:
            return next((m for m in months if m.start > moment.now), months[-1])
        return next((m for m in reversed(months) if m.end <= moment.now), months[0])


@dataclass(frozen=True, slots=True)
class Shortly:
    """ "Tout à l'heure", "tantôt": within two hours or so, before or after."""

    def resolve(self, moment: Moment) -> Stretch | None:
        return Stretch(moment.now, moment.now + timedelta(hours=1), "hour")


@dataclass(frozen=True, slots=True)
class Side:
    """What is left of a period ("plus tard dans la semaine"), or what is gone of it."""

    later: bool
    period: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.period.resolve(moment)
        if found is None:
            return None
        today = moment.today()
        bounds = (today, found.end) if self.later else (found.start, today)
        return Stretch(*bounds, "day", point=False) if bounds[0] < bounds[1] else found


@dataclass(frozen=True, slots=True)
class Years:
    """A decade, by its first year."""

    first: int
    count: int = 10

    def resolve(self, moment: Moment) -> Stretch | None:
        return Stretch(datetime(self.first, 1, 1), datetime(self.first + self.count, 1, 1), "year", point=False)


@dataclass(frozen=True, slots=True)
class PartOn:
    """A part of a day found on the calendar: "le matin suivant"."""

    part: str
    day: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.day.resolve(moment)
        if found is None:
            return None
        first, last = (timedelta(minutes=minute) for minute in moment.convention.window(self.part, None))
        return Stretch(found.start + first, found.start + last, "hour", point=False)


@dataclass(frozen=True, slots=True)
class Leaning:
    """A date of which "dernier" or "prochain" was said."""

    inner: Dated
    lean: Lean

    def resolve(self, moment: Moment) -> Stretch | None:
        return self.inner.resolve(replace(moment, lean=self.lean))


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Monday to Friday of this week."""

    def resolve(self, moment: Moment) -> Stretch | None:
        monday = floor(moment.now, "week")
        return Stretch(monday, monday + timedelta(days=5), "day", point=False)
