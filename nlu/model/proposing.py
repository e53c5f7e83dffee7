"""From the scores of the network and of the linear reader, and the rules' reading, to one proposal: opinions pooled.

The network knows the rules' tags, but learnt them from messages on which it was also shown the answer, so it trusts
itself too much; the linear reader sees spellings and capitals that the network folds away. Each errs on messages of
its own, so the mean of them errs less than any (docs/model.md).
"""

from collections.abc import Sequence

import numpy as np

from domain.reading import Entity, Fait, Intent, Reading
from nlu.blend import Proposal
from nlu.model.decoding import Scores, best_path, spans_of, sureness
from nlu.model.features import Features, Unit
from nlu.model.joining import joined, parted, unclipped
from nlu.model.labels import FAITS, INTENTS, TAGS, TYPES

LINEAR_IN_SPANS = 0.35
LINEAR_IN_INTENT = 0.4
LINEAR_IN_FAITS = 0.5
"""Shares of the linear reader beside the network."""

RULES_IN_SPANS = 0.15
RULES_IN_INTENT = 0.1
RULES_IN_FAITS = 0.15
"""Shares of the rules' word beside both (all six: best on held-out and development messages, docs/model.md)."""

FAIT_FLOOR = 0.42
SPAN_FLOOR = 0.4


def softmax(logits: Scores) -> Scores:
    """Shares along the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)


def spans(text: str, part: Features, tags: Scores, linear: Scores | None = None) -> list[Entity]:
    """The spans of one piece, with the rules' tags pooled in when it has any guess.

    tags: (tokens, 15) logits of the network; linear: (units, 15) shares of the linear reader.
    """
    if not part.units:
        return []
    tokens = [unit.token for unit in part.units]
    shares = softmax(tags[tokens])
    if linear is not None:
        shares = (1 - LINEAR_IN_SPANS) * shares + LINEAR_IN_SPANS * linear
    if part.guess:
        rules = np.eye(len(TAGS), dtype=np.float32)[[part.hints[token] for token in tokens]]
        shares = (1 - RULES_IN_SPANS) * shares + RULES_IN_SPANS * rules
    scores = np.log(shares + 1e-9)
    found = []
    path = best_path(scores)
    for kind, first, after in spans_of(path):
        sure = sureness(scores, kind, first, after)
        while after < len(path) and path[after] == 0 and _cuts_number(text, part.units[after - 1], part.units[after]):
            after += 1
        start, end = part.units[first].start, part.units[after - 1].end
        if sure >= SPAN_FLOOR:
            found.append(Entity(TYPES[kind], start, end, text[start:end], sure))
    return parted(joined(text, [unclipped(text, entity) for entity in found]))


def _cuts_number(text: str, last: Unit, following: Unit) -> bool:
    """Whether a span would end between two digits of one number: "un gars de 2|5 ans"."""
    return last.end == following.start and text[last.end - 1].isdigit() and text[following.start].isdigit()


def proposal(
    entities: Sequence[Entity],
    intents: Scores,
    faits: Scores,
    said: Reading | None,
    linear: tuple[Scores, Scores] | None = None,
) -> Proposal:
    """One proposal for a message; its first piece tells the intent, any piece a fait.

    intents: (pieces, 12), faits: (pieces, 10) float32 logits of the network; linear: shares (12,) and (10,).
    """
    shares = softmax(intents[0])
    sure = 1 / (1 + np.exp(-np.clip(faits.max(0), -30, 30)))
    if linear is not None:
        shares = (1 - LINEAR_IN_INTENT) * shares + LINEAR_IN_INTENT * linear[0]
        sure = (1 - LINEAR_IN_FAITS) * sure + LINEAR_IN_FAITS * linear[1]
    alarm = float(shares[INTENTS.index(Intent.URGENCE)])
    if said is not None:
        guess = np.asarray([intent is said.intent for intent in INTENTS], dtype=np.float32)
        shares = (1 - RULES_IN_INTENT) * shares + RULES_IN_INTENT * guess
        named = np.asarray([fait in said.faits for fait in FAITS], dtype=np.float32)
        sure = (1 - RULES_IN_FAITS) * sure + RULES_IN_FAITS * named
    best = int(shares.argmax())
    told: tuple[Fait, ...] = tuple(fait for fait, p in zip(FAITS, sure, strict=True) if p >= FAIT_FLOOR)
    return Proposal(INTENTS[best], min(1.0, float(shares[best])), tuple(entities), told, alarm)
