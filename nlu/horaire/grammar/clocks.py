"""Clock times: "18h30", "huit heures et demie", "minuit moins le quart", "8h du soir", "vers 7"."""

from dataclasses import replace

from ..conventions import APPROX_MINUTES
from ..engine import Found, Stage
from ..meaning import Clock

CLOCK = "[h hm noon sun clock]"
STAGE = Stage({"CLOCK": CLOCK, "PLAIN": "[h hm noon]", "NUM": "[num un]"})

# Which hours of a twelve-hour clock each part of the day moves to the afternoon.
_AFTERNOON = {
    "aprem": range(1, 8),
    "soir": range(4, 12),
    "nuit": range(8, 12),
    "pm": range(1, 12),
    "midi_part": range(1, 3),
}


def in_part(clock: Clock, part: str) -> Clock:
    """The clock as that part of the day means it: 8 h "du soir" is 20:00, midnight is not noon."""
    hour, minute = divmod(clock.minute, 60)
    if part in ("matin", "am") and hour == 12:
        hour = 0
    elif hour in _AFTERNOON.get(part, ()):
        hour += 12
    elif part in ("soir", "nuit") and hour == 12 and clock.half:
        hour = 24
    return replace(clock, minute=hour * 60 + minute, half=False)


def as_clock(value: Clock | int | str) -> Clock:
    """A clock from what a piece of kind h, hm, noon, sun or clock holds."""
    if isinstance(value, Clock):
        return value
    if isinstance(value, str):
        return Clock(1110 if value == "sunset" else 420, sun="sunset" if value == "sunset" else "sunrise")
    return Clock(value)


def of_number(value: int, *, half: bool = True) -> Clock | None:
    """A clock from a bare number of hours."""
    return Clock(value * 60, half=half and 0 < value <= 12) if 0 <= value <= 24 else None


def _plus(clock: Clock, minutes: int) -> Clock | None:
    if clock.minute % 60:
        return None
    minute = clock.minute + minutes
    return replace(clock, minute=minute % 1440, grain="minute")


@STAGE.rule("part", "(?<=[le tous chaque ce])noon(?!(et (quart|demie|num|un)|moins|num|jusque|a))")
def _noons(found: Found) -> str | None:
    """ "Le midi", "tous les midis": around noon, as a part of the day."""
    return "midi_part" if found.one("noon") == 720 else None


@STAGE.rule("h", "num hmark(?!num)")
def _spelled_h(found: Found) -> Clock | None:
    return of_number(found.one("num"))


@STAGE.rule(
    "uh",
    "un unit(?=(et (demie|quart)|et un quart|pile|vers|du|[num]))",
    "un unit(?=de le? part)",
    "(?<=[a vers jusque avant apres partir des le])un unit(?!(num|x))",
)
def _one_hour(found: Found) -> Clock | None:
    return Clock(60, half=True) if found.one("unit") == "hour" else None


@STAGE.rule("h", "(?<!sur)num unit(?!entier)")
def _spelled_hours(found: Found) -> Clock | None:
    return of_number(found.one("num")) if found.one("unit") == "hour" else None


@STAGE.rule("hm", "(h|noon|uh) (et|comma)? (num|un) unit et num unit", "(h|noon|uh) et num unit")
def _with_seconds(found: Found) -> Clock | None:
    units, numbers = found.all("unit"), found.all("num", "un")
    clock = as_clock(found.one("h", "noon", "uh"))
    if units == ["second"] and numbers[0] < 60:
        return replace(clock, second=numbers[0], grain="second")
    if units == ["minute"] and numbers[0] < 60:
        return _plus(clock, numbers[0])
    return None


@STAGE.rule("hm", "(h|noon|uh) (et|comma)? un? (quart|demie)", "(h|noon|uh) (et|comma)? num quart")
def _and_part(found: Found) -> Clock | None:
    quarters = found.one("num") or 1
    minutes = 30 if found.has("demie") else 15 * quarters
    return _plus(as_clock(found.one("h", "noon", "uh")), minutes) if quarters < 4 else None


@STAGE.rule("hm", "(h|noon|uh) moins le? quart", "(h|noon|uh) moins num(?!unit)", "(h|noon|uh) moins num unit")
def _minus(found: Found) -> Clock | None:
    if found.has("unit") and found.one("unit") != "minute":
        return None
    return _plus(as_clock(found.one("h", "noon", "uh")), -(found.one("num") or 15))


@STAGE.rule("hm", "(h|noon|uh) num(?=x)")
def _round_minutes(found: Found) -> Clock | None:
    """ "Vingt-deux heures trente un homme", but "4h deux hommes" is no minute."""
    minutes: int = found.one("num")
    fits = 10 <= minutes < 60 and minutes % 5 == 0
    return _plus(as_clock(found.one("h", "noon", "uh")), minutes) if fits else None


@STAGE.rule(
    "hm",
    "(h|noon) passe_de num unit",
    "(h|noon|uh) num unit",
    "(h|noon|uh) num(?!(month|h|unit|dab|slash|dash|x|a(?!(h|hm|noon|num|le))))",
    "(?<!entre)(h|uh) et num(?!(month|h|unit|dab|a|hmark|fois|x|num))",
)
def _and_minutes(found: Found) -> Clock | None:
    minutes: int = found.one("num")
    if not 0 < minutes < 60 or found.one("unit") not in (None, "minute"):
        return None
    return _plus(as_clock(found.one("h", "noon", "uh")), minutes)


@STAGE.rule("clock", "PLAIN pm", "hm pm_short", "num pm")
def _am_pm(found: Found) -> Clock | None:
    clock = of_number(found.one("num")) if found.has("num") else as_clock(found.one("h", "hm", "noon"))
    if clock is None or clock.minute >= 780 or clock.minute == 0:
        return None
    return in_part(clock, found.one("pm", "pm_short"))


@STAGE.rule(
    "clock", "PLAIN tot? (de|dans) le? part", "PLAIN tot part", "uh (de|dans) le? part", "num de le? part(?!de)"
)
def _of_part(found: Found) -> Clock | None:
    number = found.one("num")
    clock = of_number(number) if number is not None else as_clock(found.one("h", "hm", "noon", "uh"))
    return in_part(clock, found.one("part")) if clock and found.one("part") in _KNOWN else None


_KNOWN = ("matin", "aprem", "soir", "nuit")


@STAGE.rule(
    "clock",
    "(a|le|et)? (vers|entre_env) a? de? le? CLOCK",
    "CLOCK vers(?!le? CLOCK)",
    "CLOCK (ou|comma) vers(?!le? CLOCK)",
)
def _about(found: Found) -> Clock:
    return replace(as_clock(found.one("h", "hm", "noon", "sun", "clock")), approx=APPROX_MINUTES)


@STAGE.rule("clock", "vers le? num(?!(unit|x|money|month|num|h|fois|dow|dows))")
def _about_number(found: Found) -> Clock | None:
    clock = of_number(found.one("num"))
    return replace(clock, approx=APPROX_MINUTES) if clock and clock.minute else None


@STAGE.rule("clock", "(sur|dans) le CLOCK(?!next)", habit_only=True)
def _around(found: Found) -> Clock | None:
    """ "Sur les 18h", "dans les 20h"."""
    clock = as_clock(found.one("h", "hm", "noon", "sun", "clock"))
    fits = found.one("le") == "les" and found.one("dans") in (None, "dans", "ds")
    return replace(clock, approx=APPROX_MINUTES) if fits else None


@STAGE.rule("clock", "CLOCK pile")
def _sharp(found: Found) -> Clock:
    return replace(as_clock(found.pieces[0].value), approx=0)


@STAGE.rule("clock", "PLAIN", "uh", "sun")
def _plain(found: Found) -> Clock:
    return as_clock(found.pieces[0].value)
