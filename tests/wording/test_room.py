"""What officers read in the room of a case."""

from datetime import UTC, datetime, timedelta

from domain import events as e
from domain.events import Notice, Origin, Verdict
from domain.ids import Alias, FileId, MessageRef, OfficerId
from domain.messages import Letter, Mark, PutMark, RefusedKind, ToOfficers
from domain.questionnaire import Fact
from domain.reading import Fait, Place
from domain.schedule import Schedule
from handlers.card import as_html, as_text, card_of
from handlers.ports import Recorded
from handlers.recap import MOST_CHARACTERS
from handlers.staff_time import in_words
from tests.wording.counters import NOW, WORDING, conversation, room, voice

ALIAS = Alias("S-0042")
MARTIN = OfficerId("@a.martin:cell.example")
EVENINGS = Schedule(
    "ts les soirs sf dimanche", "recurrent", "tous les soirs sauf le dimanche",
    days=("mo", "tu", "we", "th", "fr", "sa"),
    clock=("18:00", "23:00"), opening_hours="Mo-Sa 18:00-23:00",
)  # fmt: skip
TOLD = (
    e.NoticeGiven(Notice.WELCOME),
    e.FactLearned(Fact.LIEU, "parking Battant", Place("parking Battant", commune="Besançon", departement="25")),
    e.FactLearned(Fact.HORAIRE, "ts les soirs sf dimanche", EVENINGS),
    e.FactUnknown(Fact.PRODUIT),
)
FILED = (*TOLD, e.SummaryShown(), e.ReportFiled(ALIAS))
WITH_OFFICER = (*FILED, e.OfficerJoined("police"))


def _texts(letters: tuple[Letter, ...] | object) -> list[tuple[str, str]]:
    return [(one.kind, one.text.replace("\N{NO-BREAK SPACE}", " ")) for one in letters if isinstance(one, ToOfficers)]  # type: ignore[attr-defined]  # any letters


# --- the card --------------------------------------------------------------------------------------


def test_nothing_is_said_in_a_room_before_there_is_a_case() -> None:
    assert room(e.CitizenSpoke("bonsoir"), e.FactLearned(Fact.LIEU, "Dole"), before=TOLD[:1]) == ()


def test_filing_gives_the_card_first_then_how_it_was_opened() -> None:
    """The transcript is the recap's: the words of the turn that files are not told twice."""
    said = (e.CitizenTapped("confirmer"), e.ReportFiled(ALIAS), e.ReceiptGiven(), e.CounterSaid("C'est déposé."))
    card, notice = room(*said, before=(*TOLD, e.SummaryShown()))
    assert isinstance(card, ToOfficers)
    assert (card.kind, card.key) == ("card", "card")
    assert _texts((notice,)) == [("notice", "Signalement déposé et confirmé par la personne.")]


def test_a_photo_of_the_turn_that_opens_the_case_is_not_lost() -> None:
    letters = room(e.CitizenSentPhoto(FileId("f9")), e.CitizenSpoke("un agent"), e.AgentWanted(ALIAS), before=TOLD)
    assert [one.file for one in letters if isinstance(one, ToOfficers) and one.file] == ["f9"]
    assert not any("un agent" in text for kind, text in _texts(letters) if kind == "citizen")


def test_the_card_says_each_fact_with_its_state() -> None:
    text = as_text(card_of(voice(), conversation(*FILED))).replace("\N{NO-BREAK SPACE}", " ")
    assert text.splitlines() == [
        "Dossier S-0042",
        "déposé, résumé confirmé par la personne",
        "- Lieu : parking Battant [Besançon, 25] (dit)",
        "- Moment : tous les soirs sauf le dimanche [Mo-Sa 18:00-23:00] (dit)",
        "- Faits : pas demandé",
        "- Produit : ne sait pas",
        "- Personnes : pas demandé",
        "- Véhicule : pas demandé",
        "- Depuis quand : pas demandé",
        "  lu 18:00-23:00 | ma 18:00-23:00 | me 18:00-23:00 | je 18:00-23:00 | ve 18:00-23:00 | sa 18:00-23:00 | di",
        "Manque : les faits",
        "Langue : français",
        "Pas encore pris en charge (!prendre)",
        "Renseignement anonyme, sans valeur de preuve.",
    ]


def test_the_card_shows_the_week_as_a_table() -> None:
    html = as_html(card_of(voice(), conversation(*FILED)))
    assert "<th>lu</th><th>ma</th>" in html
    assert html.count("<td>18:00-23:00</td>") == 6


def test_what_people_wrote_is_escaped_in_the_card() -> None:
    card = card_of(voice(), conversation(*TOLD[:1], e.FactLearned(Fact.LIEU, "<b>&co</b>"), e.AgentWanted(ALIAS)))
    assert "&lt;b&gt;&amp;co&lt;/b&gt;" in as_html(card)
    assert "<b>" not in as_html(card)


def test_a_guessed_answer_is_marked_for_the_officers() -> None:
    guessed = e.FactLearned(Fact.COMPORTEMENT, "ça tourne", confidence=0.4)
    rows = {row.name: row.state for row in card_of(voice(), conversation(*TOLD, guessed)).rows}
    assert rows["Faits"] == "dit, lecture à vérifier"


def test_the_card_is_sent_again_only_when_it_changes() -> None:
    same = room(e.CitizenSpoke("merci"), before=FILED)
    changed = room(e.CitizenSpoke("une Clio"), e.FactLearned(Fact.VEHICULE, "une Clio"), before=FILED)
    assert [kind for kind, _ in _texts(same)] == ["citizen"]
    assert [kind for kind, _ in _texts(changed)] == ["citizen", "card"]


def test_an_erased_report_leaves_an_empty_card() -> None:
    letters = room(e.Erased(), before=FILED)
    (card,) = [one for one in letters if isinstance(one, ToOfficers) and one.kind == "card"]
    assert "Battant" not in card.text + (card.html or "")
    assert any(kind == "notice" and "a effacé son signalement" in text for kind, text in _texts(letters))


def test_kinds_of_conduct_and_who_took_the_case_are_on_the_card() -> None:
    notes = card_of(voice(), conversation(*FILED, e.FaitsNoted((Fait.GUET,)), e.CaseTaken(MARTIN, "police"))).notes
    assert any(note.endswith("guet") for note in notes)
    assert any("@a.martin" in note for note in notes)


# --- time --------------------------------------------------------------------------------------------


def test_staff_read_times_to_the_nearest_hour_in_local_time() -> None:
    said = [in_words(voice(), datetime(2026, 3, 18, 19, minute, tzinfo=UTC)) for minute in (0, 29, 30, 59)]
    assert said == ["le 18 mars, vers 20 h"] * 2 + ["le 18 mars, vers 21 h"] * 2
    assert in_words(voice(), datetime(2026, 12, 31, 22, 45, tzinfo=UTC)) == "le 1 janvier, vers 0 h"


# --- the thread ----------------------------------------------------------------------------------------


def test_the_citizens_words_and_the_counters_are_told_apart() -> None:
    letters = room(
        e.CitizenSpoke("il revient <demain>"), e.CitizenSpoke("après-demain", edits=True),
        e.CitizenTapped("horaire:soir"), e.CitizenTapped("corriger:lieu"),
        e.CounterSaid("Votre message\nest transmis."), before=FILED,
    )  # fmt: skip
    assert _texts(letters) == [
        ("citizen", "Personne : il revient <demain>"),
        ("citizen", "Personne (correction) : après-demain"),
        ("citizen", "Personne (bouton) : Le soir"),
        ("citizen", "Personne (bouton) : Corriger : le lieu"),
        ("counter", "Robot : Votre message est transmis."),
    ]
    assert isinstance(letters[0], ToOfficers)
    assert letters[0].html == "<strong>Personne</strong> : il revient &lt;demain&gt;"
    assert isinstance(letters[4], ToOfficers)
    assert "color=" in (letters[4].html or "")


def test_what_officers_write_is_not_said_twice_but_marked() -> None:
    spoke = e.OfficerSpoke("Bonjour", MARTIN, "police", MessageRef("$1"))
    noted = e.OfficerNoted("note interne", MARTIN)
    assert room(spoke, noted, before=WITH_OFFICER) == (PutMark(MessageRef("$1"), Mark.QUEUED),)


def test_a_held_question_is_marked_and_explained() -> None:
    mark, notice = room(e.OfficerHeld("Votre nom ?", MARTIN, "police", MessageRef("$1")), before=WITH_OFFICER)
    assert mark == PutMark(MessageRef("$1"), Mark.HELD)
    assert isinstance(notice, ToOfficers)
    assert "!confirmer" in notice.text
    assert notice.reply_to == "$1"


def test_a_photo_comes_with_its_file_and_a_refusal_without() -> None:
    photo, refused, *_ = room(e.CitizenSentPhoto(FileId("f1")), e.ThingRefused(RefusedKind.VOICE), before=FILED)
    assert isinstance(photo, ToOfficers)
    assert (photo.kind, photo.file) == ("citizen", "f1")
    assert isinstance(refused, ToOfficers)
    assert "un message vocal" in refused.text


def test_danger_told_while_an_officer_is_there_is_a_notice_in_the_room() -> None:
    letters = room(e.CitizenSpoke("il a un couteau"), e.NoticeGiven(Notice.EMERGENCY), before=WITH_OFFICER)
    assert [kind for kind, _ in _texts(letters)] == ["citizen", "notice"]
    assert "DANGER" in _texts(letters)[1][1]


def test_doors_masks_closings_and_withdrawals_have_their_notice() -> None:
    for event, expected in (
        (e.DoorClosed(), "a bloqué le guichet"),
        (e.DoorOpened(), "de nouveau recevoir"),
        (e.IdentityMasked(2), "2 passages masqués"),
        (e.OfficerUnreadable(MessageRef("$9")), "n'a pas pu être déchiffré"),
        (e.OfficerWithdrew(MessageRef("$9"), in_time=False), "Trop tard"),
        (e.OfficerWithdrew(MessageRef("$9"), in_time=True), "retiré avant l'envoi"),
        (e.CaseTaken(MARTIN, "police"), "@a.martin:cell.example prend le dossier"),
        (e.OfficerLeft(MARTIN), "rendu au robot"),
        (e.CaseClosed(Verdict.EXPLOITABLE, "transmis à la brigade", MARTIN), "exploitable. transmis à la brigade"),
    ):
        told = " ".join(text for kind, text in _texts(room(event, before=WITH_OFFICER)) if kind == "notice")
        assert expected in told


def test_an_undelivered_message_says_why_and_what_to_do() -> None:
    blocked = WORDING.undelivered("blocked", MessageRef("$1"))
    unknown = WORDING.undelivered("SomethingNew", None)
    assert (blocked.reply_to, "bloqué" in blocked.text) == ("$1", True)
    assert "!renvoyer" in unknown.text


def test_a_message_sent_twice_is_marked() -> None:
    assert WORDING.resent("Bonjour").endswith(")\nBonjour")


# --- commands ------------------------------------------------------------------------------------------


def _answer(name: str, argument: str = "") -> str:
    (letter,) = [one for one in room(e.OfficerOrdered(name, MARTIN, argument), before=WITH_OFFICER)
                 if isinstance(one, ToOfficers)]  # fmt: skip
    assert letter.kind == "answer"
    return letter.text


def test_help_lists_the_commands_that_exist_and_no_other() -> None:
    listed = {line.split()[0] for line in _answer("aide").splitlines() if line.startswith("!")}
    names = "aide prendre rendre demander note statut resume renvoyer confirmer clore"
    assert listed == {f"!{name}" for name in names.split()}


def test_refused_and_unknown_commands_say_what_was_expected() -> None:
    assert "!aide" in _answer("danser")
    assert "lieu, horaire, comportement" in _answer("demander", "couleur")
    assert "hors_perimetre" in _answer("clore", "peut-être")
    assert "retenue" in _answer("confirmer")
    assert "avec un agent" in _answer("statut")


def test_a_closed_door_marks_the_message_that_did_not_leave() -> None:
    letters = room(e.OfficerOrdered("door-closed", MARTIN, "$7"), before=(*WITH_OFFICER, e.DoorClosed()))
    assert letters[0] == PutMark(MessageRef("$7"), Mark.BLOCKED)


def test_a_recap_asked_for_is_left_to_the_one_who_can_read_the_past() -> None:
    assert room(e.OfficerOrdered("resume", MARTIN), before=WITH_OFFICER) == ()


# --- the recap -------------------------------------------------------------------------------------------


def _recorded(*events: e.Event, minutes: int = 10) -> list[Recorded]:
    return [Recorded(seq, NOW + timedelta(minutes=minutes * seq), event) for seq, event in enumerate(events)]


def test_the_recap_holds_facts_then_words_with_times_to_the_hour() -> None:
    past = _recorded(e.CitizenSpoke("bonsoir"), e.CounterSaid("Bonjour."), e.OfficerNoted("note secrète", MARTIN),
                     e.OfficerSpoke("Merci.", MARTIN, "police", MessageRef("$1")), minutes=20)  # fmt: skip
    letter = WORDING.recap(conversation(*WITH_OFFICER), past)
    assert letter.kind == "recap"
    assert letter.text.replace("\N{NO-BREAK SPACE}", " ").split("\n\n")[1].splitlines() == [
        "le 18 mars, vers 21 h", "Personne : bonsoir", "Robot : Bonjour.",
        "le 18 mars, vers 22 h", "Agent (police) : Merci.",
    ]  # fmt: skip
    assert "note secrète" not in letter.text + (letter.html or "")


def test_a_long_recap_keeps_the_end_and_says_that_it_was_cut() -> None:
    past = _recorded(*(e.CitizenSpoke(f"message {n} " + "é<" * 500) for n in range(40)))
    letter = WORDING.recap(conversation(*WITH_OFFICER), past)
    assert "message 39" in letter.text
    assert "message 1 " not in letter.text
    assert "coupé ici" in letter.text
    assert len(letter.text) < MOST_CHARACTERS + 2000
    assert len((letter.text + (letter.html or "")).encode()) < 60_000


def test_a_time_is_said_once_in_a_recap() -> None:
    past = _recorded(*(e.CitizenSpoke(str(n)) for n in range(30)))
    times = [line for line in WORDING.recap(conversation(*FILED), past).text.splitlines() if line.startswith("le 18")]
    assert times == [f"le 18 mars, vers {hour} h" for hour in (21, 22, 23)]


def test_a_pin_is_on_the_card_only_once_confirmed() -> None:
    pinned = (*FILED, e.CitizenPinned(43.949, 4.806))
    assert "43.949" not in as_text(card_of(voice(), conversation(*pinned)))
    learned = e.FactLearned(Fact.LIEU, "43.94900, 4.80600", origin=Origin.PIN, replaces=True)
    assert "43.94900, 4.80600 (carte)" in as_text(card_of(voice(), conversation(*pinned, learned)))
