"""The clauses that tell what is done: "il vend aux voitures", "culture de cannabis dans l'appartement".

Empty for a bare announcement ("je veux signaler un point de deal").
"""

import re
from functools import cache

from nlu.lexicon import words
from nlu.negation import is_denied
from nlu.phrases import Found, Phrases, load
from nlu.wording import Wording

_REACH = 5
_NEW_CLAUSE = words(". ! ? ; , qui que il ils elle on des")
_BREAKS = frozenset(".!?;\n")


@cache
def _phrases() -> Phrases:
    return load("conduite.txt")


def find_conduct(wording: Wording) -> tuple[tuple[int, int], ...]:
    """Original spans of the clauses that describe a conduct, in order."""
    found = list(_phrases().found(wording))
    bare = [f for f in found if f.label == "annonce"]
    spans: list[tuple[int, int]] = []
    for deed in found:
        if deed.label != "acte" or is_denied(wording, deed.first) or _is_announced(wording, deed, bare):
            continue
        if _is_in_a_handle(wording, deed):
            continue
        first, after = _clause(wording, deed.first, deed.after)
        span = wording.span(first, after)
        if spans and span[0] < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(span[1], spans[-1][1]))
        else:
            spans.append(span)
    return tuple(spans)


def _is_announced(wording: Wording, deed: Found, bare: list[Found]) -> bool:
    """Whether a deed is only the object of an announcement: "signaler un point de deal"."""
    return any(
        b.first <= deed.first < b.after + _REACH and not set(wording.words[b.after : deed.first]) & _NEW_CLAUSE
        for b in bare
    )


def _is_in_a_handle(wording: Wording, deed: Found) -> bool:
    """Whether a word is part of an account's name: "snap : livre.25" tells of no delivery."""
    start, end = wording.starts[deed.first], wording.ends[deed.after - 1]
    return bool(_GLUED_BEFORE.search(wording.original[:start]) or _GLUED_AFTER.match(wording.original[end:]))


_GLUED_BEFORE = re.compile(r"[@_]\w*$|\w\.$")
_GLUED_AFTER = re.compile(r"[._]\w|_|\d")


def _clause(wording: Wording, first: int, after: int) -> tuple[int, int]:
    """The words around a deed, up to the marks that close a clause."""
    begin = first
    while begin and wording.words[begin - 1] not in _BREAKS and wording.words[begin - 1] != ",":
        begin -= 1
    end = after
    while end < len(wording) and wording.words[end] not in _BREAKS:
        end += 1
    return begin, end
