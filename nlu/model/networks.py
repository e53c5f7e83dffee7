"""The network of a checkpoint, whatever runs it: model.onnx by onnxruntime, or model.safetensors by torch."""

from enum import Enum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlu.model.checkpoints import name_of
from nlu.model.decoding import Scores
from nlu.model.integrity import ModelRejected
from nlu.model.sessions import FAULTS, open_session

Row = NDArray[np.int64]


class Task(Enum):
    """What a head was made for, as the checkpoint's `architectures` end."""

    TOKENS = "ForTokenClassification"
    MESSAGES = "ForSequenceClassification"


class Network(Protocol):
    """A forward pass."""

    def scores(self, ids: Row) -> Scores:
        """ids: (1, tokens) int64. Logits (1, tokens, labels) or (1, labels) float32. Raises RuntimeError."""


def open_network(folder: Path, task: Task, threads: int) -> Network:
    """The exported network where there is one, else the weights. Raises ModelRejected when neither can be run."""
    exported = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()), None)
    if exported is not None:
        return _Exported(exported, threads)
    if not any(folder.glob("model*.safetensors")):
        raise ModelRejected(f"{name_of(folder)}: model.onnx or model.safetensors expected, neither is there; add one")
    try:
        from nlu.model.torched import Weights
    except ImportError as fault:
        raise ModelRejected(
            f"{name_of(folder)}: model.safetensors needs torch, which is not installed;"
            " pip install 'guichet[torch]', or add model.onnx"
        ) from fault
    return Weights(folder, task, threads)


class _Exported:
    """A network in ONNX, with the inputs that transformers' own exports have."""

    def __init__(self, path: Path, threads: int) -> None:
        try:
            self._session = open_session(path, threads)
        except FAULTS as fault:
            raise ModelRejected(f"{path.name}: a network that onnxruntime runs expected; export it again") from fault
        self._inputs = [one.name for one in self._session.get_inputs()]
        if strange := sorted({*self._inputs} - {"input_ids", "attention_mask", "token_type_ids"}):
            raise ModelRejected(f"{path.name}: inputs input_ids and attention_mask expected, {strange[0]} came too")
        names = [one.name for one in self._session.get_outputs()]
        self._output = "logits" if "logits" in names else names[0]

    def scores(self, ids: Row) -> Scores:
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        try:
            (told,) = self._session.run([self._output], {name: given[name] for name in self._inputs})
        except FAULTS as fault:
            raise RuntimeError("a forward pass was expected, onnxruntime gave none") from fault
        return np.asarray(told, dtype=np.float32)
