"""Spans are always whole: no tag sequence that the decoder returns goes on with a span that was not opened."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlu.model.decoding import best_path, spans_of, sureness
from nlu.model.labels import TAGS, TYPES, begins, continues, kind_of

SCORES = arrays(
    np.float32,
    st.tuples(st.integers(0, 30), st.just(len(TAGS))),
    elements=st.floats(-50, 0, width=32),
)


@given(SCORES)
def test_every_path_is_legal(scores: np.ndarray) -> None:
    path = best_path(scores)
    assert len(path) == len(scores)
    for before, tag in zip([0, *path], path, strict=False):
        kind = kind_of(tag)
        if kind is not None and tag == continues(kind):
            assert before in (begins(kind), continues(kind))


@given(SCORES)
def test_no_legal_change_of_one_tag_scores_better(scores: np.ndarray) -> None:
    path = best_path(scores)
    total = sum(float(scores[i, tag]) for i, tag in enumerate(path))
    for place in range(len(path)):
        for tag in range(len(TAGS)):
            other = [*path[:place], tag, *path[place + 1 :]]
            if _is_legal(other):
                assert total >= sum(float(scores[i, t]) for i, t in enumerate(other)) - 1e-3


def _is_legal(path: list[int]) -> bool:
    return all(
        (kind := kind_of(tag)) is None or tag == begins(kind) or before in (begins(kind), continues(kind))
        for before, tag in zip([0, *path], path, strict=False)
    )


@given(SCORES)
def test_spans_are_in_order_apart_and_as_sure_as_a_share(scores: np.ndarray) -> None:
    spans = spans_of(best_path(scores))
    assert all(first < after for _, first, after in spans)
    assert all(a[2] <= b[1] for a, b in pairwise(spans))
    assert all(0.0 <= sureness(scores, *span) <= 1.0 for span in spans)


def test_two_spans_of_one_type_side_by_side_stay_two() -> None:
    lieu = 0
    assert TYPES[lieu] == "lieu"
    path = [begins(lieu), continues(lieu), begins(lieu), 0, begins(1)]
    assert spans_of(path) == [(0, 0, 2), (0, 2, 3), (1, 4, 5)]


def test_a_lone_continuation_cannot_win() -> None:
    scores = np.full((2, len(TAGS)), -9.0, dtype=np.float32)
    scores[:, continues(3)] = 0.0
    assert best_path(scores) != [continues(3), continues(3)]
