"""Lengths of time, and days at a length of time: "il y a trois heures", "dans 2 mois", "deux jours plus tard"."""

from dataclasses import replace

from ..calendar_days import DAYS_IN, MONTHS_IN, SECONDS_IN
from ..dated import Away, Near, UpTo
from ..engine import Found, Stage
from ..meaning import Clock, Length

STAGE = Stage({"LENGTH": "[length clock]", "NUM": "[num un plusieurs]"})

_FINER = {"year": "month", "month": "day", "week": "day", "day": "hour", "hour": "minute"}
_ORDER = (
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
)
_LASTING = ("pendant", "pdt", "durant", "pendent", "sur", "lors", "au cours")
SEVERAL = 3  # "quelques mois": chrono's convention


def of_units(count: int, unit: str) -> Length | None:
    """So many units, as a length."""
    if count > 100000:
        return None
    if unit in MONTHS_IN:
        return Length(months=count * MONTHS_IN[unit], grain=unit)
    if unit in DAYS_IN:
        return Length(days=count * DAYS_IN[unit], grain="week" if unit == "fortnight" else unit)
    return Length(seconds=count * SECONDS_IN[unit], grain=unit)


def as_length(value: Length | Clock) -> Length | None:
    """A length, also of a clock that was a count of hours all along ("il y a 2 heures")."""
    if isinstance(value, Length):
        return value
    if value.sun:
        return None
    return Length(seconds=value.minute * 60 + value.second, grain="hour" if value.grain == "hour" else "minute")


def _sum(parts: list[Length]) -> Length:
    finest = min(parts, key=lambda part: _ORDER.index(part.grain)).grain
    return Length(sum(p.months for p in parts), sum(p.days for p in parts), sum(p.seconds for p in parts), finest)


@STAGE.rule("length", "frac hmark", "frac de? unit", "un demie unit", "(un|num) quart de unit")
def _fraction(found: Found) -> Length | None:
    if found.one("unit") not in (None, "hour"):
        return None
    quarters = 15 * (found.one("num") or 1)
    minutes = quarters if found.has("quart") else found.one("frac") or 30
    return Length(seconds=minutes * 60, grain="second")


@STAGE.rule("length", "NUM unit(?!(last|next|follow|sur|par))")
def _units(found: Found) -> Length | None:
    number = found.one("num")
    count = number if number is not None else SEVERAL if found.has("plusieurs") else 1
    return of_units(count, found.one("unit"))


@STAGE.rule("length", "(?<=[depuis ily])num part", habit_only=True)
def _nights(found: Found) -> Length | None:
    """ "Depuis trois soirs"."""
    return of_units(found.one("num"), "day") if found.one("part") in ("soir", "nuit", "matin") else None


@STAGE.rule("length", "un round de unit")
def _round(found: Found) -> Length | None:
    """ "Une dizaine de jours"."""
    return of_units(found.one("round"), found.one("unit"))


@STAGE.rule("length", "num dprime", "num prime")
def _primes(found: Found) -> Length | None:
    return of_units(found.one("num"), "second" if found.has("dprime") else "minute")


@STAGE.rule("length", "length ((comma|et)* LENGTH)+")
def _and(found: Found) -> Length | None:
    clocks = found.all("clock")
    if any(clock.approx for clock in clocks):
        return None
    parts = [as_length(value) for value in found.all("length", "clock")]
    kept = [part for part in parts if part]
    return _sum(kept) if len(kept) == len(parts) else None


@STAGE.rule("date", "dans? (length|clock) (apres|partir|avant) le? (rel|lendemain)")
def _from_day(found: Found) -> Away | None:
    """ "Deux jours après demain"."""
    length = as_length(found.one("length", "clock"))
    origin = Near("day", found.one("rel") if found.has("rel") else 1)
    return Away(length, -1 if found.has("avant") else 1, origin) if length else None


def _finer(length: Length) -> Length:
    """ "Dans une semaine" is said by the week and meant by the day (Duckling's convention)."""
    return replace(length, grain=_FINER.get(length.grain, length.grain))


@STAGE.rule("date", "ily (vers|moins de|plus de|le)? LENGTH (de? ce)?(?!que)")
def _ago(found: Found) -> Away | None:
    length = as_length(found.one("length", "clock"))
    return Away(length, -1) if length else None


@STAGE.rule("upto", "dans le (length|clock) (next)?", bare_only=True)
def _during(found: Found) -> UpTo | None:
    """ "Dans les 5 jours": from now until then."""
    length = as_length(found.one("length", "clock"))
    return UpTo(Away(length, 1)) if length and found.one("le") == "les" else None


@STAGE.rule("upto", "dans (length|clock)", bare_only=True)
def _lasting(found: Found) -> UpTo | None:
    length = as_length(found.one("length", "clock"))
    return UpTo(Away(length, 1)) if length and found.one("dans") in _LASTING else None


@STAGE.rule("lasting", "dans le? (length|clock)", habit_only=True)
def _lasts(found: Found) -> Length | None:
    """ "Pendant deux heures" is how long it lasts, no date."""
    return as_length(found.one("length", "clock")) if found.one("dans") in _LASTING else None


@STAGE.rule("date", "dans (vers|moins de|plus de|le)? (length|clock)(?!(de|a) le? (part|clock))")
def _in(found: Found) -> Away | None:
    length = as_length(found.one("length", "clock"))
    if found.one("dans") in _LASTING or found.one("le") == "la":
        return None
    if length is None or (found.has("clock") and found.one("clock").half is False and found.one("clock").minute < 60):
        return None
    return Away(length, 1)


@STAGE.rule("date", "(length|clock) deictic(?!dans)", bare_only=True)
@STAGE.rule("date", "(length|clock) apres (?!le? (date|CLOCK|part|un|x|de|ce))", bare_only=True)
def _later(found: Found) -> Away | None:
    length = as_length(found.one("length", "clock"))
    if length is None or found.one("deictic") not in (None, "later"):
        return None
    return Away(length, 1)


@STAGE.rule("date", "(en|pour) (length|clock)", bare_only=True)
def _in_all(found: Found) -> Away | None:
    length = as_length(found.one("length", "clock"))
    return Away(length, 1) if length else None


@STAGE.rule("date", "moins de (length|clock)", bare_only=True)
def _less_than(found: Found) -> Away | None:
    length = as_length(found.one("length", "clock"))
    return Away(length, -1) if length else None


@STAGE.rule("upto", "ici a? (length|clock)")
def _by(found: Found) -> UpTo | None:
    length = as_length(found.one("length", "clock"))
    return UpTo(Away(replace(length, grain="second"), 1), floor_day=not length.seconds) if length else None


@STAGE.rule("since", "depuis (vers|moins|et|le)? de? length")
def _since_length(found: Found) -> Away:
    return Away(found.one("length"), -1)


@STAGE.rule("since", "depuis uh", "depuis (vers|plus de)? h(?!de)", "depuis (vers|plus de)? clock(?!(de|a) )")
def _since_hours(found: Found) -> Away | None:
    """ "Depuis 2 heures" is two hours long up to a handful; "depuis 22h" is an hour of the day."""
    clock: Clock = found.one("clock", "h", "uh")
    if clock.sun or clock.grain != "hour" or not 60 <= clock.minute <= 300 or not clock.half:
        return None
    length = as_length(clock)
    return Away(replace(length, grain="minute"), -1) if length else None
