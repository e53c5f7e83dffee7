"""Fine-tuning: three tasks at once, on hand-written messages and their noisy and recombined twins."""

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch.nn import functional

from nlu.model.proposing import proposal, spans
from nlu.training.examples import SILENT, Batch, Example, batch, batches
from nlu.training.messages import Message
from nlu.training.metrics import Answer, Figures, measure
from nlu.training.network import Joint


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train. Rates are per weight group: the encoder, then the heads."""

    epochs: int = 12
    minutes: float = 0.0
    """A limit of time instead of epochs, 0 for none; the rate falls with whichever ends first."""
    rate: float = 4e-4
    head_rate: float = 1e-3
    unhinted: float = 0.3
    """Share of messages read without the rules' hints, so that the network can do without them."""
    blanked: float = 0.1
    """Share of pieces hidden, so that no single word decides."""
    seed: int = 1


def finetune(model: Joint, pools: Sequence[Sequence[Example]], plan: Plan, report: "Report") -> Joint:
    """The trained network (an average over its last steps). pools: one a message, its clean and its changed forms."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    optimiser = _optimiser(model, plan)
    steps, done = plan.epochs * sum(1 for _ in batches([p[0] for p in pools], random.Random(0))), 0
    average = copy.deepcopy(model).eval()
    started = time.monotonic()
    for epoch in range(plan.epochs):
        model.train()
        begun, total, seen = time.monotonic(), 0.0, 0
        for drawn in batches([_draw(pool, rng) for pool in pools], rng):
            share = _share(plan, done / steps, time.monotonic() - started)
            if share >= 1.0:
                break
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * min(1.0, (share + 0.001) / 0.08) * max(0.02, 1 - share)
            loss = _loss(model, _disturbed(drawn, plan))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            _follow(average, model, min(0.995, 1 - 1 / (done + 2)))
            done, total, seen = done + 1, total + loss.item(), seen + 1
        report.epoch(epoch + 1, total / max(1, seen), time.monotonic() - begun, average, last=share >= 1.0)
        if share >= 1.0:
            break
    return average


def _share(plan: Plan, by_steps: float, seconds: float) -> float:
    """How much of the training is done, 0..1."""
    return min(1.0, seconds / 60 / plan.minutes) if plan.minutes else by_steps


class Report:
    """Says how training goes: a line an epoch, figures on each named set of messages."""

    def __init__(self, sets: dict[str, tuple[list[Message], list[Example]]], every: int = 2) -> None:
        self._sets, self._every = sets, every
        self.curve: list[tuple[int, float, dict[str, Figures]]] = []

    def epoch(self, number: int, loss: float, seconds: float, model: Joint, *, last: bool = False) -> None:
        """Prints one epoch, with figures every few."""
        print(f"epoch {number} loss {loss:.3f} in {seconds:.0f} s", flush=True)
        found = {}
        if last or number % self._every == 0:
            for name, (messages, rows) in self._sets.items():
                found[name] = measure(messages, answers(model, messages, rows))
                print(f"  {name}: {found[name].line()}", flush=True)
        self.curve.append((number, loss, found))


def answers(model: Joint, messages: Sequence[Message], rows: Sequence[Example]) -> list[Answer]:
    """What the network answers by itself to each message."""
    model.eval()
    found = []
    with torch.no_grad():
        for message, row in zip(messages, rows, strict=True):
            b = batch([row])
            intents, tags, faits = model(b.ids, b.mask, b.hints, b.guess)
            entities = spans(message.text, replace(row.features, guess=0), tags[0].numpy())
            said = proposal(entities, intents.numpy(), faits.numpy(), None)
            found.append(Answer(said.intent, said.entities, said.faits))
    return found


def _draw(pool: Sequence[Example], rng: random.Random) -> Example:
    return pool[0] if rng.random() < 0.4 else rng.choice(pool)


def _disturbed(b: Batch, plan: Plan) -> Batch:
    bare = torch.rand(len(b.ids)) < plan.unhinted
    lost = (torch.rand(b.ids.shape) < plan.blanked) & (b.ids > 5 + 12)
    return Batch(
        ids=torch.where(lost, 4, b.ids),
        mask=b.mask,
        hints=torch.where(bare.unsqueeze(1), 0, b.hints),
        guess=torch.where(bare, 0, b.guess),
        tags=b.tags,
        intent=b.intent,
        faits=b.faits,
    )


def _loss(model: Joint, b: Batch) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        intents, tags, faits = model(b.ids, b.mask, b.hints, b.guess)
    intent = functional.cross_entropy(intents.float(), b.intent, label_smoothing=0.05)
    spans_ = functional.cross_entropy(tags.float().transpose(1, 2), b.tags, ignore_index=SILENT)
    conduct = functional.binary_cross_entropy_with_logits(faits.float(), b.faits)
    return intent + 3.0 * spans_ + 5.0 * conduct


def _optimiser(model: Joint, plan: Plan) -> torch.optim.Optimizer:
    encoder = list(model.encoder.parameters())
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": plan.rate, "peak": plan.rate},
            {"params": heads, "lr": plan.head_rate, "peak": plan.head_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=0.02,
    )


def _follow(average: Joint, model: Joint, keep: float) -> None:
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), model.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)
