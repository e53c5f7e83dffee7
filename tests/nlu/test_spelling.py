"""Misspelt words of the lexicons are heard; names and plain French are left as they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import EntityType
from domain.schedule import Schedule
from nlu.spelling import mended, respelt, sound_of, with_times
from nlu.wording import read_words

from .conftest import Read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("parkng", "parking"),
        ("voitrue", "voiture"),
        ("apartement", "appartement"),
        ("kartier", "quartier"),
        ("immeubl", "immeuble"),
        ("batimant", "batiment"),
        ("bagarr", "bagarre"),
        ("mercredit", "mercredi"),
    ],
)
def test_a_slip_or_a_sound_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize("word", ["maison", "kevin", "besancon", "pouget", "sublet", "ados", "06", "x", "", "chouf"])
def test_what_is_known_or_short_or_a_name_stays(word: str) -> None:
    assert mended(word) == word


def test_alike_sounds_are_one() -> None:
    assert sound_of("kartier") == sound_of("quartiers") == sound_of("cartiez")


def test_places_and_times_stand_at_the_offsets_of_what_was_typed(read: Read) -> None:
    reading = read("ça deal ts les vandredis soir au parkng")
    (time,), (place,) = reading.of(EntityType.HORAIRE), reading.of(EntityType.LIEU)
    assert (time.text, place.text) == ("ts les vandredis soir", "parkng")
    assert isinstance(time.value, Schedule)
    assert (time.value.days, time.value.clock) == (("fr",), ("18:00", "23:00"))


def test_who_writes_is_looked_for_in_what_was_typed(read: Read) -> None:
    """ "Poulett" is one slip from a word of the lexicons, and a family name."""
    reading = read("je m'appelle Karim poulett, ils vendent au parking")
    assert [e.text for e in reading.of(EntityType.IDENTITE_DECLARANT)] == ["Karim poulett"]


_PIECES = (
    "vandredis", "tt les mercredits", "apremm", "jska", "22h", "Été", "e\u0301te\u0301", "😱", "\u200b", " ", "\n",
    ", ", "soar", "dimanch", "l'", "aprem",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=12))
def test_every_letter_keeps_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    spelt, places = with_times(respelt(read_words(text)))
    assert len(places) == len(spelt) + 1
    assert list(places) == sorted(places)
    assert 0 <= places[0] <= places[-1] == len(text)


@pytest.mark.parametrize(("text", "spelt"), [
    ("les vandredits", "les vendredi"), ("tous les apremm", "tous les apres midi"), ("rue Foch", "rue Foch"),
])  # fmt: skip
def test_words_of_time_are_mended_whole(text: str, spelt: str) -> None:
    assert with_times(respelt(read_words(text)))[0] == spelt


@pytest.mark.parametrize(("text", "lang"), [("elke avond drugs op de parking", "nl"), ("he comes with his car", "en")])
def test_other_languages_are_left_alone(read: Read, text: str, lang: str) -> None:
    reading = read(text)
    assert (reading.lang, reading.of(EntityType.PRODUIT), reading.faits) == (lang, (), ())
