"""Small makers for wording tests: the real catalogue, the packaged cells, and conversations as their events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from config.catalogue import FluentCatalogue
from config.cells import CellBook, load_cells
from config.questionnaires import load_questionnaires
from domain import events as e
from domain.case import Cell
from domain.conversation import Conversation, replay
from domain.events import Event
from domain.ids import CellId, ConversationId
from domain.messages import Letter, ToCitizen
from domain.questionnaire import LANGUAGES
from handlers.voice import Limits, Voice
from handlers.wording import CounterWording

NOW = datetime(2026, 3, 18, 19, 52, tzinfo=UTC)
CATALOGUE = FluentCatalogue(languages=LANGUAGES)
QUESTIONNAIRES = load_questionnaires()
CELLS = load_cells(QUESTIONNAIRES)
LIMITS = Limits(draft_hours=24, contact_days=30, keeps_photos=True, languages=LANGUAGES)
WORDING = CounterWording(CATALOGUE, CELLS, LIMITS)
BRUSSELS = replace(CELLS.default(), id=CellId("bruxelles"), country="BE")
BELGIAN_CELLS = CellBook([BRUSSELS], QUESTIONNAIRES)


def voice(language: str = "fr", cell: Cell | None = None, limits: Limits = LIMITS) -> Voice:
    """A voice of the packaged cell."""
    cell = cell or CELLS.default()
    return Voice(CATALOGUE, language, cell, CELLS.questionnaire(CELLS.default()), limits)


def conversation(*events: Event, language: str = "fr", cell: str = "vaucluse") -> Conversation:
    """A conversation in which these things happened."""
    return replay(ConversationId("c1"), [e.ConversationStarted(CellId(cell), language), *events])


def tells(*events: Event, before: Sequence[Event] = (), language: str = "fr") -> Sequence[ToCitizen]:
    """What the citizen reads of one turn."""
    return WORDING.to_citizen(conversation(*before, language=language), events, NOW)


def room(*events: Event, before: Sequence[Event] = ()) -> Sequence[Letter]:
    """What the officers read of one turn."""
    start = conversation(*before)
    return WORDING.to_officers(start, conversation(*before, *events), events, NOW)
