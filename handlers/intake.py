"""The front door: what came in is written down with the cursor in one transaction; only then is it confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.case import Cell
from domain.conversation import Conversation
from domain.events import ConversationStarted
from domain.ids import CellId, Contact, ConversationId
from domain.messages import Command, Commanded, FromCitizen, FromOfficer
from handlers.ports import Arrival, Cells, Clock, Ids, LiveState, Store, Unit

LANES_BELL = "lanes"


class FrontDoor:
    """Implements the Intake port: the same way in for every platform and every process."""

    def __init__(
        self, store: Store, cells: Cells, clock: Clock, ids: Ids, live: LiveState, contact_life: timedelta
    ) -> None:
        self._store, self._cells, self._clock, self._ids, self._live = store, cells, clock, ids, live
        self._contact_life = contact_life

    async def accept(self, arrivals: Sequence[Arrival], cursor: tuple[str, str] | None = None) -> None:
        """All or nothing. Arrivals from people who have no place here (a stranger in a room) vanish."""
        now = self._clock.now()
        async with self._store.unit() as unit:
            for arrival in arrivals:
                await self._write_down(unit, arrival, now)
            if cursor is not None:
                await unit.cursors.set(*cursor)
        if arrivals:
            await self._live.wake(LANES_BELL)

    async def cursor(self, name: str) -> str | None:
        """How far this platform was read."""
        async with self._store.unit() as unit:
            return await unit.cursors.get(name)

    async def _write_down(self, unit: Unit, arrival: Arrival, now: datetime) -> None:
        if isinstance(arrival.message, FromOfficer):
            await self._from_officer(unit, arrival, arrival.message, now)
        elif arrival.contact is not None:
            conversation = await self._conversation_of(unit, arrival.contact, arrival.message, now)
            await unit.inbox.add(arrival, conversation, now)

    async def _from_officer(self, unit: Unit, arrival: Arrival, message: FromOfficer, now: datetime) -> None:
        """Only members of the case's own cell are heard; the service is the one their protocol names."""
        case = await unit.cases.by_room(arrival.room) if arrival.room else None
        cell = self._cells.get(case.cell) if case else None
        officer = cell.officer(message.officer) if cell else None
        if case is not None and officer is not None:
            heard = replace(arrival, message=replace(message, service=officer.service))
            await unit.inbox.add(heard, case.conversation, now)

    async def _conversation_of(
        self, unit: Unit, contact: Contact, message: FromCitizen, now: datetime
    ) -> ConversationId:
        known = await unit.vault.conversation_of(contact)
        if known is not None:
            return known
        cell = self._cell_for(message)
        return await open_conversation(unit, self._ids, contact, cell, message.language, now, now + self._contact_life)

    def _cell_for(self, message: FromCitizen) -> Cell:
        """`/start vaucluse` chooses the cell; an unknown or missing code leads to the default one."""
        content = message.content
        if isinstance(content, Commanded) and content.command is Command.START and content.argument:
            return self._cells.get(CellId(content.argument.strip().lower())) or self._cells.default()
        return self._cells.default()


async def open_conversation(
    unit: Unit, ids: Ids, contact: Contact, cell: Cell, language: str | None, now: datetime, expires_at: datetime
) -> ConversationId:
    """A new conversation for this address; an earlier one keeps no address."""
    conversation = ids.conversation()
    await unit.conversations.create(conversation, cell.id, now)
    started = ConversationStarted(cell.id, _language(language))
    await unit.conversations.append(Conversation(conversation), [started], now)
    await unit.vault.bind(contact, conversation, expires_at)
    return conversation


def _language(code: str | None) -> str:
    """The catalogue's language nearest to what the platform says; French for anything else."""
    short = (code or "fr")[:2].lower()
    return short if short in ("fr", "en", "nl") else "fr"
