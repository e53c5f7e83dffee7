"""Our own getUpdates loop: what came is written down before it is confirmed.

Telegram forgets an update as soon as a later offset is asked for, and the library's own updater asks as soon as it
holds updates in memory (57 of 150 lost under kill -9). Here the next offset is asked after `Intake.accept` only.

The offset is sent while it confirms something, then left out: after a week without updates Telegram numbers the
next one at random, and an offset kept from before would confirm it unread. See docs/decisions/0050.
"""

import asyncio
from collections.abc import Sequence

import structlog

from bots.telegram.backoff import Backoff
from bots.telegram.errors import told
from bots.telegram.health import Health
from bots.telegram.kinds import UPDATE_KINDS
from bots.telegram.reception import Reception
from bots.telegram.settings import TelegramSettings
from bots.telegram.wire import QuietBot, RawUpdate
from domain.errors import PlatformError, RoleStopped, SlowDown, StorageError
from handlers.ports import Clock, Intake

log = structlog.get_logger(__name__)

CURSOR = "telegram"
BATCH = 100
SEEN_WINDOW = 10_000
"""Numbers this close below the cursor were accepted with it: they follow one another unless a week was silent."""


class Polling:
    """The loop; `run` returns when it is cancelled or raises RoleStopped."""

    def __init__(
        self,
        bot: QuietBot,
        reception: Reception,
        intake: Intake,
        clock: Clock,
        health: Health,
        settings: TelegramSettings,
    ) -> None:
        self._bot = bot
        self._reception = reception
        self._intake = intake
        self._clock = clock
        self._health = health
        self._timeout_s = settings.poll_timeout_s
        self._backoff = Backoff(settings.first_wait_s, settings.longest_wait_s)
        self._accepted: int | None = None
        self._offset: int | None = None

    async def run(self) -> None:
        """Take in updates for ever. Raises RoleStopped when another poller runs or the token is refused."""
        await self._recall()
        while True:
            try:
                await self._turn()
                self._backoff.well()
            except RoleStopped:
                raise
            except SlowDown as pause:
                await asyncio.sleep(pause.retry_after_s)
            except (PlatformError, StorageError) as error:
                await self._wait_after(error)

    async def _recall(self) -> None:
        while True:
            try:
                known = await self._intake.cursor(CURSOR)
            except StorageError as error:
                await self._wait_after(error)
            else:
                self._accepted = int(known) if known else None
                return

    async def _wait_after(self, error: Exception) -> None:
        wait_s = self._backoff.next_s()
        log.warning("telegram.poll_failed", error=type(error).__name__, wait_s=round(wait_s, 1))
        await asyncio.sleep(wait_s)

    async def _turn(self) -> None:
        updates = await told(self._bot.raw_updates(self._offset, self._timeout_s, UPDATE_KINDS))
        self._health.last_good_at = self._clock.now()
        self._offset = None
        if updates:
            last: int = max(update["update_id"] for update in updates)
            await self._hand_in(updates, last)
            self._offset = last + 1
        await self._count(len(updates))

    async def _hand_in(self, updates: Sequence[RawUpdate], last: int) -> None:
        fresh = [update for update in updates if not self._is_known(update["update_id"])]
        if fresh:
            await self._reception.receive(fresh, (CURSOR, str(last)))
            self._accepted = last

    def _is_known(self, update_id: int) -> bool:
        return self._accepted is not None and self._accepted - SEEN_WINDOW < update_id <= self._accepted

    async def _count(self, got: int) -> None:
        """How many still wait at Telegram: nothing unless the batch was full, then asked."""
        if got < BATCH:
            self._health.pending = 0
            return
        info = await told(self._bot.get_webhook_info())
        self._health.pending = max(info.pending_update_count - got, 0)
