"""Our own sync loop: what officers wrote is written down together with the position reached, or not at all.

nio saves its position before it runs its callbacks and loses messages under kill -9 (57 of 150, measured); on a 502 or
a refused token its loop spins without a pause. Source: docs/decisions/0022-own-sync-loop.md
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from bots.matrix.book import RoomBook
from bots.matrix.client import HouseClient
from bots.matrix.errors import checked, house_errors
from bots.matrix.health import HealthBoard
from bots.matrix.identity import stray_devices
from bots.matrix.keys import KeyCare
from bots.matrix.listening import Listener
from bots.matrix.seen import SeenEvent, see
from bots.matrix.settings import MatrixSettings
from domain.errors import PlatformError, Refused, RoleStopped, SlowDown, StorageError
from domain.ids import RoomId
from handlers.ports import Clock, Intake

log = structlog.get_logger(__name__)

CURSOR = "matrix"
TIMELINE_LIMIT = 100
"""Synapse gives 10 events per room by default: of 30 written while we were down, 20 were lost (measured)."""
NOTHING: dict[str, list[str]] = {"types": []}
FILTER = {
    "room": {"timeline": {"limit": TIMELINE_LIMIT}, "ephemeral": NOTHING, "account_data": NOTHING},
    "presence": NOTHING,
    "account_data": NOTHING,
}
PAGE_LIMIT = 1000
"""Pages of 100 events when filling a gap: a room with more than 100 000 missed events is not a case room."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 10.0
WAIT_WHILE_PARKED_S = 2.0


@dataclass
class SyncLoop:
    """Reads one account for ever. verification: gets what belongs to the verification dialogue, never
    waits. meet: gets invitations."""

    client: HouseClient
    settings: MatrixSettings
    intake: Intake
    listener: Listener
    keys: KeyCare
    book: RoomBook
    board: HealthBoard
    clock: Clock
    verification: Callable[[Sequence[SeenEvent], Sequence[Any]], None]  # Any: to-device events of nio
    meet: Callable[[Any], Awaitable[None]]  # Any: nio's invitations by room
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _since: str | None = None
    _held: Any = field(default=None, repr=False)  # Any: a nio response that is not written down yet
    _failures: int = 0

    async def run(self) -> None:
        """Until cancelled. Raises RoleStopped when the server refuses us for good."""
        while True:
            try:
                await self.step()
                self._failures = 0
            except RoleStopped:
                self.board.token_refused()
                log.error("matrix.role_stopped")
                raise
            except SlowDown as error:
                await self.sleep(error.retry_after_s)
            except (PlatformError, StorageError) as error:
                self._failures += 1
                log.warning("matrix.sync_failed", error=type(error).__name__, failures=self._failures)
                await self.sleep(self._pause_s())

    async def step(self) -> None:
        """One sync, wholly written down. What was read but not written stays in hand and is tried again first."""
        if self._held is None:
            self._since = self._since or await self.intake.cursor(CURSOR)
            self._held = await self._pull()
        await self._take(self._held)
        self._since, self._held = self._held.next_batch, None
        self.board.good_sync(self.clock.now())
        await self._chores()

    async def _pull(self) -> Any:  # Any: nio's response
        first = not self.board.health.has_synced
        wait = 0.0 if first or self._failures else self._long_poll_s()
        with house_errors("sync"):
            async with asyncio.timeout(wait + 2 * self.settings.request_timeout.total_seconds()):
                answer = await self.client.sync(
                    timeout=int(wait * 1000), sync_filter=FILTER, since=self._since, full_state=first or None,
                    set_presence="offline",
                )  # fmt: skip
        return checked(answer, "sync")

    async def _take(self, response: Any) -> None:  # Any: nio's response
        now, events = self.clock.now(), []
        for room_id, info in response.rooms.join.items():
            room = RoomId(room_id)
            gap = await self._gap(room, info.timeline)
            self.book.read(room, [*info.state, *gap, *info.timeline.events], now)
            events += [seen for event in (*gap, *info.timeline.events) if (seen := see(room, event))]
        await self.meet(response.rooms.invite)
        for room_id in response.rooms.leave:
            self.book.forget(RoomId(room_id))
        arrivals = await self.listener.hear(events)
        await self.intake.accept(arrivals, (CURSOR, response.next_batch))
        await self.listener.settle()
        self.verification(events, response.to_device_events)
        if self.client.user_id in response.device_list.changed:
            self.board.own_devices_changed()

    async def _gap(self, room: RoomId, timeline: Any) -> list[Any]:  # Any: nio's timeline and events
        """What was written between our position and the page that the server gave, oldest first."""
        if not timeline.limited or self._since is None:
            return []
        found: list[Any] = []
        try:
            async for page in self._pages(room, timeline.prev_batch):
                found += page.chunk
        except Refused as error:  # we were removed meanwhile: the other rooms must not wait for this one for ever
            log.error("matrix.gap_refused", reason=error.reason)
        self.board.back_filled(len(found))
        return found[::-1]

    async def _pages(self, room: RoomId, start: str) -> AsyncIterator[Any]:  # Any: nio's responses
        """Pages of older events, newest first, down to our position."""
        for _ in range(PAGE_LIMIT):
            with house_errors("messages"):
                answer = await self.client.room_messages(room, start, end=self._since, limit=TIMELINE_LIMIT)
            page = checked(answer, "messages")
            yield page
            if not page.chunk or not page.end or page.end == start:
                return
            start = page.end

    async def _chores(self) -> None:
        """Keys; what fails here is tried again after the next sync."""
        try:
            await self.keys.chores()
            if self.board.health.strays_unknown:
                self.board.strays(len(await stray_devices(self.client)))
        except RoleStopped:
            raise
        except PlatformError as error:
            log.warning("matrix.chores_failed", error=type(error).__name__)

    def _long_poll_s(self) -> float:
        whole = self.settings.sync_timeout.total_seconds()
        return min(whole, WAIT_WHILE_PARKED_S) if self.listener.has_parked else whole

    def _pause_s(self) -> float:
        """0.5 s x 2^n +- 50 %, at most 10 s: nio's own minute makes recoveries slow."""
        base_s: float = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(self._failures, 6))
        return base_s * (0.5 + random.random())
