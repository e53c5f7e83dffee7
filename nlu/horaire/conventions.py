"""When a part of the day begins and ends: it is a convention, so it is a table.

Two conventions live side by side. *Testimony* is the house's: what a witness means ("le soir" is 18 to 23, and
comes back every day). *Appointment* is that of calendars and reminders, taken when the caller states a
preference for the past or the future: "le soir" is tonight, until midnight (source: the French corpus of
Duckling, whose values other tools share).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Window = tuple[int, int]  # minutes of the day; past 1440 it is the next day


@dataclass(frozen=True, slots=True)
class Convention:
    """Windows by (part, edge), the week-end as (minute of Friday.., ..), and who habit words speak of.

    habits: "le soir" comes back every day (testimony) instead of being tonight (appointment).
    """

    windows: Mapping[tuple[str, str | None], Window]
    weekend_starts: int
    habits: bool

    def window(self, part: str, edge: str | None) -> Window:
        """The window of a part of the day; an edge that has no window of its own is the whole part."""
        return self.windows.get((part, edge)) or self.windows[part, None]


def _windows(rows: dict[str, dict[str | None, tuple[float, float]]]) -> dict[tuple[str, str | None], Window]:
    return {
        (part, edge): (round(start * 60), round(end * 60))
        for part, edges in rows.items()
        for edge, (start, end) in edges.items()
    }


_SHARED: dict[str, dict[str | None, tuple[float, float]]] = {
    "dejeuner": {None: (12, 14), "before": (10, 12), "after": (13, 17)},
    "petit_dej": {None: (7, 9), "before": (5, 7), "after": (8, 12)},
    "diner": {None: (19, 21), "before": (17, 19), "after": (20, 23)},
    "travail": {None: (9, 17), "before": (6, 9), "after": (17, 21)},
    "gouter": {None: (16, 17), "after": (17, 19), "before": (14, 16)},
    "aurore": {None: (4, 8)},
    "matin_soir": {None: (6, 23)},
}
TESTIMONY = Convention(
    _windows(
        _SHARED
        | {
            "matin": {None: (6, 12), "dawn": (5, 7), "early": (6, 8), "middle": (9, 11), "late": (10, 12)},
            "midi_part": {None: (11.5, 12.5)},
            "aprem": {None: (12, 18), "early": (12, 14), "middle": (14, 16), "late": (16, 18)},
            "soir": {None: (18, 23), "early": (18, 20), "middle": (19, 21), "late": (21, 23)},
            "nuit": {None: (22, 30), "early": (22, 24), "middle": (26, 28), "late": (23, 28)},
            "journee": {None: (8, 18), "early": (6, 10), "middle": (11, 16), "late": (17, 20), "whole": (0, 24)},
        }
    ),
    weekend_starts=0,
    habits=True,
)
APPOINTMENT = Convention(
    _windows(
        _SHARED
        | {
            "matin": {None: (4, 12), "dawn": (4, 8), "early": (7, 9), "middle": (9, 11), "late": (10, 12)},
            "midi_part": {None: (12, 14)},
            "aprem": {None: (12, 19), "early": (12, 14), "middle": (14, 17), "late": (17, 19)},
            "soir": {None: (18, 24), "early": (18, 21), "middle": (19, 22), "late": (21, 24)},
            "nuit": {None: (20, 24), "early": (20, 22), "middle": (26, 28), "late": (22, 24)},
            "journee": {None: (0, 24), "early": (6, 10), "middle": (11, 16), "late": (17, 21), "whole": (0, 24)},
        }
    ),
    weekend_starts=-360,
    habits=False,
)
# First day of each season and first day after it (month, day), the astronomical ones of most years.
SEASON_DATES = {
    "spring": ((3, 20), (6, 21)),
    "summer": ((6, 21), (9, 23)),
    "autumn": ((9, 23), (12, 21)),
    "winter": ((12, 21), (3, 20)),
}
# As opening_hours says them: the last day is inside.
SEASON_SELECTORS = {
    "spring": "Mar 20-Jun 20",
    "summer": "Jun 21-Sep 22",
    "autumn": "Sep 23-Dec 20",
    "winter": "Dec 21-Mar 19",
}
APPROX_MINUTES = 30
# Where nothing better is known: hours around the setting and the rising of the sun.
SUN_WINDOWS = {"sunset": (19 * 60, 22 * 60), "sunrise": (4 * 60, 8 * 60)}
