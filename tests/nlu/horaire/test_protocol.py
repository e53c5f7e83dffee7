"""The line protocol of `guichet horaire`, and the exports beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime

import pytest

from nlu.horaire import EveryN, Horaire, parse
from nlu.horaire.__main__ import answer
from nlu.horaire.rrules import to_rrule
from nlu.horaire.school import ZONE_OF, ranges

SPAN_KEYS = [
    "start", "end", "text", "kind", "from", "to", "grain", "approx_minutes", "opening_hours", "every_n",
    "emphasis", "frequency", "duration", "certain",
]  # fmt: skip
REFERENCE = datetime(2026, 3, 18, 20, 15)


def test_answers_line_by_line_in_order() -> None:
    """The program reads JSON Lines or plain text and answers each with its spans and the time it took."""
    lines = [json.dumps({"text": "hier soir", "reference": "2026-03-18T20:15:00"}), "", "tous les soirs"]
    done = subprocess.run(
        [sys.executable, "-m", "nlu.horaire"], input="\n".join(lines), capture_output=True, encoding="utf-8", check=True
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == ["text", "spans", "ms"]
    assert list(first["spans"][0]) == SPAN_KEYS
    assert first["spans"][0]["from"] == "2026-03-17T18:00:00"
    assert second["spans"][0]["opening_hours"] == "Mo-Su 18:00-23:00"


def test_the_question_may_hold_a_preference_and_a_zone() -> None:
    """Every key of the protocol counts."""
    asked = {"text": "mardi", "reference": "2026-03-18T20:15:00", "prefer": "future", "zone": "Europe/Brussels"}
    assert answer(json.dumps(asked))["spans"][0]["from"] == "2026-03-24T00:00:00"


def test_rhythm_and_frequency_are_small_objects() -> None:
    """ "Un sur deux" and "deux fois par semaine" are told apart."""
    (rhythm,) = parse("un mardi sur trois", reference=REFERENCE)
    (frequency,) = parse("deux fois par semaine", reference=REFERENCE)
    assert rhythm.as_json()["every_n"] == {"n": 3, "unit": "week"}
    assert frequency.as_json()["frequency"] == {"n": 2, "per": "week"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("un vendredi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("du lundi au mercredi de 18h à 20h", "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        ("le premier samedi du mois", "FREQ=MONTHLY;BYDAY=1SA"),
        ("le 5 et le 20 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
        ("toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
        ("les jours fériés", None),
        ("hier", None),
    ],
)
def test_a_rhythm_can_go_into_a_calendar(text: str, rule: str | None) -> None:
    """What an RRULE can say is said; what it cannot is not."""
    (found,) = parse(text, reference=REFERENCE)
    assert to_rrule(found) == rule


def test_school_holidays_need_a_departement() -> None:
    """Named without one, and asked for; with one, they are the dates of its zone."""
    (named,) = parse("tous les jours sauf pendant les vacances", reference=REFERENCE)
    assert (named.opening_hours, named.ambiguous) == ("Mo-Su; SH off", ("school_zone",))
    (dated,) = parse("tous les jours sauf pendant les vacances", reference=REFERENCE, departement="25")
    assert dated.opening_hours is not None
    assert dated.opening_hours.startswith("Mo-Su; 2026 Feb 07-2026 Feb 22,2026 Apr 04-2026 Apr 19,")
    assert dated.ambiguous == ()


def test_every_zone_has_its_own_spring() -> None:
    """The official calendar of 2026: zone A leaves first."""
    first, last = date(2026, 3, 20), date(2026, 5, 5)
    starts = {zone: ranges(zone, first, last)[0][0] for zone in "ABC"}
    assert starts == {"A": date(2026, 4, 4), "B": date(2026, 4, 11), "C": date(2026, 4, 18)}
    assert len(ZONE_OF) == 94  # metropolitan France without Corsica


def test_values_do_not_change() -> None:
    """A value is frozen: the report holds what was read."""
    value = Horaire(0, 1, "x", "recurrent", every_n=EveryN(2, "week"))
    with pytest.raises(AttributeError):
        value.kind = "point"  # type: ignore[misc]  # the point of the test
