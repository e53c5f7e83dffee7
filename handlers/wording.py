"""The only place that chooses sentences: what happened in, letters out (port Wording)."""

from collections.abc import Sequence
from datetime import datetime

from domain.conversation import Conversation
from domain.events import Event
from domain.ids import CellId
from domain.messages import ToCitizen
from handlers.letters import letters
from handlers.ports import Catalogue, Cells
from handlers.voice import Limits, Voice


class CounterWording:
    """Turns events into letters, in the citizen's language for citizens and in French for officers."""

    def __init__(self, catalogue: Catalogue, cells: Cells, limits: Limits) -> None:
        self._catalogue = catalogue
        self._cells = cells
        self._limits = limits

    def to_citizen(self, before: Conversation, events: Sequence[Event], now: datetime) -> Sequence[ToCitizen]:
        """What the citizen reads of this turn: one message as a rule; danger first and alone; at most one question."""
        return letters(self._voice, before, events)

    def receipt(self, language: str, code: str) -> ToCitizen:
        """The receipt, shown once after filing; the code is in no event."""
        return ToCitizen(self._catalogue.say(language, "receipt", code=code), protect=True)

    def command(self, language: str, name: str) -> str:
        """The words beside a command in the messenger's menu."""
        return self._catalogue.say(language, f"command-{name}")

    def _voice(self, conversation: Conversation, language: str | None = None) -> Voice:
        cell = self._cells.get(CellId(conversation.cell)) or self._cells.default()
        spoken = language or conversation.language
        return Voice(self._catalogue, spoken, cell, self._cells.questionnaire(cell), self._limits)
