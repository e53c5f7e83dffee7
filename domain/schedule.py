"""When it happens, as the counter keeps it. Parsing lives in nlu/horaire; here it is only kept and refined."""

from dataclasses import dataclass, replace

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
        """Whether it names hours but no day and no date ("vers 7h10")."""
        return self.clock is not None and not self.days and not self._is_dated

    @property
    def _is_dated(self) -> bool:
        return self.kind in ("since", "until") or (self.kind != "recurrent" and self.grain in _DATED)

    def refined_by(self, newer: "Schedule") -> "Schedule":
        """This schedule with the hours of `newer`: a citizen who corrects "7h10" has not taken back "en semaine"."""
        if not (newer.is_only_a_clock_time and self.days):
            return newer
        text = f"{_days_in_french(self.days)}, {newer.text}"
        return replace(
            newer,
            text=text,
            words=text,
            kind="recurrent",
            days=self.days,
            starts=None,
            ends=None,
            opening_hours=_opening_hours(self.days, newer.clock or ("", "")),
        )


_DATED = ("day", "week", "month", "year", "quarter")
_FRENCH_DAYS = dict(zip(DAYS, ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), strict=True))
_WHOLE = {DAYS: "tous les jours", DAYS[:5]: "en semaine", DAYS[5:]: "le week-end"}


def _days_in_french(days: tuple[str, ...]) -> str:
    ordered = tuple(day for day in DAYS if day in days)
    return _WHOLE.get(ordered) or "le " + ", le ".join(_FRENCH_DAYS[day] for day in ordered)


def _opening_hours(days: tuple[str, ...], clock: tuple[str, str]) -> str:
    named = ",".join(OSM_DAYS[day] for day in DAYS if day in days)
    start, end = clock
    return f"{named} {start}-{end}" if end else f"{named} {start}+"
