"""Keys, seals and the names of buttons."""

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import OperatorError, SealBroken
from domain.ids import ConversationId
from domain.questionnaire import Choice
from storage.sealing import ButtonTokens, Keys, Purpose, Seal
from tests.storage.words import KEYS, ONE, TWO


@given(st.binary(max_size=300), st.lists(st.text(max_size=8) | st.integers(), min_size=1, max_size=4))
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: list[str | int]) -> None:
    seal = Seal(bytes(32))
    assert seal.open(seal.close(plain, *place), *place) == plain


@pytest.mark.parametrize("place", [("event", ONE, 2), ("event", TWO, 1), ("inbox", ONE, 1), ("event", ONE)])
def test_what_is_sealed_opens_nowhere_else(place: tuple[str | int, ...]) -> None:
    sealed = KEYS.seal(Purpose.SECRET).close(b"bonjour", "event", ONE, 1)
    with pytest.raises(SealBroken):
        KEYS.seal(Purpose.SECRET).open(sealed, *place)


@pytest.mark.parametrize("spoil", [lambda s: s[:-1], lambda s: s[:5], lambda s: b"", lambda s: s[:20] + b"x" + s[21:]])
def test_what_was_touched_does_not_open(spoil: object) -> None:
    sealed = KEYS.seal(Purpose.SECRET).close(b"bonjour tout le monde", "secret", "a")
    with pytest.raises(SealBroken):
        KEYS.seal(Purpose.SECRET).open(spoil(sealed), "secret", "a")  # type: ignore[operator]  # a test's shorthand


def test_the_same_words_never_look_the_same() -> None:
    seal = KEYS.seal(Purpose.SECRET)
    assert len({seal.close(b"oui", "secret", "a") for _ in range(50)}) == 50


def test_an_error_tells_nothing_of_what_was_sealed() -> None:
    sealed = KEYS.seal(Purpose.SECRET).close(b"bonjour", "secret", ONE)
    with pytest.raises(SealBroken) as caught:
        Keys(bytes(32)).seal(Purpose.SECRET).open(sealed, "secret", ONE)
    assert ONE not in str(caught.value)


def test_every_purpose_has_a_key_of_its_own() -> None:
    marks = {KEYS.mark(purpose, "x") for purpose in Purpose}
    assert len(marks) == len(Purpose)
    sealed = KEYS.seal(Purpose.CELL, "vaucluse").close(b"x", "p")
    with pytest.raises(SealBroken):
        KEYS.seal(Purpose.CELL, "gard").open(sealed, "p")


def test_marks_do_not_run_into_each_other() -> None:
    assert KEYS.mark(Purpose.ARRIVAL, "a", "bc") != KEYS.mark(Purpose.ARRIVAL, "ab", "c")


# --- the key file ----------------------------------------------------------------------------------


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "guichet.key"
    first = Keys.load_or_make(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Keys.load_or_make(str(file)).mark(Purpose.CHECK, "x") == first.mark(Purpose.CHECK, "x")
    assert Keys.from_base64(file.read_text()).mark(Purpose.CHECK, "x") == first.mark(Purpose.CHECK, "x")


def test_two_houses_have_two_keys(tmp_path: Path) -> None:
    one, two = Keys.load_or_make(tmp_path / "1"), Keys.load_or_make(tmp_path / "2")
    assert one.mark(Purpose.CHECK, "x") != two.mark(Purpose.CHECK, "x")
    assert one.fingerprint != two.fingerprint
    assert len(one.fingerprint) == 16


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(b"short").decode(), "é"])
def test_a_bad_key_is_refused_without_showing_it(text: str, tmp_path: Path) -> None:
    file = tmp_path / "guichet.key"
    file.write_text(text)
    with pytest.raises(OperatorError) as caught:
        Keys.load_or_make(file)
    assert not text or text not in str(caught.value)


def test_a_key_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="could not be read"):
        Keys.load_or_make(tmp_path)


# --- buttons -------------------------------------------------------------------------------------


def test_a_token_stands_for_its_choice_in_its_conversation_only() -> None:
    tokens = ButtonTokens(KEYS)
    for choice in Choice:
        token = tokens.token(ONE, choice)
        assert len(token) == 22
        assert tokens.choice(ONE, token, tuple(Choice)) is choice
        assert tokens.choice(TWO, token, tuple(Choice)) is None


@given(st.text(max_size=60))
def test_a_strange_token_stands_for_nothing(token: str) -> None:
    assert ButtonTokens(KEYS).choice(ConversationId("9" * 32), token, tuple(Choice)) is None
