"""A checkpoint of somebody else, opened: its labels, its tokeniser, and a network that gives every label a score."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nlu.model.checkpoints import name_of
from nlu.model.decoding import Scores
from nlu.model.features import encodable
from nlu.model.integrity import ModelRejected
from nlu.model.labels import MAX_TOKENS
from nlu.model.networks import Task, open_network
from nlu.model.offline import configuration_of, tokeniser_of

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_TRIAL = "Bonjour, il y a un trafic tous les soirs devant la gare."
_RESERVED = 2
"""Positions that RoBERTa and its kin count but cannot use."""


@dataclass(frozen=True, slots=True)
class Piece:
    """As much of a message as the network reads at once. ends: (start, end) of each token in the text, in order."""

    ids: list[int]
    ends: list[tuple[int, int]]


class Head:
    """A checkpoint's judgement of a message. labels: their names, in the order of the scores."""

    def __init__(self, folder: Path, task: Task, threads: int = 1) -> None:
        """Raises ModelRejected, saying what was expected, what came and what to do, for files that cannot be used."""
        told = _configuration(folder)
        self.labels = _labels(told, task)
        self._tokeniser = _tokeniser(folder, told)
        longest = told.get("max_position_embeddings") or MAX_TOKENS + _RESERVED
        self._room = min(MAX_TOKENS, self._tokeniser.model_max_length, longest - _RESERVED)
        self._network = open_network(folder, task, threads)
        self._try(task)

    def pieces(self, text: str) -> list[Piece]:
        """The message in one piece, or in several when it is longer than the network reads at once."""
        encoded = self._tokeniser(
            encodable(text),
            truncation=True,
            max_length=self._room,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        return [Piece(*one) for one in zip(encoded["input_ids"], encoded["offset_mapping"], strict=True)]

    def scores(self, piece: Piece) -> Scores:
        """Logits of a piece: (tokens, labels) or (labels,) float32. Raises RuntimeError when the network fails."""
        told: Scores = self._network.scores(np.asarray([piece.ids], dtype=np.int64))[0]
        return told

    def _try(self, task: Task) -> None:
        """One pass, so that a network of another shape is refused at the start and not at the first citizen."""
        piece = self.pieces(_TRIAL)[0]
        try:
            got = self.scores(piece).shape
        except RuntimeError as fault:
            raise ModelRejected("a network that runs expected, its first pass failed; export it again") from fault
        wanted = (len(piece.ids), len(self.labels)) if task is Task.TOKENS else (len(self.labels),)
        if got != wanted:
            raise ModelRejected(f"scores of shape {wanted} expected, {got} came; export the network with its head")


def _configuration(folder: Path) -> dict[str, Any]:  # Any: JSON
    if not (folder / "config.json").is_file():
        raise ModelRejected(
            f"{name_of(folder)}: config.json expected, it is not there; correct the name or fetch it again"
        )
    try:
        return configuration_of(folder)
    except (OSError, ValueError) as fault:
        raise ModelRejected(f"{name_of(folder)}: config.json in JSON expected, it is not; fetch it again") from fault


def _labels(told: dict[str, Any], task: Task) -> tuple[str, ...]:  # Any: JSON
    strange = [name for name in told.get("architectures") or () if not name.endswith(task.value)]
    if strange:
        raise ModelRejected(f"config.json: an architecture {task.value} expected, {strange[0]} came; take another one")
    named = told.get("id2label")
    if not isinstance(named, dict) or not named or {*named} != {*map(str, range(len(named)))}:
        raise ModelRejected("config.json: id2label with a label for 0, 1, 2... expected; take another checkpoint")
    return tuple(str(named[str(place)]) for place in range(len(named)))


def _tokeniser(folder: Path, told: dict[str, Any]) -> "PreTrainedTokenizerFast":  # Any: JSON
    if not (folder / "tokenizer.json").is_file():
        raise ModelRejected(
            f"{name_of(folder)}: tokenizer.json expected, it is not there; save the fast tokenizer there"
        )
    try:
        found = tokeniser_of(folder)
    except Exception as fault:  # tokenizers raises a bare Exception for a file that it cannot read
        raise ModelRejected(f"{name_of(folder)}: a tokenizer.json that can be read expected; fetch it again") from fault
    size = told.get("vocab_size")
    if isinstance(size, int) and len(found) > size:
        raise ModelRejected(f"tokenizer.json: at most {size} pieces expected, {len(found)} came; take its own file")
    return found


# --- where spans may begin and end -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A run of letters and digits, or a mark. `token` is its first piece."""

    start: int
    end: int
    token: int


def runs(text: str, ends: Sequence[tuple[int, int]]) -> list[Run]:
    """The runs of these tokens; white space and special tokens belong to none. Checkpoints cut words as they like."""
    found: list[Run] = []
    for token, (start, end) in enumerate(ends):
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            continue
        if found and (start < found[-1].end or _goes_on(text, found[-1].end, start)):
            found[-1] = Run(found[-1].start, max(end, found[-1].end), found[-1].token)
        else:
            found.append(Run(start, end, token))
    return found


def _goes_on(text: str, end: int, start: int) -> bool:
    return start == end and text[end - 1].isalnum() and text[start].isalnum()
