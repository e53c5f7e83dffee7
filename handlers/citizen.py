"""A citizen spoke: read it, decide, and save what happened with the letters that tell of it, in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from domain import events as e
from domain import messages as m
from domain.case import Case, Cell
from domain.conversation import Conversation
from domain.events import Event
from domain.ids import ConversationId
from domain.phases import ENDED, Phase
from domain.policy import decide_on_citizen
from domain.policy.asking import asked_for
from domain.policy.citizen import NOTHING_READ
from domain.questionnaire import Choice, Fact, Questionnaire
from domain.reading import Reading
from handlers.forgetting import ERASED, Lives
from handlers.intake import open_conversation
from handlers.letterbox import Letterbox
from handlers.ports import (
    Cells,
    CitizenChannel,
    Clock,
    Ids,
    InboxItem,
    Reader,
    Store,
    Tokens,
    Unit,
)

log = structlog.get_logger(__name__)

TYPING_AFTER_S = 0.3
"""The typing sign is shown when reading takes longer than this; most readings take a few milliseconds."""


class CitizenCounter:
    """Serves one citizen's message at a time; the lane guarantees the order inside a conversation."""

    def __init__(
        self,
        store: Store,
        cells: Cells,
        reader: Reader,
        letters: Letterbox,
        tokens: Tokens,
        ids: Ids,
        clock: Clock,
        channel: CitizenChannel | None = None,
        lives: Lives | None = None,
    ) -> None:
        self._store, self._cells, self._reader, self._letters = store, cells, reader, letters
        self._tokens, self._ids, self._clock, self._channel = tokens, ids, clock, channel
        self._lives = lives or Lives()

    async def serve(self, item: InboxItem, message: m.FromCitizen, conversation: Conversation) -> Conversation | None:
        """Handle one inbox item of this conversation; returns where it stands then.

        None when a report of its own began: what waits in the lane has moved there. Raises StorageGone when it could
        not be saved: the item then stays in the inbox.
        """
        cell, questionnaire = self._cell_of(conversation)
        message = self._resolve(conversation.id, message, questionnaire)
        begins_anew = _begins_anew(conversation, message)
        known = Conversation(conversation.id) if begins_anew else conversation
        reading = await self._read(known, message, questionnaire)
        async with self._store.unit() as unit:
            if begins_anew:
                conversation, message = await self._anew(unit, item, message, cell)
            after = await self._save(unit, conversation, message, reading, cell, questionnaire)
            await unit.inbox.done(item.id)
        return after if after.id == item.conversation else None

    def _cell_of(self, conversation: Conversation) -> tuple[Cell, Questionnaire]:
        cell = self._cells.get(conversation.cell) or self._cells.default()
        return cell, self._cells.questionnaire(cell)

    # --- understanding ---------------------------------------------------------------------------

    def _resolve(self, id: ConversationId, message: m.FromCitizen, questionnaire: Questionnaire) -> m.FromCitizen:
        """A button's opaque token becomes the choice it stands for; a strange token stands for none."""
        if not isinstance(message.content, m.Tapped):
            return message
        choice = self._tokens.choice(id, message.content.choice, tuple(questionnaire.choices()))
        return replace(message, content=m.Tapped(choice or "unknown"))

    async def _read(self, conversation: Conversation, message: m.FromCitizen, questionnaire: Questionnaire) -> Reading:
        text, asked = _words_to_read(conversation, message, questionnaire)
        if not text.strip():
            return NOTHING_READ
        reading = asyncio.ensure_future(self._reader.read(text, asked, message.at))
        done, _ = await asyncio.wait({reading}, timeout=TYPING_AFTER_S)
        if not done:
            await self._show_typing(conversation.id)
        try:
            return await reading
        except Exception as error:  # whatever breaks in a reader, the dialogue goes on by buttons
            log.error("reader.failed", error=type(error).__name__)
            return NOTHING_READ

    async def _show_typing(self, id: ConversationId) -> None:
        if self._channel is None:
            return
        async with self._store.unit() as unit:
            contact = await unit.vault.contact_of(id)
        if contact is not None:
            await self._channel.typing(contact)

    # --- saving ----------------------------------------------------------------------------------

    async def _anew(
        self, unit: Unit, item: InboxItem, message: m.FromCitizen, cell: Cell
    ) -> tuple[Conversation, m.FromCitizen]:
        """A conversation of its own for a new report; what waits in the old lane moves over."""
        contact = await unit.vault.contact_of(item.conversation)
        if contact is None:
            return await unit.conversations.load(item.conversation), message
        now = self._clock.now()
        fresh = await open_conversation(
            unit, self._ids, contact, cell, message.language, now, now + self._lives.contact
        )
        await unit.inbox.move_lane(item.conversation, fresh)
        if isinstance(message.content, m.Tapped):
            message = replace(message, content=m.Commanded(m.Command.START))
        return await unit.conversations.load(fresh), message

    async def _save(
        self,
        unit: Unit,
        before: Conversation,
        message: m.FromCitizen,
        reading: Reading,
        cell: Cell,
        questionnaire: Questionnaire,
    ) -> Conversation:
        now = self._clock.now()
        standing = await self._standing(unit, message.content)
        decided = decide_on_citizen(before, message, reading, questionnaire, standing)
        case, events = await self._named(unit, before, decided, cell, now)
        if message.ref is not None:
            await unit.vault.remember_ref(before.id, message.ref)
        receipt = await self._receipt(unit, before.id, events)
        return await self._letters.post(unit, before, events, case, now, receipt=receipt)

    async def _named(
        self, unit: Unit, before: Conversation, events: Sequence[Event], cell: Cell, now: datetime
    ) -> tuple[Case | None, Sequence[Event]]:
        """Give the case its alias the moment it is opened; the events then carry it."""
        opens = any(isinstance(event, e.ReportFiled | e.AgentWanted) for event in events)
        if not opens and before.alias is None:
            return None, events
        case = await unit.cases.open(before.id, cell, now) if opens else await unit.cases.of(before.id)
        if case is None or not opens:
            return case, events
        return case, [
            replace(event, alias=case.alias) if isinstance(event, e.ReportFiled | e.AgentWanted) else event
            for event in events
        ]

    async def _receipt(self, unit: Unit, id: ConversationId, events: Sequence[Event]) -> str | None:
        if not any(isinstance(event, e.ReceiptGiven) for event in events):
            return None
        code = self._ids.receipt()
        await unit.receipts.give(id, code)
        return code

    async def _standing(self, unit: Unit, content: m.CitizenContent) -> str:
        """Where the report of a receipt stands, as a key: never anything that was said in it."""
        if not isinstance(content, m.Commanded) or content.command is not m.Command.STATUT or not content.argument:
            return ""
        found = await unit.receipts.find(content.argument)
        case = await unit.cases.of(found) if found else None
        if case is None:
            return ""
        if case.closed_at is not None:
            return "erased" if case.verdict == ERASED else "closed"
        return "taken" if case.taken_by else "filed"


def _begins_anew(conversation: Conversation, message: m.FromCitizen) -> bool:
    """Whether this message opens a report of its own rather than going on with the last one."""
    content = message.content
    asks_for_it = content == m.Tapped(Choice.NEW_REPORT)
    starts = isinstance(content, m.Commanded) and content.command is m.Command.START
    if conversation.phase in (Phase.EFFACE, Phase.ABANDONNE):
        return not isinstance(content, m.ClosedDoor)
    if conversation.phase is Phase.CLOS:
        return asks_for_it or starts
    return asks_for_it and conversation.phase in ENDED | {Phase.DEPOSE, Phase.HORS_PERIMETRE}


def _words_to_read(
    conversation: Conversation, message: m.FromCitizen, questionnaire: Questionnaire
) -> tuple[str, str | None]:
    """The words to understand, and what they answer: free text, a caption, or what a ready-made answer means."""
    content = message.content
    if isinstance(content, m.Said | m.Edited):
        return content.text, asked_for(conversation)
    if isinstance(content, m.Photographed):
        return content.caption, asked_for(conversation)
    if isinstance(content, m.Tapped):
        head, _, key = content.choice.partition(":")
        question = questionnaire.question(Fact(head)) if head in list(Fact) else None
        return (question.meanings.get(key, ""), head) if question else ("", None)
    return "", None
