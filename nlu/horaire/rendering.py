"""A value said back in plain French: "tous les jours sauf le dimanche, de 18 h à 23 h".

What is said can be read again: parse(render(h)) gives the value of h (property: tests/nlu/horaire/test_rendering.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from .meaning import DAY_NAMES, MONTH_NAMES
from .result import EveryN, Frequency, Horaire

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_UNITS = {
    "day": ("jour", "jours"),
    "week": ("semaine", "semaines"),
    "month": ("mois", "mois"),
    "year": ("année", "années"),
}
_NUMBERS = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_NTH = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième", -1: "dernier"}
_SUN = {"sunset": "la tombée de la nuit", "sunrise": "le lever du jour"}
_EDGE = r"(?:\d\d:\d\d|sunset|sunrise)"
_SPAN = rf"{_EDGE}(?:\+|-(?:{_EDGE}|\(sunrise\+01:00\)))"
_MONTH_RANGE = r"[A-Z][a-z]{2}(?: \d\d)?-[A-Z][a-z]{2}(?: \d\d)?|(?:[A-Z][a-z]{2},)+[A-Z][a-z]{2}"
_RULE = re.compile(
    rf"(?P<since>\d{{4}} [A-Z][a-z]{{2}} \d\d\+ )?(?P<season>(?:{_MONTH_RANGE}) )?"
    r"(?P<days>(?:[A-Z][A-Za-z]+(?:-[A-Z][a-z])?(?:\[-?\d\])?(?: \d\d)?,?)+)?"
    rf"\s?(?P<hours>off|{_SPAN}(?:,{_SPAN})*)?$"
)
_SEASON_WORDS = {
    "Mar 20-Jun 20": "au printemps",
    "Jun 21-Sep 22": "en été",
    "Sep 23-Dec 20": "en automne",
    "Dec 21-Mar 19": "en hiver",
}


def render(horaire: Horaire) -> str:
    """The value in a French phrase without a capital or a full stop; the words written when it has no value."""
    if horaire.kind == "recurrent":
        return _recurrent(horaire) or horaire.text
    return _once(horaire) or horaire.text


def clock(text: str) -> str:
    """ "18:30" as "18 h 30"; midnight and noon by name."""
    hour, minute = int(text[:2]), int(text[3:5])
    if (hour, minute) in ((0, 0), (24, 0)):
        return "minuit"
    return f"{hour} h {minute:02}" if minute else f"{hour} h"


def day_of(at: datetime, *, article: bool = True) -> str:
    """ "le mardi 17 mars 2026"."""
    number = "1er" if at.day == 1 else str(at.day)
    text = f"{_DAYS[at.weekday()]} {number} {_MONTHS[at.month - 1]} {at.year}"
    return f"le {text}" if article else text


def listed(words: Sequence[str]) -> str:
    """ "a, b et c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


# --- what comes back ---------------------------------------------------------------------------------------------


def _recurrent(horaire: Horaire) -> str | None:
    said = _schedule(horaire) if horaire.opening_hours else []
    if said is None:
        return None
    if horaire.frequency:
        said = [_often(horaire.frequency), *said]
    elif horaire.every_n and not said:
        said = [_every(horaire.every_n.n, horaire.every_n.unit)]
    if horaire.emphasis and said:
        stressed = _days(horaire.emphasis) or _windows(horaire.emphasis, 0)
        said = [*said, f"surtout {stressed}"] if stressed else said
    return ", ".join(said) or None


def _often(frequency: Frequency) -> str:
    count = "plusieurs" if frequency.n is None else _number(frequency.n)
    return f"{count} fois par {_unit(frequency.per, 1)}"


def _every(n: int, unit: str) -> str:
    gender = "toutes" if unit in ("week", "year") else "tous"
    return f"{gender} les {_number(n) + ' ' if n > 1 else ''}{_unit(unit, 2)}"


def _unit(unit: str, count: int) -> str:
    if unit == "year" and count == 1:
        return "an"
    return _UNITS.get(unit, (unit, unit))[0 if count == 1 else 1]


def _number(n: int) -> str:
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else str(n)


def _schedule(horaire: Horaire) -> list[str] | None:
    """The phrases of an opening_hours string of our making; None when it is not one."""
    text = re.sub(r'\s*"[^"]*"', "", horaire.opening_hours or "")
    if not text:
        return []
    if text == "24/7":
        return ["jour et nuit"]
    if re.fullmatch(_MONTH_RANGE, text):
        return [_season(text)]
    rules = [_RULE.match(part) for part in text.split("; ")]
    if any(rule is None for rule in rules):
        return None
    found = [rule for rule in rules if rule]
    said = [_rule(rule, horaire) for rule in found if rule["hours"] != "off"]
    off = [phrase for rule in found if rule["hours"] == "off" if (phrase := _days(rule["days"] or ""))]
    if any(phrase is None for phrase in said) or not said:
        return None
    since = [f"depuis le {_since(rule['since'])}" for rule in found[:1] if rule["since"]]
    season = [_season(rule["season"].strip()) for rule in found[:1] if rule["season"]]
    main = [" et ".join(phrase for phrase in said if phrase)]
    return [*since, *season, *main, *(f"sauf {phrase}" for phrase in off)]


def _since(text: str) -> str:
    year, month, day = text.strip().rstrip("+").split()
    number = "1er" if int(day) == 1 else str(int(day))
    return f"{number} {_MONTHS[MONTH_NAMES.index(month)]} {year}"


def _season(text: str) -> str:
    if text in _SEASON_WORDS:
        return _SEASON_WORDS[text]
    months = [_MONTHS[MONTH_NAMES.index(name[:3])] for name in re.split("[,-]", text)]
    if "," in text:
        return f"en {listed(months)}"
    return f"{'d’' if months[0][0] in 'aoé' else 'de '}{months[0]} à {months[1]}"


def _rule(rule: re.Match[str], horaire: Horaire) -> str | None:
    days = _days(rule["days"], horaire) if rule["days"] else "tous les jours"
    if days is None:
        return None
    hours = _windows(rule["hours"], horaire.approx_minutes or 0) if rule["hours"] else ""
    return f"{days}, {hours}" if hours else days


def _days(selector: str, horaire: Horaire | None = None) -> str | None:
    """The words for a day selector."""
    nth = re.fullmatch(r"([A-Z][a-z])\[(-?\d)\]", selector)
    if nth:
        return f"le {_NTH[int(nth[2])]} {_DAYS[DAY_NAMES.index(nth[1])]} du mois"
    dates = re.findall(r"(?:Jan) (\d\d)", selector)
    if dates:
        return f"le {listed([str(int(day)) for day in dates])} de chaque mois"
    names = {"PH": "les jours fériés", "SH": "pendant les vacances scolaires"}
    parts = selector.split(",")
    extra = [names[part] for part in parts if part in names]
    days = _indices([part for part in parts if part not in names])
    if horaire and horaire.every_n and horaire.every_n.n > 1 and days:
        return _one_in(horaire.every_n, days)
    return listed([*([_weekdays(days)] if days else []), *extra]) if days or extra else None


def _one_in(every: EveryN, days: set[int]) -> str:
    """ "Un vendredi sur deux", "un jour sur deux"; several days share their weeks."""
    count = _number(every.n)
    if every.unit == "day":
        return f"un jour sur {count}"
    if days == {5, 6}:
        return f"un week-end sur {count}"
    if len(days) == 1:
        return f"un {_DAYS[min(days)]} sur {count}"
    return f"{_weekdays(days)}, une semaine sur {count}"


def _indices(parts: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for part in parts:
        first, _, last = part.partition("-")
        if first in DAY_NAMES and (not last or last in DAY_NAMES):
            start = DAY_NAMES.index(first)
            count = (DAY_NAMES.index(last or first) - start) % 7
            found |= {(start + step) % 7 for step in range(count + 1)}
    return found


def _weekdays(days: set[int]) -> str:
    if len(days) == 7:
        return "tous les jours"
    if len(days) == 6:
        return f"tous les jours sauf le {_DAYS[min(set(range(7)) - days)]}"
    starts = [day for day in days if (day - 1) % 7 not in days]
    if len(starts) == 1 and len(days) > 2:
        return f"du {_DAYS[starts[0]]} au {_DAYS[(starts[0] + len(days) - 1) % 7]}"
    return listed([f"le {_DAYS[day]}" for day in sorted(days)])


def _windows(text: str, approx: int) -> str:
    return listed([_window(part, approx) for part in text.split(",")])


def _window(text: str, approx: int) -> str:
    if text.endswith("+"):
        return f"à partir de {_bound(text[:-1])}"
    start, _, end = text.partition("-")
    if text == "00:00-24:00":
        return "toute la journée"
    if approx and start[0].isdigit() and end[0].isdigit():
        first, last = _minutes(start), _minutes(end)
        if (last - first) % 1440 == 2 * approx:
            middle = (first + approx) % 1440
            return f"vers {clock(f'{middle // 60:02}:{middle % 60:02}')}"
    return f"de {_bound(start)} à {_bound(end)}"


def _bound(text: str) -> str:
    return clock(text) if text[0].isdigit() else _SUN.get(text, text)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


# --- what happens once -------------------------------------------------------------------------------------------


def _once(horaire: Horaire) -> str | None:
    start, end = _read(horaire.from_), _read(horaire.to)
    about = bool(horaire.approx_minutes)
    if horaire.kind == "point" and start:
        return _point(start, horaire.grain, about)
    if horaire.kind == "interval" and start and end:
        return _interval(start, end, horaire.grain)
    if horaire.kind in ("since", "open") and start:
        return _opened(start, horaire.grain, "depuis" if horaire.kind == "since" else "à partir de")
    if end:
        return f"jusqu'à {_clock_of(end)}" if isinstance(end, str) else f"jusqu'au {_day_and_time(end, horaire.grain)}"
    return None


def _read(text: str | None) -> datetime | str | None:
    return datetime.fromisoformat(text) if text and "-" in text else text


def _clock_of(at: datetime | str) -> str:
    return clock(at if isinstance(at, str) else f"{at:%H:%M}")


def _point(start: datetime | str, grain: str | None, about: bool) -> str:
    joint = "vers" if about else "à"
    if isinstance(start, str):
        return f"{joint} {_clock_of(start)}"
    periods = {"week": f"la semaine du {day_of(start, article=False)}", "year": f"en {start.year}"}
    if grain in periods:
        return periods[grain]
    if grain == "month":
        return f"en {_MONTHS[start.month - 1]} {start.year}"
    return day_of(start) if grain == "day" else f"{day_of(start)} {joint} {_clock_of(start)}"


def _interval(start: datetime | str, end: datetime | str, grain: str | None) -> str:
    if isinstance(start, str) or isinstance(end, str):
        return f"de {_clock_of(start)} à {_clock_of(end)}"
    if grain in ("second", "minute", "hour"):
        if end - start <= timedelta(days=1):
            return f"{day_of(start)} de {_clock_of(start)} à {_clock_of(end)}"
        return f"du {_day_and_time(start, grain)} au {_day_and_time(end, grain)}"
    last = end - timedelta(days=1)
    return f"du {day_of(start, article=False)} au {day_of(last, article=False)}"


def _opened(start: datetime | str, grain: str | None, words: str) -> str:
    if isinstance(start, str):
        return f"{words} {_clock_of(start)}"
    return f"{'depuis le' if words == 'depuis' else 'à partir du'} {_day_and_time(start, grain)}"


def _day_and_time(at: datetime, grain: str | None) -> str:
    day = day_of(at, article=False)
    return f"{day} à {_clock_of(at)}" if grain in ("second", "minute", "hour") else day
