"""The only place that chooses sentences: what happened in, letters out (port Wording)."""

from collections.abc import Sequence
from datetime import datetime

from domain.conversation import Conversation
from domain.events import Event
from domain.ids import CellId, MessageRef
from domain.messages import Letter, ToCitizen, ToOfficers
from handlers.letters import letters
from handlers.ports import Catalogue, Cells, Recorded
from handlers.recap import recap_letter
from handlers.room import room_letters, undelivered
from handlers.voice import Limits, Voice

STAFF_LANGUAGE = "fr"
"""Officers are spoken to in French only."""


class CounterWording:
    """Turns events into letters, in the citizen's language for citizens and in French for officers."""

    def __init__(self, catalogue: Catalogue, cells: Cells, limits: Limits) -> None:
        self._catalogue = catalogue
        self._cells = cells
        self._limits = limits

    def to_citizen(self, before: Conversation, events: Sequence[Event], now: datetime) -> Sequence[ToCitizen]:
        """What the citizen reads of this turn: one message as a rule; danger first and alone; at most one question."""
        return letters(self._voice, before, events)

    def to_officers(
        self, before: Conversation, after: Conversation, events: Sequence[Event], now: datetime
    ) -> Sequence[Letter]:
        """What the case room reads of this turn, in French; nothing while there is no case.

        events: with the CounterSaid of the letters of this turn, so that the transcript has the exact words.
        In the turn that opens the case only the card and notices are given: post `recap` beside them.
        """
        return room_letters(self._voice(after, STAFF_LANGUAGE), before, after, events, now)

    def recap(self, conversation: Conversation, recorded: Sequence[Recorded]) -> ToOfficers:
        """Facts and transcript for officers who come late."""
        return recap_letter(self._voice(conversation, STAFF_LANGUAGE), conversation, recorded)

    def undelivered(self, reason: str, about: MessageRef | None) -> ToOfficers:
        """Tells the room that an officer's message did not arrive, why, and what to do."""
        cell = self._cells.default()
        voice = Voice(self._catalogue, STAFF_LANGUAGE, cell, self._cells.questionnaire(cell), self._limits)
        return undelivered(voice, reason, about)

    def resent(self, text: str, language: str = "fr") -> str:
        """An officer's words sent a second time, visibly marked: the first may have arrived."""
        return f"{self._catalogue.say(language, 'officer-resent')}\n{text}"

    def receipt(self, language: str, code: str) -> ToCitizen:
        """The receipt, shown once after filing; the code is in no event."""
        return ToCitizen(self._catalogue.say(language, "receipt", code=code), protect=True)

    def command(self, language: str, name: str) -> str:
        """The words beside a command in the messenger's menu."""
        return self._catalogue.say(language, f"command-{name}")

    def profile(self, language: str) -> tuple[str, str]:
        """What the messenger shows of the counter before anyone writes: a description and a short one."""
        say = self._catalogue.say
        return say(language, "bot-description"), say(language, "bot-short-description")

    def _voice(self, conversation: Conversation, language: str | None = None) -> Voice:
        cell = self._cells.get(CellId(conversation.cell)) or self._cells.default()
        spoken = language or conversation.language
        return Voice(self._catalogue, spoken, cell, self._cells.questionnaire(cell), self._limits)
