"""Plain lower-case letters out of anything a person may type, with the way back to the original offsets.

Case, accents, curly quotes, full-width and look-alike letters, zero-width and direction marks and stretched letters
disappear, so that no rule has to think of them: capitals and missing accents then cost nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

_LOOK_ALIKES = {
    **dict(zip("авекмнорстухіјѕԁԛԝ", "abekmhopctyxijsdqw", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅ", "abekmhopctyxijs", strict=True)),
    **dict(zip("αβεικνορτυχ", "abeiknoptux", strict=True)),
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "đ": "d",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": ".", "°": " ", "º": " ", "€": " euros ",
}  # fmt: skip
_STRETCHED = re.compile(r"([a-z])\1{2,}")


def _plain(char: str) -> str:
    """What one character becomes; empty for marks that nobody sees."""
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    if unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc") and char not in "\n\t":
        return ""
    letters = unicodedata.normalize("NFKD", char).lower()
    return "".join(c for c in letters if not unicodedata.combining(c))


_TABLE: dict[str, str] = {chr(code): _plain(chr(code)) for code in range(0x500)}


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from `original[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a non-empty stretch of the folded text."""
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    """The message folded; accents that follow their letter (NFD) stay inside its span."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(original):
        plain = char.lower() if "!" <= char <= "~" else _TABLE.get(char)
        if plain is None:
            plain = _plain(char)
        if not plain and ends and unicodedata.combining(char):
            ends[-1] = index + 1
        for letter in plain:
            chars.append(letter)
            starts.append(index)
            ends.append(index + 1)
    return _unstretched("".join(chars), starts, ends)


def _unstretched(text: str, starts: list[int], ends: list[int]) -> Folded:
    """ "nooooon" is "non": three equal letters or more are one, "www" apart."""
    drop: set[int] = set()
    for run in _STRETCHED.finditer(text):
        if run[1] != "w":
            drop.update(range(run.start() + 1, run.end()))
            ends[run.start()] = ends[run.end() - 1]
    if not drop:
        return Folded(text, tuple(starts), tuple(ends))
    kept = [i for i in range(len(text)) if i not in drop]
    return Folded(
        "".join(text[i] for i in kept),
        tuple(starts[i] for i in kept),
        tuple(ends[i] for i in kept),
    )


def plain(text: str) -> str:
    """The folded text alone, for lists and comparisons."""
    return fold(text).text
