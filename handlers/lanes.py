"""Lanes: strict order inside a conversation, conversations side by side.

A lane is taken by a lease in the store, so that several processes may serve; what is taken is handled in order of arrival.
Whatever fails stays in the inbox and is tried again: an error of ours in one conversation never stops the others.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from domain.errors import StorageGone
from domain.ids import ConversationId
from domain.messages import FromCitizen, FromOfficer
from handlers.citizen import CitizenCounter
from handlers.intake import LANES_BELL
from handlers.letterbox import Letterbox
from handlers.officer import OfficerCounter
from handlers.ports import Clock, InboxItem, LiveState, Store

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""A lane whose owner died is taken over after this; longer than any turn (the reader has its own time limit)."""


class Lanes:
    """Serves the inbox until told to stop; what is in hand is finished first."""

    def __init__(
        self,
        store: Store,
        citizens: CitizenCounter,
        officers: OfficerCounter,
        letters: Letterbox,
        live: LiveState,
        clock: Clock,
        owner: str,
        side_by_side: int = 16,
        on_turn: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._citizens, self._officers, self._letters = store, citizens, officers, letters
        self._live, self._clock, self._owner = live, clock, owner
        self._side_by_side = side_by_side
        self._serving: dict[ConversationId, asyncio.Task[None]] = {}
        self._on_turn = on_turn
        self._failure: Exception | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until `stopping`, then finish what is in hand."""
        while not stopping.is_set():
            if not await self._start_waiting_lanes():
                await self._live.listen(LANES_BELL, 1.0)
        if self._serving:
            await asyncio.wait(self._serving.values())

    async def drain(self) -> None:
        """Serve until nothing waits (used by the terminal and by tests). Raises what made a turn fail."""
        while await self._start_waiting_lanes() or self._serving:
            await asyncio.wait(self._serving.values())
            if self._failure is not None:
                raise self._failure

    async def _start_waiting_lanes(self) -> bool:
        free = self._side_by_side - len(self._serving)
        if free <= 0:
            await asyncio.wait(self._serving.values(), return_when=asyncio.FIRST_COMPLETED)
            return True
        try:
            async with self._store.unit() as unit:
                claimed = await unit.inbox.claim(self._owner, self._clock.now(), LEASE, free)
        except StorageGone:
            log.error("lanes.store_gone")
            await asyncio.sleep(1.0)
            return False
        new = [conversation for conversation in claimed if conversation not in self._serving]
        for conversation in new:
            self._serving[conversation] = asyncio.create_task(self._serve_lane(conversation))
        return bool(new)

    async def _serve_lane(self, conversation: ConversationId) -> None:
        try:
            while items := await self._next(conversation):
                for item in items:
                    await self._serve(item)
                    self._on_turn()
                await self._letters.ring()
        except StorageGone:
            log.error("lanes.store_gone")
            await asyncio.sleep(1.0)
        except Exception as error:  # the loop must survive a mistake of ours in one conversation
            self._failure = error
            log.error("lanes.turn_failed", error=type(error).__name__, exc_info=_is_safe_to_trace(error))
            await asyncio.sleep(1.0)
        finally:
            await self._give_back(conversation)

    async def _next(self, conversation: ConversationId) -> tuple[InboxItem, ...]:
        async with self._store.unit() as unit:
            return tuple(await unit.inbox.next(conversation, 20))

    async def _serve(self, item: InboxItem) -> None:
        if isinstance(item.message, FromCitizen):
            await self._citizens.serve(item, item.message)
        elif isinstance(item.message, FromOfficer):
            await self._officers.serve(item, item.message)

    async def _give_back(self, conversation: ConversationId) -> None:
        try:
            async with self._store.unit() as unit:
                await unit.inbox.release(conversation, self._owner)
        except StorageGone:
            log.error("lanes.store_gone")  # the lease runs out by itself
        finally:
            self._serving.pop(conversation, None)


def _is_safe_to_trace(error: Exception) -> bool:
    """A trace of our own rule errors names code only; any other error might quote what a person wrote."""
    return type(error).__module__.startswith("domain.")
