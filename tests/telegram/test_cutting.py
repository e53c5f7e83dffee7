"""Long letters are cut where a reader would pause, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.cutting import cut, length_utf16

TEXTS = st.text(alphabet=st.sampled_from("ab é\n.,?😀👩\u200d\u0301"), max_size=300)


@given(TEXTS, st.integers(min_value=4, max_value=60))
def test_every_part_fits_and_only_white_space_is_lost(text: str, limit: int) -> None:
    parts = cut(text, limit)
    assert all(0 < length_utf16(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_short_text_stays_whole() -> None:
    assert cut("Bonjour.") == ["Bonjour."]
    assert cut("") == []
    assert cut("a" * 4096) == ["a" * 4096]


def test_a_text_is_cut_at_the_end_of_a_paragraph_a_sentence_or_a_word() -> None:
    assert cut("Un deux trois.\n\nQuatre cinq six.", 20) == ["Un deux trois.", "Quatre cinq six."]
    assert cut("Un deux trois. Quatre cinq.", 20) == ["Un deux trois.", "Quatre cinq."]
    assert cut("Un deux trois quatre", 14) == ["Un deux trois", "quatre"]


def test_an_emoji_counts_twice() -> None:
    assert cut("😀" * 5, 4) == ["😀😀", "😀😀", "😀"]


def test_a_family_is_not_torn_apart() -> None:
    family = "👩\u200d👧"
    assert cut("abcd" + family, 7) == ["abcd", family]
