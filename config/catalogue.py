"""The message catalogues: `locales/<language>/*.ftl` (Fluent), read once and checked at start."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from domain.errors import OperatorError

LOCALES = Path(__file__).parent / "locales"
ORIGIN = "fr"
"""The language every sentence is written in first; the others are complete translations of it."""

_BEFORE_MARK = re.compile(r"(?<=\S) (?=[?!:;»])")


class FluentCatalogue:
    """Sentences by language and key (port Catalogue). Raises OperatorError when a file cannot be parsed."""

    def __init__(self, folder: Path = LOCALES, languages: Sequence[str] = ("fr", "en", "nl")) -> None:
        self.languages = tuple(languages)
        self._sources = {language: _source(folder, language) for language in self.languages}
        self._bundles = {language: _bundle(language, text) for language, text in self._sources.items()}
        if errors := self._syntax_faults:
            raise OperatorError("message catalogues:\n" + "\n".join(errors))

    def say(self, language: str, key: str, /, **values: str | int) -> str:
        """The sentence; raises KeyError for an unknown key, falls back to French for a missing language."""
        bundle = self._bundles.get(language, self._bundles[ORIGIN])
        if not bundle.has_message(key):
            bundle = self._bundles[ORIGIN]
        message = bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        text, errors = bundle.format_pattern(message.value, values)
        if errors:
            names = sorted(variables_of(self._messages[ORIGIN][key]))
            raise KeyError(f"{key}: expected the variables {names}, got {sorted(values)}")
        return str(text)

    def has(self, language: str, key: str) -> bool:
        """Whether this language itself has the sentence."""
        return language in self._bundles and self._bundles[language].has_message(key)

    def keys(self, language: str) -> frozenset[str]:
        """Every key of one language."""
        return frozenset(self._messages[language])

    def variables(self, language: str, key: str) -> frozenset[str]:
        """The variables that a sentence uses."""
        return variables_of(self._messages[language][key])

    def faults(self, expected: Iterable[str] = ()) -> list[str]:
        """What is missing or differs between languages, one line each; `expected` are keys the counter needs."""
        found = [f"locales/{ORIGIN}: {key} is missing, add it" for key in sorted(set(expected) - self.keys(ORIGIN))]
        for language in self.languages:
            found += self._against_origin(language)
        return found

    def _against_origin(self, language: str) -> list[str]:
        ours, theirs = self.shared_keys, self.keys(language)
        found = [f"locales/{language}: {key} is missing, translate it" for key in sorted(ours - theirs)]
        found += [
            f"locales/{language}: {key} is not in {ORIGIN}, remove it" for key in sorted(theirs - self.keys(ORIGIN))
        ]
        return found + [
            f"locales/{language}: {key} uses other variables than {ORIGIN}"
            for key in sorted(ours & theirs)
            if self.variables(language, key) != self.variables(ORIGIN, key)
        ]

    @property
    def shared_keys(self) -> frozenset[str]:
        """What must exist in every language: all that citizens read. Officers are spoken to in French only."""
        return frozenset(key for key in self.keys(ORIGIN) if not key.startswith("room-"))

    @cached_property
    def _messages(self) -> Mapping[str, Mapping[str, ast.Message]]:
        return {language: _messages(source) for language, source in self._sources.items()}

    @property
    def _syntax_faults(self) -> list[str]:
        return [
            f"locales/{language}: not Fluent: {entry.content.strip().splitlines()[0]!r}"
            for language, source in self._sources.items()
            for entry in FluentParser().parse(source).body
            if isinstance(entry, ast.Junk) and entry.content
        ]


def variables_of(message: ast.Message) -> frozenset[str]:
    """The names of the variables in a message."""
    visitor = _Variables()
    visitor.visit(message)
    return frozenset(visitor.names)


class _Variables(Visitor):  # type: ignore[misc]  # fluent.syntax has no types
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


def _source(folder: Path, language: str) -> str:
    """Every file of a language, in one text; in French no mark of two parts is cut from its word."""
    files = sorted((folder / language).glob("*.ftl"))
    if not files:
        raise OperatorError(f"message catalogues: {folder / language} expected to hold .ftl files, none found")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return _BEFORE_MARK.sub("\N{NO-BREAK SPACE}", text) if language == "fr" else text


def _bundle(language: str, source: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle


def _messages(source: str) -> dict[str, ast.Message]:
    return {entry.id.name: entry for entry in FluentParser().parse(source).body if isinstance(entry, ast.Message)}
