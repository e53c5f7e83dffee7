"""Days and instants: "hier", "mardi", "le 14 mars", "à Noël", "il y a trois jours"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..calendar_days import MOVABLE, add_months, floor, midnight, shift
from ..meaning import Length
from .moment import Dated, Lean, Moment, Stretch, choose, unit_at


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
class Shortly:
    """ "Tout à l'heure", "tantôt": within two hours or so, before or after."""

    def resolve(self, moment: Moment) -> Stretch | None:
        return Stretch(moment.now, moment.now + timedelta(hours=1), "hour")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday by name. how: bare, this, next, last, follow (the one after), or a number of weeks away."""

    day: int
    how: str | int = "bare"

    def resolve(self, moment: Moment) -> Stretch | None:
        today = moment.today()
        ahead = (self.day - today.weekday()) % 7
        return unit_at(today + timedelta(days=self._distance(ahead, moment)), "day")

    @staticmethod
    def _this(ahead: int, moment: Moment) -> int:
        if moment.lean == "past" and moment.convention.habits:
            return ahead - 7 if ahead else 0
        return ahead if ahead or moment.lean != "future" else 7

    def _distance(self, ahead: int, moment: Moment) -> int:
        if isinstance(self.how, int):
            return ahead + 7 * self.how - (7 if self.day < moment.now.weekday() else 0)
        later = ahead or 7
        table = {
            "next": later,
            "follow": ahead + (0 if self.day < moment.now.weekday() else 7),
            "last": ahead - 7,
            "this": self._this(ahead, moment),
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
        there = moved(base, self.length, self.sign, moment.zone)
        return Stretch(there, there, self.length.grain)


def moved(at: datetime, length: Length, sign: int, zone: str) -> datetime:
    """`at` moved by a length, forwards or backwards; `at` itself when the calendar cannot say where that is.

    Months and days are those of the calendar; hours have passed on a clock that never changes, so three hours
    before four in the morning is midnight when summer time began in between.
    """
    try:
        day = add_months(at, sign * min(length.months, 12000)) + timedelta(days=sign * length.days)
        if not length.seconds:
            return day
        passed = day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(seconds=sign * length.seconds)
        return passed.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return at


@dataclass(frozen=True, slots=True)
class Leaning:
    """A date of which "dernier" or "prochain" was said."""

    inner: Dated
    lean: Lean

    def resolve(self, moment: Moment) -> Stretch | None:
        return self.inner.resolve(replace(moment, lean=self.lean))


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
