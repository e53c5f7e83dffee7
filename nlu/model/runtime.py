"""The packaged model at work: text to a proposal, local files only, neither torch nor transformers.

Its files are those that `transformers` reads; the library itself would add a third to the process and half a second to
its start for nothing but opening two of them (docs/decisions/0064).
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from domain.reading import Entity, Reading
from nlu.blend import Proposal
from nlu.model.decoding import Scores
from nlu.model.features import Features, Reader
from nlu.model.integrity import ModelRejected, verify
from nlu.model.labels import FAITS, INTENTS, TAGS
from nlu.model.linear import FILE as LINEAR
from nlu.model.linear import Linear
from nlu.model.proposing import proposal, spans
from nlu.model.sessions import FAULTS, open_session

WEIGHTS = Path(__file__).parent / "weights"


class TrainedReader:
    """Reads messages with the shipped weights. Calls may come from any thread, one at a time or several."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        """Raises ModelRejected when the files are missing, changed, or made for other labels."""
        verify(folder)
        try:
            self._check_labels(folder)
            tokeniser = _tokeniser_of(folder)
            self._session = open_session(folder / "model.onnx", threads)
            self._linear = Linear.load(folder / LINEAR)
        except (OSError, ValueError, KeyError, RuntimeError, *FAULTS) as fault:
            raise ModelRejected(f"a model that can be run was expected in {folder.name}/") from fault
        self._reader = Reader(tokeniser)

    def __call__(self, text: str, asked: str | None, said: Reading | None) -> Proposal:
        """What the network makes of a message. said: the rules' reading, given to it as hints, if any."""
        entities: list[Entity] = []
        intents, faits = [], []
        parts = self._reader.features(text, asked, said)
        for part in parts:
            intent, tags, told = self._run(part)
            entities += spans(text, part, tags[0], self._linear.tags(text, asked, part))
            intents.append(intent[0])
            faits.append(told[0])
        linear = self._linear.labels(text, asked, parts[0])
        return proposal(entities, np.stack(intents), np.stack(faits), said, linear)

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
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tags = tuple(told["id2label"].get(str(i)) for i in range(len(TAGS)))
        if (tags, tuple(told["guichet_intents"]), tuple(told["guichet_faits"])) != (TAGS, INTENTS, FAITS):
            raise ModelRejected("config.json: a model made for these labels was expected; train it again")


def _tokeniser_of(folder: Path) -> Tokenizer:
    content = (folder / "tokenizer.json").read_text(encoding="utf-8")
    try:
        return Tokenizer.from_str(content)
    except Exception as fault:  # the library raises nothing narrower
        raise ValueError("tokenizer.json: a tokeniser was expected") from fault
