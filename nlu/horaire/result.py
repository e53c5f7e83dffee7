"""What the parser gives back: one `Horaire` for each time expression found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

_LEAD = re.compile(
    r"(?:(?:à(?! partir)|a(?! partir)|au|aux|vers|dans|pendant|durant|surtout|le plus souvent|environ|sur)\s+)+",
    re.IGNORECASE,
)
Kind = Literal["point", "interval", "open", "recurrent", "since", "until"]


@dataclass(frozen=True, slots=True)
class EveryN:
    """One in every `n` units (day, week, month, year), counted from `anchor` (ISO date) when it is known."""

    n: int
    unit: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """`n` times per unit; n is None for "plusieurs fois"."""

    n: int | None
    per: str


@dataclass(frozen=True, slots=True)
class Horaire:
    """A time expression and its value.

    start, end: offsets in the text, end exclusive; text: what stands there.
    from_, to: ISO local times without zone. With a date where one was said or follows ("hier"); a bare clock time
    of a testimony stays a time ("18:00"). `to` is the end as stated for hours, the first instant after for days.
    grain: second, minute, hour, day, week, month, quarter, half, year. approx_minutes: doubt on each side.
    opening_hours: the schedule of a recurrent value, in OpenStreetMap's notation; None when only a frequency or an
    event was said; the words in quotes when only a rhythm was ("toutes les deux semaines").
    emphasis: the days or hours said to matter most, as an opening_hours selector.
    duration: ISO 8601. certain: nothing had to be supposed. ambiguous: what was, as short codes (see AMBIGUITIES).
    """

    start: int
    end: int
    text: str
    kind: Kind
    from_: str | None = None
    to: str | None = None
    grain: str | None = None
    approx_minutes: int | None = None
    opening_hours: str | None = None
    every_n: EveryN | None = None
    emphasis: str | None = None
    frequency: Frequency | None = None
    duration: str | None = None
    certain: bool = True
    ambiguous: tuple[str, ...] = ()

    @property
    def core(self) -> tuple[int, int]:
        """Offsets without the leading small words ("à", "vers", "dans", "pendant", "surtout"), as annotators cut."""
        lead = _LEAD.match(self.text)
        return self.start + (lead.end() if lead else 0), self.end

    def as_json(self) -> dict[str, Any]:
        """The span object of the `guichet horaire` protocol."""
        every, often = self.every_n, self.frequency
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "from": self.from_,
            "to": self.to,
            "grain": self.grain,
            "approx_minutes": self.approx_minutes,
            "opening_hours": self.opening_hours,
            "every_n": {"n": every.n, "unit": every.unit} if every else None,
            "emphasis": self.emphasis,
            "frequency": {"n": often.n, "per": often.per} if often else None,
            "duration": self.duration,
            "certain": self.certain,
        }


# Code to what the counter may ask. One question settles one code.
AMBIGUITIES = {
    "half_day": "matin ou soir ?",
    "past_or_future": "la dernière fois, ou la prochaine ?",
    "habit": "une fois, ou régulièrement ?",
    "week_parity": "quelle semaine ?",
    "school_zone": "quel département ?",
    "condition": "dans quels cas ?",
    "end": "jusqu'à quelle heure ?",
    "start": "à partir de quelle heure ?",
    "hours": "vers quelle heure ?",
}
