"""Misspelt words that the rules would know: "parkng", "voitrue", "apartement" stand for one word of a lexicon.

Only a word that is no French, no first name and no commune is mended, only into a word of the lexicons, and only where
it sounds the same or one slip is enough (a letter lost, added, changed, or two changed over), so that what is written
well is never rewritten. The writer's identity is always looked for in the words as they were typed: a family name may
be one slip away from anything.
"""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu import data, gazetteer, lexicon
from nlu.folding import plain
from nlu.horaire.lexicon import WORDS
from nlu.names import given_names
from nlu.wording import Wording

_SHORTEST = 5
_SHORTEST_SOUND = 3
_SHORTEST_TIME = 4
_FILES = (
    "evenements.txt", "faits.txt", "intentions.txt", "lieux.txt", "nuisance.txt", "personnes.txt", "produits.txt",
    "questions.txt", "urgence.txt", "vehicules.txt",
)  # fmt: skip
_HEARD_TOO = (
    "conduite.txt",
    "hors_sujet.txt",
    "identite.txt",
    "moments_vagues.txt",
    "sms.txt",
    "verbes.txt",
    "argot.txt",
)
"""Words of these are not mended either, nor is any word mended into them."""
_WORD = re.compile(r"[a-z]+\*?")


def respelt(wording: Wording) -> Wording:
    """The same row with its misspelt words mended; those with a telling capital are names and stay."""
    words = (word if capital else mended(word) for word, capital in zip(wording.words, wording.capitals, strict=True))
    return replace(wording, words=tuple(words))


def mended_into(wording: Wording, choices: frozenset[str]) -> Wording:
    """The same row, its misspelt words mended into these only ("je susi" for "je suis")."""
    pairs = zip(wording.words, wording.capitals, strict=True)
    return replace(wording, words=tuple(word if capital else _towards(word, choices) for word, capital in pairs))


@lru_cache(16_384)
def _towards(word: str, choices: frozenset[str]) -> str:
    is_word = len(word) >= _SHORTEST_TIME and word.isascii() and word.isalpha()
    if not is_word or word in choices or _is_known(word):
        return word
    found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else word


def with_times(wording: Wording) -> tuple[str, tuple[int, ...]]:
    """The message with its misspelt words of time mended, and where each of its letters, and its end, stood."""
    text, places, done = wording.original, list[int](), 0
    pieces: list[str] = []
    spans = zip(wording.starts, wording.ends, strict=True)
    for (start, end), group in groupby(zip(spans, wording.words, strict=True), key=itemgetter(0)):
        words = [word for _, word in group]
        if start >= done and _times().intersection(words) and _is_misspelt(plain(text[start:end]), words):
            meant = " ".join(words)
            pieces += text[done:start], meant
            places += [*range(done, start), *(min(start + i, end - 1) for i in range(len(meant)))]
            done = end
    return "".join((*pieces, text[done:])), (*places, *range(done, len(text) + 1))


def _is_misspelt(typed: str, words: list[str]) -> bool:
    return [typed] != words and typed not in WORDS


@cache
def _times() -> frozenset[str]:
    return frozenset(token for phrase in WORDS for token in phrase.split() if len(token) >= _SHORTEST_TIME)


@lru_cache(16_384)
def mended(word: str) -> str:
    """The word of a lexicon that a folded word stands for, or the word itself."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha() or _is_known(word):
        return word
    near = _alike()
    sound = sound_of(word)
    if len(sound) >= _SHORTEST_SOUND and (alike := _by_sound().get(sound)):
        return alike
    choices = near[word[:1]] | near[word[-2:]]
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=4)
    return min(
        (choice for choice, _, _ in found),
        key=lambda choice: (choice not in data.ordinary_words(), abs(len(choice) - len(word)), choice),
        default=word,
    )


_SOUNDS = tuple(
    (re.compile(spelt), sound)
    for spelt, sound in (
        ("ph", "f"), ("[ck]h(?=[rl])", "k"), ("eaux?|aux?", "o"), ("qu|ck|c(?=[aouklrt]|$)", "k"),
        ("c", "s"), ("skh|sch|sh|kh", "S"), ("gu(?=[eiy])", "G"), ("g(?=[eiy])", "j"), ("oi|oua|wa", "W"),
        ("(?:ain|ein|aim|in|im|yn|un)(?![aeiouyn])", "I"), ("(?:an|am|en|em)(?![aeiouyn])", "A"),
        ("(?:on|om)(?![aeiouyn])", "O"), ("ill|y", "i"), ("ou", "U"), ("ai|ei", "e"),
        ("(?<=e)(?:rs?|z|es|e|s|t)$", ""), ("z", "s"), ("h", ""), ("(?<=.)(?:e?[stdxpe]+|ent)$", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""One spelling after another, in this order; capitals are sounds that no letter has."""


@lru_cache(16_384)
def sound_of(word: str) -> str:
    """Roughly how a folded French word sounds: "kartier", "quartiers" and "cartie" alike."""
    for spelt, sound in _SOUNDS:
        word = spelt.sub(sound, word)
    return word


@cache
def _by_sound() -> dict[str, str]:
    """For each sound, the shortest word that has it, of the dictionary if one is: lexicons have misspelt ones too."""
    found: dict[str, str] = {}
    for word in sorted(_targets(), key=lambda word: (word in data.ordinary_words(), -len(word), word)):
        found[sound_of(word)] = word
    return found


def _is_known(word: str) -> bool:
    whole, stems = _vocabulary()
    return (
        word in whole
        or word in data.ordinary_words()
        or word in given_names()
        or gazetteer.opens_a_name(word)
        or any(word[:size] in stems for size in range(3, len(word) + 1))
    )


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words of the lexicons, and the beginnings that they accept any end after."""
    found = _words_of((*_FILES, *_HEARD_TOO)) | _words_of((), *WORDS)
    stems = {word for word in found if word[-1] == "*"}
    return frozenset(found - stems), frozenset(stem[:-1] for stem in stems)


def _words_of(files: tuple[str, ...], *lines: str) -> set[str]:
    every = (*(line for name in files for line in lexicon.lines(name)), *lines)
    return {token for line in every for token in _WORD.findall(line)}


@cache
def _targets() -> frozenset[str]:
    """The words worth mending into."""
    found = _words_of(_FILES, *WORDS)
    return frozenset(word for word in found if word[-1] != "*" and len(word) >= _SHORTEST)


@cache
def _alike() -> dict[str, frozenset[str]]:
    """The same, by their first letter and by their last two."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in _targets():
        found[word[:1]].add(word)
        found[word[-2:]].add(word)
    return defaultdict(frozenset, {key: frozenset(words) for key, words in found.items()})
