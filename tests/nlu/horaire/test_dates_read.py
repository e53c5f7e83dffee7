"""What happened, or will happen, once: points, intervals, and what began or ended. The reader stands on a Wednesday."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.horaire import parse

REFERENCE = datetime(2026, 3, 18, 20, 15)

POINTS = [
    ("samedi dernier ils étaient au moins huit", "2026-03-14T00:00:00", "day"),
    ("le hall était plein mardi", "2026-03-17T00:00:00", "day"),
    ("la semaine dernière, mardi", "2026-03-10T00:00:00", "day"),
    ("mercredi de la semaine passée", "2026-03-11T00:00:00", "day"),
    ("la semaine dernière", "2026-03-09T00:00:00", "week"),
    ("lundi 9 mars à 22h30", "2026-03-09T22:30:00", "minute"),
    ("vu le 2/03 vers 18h45", "2026-03-02T18:45:00", "minute"),
    ("le 25 décembre ils vendaient", "2025-12-25T00:00:00", "day"),
    ("hier soir vers 1h du mat", "2026-03-18T01:00:00", "hour"),
    ("cette nuit vers 4h du matin", "2026-03-18T04:00:00", "hour"),
    ("dans la nuit de vendredi à samedi vers 3h", "2026-03-14T03:00:00", "hour"),
    ("y a 10 min un mec", "2026-03-18T20:05:00", "minute"),
    ("il y a 2 jours vers 18h", "2026-03-16T18:00:00", "hour"),
    ("tout à l'heure vers 14h", "2026-03-18T14:00:00", "hour"),
    ("prochaine livraison mercredi 25 à 14h", "2026-03-25T14:00:00", "hour"),
    ("ils vont revenir mardi", "2026-03-24T00:00:00", "day"),
    ("jeudi 12 vers 23h ils étaient dix", "2026-03-12T23:00:00", "hour"),
    ("à 23h15 hier", "2026-03-17T23:15:00", "minute"),
    ("à la récré de 15h20", "15:20:00", "minute"),
    ("vers neuf heures du soir", "21:00:00", "hour"),
    ("midi et demi", "12:30:00", "minute"),
]
INTERVALS = [
    ("hier entre 14h et 15h", "2026-03-17T14:00:00", "2026-03-17T15:00:00"),
    ("hier aprem", "2026-03-17T12:00:00", "2026-03-17T18:00:00"),
    ("venez ce soir", "2026-03-18T18:00:00", "2026-03-18T23:00:00"),
    ("cette nuit j'ai été réveillée", "2026-03-17T22:00:00", "2026-03-18T06:00:00"),
    ("cette nuit ils vont livrer", "2026-03-18T22:00:00", "2026-03-19T06:00:00"),
    ("la nuit du 14 au 15 mars", "2026-03-14T22:00:00", "2026-03-15T06:00:00"),
    ("Dans la nuit de samedi à dimanche", "2026-03-14T22:00:00", "2026-03-15T06:00:00"),
    ("ça a duré de 20h hier soir à 4h ce matin", "2026-03-17T20:00:00", "2026-03-18T04:00:00"),
    ("ils vont se voir ce week-end", "2026-03-21T00:00:00", "2026-03-23T00:00:00"),
    ("le 12 au soir", "2026-03-12T18:00:00", "2026-03-12T23:00:00"),
    ("dans la soirée du 14", "2026-03-14T18:00:00", "2026-03-14T23:00:00"),
    ("le week-end du 7 mars", "2026-03-07T00:00:00", "2026-03-09T00:00:00"),
    ("du 3 au 5 mars", "2026-03-03T00:00:00", "2026-03-06T00:00:00"),
    ("de 18 heures à 23 heures", "18:00:00", "23:00:00"),
    ("20h-2h", "20:00:00", "02:00:00"),
]
BOUNDS = [
    ("depuis 3 semaines", "since", "2026-02-25T20:15:00", None),
    ("depuis lundi le hall est bloqué", "since", "2026-03-16T00:00:00", None),
    ("depuis une heure", "since", "2026-03-18T19:15:00", None),
    ("depuis ce matin neuf heures", "since", "2026-03-18T09:00:00", None),
    ("depuis le début du mois", "since", "2026-03-01T00:00:00", None),
    ("depuis la Toussaint", "since", "2025-11-01T00:00:00", None),
    ("depuis une dizaine de jours", "since", "2026-03-08T20:15:00", None),
    ("depuis 22h", "since", "2026-03-17T22:00:00", None),
    ("depuis hier soir", "since", "2026-03-17T18:00:00", None),
    ("jusqu'en janvier ils utilisaient le local", "until", None, "2026-02-01T00:00:00"),
    ("jusqu'à 2h du mat", "until", None, "02:00:00"),
    ("après 20h", "open", "20:00:00", None),
]


@pytest.mark.parametrize(("text", "start", "grain"), POINTS)
def test_a_moment_is_a_point_of_its_grain(text: str, start: str, grain: str) -> None:
    """One day or one hour, as precise as it was said."""
    (found,) = parse(text, reference=REFERENCE)
    assert (found.kind, found.from_, found.grain) == ("point", start, grain)


@pytest.mark.parametrize(("text", "start", "end"), INTERVALS)
def test_a_stretch_has_both_ends(text: str, start: str, end: str) -> None:
    """Hours end as they were said; days end at the first instant after."""
    (found,) = parse(text, reference=REFERENCE)
    assert (found.kind, found.from_, found.to) == ("interval", start, end)


@pytest.mark.parametrize(("text", "kind", "start", "end"), BOUNDS)
def test_an_open_stretch_has_one_end(text: str, kind: str, start: str | None, end: str | None) -> None:
    """What began is in the past, even in a sentence that announces something."""
    (found,) = parse(text, reference=REFERENCE)
    assert (found.kind, found.from_, found.to) == (kind, start, end)


def test_an_unknown_beginning_is_said_to_be_unknown() -> None:
    """An event that no calendar knows gives the words and no date."""
    (found,) = parse("depuis qu'on a changé de gardien c'est open bar", reference=REFERENCE)
    assert (found.kind, found.from_, found.text) == ("since", None, "depuis qu'on a changé de gardien")
    assert not found.certain
    assert found.ambiguous == ("start",)


def test_a_bare_weekday_without_tense_is_in_doubt() -> None:
    """ "Mardi" alone may be the last one or the next one: the counter asks."""
    (found,) = parse("mardi", reference=REFERENCE)
    assert found.ambiguous == ("past_or_future",)
    (told,) = parse("ils étaient là mardi", reference=REFERENCE)
    assert told.certain


def test_morning_or_evening_is_in_doubt() -> None:
    """ "Vers 8h" is asked, "vers 8h du soir" and "vers 20h" are not."""
    assert parse("vers 8h", reference=REFERENCE)[0].ambiguous == ("half_day",)
    assert parse("vers 8h du soir", reference=REFERENCE)[0].certain
    assert parse("vers 20h", reference=REFERENCE)[0].certain


def test_hours_pass_through_the_change_of_clock() -> None:
    """Three hours before four in the morning is midnight, the night when summer time begins."""
    (spring,) = parse("il y a 3 heures", reference=datetime(2026, 3, 29, 4, 0))
    assert spring.from_ == "2026-03-29T00:00:00"
    (autumn,) = parse("il y a 3 heures", reference=datetime(2026, 10, 25, 4, 0))
    assert autumn.from_ == "2026-10-25T02:00:00"
    (day,) = parse("il y a 2 jours", reference=datetime(2026, 3, 30, 8, 0))
    assert day.from_ == "2026-03-28T08:00:00"


def test_an_aware_reference_is_brought_to_the_zone() -> None:
    """Half past eleven in London is already tomorrow in Paris."""
    reference = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    (paris,) = parse("hier", reference=reference)
    (montreal,) = parse("hier", reference=reference, zone="America/Montreal")
    assert (paris.from_, montreal.from_) == ("2026-03-28T00:00:00", "2026-03-27T00:00:00")


APPOINTMENTS = [
    ("future", "mardi", "2026-03-24T00:00:00", None),
    ("past", "mardi", "2026-03-17T00:00:00", None),
    ("nearest", "mardi", "2026-03-17T00:00:00", None),
    ("future", "le soir", "2026-03-18T18:00:00", "2026-03-19T00:00:00"),
    ("future", "ce week-end", "2026-03-20T18:00:00", "2026-03-23T00:00:00"),
    ("future", "15h", "2026-03-19T15:00:00", None),
    ("future", "le 20 02 27", "2027-02-20T00:00:00", None),
    ("future", "les 3 prochains jours", "2026-03-19T00:00:00", "2026-03-22T00:00:00"),
    ("past", "1 an 11 mois", "2024-04-18T20:15:00", None),
]


@pytest.mark.parametrize(("prefer", "text", "start", "end"), APPOINTMENTS)
def test_with_a_preference_an_appointment_is_read(prefer: str, text: str, start: str, end: str | None) -> None:
    """A stated preference asks for one occurrence, with the conventions of calendars."""
    (found,) = parse(text, reference=REFERENCE, prefer=prefer)  # type: ignore[arg-type]  # rows of literals
    assert (found.from_, found.to) == (start, end)
