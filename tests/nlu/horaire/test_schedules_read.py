"""What a witness says of habits becomes opening hours. Each row is a sentence and its schedule."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.horaire import EveryN, Frequency, Horaire, parse
from nlu.horaire.schedules import is_valid

REFERENCE = datetime(2026, 3, 18, 20, 15)

DAYS = [
    ("ça vend tous les soirs", "Mo-Su 18:00-23:00"),
    ("tlj de 10h à 22h", "Mo-Su 10:00-22:00"),
    ("7j/7 de midi à minuit", "Mo-Su 12:00-24:00"),
    ("les mardis et jeudis de 19h à 21h", "Tu,Th 19:00-21:00"),
    ("le lundi, mercredi et vendredi vers 20h", "Mo,We,Fr 19:30-20:30"),
    ("du jeudi au dimanche", "Th-Su"),
    ("du vendredi au lundi", "Mo,Fr-Su"),
    ("lun-ven 16h30-19h", "Mo-Fr 16:30-19:00"),
    ("le we", "Sa,Su"),
    ("en semaine entre midi et deux", "Mo-Fr 12:00-14:00"),
    ("chaque soir de semaine", "Mo-Fr 18:00-23:00"),
    ("lundi 18h, jeudi 20h", "Mo 18:00-19:00; Th 20:00-21:00"),
    ("samedi et dimanche tantôt", "Sa,Su 12:00-18:00"),
    ("toute la semaine sauf le dimanche", "Mo-Sa"),
    ("la semaine c'est 17h-19h et le week-end 14h-20h", "Mo-Fr 17:00-19:00; Sa,Su 14:00-20:00"),
    ("les lundi, mardi et jeudi de 17 h à 19 h 30", "Mo,Tu,Th 17:00-19:30"),
]
HOURS = [
    ("ts les soirs 20h-2h", "Mo-Su 20:00-02:00"),
    ("22h30-00h tous les vendredis", "Fr 22:30-24:00"),
    ("tous les jours de vingt-deux heures trente à deux heures", "Mo-Su 22:30-02:00"),
    ("chaque ap midi", "Mo-Su 12:00-18:00"),
    ("le matin de 8 à 10 et l'après-midi de 2 à 4", "Mo-Su 08:00-10:00,14:00-16:00"),
    ("tous les matins avant 8h", "Mo-Su 06:00-08:00"),
    ("le vendredi à partir de 22h", "Fr 22:00+"),
    ("dès la tombée de la nuit jusqu'à 2h du matin", "Mo-Su sunset-02:00"),
    ("midi et soir", "Mo-Su 12:00-13:00,18:00-23:00"),
    ("h24", "24/7"),
    ("jour et nuit sans arrêt", "24/7"),
    ("tous les jours, ils arrivent à 14h et repartent vers 20h", "Mo-Su"),
    ("tous les soirs de 20h jusqu'à pas d'heure", "Mo-Su 20:00-24:00 \"jusqu'à pas d'heure\""),
    ("tous les soirs à 9h", "Mo-Su 21:00-22:00"),
]
SEVERAL = [
    ("du lundi au vendredi 17h-22h et le samedi 14h-minuit", "Mo-Fr 17:00-22:00; Sa 14:00-24:00"),
    ("18h-22h en semaine, 18h-3h ven et sam", "Mo-Fr 18:00-22:00; Fr,Sa 18:00-03:00"),
    ("de 18h à 22h en semaine et jusqu'à minuit le week-end", "Mo-Fr 18:00-22:00; Sa,Su 18:00-24:00"),
    ("en semaine de 16 à 20h, le week-end de 14h à 2h", "Mo-Fr 16:00-20:00, Sa,Su 14:00-02:00"),
    ("lundi mardi c'est le soir, le reste de la semaine c'est la nuit", "Mo,Tu 18:00-23:00, We-Su 22:00-06:00"),
    ("tous les week-ends, du vendredi 18h au dimanche 22h", "Fr 18:00-24:00; Sa 00:00-24:00; Su 00:00-22:00"),
]
EXCEPTIONS = [
    ("tous les soirs de 18h à 23h sauf le dimanche", "Mo-Sa 18:00-23:00"),
    ("tt les soir a par le lundi", "Tu-Su 18:00-23:00"),
    ("jamais le dimanche, sinon de 18h à 22h tous les jours", "Mo-Sa 18:00-22:00"),
    ("du lundi au samedi, pas le mercredi, de 15h à 19h30", "Mo,Tu,Th-Sa 15:00-19:30"),
    ("du mardi au samedi 17h-22h, le jeudi ils sont pas là", "Tu,We,Fr,Sa 17:00-22:00"),
    (
        "du lundi au mercredi 18h-20h, jeudi vendredi 18h-minuit, rien le week-end",
        "Mo-We 18:00-20:00; Th,Fr 18:00-24:00",
    ),
    ("tous les jours sauf le dimanche matin", "Mo-Su; Su 06:00-12:00 off"),
    ("ce n'est pas le mardi mais le jeudi", "Th"),
    ("pas le mardi, le jeudi", "Th"),
    ("c'est aussi le samedi", "Sa"),
    ("tous les jours sauf les jours fériés, de 11h à 20h", "Mo-Su 11:00-20:00; PH off"),
    ("tous les jours de 13h à 23h, même les jours fériés", "Mo-Su,PH 13:00-23:00"),
    ("hors vacances scolaires, le mercredi de 13h30 à 18h", "We 13:30-18:00; SH off"),
    ("en période scolaire, à la sortie de l'école", "Mo-Su 16:00-17:00; SH off"),
]
CALENDAR = [
    ("le 5 de chaque mois", "Jan 05,Feb 05,Mar 05,Apr 05,May 05,Jun 05,Jul 05,Aug 05,Sep 05,Oct 05,Nov 05,Dec 05"),
    ("tous les premiers samedis du mois", "Sa[1]"),
    ("le dernier vendredi du mois", "Fr[-1]"),
    ("d'octobre à mars, tous les jours à partir de 17h", "Oct-Mar Mo-Su 17:00+"),
    ("l'été, tous les soirs", "Jun 21-Sep 22 Mo-Su 18:00-23:00"),
    ("depuis un mois, tous les soirs sauf le lundi", "2026 Feb 18+ Tu-Su 18:00-23:00"),
    ("tous les mercredis depuis septembre", "2025 Sep 01+ We"),
]


def read_one(text: str) -> Horaire:
    """The only expression of a text."""
    (found,) = parse(text, reference=REFERENCE)
    return found


@pytest.mark.parametrize(("text", "expected"), [*DAYS, *SEVERAL, *EXCEPTIONS, *CALENDAR])
def test_a_habit_is_a_schedule(text: str, expected: str) -> None:
    """One sentence, one schedule that opening-hours-py understands."""
    found = read_one(text)
    assert (found.kind, found.opening_hours) == ("recurrent", expected)
    assert is_valid(expected)


@pytest.mark.parametrize(("text", "expected"), HOURS)
def test_hours_are_read_as_people_say_them(text: str, expected: str) -> None:
    """Ranges, parts of the day, the sun, and what goes past midnight."""
    found = parse(text, reference=REFERENCE)[0]
    assert (found.kind, found.opening_hours) == ("recurrent", expected)
    assert is_valid(expected)


def test_about_stands_beside_the_schedule() -> None:
    """ "Vers 20h" is a window of an hour, and says so."""
    found = read_one("tous les vendredis vers 20h")
    assert (found.opening_hours, found.approx_minutes) == ("Fr 19:30-20:30", 30)


def test_every_other_week_asks_which_one() -> None:
    """Opening hours cannot say "un sur deux": a rhythm stands beside them, and its week is asked for."""
    found = read_one("un vendredi sur deux")
    assert (found.opening_hours, found.every_n) == ("Fr", EveryN(2, "week"))
    assert found.ambiguous == ("week_parity",)
    assert found.certain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deux fois par semaine", Frequency(2, "week")),
        ("plusieurs fois par semaine", Frequency(None, "week")),
        ("2x par semaine", Frequency(2, "week")),
        ("trois soirs par semaine", Frequency(3, "week")),
        ("5 jours sur 7", Frequency(5, "week")),
        ("une fois par mois", Frequency(1, "month")),
    ],
)
def test_how_often_without_when(text: str, expected: Frequency) -> None:
    """A frequency is not a schedule: it stays beside it."""
    found = read_one(text)
    assert (found.kind, found.frequency, found.opening_hours) == ("recurrent", expected, None)


@pytest.mark.parametrize(
    ("text", "schedule", "emphasis"),
    [
        ("tous les soirs, surtout le vendredi", "Mo-Su 18:00-23:00", "Fr"),
        ("le plus souvent le jeudi soir", "Th 18:00-23:00", "Th"),
        ("depuis trois semaines, surtout le vendredi", "2026 Feb 25+ Fr", "Fr"),
        ("la journée mais surtout le soir", "Mo-Su 08:00-18:00", "18:00-23:00"),
    ],
)
def test_what_matters_most_is_kept(text: str, schedule: str, emphasis: str) -> None:
    """ "Surtout" narrows nothing that was said before it."""
    found = read_one(text)
    assert (found.opening_hours, found.emphasis) == (schedule, emphasis)


def test_a_duration_stands_beside_the_hour() -> None:
    """ "Pendant deux heures" is how long, not when."""
    assert read_one("tous les samedis à 15h, pendant deux heures").duration == "PT2H"


def test_a_condition_is_part_of_the_words_and_makes_doubt() -> None:
    """ "Sauf quand il pleut" cannot be a schedule; it is not lost."""
    found = read_one("Tous les jours sauf quand il pleut mdr")
    assert (found.text, found.opening_hours) == ("Tous les jours sauf quand il pleut", "Mo-Su")
    assert not found.certain
    assert found.ambiguous == ("condition",)


def test_what_stands_inside_a_condition_is_not_read_again() -> None:
    """Expressions never overlap."""
    (found,) = parse("tous les jours sauf quand ils dorment le matin", reference=REFERENCE)[:1]
    assert found.text == "tous les jours sauf quand ils dorment"


def test_the_words_are_given_with_their_place() -> None:
    """Offsets are those of the text as written, whatever the accents are made of."""
    text = "Le soir apre\u0301s 20h, ça vend « tous les jours »"
    for found in parse(text, reference=REFERENCE):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("vers 18h", "18h"),
        ("À la sortie de l'école", "la sortie de l'école"),
        ("surtout le vendredi", "le vendredi"),
        ("à partir de 22h", "à partir de 22h"),
        ("de 18h à 20h", "de 18h à 20h"),
    ],
)
def test_the_core_leaves_small_words_out(text: str, core: str) -> None:
    """Annotators cut a leading "à", "vers", "surtout"; the core is cut the same way."""
    start, end = read_one(text).core
    assert text[start:end] == core


def test_nothing_positive_is_no_schedule() -> None:
    """Rejected values are not given."""
    assert parse("pas le week-end", reference=REFERENCE) == ()
    assert parse("jamais en semaine", reference=REFERENCE) == ()
