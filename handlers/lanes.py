"""Lanes: strict order inside a conversation, conversations side by side.

A lane is taken by a lease in the store, so that several processes may serve; it is handled in order of arrival.
Whatever fails stays in the inbox and is tried again: an error of ours in one conversation never stops the others.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from domain.conversation import Conversation
from domain.errors import StorageGone
from domain.ids import ConversationId
from domain.messages import FromCitizen
from handlers.citizen import CitizenCounter
from handlers.intake import LANES_BELL
from handlers.letterbox import Letterbox
from handlers.officer import OfficerCounter
from handlers.ports import Clock, InboxItem, LiveState, Store

log = structlog.get_logger(__name__)

BATCH = 20
"""Messages of one conversation taken at a time."""

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
        self._called_again: set[ConversationId] = set()
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
            found = await self._claim(free)
        except StorageGone:
            log.error("lanes.store_gone")
            await asyncio.sleep(1.0)
            return False
        for work in found:
            self._serving[work.conversation.id] = asyncio.create_task(self._serve_lane(work))
        return bool(found)

    async def _claim(self, free: int) -> list["_Work"]:
        """Lanes with something new, what waits in them and where their conversations stand, in one transaction."""
        found = []
        async with self._store.unit() as unit:
            for claimed in await unit.inbox.claim(self._owner, self._clock.now(), LEASE, free):
                if claimed in self._serving:
                    self._called_again.add(claimed)
                    continue
                items = tuple(await unit.inbox.next(claimed, BATCH))
                found.append(_Work(await unit.conversations.load(claimed), items))
        return found

    async def _serve_lane(self, work: "_Work") -> None:
        lane = work.conversation.id
        try:
            while work.items:
                is_over = await self._serve_batch(work)
                await self._letters.ring()
                work = _NO_MORE if is_over else await self._next_or_release(lane)
        except StorageGone:
            log.error("lanes.store_gone")
            await self._give_back(lane)
            await asyncio.sleep(1.0)
        except Exception as error:  # the loop must survive a mistake of ours in one conversation
            self._failure = error
            log.error("lanes.turn_failed", error=type(error).__name__, exc_info=_is_safe_to_trace(error))
            await self._give_back(lane)
            await asyncio.sleep(1.0)
        finally:
            self._serving.pop(lane, None)
            await self._look_again(lane)

    async def _serve_batch(self, work: "_Work") -> bool:
        """True when the rest of the lane moved elsewhere: a report of its own began."""
        conversation = work.conversation
        for item in work.items:
            after = await self._serve(item, conversation)
            self._on_turn()
            if after is None:
                await self._give_back(conversation.id)
                await self._live.wake(LANES_BELL)
                return True
            conversation = after
        return False

    async def _serve(self, item: InboxItem, conversation: Conversation) -> Conversation | None:
        if isinstance(item.message, FromCitizen):
            return await self._citizens.serve(item, item.message, conversation)
        return await self._officers.serve(item, item.message, conversation)

    async def _next_or_release(self, lane: ConversationId) -> "_Work":
        """What came meanwhile; a lane where nothing waits is given back in the same transaction."""
        async with self._store.unit() as unit:
            items = tuple(await unit.inbox.next(lane, BATCH))
            if items:
                return _Work(await unit.conversations.load(lane), items)
            await unit.inbox.release(lane, self._owner)
        return _NO_MORE

    async def _give_back(self, lane: ConversationId) -> None:
        try:
            async with self._store.unit() as unit:
                await unit.inbox.release(lane, self._owner)
        except StorageGone:
            log.error("lanes.store_gone")  # the lease runs out by itself

    async def _look_again(self, lane: ConversationId) -> None:
        """Something came in the moment between the last look and the giving back."""
        if lane in self._called_again:
            self._called_again.discard(lane)
            await self._live.wake(LANES_BELL)


@dataclass(frozen=True, slots=True)
class _Work:
    """A lane's conversation as it stands, and what waits in it."""

    conversation: Conversation
    items: tuple[InboxItem, ...] = ()


_NO_MORE = _Work(Conversation(ConversationId("")))


def _is_safe_to_trace(error: Exception) -> bool:
    """A trace of our own rule errors names code only; any other error might quote what a person wrote."""
    return type(error).__module__.startswith("domain.")
