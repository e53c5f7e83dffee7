"""Days of the calendar: dates in figures and in words, weekdays, feasts, relative days, and their ranges."""

from ..dated import (
    Away,
    DateRange,
    Dated,
    Feast,
    InWeeks,
    Leaning,
    Near,
    NightOf,
    Now,
    Nth,
    OnDate,
    Weekday,
    Weekend,
)
from ..engine import Found, Stage
from ..meaning import DaySet, Length

STAGE = Stage({"DAY": "(num|ord|un)", "DOW": "(dow|dab)", "CLOCK": "clock"})


def year_of(number: int | None) -> int | None:
    """A year from two or four figures, None when it is none."""
    if number is None:
        return None
    if 1000 <= number <= 2199:
        return number
    return number + (2000 if number < 50 else 1900) if 0 <= number < 100 else None


def _dow(found: Found) -> int | None:
    value: int | None = found.one("dow", "dab")
    return value


def _day(found: Found) -> int | None:
    """The day of the month among what matched: a figure, an ordinal, or "un"."""
    number = found.one("num", "ord", "un")
    day = 1 if isinstance(number, str) else number
    return day if day is not None and 1 <= day <= 31 else None


def _exists(year: int | None, month: int | None, day: int) -> bool:
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month or 1, 31)
    leap = not year or month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 1 <= day <= longest and leap


@STAGE.rule("days", "(tous|chaque) le? dm")
def _yearly(found: Found) -> DaySet:
    _, month, day = found.one("dm")
    return DaySet(det="every", yearly=(month, day))


@STAGE.rule("days", "(tous|chaque) le? (ord|last) (dow|dab|dows) de (le|chaque)? unit", "le? (ord|last) (dow|dows) de (chaque|tous) le? unit", "le (ord|last) dows de le? unit")
@STAGE.rule("days", "le (ord|last) dow de le? unit(?!(next|last|follow))", habit_only=True)
def _nth_day(found: Found) -> DaySet | None:
    if found.all("unit") != ["month"]:
        return None
    nth = found.one("ord") or -1
    return DaySet(frozenset({found.one("dow", "dows", "dab")}), "every", nth=nth)


@STAGE.rule("stamped", "stamp")
def _stamp(found: Found) -> tuple[OnDate, object]:
    year, month, day, clock = found.one("stamp")
    return OnDate(year, month, day), clock


@STAGE.rule("date", "le? DOW? comma? le? ymd")
def _in_figures(found: Found) -> OnDate | None:
    year, month, day = found.one("ymd")
    return OnDate(year, month, day) if _exists(year, month, day) else None


@STAGE.rule("date", "le? DOW? comma? le? dm (comma? year)?")
def _day_month(found: Found) -> OnDate | None:
    _, month, day = found.one("dm")
    year = found.one("year")
    return OnDate(year, month, day, _dow(found)) if _exists(year, month, day) else None


@STAGE.rule("date", "DAY (slash|dash) month (slash|dash) year", "month dash num dash year", "year slash month slash num")
def _mixed(found: Found) -> OnDate | None:
    return _dated(found, found.one("year"))


@STAGE.rule("dates", "month num (a|dash|jusque) month? num(?!(unit|h|hmark))")
def _month_then_days(found: Found) -> DateRange | None:
    """ "Novembre 19-20"."""
    (first, last), month = found.all("num"), found.one("month")
    if not (_exists(None, month, first) and _exists(None, month, last)):
        return None
    return DateRange(OnDate(month=month, day=first), OnDate(month=found.last("month"), day=last))


@STAGE.rule("date", "le? DOW? comma? le? DAY slash month", "le? DOW? comma? le? DAY dash month dash (year|num)")
def _figures_and_month(found: Found) -> OnDate | None:
    return _dated(found, year_of(found.last("year", "num")) if found.has("dash") else None)


def _dated(found: Found, year: int | None) -> OnDate | None:
    day, month = _day(found), found.one("month")
    if day is None or not _exists(year, month, day):
        return None
    return OnDate(year, month, day, _dow(found))


@STAGE.rule(
    "date",
    "le? DOW? comma? le? DAY de? (le? part? de)? month (comma|stop)? (de|en)? le? unit? (year|num)(?!(unit|h|hmark))",
)
def _full(found: Found) -> OnDate | None:
    year = year_of(found.one("year") or _two_figures(found))
    return _dated(found, year) if year is not None and found.one("unit") in (None, "year") else None


def _two_figures(found: Found) -> int | None:
    """A year of two figures after the day and the month; below 32 it would be a day or an hour."""
    numbers = found.all("num")
    last = numbers[-1] if found.has("ord", "un") or len(numbers) > 1 else None
    return last if last is not None and last > 31 else None


@STAGE.rule("date", "le? DOW? comma? le? DAY de? month (next|last)")
def _turned_date(found: Found) -> Leaning | None:
    date = _dated(found, None)
    return Leaning(date, "future" if found.has("next") else "past") if date else None


@STAGE.rule("date", "le? DOW? comma? le? DAY de? month(?!(comma|de|en)? (le? unit)? year)")
def _day_and_month(found: Found) -> OnDate | None:
    return _dated(found, None)


@STAGE.rule("date", "le? DOW? comma? month dash? (num|ord) comma? year", "le? DOW? comma? month dash? (num|ord)(?!(unit|h|num|year|hmark))")
def _month_first(found: Found) -> OnDate | None:
    """ "Décembre 5 2014"; a number that can be no day is a year, left to the periods."""
    return _dated(found, found.one("year"))


@STAGE.rule("date", "le? lendemain de date", "le? lendemain de le? feast", "lendemain(?!(de|part))", "veille de date")
def _next_day(found: Found) -> Dated | None:
    if found.has("lendemain") and not found.has("date", "feast"):
        return Near("day", 1)
    base: Dated = Feast(found.one("feast")) if found.has("feast") else found.one("date")
    return Away(Length(days=1), -1 if found.has("veille") else 1, base)


@STAGE.rule("date", "le? ord unit de le? unit? de? month (de? year)?")
def _nth_day_of_month(found: Found) -> Nth | None:
    units = found.all("unit")
    month = OnDate(found.one("year"), found.one("month"))
    return Nth(found.one("ord"), units[0], month) if units[0] in ("day", "week", "fortnight") else None


@STAGE.rule("date", "le? last unit de le? unit? de? month (de? year)?", "le? (ord|last) weekend de month (de? year)?")
def _last_unit_of_month(found: Found) -> object:
    month = OnDate(found.one("year"), found.one("month"))
    nth = found.one("ord") or -1
    if found.has("weekend"):
        return Weekend(within=month, nth=nth)
    unit = found.one("unit")
    return Nth(nth, unit, month) if unit in ("day", "week", "fortnight") else None


@STAGE.rule("date", "le? (ord|last) dow de le? month (de? year)?", "le? (ord|last) dow de le? (unit|month) (next|last|follow)", "le? (ord|last) dow de ce unit")
def _nth_weekday(found: Found) -> Nth | None:
    if found.has("unit"):
        count = 1 if found.has("next", "follow") else -1 if found.pieces[-1].kind == "last" else 0
        period: Dated = Near(found.one("unit"), count)
        if found.one("unit") not in ("month", "year", "quarter"):
            return None
    else:
        period = OnDate(found.one("year"), found.one("month"))
    return Nth(found.one("ord") or -1, found.one("dow"), period)


@STAGE.rule("date", "le? ord dow(?!(de|sur))", bare_only=True)
def _nth_weekday_of_this_month(found: Found) -> Nth:
    return Nth(found.one("ord"), found.one("dow"), Near("month"))


@STAGE.rule("date", "le num dash num(?!(month|h|hmark|unit|dash|num|part))", bare_only=True)
def _day_dash_month(found: Found) -> OnDate | None:
    day, month = found.all("num")
    return OnDate(month=month, day=day) if month <= 12 and _exists(None, month, day) else None


@STAGE.rule("date", "le? feast (de|en)? le? (year|unit (next|last|follow)|ce unit|next|last)", "le? feast")
def _feast(found: Found) -> Feast | None:
    name, year = found.one("feast"), found.one("year")
    if year is not None:
        return Feast(name, year)
    return Feast(name, how="next" if found.has("next") else "last" if found.has("last") else None)


@STAGE.rule("date", "le? lendemain")
def _tomorrow(found: Found) -> Near:
    return Near("day", 1)


@STAGE.rule("date", "le veille")
def _eve(found: Found) -> Near:
    return Near("day", -1)


@STAGE.rule("date", "rel")
def _relative(found: Found) -> Near:
    return Near("day", found.one("rel"))


@STAGE.rule("now", "deictic")
def _now(found: Found) -> Now | Near | None:
    word = found.one("deictic")
    table: dict[str, Now | Near] = {"now": Now(), "this_moment": Near("day")}
    return table.get(word)


@STAGE.rule(
    "date",
    "le? DOW (de|comma|en)? (le|ce)? unit (next|follow|last)",
    "le? DOW (de)? ce unit",
    "(unit next|unit last|unit follow) comma? le? DOW",
)
def _weekday_of_week(found: Found) -> Weekday | None:
    if found.one("unit") != "week":
        return None
    return Weekday(found.one("dow", "dab"), 1 if found.has("next", "follow") else -1 if found.has("last") else 0)


@STAGE.rule("date", "DOW en num", "DOW hui")
def _in_eight(found: Found) -> InWeeks | None:
    """ "Mardi en huit": the Tuesday a week away."""
    weeks = {None: 1, 8: 1, 15: 2}.get(found.one("num"))
    return InWeeks(found.one("dow", "dab"), weeks) if weeks else None


@STAGE.rule("date", "(le|ce)? DOW (next|follow|last)(?!num? unit)", "(le|ce)? (next|last) DOW", "ce DOW")
def _weekday_that(found: Found) -> Weekday:
    hows = [("next", "next"), ("follow", "follow"), ("last", "last")]
    how = next((how for kind, how in hows if found.has(kind)), "this")
    return Weekday(found.one("dow", "dab"), how)


def _with_rest(first: OnDate, last: OnDate) -> OnDate:
    """The first date of a range, completed by what only the last one says."""
    month = first.month or last.month
    year = first.year or (last.year and last.year - ((month or 0) > (last.month or 12)))
    return OnDate(year, month, first.day, first.weekday)


def _range(first: Dated, last: Dated) -> DateRange:
    if isinstance(first, OnDate) and isinstance(last, OnDate) and last.month:
        first = _with_rest(first, last)
    return DateRange(first, last)


@STAGE.rule("night", "part de le? (num|ord) a le? date", "part de le? date a le? date", "part de le? DOW (a|dash|et) le? DOW")
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
    day = _day(left)
    if day is None or not _is_of_days(found):
        return None
    if right.has("date"):
        last = right.one("date")
        if not isinstance(last, OnDate) or last.day is None:
            return None
    else:
        until = _day(right)
        if until is None:
            return None
        last = OnDate(day=until, weekday=_dow(right))
    weekday = _dow(left) if last.month is None else None
    return _range(OnDate(day=day, weekday=weekday), last)


def _is_of_days(found: Found) -> bool:
    """Whether a range of bare numbers is one of days: "du 13 au 18", never "de 8 à 10"."""
    if found.has("date", "dow", "dab", "le", "ord"):
        return True
    return found.one("de") == "du" and found.one("a") in ("au", None)


@STAGE.rule(
    "date",
    "le? DOW comma? le? (num|ord)(?!(unit|h|fois|clock|pm|money|x|dash num|colon|a num|par))",
    "le? DOW comma? le? (num|ord)(?=(a clock|comma|$|stop|de clock|a le? part))",
    "le (num|ord) comma le? DOW",
)
def _weekday_and_day(found: Found) -> OnDate | None:
    day = _day(found)
    return OnDate(day=day, weekday=_dow(found)) if day else None


@STAGE.rule("date", "le num(?=((de|ce) (le|ce)? unit (next|last|follow)|de? ce unit|a? (clock|vers)|comma? clock|(et|a|au)? (le|jusque) |partir clock|jusque|plus|surtout|stop|comma|$|part|entre|apres|avant))", "le num (?=(de|comma) clock)", "(?<=partir)le? num(?!(unit|h|x|hmark|clock|month|dash))")
def _day_alone(found: Found) -> OnDate | None:
    day = found.one("num")
    return OnDate(day=day) if 1 <= day <= 31 else None


@STAGE.rule("date", "le? num num (year|num)(?!num)", "le? num num(?!num)", bare_only=True)
def _loose_figures(found: Found) -> OnDate | None:
    """ "20 02 14": only where an appointment is expected."""
    numbers = found.all("num")
    day, month = numbers[:2]
    year = found.one("year") or (year_of(numbers[2]) if len(numbers) == 3 else None)
    if not 1 <= month <= 12 or (len(numbers) == 3 and year is None):
        return None
    return OnDate(year, month, day) if _exists(year, month, day) else None


@STAGE.rule("dates", "(de|entre|depuis)? le? date (a|dash|jusque|et) le? date")
def _dates_range(found: Found) -> DateRange | None:
    first, last = found.all("date")
    edge = found.one("a", "dash", "jusque", "et")
    between = found.pieces[0].kind == "entre" or (found.pieces[0].kind == "depuis" and found.has("et"))
    if (edge in ("et", "puis", "plus") or found.has("et")) and not between:
        return None
    if isinstance(first, Away) or isinstance(last, Away) or isinstance(last, Near) and last.count > 1:
        return None
    return _range(first, last)
