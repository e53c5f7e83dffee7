"""`python -m nlu.training`: from the corpus to an exported model, with one command, on one processor core.

    python -m nlu.training --out DIR [--text DIR] [--pretrain MINUTES] [--finetune MINUTES] [--seed N] [--everything]
                               [--share 0.5] [--measure FILE ...]

--text: a folder of plain French (see docs/model.md), for masked pre-training; without it only the messages are read.
--everything: train on the held-out tenth too. --share: on a part of the messages only, for a learning curve. Seeds are
fixed; limits in minutes make a run depend on the machine's speed, `--epochs` does not.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import ModernBertModel, PreTrainedTokenizerFast

from nlu.model.features import Reader
from nlu.rules import RulesReader
from nlu.training.examples import examples
from nlu.training.export import export
from nlu.training.finetune import Plan, Report, finetune
from nlu.training.messages import read_corpus, read_messages, split
from nlu.training.moment import SEED
from nlu.training.network import Joint, configuration
from nlu.training.prepare import pools, reading_matter
from nlu.training.pretrain import pretrain
from nlu.training.report import write_report
from nlu.training.texts import sentences
from nlu.training.tokeniser import save_tokeniser, train_tokeniser

DROPOUT = 0.1
"""In the encoder, while fine-tuning only: without it the network learnt the messages by heart (docs/model.md)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked on the command line."""

    out: Path
    text: Path | None
    pretrain: float
    plan: Plan
    everything: bool
    share: float
    measure: tuple[Path, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, exports, and writes a report beside the model. arguments: those of the command line when None."""
    wish = _wish(arguments)
    torch.set_num_threads(1)
    wish.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(wish.plan.seed)
    messages = read_corpus()
    plain = sentences(wish.text, rng) if wish.text else []
    tokeniser = _tokeniser(wish, [m.text for m in messages], plain)
    encoder = _encoder(wish, tokeniser, [m.text for m in messages], plain, rng)
    kept, held = split(messages)
    if wish.share < 1:
        kept = random.Random(SEED).sample(kept, round(wish.share * len(kept)))
    reader = Reader(tokeniser.backend_tokenizer)
    prepared = pools(messages if wish.everything else kept, plain, reader, wish.plan.seed, _progress)
    sets = {"held out": held, **{path.stem: read_messages(path) for path in wish.measure}}
    report = Report({name: (ms, examples(ms, reader, RulesReader())) for name, ms in sets.items()})
    model = finetune(Joint(encoder), prepared, wish.plan, report)
    torch.save(model.state_dict(), wish.out / "joint.pt")
    export(
        model,
        tokeniser,
        wish.out / "model",
        [form for pool in prepared for form in pool[:2]],
    )
    write_report(report.curve, wish.out, messages=len(kept))


def _tokeniser(wish: Wish, own: list[str], plain: list[str]) -> PreTrainedTokenizerFast:
    made = train_tokeniser(own * 6 + plain[:120_000])
    save_tokeniser(made, wish.out / "tokeniser")
    return made


def _encoder(
    wish: Wish, tokeniser: PreTrainedTokenizerFast, own: list[str], plain: list[str], rng: random.Random
) -> ModernBertModel:
    """The pre-trained encoder, read again from the output folder when it is already there."""
    weights = wish.out / "encoder.pt"
    if wish.pretrain > 0 and not weights.exists():
        pretrain(tokeniser, reading_matter(own, plain, rng), weights, minutes=wish.pretrain, seed=wish.plan.seed)
    encoder = ModernBertModel(configuration(len(tokeniser), dropout=DROPOUT))
    if weights.exists():
        encoder.load_state_dict(torch.load(weights))
    return encoder


def _progress(done: int, total: int) -> None:
    if done % 200 == 0 or done == total:
        print(f"\rexamples {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _wish(arguments: Sequence[str] | None) -> Wish:
    parser = argparse.ArgumentParser(prog="guichet train", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("build/model"))
    parser.add_argument("--text", type=Path)
    parser.add_argument("--pretrain", type=float, default=45.0, help="minutes of masked pre-training, 0 for none")
    parser.add_argument("--finetune", type=float, default=0.0, help="minutes of fine-tuning instead of epochs")
    parser.add_argument("--epochs", type=int, default=13)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="more annotated files to measure on")
    said = parser.parse_args(arguments)
    plan = Plan(epochs=said.epochs, minutes=said.finetune, seed=said.seed)
    return Wish(said.out, said.text, said.pretrain, plan, said.everything, said.share, tuple(said.measure))


if __name__ == "__main__":
    main()
