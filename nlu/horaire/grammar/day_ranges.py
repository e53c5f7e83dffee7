"""Nights and ranges of days ("du 13 au 15 juillet"), then the days that only a number names ("mercredi 13")."""

from ..dated import Away, Dated, DateRange, Near, NightOf, OnDate, Weekday
from ..engine import Found, Stage
from .dates import day_of, exists, weekday_of, year_of

STAGE = Stage({"DAY": "(num|ord|un)", "DOW": "(dow|dab)", "CLOCK": "clock"})


def _with_rest(first: OnDate, last: OnDate) -> OnDate:
    """The first date of a range, completed by what only the last one says."""
    month = first.month or last.month
    year = first.year or (last.year and last.year - ((month or 0) > (last.month or 12)))
    return OnDate(year, month, first.day, first.weekday)


def _range(first: Dated, last: Dated) -> DateRange:
    if isinstance(first, OnDate) and isinstance(last, OnDate) and last.month:
        first = _with_rest(first, last)
    return DateRange(first, last)


@STAGE.rule(
    "night",
    "le? part de le? (num|ord) a le? date",
    "le? part de le? date a le? date",
    "le? part de le? DOW (a|dash|et) le? DOW",
)
def _night_between(found: Found) -> NightOf | None:
    """ "Dans la nuit de samedi à dimanche", "la nuit du 14 au 15 mars": dated by its evening."""
    if found.one("part") != "nuit":
        return None
    if found.has("dow", "dab"):
        return NightOf(Weekday(found.one("dow", "dab")))
    first = found.one("num", "ord", "date")
    if isinstance(first, int):
        last = found.one("date")
        if not isinstance(last, OnDate):
            return None
        first = OnDate(last.year, last.month, first)
    return NightOf(first)


@STAGE.rule(
    "dates",
    "(de|entre)? le? DOW? (num|ord) (a|dash|jusque|et) le? date",
    "de le? DOW? (num|ord) (a|dash|jusque) le? DOW? (num|ord)(?!(unit|h|x|money|clock))",
    "entre le DOW? (num|ord) et le DOW? (num|ord)(?!(unit|h|x|money))",
    "(de|entre)? le? DOW (num|ord) (a|dash) le? DOW (num|ord)(?!(unit|h|x|money))",
)
def _days_range(found: Found) -> DateRange | None:
    edge = next(i for i, p in enumerate(found.pieces) if p.kind in ("a", "dash", "jusque", "et"))
    left, right = Found(found.pieces[:edge]), Found(found.pieces[edge + 1 :])
    day = day_of(left)
    if day is None or not _is_of_days(found):
        return None
    if right.has("date"):
        last = right.one("date")
        if not isinstance(last, OnDate) or last.day is None:
            return None
    else:
        until = day_of(right)
        if until is None:
            return None
        last = OnDate(day=until, weekday=weekday_of(right))
    weekday = weekday_of(left) if last.month is None else None
    return _range(OnDate(day=day, weekday=weekday), last)


def _is_of_days(found: Found) -> bool:
    """Whether a range of bare numbers is one of days: "du 13 au 18", never "de 8 à 10"."""
    if found.has("date", "dow", "dab", "le", "ord"):
        return True
    return found.one("de") == "du" and found.one("a") in ("au", None)


@STAGE.rule(
    "date",
    "le? DOW comma? le? (num|ord)(?!(unit|h|fois|pm|money|x|dash num|colon|a num|par))",
    "le? DOW comma? le? (num|ord)(?=(a clock|comma|$|stop|de clock|a le? part))",
    "le (num|ord) comma le? DOW",
)
def _weekday_and_day(found: Found) -> OnDate | None:
    day = day_of(found)
    return OnDate(day=day, weekday=weekday_of(found)) if day else None


@STAGE.rule("date", "(?<=part)de num(?!(a|dash|unit|h|x|money|month|num|fois))")
def _of_the_day(found: Found) -> OnDate | None:
    """ "La soirée du 14"."""
    day = found.one("num")
    return OnDate(day=day) if found.one("de") == "du" and 1 <= day <= 31 else None


@STAGE.rule(
    "date",
    "le num(?=((de|ce) (le|ce)? unit (next|last|follow)|de? ce unit|a? (clock|vers)|comma? clock))",
    "le num(?=(a|de|dans)? le? part)",
    "le num(?=((et|a|au)? (le|jusque) |partir clock|jusque|surtout|pas|stop|comma|$|part|entre|apres|avant))",
    "le num (?=(de|comma) clock)",
    "(?<=partir)le? num(?!(unit|h|x|hmark|clock|month|dash))",
)
def _day_alone(found: Found) -> OnDate | None:
    day = found.one("num")
    plural = found.one("le") == "les"
    return OnDate(day=day) if 1 <= day <= 31 and not plural else None


@STAGE.rule("date", "le? num num (year|num)(?!num)", "le? num num(?!num)", bare_only=True)
def _loose_figures(found: Found) -> OnDate | None:
    """ "20 02 14": only where an appointment is expected."""
    numbers = found.all("num")
    day, month = numbers[:2]
    year = found.one("year") or (year_of(numbers[2]) if len(numbers) == 3 else None)
    if not 1 <= month <= 12 or (len(numbers) == 3 and year is None):
        return None
    return OnDate(year, month, day) if exists(year, month, day) else None


@STAGE.rule("dates", "(de|entre|depuis)? le? date (a|dash|jusque|et) le? date")
def _dates_range(found: Found) -> DateRange | None:
    first, last = found.all("date")
    edge = found.one("a", "dash", "jusque", "et")
    between = found.pieces[0].kind == "entre" or (found.pieces[0].kind == "depuis" and found.has("et"))
    if (edge in ("et", "puis", "plus") or found.has("et")) and not between:
        return None
    if isinstance(first, Away) or isinstance(last, Away) or (isinstance(last, Near) and last.count > 1):
        return None
    return _range(first, last)
