"""What was read but not surely is asked about once, and never assumed."""

import pytest

from domain import events as e
from domain import messages as m
from domain.conversation import FactState
from domain.events import Asked
from domain.phases import Phase
from domain.policy.doubts import MOST_DOUBTS, choice_said
from domain.questionnaire import Choice, Doubt, Fact
from domain.reading import Entity, EntityType, Fait, Intent, Reading
from domain.schedule import Schedule
from tests.domain.words import Citizen

AT_EIGHT = Schedule("à 8h", "point", clock=("08:00", ""), certain=False, ambiguous=("half_day",))
WEDNESDAY = Schedule(
    "mercredi soir", "interval", starts="2026-03-18T18:00:00", ends="2026-03-18T23:00:00", ambiguous=("past_or_future",)
)
RAIN = Schedule("quand il pleut", "recurrent", certain=False, ambiguous=("hours",))


def _tells(time: Schedule, place_confidence: float = 1.0) -> Citizen:
    """A citizen who has told everything that is required, with this time."""
    text = f"il vend gare {time.text}"
    entities = (
        Entity(EntityType.LIEU, 8, 12, "gare", place_confidence),
        Entity(EntityType.HORAIRE, 13, len(text), time.text, 1.0, time),
    )
    citizen = Citizen()
    read = Reading(Intent.SIGNALER, entities=entities, faits=(Fait.POINT_DE_DEAL,), conduct=((0, 7),))
    citizen.does(m.Said(text), read)
    return citizen


def _time(citizen: Citizen) -> Schedule:
    value = citizen.conversation.facts[Fact.HORAIRE].value
    assert isinstance(value, Schedule)
    return value


@pytest.mark.parametrize(("time", "doubt"), [(AT_EIGHT, Doubt.HALF_DAY), (WEDNESDAY, Doubt.HABIT), (RAIN, Doubt.HOURS)])
def test_a_time_of_two_meanings_is_asked_about(time: Schedule, doubt: Doubt) -> None:
    citizen = _tells(time)
    assert citizen.events[-1] == e.Doubted(Fact.HORAIRE, doubt)
    assert citizen.conversation.pending is Asked.DOUBT


def test_a_sure_time_is_not() -> None:
    citizen = _tells(Schedule("tous les soirs", "recurrent", clock=("18:00", "23:00")))
    assert citizen.conversation.pending is Fact.PRODUIT


@pytest.mark.parametrize(("choice", "clock", "text"), [
    ("doute:soir", "20:00", "à 8h du soir"), ("doute:matin", "08:00", "à 8h du matin"),
])  # fmt: skip
def test_a_tap_settles_the_half_of_the_day(choice: str, clock: str, text: str) -> None:
    citizen = _tells(AT_EIGHT)
    citizen.taps(choice)
    assert _time(citizen).clock == (clock, "")
    assert _time(citizen).text == text
    assert not _time(citizen).ambiguous
    assert citizen.conversation.pending is Fact.PRODUIT


def test_typed_words_settle_it_too() -> None:
    citizen = _tells(AT_EIGHT)
    citizen.says("plutôt le soir")
    assert _time(citizen).clock == ("20:00", "")


@pytest.mark.parametrize(("words", "clock"), [
    ("pas le soir, le matin", "08:00"), ("le soir, jamais le matin", "20:00"),
    ("aprem", "20:00"), ("8h du mat", "08:00"), ("pas dans la nuit, le soir", "20:00"),
    ("non pas ce matin, le soir", "20:00"),
])  # fmt: skip
def test_what_is_denied_settles_nothing(words: str, clock: str) -> None:
    citizen = _tells(AT_EIGHT)
    citizen.says(words)
    assert _time(citizen).clock == (clock, "")
    assert not _time(citizen).ambiguous


def test_a_good_evening_is_no_time_of_day() -> None:
    citizen = _tells(AT_EIGHT)
    citizen.says("bonsoir", Intent.SALUER)
    assert _time(citizen).ambiguous


def test_once_or_every_week() -> None:
    once, weekly = _tells(WEDNESDAY), _tells(WEDNESDAY)
    once.taps("doute:une-fois")
    weekly.taps("doute:chaque-semaine")
    assert _time(once).starts == "2026-03-18T18:00:00"
    assert _time(weekly).days == ("we",)
    assert _time(weekly).opening_hours == "We 18:00-23:00"
    assert _time(weekly).starts is None


def test_an_hour_joins_what_only_an_event_told() -> None:
    citizen = _tells(RAIN)
    said = Schedule("vers 22h", "point", clock=("22:00", ""))
    citizen.does(
        m.Said("vers 22h"),
        Reading(Intent.SIGNALER, entities=(Entity(EntityType.HORAIRE, 0, 8, "vers 22h", 1.0, said),)),
    )
    assert citizen.conversation.facts[Fact.HORAIRE].text == "quand il pleut, vers 22h"
    assert citizen.conversation.pending is Fact.PRODUIT


def test_not_knowing_leaves_the_words_and_goes_on() -> None:
    citizen = _tells(AT_EIGHT)
    citizen.taps(Choice.DONT_KNOW)
    assert _time(citizen) == AT_EIGHT
    assert citizen.conversation.pending is Fact.PRODUIT


def test_a_place_hardly_read_is_confirmed_not_assumed() -> None:
    citizen = _tells(Schedule("tous les soirs", "recurrent"), place_confidence=0.45)
    assert citizen.events[-1] == e.Doubted(Fact.LIEU, Doubt.IS_IT)
    citizen.taps(Choice.YES)
    assert citizen.conversation.facts[Fact.LIEU].confidence == 1.0


def test_a_place_wrongly_read_is_forgotten_and_asked_for() -> None:
    citizen = _tells(Schedule("tous les soirs", "recurrent"), place_confidence=0.45)
    citizen.says("non", Intent.INFIRMER)
    assert Fact.LIEU not in citizen.conversation.facts
    assert citizen.conversation.pending is Fact.LIEU


def test_the_right_place_said_instead_takes_its_place() -> None:
    citizen = _tells(Schedule("tous les soirs", "recurrent"), place_confidence=0.45)
    citizen.says("non, au parking", Intent.INFIRMER, lieu="parking")
    assert citizen.conversation.facts[Fact.LIEU].text == "parking"


def test_each_fact_is_doubted_once() -> None:
    """Whatever is answered, the next turn asks on: at most one doubt a fact, two a report."""
    citizen = _tells(AT_EIGHT, place_confidence=0.45)
    for _ in range(4):
        citizen.says("euh", Intent.HORS_SUJET)
    assert sum(isinstance(event, e.Doubted) for event in citizen.events) == MOST_DOUBTS
    assert len(citizen.conversation.doubted) == MOST_DOUBTS


def test_a_doubt_comes_again_after_a_question() -> None:
    citizen = _tells(AT_EIGHT)
    events = citizen.says("c'est anonyme ?", Intent.QUESTION)
    assert events[-1] == e.Doubted(Fact.HORAIRE, Doubt.HALF_DAY)


def test_an_old_button_settles_nothing() -> None:
    citizen = _tells(AT_EIGHT)
    citizen.taps(Choice.DONT_KNOW)
    citizen.taps("doute:soir")
    assert _time(citizen) == AT_EIGHT


def test_a_ready_made_answer_is_never_doubted() -> None:
    citizen = Citizen()
    citizen.says("il vend gare", lieu="gare", conduct="il vend")
    citizen.taps("horaire:soir")
    assert citizen.conversation.facts[Fact.HORAIRE].state is FactState.BUTTON
    assert citizen.conversation.phase is Phase.QUESTIONS
    assert citizen.conversation.pending is Fact.PRODUIT


@pytest.mark.parametrize(("opening", "turned"), [
    ("Mo-Su 08:00-09:00", "Mo-Su 20:00-21:00"), ("We 05:30+", "We 17:30+"),
])  # fmt: skip
def test_hours_before_noon_turn(opening: str, turned: str) -> None:
    assert Schedule("x", "recurrent", opening_hours=opening).in_half("pm").opening_hours == turned


@pytest.mark.parametrize(("words", "choice"), [
    ("ts les mercredis", "doute:chaque-semaine"), ("ts les sem", "doute:chaque-semaine"),
    ("tous les mercredis", "doute:chaque-semaine"), ("toutes les semaines", "doute:chaque-semaine"),
    ("je l'ai jamais revu", "doute:une-fois"), ("pas dans la nuit", None), ("jamais de nuit", None),
    ("pas vraiment le matin", None), ("pas tous les jours, une fois", "doute:une-fois"),
])  # fmt: skip
def test_typed_words_stand_for_a_choice_or_for_none(words: str, choice: str | None) -> None:
    assert choice_said(words) == choice
