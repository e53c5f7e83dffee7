"""When it happens, as the counter keeps it. Parsing lives in nlu/horaire; here it is only kept and refined."""

import re
from dataclasses import dataclass, replace
from datetime import date

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
OSM_DAYS = dict(zip(DAYS, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))


@dataclass(frozen=True, slots=True)
class Schedule:
    """One time expression, resolved.

    text: as the citizen wrote it. words: the same said back in plain French, "" when nothing better than `text`.
    kind: point, interval, open, recurrent, since or until (see docs/horaire.md).
    starts, ends: ISO local date-times for dated kinds. days: of `DAYS`, for recurrent ones, () when left open.
    clock: (from, to) as "HH:MM"; `to` empty for an open or single time. opening_hours: OpenStreetMap syntax.
    ambiguous: what one more question would settle, e.g. ("am_pm",).
    """

    text: str
    kind: str
    words: str = ""
    starts: str | None = None
    ends: str | None = None
    grain: str = ""
    days: tuple[str, ...] = ()
    clock: tuple[str, str] | None = None
    opening_hours: str | None = None
    approx_minutes: int | None = None
    frequency: str | None = None
    certain: bool = True
    ambiguous: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if unknown := set(self.days) - set(DAYS):
            raise ValueError(f"days expected among {DAYS}, got {sorted(unknown)}")

    @property
    def is_only_a_clock_time(self) -> bool:
        """Whether it names hours but no day and no date ("vers 7h10", "le matin")."""
        names_days = bool(self.days) and (self.days != DAYS or says_every_day(self.text))
        return self.clock is not None and not names_days and not self._is_dated

    @property
    def _is_dated(self) -> bool:
        return self.kind in ("since", "until") or (self.kind != "recurrent" and self.grain in _DATED)

    def refined_by(self, newer: "Schedule") -> "Schedule":
        """This schedule with the hours of `newer`: a citizen who corrects "7h10" has not taken back "en semaine"."""
        if newer._is_only_days:
            return self._on_the_days_of(newer)
        if not newer.is_only_a_clock_time:
            return newer
        if not self.days:
            return self._at_the_hours_of(newer)
        days = "" if self.days == DAYS and not says_every_day(self.text) else f"{_days_in_french(self.days)}, "
        besides = self._besides_hours(newer)
        text = f"{besides}, {newer.text}" if besides else f"{days}{newer.text}"
        is_settled = "half_day" in newer.ambiguous and bool(_AFTER_NOON.search(besides.casefold()))
        start, end = newer.clock or ("", "")
        clock = (_after_noon(start) or "", _after_noon(end) or "") if is_settled else (start, end)
        return replace(
            newer,
            text=text,
            words=text,
            kind="recurrent",
            days=self.days,
            clock=clock,
            starts=None,
            ends=None,
            opening_hours=_opening_hours(self.days, clock),
            ambiguous=() if is_settled else newer.ambiguous,
        )

    def _besides_hours(self, newer: "Schedule") -> str:
        """What was said besides the hours that `newer` puts right ("tous les soirs"), "" where both do not agree."""
        said = _HOURS_SAID.sub("", self.text).strip(" ,")
        hour = int((newer.clock or ("0", ""))[0][:2])
        in_half = "half_day" in newer.ambiguous or not _AFTER_NOON.search(said.casefold()) or hour >= _NOON
        goes = in_half and not (_MORNING_SAID.search(said.casefold()) and hour > _NOON)
        return said if goes and _HOURS_SAID.search(newer.text) and not _DANGLES.search(said) else ""

    @property
    def _is_only_days(self) -> bool:
        """Whether it names days or one date but no hours ("le jeudi", "mercredi")."""
        is_date = self.kind == "point" and self.grain == "day" and self.starts is not None
        is_weekly = bool(self.days) and self.days != DAYS
        return self.clock is None and (is_weekly or is_date) and not _HOURS_SAID.search(self.text)

    def _on_the_days_of(self, newer: "Schedule") -> "Schedule":
        """The same hours on other days: "le mardi à 6h", then "le jeudi" is "le jeudi à 6h"."""
        hours_said = " ".join(_DAYS_SAID.sub(" ", self.text).split()).strip(" ,")
        clock = self.clock or ((self.starts[11:16], "") if self.starts and self.grain in ("hour", "minute") else None)
        is_whole = _IS_HOURS.match(hours_said.casefold()) and not _DANGLES.search(hours_said)
        if not is_whole or self.kind in ("since", "until"):
            return newer
        days_said = _days_in_french(newer.days) if newer.days and " pas " in newer.text else newer.text
        text = f"{days_said} {hours_said}"
        starts = f"{newer.starts[:10]}T{clock[0]}:00" if newer.starts and clock else newer.starts
        hours = _opening_hours(newer.days, clock) if newer.days and clock else newer.opening_hours
        return replace(
            newer, text=text, words="", starts=starts, clock=clock if newer.days else None, opening_hours=hours,
            grain=self.grain if newer.starts else newer.grain, approx_minutes=self.approx_minutes,
        )  # fmt: skip

    def without(self, gone: tuple[str, ...]) -> "Schedule":
        """This schedule on its other days: "tous les soirs, sauf le lundi", "le lundi et jeudi soir"."""
        left = tuple(day for day in self.days if day not in gone)
        exceptions = f"{self.text}, sauf {_days_in_french(gone)}"
        hours = _opening_hours(left, self.clock) if self.clock else ",".join(OSM_DAYS[day] for day in left)
        fewer = replace(self, days=left, words="", opening_hours=hours)
        if len(left) > _MOST_NAMED:
            return replace(fewer, text=exceptions)
        return self._on_the_days_of(replace(fewer, text=_days_in_french(left), clock=None))

    def _at_the_hours_of(self, newer: "Schedule") -> "Schedule":
        """The same date at other hours: "mardi soir vers 20h", then "21h" is "mardi soir, 21h"."""
        date_said = _HOURS_SAID.sub("", self.text).strip(" ,")
        if self.starts is None or newer.clock is None or not date_said or self.kind in ("since", "until"):
            return newer
        half = "pm" if "half_day" in newer.ambiguous and _AFTER_NOON.search(date_said.casefold()) else "am"
        start = f"{self.starts[:10]}T{newer.clock[0]}:00"
        text = f"{date_said}, {newer.text}"
        return replace(
            self,
            text=text,
            words=text,
            starts=_after_noon(start) if half == "pm" else start,
            ends=None,
            grain=newer.grain,
            approx_minutes=newer.approx_minutes,
        )

    def in_half(self, half: str) -> "Schedule":
        """This schedule with its hours before noon read as of that half of the day, "am" or "pm"."""
        turned = self if half == "am" else replace(
            self,
            starts=_after_noon(self.starts),
            ends=_after_noon(self.ends),
            clock=(_after_noon(self.clock[0]) or "", _after_noon(self.clock[1]) or "") if self.clock else None,
            opening_hours=_after_noon(self.opening_hours),
        )  # fmt: skip
        return turned._settled(_said_of(turned._first_hour, half))

    def once(self) -> "Schedule":
        """This schedule, sure to be of one day only."""
        return self._settled("une seule fois", comma=True)

    def weekly(self) -> "Schedule":
        """This dated schedule as one that comes back every week, on the same day at the same hours."""
        if self.starts is None or (self.days and self.kind == "recurrent"):
            return self._settled("chaque semaine", comma=True)
        start, end = self.starts[11:16], (self.ends or "")[11:16]
        days = (DAYS[date.fromisoformat(self.starts[:10]).weekday()],)
        clock = (start, end) if start else self.clock
        return replace(
            self,
            kind="recurrent",
            days=days,
            clock=clock,
            starts=None,
            ends=None,
            grain="",
            opening_hours=_opening_hours(days, clock) if clock else OSM_DAYS[days[0]],
        )._settled("chaque semaine", comma=True)

    @property
    def _first_hour(self) -> int:
        moments = (*(self.clock or ()), self.starts or "", self.opening_hours or "")
        return next((int(found[1]) for moment in moments if (found := _CLOCK.search(moment))), 0)

    def _settled(self, words: str, *, comma: bool = False) -> "Schedule":
        text = f"{self.text}{',' * comma} {words}"
        return replace(self, text=text, words="", certain=True, ambiguous=())


def says_every_day(text: str) -> bool:
    """Whether days are named as all of them ("tous les soirs"), not only meant ("le soir vers 20h")."""
    return bool(_EVERY.search(text.casefold()))


_EVERY = re.compile(r"\b(?:tous|toute|toutes|tt|tts|ts|ttes|chaque|quotidien\w*|journalier\w*|jours?|7)\b")
_HOURS_SAID = re.compile(r"(?:\b(?:vers|à|a|dès|de|entre|et|jusqu'à)\s+)*\d{1,2}\s*(?:h|heures?\b|:)\s*(?:\d\d)?", re.I)
_DAY_NAMES = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_DAYS_SAID = re.compile(
    r"(?<!\w)(?:(?:tous|toutes|chaque|le|les|du|au|et|en|ce|cette|,)\s*)*"
    rf"(?:(?:{_DAY_NAMES})s?|hier|demain|aujourd'hui|semaine|week-?ends?|jours?|derni[eè]re?|prochaine?"
    r"|\d{1,2}\s+(?:janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre))"
    r"(?!\w)",
    re.I,
)
_IS_HOURS = re.compile(
    r"(?:surtout )?(?:le |la |l'|dans |en |au |d[eè]s |vers |[aà] |de |entre |apr[eè]s |avant |pendant |fin de )*"
    r"(?:\d|matin|midi|apr[eè]s|aprem|soir|nuit|tard|t[oô]t|minuit|l'|la |le )[^,;]*$"
)
_DANGLES = re.compile(r"\b(?:de|d|du|à|au|et|entre)(?:\s+(?:à|au|et)\b|$)", re.I)
"""What is left of "la nuit de jeudi à vendredi" without its days."""
_MORNING_SAID = re.compile(r"\bmatins?\b|\bmatinée\b")
_MOST_NAMED = 4
"""More days than this are said as "all but"."""
_AFTER_NOON = re.compile(r"\b(?:soirs?|soirée|aprem|apr[eè]s[ -]midi)\b")
_CLOCK = re.compile(r"(?<!\d)([01]\d|2[0-4]):(\d\d)")
_MORNING = re.compile(r"(?<![\d+:])(0\d|1[01]):(?=\d\d)")


def _after_noon(moments: str | None) -> str | None:
    return moments and _MORNING.sub(lambda found: f"{int(found[1]) + 12:02}:", moments)


def _said_of(hour: int, half: str) -> str:
    if half == "am":
        return "du matin"
    return "de l'après-midi" if hour < _EVENING else "du soir"


_NOON = 12
_EVENING = 18
_DATED = ("day", "week", "month", "year", "quarter")
FRENCH_DAYS = dict(zip(DAYS, ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), strict=True))
_WHOLE = {DAYS: "tous les jours", DAYS[:5]: "en semaine", DAYS[5:]: "le week-end"}


def _days_in_french(days: tuple[str, ...]) -> str:
    ordered = tuple(day for day in DAYS if day in days)
    return _WHOLE.get(ordered) or "le " + ", le ".join(FRENCH_DAYS[day] for day in ordered)


def _opening_hours(days: tuple[str, ...], clock: tuple[str, str]) -> str:
    named = ",".join(OSM_DAYS[day] for day in DAYS if day in days)
    start, end = clock
    return f"{named} {start}-{end}" if end else f"{named} {start}+"
