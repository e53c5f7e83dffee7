"""What looks like a time and is not: most of it is places, which a report is full of."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.horaire import parse

REFERENCE = datetime(2026, 3, 18, 20, 15)

PLACES = [
    "la rue du 8 mai 1945",
    "place du 11 novembre",
    "c'est l'ecole du 19 mars 1962, derriere le gymnase du 11 novembre",
    "près du métro Quatre-Septembre",
    "au 14 rue de la Nuit",
    "le bar Le Dimanche est fermé",
    "y a eu un article dans Le Soir sur cette bande, page 7",
    "près du Champ-de-Mars",
    "c'est rue de la Saint-Sylvestre",
    "bâtiment 7h, escalier 2",
    "au 3e étage, porte 12",
    "pas dans le 18e non, dans le 2e",
    "l'entrée de l'hôpital de jour",
    "la ligne 12 du bus",
    "le chef vient du midi de la France",
]
PEOPLE = [
    "Monsieur Janvier habite au 2e",
    "mon chien s'appelle Minuit",
    "le grand maigre se fait appeler Vendredi",
    "un mec de 45 ans environ, 1m80",
    "Sam m'a dit que le jeu était fini",
    "appelle le 17",
    "mon numéro c'est le 06 39 98 12 18",
    "une Clio immatriculée GK-000-HM",
]
WORDS = [
    "il vend de la coke à 60 euros le gramme",
    "il a été interpellé puis relâché",
    "ils n'ont pas encore été vus",
    "bonjour, bonsoir, bonne journée",
    "un bon moment que ça dure",
    "à 5 minutes à pied de la gare",
    "tournez à la seconde à droite",
    "il y a trois dealers",
    "10 à 15 jeunes",
    "de temps en temps",
    "la boîte de nuit",
    "au début je croyais",
    "une BMW noir mat",
    "l'infirmière de nuit du foyer",
    "80 euros la journée pour guetter",
    "le père Noël du quartier",
    "trois soirs de suite",
    "il vend de la brune",
    "maintenant ils sont trois devant la porte du garage",
]


@pytest.mark.parametrize("text", [*PLACES, *PEOPLE, *WORDS])
def test_is_not_a_time(text: str) -> None:
    """Nothing is found."""
    assert parse(text, reference=REFERENCE) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("place Saint-Pierre tous les soirs", "tous les soirs"),
        ("au square de midi à 14h", "de midi à 14h"),
        ("dans la rue le soir", "le soir"),
        ("rue du 8 mai, chaque soir entre 20h et 22h", "chaque soir entre 20h et 22h"),
        ("ils vendent de nuit", "de nuit"),
        ("vers 4h deux hommes sont sortis", "vers 4h"),
        ("hall 18h-23h tous les jours", "18h-23h tous les jours"),
    ],
)
def test_a_time_beside_a_place_is_still_found(text: str, words: str) -> None:
    """Only the place is hidden."""
    (found,) = parse(text, reference=REFERENCE)
    assert found.text == words


def test_the_caller_may_hide_places_it_found_itself() -> None:
    """No time is read in a masked stretch."""
    text = "au Midi-Minuit le soir"
    start = text.index("Midi")
    (found,) = parse(text, reference=REFERENCE, masked=[(start, start + len("Midi-Minuit"))])
    assert found.text == "le soir"
