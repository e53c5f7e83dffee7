"""Pieces of one place or one person become one span; others stay apart."""

import pytest

from domain.reading import Entity, EntityType
from nlu.model.joining import joined, parted, unclipped

LIEU, PERSONNE, VEHICULE = EntityType.LIEU, EntityType.PERSONNE, EntityType.VEHICULE


def _spans(text: str, kind: EntityType, *pieces: str) -> list[Entity]:
    starts = [text.index(piece) for piece in pieces]
    return [Entity(kind, at, at + len(piece), piece, 0.9 - at / 1000) for at, piece in zip(starts, pieces, strict=True)]


@pytest.mark.parametrize(("text", "read", "kept"), [
    ("de la cocaïne, d'après lui", "cocaïne, d", "cocaïne"), ("rue Haute qu'ils vendent", "rue Haute qu", "rue Haute"),
    ("vitamine D et C", "vitamine D", "vitamine D"), ("d'Azur", "d", "d"),
])  # fmt: skip
def test_no_span_ends_in_an_elided_word(text: str, read: str, kept: str) -> None:
    start = text.index(read)
    entity = unclipped(text, Entity(LIEU, start, start + len(read), read))
    assert (entity.text, text[entity.start : entity.end]) == (kept, kept)


@pytest.mark.parametrize(("text", "pieces"), [
    ("parking de la gare, avenue Foch à Dole", ("parking", "gare", "avenue Foch", "Dole")),
    ("hall 3 cité des Lilas", ("hall 3", "cité des Lilas")),
    ("grue jaune de l'île de Nantes", ("grue jaune", "île de Nantes")),
])  # fmt: skip
def test_pieces_of_a_place_are_one(text: str, pieces: tuple[str, ...]) -> None:
    (place,) = joined(text, _spans(text, LIEU, *pieces))
    assert (place.start, place.end, place.text) == (0, len(text), text)
    assert place.confidence == min(entity.confidence for entity in _spans(text, LIEU, *pieces))


@pytest.mark.parametrize(
    "text", ["la gare derrière le port", "la gare et le port", "la gare. Le port", "la gare puis le port"]
)
def test_other_words_keep_places_apart(text: str) -> None:
    start = text.lower().index("port")
    pieces = [Entity(LIEU, 3, 7, "gare"), Entity(LIEU, start, start + 4, text[start : start + 4])]
    assert joined(text, pieces) == pieces


def test_a_list_of_looks_is_one_person() -> None:
    text = "un grand, casquette rouge"
    assert [e.text for e in joined(text, _spans(text, PERSONNE, "un grand", "casquette rouge"))] == [text]


def test_types_are_not_mixed_and_vehicles_stay_apart() -> None:
    text = "Clio, Golf"
    pieces = _spans(text, VEHICULE, "Clio", "Golf")
    assert joined(text, pieces) == pieces
    mixed = [Entity(LIEU, 0, 4, "Clio"), Entity(PERSONNE, 6, 10, "Golf")]
    assert joined(text, mixed) == mixed
    assert joined(text, []) == []


@pytest.mark.parametrize(("text", "places"), [
    ("porte C à gauche de la laverie", ["porte C", "laverie"]),
    ("petit bois derrière la crèche", ["petit bois", "crèche"]),
    ("quai Veil-Picard et place Jouffroy", ["quai Veil-Picard", "place Jouffroy"]),
    ("rue Foch puis la place Granvelle", ["rue Foch", "place Granvelle"]),
    ("angle de la rue Foch et de la rue Haute", ["angle de la rue Foch et de la rue Haute"]),
    ("Cité du Moulin et du Meunier", ["Cité du Moulin et du Meunier"]), ("le Derrière", ["le Derrière"]),
])  # fmt: skip
def test_places_that_a_word_keeps_apart_are_two(text: str, places: list[str]) -> None:
    found = parted([Entity(LIEU, 5, 5 + len(text), text)])
    assert [entity.text for entity in found] == places
    assert all(text[entity.start - 5 : entity.end - 5] == entity.text for entity in found)
    person = Entity(PERSONNE, 0, len(text), text)
    assert parted([person]) == [person]


@pytest.mark.parametrize(("text", "times"), [
    ("depuis le début des vacances, l'après-midi", ["depuis le début des vacances", "l'après-midi"]),
    ("depuis mai, surtout le soir", ["depuis mai", "le soir"]), ("depuis le 3 mai", ["depuis le 3 mai"]),
    ("lundi, le soir", ["lundi, le soir"]),
])  # fmt: skip
def test_a_beginning_and_a_rhythm_are_two(text: str, times: list[str]) -> None:
    found = parted([Entity(EntityType.HORAIRE, 0, len(text), text)])
    assert [entity.text for entity in found] == times
    assert all(text[entity.start : entity.end] == entity.text for entity in found)
