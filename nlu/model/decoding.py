"""From scores of tags to spans: the best legal BIO sequence, never a fragment that opens in its middle."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.model.labels import TAGS, TYPES, begins, continues, kind_of

Scores = NDArray[np.float32]
FORBIDDEN = np.float32(-1e4)


def _transitions() -> Scores:
    """Cost of going from a tag to the next: a span goes on only where it was opened."""
    table = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for kind in range(len(TYPES)):
        table[:, continues(kind)] = FORBIDDEN
        table[[begins(kind), continues(kind)], continues(kind)] = 0.0
    return table


TRANSITIONS = _transitions()


def best_path(scores: Scores) -> list[int]:
    """The legal tag sequence of highest sum. scores: (units, tags) float32 log-probabilities."""
    if not len(scores):
        return []
    total = scores[0].copy()
    total[[continues(kind) for kind in range(len(TYPES))]] += FORBIDDEN
    back = np.zeros(scores.shape, dtype=np.int64)
    for place in range(1, len(scores)):
        ways = total[:, None] + TRANSITIONS
        back[place] = ways.argmax(0)
        total = ways[back[place], np.arange(len(TAGS))] + scores[place]
    path = [int(total.argmax())]
    for place in range(len(scores) - 1, 0, -1):
        path.append(int(back[place, path[-1]]))
    return path[::-1]


def spans_of(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """(type, first unit, unit after the last) of each span of a legal sequence."""
    spans: list[tuple[int, int, int]] = []
    for place, tag in enumerate(path):
        kind = kind_of(tag)
        if kind is None:
            continue
        if tag == continues(kind) and spans and spans[-1][0] == kind and spans[-1][2] == place:
            spans[-1] = (kind, spans[-1][1], place + 1)
        else:
            spans.append((kind, place, place + 1))
    return spans


def sureness(scores: Scores, kind: int, first: int, after: int) -> float:
    """How sure a span is, 0..1: the mean share of its type (B and I together) over its units."""
    share = np.exp(scores[first:after, begins(kind)]) + np.exp(scores[first:after, continues(kind)])
    return float(min(1.0, max(0.0, share.mean())))
