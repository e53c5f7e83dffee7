"""Weights in safetensors run by torch, which the `torch` extra brings: loaded by this module alone, when it is needed.

No other file of a checkpoint is executed or unpickled: neither its code nor pytorch_model.bin.
"""

from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification

from nlu.model.checkpoints import name_of
from nlu.model.decoding import Scores
from nlu.model.integrity import ModelRejected
from nlu.model.networks import Row, Task

_MODELS = {
    Task.TOKENS: AutoModelForTokenClassification,
    Task.MESSAGES: AutoModelForSequenceClassification,
}


class Weights:
    """A network of `transformers`, in float32 on the processor."""

    def __init__(self, folder: Path, task: Task, threads: int) -> None:
        """Raises ModelRejected when the weights are broken, or lack the head (which would else be drawn at random)."""
        torch.set_num_threads(threads)
        try:
            self._model, told = _MODELS[task].from_pretrained(
                str(folder),
                dtype=torch.float32,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                output_loading_info=True,
            )
        except Exception as fault:  # safetensors and transformers raise a dozen kinds for a file that is not right
            raise ModelRejected(
                f"{name_of(folder)}: weights that load expected ({type(fault).__name__} came); fetch them again"
            ) from fault
        if missing := sorted(told["missing_keys"]):
            raise ModelRejected(f"{name_of(folder)}: weights with their head expected, {missing[0]} is missing")
        self._model.eval()

    def scores(self, ids: Row) -> Scores:
        row = torch.from_numpy(ids)
        try:
            with torch.inference_mode():
                told = self._model(input_ids=row, attention_mask=torch.ones_like(row)).logits
        except (RuntimeError, IndexError) as fault:
            raise RuntimeError("a forward pass was expected, torch gave none") from fault
        return np.asarray(told.numpy(), dtype=np.float32)
