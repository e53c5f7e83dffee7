"""Week-ends, what is left of a period, ranges of months and years, and "depuis" with a period."""

from ..dated import Dated, DateRange, Near, OnDate, SeasonOf, Slice, TurnedMonth, UpTo, Weekend, WeekendOf, Within
from ..engine import Found, Stage
from ..meaning import DaySet
from .periods import edge_of, turn_of

STAGE = Stage({"EDGE": "(debut|milieu|fin)", "TURN": "(next|last|follow)"})


@STAGE.rule("date", "(le|ce)? weekend (next|follow|last)", "(le|ce)? (next|last) weekend", "ce weekend")
def _weekend(found: Found) -> Weekend:
    return Weekend(turn_of(found), bare=found.has("ce"))


@STAGE.rule("days", "le? reste de (le|ce)? unit", habit_only=True)
def _other_days(found: Found) -> DaySet | None:
    """ "Le reste de la semaine": the days not said before."""
    return DaySet(det="the", label="rest") if found.one("unit") == "week" else None


@STAGE.rule("date", "le? weekend de date")
def _weekend_of(found: Found) -> WeekendOf:
    return WeekendOf(found.one("date"))


@STAGE.rule("date", "le? reste de (le|ce)? (unit|date)", "le? reste de x? part")
def _rest(found: Found) -> UpTo | None:
    unit = found.one("unit")
    if found.has("unit"):
        return UpTo(Near(unit), whole=True) if unit in ("week", "month", "year", "day") else None
    return UpTo(found.one("date") or Near("day"), whole=True)


@STAGE.rule(
    "dates",
    "(de|entre) le? (month|date) (a|dash|jusque|et) (le|en)? date",
    "(month|date) (a|dash|jusque) (le|en)? date",
)
def _months_range(found: Found) -> DateRange | None:
    edge = next(i for i, p in enumerate(found.pieces) if p.kind in ("a", "dash", "jusque", "et") and i)
    if found.has("et") and not found.has("entre"):
        return None
    first, last = _bound(Found(found.pieces[:edge])), _bound(Found(found.pieces[edge + 1 :]))
    if isinstance(first, OnDate) and isinstance(last, OnDate) and first.year is None:
        first = OnDate(last.year, first.month, first.day, first.weekday)
    return DateRange(first, last)


def _bound(found: Found) -> Dated:
    return found.one("date") if found.has("date") else OnDate(month=found.one("month"))


@STAGE.rule("dates", "(de|entre) le? unit? year (a|dash|et|jusque) le? unit? year", "year (a|dash) year")
def _years_range(found: Found) -> DateRange | None:
    first, last = found.all("year")
    return DateRange(OnDate(first), OnDate(last)) if first < last else None


@STAGE.rule("dates", "dates de? date", "dates en? date")
@STAGE.rule("date", "date de? date")
def _day_within(found: Found) -> Within | None:
    """ "Le 20 du mois prochain", "du 4 au 22 ce mois-ci"."""
    inner, period = found.pieces[0].value, found.pieces[-1].value
    days = isinstance(inner, DateRange) or (isinstance(inner, OnDate) and inner.day and not inner.month)
    fits = isinstance(period, TurnedMonth | Near) and getattr(period, "unit", "month") == "month"
    return Within(inner, period) if days and fits else None


@STAGE.rule("since", "depuis (le|ce)? (debut|milieu|fin) de? le? (unit|month)")
def _since_slice(found: Found) -> Slice | None:
    if found.has("month"):
        return Slice(edge_of(found), OnDate(month=found.one("month")))
    unit = found.one("unit")
    return Slice(edge_of(found), Near(unit)) if unit in ("week", "month", "year") else None


@STAGE.rule("since", "depuis le? (month|season)", "depuis le? unit de month")
def _since_month(found: Found) -> Dated:
    return OnDate(month=found.one("month")) if found.has("month") else SeasonOf(found.one("season"))


@STAGE.rule("since", "depuis le? (num|year)(?!(unit|h|x|clock|month))")
def _since_year(found: Found) -> OnDate | None:
    number = found.one("num")
    if number is None:
        return OnDate(found.one("year"))
    return OnDate(day=number) if 1 <= number <= 31 and found.has("le") else None


@STAGE.rule("date", "en le? unit? year(?!unit)", "(?<=[depuis jusque avant apres partir de])year(?!(unit|x))")
def _in_year(found: Found) -> OnDate | None:
    if found.one("unit") not in (None, "year"):
        return None
    return OnDate(found.one("year"))
