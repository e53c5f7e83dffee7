"""Danger in progress: said by words alone, model or not, because a miss costs a life.

A finished event told in the past ("il s'est fait planter l'an dernier") is a report, not an emergency.
"""

from enum import IntEnum
from functools import cache

from nlu.phrases import Found, Phrases, load
from nlu.wording import Wording

_ENDS = frozenset(".!?")


@cache
def _phrases() -> Phrases:
    return load("urgence.txt")


class Danger(IntEnum):
    """How sure the words are: LIKELY ones are weighed with the model's opinion, SURE ones stand whatever it says."""

    NONE = 0
    LIKELY = 1
    SURE = 2


def danger_in(wording: Wording) -> Danger:
    """Whether the message tells of danger now."""
    found = list(_phrases().found(wording))
    if any(f.label == "hors" for f in found):
        return Danger.NONE
    standing = {f.label for f in found if f.label in _LEVELS and _stands(wording, f, found)}
    return max((_LEVELS[label] for label in standing), default=Danger.NONE)


_LEVELS = {"net": Danger.SURE, "danger": Danger.LIKELY}


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
