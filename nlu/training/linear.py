"""Trains the linear reader: logistic regressions over the clues of nlu/model/clues.py, by scikit-learn."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from nlu.model.clues import SIDE, TEXT_BUCKETS, UNIT_BUCKETS, side_clues, text_clues, unit_clues
from nlu.model.labels import FAITS, TAGS
from nlu.model.linear import SIDE_WEIGHT
from nlu.training.examples import Example

LEAST = 3
"""A bucket seen in fewer places tells nothing that will come again."""

KEPT = 80_000
"""Buckets of units that are kept, those of the largest weights: the others changed no held-out span."""


def train_linear(rows: Sequence[Example], path: Path, *, turns: int = 40) -> None:
    """Fits and writes the tables. rows: messages in as many forms as they should be known in."""
    tables = {**_units(rows, turns), **_texts(rows, turns)}
    np.savez_compressed(path, **tables)


def _units(rows: Sequence[Example], turns: int) -> dict[str, Any]:  # Any: arrays of several kinds
    flat, ends, tags = [], [0], []
    for example in rows:
        message, units = example.message, example.features.units
        for unit, clues in zip(units, unit_clues(message.text, message.asked, example.features), strict=True):
            flat += clues
            ends.append(len(flat))
            tags.append(example.tags[unit.token])
    matrix = _matrix(np.ones(len(flat), dtype=np.float32), flat, ends, UNIT_BUCKETS)
    seen = np.flatnonzero(np.bincount(flat, minlength=UNIT_BUCKETS) >= LEAST)
    fitted = LogisticRegression(C=0.3, max_iter=2 * turns, fit_intercept=False).fit(matrix[:, seen], tags)
    weights = np.zeros((len(seen), len(TAGS)), dtype=np.float32)
    weights[:, fitted.classes_] = fitted.coef_.T
    told = np.sort(np.argsort(-np.abs(weights).max(1), kind="stable")[:KEPT])
    return {"unit_rows": seen[told].astype(np.int32), "units": weights[told].astype(np.float16)}


def _texts(rows: Sequence[Example], turns: int) -> dict[str, Any]:  # Any: as above
    flat, counts, ends = list[int](), list[float](), [0]
    side = sparse.lil_matrix((len(rows), SIDE), dtype=np.float32)
    for place, example in enumerate(rows):
        message = example.message
        buckets, weights = text_clues(message.text, message.asked)
        flat += buckets.tolist()
        counts += weights.tolist()
        ends.append(len(flat))
        for clue in side_clues(message.text, message.asked, example.features):
            side[place, clue] += SIDE_WEIGHT
    seen = np.bincount(flat, minlength=TEXT_BUCKETS)
    rarity = np.where(seen >= LEAST, np.log((1 + len(rows)) / (1 + seen)) + 1, 0).astype(np.float16)
    weighed = np.asarray(counts, dtype=np.float32) * rarity[flat]
    matrix = _matrix(weighed, flat, ends, TEXT_BUCKETS)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    matrix = sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ matrix
    both = sparse.hstack([matrix, side.tocsr()]).tocsr()
    intents = LogisticRegression(C=15.0, max_iter=turns).fit(both, [example.intent for example in rows])
    columns, bias = [intents.coef_], [intents.intercept_]
    for place in range(len(FAITS)):
        said = LogisticRegression(C=15.0, max_iter=turns, class_weight="balanced")
        said.fit(both, [example.faits[place] for example in rows])
        columns.append(said.coef_)
        bias.append(said.intercept_)
    weights = np.concatenate(columns).T.astype(np.float32)
    known = np.flatnonzero(seen >= LEAST)
    return {
        "text_rows": known.astype(np.int32), "texts": weights[known].astype(np.float16), "rarity": rarity,
        "side": weights[TEXT_BUCKETS:].astype(np.float16), "bias": np.concatenate(bias).astype(np.float16),
    }  # fmt: skip


def _matrix(values: np.ndarray, flat: Sequence[int], ends: Sequence[int], width: int) -> Any:  # Any: scipy has no types
    return sparse.csr_matrix((values, flat, ends), shape=(len(ends) - 1, width))
