"""Plain French text for the tokeniser and for masked pre-training, one sentence a line."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

SHARES = {
    "fr_debats_an.txt.gz": 1.0,
    "fr_libretheatre.txt.gz": 1.0,
    "fr_gutenberg.txt.gz": 0.30,
}
"""How much of each file is kept: spoken registers before books. Origins and licences: docs/model.md."""


def sentences(folder: Path, rng: random.Random) -> list[str]:
    """A shuffled share of the sentences of the files that are there; empty when none is."""
    kept = [line for name, share in SHARES.items() for line in _lines(folder / name) if rng.random() < share]
    rng.shuffle(kept)
    return kept


def _lines(path: Path) -> Iterator[str]:
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from (line.strip() for line in stream)


def corpus_texts(folder: Path) -> list[str]:
    """The texts of the annotated messages."""
    return [json.loads(line)["text"] for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
