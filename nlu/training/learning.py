"""`python -m nlu.training.learning`: what more messages bring, as a picture.

    python -m nlu.training.learning FIGURES.jsonl ... --picture FILE.png [--set "held out"]

The figures are those that `guichet train --share` and `nlu.training.baselines --shares --out` write.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlu.training.pictures import plotting

SHOWN = ("intent", "relaxed", "exact", "faits")

Row = Mapping[str, Any]  # Any: numbers and names of one line of JSON


def draw(rows: Iterable[Row], path: Path) -> None:
    """One panel a figure, one line a reader, over the number of messages."""
    pyplot = plotting()
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lines[row["reader"]].append(row)
    figure, panels = pyplot.subplots(1, len(SHOWN), figsize=(13, 3.6), sharey=True)
    for panel, name in zip(panels, SHOWN, strict=True):
        for reader, told in lines.items():
            points = sorted((row["messages"], row[name]) for row in told)
            panel.plot(*zip(*points, strict=True), marker="o", label=reader)
        panel.set(title=name, xlabel="messages", xscale="log", ylim=(0.2, 1))
        panel.grid(alpha=0.3)
    panels[0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draws the picture. arguments: those of the command line when None."""
    parser = argparse.ArgumentParser(prog="python -m nlu.training.learning", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--picture", type=Path, required=True)
    parser.add_argument("--set", default="held out")
    asked = parser.parse_args(arguments)
    rows = [json.loads(line) for path in asked.files for line in path.read_text(encoding="utf-8").splitlines()]
    draw((row for row in rows if row["set"] == asked.set and row["noise"] == "clean"), asked.picture)


if __name__ == "__main__":
    main()
