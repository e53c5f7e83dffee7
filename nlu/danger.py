"""Danger in progress: said by words alone, model or not, because a miss costs a life.

A finished event told in the past ("il s'est fait planter l'an dernier") is a report, not an emergency.
"""

from functools import cache

from nlu.phrases import Found, Phrases, load
from nlu.wording import Wording

_ENDS = frozenset(".!?")


@cache
def _phrases() -> Phrases:
    return load("urgence.txt")


def is_urgent(wording: Wording) -> bool:
    """Whether the message tells of danger now."""
    found = list(_phrases().found(wording))
    if not any(f.label in ("net", "danger") for f in found) or any(f.label == "hors" for f in found):
        return False
    return any(_stands(wording, f, found) for f in found if f.label in ("net", "danger"))


def _stands(wording: Wording, danger: Found, found: list[Found]) -> bool:
    """Whether nothing around this danger says that it is over, usual or imagined."""
    first, after = _sentence(wording, danger.first)
    inside = {f.label for f in found if first <= f.first < after and not _within(f, danger)}
    if "present" in inside:
        return True
    if danger.label == "net":
        return not inside & {"revolu", "habitude"}
    return not {f.label for f in found} & {"passe", "revolu", "habitude"}


def _within(inner: Found, outer: Found) -> bool:
    return outer.first <= inner.first and inner.after <= outer.after


def _sentence(wording: Wording, index: int) -> tuple[int, int]:
    first = index
    while first and wording.words[first - 1] not in _ENDS:
        first -= 1
    after = index
    while after < len(wording) and wording.words[after] not in _ENDS:
        after += 1
    return first, after + 1
