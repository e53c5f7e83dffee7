"""The model at work: text to a proposal, one thread, local files only, no torch."""

import os
from functools import partial
from pathlib import Path

import numpy as np

from domain.reading import Entity, Reading
from nlu.blend import Proposal
from nlu.model.decoding import Scores
from nlu.model.features import Features, Reader
from nlu.model.integrity import ModelRejected, verify
from nlu.model.labels import FAITS, INTENTS, TAGS
from nlu.model.proposing import proposal, spans

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")

import onnxruntime  # after the settings that keep transformers quiet and offline
from onnxruntime.capi import onnxruntime_pybind11_state as state
from transformers import AutoConfig, PreTrainedTokenizerFast

FAULTS = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.RuntimeException)
"""What onnxruntime raises for a file or an input that it cannot run; they share no base but Exception."""

WEIGHTS = Path(__file__).parent / "weights"


class TrainedReader:
    """Reads messages with the shipped weights. Calls may come from any thread, one at a time or several."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Raises ModelRejected when the files are missing, changed, or made for other labels."""
        verify(folder)
        try:
            self._check_labels(folder)
            tokeniser = PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), _options(), providers=["CPUExecutionProvider"]
            )
        except (OSError, ValueError, RuntimeError, *FAULTS) as fault:
            raise ModelRejected(f"a model that can be run was expected in {folder.name}/") from fault
        self._reader = Reader(tokeniser)

    def __call__(self, text: str, asked: str | None, said: Reading | None) -> Proposal:
        """What the network makes of a message. said: the rules' reading, given to it as hints, if any."""
        entities: list[Entity] = []
        intents, faits = [], []
        for part in self._reader.features(text, asked, said):
            intent, tags, told = self._run(part)
            entities += spans(text, part, tags[0])
            intents.append(intent[0])
            faits.append(told[0])
        return proposal(entities, np.stack(intents), np.stack(faits), said)

    def _run(self, part: Features) -> tuple[Scores, Scores, Scores]:
        """Logits: intent (1, 12), tags (1, tokens, 15), faits (1, 10), float32."""
        row = partial(np.asarray, dtype=np.int64)
        given = {"ids": row([part.ids]), "hints": row([part.hints]), "guess": row([part.guess])}
        try:
            intent, tags, faits = self._session.run(["intent", "tags", "faits"], given)
        except FAULTS as fault:
            raise RuntimeError("a forward pass was expected, onnxruntime gave none") from fault
        return intent, tags, faits

    @staticmethod
    def _check_labels(folder: Path) -> None:
        told = AutoConfig.from_pretrained(str(folder), local_files_only=True)
        tags = tuple(told.id2label[i] for i in range(len(TAGS)))
        if (tags, tuple(told.guichet_intents), tuple(told.guichet_faits)) != (TAGS, INTENTS, FAITS):
            raise ModelRejected("config.json: a model made for these labels was expected; train it again")


def _options() -> onnxruntime.SessionOptions:
    """One thread: a second gains 0.2 ms and costs long tails on a shared machine (feasibility trial).

    Without an arena the process gives back what a long message took. Packed weights stay: without them a message takes
    half as long again.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return options
