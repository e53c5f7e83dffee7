"""`python -m nlu.training.evaluate`: what the reader gets right, on clean and on roughened messages, by onnxruntime.

    python -m nlu.training.evaluate [FILE.jsonl ...] [--model DIR] [--readers blend,model,rules] [--picture FILE.png]

Without a file, the held-out tenth of the corpus. Every kind of noise is drawn three times and averaged.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from domain.reading import EntityType, Intent
from nlu.blend import blended
from nlu.model.runtime import WEIGHTS, TrainedReader
from nlu.rules import RulesReader
from nlu.training import noise
from nlu.training.messages import Message, read_corpus, read_messages, split
from nlu.training.metrics import Answer, Figures, measure
from nlu.training.moment import AT
from nlu.training.pictures import plotting

Read = Callable[[Message], Answer]

KINDS: dict[str, Sequence[noise.Change]] = {
    "clean": (),
    "no accents": (noise.no_accents,),
    "capitals": (noise.upper,),
    "small letters": (noise.lower,),
    "dictated": (noise.lower, noise.no_marks),
    "typos": (noise.typos,),
    "sms": (noise.sms, noise.lower),
    "all noise": (noise.sms, noise.typos, noise.no_accents, noise.lower, noise.no_marks),
}
"""The feasibility trial's kinds: "all noise" is SMS spelling, slips, no accents, no capitals, no marks."""


def readers(folder: Path) -> dict[str, Read]:
    """The three ways to read: the blend that the counter uses, the model by itself, the rules by themselves."""
    rules, model = RulesReader(), TrainedReader(folder)

    def by_rules(message: Message) -> Answer:
        said = rules.read(message.text, asked=message.asked, at=AT)
        return Answer(said.intent, said.entities, said.faits)

    def by_model(message: Message) -> Answer:
        said = model(message.text, message.asked, None)
        return Answer(said.intent, said.entities, said.faits)

    def by_blend(message: Message) -> Answer:
        said = rules.read(message.text, asked=message.asked, at=AT)
        both = blended(message.text, message.asked, said, model(message.text, message.asked, said), AT)
        return Answer(both.intent, both.entities, both.faits)

    return {"blend": by_blend, "model": by_model, "rules": by_rules}


def figures(messages: Sequence[Message], read: Read, kind: Sequence[noise.Change], draws: int) -> list[Figures]:
    """The figures of each draw of this noise (one draw where nothing is random)."""
    told = []
    for draw in range(draws):
        rng = random.Random(draw)
        said = [noise.noisy(m, rng, kind) if kind else m for m in messages]
        told.append(measure(said, [read(m) for m in said]))
    return told


def table(messages: Sequence[Message], read: Read) -> list[str]:
    """One line a kind of noise."""
    rows = [f"{'':14} intent  exact  relaxed faits  identity urgence alarms"]
    for name, kind in KINDS.items():
        draws = 3 if {noise.typos, noise.sms} & set(kind) else 1
        told = figures(messages, read, kind, draws)
        means = [
            statistics.fmean(part)
            for part in zip(
                *(
                    (f.accuracy, f.exact.f1(), f.relaxed.f1(), f.faits.f1(), f.masking, f.intents.recall("urgence"))
                    for f in told
                ),
                strict=True,
            )
        ]
        alarms = statistics.fmean(f.alarms for f in told)
        rows.append(f"{name:14} " + "  ".join(f"{mean:.3f}" for mean in means) + f"    {alarms:.1f}")
    return rows


def by_type(told: Figures) -> list[str]:
    """Spans by type, then intents."""
    rows = [f"{'spans':18} exact  relaxed  n"]
    for kind in EntityType:
        name = kind.value
        rows.append(f"{name:18} {told.exact.f1(name):.3f}  {told.relaxed.f1(name):.3f}  {told.exact.wanted[name]}")
    rows.append(f"{'intents':18} f1     recall   n")
    for intent in Intent:
        name = intent.value
        rows.append(
            f"{name:18} {told.intents.f1(name):.3f}  {told.intents.recall(name):.3f}  {told.intents.wanted[name]}"
        )
    return rows


def speed(messages: Sequence[Message], read: Read) -> str:
    """Median and 95th percentile of the milliseconds a message."""
    spent = []
    for message in messages:
        begun = time.perf_counter()
        read(message)
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return f"ms a message: median {spent[len(spent) // 2]:.2f}, p95 {spent[int(len(spent) * 0.95)]:.2f}"


def picture(told: Figures, path: Path) -> None:
    """A confusion matrix of intents, as a picture."""
    pyplot = plotting()
    names = [intent.value for intent in Intent]
    grid = [[told.confusions[wanted, given] for given in names] for wanted in names]
    shares = [[n / max(1, sum(row)) for n in row] for row in grid]
    figure, axes = pyplot.subplots(figsize=(7, 6))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="read as", ylabel="is")
    for y, row in enumerate(grid):
        for x, n in enumerate(row):
            if n:
                axes.text(x, y, str(n), ha="center", va="center", color="white" if shares[y][x] > 0.5 else "black")
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables of the readers that were asked for. arguments: those of the command line when None."""
    parser = argparse.ArgumentParser(prog="guichet evaluate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", type=Path, default=WEIGHTS)
    parser.add_argument("--readers", default="blend")
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args(arguments)
    messages = [m for path in asked.files for m in read_messages(path)] or split(read_corpus())[1]
    known = readers(asked.model)
    for name in asked.readers.split(","):
        told = figures(messages, known[name], (), 1)[0]
        print(f"\n{name}, {len(messages)} messages")
        print("\n".join([*table(messages, known[name]), "", *by_type(told), "", speed(messages, known[name])]))
        if asked.picture:
            picture(told, asked.picture)


if __name__ == "__main__":
    main()
