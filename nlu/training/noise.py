"""The same message as hurried, tired or dictating people would type it; spans follow their words."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from domain.reading import Entity
from nlu.training.messages import Message

Change = Callable[[str, random.Random], str]

_SMS = {
    "je suis": "jsuis", "je ne": "jne", "il y a": "ya", "c'est": "c", "qui": "ki", "que": "ke", "quand": "kan",
    "pour": "pr", "dans": "ds", "avec": "av", "vous": "vs", "nous": "ns", "tous": "ts", "toujours": "tjr",
    "beaucoup": "bcp", "bonjour": "bjr", "salut": "slt", "merci": "mrc", "est-ce que": "esk", "parce que": "pcq",
    "pas": "pa", "sont": "st", "devant": "dvt", "depuis": "dps", "rendez-vous": "rdv", "week-end": "we",
    "après-midi": "aprem", "aujourd'hui": "ajd", "quelqu'un": "qqn", "quelque chose": "qqch", "même": "mm",
    "tout": "tt", "toute": "tte", "voiture": "voitur", "j'ai": "jai", "d'un": "dun", "qu'il": "kil",
    "maintenant": "mtn", "comme": "cme", "chez": "ché", "trop": "tro", "mais": "mé", "les": "lé", "des": "dé",
    "et": "é", "eau": "o",
}  # fmt: skip
_KEYS = {
    "a": "zqs", "e": "zrd", "i": "uok", "o": "ipl", "u": "yij", "s": "qdz", "t": "ryg", "r": "etf", "n": "bhj",
    "l": "kmo", "m": "lpù", "c": "xvd", "d": "sfe", "p": "oml", "v": "cbg", "q": "sa", "b": "vn", "f": "dg", "g": "fh",
}  # fmt: skip
_PHONETIC = (
    ("ph", "f"),
    ("qu", "k"),
    ("eau", "o"),
    ("au", "o"),
    ("ss", "s"),
    ("tt", "t"),
    ("nn", "n"),
    ("ll", "l"),
    ("er ", "é "),
    ("ent ", " "),
    ("ez ", "é "),
)


@cache
def _glossary() -> dict[str, dict[str, str]]:
    """Short spellings by where they stand in a word ("word", "start", "end"); origin and licence in the file."""
    found: dict[str, dict[str, str]] = {"word": {}, "start": {}, "end": {}}
    for line in (Path(__file__).parent / "sms.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            where, full, short = line.split("\t")
            found[where][full] = short
    return found


def no_accents(text: str, rng: random.Random) -> str:
    """Without accents, same length in letters."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def lower(text: str, rng: random.Random) -> str:
    """In small letters."""
    return text.lower()


def upper(text: str, rng: random.Random) -> str:
    """In capitals."""
    return text.upper()


def no_marks(text: str, rng: random.Random) -> str:
    """Without commas and full stops between words; those inside a number or an address stay."""
    return "".join(
        c for i, c in enumerate(text) if c not in ",.;:!?" or (i + 1 < len(text) and not text[i + 1].isspace())
    )


def no_apostrophes(text: str, rng: random.Random) -> str:
    """ "c'est" as "cest" or "c est"."""
    return text.replace("’", "'").replace("'", rng.choice(("", " ")))


def sms(text: str, rng: random.Random) -> str:
    """Some words shortened, in the ways of this file or of a glossary of text messages."""
    words = text.split(" ")
    return " ".join(_short(w, rng) if rng.random() < 0.7 else w for w in words)


def _short(word: str, rng: random.Random) -> str:
    plain, glossary = word.lower(), _glossary()
    known = [short for table in (_SMS, glossary["word"]) if (short := table.get(plain))]
    if known:
        return rng.choice(known)
    for where in ("start", "end"):
        if len(plain) > 4 and rng.random() < 0.12 and (cut := _cut(word, glossary[where], where)):
            return cut
    return word


def _cut(word: str, table: dict[str, str], where: str) -> str | None:
    """The word with its start or its end spelt short, longest match first; None when nothing fits."""
    for size in range(min(5, len(word) - 1), 1, -1):
        part = word[:size] if where == "start" else word[-size:]
        if (short := table.get(part.lower())) is not None:
            return short + word[size:] if where == "start" else word[:-size] + short
    return None


def phonetic(text: str, rng: random.Random) -> str:
    """Some spellings written as they sound."""
    for full, short in _PHONETIC:
        if rng.random() < 0.4:
            text = text.replace(full, short)
    return text


def typos(text: str, rng: random.Random) -> str:
    """About one word in ten with a slip of the finger."""
    return " ".join(_slip(w, rng) if len(w) > 3 and w.isalpha() and rng.random() < 0.11 else w for w in text.split(" "))


def _slip(word: str, rng: random.Random) -> str:
    i = rng.randrange(1, len(word) - 1)
    way = rng.randrange(4)
    if way == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if way == 1:
        return word[:i] + word[i + 1 :]
    if way == 2:
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice(_KEYS.get(word[i].lower(), word[i])) + word[i + 1 :]


MIXES: tuple[tuple[Change, ...], ...] = (
    (lower,),
    (no_accents,),
    (upper,),
    (lower, no_marks),
    (typos,),
    (lower, no_accents, no_marks),
    (sms, lower),
    (typos, lower, no_marks),
    (sms, no_apostrophes, lower, no_accents, no_marks),
    (sms, phonetic, typos, no_accents, lower, no_marks),
    (no_apostrophes, typos),
    (lower, no_marks, no_apostrophes),
)
"""What comes together in real messages: dictation drops marks and capitals, haste brings slips."""


def noisy(message: Message, rng: random.Random, mix: Sequence[Change] | None = None) -> Message:
    """The message under one mix of changes, its spans moved along."""
    changes = rng.choice(MIXES) if mix is None else mix
    return rebuilt(message, lambda piece: _through(piece, changes, rng))


def _through(piece: str, changes: Sequence[Change], rng: random.Random) -> str:
    for change in changes:
        piece = change(piece, rng)
    return piece


def roughened(text: str, rng: random.Random) -> str:
    """Plain text under one mix of changes."""
    return _through(text, rng.choice(MIXES), rng)


def rebuilt(message: Message, said: Callable[[str], str]) -> Message:
    """The message with every stretch, in and out of spans, said anew; an emptied span is kept as it was."""
    parts: list[str] = []
    spans: list[Entity] = []
    length = at = 0
    for entity in message.entities:
        between = said(message.text[at : entity.start])
        inside = said(entity.text).strip() or entity.text
        start = length + len(between)
        parts += [between, inside]
        spans.append(replace(entity, start=start, end=start + len(inside), text=inside))
        length, at = start + len(inside), entity.end
    parts.append(said(message.text[at:]))
    return replace(message, text="".join(parts), entities=tuple(spans))
