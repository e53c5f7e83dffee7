"""The pipeline: fold, lex, hide what is no time, run the grammars, cut into expressions, give each its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from .conventions import APPOINTMENT, TESTIMONY
from .dated import Lean, Moment
from .engine import run
from .folding import Folded, fold
from .grammar import STAGES
from .habits import DATED, HOURS, comes_back
from .lexing import lex
from .masking import hide, not_times
from .once import Said, said_once
from .phrases import Item, Run, runs
from .recurrences import Recurrence, recurrence
from .result import EveryN, Horaire, Kind
from .school import with_dates
from .tense import speaks_of_future, speaks_of_past

MAX_LENGTH = 4096
MAX_FOUND = 40
Prefer = Literal["nearest", "past", "future"]
# Doubts that a good answer keeps: the value itself is as it was said.
_HARMLESS = frozenset({"week_parity", "school_zone"})


def parse(
    text: str,
    *,
    reference: datetime,
    zone: str = "Europe/Paris",
    prefer: Prefer | None = None,
    masked: Sequence[tuple[int, int]] = (),
    departement: str | None = None,
) -> tuple[Horaire, ...]:
    """The time expressions of a French text, in order, none overlapping.

    reference: when it was written; an aware time is brought to `zone`, a naive one is local already.
    prefer: None reads testimony (habits recur, tense decides between past and future); otherwise appointments
    are read, a bare expression being the nearest, the last or the next such time.
    masked: stretches of the text, (start, end), where no time is to be read: places found by others.
    departement: French département code, which turns school holidays into dates. Text past 4,096 characters is
    not read, nor is anything past the 40th expression.
    """
    folded = fold(text[:MAX_LENGTH])
    now = reference.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if reference.tzinfo else reference
    pieces = hide(lex(folded), [*not_times(folded), *_folded(folded, masked)])
    reader = _Reader(folded, now.replace(microsecond=0), zone, prefer, departement)
    found = (one for part in runs(run(STAGES, pieces, bare=prefer is not None)) for one in reader.read(part))
    return reader.with_events(list(islice(found, MAX_FOUND)))


def _folded(folded: Folded, masked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets of the written text as offsets of the folded one."""
    if folded.places is None:
        return list(masked)
    back = {place: index for index, place in enumerate(folded.places)}
    return [(back.get(start, start), back.get(end, end)) for start, end in masked]


# "Depuis qu'on a changé de gardien": known to have begun, nobody knows when. Ends before the main clause.
_SINCE_EVENT = re.compile(
    r"\bdepuis qu(?:e |'| )(?:(?! (?:c'est|c est|ils|il y a|ya|y a|ca|on voit|elles) )[\w' -]){3,60}"
    r"(?=[,;.:!?\n]|$| (?:c'est|c est|ils|il y a|ya|y a|ca|on voit|elles) )"
)
# "Sauf quand il pleut": part of the words, beyond any schedule.
_CONDITION = re.compile(r",? (?:sauf|excepte|surtout|mais pas) (?:quand|lorsqu'?e?|s'|si)[ ']?(?:[\w'-]+ ?){1,2}(?<! )")
_STOPS = ".!?\n"
_BREATH = 200


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the runs of one text."""

    folded: Folded
    now: datetime
    zone: str
    prefer: Lean | None
    departement: str | None

    def read(self, part: Run) -> Iterator[Horaire]:
        """The expressions of a run: one schedule, or its dated parts one by one."""
        moment = self._moment(part)
        if not comes_back(part.items, moment, part.habitual):
            yield from self._once(part.items, moment)
            return
        for items in _split(part.items):
            if comes_back(items, moment, part.habitual):
                yield from self._recurrent(items, part, moment)
            else:
                yield from self._once(items, moment)

    def with_events(self, found: list[Horaire]) -> tuple[Horaire, ...]:
        """The expressions, with those that only name an event of unknown date ("depuis qu'il fait beau")."""
        for match in _SINCE_EVENT.finditer(self.folded.text) if self.prefer is None else ():
            start, end = self._places(*match.span())
            if any(start < one.end and one.start < end for one in found):
                continue
            following = next((one for one in found if one.kind == "recurrent" and 0 <= one.start - end <= 2), None)
            if following:
                found[found.index(following)] = self._since_then(following, start)
            else:
                words = self.folded.written[start:end]
                found.append(Horaire(start, end, words, "since", certain=False, ambiguous=("start",)))
        return _apart(sorted(found, key=lambda one: one.start))

    def _since_then(self, schedule: Horaire, start: int) -> Horaire:
        """A schedule that the event before it opens."""
        words = self.folded.written[start : schedule.end]
        return replace(schedule, start=start, text=words, certain=False, ambiguous=(*schedule.ambiguous, "start"))

    def _moment(self, part: Run) -> Moment:
        if self.prefer is not None:
            return Moment(self.now, self.prefer, APPOINTMENT, zone=self.zone)
        sentence = self._sentence(part)
        ahead = speaks_of_future(sentence)
        lean: Lean = "future" if ahead else "past"
        return Moment(self.now, lean, TESTIMONY, ahead, ahead or speaks_of_past(sentence), self.zone)

    def _sentence(self, part: Run) -> str:
        """The sentence around a run; no more than what a breath holds on each side."""
        text = self.folded.text
        low, high = max(part.start - _BREATH, 0), min(part.end + _BREATH, len(text))
        first = max(text.rfind(stop, low, part.start) for stop in _STOPS)
        lasts = [place for stop in _STOPS if (place := text.find(stop, part.end, high)) >= 0]
        return text[max(first + 1, low) : min(lasts, default=high)]

    def _once(self, items: Sequence[Item], moment: Moment) -> Iterator[Horaire]:
        for said in said_once(items, moment):
            if not (self.prefer is None and said.vague and 2 * (said.end - said.start) < len(self.folded.text)):
                yield self._of_said(said)

    def _of_said(self, said: Said) -> Horaire:
        value = said.value
        start, end = self._places(said.start, said.end)
        kind: Kind = value.kind
        return Horaire(
            start,
            end,
            self.folded.written[start:end],
            kind,
            _iso(value.start),
            _iso(value.end),
            value.grain,
            value.approx or None,
            certain=not value.ambiguous,
            ambiguous=value.ambiguous,
        )

    def _recurrent(self, items: list[Item], part: Run, moment: Moment) -> Iterator[Horaire]:
        items = _negated(_without_echo(items), self.folded.text)
        built = recurrence(items, moment)
        if built is None:
            return
        first = part.start if items[0] is part.items[0] else items[0].start
        if items[0].kind == "since" and items[0].mark_start is not None:
            first = items[0].mark_start
        condition = _CONDITION.match(self.folded.text, items[-1].end)
        doubts = (*built.doubts, "condition") if condition else built.doubts
        start, end = self._places(first, condition.end() if condition else items[-1].end)
        yield self._of_built(built, start, end, doubts)

    def _of_built(self, built: Recurrence, start: int, end: int, doubts: tuple[str, ...]) -> Horaire:
        expression = built.opening_hours
        if expression and "SH" in expression:
            dated = with_dates(expression, self.departement, self.now) if self.departement else None
            expression, doubts = (dated, doubts) if dated else (expression, (*doubts, "school_zone"))
        every, words = built.every, self.folded.written[start:end]
        if every and expression is None:  # a rhythm of no known day: all that opening_hours can do is quote it
            expression = f'"{words.replace(chr(34), "")}"'
        return Horaire(
            start,
            end,
            words,
            "recurrent",
            _iso(built.since),
            None,
            built.since_grain,
            built.approx,
            expression,
            EveryN(every.n, every.unit) if every else None,
            built.emphasis,
            built.frequency,
            built.duration,
            not set(doubts) - _HARMLESS,
            doubts,
        )

    def _places(self, start: int, end: int) -> tuple[int, int]:
        return self.folded.place(start), self.folded.place(end)


def _apart(found: Sequence[Horaire]) -> tuple[Horaire, ...]:
    """The expressions without those inside the words of the one before, such as a condition."""
    kept: list[Horaire] = []
    for one in found:
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return tuple(kept)


def _iso(at: datetime | str | None) -> str | None:
    return at.isoformat() if isinstance(at, datetime) else at


def _split(items: Sequence[Item]) -> list[list[Item]]:
    """The recurrent and the dated stretches of a run, in order; hours go with the date before them."""
    parts: list[list[Item]] = []
    for item in items:
        before = parts[-1][-1].kind in DATED if parts else False
        same = (item.kind in DATED) == before or (before and item.kind in HOURS and not item.joined)
        if parts and same:
            parts[-1].append(item)
        else:
            parts.append([item])
    return parts


_ABSENCE = re.compile(r"[^\w,;.!?]*(?:\w+\W+){0,4}?(?:pas|jamais|personne|rien|repos|fermee?|absents?|calme|conge)\b")


def _negated(items: list[Item], text: str) -> list[Item]:
    """The items, last days made an exception when absence is said of them: "le dimanche ils sont pas là"."""
    last = items[-1]
    schedule = len(items) > 1 and last.kind == "days" and last.apart and items[-2].kind != "days"
    if schedule and _ABSENCE.match(text, last.end, last.end + 40):
        last.role = "minus"
    return items


def _without_echo(items: list[Item]) -> list[Item]:
    """The items without a last bare part of the day set apart: "le jeudi soir, soirée étudiante"."""
    last = items[-1]
    echo = last.kind == "part_of_day" and last.apart and last.value.det == "bare" and len(items) > 1
    return items[:-1] if echo and any(item.kind == "part_of_day" for item in items[:-1]) else items
