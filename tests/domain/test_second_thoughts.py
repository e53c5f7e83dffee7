"""What is taken out, put right, left unanswered or interrupted: nothing is lost, and every question ends."""

import pytest

from domain import events as e
from domain import messages as m
from domain.conversation import FactState
from domain.events import Asked, Notice
from domain.phases import Phase
from domain.policy.answers import declines
from domain.policy.asking import MOST_INSISTED
from domain.policy.learning import named_facts
from domain.questionnaire import Fact
from domain.reading import Entity, EntityType, Intent, Place, Reading
from domain.schedule import DAYS, Schedule
from domain.vehicle import with_plate
from tests.domain.words import Citizen

MORNING = Schedule("le matin", "recurrent", days=DAYS, clock=("06:00", "12:00"), opening_hours="Mo-Su 06:00-12:00")
TUESDAY = Schedule("le mardi à 6h", "recurrent", days=("tu",), clock=("06:00", "07:00"))
TUESDAY_NIGHT = Schedule("mardi soir vers 20h", "point", starts="2026-03-17T20:00:00", grain="hour")


def told() -> Citizen:
    """A citizen who has told what is required, a vehicle and a product."""
    citizen = Citizen()
    said = "on deale au parc le soir, une Golf noire, du shit"
    citizen.says(said, lieu="parc", horaire="le soir", vehicule="Golf noire", produit="shit", conduct="on deale")
    return citizen


def at_summary() -> Citizen:
    """The same, once nothing is left to ask."""
    citizen = told()
    for _ in range(4):
        if citizen.conversation.pending is not Asked.CONFIRMATION:
            citizen.says("non", Intent.INFIRMER)
    return citizen


# --- taken out, put right --------------------------------------------------------------------------


@pytest.mark.parametrize("rejected", ["golf", "voiture", "véhicule", "voiture noire"])
def test_a_fact_is_taken_out_by_its_words_or_by_its_name(rejected: str) -> None:
    citizen = at_summary()
    events = citizen.says(f"enlevez {rejected}", Intent.CORRIGER, rejected=(rejected,))
    assert e.FactWithdrawn(Fact.VEHICULE) in events
    assert Fact.LIEU in citizen.conversation.facts
    assert citizen.conversation.pending is Asked.CONFIRMATION


def test_what_is_said_in_answer_to_what_to_correct_takes_the_place() -> None:
    citizen = at_summary()
    citizen.says("non", Intent.INFIRMER)
    assert citizen.conversation.pending is Asked.WHAT_TO_CORRECT
    citizen.says("devant la gare", lieu="la gare")
    assert citizen.conversation.facts[Fact.LIEU].text == "la gare"


def test_a_fact_named_as_wrong_is_asked_for() -> None:
    citizen = at_summary()
    citizen.says("non", Intent.INFIRMER)
    events = citizen.says("l'heure", Intent.HORS_SUJET)
    assert e.QuestionAsked(Fact.HORAIRE, again=True) in events


def test_facts_have_names() -> None:
    assert named_facts("la voiture et l'heure") == {Fact.VEHICULE, Fact.HORAIRE}
    assert named_facts("la rue Battant") == frozenset()


# --- hours and days --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "newer", "text", "starts", "days"),
    [
        (TUESDAY, MORNING, "le mardi, le matin", None, ("tu",)),
        (TUESDAY_NIGHT, Schedule("21h", "point", clock=("21:00", ""), grain="hour"), "mardi soir, 21h",
         "2026-03-17T21:00:00", ()),
        (TUESDAY_NIGHT, Schedule("10h", "point", clock=("10:00", ""), ambiguous=("half_day",)), "mardi soir, 10h",
         "2026-03-17T22:00:00", ()),
        (MORNING, Schedule("vers 7h", "point", clock=("07:00", "")), "le matin, vers 7h", None, DAYS),
        (MORNING, Schedule("21h", "point", clock=("21:00", "")), "21h", None, DAYS),
        (TUESDAY, Schedule("le vendredi", "recurrent", days=("fr",)), "le vendredi à 6h", None, ("fr",)),
    ],
)  # fmt: skip
def test_other_hours_keep_the_day_that_was_said(
    held: Schedule, newer: Schedule, text: str, starts: str | None, days: tuple[str, ...]
) -> None:
    refined = held.refined_by(newer)
    assert (refined.text, refined.starts, refined.days) == (text, starts, days)


def test_nine_of_an_evening_is_no_morning_hour() -> None:
    evenings = Schedule("tous les soirs", "recurrent", days=DAYS, clock=("18:00", "23:00"))
    refined = evenings.refined_by(Schedule("9h", "point", clock=("09:00", ""), ambiguous=("half_day",)))
    assert (refined.text, refined.clock, refined.ambiguous) == ("tous les soirs, 9h", ("21:00", ""), ())


def test_minutes_are_not_taken_for_hours() -> None:
    assert Schedule("à 8h", "point", starts="2026-03-18T08:00:00").in_half("pm").starts == "2026-03-18T20:00:00"


# --- left unanswered -------------------------------------------------------------------------------


def test_rather_not_saying_is_not_ignorance() -> None:
    citizen = told()
    citizen.says("je préfère ne pas répondre", Intent.NE_SAIT_PAS)
    citizen.says("aucune idée", Intent.NE_SAIT_PAS)
    assert citizen.conversation.facts[Fact.PERSONNE].state is FactState.DECLINED
    assert citizen.conversation.facts[Fact.DEPUIS].state is FactState.UNKNOWN
    assert not declines("je ne sais pas du tout")


def test_yes_to_is_there_any_is_asked_which() -> None:
    """Nothing is wrong with "oui": it only names nothing yet. The question comes once more, in other words."""
    citizen = told()
    assert citizen.says("oui", Intent.CONFIRMER)[-1] == e.QuestionAsked(Fact.PERSONNE)
    events = citizen.says("oui", Intent.CONFIRMER)
    assert e.FactDeclined(Fact.PERSONNE) in events


# --- every question ends -----------------------------------------------------------------------------


def test_a_question_interrupted_without_end_is_let_go() -> None:
    citizen = told()
    for _ in range(MOST_INSISTED):
        citizen.says("merci", Intent.REMERCIER)
        assert citizen.conversation.pending is Fact.PERSONNE
    citizen.says("merci", Intent.REMERCIER)
    assert citizen.conversation.pending is Fact.DEPUIS


@pytest.mark.parametrize("intent", [Intent.CONFIRMER, Intent.QUESTION])
def test_anything_else_is_asked_twice_at_most(intent: Intent) -> None:
    citizen = told()
    while citizen.conversation.pending is not Asked.ANYTHING_ELSE:
        citizen.says("non", Intent.INFIRMER)
    citizen.says("oui ?", intent)
    assert citizen.conversation.pending is Asked.ANYTHING_ELSE
    citizen.says("oui ?", intent)
    assert citizen.conversation.phase is Phase.RECAPITULATIF


def test_a_name_given_as_the_last_word_leads_to_the_summary() -> None:
    citizen = told()
    while citizen.conversation.pending is not Asked.ANYTHING_ELSE:
        citizen.says("non", Intent.INFIRMER)
    events = citizen.says("Marie Curie", Intent.HORS_SUJET, identite_declarant="Marie Curie")
    assert e.NoticeGiven(Notice.IDENTITY) in events
    assert isinstance(events[-1], e.SummaryShown)


def test_who_comes_back_is_told_that_it_goes_on() -> None:
    citizen = told()
    events = citizen.does(m.Said("me revoilà"), Reading(Intent.SALUER, resumes=True))
    assert events[1:] == [e.NoticeGiven(Notice.BACK_AGAIN), e.QuestionAsked(Fact.PERSONNE, again=True)]


def test_a_correction_of_hours_keeps_the_day() -> None:
    citizen = Citizen()
    citizen.does(
        m.Said("le mardi à 6h au parc"),
        Reading(
            Intent.SIGNALER,
            entities=(
                Entity(EntityType.HORAIRE, 0, 13, "le mardi à 6h", value=TUESDAY),
                Entity(EntityType.LIEU, 17, 21, "parc"),
            ),
        ),
    )
    newer = Schedule("6h30", "point", clock=("06:30", ""), grain="minute")
    citizen.does(m.Said("plutôt 6h30"), Reading(Intent.CORRIGER, entities=(
        Entity(EntityType.HORAIRE, 7, 11, "6h30", value=newer),)))  # fmt: skip
    assert citizen.conversation.facts[Fact.HORAIRE].text == "le mardi, 6h30"


# --- only what was denied falls ----------------------------------------------------------------------


def test_a_denial_of_what_is_held_is_seen_whatever_the_reader_saw() -> None:
    """ "C'est pas du shit c'est de l'herbe", read as a plain report, in answer to another question."""
    citizen = told()
    citizen.says("c'est pas du shit c'est de l'herbe", produit="herbe")
    assert citizen.conversation.facts[Fact.PRODUIT].text == "herbe"


def test_one_of_two_places_may_be_put_right() -> None:
    citizen = Citizen()
    citizen.says("place Leclerc", lieu="place Leclerc")
    citizen.says("et aussi le parking de la piscine", adds=True, lieu="parking de la piscine")
    citizen.says("pas le parking de la piscine, le parking du stade", Intent.CORRIGER, lieu="parking du stade")
    assert citizen.conversation.facts[Fact.LIEU].text == "place Leclerc, parking du stade"


def test_one_of_two_vehicles_may_be_taken_out() -> None:
    citizen = at_summary()
    citizen.says("et une moto aussi", adds=True, vehicule="moto")
    citizen.says("enlevez la moto", Intent.CORRIGER, rejected=("moto",))
    assert citizen.conversation.facts[Fact.VEHICULE].text == "Golf noire"


def test_who_takes_a_vehicle_out_is_not_asked_for_one() -> None:
    citizen = at_summary()
    citizen.says("enlevez la Golf", Intent.CORRIGER, rejected=("Golf",))
    assert citizen.conversation.facts[Fact.VEHICULE].state is FactState.UNKNOWN


@pytest.mark.parametrize("text", ["Attention, pas le lundi", "tous les soirs mais pas les lundis"])
def test_an_excepted_day_goes_and_the_others_stay(text: str) -> None:
    citizen = Citizen()
    evenings = Schedule("tous les soirs", "recurrent", days=DAYS, clock=("18:00", "23:00"))
    citizen.does(m.Said("tous les soirs"), Reading(Intent.SIGNALER, entities=(
        Entity(EntityType.HORAIRE, 0, 14, "tous les soirs", value=evenings),)))  # fmt: skip
    citizen.says(text, Intent.SIGNALER)
    held = citizen.conversation.facts[Fact.HORAIRE]
    assert held.text == "tous les soirs, sauf le lundi"
    assert isinstance(held.value, Schedule)
    assert held.value.days == DAYS[1:]


def test_another_day_of_the_same_name_is_no_exception() -> None:
    citizen = Citizen()
    evenings = Schedule("tous les soirs", "recurrent", days=DAYS, clock=("18:00", "23:00"))
    citizen.does(m.Said("tous les soirs"), Reading(Intent.SIGNALER, entities=(
        Entity(EntityType.HORAIRE, 0, 14, "tous les soirs", value=evenings),)))  # fmt: skip
    citizen.says("je ne travaille pas le lundi alors je les vois", Intent.SIGNALER)
    assert citizen.conversation.facts[Fact.HORAIRE].text == "tous les soirs"


def test_the_narrative_does_not_contradict_what_was_put_right() -> None:
    citizen = Citizen()
    said = "il vend du shit au parc Micaud"
    citizen.says(said, lieu="parc Micaud", produit="shit", conduct=said)
    citizen.says("c'est place Pie, pas au parc Micaud", Intent.CORRIGER, lieu="place Pie")
    assert citizen.conversation.facts[Fact.COMPORTEMENT].text == "il vend du shit au [corrigé : place Pie]"
    citizen.says("enlevez le shit", Intent.CORRIGER, rejected=("shit",))
    assert citizen.conversation.facts[Fact.COMPORTEMENT].text == "il vend du [retiré] au [corrigé : place Pie]"


def test_a_corrected_day_does_not_replace_what_was_told_of_the_deed() -> None:
    citizen = told()
    text = "en fait ils vendent à la gare"
    citizen.says(text, Intent.CORRIGER, lieu="la gare", conduct=text)
    assert citizen.conversation.facts[Fact.COMPORTEMENT].text == "on deale"


@pytest.mark.parametrize(
    ("held", "newer", "together"),
    [
        ("Golf grise AB-123-CD", "c'est AB-123-CE", "Golf grise AB-123-CE"),
        ("Golf grise", "AB-123-CE", "Golf grise, AB-123-CE"),
        ("Golf grise AB-123-CD", "une Clio bleue", "une Clio bleue"),
    ],
)
def test_a_plate_put_right_leaves_the_make(held: str, newer: str, together: str) -> None:
    assert with_plate(held, newer) == together


@pytest.mark.parametrize(
    ("held", "newer", "text"),
    [
        (TUESDAY_NIGHT, Schedule("mercredi", "point", starts="2026-03-18T00:00:00", grain="day"),
         "mercredi soir vers 20h"),
        (Schedule("la nuit de jeudi à vendredi", "recurrent", days=("th", "fr"), clock=("22:00", "")),
         Schedule("le samedi", "recurrent", days=("sa",)), "le samedi"),
        (Schedule("depuis mardi", "since", starts="2026-03-17T00:00:00"),
         Schedule("le samedi", "recurrent", days=("sa",)), "le samedi"),
    ],
)  # fmt: skip
def test_other_days_keep_the_hours_that_were_said(held: Schedule, newer: Schedule, text: str) -> None:
    assert held.refined_by(newer).text == text


def test_an_hour_denied_takes_the_place_of_that_hour() -> None:
    citizen = Citizen()
    evenings = Schedule("tous les soirs à 21h", "recurrent", days=DAYS, clock=("21:00", "22:00"))
    citizen.does(m.Said("tous les soirs à 21h"), Reading(Intent.SIGNALER, entities=(
        Entity(EntityType.HORAIRE, 0, 20, "tous les soirs à 21h", value=evenings),)))  # fmt: skip
    newer = Schedule("22h", "point", clock=("22:00", ""))
    citizen.does(m.Said("une Audi. Et c'est 22h pas 21h"), Reading(Intent.SIGNALER, entities=(
        Entity(EntityType.HORAIRE, 17, 20, "22h", value=newer),)))  # fmt: skip
    assert citizen.conversation.facts[Fact.HORAIRE].text == "tous les soirs, 22h"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("pas rue de Fer, rue Godefroid", "rue Godefroid, Namur"),
        ("c'est pas à Namur c'est rue Godefroid", "rue Godefroid"),
    ],
)
def test_another_street_is_no_other_town(said: str, text: str) -> None:
    citizen = Citizen()
    held = Place("rue de Fer à Namur", street="rue de Fer", commune="Namur", precise=True)
    newer = Place("rue Godefroid", street="rue Godefroid", precise=True)
    citizen.does(m.Said("rue de Fer à Namur"), Reading(Intent.SIGNALER, entities=(
        Entity(EntityType.LIEU, 0, 18, "rue de Fer à Namur", value=held),)))  # fmt: skip
    start = said.index("rue Godefroid")
    citizen.does(m.Said(said), Reading(Intent.CORRIGER, entities=(
        Entity(EntityType.LIEU, start, start + 13, "rue Godefroid", value=newer),)))  # fmt: skip
    assert citizen.conversation.facts[Fact.LIEU].text == text


def test_what_is_beside_the_question_does_not_cost_it() -> None:
    citizen = told()
    assert citizen.says("bande de nuls", Intent.HORS_SUJET)[1:] == [e.NotUnderstood(), e.QuestionAsked(Fact.PERSONNE)]
    assert e.FactDeclined(Fact.PERSONNE) in citizen.says("bande de nuls", Intent.HORS_SUJET)


# --- after filing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "intent", "told"),
    [
        ("au revoir", Intent.SALUER, Notice.FAREWELL),
        ("bonjour", Intent.SALUER, Notice.GREETING),
        ("ok", Intent.CONFIRMER, Notice.NOTED),
        ("il y avait une moto", Intent.SIGNALER, Notice.PASSED_ON),
    ],
)
def test_what_is_said_after_filing_is_answered_for_what_it_is(said: str, intent: Intent, told: Notice) -> None:
    citizen = at_summary()
    citizen.says("oui", Intent.CONFIRMER)
    assert citizen.conversation.phase is Phase.DEPOSE
    assert citizen.says(said, intent)[1:] == [e.NoticeGiven(told)]


def test_a_name_after_filing_is_not_said_to_be_passed_on() -> None:
    citizen = at_summary()
    citizen.says("oui", Intent.CONFIRMER)
    events = citizen.says("Marie Curie", Intent.HORS_SUJET, identite_declarant="Marie Curie")
    assert events[-1] == e.NoticeGiven(Notice.IDENTITY)


# --- beside the question -----------------------------------------------------------------------------


def test_a_question_not_understood_is_put_in_other_words() -> None:
    citizen = told()
    assert citizen.says("je comprends pas", Intent.NE_SAIT_PAS)[-1] == e.QuestionAsked(Fact.PERSONNE)
    assert e.FactUnknown(Fact.PERSONNE) in citizen.says("je comprends pas", Intent.NE_SAIT_PAS)


def test_a_duration_tells_since_when_if_that_was_asked() -> None:
    citizen = told()
    citizen.says("non", Intent.INFIRMER)
    assert citizen.conversation.pending is Fact.DEPUIS
    citizen.says("2 mois", horaire="2 mois")
    assert citizen.conversation.facts[Fact.DEPUIS].text == "2 mois"
    assert citizen.conversation.facts[Fact.HORAIRE].text == "le soir"


def test_a_word_denied_in_answer_to_something_else_is_asked_about() -> None:
    """It is no answer to the question of people; what is right of the place is not known yet."""
    citizen = Citizen()
    citizen.says("on deale à la gare de Dijon le soir, du shit", lieu="gare de Dijon", horaire="le soir",
                 produit="shit", conduct="on deale")  # fmt: skip
    assert citizen.says("oups pas Dijon, Dole")[-1] == e.QuestionAsked(Fact.LIEU, again=True)
    citizen.says("Dole", lieu="Dole")
    assert citizen.conversation.facts[Fact.LIEU].text == "Dole"
    assert citizen.conversation.pending is Fact.PERSONNE
