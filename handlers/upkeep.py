"""The night watch: drafts whose time ran out, addresses that expire, closed cases whose retention has passed."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from domain.conversation import Conversation
from domain.errors import StorageGone
from domain.ids import CellId, ConversationId
from domain.phases import Phase
from domain.policy import decide_on_silence
from domain.policy.silence import DRAFTS
from handlers.forgetting import Lives, close_erased
from handlers.letterbox import Letterbox
from handlers.ports import Cells, Clock, Store, Unit

log = structlog.get_logger(__name__)

CLOSED = (Phase.CLOS, Phase.EFFACE)

REPEATS_KNOWN_FOR = timedelta(days=30)
"""How long a repeat of what was handled is known: Telegram repeats within a day, rooms are read from a position."""


class NightWatch:
    """Forgets what has had its time; every deletion of a case is certified in the journal."""

    def __init__(
        self,
        store: Store,
        cells: Cells,
        letters: Letterbox,
        clock: Clock,
        lives: Lives,
        on_round: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._cells, self._letters = store, cells, letters
        self._clock, self._lives, self._on_round = clock, lives, on_round

    async def run(self, stopping: asyncio.Event, every: timedelta = timedelta(minutes=5)) -> None:
        """A round now and then until `stopping`."""
        while not stopping.is_set():
            try:
                await self.round()
            except StorageGone:
                log.error("upkeep.store_gone")
            try:
                await asyncio.wait_for(stopping.wait(), every.total_seconds())
            except TimeoutError:
                continue

    async def round(self) -> int:
        """Forget everything whose time has come; how many things went."""
        now = self._clock.now()
        gone = await self._drafts(now) + await self._old_cases(now)
        async with self._store.unit() as unit:
            gone += await unit.vault.expire(now)
            await unit.inbox.trim(now - REPEATS_KNOWN_FOR)
        self._on_round()
        if gone:
            log.info("upkeep.forgot", count=gone)
        return gone

    async def _drafts(self, now: datetime) -> int:
        async with self._store.unit() as unit:
            idle = await unit.conversations.idle(tuple(DRAFTS), now - self._lives.draft, 200)
            for conversation_id in idle:
                await self._abandon(unit, await unit.conversations.load(conversation_id), now)
        return len(idle)

    async def _abandon(self, unit: Unit, conversation: Conversation, now: datetime) -> None:
        """`idle` has found it silent for a draft's life; the policy has the last word."""
        events = decide_on_silence(conversation, self._lives.draft, self._lives.draft)
        if events:
            case = await unit.cases.of(conversation.id)
            await self._letters.post(unit, conversation, events, case, now)

    async def _old_cases(self, now: datetime) -> int:
        gone = 0
        for cell in self._cells.all():
            async with self._store.unit() as unit:
                limit = now - timedelta(days=cell.retention_days)
                for conversation_id in await unit.conversations.idle(CLOSED, limit, 200):
                    gone += await self._forget_case(unit, conversation_id, cell.id, now)
        return gone

    async def _forget_case(self, unit: Unit, conversation_id: ConversationId, cell: CellId, now: datetime) -> int:
        case = await unit.cases.of(conversation_id)
        if case is None or case.cell != cell:
            return 0
        await unit.conversations.erase(conversation_id, now)
        await close_erased(unit, case, now)
        await unit.desk.write(now, "guichet", "retention.erased", case.alias)
        return 1
