"""What the citizen reads of one turn."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from domain import events as e
from domain.conversation import Conversation
from domain.events import Asked, Notice, Origin
from domain.ids import FileId, MessageRef, OfficerId
from domain.messages import RefusedKind
from domain.phases import Phase
from domain.questionnaire import DOUBT_ANSWERS, LANGUAGES, Choice, Doubt, Fact
from domain.reading import Topic
from domain.schedule import Schedule
from handlers.notices import notice, privacy
from handlers.questions import doubt, question, wonder
from handlers.voice import Limits
from handlers.wording import CounterWording
from tests.domain.test_policy import STORIES, _play
from tests.domain.words import after, fresh
from tests.wording.counters import BELGIAN_CELLS, BRUSSELS, CATALOGUE, LIMITS, NOW, WORDING, conversation, tells, voice

WELCOMED = (e.NoticeGiven(Notice.WELCOME),)
PLACE = e.FactLearned(Fact.LIEU, "parking Battant")
EVENINGS = e.FactLearned(Fact.HORAIRE, "ts les soirs", Schedule("ts les soirs", "recurrent", "tous les soirs"))


# --- the first message -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_message_says_everything_in_under_sixty_words(language: str) -> None:
    """Danger numbers, a robot, who reads, no name, Telegram's knowledge, stop, and the call to tell."""
    (letter,) = tells(*WELCOMED, e.Wondered(Asked.NARRATIVE), language=language)
    assert len(re.findall(r"[\w'/]+", letter.text)) < 60
    for word in ("17", "112", "114", "robot", "Telegram", "/stop", "gendarmerie"):
        assert word in letter.text
    assert letter.asks == "comportement"


def test_a_belgian_cell_names_its_own_numbers() -> None:
    wording = CounterWording(CATALOGUE, BELGIAN_CELLS, LIMITS)
    (welcome,) = wording.to_citizen(conversation(cell="bruxelles"), WELCOMED, NOW)
    assert "101 ou le 112" in welcome.text
    assert "17" not in welcome.text


def test_the_welcome_stands_alone_before_a_first_question() -> None:
    """A citizen who told facts at once still reads a first message under sixty words."""
    welcome, asked = tells(*WELCOMED, PLACE, e.QuestionAsked(Fact.HORAIRE))
    assert "robot" in welcome.text
    assert welcome.asks is None
    assert asked.asks == "horaire"


def test_other_languages_are_offered_at_the_door() -> None:
    (letter,) = tells(*WELCOMED, e.Wondered(Asked.NARRATIVE), language="nl")
    assert [b.choice for b in letter.buttons] == ["ne-sait-pas", "terminer", "langue:fr", "langue:en"]


# --- one message a turn, one question --------------------------------------------------------------


def test_what_was_understood_and_the_next_question_are_one_message() -> None:
    (letter,) = tells(PLACE, e.QuestionAsked(Fact.HORAIRE), before=WELCOMED)
    assert letter.text.startswith("C'est noté\N{NO-BREAK SPACE}: le lieu.\nVous avez donné 1 information sur 3.")
    assert "Quand cela se passe-t-il" in letter.text


def test_an_answer_and_the_pending_question_are_one_message() -> None:
    (letter,) = tells(
        e.QuestionAnswered(Topic.ANONYMAT),
        e.QuestionAsked(Fact.LIEU, again=True),
        before=(*WELCOMED, e.QuestionAsked(Fact.LIEU)),
    )
    assert "ni votre numéro" in letter.text
    assert letter.text.endswith("Une rue, un bâtiment ou un repère suffit.")


def test_danger_comes_first_and_alone() -> None:
    """Even when something else was told before it in the same turn."""
    urgent, identity = tells(
        e.EmergencyDeclared(), e.NoticeGiven(Notice.IDENTITY), e.NoticeGiven(Notice.EMERGENCY), before=WELCOMED
    )
    assert (urgent.notice, identity.notice) == ("urgence", "identite")
    assert all(number in urgent.text for number in ("17", "112", "114", "101"))
    assert [button.choice for button in urgent.buttons] == ["continuer", "supprimer"]


def test_the_identity_warning_and_the_question_are_one_message() -> None:
    (letter,) = tells(e.NoticeGiven(Notice.IDENTITY), e.QuestionAsked(Fact.LIEU), before=WELCOMED)
    assert (letter.notice, letter.asks) == ("identite", "lieu")
    assert "votre nom, votre adresse ou votre numéro" in letter.text


def test_the_second_attempt_is_put_in_other_words() -> None:
    first, second = (
        tells(e.QuestionAsked(Fact.LIEU)),
        tells(e.NotUnderstood(), e.QuestionAsked(Fact.LIEU), before=[e.QuestionAsked(Fact.LIEU)]),
    )
    assert "repère suffit" in first[0].text
    assert "Je n'ai pas compris." in second[0].text
    assert "Pouvez-vous préciser le lieu" in second[0].text


def test_after_two_failures_an_officer_is_offered() -> None:
    lost = [e.QuestionAsked(Fact.LIEU), e.NotUnderstood()]
    (letter,) = tells(e.NotUnderstood(), e.QuestionAsked(Fact.LIEU, buttons_only=True), before=lost)
    assert "demandez un agent" in letter.text
    assert Choice.AGENT in [button.choice for button in letter.buttons]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES)
def test_every_story_can_be_told(story: list[object]) -> None:
    """Whatever happens there are words for both sides: at most one question a turn, six buttons, danger first."""
    before = fresh()
    for events in _play(story)[1]:
        letters = WORDING.to_citizen(before, events, NOW)
        now = after(before, *events)
        assert sum(letter.asks is not None for letter in letters) <= 1
        assert all(len(letter.buttons) <= 6 and letter.text.strip() for letter in letters)
        assert all(letter.notice != "urgence" for letter in letters[1:])
        assert all(
            letter.text.strip() for letter in WORDING.to_officers(before, now, events, NOW) if hasattr(letter, "text")
        )
        before = now


# --- buttons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", Fact)
def test_every_question_of_a_fact_offers_not_knowing_and_finishing(fact: Fact, language: str) -> None:
    for state in (conversation(e.QuestionAsked(fact)), conversation(e.QuestionAsked(fact), e.QuestionAsked(fact))):
        for buttons_only in (False, True):
            letter = question(voice(language), state, fact, buttons_only=buttons_only)
            choices = [button.choice for button in letter.buttons]
            assert {Choice.DONT_KNOW, Choice.FINISH} <= set(choices)
            assert len(choices) <= 6
            assert len({button.label for button in letter.buttons}) == len(choices)
            assert letter.asks == fact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [asked for asked in Asked if asked is not Asked.DOUBT])
def test_every_other_question_has_words_and_buttons(asked: Asked, language: str) -> None:
    letter = wonder(voice(language), conversation(PLACE), asked)
    assert letter.text
    assert 2 <= len(letter.buttons) <= 6
    expected = {Asked.CONFIRMATION: "confirmation", Asked.ANYTHING_ELSE: "autre", Asked.NARRATIVE: "comportement",
                Asked.IS_PLACE_OF_FACTS: "lieu"}  # fmt: skip
    assert letter.asks == expected.get(asked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("fact", "which"), [
    (Fact.LIEU, Doubt.IS_IT), (Fact.HORAIRE, Doubt.IS_IT), (Fact.HORAIRE, Doubt.HALF_DAY),
    (Fact.HORAIRE, Doubt.HABIT), (Fact.HORAIRE, Doubt.HOURS),
])  # fmt: skip
def test_a_doubt_says_the_citizens_own_words(fact: Fact, which: Doubt, language: str) -> None:
    letter = doubt(voice(language), conversation(PLACE, EVENINGS), fact, which)
    assert (PLACE if fact is Fact.LIEU else EVENINGS).text in letter.text
    assert [button.choice for button in letter.buttons[:-2]] == list(DOUBT_ANSWERS[which])
    assert letter.asks is None


def test_why_this_question_is_offered_where_there_is_room() -> None:
    assert Choice.WHY in [b.choice for b in question(voice(), conversation(), Fact.LIEU).buttons]
    assert Choice.WHY not in [b.choice for b in question(voice(), conversation(), Fact.HORAIRE).buttons]


# --- every list of the domain has its words --------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", Notice)
def test_every_notice_has_words(told: Notice, language: str) -> None:
    for cell in (None, BRUSSELS):
        for detail in ("", "kept", "police", "nl", "filed", *Phase):
            assert notice(voice(language, cell), told, detail).text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_refusal_and_explanation_has_words(language: str) -> None:
    events = [
        *map(e.QuestionAnswered, Topic), *map(e.ThingRefused, RefusedKind), *map(e.QuestionExplained, Fact),
    ]  # fmt: skip
    for event in events:
        before = conversation(e.QuestionAsked(Fact.LIEU), language=language)
        (letter,) = WORDING.to_citizen(before, [event], NOW)
        assert letter.text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_about_law_is_honest(language: str) -> None:
    """Information, not evidence; no complaint; no reward; Telegram's knowledge is said."""
    said = {topic: voice(language).say(f"answer-{topic}") for topic in Topic}
    assert "Telegram" in said[Topic.ANONYMAT]
    assert len({*said.values()}) == len(Topic)


def test_when_17_does_not_come_others_are_named() -> None:
    said = voice().say("answer-nuisance")
    assert all(word in said for word in ("police municipale", "mairie", "bailleur"))


# --- officers' words -------------------------------------------------------------------------------

SPOKE = e.OfficerSpoke("Bonjour, merci.", OfficerId("@a.martin:cell.example"), "police", MessageRef("$1"))
FILED = (*WELCOMED, PLACE, e.SummaryShown(), e.ReportFiled("S-0001"))  # type: ignore[arg-type]  # an alias


def test_an_officer_speaks_under_a_neutral_name() -> None:
    joined, words = tells(e.OfficerJoined("police"), e.NoticeGiven(Notice.AGENT_JOINED, "police"), SPOKE, before=FILED)
    assert "rejoint la conversation" in joined.text
    assert words.text == "Agent de la cellule (police)\nBonjour, merci."
    assert words.from_officer
    assert words.protect
    assert "martin" not in joined.text + words.text


def test_a_file_of_an_officer_is_never_joined_to_anything() -> None:
    sent = e.OfficerSentFile(FileId("f"), "image/jpeg", OfficerId("@a:x"), "douanes", MessageRef("$2"))
    letters = tells(e.OfficerJoined("douanes"), sent, SPOKE, before=FILED)
    assert [letter.file for letter in letters] == ["f", None]


def test_a_question_for_an_officer_is_put_in_neutral_words() -> None:
    asked = e.OfficerAskedFact(Fact.VEHICULE, OfficerId("@a:x"))
    (letter,) = tells(asked, before=(*FILED, e.OfficerJoined("police")))
    assert letter.text.startswith("Un agent demande une précision.\nAvez-vous vu un véhicule")
    assert letter.asks == "vehicule"


# --- summary, receipt, privacy ---------------------------------------------------------------------


def test_the_summary_says_every_fact_back_and_what_is_missing() -> None:
    held = (
        *WELCOMED, PLACE, EVENINGS, e.FactUnknown(Fact.PRODUIT), e.FactAbsent(Fact.VEHICULE, "non, à pied"),
        e.FactDeclined(Fact.PERSONNE), e.FactLearned(Fact.CONTACT, "snap: flashlivre_38"),
        e.CitizenSentPhoto(FileId("f")),
    )  # fmt: skip
    (letter,) = tells(e.SummaryShown(), before=held)
    assert letter.text.replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "Voici ce que j'ai compris :",
        "Lieu : parking Battant.",
        "Moment : tous les soirs.",
        "Faits : rien pour le moment.",
        "Produit : vous ne savez pas.",
        "Personnes : vous préférez ne pas répondre.",
        "Véhicule : il n'y en a pas.",
        "Compte ou numéro de vente : snap: flashlivre_38.",
        "Photo : 1.",
        "Est-ce juste ?",
        "Rien n'est déposé sans votre accord.",
    ]
    assert [button.label for button in letter.buttons] == ["C'est juste", "Corriger", "Supprimer"]


def test_a_tapped_answer_is_said_back_in_the_citizens_language() -> None:
    tapped = e.FactLearned(Fact.HORAIRE, "le soir", origin=Origin.BUTTON)
    (letter,) = tells(e.SummaryShown(), before=(*WELCOMED, tapped), language="nl")
    assert "Tijdstip: In de avond." in letter.text


def test_the_summary_says_when_officers_read_already() -> None:
    wanted = e.AgentWanted("S-0001")  # type: ignore[arg-type]  # an alias
    (letter,) = tells(e.SummaryShown(), before=(*WELCOMED, PLACE, wanted))
    assert "Les agents peuvent déjà lire" in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_shows_the_code_once(language: str) -> None:
    letter = WORDING.receipt(language, "KDX7-93PA")
    assert letter.text.count("KDX7-93PA") == 1
    assert letter.protect


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_text_changes_with_the_configuration(language: str) -> None:
    """Retention, draft life, address life, photos and languages are said as they are set."""
    cell = replace(BRUSSELS, retention_days=45)
    text = privacy(
        voice(language, cell, Limits(draft_hours=7, contact_days=11, keeps_photos=False, languages=("fr", "nl")))
    )
    usual = privacy(voice(language))
    for number in ("45", "7", "11"):
        assert re.search(rf"\b{number}\b", text)
        assert not re.search(rf"\b{number}\b", usual)
    assert voice(language).say("privacy-photos", kept="no") in text
    assert voice(language).say("language-en") not in text


def test_an_abandoned_or_unknown_cell_falls_back_to_the_default() -> None:
    (letter,) = WORDING.to_citizen(Conversation("c1"), WELCOMED, NOW)  # type: ignore[arg-type]  # an id
    assert "gendarmerie" in letter.text


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("depuis plusieurs mois", "depuis le jeudi 18 décembre 2025", "depuis plusieurs mois"),
        ("tt les soirs", "tous les jours, de 18 h à 23 h", "tt les soirs"),
        ("en sem vers 7h40", "du lundi au vendredi, vers 7 h 40", "du lundi au vendredi, vers 7 h 40"),
        ("ts les soirs", "tous les soirs", "tous les soirs"),
    ],
)
def test_the_summary_names_no_hour_and_no_date_that_was_not_said(said: str, words: str, shown: str) -> None:
    """What the reader worked out is never put into the citizen's mouth."""
    schedule = Schedule(said, "recurrent", words=words)
    (letter,) = tells(e.SummaryShown(), before=(*WELCOMED, e.FactLearned(Fact.HORAIRE, said, schedule)))
    assert f"Moment : {shown}." in letter.text.replace("\N{NO-BREAK SPACE}", " ")
