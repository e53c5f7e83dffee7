"""Danger now is always heard; what is over, told or played is not danger."""

import pytest

from domain.reading import Intent
from nlu.blend import Proposal, blended

from .conftest import AT, Read


@pytest.mark.parametrize(
    "text",
    [
        "au secours",
        "ils sont en train de tabasser un gamin",
        "il ne respire plus, appelez le samu",
        "ca tire devant la poste !!",
        "ils viennent de tirer en l'air à l'instant",
        "il y a le feu dans la cage d'escalier",
        "quelqu'un force ma porte",
        "je veux en finir",
        "ma copine convulse elle a pris un cachet",
        "VITE UN JEUNE EST INCONSCIENT DANS LES TOILETTES",
        "ya 1 mec par terre il bouge plus",
        "ça sent le gaz dans tout l'immeuble",
        "il va sauter du pont",
        "un homme avec un fusil tire dans la rue, il tire sur les passants",
        "y a un mec qui tire sur tout le monde",
        "un type avec une kalash est dans le hall",
    ],
)
def test_hears_danger(read: Read, text: str) -> None:
    reading = read(text)
    assert reading.urgent
    assert reading.intent is Intent.URGENCE


@pytest.mark.parametrize("text", ["il a sorti un couteau", "une prise d'otages", "ma voiture a pris feu"])
def test_weighs_words_that_may_be_over(read: Read, text: str) -> None:
    """By rules alone they are an emergency; a model that reads the sentence may say that they are not."""
    reading = read(text)
    assert reading.intent is Intent.URGENCE
    assert not reading.urgent
    calm = Proposal(Intent.SIGNALER, 0.9, (), (), alarm=0.02)
    wary = Proposal(Intent.SIGNALER, 0.6, (), (), alarm=0.3)
    assert blended(text, None, reading, calm, AT).intent is Intent.SIGNALER
    assert blended(text, None, reading, wary, AT).intent is Intent.URGENCE


@pytest.mark.parametrize("text", ["au secours", "ils sont en train de tabasser un gamin"])
def test_no_model_silences_danger(read: Read, text: str) -> None:
    assert blended(text, None, read(text), Proposal(Intent.HORS_SUJET, 1.0, (), (), alarm=0.0), AT).urgent


@pytest.mark.parametrize("asked", ["lieu", "horaire", "produit", "confirmation", "autre"])
def test_hears_danger_whatever_was_asked(read: Read, asked: str) -> None:
    assert read("attendez il l'étrangle, venez vite", asked).urgent


@pytest.mark.parametrize(
    "text",
    [
        "il s'est fait planter l'an dernier",
        "j'ai entendu tirer hier soir",
        "des coups de feu dans la nuit du 3 au 4 mars, la police est venue",
        "ils tirent sur leurs joints",
        "le guetteur tire sur sa clope",
        "l'an dernier un homme a tiré sur les gens avec un fusil",
        "ils vendent de la frappe",
        "ils se promènent avec un couteau tous les soirs",
        "on tourne un film avec des armes factices",
        "je suis mort de rire",
        "si un jour quelqu'un fait une overdose, j'appelle qui ?",
    ],
)
def test_does_not_cry_wolf(read: Read, text: str) -> None:
    assert not read(text).urgent
