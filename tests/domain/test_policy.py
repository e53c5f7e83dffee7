"""What the counter does, and what it always or never does."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import events as e
from domain import messages as m
from domain.conversation import Conversation, FactState, replay
from domain.events import Asked, Notice
from domain.ids import FileId, OfficerId
from domain.phases import ENDED, Phase
from domain.policy import decide_on_citizen, decide_on_officer, decide_on_silence
from domain.policy.citizen import NOTHING_READ
from domain.questionnaire import Choice, Fact
from domain.reading import Entity, EntityType, Fait, Intent, Reading, Topic
from domain.schedule import Schedule
from tests.domain.words import NOW, QUESTIONNAIRE, Citizen, after, fresh

ASKING = (e.QuestionAsked, e.Wondered, e.Doubted, e.SummaryShown, e.OfficerAskedFact)


def test_asks_one_thing_at_a_time() -> None:
    """A report without time or conduct is asked for its time only."""
    citizen = Citizen()
    events = citizen.says("un deal parking Battant", lieu="parking Battant", faits=(Fait.POINT_DE_DEAL,))
    assert [event for event in events if isinstance(event, ASKING)] == [e.QuestionAsked(Fact.HORAIRE)]


def test_welcomes_then_lets_tell() -> None:
    """A greeting is answered with the welcome and the call for free recall."""
    events = Citizen().says("bonjour", Intent.SALUER)
    assert events[1:] == [e.NoticeGiven(Notice.WELCOME), e.Wondered(Asked.NARRATIVE)]


def test_several_facts_in_one_answer_are_not_asked_again() -> None:
    citizen = Citizen()
    citizen.says("un dealer", Intent.SIGNALER)
    citizen.says("au parking, tous les soirs, il vend", lieu="parking", horaire="tous les soirs", conduct="il vend")
    assert citizen.conversation.pending is Fact.PRODUIT


def test_answer_to_another_question_is_kept_and_the_question_put_again() -> None:
    citizen = Citizen()
    citizen.says("à Charleroi il y a du trafic", lieu="Charleroi")
    events = citizen.says("une Golf noire", vehicule="Golf noire")
    assert citizen.conversation.facts[Fact.VEHICULE].text == "Golf noire"
    assert events[-1] == e.QuestionAsked(Fact.HORAIRE)


def test_dont_know_is_an_answer() -> None:
    """It is recorded, distinct from declined and from not asked, and never asked again."""
    citizen = Citizen()
    citizen.says("à Dole", lieu="Dole")
    citizen.says("aucune idée", Intent.NE_SAIT_PAS)
    assert citizen.conversation.facts[Fact.HORAIRE].state is FactState.UNKNOWN
    assert citizen.conversation.pending is Fact.COMPORTEMENT


def test_emergency_comes_before_anything_else() -> None:
    events = Citizen().says("il a un couteau !", Intent.URGENCE, urgent=True)
    assert events[1:3] == [e.EmergencyDeclared(), e.NoticeGiven(Notice.EMERGENCY)]
    assert not any(isinstance(event, ASKING) for event in events)


def test_nuisance_only_is_redirected_and_nothing_is_held() -> None:
    citizen = Citizen()
    citizen.says("des jeunes dans mon hall tous les soirs", lieu="mon hall", horaire="tous les soirs")
    citizen.says("ils parlent fort, pas de deal", Intent.NUISANCE)
    assert citizen.conversation.phase is Phase.HORS_PERIMETRE
    assert not citizen.conversation.facts


def test_nuisance_beside_a_report_is_told_not_redirected() -> None:
    citizen = Citizen()
    citizen.says("ils vendent du shit", conduct="ils vendent du shit", produit="shit", faits=(Fait.POINT_DE_DEAL,))
    citizen.says("et ils font du bruit", Intent.NUISANCE)
    assert citizen.conversation.phase is Phase.QUESTIONS


def test_identity_is_masked_before_anything_is_kept() -> None:
    text = "Je suis Sonia Maréchaux, il vend de la résine rue Haute"
    citizen = Citizen()
    events = citizen.says(text, identite_declarant="Sonia Maréchaux", produit="résine", lieu="rue Haute")
    assert "Maréchaux" not in repr(events)
    assert e.NoticeGiven(Notice.IDENTITY) in events
    assert citizen.conversation.facts[Fact.LIEU].text == "rue Haute"


def test_a_correction_replaces_and_the_history_stays() -> None:
    citizen = Citizen()
    citizen.says("à la gare, il vend", lieu="gare", conduct="il vend")
    citizen.says("en fait c'est la gare SNCF", Intent.CORRIGER, lieu="gare SNCF")
    assert citizen.conversation.facts[Fact.LIEU].text == "gare SNCF"
    assert [event.text for event in citizen.events if isinstance(event, e.FactLearned) and event.fact is Fact.LIEU] == [
        "gare",
        "gare SNCF",
    ]


def test_an_edited_message_replaces_what_it_had_said() -> None:
    citizen = Citizen()
    citizen.says("rue Haute, le soir", ref="m1", lieu="rue Haute", horaire="le soir")
    read = Reading(Intent.SIGNALER, entities=(Entity(EntityType.LIEU, 0, 9, "rue Basse"),))
    citizen.does(m.Edited("rue Basse"), read, ref="m1")
    assert citizen.conversation.facts[Fact.LIEU].text == "rue Basse"
    assert Fact.HORAIRE not in citizen.conversation.facts


def test_a_question_is_answered_then_the_pending_one_put_again() -> None:
    citizen = Citizen()
    citizen.says("à Dole", lieu="Dole")
    events = citizen.says("c'est anonyme ?", Intent.QUESTION, topic=Topic.ANONYMAT)
    assert events[1:] == [e.QuestionAnswered(Topic.ANONYMAT), e.QuestionAsked(Fact.HORAIRE, again=True)]
    assert citizen.conversation.asks[Fact.HORAIRE] == 1


def test_nothing_is_filed_before_the_citizen_confirms() -> None:
    citizen = _told_everything()
    assert not citizen.conversation.filed
    citizen.says("oui", Intent.CONFIRMER)
    assert citizen.conversation.phase is Phase.DEPOSE
    assert isinstance(citizen.events[-1], e.ReceiptGiven)


def test_cancelling_asks_once_and_can_be_taken_back() -> None:
    citizen = Citizen()
    citizen.says("un dealer à Dole", lieu="Dole")
    citizen.says("laissez tomber", Intent.ANNULER)
    assert citizen.conversation.pending is Asked.CANCEL
    citizen.does(m.Said("je continue"), Reading(Intent.SIGNALER, resumes=True))
    assert citizen.conversation.facts[Fact.LIEU].text == "Dole"
    assert citizen.conversation.pending is Fact.HORAIRE
    citizen.says("supprimez tout", Intent.ANNULER)
    citizen.says("oui", Intent.CONFIRMER)
    assert citizen.conversation.phase is Phase.EFFACE
    assert not citizen.conversation.facts


def test_a_pin_waits_for_its_meaning_and_is_forgotten_if_it_is_the_writer() -> None:
    citizen = Citizen()
    citizen.does(m.Pinned(43.95, 4.8))
    assert citizen.conversation.pending is Asked.IS_PLACE_OF_FACTS
    events = citizen.taps(Choice.NO)
    assert e.PinForgotten() in events
    assert citizen.conversation.pin is None
    citizen.does(m.Pinned(43.95, 4.8))
    citizen.taps(Choice.YES)
    assert citizen.conversation.facts[Fact.LIEU].state is FactState.PIN


def test_finishing_early_shows_the_summary() -> None:
    citizen = Citizen()
    citizen.says("à Dole", lieu="Dole")
    assert citizen.taps(Choice.FINISH)[-1] == e.SummaryShown()


def test_after_two_failures_only_buttons_are_offered() -> None:
    citizen = Citizen()
    citizen.says("à Dole", lieu="Dole")
    citizen.says("blabla", Intent.HORS_SUJET)
    citizen.says("blabla", Intent.HORS_SUJET)
    assert any(isinstance(event, e.QuestionAsked) and event.buttons_only for event in citizen.events)


def test_the_counter_is_silent_while_an_officer_is_there() -> None:
    conversation = _with_officer(_filed().conversation)
    citizen = Citizen(conversation)
    events = citizen.says("il est revenu place Pie", lieu="place Pie")
    assert not any(isinstance(event, (*ASKING, e.NoticeGiven)) for event in events)
    assert "place Pie" in citizen.conversation.facts[Fact.LIEU].text


def test_a_note_never_becomes_words_for_the_citizen() -> None:
    told = m.FromOfficer(m.Noted("à surveiller"), OfficerId("@a:x"), "police", NOW, m.MessageRef("$1"))
    assert decide_on_officer(_filed().conversation, told, QUESTIONNAIRE) == [
        e.OfficerNoted("à surveiller", OfficerId("@a:x"))
    ]


@pytest.mark.parametrize(
    "text",
    ["Quel est votre nom ?", "où habitez-vous ?", "vous pouvez me donner votre numéro de téléphone",
     "Comment vous appelez-vous", "Pouvons-nous vous rappeler ?", "qui êtes-vous ?"],
)  # fmt: skip
def test_a_question_for_the_writers_identity_is_held_until_confirmed(text: str) -> None:
    told = m.FromOfficer(m.Told(text), OfficerId("@a:x"), "police", NOW, m.MessageRef("$1"))
    events = decide_on_officer(_filed().conversation, told, QUESTIONNAIRE)
    assert [type(event) for event in events] == [e.OfficerHeld]
    conversation = after(_filed().conversation, *events)
    order = m.FromOfficer(m.Ordered("confirmer"), OfficerId("@a:x"), "police", NOW, m.MessageRef("$2"))
    assert any(isinstance(event, e.OfficerSpoke) for event in decide_on_officer(conversation, order, QUESTIONNAIRE))


@pytest.mark.parametrize(
    "text", ["Merci. La voiture était-elle garée ?", "À quelle heure viennent-ils ?", "Quel est le nom de la rue ?"]
)
def test_an_ordinary_question_is_not_held(text: str) -> None:
    told = m.FromOfficer(m.Told(text), OfficerId("@a:x"), "police", NOW, m.MessageRef("$1"))
    assert any(isinstance(ev, e.OfficerSpoke) for ev in decide_on_officer(_filed().conversation, told, QUESTIONNAIRE))


def test_a_draft_is_abandoned_after_its_life_and_not_before() -> None:
    life = timedelta(hours=24)
    conversation = Citizen().conversation
    assert decide_on_silence(conversation, timedelta(hours=23), life) == []
    assert decide_on_silence(conversation, life, life) == [e.Abandoned()]
    assert decide_on_silence(_filed().conversation, timedelta(days=9), life) == []


def _told_everything() -> Citizen:
    citizen = Citizen()
    citizen.says("à Dole, le soir, il vend", lieu="Dole", horaire="le soir", conduct="il vend")
    citizen.taps(Choice.FINISH)
    return citizen


def _filed() -> Citizen:
    citizen = _told_everything()
    citizen.taps(Choice.CONFIRM)
    return citizen


def _with_officer(conversation: Conversation) -> Conversation:
    told = m.FromOfficer(m.Told("Bonjour"), OfficerId("@a:x"), "police", NOW, m.MessageRef("$1"))
    return after(conversation, *decide_on_officer(conversation, told, QUESTIONNAIRE))


# --- always and never ------------------------------------------------------------------------------

TEXT = "rue Haute le soir il vend de la résine a une Golf 06 12"


TIMES = [
    None,
    Schedule("8h", "point", clock=("08:00", ""), ambiguous=("half_day",)),
    Schedule("mercredi", "interval", starts="2026-03-18", ends="2026-03-19", ambiguous=("past_or_future",)),
    Schedule("quand il pleut", "recurrent", ambiguous=("hours",)),
]
"""Times that mean one thing, two things, or nothing that a clock can say."""


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading of TEXT: the counter must stand whatever the reader proposes."""
    spans = draw(st.lists(st.integers(0, len(TEXT) - 2), max_size=4, unique=True).map(sorted))
    kinds = [draw(st.sampled_from(EntityType)) for _ in spans]
    values = [draw(st.sampled_from(TIMES)) if kind is EntityType.HORAIRE else None for kind in kinds]
    entities = tuple(
        Entity(kind, s, s + 1, TEXT[s], draw(st.floats(0, 1)), value)
        for kind, s, value in zip(kinds, spans, values, strict=True)
    )
    return Reading(
        draw(st.sampled_from(Intent)),
        draw(st.floats(0, 1)),
        entities,
        tuple(draw(st.sets(st.sampled_from(Fait), max_size=2))),
        draw(st.sampled_from([(), ((0, 9),)])),
        draw(st.none() | st.sampled_from(Topic)),
        urgent=draw(st.booleans()) and draw(st.booleans()),
        adds=draw(st.booleans()),
        resumes=draw(st.booleans()) and draw(st.booleans()),
        wants_agent=draw(st.booleans()) and draw(st.booleans()),
        rejected=tuple(draw(st.sampled_from([(), ("e",)]))),
    )


CHOICES = [*sorted(set(QUESTIONNAIRE.choices())), "unknown", "lieu:nulle-part"]
REF = st.none() | st.sampled_from(["m1", "m2"]).map(m.MessageRef)
CONTENTS = st.one_of(
    st.just(m.Said(TEXT)),
    st.just(m.Said(TEXT)),
    st.just(m.Edited(TEXT)),
    st.sampled_from(CHOICES).map(m.Tapped),
    st.builds(m.Pinned, st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(m.Photographed, st.just(FileId("f")), st.sampled_from(["", TEXT]), st.sampled_from([None, "a"])),
    st.builds(m.Commanded, st.sampled_from(m.Command), st.sampled_from(["", "fr", "zz"])),
    st.builds(m.SentRefused, st.sampled_from(m.RefusedKind)),
    st.builds(m.ClosedDoor, st.booleans()),
)
CITIZENS = st.tuples(st.builds(m.FromCitizen, CONTENTS, st.just(NOW), REF), readings())
OFFICER_CONTENTS = st.one_of(
    st.sampled_from(["Bonjour", "Quel est votre nom ?"]).map(m.Told),
    st.just(m.Noted("note secrète")),
    st.builds(m.Ordered, st.sampled_from(["prendre", "rendre", "note", "demander", "confirmer", "clore", "zut"]),
              st.sampled_from(["", "lieu", "exploitable saisie", "note secrète"])),
    st.builds(m.Shared, st.just(FileId("f")), st.just("image/jpeg")),
    st.just(m.Withdrew()),
    st.just(m.Unreadable()),
)  # fmt: skip
OFFICERS = st.builds(
    m.FromOfficer, OFFICER_CONTENTS, st.just(OfficerId("@a:x")), st.just("police"), st.just(NOW),
    st.sampled_from(["$1", "$2"]).map(m.MessageRef),
)  # fmt: skip
STORIES = st.lists(CITIZENS | OFFICERS, max_size=25)


def _play(story: list[object]) -> tuple[Conversation, list[list[e.Event]]]:
    conversation, turns = fresh(), []
    for step in story:
        if isinstance(step, m.FromOfficer):
            events = decide_on_officer(conversation, step, QUESTIONNAIRE) if conversation.alias is not None else []
        else:
            said, read = step  # type: ignore[misc]  # a citizen's step is a pair
            events = decide_on_citizen(conversation, said, read, QUESTIONNAIRE)
            assert events, "something always happens"
        conversation = after(conversation, *events)
        turns.append(events)
    return conversation, turns


STEADY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@STEADY
@given(STORIES)
def test_every_story_is_allowed_and_replay_equals_live(story: list[object]) -> None:
    """No story leads to an event its phase does not accept, and the fold of the events is the state."""
    conversation, turns = _play(story)
    flat = [event for events in turns for event in events]
    assert replay(conversation.id, [e.ConversationStarted(conversation.cell), *flat]) == conversation


@STEADY
@given(STORIES)
def test_whoever_writes_can_be_answered(story: list[object]) -> None:
    """After a closed door any word of the citizen opens it again, so that officers are not kept from answering."""
    conversation, _ = _play([*story, (m.FromCitizen(m.ClosedDoor(), NOW), NOTHING_READ)])
    said = m.FromCitizen(m.Said(TEXT), NOW)
    conversation = after(conversation, *decide_on_citizen(conversation, said, NOTHING_READ, QUESTIONNAIRE))
    assert conversation.door_open or conversation.phase in ENDED


@STEADY
@given(STORIES)
def test_at_most_one_question_a_turn(story: list[object]) -> None:
    _, turns = _play(story)
    for events in turns:
        assert sum(isinstance(event, ASKING) for event in events) <= 1


@STEADY
@given(STORIES)
def test_the_counters_own_questions_always_end(story: list[object]) -> None:
    """Each fact is asked for at most twice, and at most eight things before the summary."""
    conversation, turns = _play(story)
    asked: Counter[Fact] = Counter()
    for events in turns:
        for event in events:
            if isinstance(event, e.Redirected | e.Erased | e.Abandoned):
                asked.clear()
            if isinstance(event, e.QuestionAsked) and not event.again:
                asked[event.fact] += 1
    assert all(times <= 2 for times in asked.values())
    assert conversation.questions <= QUESTIONNAIRE.max_questions


@STEADY
@given(STORIES)
def test_nothing_is_filed_without_confirmation_or_an_officer(story: list[object]) -> None:
    conversation, turns = fresh(), _play(story)[1]
    for events in turns:
        for event in events:
            if isinstance(event, e.ReportFiled):
                by_officer = conversation.officer_present and not event.confirmed
                assert by_officer or conversation.phase is Phase.RECAPITULATIF
            conversation = after(conversation, event)


@STEADY
@given(STORIES)
def test_a_note_never_leaves(story: list[object]) -> None:
    for events in _play(story)[1]:
        for event in events:
            if "note secrète" in repr(event):
                assert isinstance(event, e.OfficerNoted | e.OfficerOrdered)


@STEADY
@given(STORIES)
def test_what_identifies_the_writer_is_in_no_event(story: list[object]) -> None:
    """Whatever the reader marks as identity is gone from the words of the same turn."""
    conversation = fresh()
    for step in story:
        if isinstance(step, m.FromOfficer):
            continue
        said, read = step  # type: ignore[misc]  # a citizen's step is a pair
        if not isinstance(said.content, m.Said):
            continue
        hidden = "¤" * 3
        text = f"{hidden} {TEXT}"
        shifted = Reading(read.intent, entities=(Entity(EntityType.IDENTITE_DECLARANT, 0, 3, hidden),))
        events = decide_on_citizen(conversation, m.FromCitizen(m.Said(text), NOW), shifted, QUESTIONNAIRE)
        assert hidden not in repr(events)
        conversation = after(conversation, *events)


@STEADY
@given(STORIES)
def test_saying_dont_know_to_everything_reaches_the_summary(story: list[object]) -> None:
    """From any open state, thirty "je ne sais pas" and "non" lead to a summary, a filing or an end."""
    conversation, _ = _play(story)
    citizen = Citizen(conversation)
    for _ in range(30):
        if citizen.conversation.phase in ENDED | {Phase.RECAPITULATIF, Phase.DEPOSE, Phase.AVEC_UN_AGENT}:
            return
        if citizen.conversation.phase in (Phase.URGENCE, Phase.HORS_PERIMETRE):
            citizen.taps(Choice.CONTINUE)
        elif isinstance(citizen.conversation.pending, Fact):
            citizen.says("je ne sais pas", Intent.NE_SAIT_PAS)
        else:
            citizen.says("non", Intent.INFIRMER)
    raise AssertionError(f"no end: {citizen.conversation.phase}, {citizen.conversation.pending}")


def test_no_word_about_the_people_is_not_nobody() -> None:
    """ "Non" to a description tells that it is not known; "non" to a vehicle, that there is none."""
    citizen = _asked_for(Fact.PERSONNE)
    citizen.says("non", Intent.INFIRMER)
    assert citizen.conversation.facts[Fact.PERSONNE].state is FactState.UNKNOWN
    assert citizen.conversation.pending is Fact.VEHICULE
    citizen.says("non, il vient à pied", Intent.INFIRMER)
    assert citizen.conversation.facts[Fact.VEHICULE].state is FactState.ABSENT


def _asked_for(fact: Fact) -> Citizen:
    citizen = Citizen()
    citizen.says("à Dole, le soir, il vend", lieu="Dole", horaire="le soir", conduct="il vend")
    while citizen.conversation.pending is not fact:
        citizen.taps(Choice.DONT_KNOW)
    return citizen


def test_what_only_tells_who_writes_is_no_answer() -> None:
    """ "Je suis Madame Roux" to "which product?" is masked and the question put again: it is not a product."""
    citizen = _asked_for(Fact.PRODUIT)
    events = citizen.says("Je suis Madame Roux, au troisième", identite_declarant="Madame Roux")
    assert Fact.PRODUIT not in citizen.conversation.facts
    assert events[-1] == e.QuestionAsked(Fact.PRODUIT, again=True)
