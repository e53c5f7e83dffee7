"""What the storage tests speak of: a moment, a key, a conversation, arrivals and letters."""

from datetime import UTC, datetime, timedelta

from domain.case import Cell
from domain.events import ConversationStarted, CounterSaid, Notice, NoticeGiven
from domain.ids import CellId, Contact, ConversationId, MessageRef
from domain.messages import FromCitizen, Said, ToCitizen, ToOfficers
from handlers.ports import Arrival, NewLetter, Store, Target
from storage.sealing import Keys

NOW = datetime(2026, 5, 12, 18, 30, 15, 123456, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
LEASE = timedelta(seconds=60)
KEYS = Keys(bytes(range(32)))
CELL = Cell(CellId("vaucluse"), "CROSS Vaucluse", "Vaucluse", (), "stupefiants", alias_prefix="V")
ONE = ConversationId("1" * 32)
TWO = ConversationId("2" * 32)
THREE = ConversationId("3" * 32)
CONTACT = Contact("telegram:777000111")
OFFICER_REF = MessageRef("$o1")

OPENING = (ConversationStarted(CELL.id), NoticeGiven(Notice.WELCOME), CounterSaid("Bonjour. Ici un robot."))


def said(text: str, remote_id: str, contact: Contact = CONTACT) -> Arrival:
    """A citizen's words as an edge hands them in."""
    message = FromCitizen(Said(text), NOW, MessageRef(f"ref-{remote_id}"))
    return Arrival("telegram", remote_id, message, contact=contact)


def to_citizen(text: str, about: MessageRef | None = None, *, from_officer: bool = False) -> NewLetter:
    """A letter to the citizen."""
    return NewLetter(Target.CITIZEN, ToCitizen(text, from_officer=from_officer), about=about)


def to_room(text: str, key: str | None = None) -> NewLetter:
    """A letter to the case room."""
    return NewLetter(Target.ROOM, ToOfficers(text, "counter", key=key))


async def begin(store: Store, *conversations: ConversationId) -> None:
    """These conversations exist, and nothing happened in them."""
    async with store.unit() as unit:
        for conversation in conversations or (ONE,):
            await unit.conversations.create(conversation, CELL.id, NOW)
