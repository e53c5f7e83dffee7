"""The reader that the counter uses: rules at once, and a model beside them when one is given."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from domain.reading import Reading
from nlu.blend import Proposal, blended
from nlu.rules import RulesReader

ModelReader = Callable[[str, str | None], Proposal]
"""A trained reader: text and the fact asked, to a proposal. Called on a thread; must not raise on any text."""


class GuichetReader:
    """Reads by rules in the event loop (under 2 ms a message), by a model on a thread with a time limit."""

    def __init__(self, model: ModelReader | None = None, *, limit_s: float = 1.0) -> None:
        self._rules = RulesReader()
        self._model = model
        self._limit_s = limit_s

    async def read(self, text: str, asked: str | None, at: datetime) -> Reading:
        """The reading of one message; the rules alone speak when the model is missing, late or at fault."""
        said = self._rules.read(text, asked=asked, at=at)
        if self._model is None:
            return said
        try:
            proposal = await asyncio.wait_for(asyncio.to_thread(self._model, text, asked), self._limit_s)
        except (TimeoutError, RuntimeError):
            return said
        return blended(said, proposal)
