"""Days of the calendar: dates in figures and in words, weekdays, feasts, relative days, and their ranges."""

from ..dated import (
    Away,
    Dated,
    DateRange,
    Feast,
    InWeeks,
    Leaning,
    Near,
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


def weekday_of(found: Found) -> int | None:
    """The weekday among what matched."""
    value: int | None = found.one("dow", "dab")
    return value


def day_of(found: Found) -> int | None:
    """The day of the month among what matched: a figure, an ordinal, or "un"."""
    number = found.one("num", "ord", "un")
    day = 1 if isinstance(number, str) else number
    return day if day is not None and 1 <= day <= 31 else None


def exists(year: int | None, month: int | None, day: int) -> bool:
    """Whether the month has such a day, in that year or in a leap one."""
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month or 1, 31)
    leap = not year or month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 1 <= day <= longest and leap


@STAGE.rule("days", "(tous|chaque) le? dm")
def _yearly(found: Found) -> DaySet:
    _, month, day = found.one("dm")
    return DaySet(det="every", yearly=(month, day))


@STAGE.rule(
    "days",
    "(tous|chaque) le? (ord|last) (dow|dab|dows) de (le|chaque)? unit",
    "le? (ord|last) (dow|dows) de (chaque|tous) le? unit",
    "le (ord|last) dows de le? unit",
)
@STAGE.rule("days", "le (ord|last) dow de le? unit(?!(next|last|follow))", habit_only=True)
def _nth_day(found: Found) -> DaySet | None:
    if found.all("unit") != ["month"]:
        return None
    nth = found.one("ord") or -1
    return DaySet(frozenset({found.one("dow", "dows", "dab")}), "every", nth=nth)


@STAGE.rule(
    "days",
    "(tous|chaque) le? (num|ord) (et le? num)? (de|a)? (le|chaque|(tous|chaque) le?)* unit",
    "le (num|ord) (et le? num)? de (chaque|le|tous le)? unit(?!(next|last|follow))",
)
def _day_of_month(found: Found) -> DaySet | None:
    days = tuple(found.all("num", "ord"))
    if found.one("unit") != "month" or not all(1 <= day <= 31 for day in days):
        return None
    return DaySet(det="every", month_days=days)


@STAGE.rule("stamped", "stamp")
def _stamp(found: Found) -> tuple[OnDate, object]:
    year, month, day, clock = found.one("stamp")
    return OnDate(year, month, day), clock


@STAGE.rule("date", "(le? DOW comma?)? le? ymd")
def _in_figures(found: Found) -> OnDate | None:
    year, month, day = found.one("ymd")
    return OnDate(year, month, day) if exists(year, month, day) else None


@STAGE.rule("date", "(le? DOW comma?)? le? dm (comma? year)?")
def _day_month(found: Found) -> OnDate | None:
    _, month, day = found.one("dm")
    year = found.one("year")
    return OnDate(year, month, day, weekday_of(found)) if exists(year, month, day) else None


@STAGE.rule(
    "date", "DAY (slash|dash) month (slash|dash) year", "month dash num dash year", "year slash month slash num"
)
def _mixed(found: Found) -> OnDate | None:
    return _dated(found, found.one("year"))


@STAGE.rule("dates", "month num (a|dash|jusque) month? num(?!(unit|h|hmark))")
def _month_then_days(found: Found) -> DateRange | None:
    """ "Novembre 19-20"."""
    (first, last), month = found.all("num"), found.one("month")
    if not (exists(None, month, first) and exists(None, month, last)):
        return None
    return DateRange(OnDate(month=month, day=first), OnDate(month=found.last("month"), day=last))


@STAGE.rule("date", "(le? DOW comma?)? le? DAY slash month", "(le? DOW comma?)? le? DAY dash month dash (year|num)")
def _figures_and_month(found: Found) -> OnDate | None:
    return _dated(found, year_of(found.last("year", "num")) if found.has("dash") else None)


def _dated(found: Found, year: int | None) -> OnDate | None:
    day, month = day_of(found), found.one("month")
    if day is None or not exists(year, month, day):
        return None
    return OnDate(year, month, day, weekday_of(found))


@STAGE.rule(
    "date",
    "(le? DOW comma?)? le? DAY de? (le? part? de)? month (comma|stop)? (de|en)? le? unit? (year|num)(?!(unit|h|hmark))",
)
def _full(found: Found) -> OnDate | None:
    year = year_of(found.one("year") or _two_figures(found))
    return _dated(found, year) if year is not None and found.one("unit") in (None, "year") else None


def _two_figures(found: Found) -> int | None:
    """A year of two figures after the day and the month; below 32 it would be a day or an hour."""
    numbers = found.all("num")
    last = numbers[-1] if found.has("ord", "un") or len(numbers) > 1 else None
    return last if last is not None and last > 31 else None


@STAGE.rule("date", "(le? DOW comma?)? le? DAY de? month (next|last)")
def _turned_date(found: Found) -> Leaning | None:
    date = _dated(found, None)
    return Leaning(date, "future" if found.has("next") else "past") if date else None


@STAGE.rule("date", "(le? DOW comma?)? le? DAY de? month(?!(comma|de|en)? (le? unit)? year)")
def _day_and_month(found: Found) -> OnDate | None:
    return _dated(found, None)


@STAGE.rule(
    "date",
    "le? DOW? comma? month dash? (num|ord) comma? year",
    "le? DOW? comma? month dash? (num|ord)(?!(unit|h|num|year|hmark))",
)
def _month_first(found: Found) -> OnDate | None:
    """ "Décembre 5 2014"; a number that can be no day is a year, left to the periods."""
    return _dated(found, found.one("year"))


@STAGE.rule(
    "date", "le? lendemain de date", "le? lendemain de le? feast", "le? lendemain(?!(de|part))", "veille de date"
)
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


@STAGE.rule(
    "date",
    "le? (ord|last) dow de le? month (de? year)?",
    "le? (ord|last) dow de le? (unit|month) (next|last|follow)",
    "le? (ord|last) dow de ce unit",
)
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
    return OnDate(month=month, day=day) if month <= 12 and exists(None, month, day) else None


@STAGE.rule("date", "(?<=[depuis avant apres])le? holiday de le? feast")
def _feast_holidays(found: Found) -> Feast:
    """ "Depuis les vacances de la Toussaint": they begin about that day."""
    return Feast(found.one("feast"))


@STAGE.rule("days", "(dans|a|de)? le? holiday de le? (feast|season)", habit_only=True)
def _named_holidays(found: Found) -> DaySet:
    """ "Les vacances de Noël", "les vacances d'été"."""
    return DaySet(det="the", calendar=("SH",))


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
def _weekday_that(found: Found) -> Weekday | None:
    if found.pieces[0].kind == "last" and str(found.pieces[0].value).startswith("passe"):
        return None  # "ce qui s'est passé vendredi"
    hows = [("next", "next"), ("follow", "follow"), ("last", "last")]
    how = next((how for kind, how in hows if found.has(kind)), "this")
    return Weekday(found.one("dow", "dab"), how)
