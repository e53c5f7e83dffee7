"""From the network's scores and the rules' reading to one proposal: two opinions, pooled.

The network knows the rules' tags, but learnt them from messages on which it was also shown the answer, so it trusts
itself too much. Giving the rules a fixed share on top won a point of spans and of intents, and 7 of faits, on the
held-out tenth.
"""

from collections.abc import Sequence

import numpy as np

from domain.reading import Entity, Fait, Intent, Reading
from nlu.blend import Proposal
from nlu.model.decoding import Scores, best_path, spans_of, sureness
from nlu.model.features import Features
from nlu.model.labels import FAITS, INTENTS, TAGS, TYPES

RULES_IN_SPANS = 0.3
RULES_IN_INTENT = 0.2
RULES_IN_FAITS = 0.4
"""Shares of the rules' word beside the network's (best on the held-out tenth of the corpus, docs/model.md)."""

FAIT_FLOOR = 0.45
SPAN_FLOOR = 0.4


def softmax(logits: Scores) -> Scores:
    """Shares along the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)


def spans(text: str, part: Features, tags: Scores) -> list[Entity]:
    """The spans of one piece, with the rules' tags pooled in when it has any guess. tags: (tokens, 15) logits."""
    if not part.units:
        return []
    tokens = [unit.token for unit in part.units]
    shares = softmax(tags[tokens])
    if part.guess:
        rules = np.eye(len(TAGS), dtype=np.float32)[[part.hints[token] for token in tokens]]
        shares = (1 - RULES_IN_SPANS) * shares + RULES_IN_SPANS * rules
    scores = np.log(shares + 1e-9)
    found = []
    for kind, first, after in spans_of(best_path(scores)):
        sure = sureness(scores, kind, first, after)
        start, end = part.units[first].start, part.units[after - 1].end
        if sure >= SPAN_FLOOR:
            found.append(Entity(TYPES[kind], start, end, text[start:end], sure))
    return found


def proposal(entities: Sequence[Entity], intents: Scores, faits: Scores, said: Reading | None) -> Proposal:
    """intents: (pieces, 12), faits: (pieces, 10) float32 logits; the first piece tells the intent, any a fait."""
    shares = softmax(intents[0])
    alarm = float(shares[INTENTS.index(Intent.URGENCE)])
    sure = 1 / (1 + np.exp(-np.clip(faits.max(0), -30, 30)))
    if said is not None:
        guess = np.asarray([intent is said.intent for intent in INTENTS], dtype=np.float32)
        shares = (1 - RULES_IN_INTENT) * shares + RULES_IN_INTENT * guess
        named = np.asarray([fait in said.faits for fait in FAITS], dtype=np.float32)
        sure = (1 - RULES_IN_FAITS) * sure + RULES_IN_FAITS * named
    best = int(shares.argmax())
    told: tuple[Fait, ...] = tuple(fait for fait, p in zip(FAITS, sure, strict=True) if p >= FAIT_FLOOR)
    return Proposal(INTENTS[best], min(1.0, float(shares[best])), tuple(entities), told, alarm)
