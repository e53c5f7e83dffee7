"""The message catalogues: complete, the same in every language, and readable by everyone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from config.catalogue import LOCALES, FluentCatalogue
from config.needed_keys import needed_keys
from config.questionnaires import needed_labels
from domain.errors import OperatorError
from domain.questionnaire import LANGUAGES
from tests.wording.counters import CATALOGUE, QUESTIONNAIRES

MOST_WORDS = 14
"""FALC: sentences under fifteen words."""

JARGON = (
    "OFAST", "CROSS", "OPJ", "parquet",
    "procédure", "judiciaire", "infraction", "délit", "auteur présumé", "mis en cause",
    "stupéfiants", "réquisition", "formulaire", "données personnelles", "traitement", "métadonnées", "cryptographique",
    "ultérieurement", "nonobstant", "veuillez", "afin de", "susmentionné", "procéder à", "être en mesure",
)  # fmt: skip
PRAISE_AND_PROMISE = ("bravo", "félicitations", "merci pour votre courage", "nous garantissons", "toujours anonyme",
                      "nous allons arrêter", "sera arrêté", "100 %", "soyez sans crainte")  # fmt: skip


def test_every_sentence_the_counter_needs_exists_with_the_same_variables_in_every_language() -> None:
    assert CATALOGUE.faults([*needed_keys(), *needed_labels(QUESTIONNAIRES.values())]) == []


def test_every_key_named_in_the_code_exists() -> None:
    """A typo in voice.say("...") is found here rather than by a citizen."""
    named = {key for path in Path("handlers").glob("*.py") for key in _literal_keys(path.read_text(encoding="utf-8"))}
    assert len(named) > 60
    assert named <= CATALOGUE.keys("fr")


def _literal_keys(source: str) -> Iterator[str]:
    for call in re.finditer(r"\.say\(\s*(?:\w+, |STAFF_LANGUAGE, )?(.*?)[,)]\s", source):
        yield from re.findall(r'"([a-z]+(?:-[a-z_]+)+)"', call[1])


def test_no_sentence_is_left_unused() -> None:
    """What nobody can say is not translated either."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path("handlers").glob("*.py"))
    families = re.compile(
        r"^(notice|wonder|doubt|answer|refused|command|button|ask|why|fact|language|service|answer-label|"
        r"room-(head|phase|state|kind|verdict|refused|day|order|undelivered))-"
    )
    named = set(re.findall(r"""["']([a-z][a-z_-]+)["']""", source))
    assert [key for key in CATALOGUE.keys("fr") if not families.match(key) and key not in named] == []


# --- readable ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    """Every variant of every sentence that a citizen reads, in every language, stays under fifteen words."""
    long = [
        f"{key}: {sentence}"
        for key, text in _texts(language)
        for sentence in _sentences(text)
        if len(_words(sentence)) > MOST_WORDS
    ]
    assert long == []


def test_words_are_common_and_nothing_is_praised_or_promised() -> None:
    for key, text in _texts("fr"):
        found = [word for word in (*JARGON, *PRAISE_AND_PROMISE) if re.search(rf"\b{re.escape(word)}\b", text, re.I)]
        assert not found, f"{key}: {found}"


def test_people_are_addressed_as_vous() -> None:
    for key, text in _texts("fr"):
        assert not re.search(r"\b(tu|toi|ton|ta|tes|t')\b", text, re.I), key


def test_no_acronym_is_left_unexplained() -> None:
    """SMS is the only one: it is what people call it."""
    for language in LANGUAGES:
        for key, text in _texts(language):
            assert set(re.findall(r"\b[A-Z]{2,}\b", text)) <= {"SMS"}, f"{language} {key}"


def test_no_information_is_carried_by_an_emoji() -> None:
    for language in LANGUAGES:
        for key, text in _texts(language):
            assert not re.search("[\u2600-\u27bf\U0001f300-\U0001faff]", text), f"{language} {key}"


def test_button_labels_fit_a_small_phone() -> None:
    for language in LANGUAGES:
        for key, text in _texts(language):
            if key.startswith(("button-", "answer-label-")):
                assert len(text) <= 25, f"{language} {key}"


def _texts(language: str) -> Iterator[tuple[str, str]]:
    """Every variant of every sentence that citizens read, variables replaced by one word."""
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message) and entry.value and not entry.id.name.startswith("room-"):
                yield from ((entry.id.name, text) for text in _variants(entry.value))


def _variants(pattern: ast.Pattern) -> list[str]:
    texts = [""]
    for element in pattern.elements:
        texts = [text + part for text in texts for part in _parts(element)]
    return texts


def _parts(element: ast.TextElement | ast.Placeable) -> list[str]:
    if isinstance(element, ast.TextElement):
        return [element.value]
    if isinstance(element.expression, ast.SelectExpression):
        return [text for variant in element.expression.variants for text in _variants(variant.value)]
    return ["mot"]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n", text)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w'’/-]+", sentence)


# --- what a broken catalogue says ------------------------------------------------------------------


def _write(folder: Path, **texts: str) -> Path:
    for language, text in texts.items():
        (folder / language).mkdir()
        (folder / language / "all.ftl").write_text(text, encoding="utf-8")
    return folder


def test_a_missing_translation_and_a_strange_variable_are_all_named(tmp_path: Path) -> None:
    folder = _write(tmp_path, fr="a = un { $n }\nb = deux\n", nl="a = een { $m }\nc = drie\n")
    assert FluentCatalogue(folder, ("fr", "nl")).faults(["d"]) == [
        "locales/fr: d is missing, add it",
        "locales/nl: b is missing, translate it",
        "locales/nl: c is not in fr, remove it",
        "locales/nl: a uses other variables than fr",
    ]


def test_what_is_not_fluent_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"not Fluent: .ceci n'est pas une phrase"):
        FluentCatalogue(_write(tmp_path, fr="a = un\nceci n'est pas une phrase\n"), ("fr",))


def test_a_language_that_lacks_a_sentence_says_it_in_french(tmp_path: Path) -> None:
    catalogue = FluentCatalogue(_write(tmp_path, fr="a = un\nb = deux\n", nl="a = een\n"), ("fr", "nl"))
    assert [catalogue.say("nl", "a"), catalogue.say("nl", "b"), catalogue.say("de", "a")] == ["een", "deux", "un"]
    assert not catalogue.has("nl", "b")


def test_an_unknown_sentence_or_a_missing_variable_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.say("fr", "no-such-key")
    with pytest.raises(KeyError, match=r"receipt: expected the variables \['code'\], got \[\]"):
        CATALOGUE.say("fr", "receipt")


def test_french_marks_are_not_cut_from_their_word() -> None:
    assert CATALOGUE.say("fr", "ask-produit").endswith("s'agit\N{NO-BREAK SPACE}?")
