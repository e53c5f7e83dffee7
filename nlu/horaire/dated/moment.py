"""Where the reader stands, and what is found on a calendar: the values that every dated thing shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from ..calendar_days import floor, shift
from ..conventions import Convention

Lean = Literal["nearest", "past", "future"]


@dataclass(frozen=True, slots=True)
class Moment:
    """The reference time (naive, local), the lean of bare expressions, and the conventions in force."""

    now: datetime
    lean: Lean
    convention: Convention
    future_said: bool = False
    tense_said: bool = True
    zone: str = "Europe/Paris"

    def today(self) -> datetime:
        """Midnight of the reference day."""
        return floor(self.now, "day")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to just before `end`; `grain` is the unit that was said. point: one unit of its grain."""

    start: datetime
    end: datetime
    grain: str
    point: bool = True


class Dated(Protocol):
    """Something that can be found on a calendar."""

    def resolve(self, moment: Moment) -> Stretch | None:
        """Where it is; None when there is no such day."""
        ...


def unit_at(at: datetime, unit: str, count: int = 1) -> Stretch:
    """The `count` whole units that begin with the one holding `at`."""
    start = floor(at, unit)
    return Stretch(start, shift(start, unit, count), unit, count == 1)


def choose(options: Iterable[Stretch | None], moment: Moment) -> Stretch | None:
    """The option that the lean prefers: the next one not over, the last one begun, or the nearest."""
    found = [option for option in options if option is not None]
    if not found:
        return None
    if moment.lean == "future":
        return next((o for o in found if o.end > moment.now), found[-1])
    if moment.lean == "past":
        return next((o for o in reversed(found) if o.start <= moment.now), found[0])
    return min(found, key=lambda o: abs(o.start - moment.today()))
