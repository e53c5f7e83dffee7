"""A message as a row of plain words: what every rule reads.

Text-message spelling is opened ("ki" is "qui", "jsp" is "je ne sais pas"), apostrophes and hyphens split words, marks
that end a clause are words of their own. Every word knows its offsets in the original.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from nlu import lexicon
from nlu.folding import Folded, fold
from nlu.lexicon import words

_PIECE = re.compile(r"[a-z0-9*]+|[.!?,;:()\"/\n@#+-]|\S")
_STOPS = frozenset(".!?\n")
MARKS = frozenset('.!?\n,;:()"/@#+-')
MASKED = "<masked>"


@dataclass(frozen=True)
class Wording:
    """words[i] came from original[starts[i]:ends[i]]; capitals[i]: written with a first capital, in a text that has a
    use for capitals; gaps[i]: nothing but an apostrophe or a hyphen stands before the word."""

    original: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capitals: tuple[bool, ...]
    shouted: bool

    @cached_property
    def joined(self) -> str:
        """The words, each followed by one space: what phrases are matched against."""
        return "".join(word + " " for word in self.words)

    @cached_property
    def at(self) -> tuple[int, ...]:
        """Where each word begins in `joined`."""
        position, found = 0, []
        for word in self.words:
            found.append(position)
            position += len(word) + 1
        return tuple(found)

    def index(self, position: int) -> int:
        """The word that holds a position of `joined`."""
        return bisect_right(self.at, position) - 1

    def __len__(self) -> int:
        return len(self.words)

    def word(self, index: int) -> str:
        """The word at an index, "" outside."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def capital(self, index: int) -> bool:
        """Whether the word at an index has a telling capital."""
        return 0 <= index < len(self.words) and self.capitals[index]

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Original offsets of words first..after-1."""
        return self.starts[first], max(self.ends[first:after])

    def covered(self, start: int, end: int) -> range:
        """Indices of the words that lie in original[start:end]."""
        first = next((i for i, e in enumerate(self.ends) if e > start), len(self.words))
        after = first
        while after < len(self.words) and self.starts[after] < end:
            after += 1
        return range(first, after)

    def masked(self, spans: Iterable[tuple[int, int]]) -> "Wording":
        """The same row with the words of those original spans hidden from every rule."""
        words = list(self.words)
        capitals = list(self.capitals)
        for start, end in spans:
            for index in self.covered(start, end):
                words[index], capitals[index] = MASKED, False
        return Wording(self.original, tuple(words), self.starts, self.ends, tuple(capitals), self.shouted)

    def sentence_start(self, index: int) -> bool:
        """Whether a word opens the message or a sentence."""
        return index == 0 or self.words[index - 1] in _STOPS


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Text-message spellings and what they stand for (lexicon/sms.txt)."""
    table: dict[str, tuple[str, ...]] = {}
    for line in lexicon.lines("sms.txt"):
        forms, _, meaning = line.partition("=")
        for form in forms.split():
            table[form] = tuple(meaning.split())
    return table


def read_words(original: str) -> Wording:
    """The row of words of a message."""
    folded = fold(original)
    pieces = [(m[0], *folded.span(*m.span())) for m in _PIECE.finditer(folded.text)]
    letters = [char for char in original if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    shouted = len(letters) > 5 and upper > 0.6 * len(letters)
    words: list[tuple[str, int, int]] = []
    for place, (_, start, end) in enumerate(pieces):
        for word in _opened(pieces, place, folded):
            words.append((word, start, end))
    capitals = tuple(not shouted and original[start].isupper() and word[0].isalpha() for word, start, _ in words)
    return Wording(
        original,
        tuple(word for word, _, _ in words),
        tuple(start for _, start, _ in words),
        tuple(end for _, _, end in words),
        capitals,
        shouted,
    )


def _opened(pieces: list[tuple[str, int, int]], place: int, folded: Folded) -> tuple[str, ...]:
    """The words that a piece stands for: none for a hyphen within a word."""
    piece, start, end = pieces[place]
    before = pieces[place - 1] if place else ("", 0, 0)
    after = pieces[place + 1] if place + 1 < len(pieces) else ("", 0, 0)
    if piece == "'":
        return ()
    if piece == "-":
        return (",",) if start > before[2] and after[1] > end else ()
    if piece == "\n":
        return (".",)
    if piece in _LETTERS:
        return _letter(piece, before[0], after[0])
    if piece == "sa" and after[0] in _AFTER_CA:
        return ("ca",)
    return spellings().get(piece, (piece,))


_LETTERS = frozenset("cgodktmj")
_AFTER_CA = words(
    "deal vend sent pue fait va sert peut recommence continue passe se vien vient tourne dure "
    "charbonne bicrave bibi livre part arrive commence fume me y c depend crie gueule tire "
    "dealer est dure galere squatte zone"
)
_FEMININE = words("la dla de cette leur")


def _letter(letter: str, before: str, after: str) -> tuple[str, ...]:
    """A letter alone: "c" is "c'est" unless an article makes it the product, "g" is "j'ai" unless a number precedes."""
    if after == "'" or before in ("bat", "batiment", "hall", "tour", "bloc", "escalier", "entree", "porte", "quai"):
        return (letter,)
    if letter == "c" and before not in _FEMININE:
        return ("c",) if after in ("est", "etait", "ete") else ("c", "est")
    if letter == "g" and not before.isdigit():
        return ("j", "ai")
    if letter == "o" and after and after not in MARKS:
        return ("au",)
    if letter == "d" and after and after not in MARKS and before not in _FEMININE:
        return ("des",)
    if letter == "k" and after not in MARKS:
        return ("que",)
    if letter == "t" and after in ("ou", "es"):
        return ("tu", "es")
    return (letter,)
