"""Spans of each kind, drawn as the guide says."""

import pytest

from domain.reading import EntityType, Place
from domain.schedule import Schedule

from .conftest import Read

K = EntityType


@pytest.mark.parametrize(
    ("asked", "text", "kind", "spans"),
    [
        (None, "au parking de la gare, avenue Foch à Dole", K.LIEU, ["parking de la gare, avenue Foch à Dole"]),
        (None, "ils sont derrière le 12 bis rue du 8 mai 1945", K.LIEU, ["12 bis rue du 8 mai 1945"]),
        (None, "deal hall 14 de la cité des Lauriers", K.LIEU, ["hall 14 de la cité des Lauriers"]),
        (None, "sur l'aire de repos, A36 direction Belfort", K.LIEU, ["aire de repos, A36 direction Belfort"]),
        (None, "ON ENTEND DES COUPS DE FEU PLACE DES ACACIAS", K.LIEU, ["PLACE DES ACACIAS"]),
        (None, "un point de deal place Sainte-Claire", K.LIEU, ["place Sainte-Claire"]),
        (None, "au 21 de la rue des Merisiers", K.LIEU, ["21 de la rue des Merisiers"]),
        ("lieu", "terminus Les Ormeaux", K.LIEU, ["terminus Les Ormeaux"]),
        ("lieu", "la cave du bâtiment C", K.LIEU, ["cave du bâtiment C"]),
        (None, "CA DEAL A L'ENTREE DU PARKING", K.LIEU, ["ENTREE DU PARKING"]),
        (None, "il se fait livrer sur Snapchat", K.LIEU, []),
        (None, "c'est la clio de la mère à Enzo", K.LIEU, []),
        (None, "sa vend a montbelliard", K.LIEU, ["montbelliard"]),
        (None, "chez moi, dans mon immeuble, dans le quartier", K.LIEU, []),
        (None, "il est en train de fumer, ça marche comme ça", K.LIEU, []),
        (None, "ils vendent du shit et de la poudre blanche", K.PRODUIT, ["shit", "poudre blanche"]),
        (None, "de la drogue, de la came, des stups", K.PRODUIT, []),
        (None, "il n'y a pas de coke ici", K.PRODUIT, []),
        ("produit", "blanche", K.PRODUIT, ["blanche"]),
        (None, "une voiture blanche est passée", K.PRODUIT, []),
        (None, "cachets bleus en forme de diamant", K.PRODUIT, ["cachets bleus en forme de diamant"]),
        (None, "ya dla c au kebab", K.PRODUIT, ["c"]),
        (None, "ils arrivent en Clio grise immatriculée GK-417-TR", K.VEHICULE, ["Clio grise immatriculée GK-417-TR"]),
        (None, "un scooter noir sans plaque", K.VEHICULE, ["scooter noir sans plaque"]),
        ("vehicule", "1-XKD-482", K.VEHICULE, ["1-XKD-482"]),
        (None, "dans la nuit du 13 au 14 juillet", K.VEHICULE, []),
        (None, "ma voiture a été rayée", K.VEHICULE, []),
        (None, "un homme d'une trentaine d'années vend", K.PERSONNE, ["un homme d'une trentaine d'années"]),
        (None, "il y a un gars qui vend", K.PERSONNE, []),
        (None, "deux hommes vendent là", K.PERSONNE, ["deux hommes"]),
        ("personne", "un grand maigre, casquette rouge", K.PERSONNE, ["un grand maigre, casquette rouge"]),
        (None, "il a une cicatrice à la joue", K.PERSONNE, ["une cicatrice à la joue"]),
        (None, "un certain Biscotte tient le point", K.PERSONNE, ["un certain Biscotte"]),
        (None, "ils vendent tous les soirs vers 18h", K.HORAIRE, ["tous les soirs vers 18h"]),
        (None, "vers 18h ils arrivent", K.HORAIRE, ["18h"]),
        (None, "ça commence après la messe", K.HORAIRE, ["après la messe"]),
        ("horaire", "quand le tabac ferme", K.HORAIRE, ["quand le tabac ferme"]),
        (None, "il vend du shit", K.HORAIRE, []),
    ],
)  # fmt: skip
def test_spans_follow_the_guide(read: Read, asked: str | None, text: str, kind: EntityType, spans: list[str]) -> None:
    assert [entity.text for entity in read(text, asked).of(kind)] == spans


def test_a_place_is_resolved_as_far_as_it_goes(read: Read) -> None:
    (entity,) = read("ça vend au 12 rue des Ormeaux à Besançon").of(K.LIEU)
    place = entity.value
    assert isinstance(place, Place)
    assert (place.number, place.street, place.commune, place.precise) == ("12", "rue des Ormeaux", "Besançon", True)
    assert place.code == "3033123"


def test_a_town_alone_is_not_precise(read: Read) -> None:
    (entity,) = read("ça deale à Charleroi").of(K.LIEU)
    assert isinstance(entity.value, Place)
    assert (entity.value.commune, entity.value.precise) == ("Charleroi", False)


def test_a_schedule_carries_days_and_hours(read: Read) -> None:
    (entity,) = read("en semaine vers 7h20", "horaire").of(K.HORAIRE)
    value = entity.value
    assert isinstance(value, Schedule)
    assert value.kind == "recurrent"
    assert value.days == ("mo", "tu", "we", "th", "fr")


def test_a_bare_hour_is_only_a_clock_time(read: Read) -> None:
    (entity,) = read("vers 16h", "horaire").of(K.HORAIRE)
    assert isinstance(entity.value, Schedule)
    assert entity.value.is_only_a_clock_time


def test_a_repaired_value_falls(read: Read) -> None:
    reading = read("à l'auberge du Cygne, chambre 21. Euh non, chambre 23", "lieu")
    assert [entity.text for entity in reading.of(K.LIEU)] == ["auberge du Cygne", "chambre 23"]
    assert reading.rejected == ("21",)


def test_a_denied_value_falls(read: Read) -> None:
    reading = read("pas la gare routière, la gare SNCF", "confirmation")
    assert [entity.text for entity in reading.of(K.LIEU)] == ["gare SNCF"]
    assert reading.rejected == ("gare routière",)


def test_conduct_is_the_clause_that_tells_it(read: Read) -> None:
    text = "Bonsoir. Il vend aux voitures qui passent. Merci"
    (span,) = read(text).conduct
    assert text[slice(*span)] == "Il vend aux voitures qui passent"


@pytest.mark.parametrize("text", ["Bonsoir, je veux signaler un point de deal", "il y a du trafic"])
def test_an_announcement_tells_no_conduct(read: Read, text: str) -> None:
    assert read(text).conduct == ()


@pytest.mark.parametrize(("text", "first"), [
    ("pendant les vacances scolaires ils vendent au parc de la Gare à Besançon", "2026 Feb 07-2026 Feb 22"),
    ("pendant les vacances scolaires ils vendent rue Foch, 34000 Montpellier", "2026 Feb 21-2026 Mar 08"),
    ("pendant les vacances scolaires ils vendent au 12 rue Foch à Besançon", "2026 Feb 07-2026 Feb 22"),
    ("pendant les vacances scolaires ils vendent au parc", ""),
])  # fmt: skip
def test_school_holidays_are_those_of_the_place(read: Read, text: str, first: str) -> None:
    (time,) = read(text).of(EntityType.HORAIRE)
    assert isinstance(time.value, Schedule)
    assert (time.value.opening_hours or "").startswith(first or "SH")
