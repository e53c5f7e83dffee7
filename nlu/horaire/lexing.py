"""Folded text to pieces: figures by their shape, words by the lexicon, everything else one piece "x".

The shapes are tried in the order of the table, so "18h30" is a clock before 18 is a number, and a telephone
number is nothing before its pairs are hours. No shape repeats an unbounded group: the scan is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .engine import Piece
from .folding import Folded
from .lexicon import ABBREVIATIONS, WORDS
from .meaning import WEEK, Clock, DaySet

_H = r"(?:heures?|heur|hres?|hrs?|h)"
_END = r"(?![a-z\d])"
SHAPES = {
    "phone": r"(?<![\d])(?:\+\d\d\s?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)",
    "plate": r"\b[a-z]{2}-\d{3}-[a-z]{2}\b",
    "stamp": r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d)?",
    "ymd": r"(?<![\w-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)",
    "dmy": r"(?<![\d/]-)(?<![\d/])\d{1,2}\s?([/.-])\s?\d{1,2}\s?\2\s?(?:\d{4}|\d{2})(?![\d/])",
    "ym": r"(?:19|20)\d\d(?:[./]| {0,2}- {0,2})\d{1,2}(?![\d/-])",
    "my": r"(?<![\d/-])\d{1,2} {0,2}[/-] {0,2}(?:19|20)\d\d(?!\d)",
    "always": r"h\s?24(?:\s?/\s?24|\s?h?\s?sur\s?24)?"
    + _END
    + r"|24\s?h?(?:\s?/\s?|\s?sur\s?)24\s?h?"
    + _END
    + r"|24/7",
    "all7": r"7\s?(?:jours?|jrs?|j)?\s?(?:/|sur)\s?7(?:\s?j(?:ours?)?)?" + _END,
    "frac": r"(?:1/4|1/2|3/4)(?=\s?(?:h|d'h))",
    "dm": r"(?<![\d/])\d{1,2}\s?/\s?\d{1,2}(?![\d/h]|[.,]\d)",
    "dots": r"\d{1,2}\.\d\d(?=\s?[ap]\.?m\b)",
    "hms": r"\d{1,2}:\d\d:\d\d(?!\d)|\d{1,2}\s?h\s?\d\d\s?m\s?\d\ds?(?!\d)|\d{1,2}h\d\d:\d\ds?",
    "hm": rf"\d{{1,2}}\s?{_H}\s?\d\d(?:\s?(?:minutes|min|mn|m)\b|(?=mp\b)|(?!\d|\s?h\b|\s?h\d))|\d{{1,2}}:\d\d(?!\d)",
    "h": rf"\d{{1,2}}\s?{_H}(?![a-z\d])",
    "ampm": r"\d{3,4}(?=\s?[ap]\.?m\b)",
    "ordinal": r"\d{1,2}\s?(?:ere?|iemes?|emes?|nde?|e)\b",
    "decimal": r"\d+[.,]\d+(?![\d/h:])",
    "year": r"(?:1[5-9]|20|21)\d\d(?!\d)",
    "num": r"\d+",
    "word": r"[a-z_]+",
    "mark": r"['\",;:.!?/()\n&+-]|<|>",
}
_SCAN = re.compile(
    "|".join(f"(?P<{name}>{_source})" for name, _source in SHAPES.items())
    .replace(r"\1", r"(?:[-/.])")
    .replace(r"\2", r"[/.-]")
)
_MARKS = {
    ",": "comma", ";": "comma", ":": "colon", "-": "dash", "/": "slash", "(": "comma", ")": "comma", "&": "et",
    "+": "et", "'": "prime", '"': "dprime",
}  # fmt: skip
STOPS = ".!?\n"
# Past this many pieces it is no message but noise: 4,096 characters of French make about 700.
MAX_PIECES = 900


def _digits(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


def _clock(text: str) -> Any:
    hour, minute, second = (*_digits(text), 0, 0)[:3]
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute):
        return None
    grain = "second" if ":" in text and len(_digits(text)) == 3 else "minute"
    half = 0 < hour <= 12 and not text.startswith("0")
    return Clock(hour * 60 + minute, second, grain, half)


def _hour(text: str) -> Any:
    hour = _digits(text)[0]
    return Clock(hour * 60, half=0 < hour <= 12 and text[0] != "0") if hour <= 24 else None


def _compact(text: str) -> Any:
    return _clock(f"{text[:-2]}:{text[-2:]}")


def _year(text: str) -> int:
    value = int(text)
    return value if len(text) == 4 else value + (2000 if value < 50 else 1900)


def _year_first(text: str) -> Any:
    year, month, day = _digits(text)
    return _date(year, month, day)


def _day_first(text: str) -> Any:
    day, month, last = re.findall(r"\d+", text)
    year = _year(last)
    if int(month) > 12 >= int(day):  # written the American way
        day, month = month, day
    return _date(year, int(month), int(day))


def _date(year: int, month: int, day: int) -> Any:
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day_month(text: str) -> Any:
    day, month = _digits(text)
    if month > 12 >= day:
        day, month = month, day
    return _date(0, month, day)


def _year_month(text: str) -> Any:
    first, second = _digits(text)
    year, month = (first, second) if first > 31 else (second, first)
    return (year, month) if 1 <= month <= 12 and 1500 < year < 2200 else None


def _stamp(text: str) -> Any:
    year, month, day, hour, minute, second = (*_digits(text), 0)[:6]
    clock = Clock(hour * 60 + minute, second, "minute") if hour < 24 and minute < 60 else None
    return (year, month, day, clock) if clock and _date(year, month, day) else None


# Shape to (kind, value from its text). A value of None makes the piece "x": it was not a time after all.
_READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "stamp": ("stamp", _stamp),
    "ymd": ("ymd", _year_first),
    "dmy": ("ymd", _day_first),
    "ym": ("ym", _year_month),
    "my": ("ym", _year_month),
    "always": ("always", lambda _: True),
    "all7": ("days", lambda _: DaySet(WEEK, "every")),
    "frac": ("frac", lambda text: {"1/4": 15, "1/2": 30, "3/4": 45}[text]),
    "dm": ("dm", _day_month),
    "dots": ("hm", _clock),
    "hms": ("hm", _clock),
    "hm": ("hm", _clock),
    "h": ("h", _hour),
    "ampm": ("hm", _compact),
    "ordinal": ("ord", lambda text: _digits(text)[0]),
    "num": ("num", int),
    "year": ("year", int),
}


Phrase = tuple[tuple[str, ...], str, Any]


def _index() -> dict[str, dict[str, list[Phrase]]]:
    """The lexicon by first and second word (none: ""), longest phrase first."""
    table: dict[str, dict[str, list[Phrase]]] = {}
    for phrase, (kind, value) in WORDS.items():
        first, second, *_ = (*phrase.split(), "")
        table.setdefault(first, {}).setdefault(second, []).append((tuple(phrase.split()), kind, value))
    for seconds in table.values():
        for entries in seconds.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return table


_PHRASES = _index()
_JOINTS = ("-", "'")
Lexeme = tuple[str, str, int, int]


def _scan(text: str) -> list[Lexeme]:
    return [(m.lastgroup or "", m[0], m.start(), m.end()) for m in _SCAN.finditer(text)]


def _phrase(lexemes: list[Lexeme], at: int) -> tuple[int, str, Any] | None:
    """The longest phrase of the lexicon that starts here: where it ends, its kind and value."""
    seconds = _PHRASES.get(lexemes[at][1])
    if seconds is None:
        return None
    after = at + 1
    if after < len(lexemes) and lexemes[after][1] in _JOINTS:
        after += 1
    following = lexemes[after][1] if after < len(lexemes) else ""
    for words, kind, value in (*seconds.get(following, ()), *seconds.get("", ())):
        end = _matches(lexemes, at, words)
        if end:
            return end, kind, value
    return None


def _matches(lexemes: list[Lexeme], at: int, words: tuple[str, ...]) -> int:
    """The index after the last word when these words stand here; 0 when they do not."""
    total = len(lexemes)
    for number, word in enumerate(words):
        if number and at < total and lexemes[at][1] in _JOINTS:
            at += 1
        if at >= total or lexemes[at][1] != word:
            return 0
        at += 1
    return at


def lex(folded: Folded) -> list[Piece]:
    """The pieces of a text, in order; runs of unknown words are one piece."""
    lexemes = _scan(folded.text)
    pieces: list[Piece] = []
    at, total = 0, len(lexemes)
    while at < total and len(pieces) < MAX_PIECES:
        shape, text, start, end = lexemes[at]
        if shape == "word":
            found = (
                _phrase(lexemes, at)
                if text != "la" or folded.written[folded.place(start) : folded.place(end)] != "là"
                else (at + 1, "fill", "là")
            )
            if found:
                after, kind, value = found
                end = lexemes[after - 1][3]
                dotted = _is_dotted(lexemes, after)
                kind = "dow" if kind == "dab" and dotted else kind
                pieces.append(Piece(kind, value, start, end))
                at = after + (1 if dotted else 0)
                continue
        before = lexemes[at - 1] if at else ("", "", -1, -1)
        at += 1
        if text == "-" and _inside_number(pieces, lexemes, at):
            continue
        piece = _piece(shape, text, start, end, before[0] == "num" and before[3] == start)
        if piece is None:
            continue
        if piece.kind == "x" and pieces and pieces[-1].kind == "x":
            pieces[-1].end = piece.end
        else:
            pieces.append(piece)
    return pieces


def _is_dotted(lexemes: list[Lexeme], after: int) -> bool:
    """Whether the word before is cut short by a dot; "jeu." is a day only before a figure, not at a sentence's end."""
    word = lexemes[after - 1]
    if (
        after >= len(lexemes)
        or lexemes[after][1] != "."
        or lexemes[after][2] != word[3]
        or word[1] not in ABBREVIATIONS
    ):
        return False
    short = WORDS.get(word[1], ("", None))[0] == "dab"
    return not short or (after + 1 < len(lexemes) and lexemes[after + 1][1][0].isdigit())


def _inside_number(pieces: list[Piece], lexemes: list[Lexeme], after: int) -> bool:
    """Whether this hyphen holds a spelled number together ("vingt-trois")."""
    if not pieces or pieces[-1].kind not in ("nw", "sept") or after >= len(lexemes):
        return False
    follows = WORDS.get(lexemes[after][1])
    glued = pieces[-1].end + 1 == lexemes[after][2]
    return glued and follows is not None and (follows[0] == "nw" or lexemes[after][1] in ("sept", "et", "un"))


def _piece(shape: str, text: str, start: int, end: int, after_digit: bool) -> Piece | None:
    """The piece of one lexeme; None for a mark that says nothing."""
    if shape == "mark":
        if text in STOPS:
            return Piece("stop", text, start, end)
        if text == "'" and not after_digit:
            return None
        kind = _MARKS.get(text)
        return Piece(kind, text, start, end) if kind else Piece("x", None, start, end)
    if shape in _READ:
        kind, read = _READ[shape]
        value = read(text)
        if value is not None:
            return Piece(kind, value, start, end)
    return Piece("x", None, start, end)
