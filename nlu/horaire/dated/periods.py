"""Periods: seasons, week-ends, rolling spans, the beginning and the end of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..calendar_days import MONTHS_IN, add_months, floor, shift
from ..conventions import SEASON_DATES
from .days import Near
from .moment import Dated, Moment, Stretch, choose, unit_at
from .within import weekdays_in

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
        fridays = weekdays_in(period, 5)
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
        """ "Au début du mois", said after it, is that of next month for who looks ahead."""
        inner = self.inner
        here = isinstance(inner, Near) and not inner.count and period.grain == "month"
        if not (here and moment.lean == "future" and found.end <= moment.now):
            return found
        later = Slice(self.edge, Near("month", 1)).resolve(moment)
        return later or found


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
class Years:
    """A decade, by its first year."""

    first: int
    count: int = 10

    def resolve(self, moment: Moment) -> Stretch | None:
        return Stretch(datetime(self.first, 1, 1), datetime(self.first + self.count, 1, 1), "year", point=False)


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Monday to Friday of this week."""

    def resolve(self, moment: Moment) -> Stretch | None:
        monday = floor(moment.now, "week")
        return Stretch(monday, monday + timedelta(days=5), "day", point=False)


@dataclass(frozen=True, slots=True)
class WeekendOf:
    """The week-end of the week that holds a day."""

    inner: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.inner.resolve(moment)
        if found is None:
            return None
        saturday = floor(found.start, "week") + timedelta(days=5)
        return Stretch(saturday, saturday + timedelta(days=2), "day", point=False)
