"""The phrase language of the lexicon files, and its matcher.

A file has sections `[label]` of phrases, one a line; `@name = a b c*` lists words once (`a+b` is two words).
In a phrase, words are plain (folded, apostrophes and hyphens are spaces) and separated by spaces:

    vend            that word                 vend*          any word that begins so
    a|b*|j+ai       one of these              (a|b)          one of these, or nothing
    @name           one of a list             (@name)        the same, or nothing
    _               any word                  _3             up to three words, within the sentence
    #               something with a digit    !a|b*          the next word is none of these (takes nothing)
    ^               opening of the message    $              its end (final marks apart)

A phrase begins with a word, a list or `^`. Only phrases that share the first letters of a word are tried on it, so that
thousands of them cost microseconds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlu import lexicon
from nlu.wording import Wording

Row = tuple[str, re.Pattern[str]]
"""A label and the pattern of one phrase."""

_KEY = 3
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Words first..after-1 of a message match a phrase of `label`."""

    label: str
    first: int
    after: int


class Phrases:
    """The phrases of one lexicon file, ready to be found."""

    def __init__(self, rows: Iterable[str]) -> None:
        self._lists: dict[str, str] = {}
        self._exact: dict[str, list[Row]] = defaultdict(list)
        self._prefix: dict[str, list[Row]] = defaultdict(list)
        self._known: dict[str, tuple[Row, ...]] = {}
        label = ""
        for row in rows:
            if row.startswith("[") and row.endswith("]"):
                label = row[1:-1]
            elif row.startswith("@") and "=" in row:
                name, _, words = row.partition("=")
                self._lists[name.strip()[1:]] = "|".join(words.split())
            else:
                self._add(label, row)

    def _add(self, label: str, row: str) -> None:
        elements = row.split()
        anchored = elements[0] == "^"
        opening = elements[1] if anchored else elements[0]
        if opening[0] == "(":  # phrases are looked up by their first word: one that may be missing makes two rows
            self._add(label, " ".join(["^"] * anchored + elements[1 + anchored :]))
        first = self._opened(opening)
        source = "".join(self._element(element) for element in elements)
        pattern = re.compile(source)
        for word in first.split("|"):
            head = word.split("+")[0]
            if head.endswith("*"):
                self._prefix[head[:-1][:_KEY]].append((label, pattern))
            else:
                self._exact[head].append((label, pattern))

    def _opened(self, element: str) -> str:
        words = element.strip("()!").split("|")
        return "|".join(self._lists[w[1:]] if w.startswith("@") else w for w in words)

    def _element(self, element: str) -> str:
        if element == "^":
            return r"(?:(?<![\s\S]))"
        if element == "$":
            return r"(?:[.!?\"), ]*)\Z"
        if element[0] == "_" and (element == "_" or element[1:].isdigit()):
            return r"[^ .!?]+ " if element == "_" else rf"(?:[^ .!?]+ ){{0,{element[1:]}}}?"
        words = "|".join(_word(word) for word in self._opened(element).split("|"))
        if element[0] == "!":
            return f"(?!{words})"
        return f"(?:{words})" + ("?" if element[0] == "(" else "")

    def found(self, wording: Wording) -> Iterator[Found]:
        """Every phrase found, from left to right; several may begin on the same word."""
        for index, word in enumerate(wording.words):
            if (rows := self._known.get(word)) is None:
                rows = self._candidates(word)
            if rows:
                yield from self._matches(wording, index, rows)

    def found_at(self, wording: Wording, index: int) -> Iterator[Found]:
        """Every phrase that begins on one word; none past the end."""
        if 0 <= index < len(wording):
            yield from self._matches(wording, index, self._candidates(wording.words[index]))

    @staticmethod
    def _matches(wording: Wording, index: int, rows: tuple[Row, ...]) -> Iterator[Found]:
        position = wording.at[index]
        for label, pattern in rows:
            if match := pattern.match(wording.joined, position):
                end = max(match.end() - 1, position)
                yield Found(label, index, wording.index(end) + 1)

    def _candidates(self, word: str) -> tuple[Row, ...]:
        """The phrases whose first word may be this one; remembered, since most words are common ones."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            rows = list(self._exact.get(word, ()))
            for size in range(1, min(_KEY, len(word)) + 1):
                rows += self._prefix.get(word[:size], ())
            known = self._known[word] = tuple(rows)
        return known

    def labels(self, wording: Wording) -> set[str]:
        """The labels of all phrases found."""
        return {found.label for found in self.found(wording)}

    def longest(self, wording: Wording) -> dict[int, Found]:
        """For each word that opens a phrase, the longest one."""
        best: dict[int, Found] = {}
        for found in self.found(wording):
            if found.first not in best or found.after > best[found.first].after:
                best[found.first] = found
        return best


def _word(word: str) -> str:
    if word == "#":
        return r"[^ ]*\d[^ ]* "
    parts = word.split("+")
    return "".join(re.escape(part[:-1]) + "[^ ]* " if part.endswith("*") else re.escape(part) + " " for part in parts)


def load(name: str) -> Phrases:
    """The phrases of a lexicon file."""
    return Phrases(lexicon.lines(name))
