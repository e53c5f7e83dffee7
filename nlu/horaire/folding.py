"""One spelling for what people type: lower case, no accents, one kind of apostrophe and dash.

Folding keeps the length wherever it can, so that an offset in the folded text is an offset in what was
written. Where a writer's text holds combining accents (typed by some phones) the map of offsets is kept.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

_APOSTROPHES = "’‘ʼ′‵ʹꞌ`´"
_DASHES = "–—‑‐−"
_SPACES = "\u00a0\u202f\u2009\t\r\u200b"
_SPECIAL = (
    dict.fromkeys(map(ord, _APOSTROPHES), "'")
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _SPACES), " ")
    | {ord("œ"): "o", ord("Œ"): "o", ord("æ"): "a", ord("”"): '"', ord("“"): '"'}
)


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text, what was written, and where each folded character stood (None: in the same place)."""

    text: str
    written: str
    places: tuple[int, ...] | None = None

    def place(self, offset: int) -> int:
        """The offset in the written text of an offset in the folded one."""
        return offset if self.places is None else self.places[offset]


@cache
def _fold_char(char: str) -> str:
    """The one character that stands for this one; empty for a combining accent."""
    if (special := _SPECIAL.get(ord(char))) is not None:
        return special
    if unicodedata.combining(char):
        return ""
    plain = unicodedata.normalize("NFD", char)[0].lower()
    return plain if len(plain) == 1 else char


def fold(written: str) -> Folded:
    """The text in one spelling, with the way back to what was written."""
    if written.isascii():
        return Folded(written.lower().translate(_SPECIAL), written)
    pieces = [_fold_char(char) for char in written]
    text = "".join(pieces)
    if len(text) == len(written):
        return Folded(text, written)
    kept = tuple(index for index, piece in enumerate(pieces) if piece)
    return Folded(text, written, (*kept, len(written)))
