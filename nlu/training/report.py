"""What a training run leaves behind: a table and a curve."""

import json
from collections.abc import Sequence
from pathlib import Path

from nlu.training.metrics import Figures
from nlu.training.pictures import plotting

Curve = Sequence[tuple[int, float, dict[str, Figures]]]


def write_report(curve: Curve, folder: Path, *, messages: int) -> None:
    """`report.md`, `curve.png` and `figures.jsonl` (one row a set, as the baselines write them) lie in the folder."""
    lines = ["| epoch | loss | set | figures |", "|---|---|---|---|"]
    for epoch, loss, sets in curve:
        lines += [f"| {epoch} | {loss:.3f} | {name} | {told.line()} |" for name, told in sets.items()]
    (folder / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    draw(curve, folder / "curve.png")
    last = next((sets for _, _, sets in reversed(curve) if sets), {})
    rows = [{"reader": "network", "set": name, "messages": messages, "noise": "clean", **told.row()}
            for name, told in last.items()]  # fmt: skip
    (folder / "figures.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")


def draw(curve: Curve, path: Path) -> None:
    """Loss, and what each measured set got right, by epoch."""
    pyplot = plotting()
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    left.plot([epoch for epoch, _, _ in curve], [loss for _, loss, _ in curve])
    left.set(xlabel="epoch", ylabel="loss", yscale="log")
    for name in {name for _, _, sets in curve for name in sets}:
        seen = [(epoch, sets[name]) for epoch, _, sets in curve if name in sets]
        epochs = [epoch for epoch, _ in seen]
        right.plot(epochs, [f.accuracy for _, f in seen], label=f"{name}: intent")
        right.plot(epochs, [f.relaxed.f1() for _, f in seen], label=f"{name}: relaxed")
        right.plot(epochs, [f.exact.f1() for _, f in seen], "--", label=f"{name}: exact")
    right.set(xlabel="epoch", ylim=(0, 1))
    right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
