"""The phrase language of the lexicon files."""

import pytest

from nlu import lexicon
from nlu.phrases import Phrases
from nlu.wording import read_words


def found(row: str, text: str, *lists: str) -> list[str]:
    """The stretches of a text that one phrase matches."""
    wording = read_words(text)
    phrases = Phrases([*lists, "[x]", row])
    return [" ".join(wording.words[f.first : f.after]) for f in phrases.found(wording)]


@pytest.mark.parametrize(
    ("row", "text", "expected"),
    [
        ("coup de feu", "un coup de feu hier", ["coup de feu"]),
        ("vend*", "ils vendaient et vendront", ["vendaient", "vendront"]),
        ("je|on vends", "je vends, on vends, tu vends", ["je vends", "on vends"]),
        ("j+ai|on+a vu", "j'ai vu, on a vu", ["j ai vu", "on a vu"]),
        ("porte (de) derriere", "porte derrière, porte de derrière", ["porte derriere", "porte de derriere"]),
        ("ils _2 vendent", "ils la vendent. ils me la vendent", ["ils la vendent", "ils me la vendent"]),
        ("ils _2 vendent", "ils dorment. Puis vendent", []),
        ("il y a # jours", "il y a 3 jours", ["il y a 3 jours"]),
        ("ca tire !sur", "ça tire sur la corde, ça tire fort", ["ca tire"]),
        ("^ non", "non. non", ["non"]),
        ("stop $", "stop ou encore, stop !", ["stop !"]),
    ],
)
def test_a_phrase_matches(row: str, text: str, expected: list[str]) -> None:
    assert found(row, text) == expected


def test_a_list_is_written_once() -> None:
    assert found("sort un @lame", "il sort un sabre", "@lame = couteau sabre mac+hette") == ["sort un sabre"]


@pytest.mark.parametrize(
    "name",
    [
        "conduite.txt", "evenements.txt", "faits.txt", "hors_sujet.txt", "identite.txt", "intentions.txt", "lieux.txt",
        "nuisance.txt", "personnes.txt", "produits.txt", "questions.txt", "urgence.txt", "vehicules.txt",
    ],
)  # fmt: skip
def test_every_lexicon_is_plain(name: str) -> None:
    """Accents and apostrophes would never match a folded word: an editor's slip shows here."""
    rows = [row for row in lexicon.lines(name) if not row.isascii() or "'" in row]
    assert rows == []
    Phrases(lexicon.lines(name))
