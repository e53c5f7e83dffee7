"""Dated things ("hier", "le 14 mars", "la semaine dernière"): each knows how to find itself on a calendar.

A `Moment` is where the reader stands: the reference time, and whether a bare expression leans to the past or the
future. A `Stretch` is what was found: the first instant, the first instant after, and the grain said.
"""

from .days import Away, Feast, InWeeks, Leaning, Near, NightOf, Now, OnDate, PartOn, Shortly, Weekday
from .moment import Dated, Lean, Moment, Stretch
from .periods import Rolling, SeasonOf, Slice, TurnedMonth, Weekend, WeekendOf, WorkWeek, Years
from .within import DateRange, Nth, Side, UpTo, WeekOf, Within

__all__ = [
    "Away",
    "DateRange",
    "Dated",
    "Feast",
    "InWeeks",
    "Lean",
    "Leaning",
    "Moment",
    "Near",
    "NightOf",
    "Now",
    "Nth",
    "OnDate",
    "PartOn",
    "Rolling",
    "SeasonOf",
    "Shortly",
    "Side",
    "Slice",
    "Stretch",
    "TurnedMonth",
    "UpTo",
    "WeekOf",
    "Weekday",
    "Weekend",
    "WeekendOf",
    "Within",
    "WorkWeek",
    "Years",
]
