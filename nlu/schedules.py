"""Times of a message, from the schedule parser to the counter's Schedule. Places are masked first."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.schedule import DAYS, OSM_DAYS, Schedule
from nlu.horaire import Horaire, parse, render
from nlu.moments import find_events, is_vague, merged, trimmed
from nlu.spelling import with_times
from nlu.wording import Wording

Span = tuple[int, int]

ZONE = ZoneInfo("Europe/Paris")
"""Where the facts happen; Belgium and France share their clock."""

_RULE_DAYS = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b(?:\s*-\s*(Mo|Tu|We|Th|Fr|Sa|Su)\b)?")
_RULE_HOURS = re.compile(r"(\d\d:\d\d)(?:-(\d\d:\d\d)|\+)?")
_NAMES = {osm: day for day, osm in OSM_DAYS.items()}


def read_times(
    wording: Wording, masked: Sequence[Span], at: datetime, *, asked: bool, departement: str | None = None
) -> list[tuple[int, int, Schedule]]:
    """Every time of a message as the guide draws it: (start, end, value), in order.

    asked: the time was just asked for, so that "la nuit" or "quand il pleut" is an answer. departement: where it
    happens, if told, for the dates of school holidays.
    """
    parsed = spelt_schedules(wording, masked, at, departement)
    ranges: list[tuple[int, int]] = []
    for (start, end), _ in parsed:
        words = wording.covered(start, end)
        if words and (asked or not is_vague(wording, words.start, words.stop)):
            ranges.append(trimmed(wording, words.start, words.stop))
    found = []
    for first, after in merged(wording, [*ranges, *find_events(wording, asked=asked)]):
        start, end = wording.span(first, after)
        inside = [schedule for (a, b), schedule in parsed if a < end and start < b]
        text = wording.original[start:end]
        found.append((start, end, replace(inside[0], text=text) if inside else _by_event(text)))
    return found


def _by_event(text: str) -> Schedule:
    """A time that only an event tells ("apres la messe"): kept as said."""
    return Schedule(text=text, kind="recurrent", certain=False, ambiguous=("hours",))


def spelt_schedules(
    wording: Wording, masked: Sequence[Span], at: datetime, departement: str | None = None
) -> list[tuple[Span, Schedule]]:
    """The times of the message as it should have been spelt, at the offsets of the message as it was."""
    text, places = with_times(wording)
    if text == wording.original:
        return find_schedules(text, masked, at, departement)
    moved = [(bisect_left(places, start), bisect_left(places, end)) for start, end in masked]
    found = find_schedules(text, moved, at, departement)
    return [
        ((places[start], places[end - 1] + 1 if end < len(places) else places[-1]), value)
        for (start, end), value in found
    ]


def find_schedules(
    text: str, masked: Sequence[Span], at: datetime, departement: str | None = None
) -> list[tuple[Span, Schedule]]:
    """Every time expression outside the masked spans, with its value, in order."""
    reference = at.astimezone(ZONE).replace(tzinfo=None) if at.tzinfo else at
    try:
        found = parse(text, reference=reference, masked=list(masked), departement=departement)
    except (ValueError, OverflowError):  # a date outside the calendar: no time rather than no reading
        return []
    return [((horaire.start, horaire.end), to_schedule(horaire)) for horaire in found]


def to_schedule(horaire: Horaire) -> Schedule:
    """The counter's form of a parsed time."""
    starts, ends = _dated(horaire.from_), _dated(horaire.to)
    return Schedule(
        text=horaire.text,
        kind=horaire.kind,
        words=_words(horaire),
        starts=starts,
        ends=ends,
        grain=horaire.grain or "",
        days=_days(horaire.opening_hours or ""),
        clock=_clock(horaire),
        opening_hours=horaire.opening_hours,
        approx_minutes=horaire.approx_minutes,
        frequency=_frequency(horaire),
        certain=horaire.certain,
        ambiguous=horaire.ambiguous,
    )


def _words(horaire: Horaire) -> str:
    try:
        words = render(horaire)
    except ValueError:  # a value that has no words yet is shown as it was written
        return ""
    return "" if words == horaire.text else words


def _dated(moment: str | None) -> str | None:
    return moment if moment and "-" in moment else None


def _days(opening_hours: str) -> tuple[str, ...]:
    """The days that a one-rule schedule names, () when it names none or is more than weekdays."""
    rules = [rule for rule in opening_hours.split(";") if not rule.rstrip().endswith("off")]
    named: set[str] = set()
    for first, last in _RULE_DAYS.findall(" ".join(rules)):
        start = DAYS.index(_NAMES[first])
        count = (DAYS.index(_NAMES[last or first]) - start) % 7
        named.update(DAYS[(start + step) % 7] for step in range(count + 1))
    for rule in set(opening_hours.split(";")) - set(rules):
        named -= {_NAMES[day] for day, _ in _RULE_DAYS.findall(rule)}
    return tuple(day for day in DAYS if day in named)


def _clock(horaire: Horaire) -> tuple[str, str] | None:
    if horaire.opening_hours:
        hours = _RULE_HOURS.search(horaire.opening_hours)
        return (hours[1], hours[2] or "") if hours else None
    start, end = (_hours(moment) for moment in (horaire.from_, horaire.to))
    return (start, end) if start else None


def _hours(moment: str | None) -> str:
    """The clock part of a bare time; "" for a date."""
    bare = re.fullmatch(r"(\d\d:\d\d)(?::\d\d)?", moment or "")
    return bare[1] if bare else ""


def _frequency(horaire: Horaire) -> str | None:
    if horaire.frequency:
        return f"{horaire.frequency.n or 'plusieurs'}/{horaire.frequency.per}"
    if horaire.every_n:
        return f"1/{horaire.every_n.n} {horaire.every_n.unit}"
    return None
