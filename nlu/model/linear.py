"""A linear reader: one sum of weights a label. Beside the network, which errs on other messages."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from nlu.model.clues import SIDE, TEXT_BUCKETS, UNIT_BUCKETS, side_clues, text_clues, unit_clues
from nlu.model.decoding import Scores
from nlu.model.features import Features
from nlu.model.labels import FAITS, INTENTS, TAGS

FILE = "linear.npz"
SIDE_WEIGHT = np.float32(0.4)
"""How much a clue beside the text counts against a text of length 1 (best on held-out messages, docs/model.md)."""

Table = NDArray[np.float16]


class Linear:
    """Reads with two tables: one row a bucket of clues, one column a label."""

    def __init__(
        self, units: Table, places: NDArray[np.int32], texts: Table, rarity: Table, side: Table, bias: Table
    ) -> None:
        """units: (buckets kept + 1, tags), zeros in its first row; places: (UNIT_BUCKETS,), the row of each bucket, 0
        for one that tells nothing; texts: (TEXT_BUCKETS, intents + faits); rarity: (TEXT_BUCKETS,), how much a bucket
        tells; side: (SIDE, intents + faits); bias: (intents + faits,).

        Raises ValueError when a table has another shape.
        """
        labels = len(INTENTS) + len(FAITS)
        expected = [(len(TAGS),), (UNIT_BUCKETS,), (TEXT_BUCKETS, labels), (TEXT_BUCKETS,), (SIDE, labels), (labels,)]
        got = [units.shape[1:], *(table.shape for table in (places, texts, rarity, side, bias))]
        if got != expected or places.max() >= len(units):
            raise ValueError(f"tables of shapes {expected} expected, got {got}")
        self._units, self._places, self._texts = units, places, texts
        self._rarity, self._side, self._bias = rarity, side, bias

    @classmethod
    def load(cls, path: Path) -> "Linear":
        """The reader of a file. Raises OSError, ValueError or KeyError when it is not one."""
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as told:
                units = told["units"]
                rows = np.concatenate([np.zeros_like(units[:1]), units])
                places = np.zeros(UNIT_BUCKETS, dtype=np.int32)
                places[told["unit_rows"]] = np.arange(1, len(rows))
                texts = np.zeros((TEXT_BUCKETS, told["texts"].shape[1]), dtype=np.float16)
                texts[told["text_rows"]] = told["texts"]
                return cls(rows, places, texts, told["rarity"], told["side"], told["bias"])
        except BadZipFile as fault:
            raise ValueError(f"{path.name}: tables expected, a damaged file came") from fault

    def tags(self, text: str, asked: str | None, part: Features) -> Scores:
        """The share of each tag for each unit, (units, 15) float32."""
        rows = unit_clues(text, asked, part)
        if not rows:
            return np.zeros((0, len(TAGS)), dtype=np.float32)
        flat = np.fromiter((bucket for row in rows for bucket in row), np.int64)
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        sums = np.add.reduceat(self._units[self._places[flat]].astype(np.float32), starts, axis=0)
        powers = np.exp(sums - sums.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True), dtype=np.float32)

    def labels(self, text: str, asked: str | None, part: Features) -> tuple[Scores, Scores]:
        """The share of each intent, (12,), and how likely each fait is, (10,), float32."""
        buckets, counts = text_clues(text, asked)
        weights = counts * self._rarity[buckets]
        weights /= np.linalg.norm(weights) or 1.0
        sums = weights @ self._texts[buckets].astype(np.float32) + self._bias
        sums += SIDE_WEIGHT * self._side[side_clues(text, asked, part)].astype(np.float32).sum(0)
        intents, faits = sums[: len(INTENTS)], sums[len(INTENTS) :]
        powers = np.exp(intents - intents.max())
        return (
            np.asarray(powers / powers.sum(), dtype=np.float32),
            np.asarray(1 / (1 + np.exp(-np.clip(faits, -30, 30))), dtype=np.float32),
        )
