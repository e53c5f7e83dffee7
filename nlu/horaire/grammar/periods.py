"""Weeks, months, seasons, years, week-ends, and their beginnings and ends."""

from ..dated import (
    Dated,
    DateRange,
    Near,
    Nth,
    OnDate,
    Rolling,
    SeasonOf,
    Slice,
    TurnedMonth,
    WeekOf,
    Within,
    Years,
)
from ..engine import Found, Stage
from ..meaning import Clock
from .dates import year_of
from .lengths import SEVERAL

STAGE = Stage({"EDGE": "(debut|milieu|fin)", "TURN": "(next|last|follow)"})

_EDGES = {"debut": "early", "milieu": "middle", "fin": "late"}


def turn_of(found: Found) -> int:
    """1 for "prochain", -1 for "dernier", 0 for neither."""
    return 1 if found.has("next", "follow") else -1 if found.has("last") else 0


def edge_of(found: Found) -> str:
    """Which end of the period was said: early, middle or late."""
    return next(_EDGES[piece.kind] for piece in found.pieces if piece.kind in _EDGES)


@STAGE.rule("dates", "(de|depuis)? num (a|dash|jusque) num de? (ce unit|le? unit (next|last|follow))")
def _days_of_month(found: Found) -> Within | None:
    """ "4 au 22 ce mois"."""
    first, last = found.all("num")
    if found.one("unit") != "month" or not 1 <= first < last <= 31:
        return None
    return Within(DateRange(OnDate(day=first), OnDate(day=last)), Near("month", turn_of(found)))


@STAGE.rule("date", "dans? le unit (year|num)")
def _decade(found: Found) -> Years | None:
    """ "Les années 70"."""
    number = found.one("year", "num")
    if found.one("le") != "les" or found.one("unit") != "year" or number % 10:
        return None
    return Years(number if number > 99 else 1900 + number)


@STAGE.rule("date", "le? unit starting le? date")
def _week_starting(found: Found) -> WeekOf | None:
    return WeekOf(found.one("date")) if found.one("unit") == "week" else None


@STAGE.rule("date", "en? (a|de)? le? EDGE de? le? unit? year")
def _slice_of_year(found: Found) -> Slice | None:
    return Slice(edge_of(found), OnDate(found.one("year"))) if found.one("unit") in (None, "year") else None


@STAGE.rule(
    "span",
    "(dans|en)? le? num (next|last|follow) unit",
    "(dans|en)? le? num unit (next|last|follow)",
    "(dans|en)? le? (next|last) num unit",
    "(le|dans)? le? plusieurs (next|last) unit",
)
def _rolling(found: Found) -> Rolling | None:
    """ "Les 3 prochains jours": the whole units after the present one."""
    count = found.one("num") or 3
    return Rolling(found.one("unit"), count, turn_of(found)) if 0 < count < 100000 else None


@STAGE.rule("span", "ce (next|last) unit", "(le|dans le) (next|last) unit(?=$)")
def _recent(found: Found) -> Rolling | None:
    """ "Ces derniers jours": three, as in chrono and Recognizers."""
    return Rolling(found.one("unit"), SEVERAL, turn_of(found)) if found.one("ce") == "ces" else None


@STAGE.rule("date", "le unit running")
def _running(found: Found) -> Near:
    return Near(found.one("unit"))


@STAGE.rule(
    "date",
    "le? (next|last) unit",
    "le? unit (next|last|follow)",
    "ce (next|last)? unit (next|last|follow)?",
    "ce unit",
    "dans le? unit(?!(de|ce|x))",
)
def _unit_near(found: Found) -> Near | None:
    unit = found.one("unit")
    if unit in ("second", "minute", "hour"):
        return None
    if unit == "day" and not found.has("ce", "next", "last", "follow"):
        return None
    return Near("week" if unit == "fortnight" else unit, turn_of(found))


@STAGE.rule("span", "(dans|en)? le? clock (next|last|follow)")
def _rolling_hours(found: Found) -> Rolling | None:
    clock: Clock = found.one("clock")
    fits = clock.grain == "hour" and clock.minute and not clock.sun
    return Rolling("hour", clock.minute // 60, turn_of(found)) if fits else None


@STAGE.rule("span", "le? (next|last) unit", "le? unit (next|last)")
def _fine_unit_near(found: Found) -> Rolling:
    return Rolling(found.one("unit"), 1, turn_of(found))


@STAGE.rule(
    "date",
    "le? (ord|last) unit de? le? (date|year)",
    "le? (ord|last) unit de le? month",
    "le? (ord|last) unit de? (le|ce) unit (next|last|follow)?",
    "le? ord unit(?!(de|num|x))",
    "year unit num",
    "unit num (de? year)?",
)
def _nth_unit(found: Found) -> Nth | None:
    units = found.all("unit")
    nth = found.one("ord") or found.one("num") or -1
    plain = len(units) == 1 and not found.has("date", "year", "month")
    if units[0] not in ("day", "week", "fortnight", "month", "quarter", "half") or (units[0] == "month" and plain):
        return None
    if (plain or found.has("num")) and units[0] not in ("quarter", "half", "week"):
        return None
    if found.has("num") and units[0] == "week":
        return None
    return Nth(nth, units[0], _holder(found, units))


def _holder(found: Found, units: list[str]) -> Dated:
    """The period that the n-th unit belongs to; this year when none is said."""
    if found.has("year"):
        return OnDate(found.one("year"))
    if found.has("month"):
        return OnDate(month=found.one("month"))
    if found.has("date"):
        date: Dated = found.one("date")
        return date
    return Near(units[1], turn_of(found)) if len(units) > 1 else Near("year")


@STAGE.rule("date", "le? unit de le? (date|num)")
def _week_of(found: Found) -> WeekOf | Nth | None:
    if found.one("unit") != "week":
        return None
    if found.has("num"):
        day = found.one("num")
        return WeekOf(OnDate(day=day)) if 1 <= day <= 31 else None
    return WeekOf(found.one("date"))


@STAGE.rule("date", "le? unit (num|year)(?!(unit|x|h))")
def _week_number(found: Found) -> Nth | OnDate | None:
    number, unit = found.one("num", "year"), found.one("unit")
    if unit == "week" and 1 <= number <= 53:
        return Nth(number, "week", OnDate(year=None, month=None, day=None))
    if unit == "year":
        year = year_of(number)
        return OnDate(year) if year and number > 31 else None
    return None


@STAGE.rule(
    "date",
    "en? le? month (de|en)? (le? unit (TURN)|ce unit)",
    "(le|ce)? unit de month (de? year)?",
    "en? month de? le (unit (next|last|follow)|unit year)",
    "en? month de ce unit",
    "(ce|en ce) month",
    "en? month (next|last|follow)",
    "(le|en)? (next|last) month",
    "(?<![num ord])(en|le)? month (comma|stop)? (de|en)? (year|num)(?!(unit|h|hmark|x|clock))",
)
def _month(found: Found) -> Dated | None:
    month, number = found.one("month"), found.one("year", "num")
    unit = found.one("unit")
    if number is not None:
        return OnDate(year_of(number), month) if number > 31 else None
    if unit == "year" and number is None:
        return Within(OnDate(month=month), Near("year", turn_of(found)))
    if unit not in (None, "month"):
        return None
    if found.has("next", "follow", "last"):
        return TurnedMonth(month, turn_of(found))
    return OnDate(month=month)


@STAGE.rule("date", "ym")
def _year_month(found: Found) -> OnDate:
    year, month = found.one("ym")
    return OnDate(year, month)


@STAGE.rule(
    "date",
    "(le|en)? ord? unit? season (de|en)? (year|num)",
    "(le|en|ce)? season (next|last|follow)",
    "(ce|le next|le last) season",
    "season year",
)
def _season(found: Found) -> SeasonOf | None:
    number = found.one("year", "num")
    year = year_of(number) if number is not None else None
    if number is not None and (year is None or number < 32):
        return None
    how = (
        "next" if found.has("next", "follow") else "last" if found.has("last") else "this" if found.has("ce") else None
    )
    return SeasonOf(found.one("season"), year, how)


@STAGE.rule(
    "date", "en? (a|de)? le? EDGE de? (le|ce)? (date|month|season)(?!num)", "en? (a|de)? le? milieu dash? month"
)
def _slice(found: Found) -> Slice | None:
    inner = _inner(found)
    return Slice(edge_of(found), inner) if inner else None


def _inner(found: Found) -> Dated | None:
    if found.has("date"):
        date: Dated = found.one("date")
        coarse = (Near, OnDate, SeasonOf, Within, TurnedMonth)
        fits = isinstance(date, coarse) and getattr(date, "day", None) is None and getattr(date, "unit", "") != "day"
        return date if fits else None
    if found.has("month"):
        return OnDate(month=found.one("month"))
    return SeasonOf(found.one("season"))


@STAGE.rule("date", "en? (a|de)? le? EDGE de? le? unit(?!num)", "en EDGE de unit")
def _slice_of_present(found: Found) -> Slice | None:
    unit = found.one("unit")
    return Slice(edge_of(found), Near(unit)) if unit in ("week", "month", "year") else None
