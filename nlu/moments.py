"""Spans of time as the guide draws them: the parser's, trimmed and completed, and times told by an event.

"vers 18h" is annotated "18h"; "nuit de mardi" takes its article; "apres la messe" counts though no clock says it.
"""

from functools import cache

from nlu import lexicon
from nlu.lexicon import words
from nlu.phrases import Phrases, load
from nlu.wording import MARKS, Wording

Range = tuple[int, int]

_DROPPED = words(
    "a vers dans pendant durant surtout puis et enfin au aux ds environ genre peu pres "
    "alentours ou plutot maintenant c est sinon puis"
)
_JOINTS = words("a au aux pendant vers dans durant")
_TAKEN = words("la le les l cette ce chaque tous toutes tout toute un une")


@cache
def _phrases() -> Phrases:
    return load("evenements.txt")


@cache
def _vague() -> frozenset[str]:
    return frozenset(lexicon.lines("moments_vagues.txt"))


def trimmed(wording: Wording, first: int, after: int) -> Range:
    """The range without "a, vers, dans, pendant, surtout" before it, and with its article."""
    while first < after - 1 and _is_dropped(wording, first):
        first += 1
    while (
        first
        and wording.words[first - 1] in _TAKEN
        and wording.words[first] not in _TAKEN
        and _takes_article(wording, first)
    ):
        first -= 1
    return first, after


def _is_dropped(wording: Wording, index: int) -> bool:
    word, following = wording.word(index), wording.word(index + 1)
    if word in MARKS:
        return True
    if word == "a" and following == "partir":
        return False
    return word in _DROPPED or (word == "de" and wording.word(index - 1) == "alentours")


def _takes_article(wording: Wording, first: int) -> bool:
    return not wording.word(first)[0].isdigit() and wording.word(first) not in (
        "en",
        "depuis",
        "entre",
        "tous",
        "toutes",
        "de",
        "du",
        "il",
    )


def is_vague(wording: Wording, first: int, after: int) -> bool:
    """Whether a range says too little to be noted unless the time was asked for."""
    return " ".join(wording.words[first:after]) in _vague()


def find_events(wording: Wording, *, asked: bool) -> list[Range]:
    """Ranges of times told by an event, in order, not overlapping."""
    found: list[Range] = []
    for _, event in sorted(_phrases().longest(wording).items()):
        if not found or event.first >= found[-1][1]:
            first, after = trimmed(wording, event.first, event.after)
            while after > first + 1 and wording.words[after - 1] in MARKS:
                after -= 1
            found.append((first, after))
    if asked:
        found += [clause for clause in _clauses(wording) if all(clause[1] <= a or clause[0] >= b for a, b in found)]
    return sorted(found)


def _clauses(wording: Wording) -> list[Range]:
    """ "quand je sors les poubelles": any such clause answers the question of time."""
    spans = []
    for index, word in enumerate(wording.words):
        if word in ("quand", "lorsque") or (word == "des" and wording.word(index + 1) in ("que", "qu")):
            after = index + 1
            while after < len(wording) and wording.words[after] not in MARKS and after - index < 9:
                after += 1
            if after - index > 2 and "?" not in wording.words:
                spans.append((index, after))
    return spans


def merged(wording: Wording, ranges: list[Range]) -> list[Range]:
    """Ranges that touch, or have a mere preposition between them, are one: "chaque soir a la fermeture"."""
    out: list[Range] = []
    for first, after in sorted(ranges):
        touches = out and (first <= out[-1][1] or (first == out[-1][1] + 1 and wording.word(first - 1) in _JOINTS))
        if touches:
            out[-1] = (out[-1][0], max(after, out[-1][1]))
        else:
            out.append((first, after))
    return out
