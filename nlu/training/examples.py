"""Messages as the network learns them: features with the right answers, in batches of similar length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from nlu.model.features import Features, Reader, tagged
from nlu.model.labels import FAITS, INTENTS
from nlu.rules import RulesReader
from nlu.training.messages import Message
from nlu.training.moment import AT

SILENT = -100
"""A place without a right answer (a piece that opens no unit)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its features, its tag on the first piece of each unit, its intent and its faits."""

    message: Message
    features: Features
    tags: list[int]
    intent: int
    faits: tuple[int, ...]


def examples(messages: Sequence[Message], reader: Reader, rules: RulesReader) -> list[Example]:
    """One example a message, with what the rules read in it as hints."""
    return [_example(message, reader, rules) for message in messages]


def _example(message: Message, reader: Reader, rules: RulesReader) -> Example:
    said = rules.read(message.text, asked=message.asked, at=AT)
    features = reader.features(message.text, message.asked, said)[0]
    tags = [SILENT] * len(features.ids)
    for unit, tag in zip(features.units, tagged(features.units, message.entities), strict=True):
        tags[unit.token] = tag
    return Example(
        message, features, tags, INTENTS.index(message.intent), tuple(int(f in message.faits) for f in FAITS)
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """ids, mask, hints, tags: (batch, tokens) int64; guess, intent: (batch,) int64; faits: (batch, 10) float32."""

    ids: Tensor
    mask: Tensor
    hints: Tensor
    guess: Tensor
    tags: Tensor
    intent: Tensor
    faits: Tensor


def batch(chosen: Sequence[Example]) -> Batch:
    """The examples padded to the longest."""
    length = max(len(e.features.ids) for e in chosen)

    def padded(rows: Sequence[list[int]], fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (length - len(row)) for row in rows])

    return Batch(
        ids=padded([e.features.ids for e in chosen], 0),
        mask=padded([[1] * len(e.features.ids) for e in chosen], 0),
        hints=padded([e.features.hints for e in chosen], 0),
        guess=torch.tensor([e.features.guess for e in chosen]),
        tags=padded([e.tags for e in chosen], SILENT),
        intent=torch.tensor([e.intent for e in chosen]),
        faits=torch.tensor([e.faits for e in chosen], dtype=torch.float32),
    )


def batches(pool: Sequence[Example], rng: random.Random, tokens: int = 2048) -> Iterator[Batch]:
    """All examples once, in batches of about so many pieces, lengths alike, in random order."""
    order = sorted(pool, key=lambda e: len(e.features.ids) * rng.uniform(0.8, 1.25))
    groups: list[list[Example]] = [[]]
    for example in order:
        if len(groups[-1]) >= 48 or ((len(groups[-1]) + 1) * len(example.features.ids) > tokens and groups[-1]):
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from (batch(group) for group in groups)
