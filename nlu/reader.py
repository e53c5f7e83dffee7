"""The reader that the counter uses: rules at once, and a trained model beside them when it is there and whole."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path

import structlog

from domain.reading import Reading
from nlu.blend import Proposal, blended
from nlu.rules import RulesReader

log = structlog.get_logger(__name__)

ModelReader = Callable[[str, str | None, Reading], Proposal]
"""A trained reader: text, the fact asked and the rules' reading, to a proposal. Called on a thread."""


class Shipped(Enum):
    """Says that the model of the package is meant."""

    MODEL = "model"


class GuichetReader:
    """Reads by rules in the event loop (about 2 ms a message), by a model on a thread with a time limit."""

    def __init__(self, model: ModelReader | Shipped | None = Shipped.MODEL, *, limit_s: float = 1.0) -> None:
        """model: the packaged one by default; None for the rules alone."""
        self._rules = RulesReader()
        self._model = shipped() if isinstance(model, Shipped) else model
        self._limit_s = limit_s

    @property
    def has_model(self) -> bool:
        """Whether a model reads beside the rules."""
        return self._model is not None

    async def read(self, text: str, asked: str | None, at: datetime) -> Reading:
        """The reading of one message; the rules alone speak when the model is missing, late or at fault."""
        said = self._rules.read(text, asked=asked, at=at)
        if self._model is None:
            return said
        try:
            proposal = await asyncio.wait_for(asyncio.to_thread(self._model, text, asked, said), self._limit_s)
        except (TimeoutError, RuntimeError, ValueError) as fault:
            log.warning("reader.model_silent", error=type(fault).__name__)
            return said
        return blended(text, asked, said, proposal, at)


class BlendedReader:
    """The same reading at once, in the caller's thread, for programs that read line by line."""

    def __init__(self, model: ModelReader | Shipped | None = Shipped.MODEL) -> None:
        self._rules = RulesReader()
        self._model = shipped() if isinstance(model, Shipped) else model

    def read(self, text: str, *, asked: str | None, at: datetime) -> Reading:
        """The reading of one message."""
        said = self._rules.read(text, asked=asked, at=at)
        if self._model is None:
            return said
        return blended(text, asked, said, self._model(text, asked, said), at)


@cache
def shipped() -> ModelReader | None:
    """The model of the package, loaded once (under 2 s); None, said once in the log, when it cannot be trusted."""
    from nlu.model.runtime import WEIGHTS  # transformers and onnxruntime take a second to import

    return load(WEIGHTS)


def load(folder: Path) -> ModelReader | None:
    """The model of a folder; None, said in the log, when its files are missing, changed or cannot run."""
    from nlu.model.integrity import ModelRejected
    from nlu.model.runtime import TrainedReader

    try:
        return TrainedReader(folder)
    except ModelRejected as fault:
        log.warning("reader.model_missing", reason=str(fault))
        return None
