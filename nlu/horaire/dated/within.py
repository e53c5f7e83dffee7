"""Dated things made of others: the third week of a month, from one day to another, what is left of the year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..calendar_days import floor, shift
from .moment import Dated, Moment, Stretch, unit_at


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
            found = weekdays_in(period, self.unit)
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
        return unit_at(
            first + timedelta(weeks=self.nth - 1) if self.nth > 0 else last + timedelta(weeks=self.nth + 1), "week"
        )

    def _plain(self, period: Stretch) -> Stretch | None:
        unit = str(self.unit)
        start = period.start if self.nth > 0 else period.end
        found = unit_at(shift(start, unit, self.nth - 1 if self.nth > 0 else self.nth), unit)
        return found if period.start <= found.start < period.end else None


def weekdays_in(period: Stretch, weekday: int) -> list[datetime]:
    """Such weekdays of a period, in order; sixty at most."""
    first = period.start + timedelta(days=(weekday - period.start.weekday()) % 7)
    found: list[datetime] = []
    while first < period.end and len(found) < 60:
        found.append(first)
        first += timedelta(weeks=1)
    return found


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day."""

    inner: Dated

    def resolve(self, moment: Moment) -> Stretch | None:
        found = self.inner.resolve(moment)
        return unit_at(found.start, "week") if found else None
