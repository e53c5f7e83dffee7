"""From the network's scores to a proposal: intent, spans and faits with their confidences."""

from collections.abc import Sequence

import numpy as np

from domain.reading import Entity, Fait
from nlu.blend import Proposal
from nlu.model.decoding import Scores, best_path, spans_of, sureness
from nlu.model.features import Unit
from nlu.model.labels import FAITS, INTENTS, TYPES

FAIT_FLOOR = 0.5
SPAN_FLOOR = 0.4
"""A span surer than this is proposed (best F1 on the held-out tenth of the corpus, docs/model.md)."""


def softmax(logits: Scores) -> Scores:
    """Shares along the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)


def spans(text: str, units: Sequence[Unit], tags: Scores) -> list[Entity]:
    """The spans of one piece. tags: (tokens, 15) float32 logits."""
    if not units:
        return []
    scores = np.log(softmax(tags[[unit.token for unit in units]]) + 1e-9)
    found = []
    for kind, first, after in spans_of(best_path(scores)):
        sure = sureness(scores, kind, first, after)
        start, end = units[first].start, units[after - 1].end
        if sure >= SPAN_FLOOR:
            found.append(Entity(TYPES[kind], start, end, text[start:end], sure))
    return found


def proposal(entities: Sequence[Entity], intents: Scores, faits: Scores) -> Proposal:
    """intents: (pieces, 12), faits: (pieces, 10) float32 logits; the first piece tells the intent, any a fait."""
    shares = softmax(intents[0])
    sure = 1 / (1 + np.exp(-faits.max(0)))
    best = int(shares.argmax())
    told: tuple[Fait, ...] = tuple(fait for fait, p in zip(FAITS, sure, strict=True) if p >= FAIT_FLOOR)
    return Proposal(INTENTS[best], float(shares[best]), tuple(entities), told)
