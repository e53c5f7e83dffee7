"""The reader that the counter uses: rules at once, and a trained model beside them when it is there and whole."""

import asyncio
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path

import structlog

from domain.reading import Reading
from nlu.blend import blended
from nlu.loading import Loading, ModelChoice, ModelReader, opened
from nlu.rules import RulesReader

log = structlog.get_logger(__name__)


class Shipped(Enum):
    """Says that the model of the package is meant."""

    MODEL = "model"


class GuichetReader:
    """Reads by rules in the event loop (about 2 ms a message), by a model on a thread with a time limit."""

    def __init__(self, model: ModelReader | Loading | Shipped | None = Shipped.MODEL, *, limit_s: float = 1.0) -> None:
        """model: the packaged one by default, loaded at once; one on its way, behind the first answers; None: rules."""
        self._rules = RulesReader()
        self._model = shipped() if isinstance(model, Shipped) else model
        self._limit_s = limit_s

    def warm(self) -> None:
        """The model is on its way; until it is there the rules read alone."""
        if isinstance(self._model, Loading):
            self._model.begin()

    async def ready(self) -> None:
        """From now on every message is read with the model, if there is one to be had."""
        if isinstance(self._model, Loading):
            await asyncio.to_thread(self._model.wait)

    async def read(self, text: str, asked: str | None, at: datetime) -> Reading:
        """The reading of one message; the rules alone speak when the model is missing, late or at fault."""
        said = self._rules.read(text, asked=asked, at=at)
        self.warm()
        model = self._model.now if isinstance(self._model, Loading) else self._model
        if model is None:
            return said
        try:
            proposal = await asyncio.wait_for(asyncio.to_thread(model, text, asked, said), self._limit_s)
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
    return opened()


def load(folder: Path) -> ModelReader | None:
    """The model of a folder; None, said in the log, when its files are missing, changed or cannot run."""
    return opened(ModelChoice(folder=folder))
