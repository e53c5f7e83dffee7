"""Checkpoints of somebody else beside the rules: one that names spans, one that says what a message does.

Neither has seen the rules' reading nor knows what was asked, as the packaged model does, so each is believed only as
far as somebody vouches for its labels (docs/decisions/0061). What it cannot tell (the other spans, the intent, the
faits) is the rules'.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import structlog

from domain.reading import Entity, EntityType, Intent, Reading
from nlu.blend import Proposal
from nlu.loading import ModelReader
from nlu.model.checkpoints import name_of
from nlu.model.decoding import Scores
from nlu.model.heads import Head, Piece, runs
from nlu.model.integrity import ModelRejected
from nlu.model.networks import Task
from nlu.model.proposing import softmax
from nlu.model.translation import Label, Ours, dropped, translated

log = structlog.get_logger(__name__)

ANSWERS = frozenset((Intent.CONFIRMER, Intent.INFIRMER, Intent.NE_SAIT_PAS, Intent.ANNULER))
"""What only makes sense beside the question: the rules know it, such a checkpoint does not."""

INTENT_FLOOR = 0.5
"""Less sure than even, a checkpoint does not overrule the rules."""


class ForeignSpans:
    """Reads spans; the intent and the faits are the rules'. Calls may come from any thread."""

    def __init__(self, folder: Path, label_map: Mapping[str, str], threads: int = 1) -> None:
        """label_map: labels of the checkpoint to ours. Raises ModelRejected when it cannot read for us."""
        self._head = Head(folder, Task.TOKENS, threads)
        self._labels = translated(self._head.labels, EntityType, label_map)
        _told_of(self._labels, label_map, folder)
        self._judged = frozenset(label.meaning for label in self._labels if label.is_vouched)

    def __call__(self, text: str, asked: str | None, said: Reading) -> Proposal:
        """What the checkpoint and the rules make of a message together."""
        found = [entity for piece in self._head.pieces(text) for entity in self._spans(text, piece)]
        entities = _side_by_side(
            [entity for entity in found if entity.type in self._judged],
            [entity for entity in said.entities if entity.type not in self._judged],
            [entity for entity in found if entity.type not in self._judged],
        )
        return Proposal(said.intent, said.intent_confidence, tuple(entities), said.faits)

    def _spans(self, text: str, piece: Piece) -> list[Entity]:
        """The spans of a piece: runs of one type, cut where a label opens the next."""
        units = runs(text, piece.ends)
        shares = softmax(self._head.scores(piece)[[unit.token for unit in units]]) if units else np.empty((0, 0))
        spans: list[tuple[EntityType, int, int, list[float]]] = []
        before: EntityType | None = None
        for unit, row in zip(units, shares, strict=True):
            kind, sure, opens = self._read(row)
            if kind is not None and kind is before and not opens:
                spans[-1] = (kind, spans[-1][1], unit.end, [*spans[-1][3], sure])
            elif kind is not None:
                spans.append((kind, unit.start, unit.end, [sure]))
            before = kind
        return [
            Entity(kind, start, end, text[start:end], min(1.0, float(np.mean(sure))))
            for kind, start, end, sure in spans
            if any(map(str.isalnum, text[start:end]))
        ]

    def _read(self, shares: Scores) -> tuple[EntityType | None, float, bool]:
        """The likeliest type of a unit, None for none of ours; how sure; whether it opens. shares: (labels,)."""
        sums: dict[EntityType | None, float] = {}
        opening: dict[EntityType | None, float] = {}
        for label, share in zip(self._labels, shares, strict=True):
            sums[label.meaning] = sums.get(label.meaning, 0.0) + float(share)
            if label.opens:
                opening[label.meaning] = opening.get(label.meaning, 0.0) + float(share)
        kind = max(sums, key=lambda one: sums[one])
        return kind, sums[kind], opening.get(kind, 0.0) > sums[kind] / 2


class ForeignIntent:
    """Says what a message does, over what another reader found in it. Calls may come from any thread."""

    def __init__(self, folder: Path, beside: ModelReader, label_map: Mapping[str, str], threads: int = 1) -> None:
        """beside: who reads the spans. Raises ModelRejected when the checkpoint cannot read for us."""
        self._head = Head(folder, Task.MESSAGES, threads)
        self._labels = translated(self._head.labels, Intent, label_map)
        self._beside = beside
        _told_of(self._labels, label_map, folder)

    def __call__(self, text: str, asked: str | None, said: Reading) -> Proposal:
        """The other reader's proposal with the checkpoint's intent, where it has one that it may judge."""
        told = self._beside(text, asked, said)
        shares = softmax(self._head.scores(self._head.pieces(text)[0]))
        meant = self._labels[int(shares.argmax())].meaning
        sure = sum(float(share) for label, share in zip(self._labels, shares, strict=True) if label.meaning is meant)
        if meant is None or sure < INTENT_FLOOR or (asked is not None and {meant, said.intent} & ANSWERS):
            return told
        return Proposal(meant, min(1.0, sure), told.entities, told.faits)


def _told_of(labels: Sequence[Label[Ours]], label_map: Mapping[str, str], folder: Path) -> None:
    """Labels that mean nothing here are named in the log, once. Raises ModelRejected when none means anything."""
    lost = dropped(labels, label_map)
    if all(label.meaning is None for label in labels):
        raise ModelRejected(
            f"{name_of(folder)}: labels we know expected, {', '.join(lost)[:80]} came; set nlu.label_map"
        )
    if lost:
        log.warning("reader.labels_dropped", model=name_of(folder), count=len(lost), reason=", ".join(lost)[:150])


def _side_by_side(*groups: Iterable[Entity]) -> list[Entity]:
    """The entities of all groups, in order, without those that overlap one of an earlier group."""
    kept: list[Entity] = []
    for group in groups:
        for entity in group:
            if all(entity.end <= other.start or entity.start >= other.end for other in kept):
                kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)
