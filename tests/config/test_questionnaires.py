"""Questionnaires as operators write them."""

from pathlib import Path

import pytest

from config.questionnaires import load_questionnaire, load_questionnaires, needed_labels
from domain.errors import OperatorError
from domain.questionnaire import Fact


def test_the_packaged_questionnaire_asks_what_is_needed_first() -> None:
    """Place, time and conduct are required and asked at most twice; the rest once, and only if useful."""
    found = load_questionnaires()["stupefiants"]
    assert found.required == (Fact.LIEU, Fact.HORAIRE, Fact.COMPORTEMENT)
    assert [(q.fact, q.max_asks) for q in found.questions] == [
        (Fact.LIEU, 2), (Fact.HORAIRE, 2), (Fact.COMPORTEMENT, 2),
        (Fact.PRODUIT, 1), (Fact.PERSONNE, 1), (Fact.VEHICULE, 1), (Fact.DEPUIS, 1),
    ]  # fmt: skip
    assert (found.max_questions, found.max_buttons) == (8, 6)


def test_a_tapped_time_of_day_means_its_own_words() -> None:
    horaire = load_questionnaires()["stupefiants"].question(Fact.HORAIRE)
    assert horaire is not None
    assert horaire.meanings == {"matin": "le matin", "apres-midi": "l'après-midi", "soir": "le soir", "nuit": "la nuit"}


def test_every_question_leaves_room_for_the_two_fixed_buttons() -> None:
    for questionnaire in load_questionnaires().values():
        assert all(len(q.answers) <= questionnaire.max_buttons - 2 for q in questionnaire.questions)


def test_labels_are_asked_of_the_catalogues() -> None:
    assert "answer-label-horaire-apres-midi" in needed_labels(load_questionnaires().values())


def test_every_fault_of_every_file_is_in_one_message(tmp_path: Path) -> None:
    (tmp_path / "un.toml").write_text(
        'name = "un"\nsurprise = 1\n[[questions]]\nfact = "couleur"\nmax_asks = 3\n', encoding="utf-8"
    )
    (tmp_path / "deux.toml").write_text(
        'name = "trois"\nmax_buttons = 3\n[[questions]]\nfact = "lieu"\n[[questions]]\nfact = "lieu"\n'
        '[questions.answers]\na = "a"\nb = "b"\n',
        encoding="utf-8",
    )
    (tmp_path / "quatre.toml").write_text("name =", encoding="utf-8")
    with pytest.raises(OperatorError) as caught:
        load_questionnaires(tmp_path)
    message = str(caught.value)
    for expected in (
        "un.toml: surprise: unknown key",
        "un.toml: questions.0.fact: Input should be",
        "un.toml: questions.0.max_asks",
        "deux.toml: name: 'deux' expected as the file is called, 'trois' came",
        "deux.toml: questions: lieu is asked for 2 times; keep one",
        "deux.toml: questions: at least one required fact expected",
        "deux.toml: questions.lieu: at most 1 answers fit, 2 came",
        "quatre.toml: expected TOML",
    ):
        assert expected in message


def test_an_empty_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="at least one questionnaire"):
        load_questionnaires(tmp_path)
    with pytest.raises(OperatorError, match="expected a readable file"):
        load_questionnaire(tmp_path / "absent.toml")
