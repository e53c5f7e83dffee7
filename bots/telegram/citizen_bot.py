"""The Telegram edge in one piece: letters out, updates in, by polling or by webhook."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from starlette.routing import Route

from bots.telegram.backoff import Backoff
from bots.telegram.channel import TelegramChannel
from bots.telegram.errors import told
from bots.telegram.flood import Flood
from bots.telegram.health import Health
from bots.telegram.kinds import UPDATE_KINDS
from bots.telegram.polling import Polling
from bots.telegram.profile import Profiles, introduce
from bots.telegram.reception import Reception
from bots.telegram.settings import Mode, TelegramSettings
from bots.telegram.webhook import Webhook
from bots.telegram.wire import bot_for
from domain.errors import PlatformError, RoleStopped, SlowDown
from handlers.ports import Clock, Intake, LiveState

log = structlog.get_logger(__name__)

LOOK_AFTER_S = 30.0
"""How often the webhook is looked after, in seconds: half of what `/readyz` allows."""


class TelegramCitizens:
    """Citizens reached through Telegram.

    `channel` sends at once. `run` takes updates in until `stop`, or raises RoleStopped. In webhook mode `route` must
    be served under `settings.webhook_url`; in polling mode it is None.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        intake: Intake,
        live: LiveState,
        clock: Clock,
        profiles: Profiles | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._profiles = profiles or Profiles()
        self._bot = bot_for(settings)
        self.health = Health()
        self.channel = TelegramChannel(self._bot, Flood(live, clock, settings.limits, settings.derived("flood")))
        self._reception = Reception(self._bot, intake, clock, self.health, settings)
        self._polling = Polling(self._bot, self._reception, intake, clock, self.health, settings)
        self._webhook = Webhook(self._reception, clock, self.health, settings)
        self._backoff = Backoff(settings.first_wait_s, settings.longest_wait_s)
        self._running: asyncio.Task[None] | None = None

    @property
    def route(self) -> Route | None:
        """The webhook's route, None when polling."""
        return self._webhook.route if self._settings.mode is Mode.WEBHOOK else None

    async def check(self) -> str:
        """The bot's public name, once Telegram has accepted the token. Raises PlatformErrors."""
        me = await told(self._bot.get_me())
        return str(me.username)

    async def start(self) -> None:
        """`run` is under way in the background; `wait` tells how it ended."""
        self._running = asyncio.create_task(self.run(), name="telegram")

    async def run(self) -> None:
        """Updates come in until this is cancelled. Raises RoleStopped when it makes no sense to go on."""
        try:
            await self._until_it_works(self._arrive)
            await self._introduce()
            await (self._polling.run() if self._settings.mode is Mode.POLLING else self._look_after_webhook())
        except RoleStopped as error:
            self.health.stopped = type(error).__name__
            log.error("telegram.role_stopped", error=type(error).__name__)
            raise

    async def wait(self) -> None:
        """Returns when the role started by `start` has ended; raises what ended it."""
        if self._running is not None:
            await self._running

    async def stop(self) -> None:
        """Nothing comes in any more, the webhook is taken back, and no connection is open."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self._reception.close()
        if self._settings.mode is Mode.WEBHOOK:
            await self._leave()
        await self._bot.disconnect()

    async def _arrive(self) -> None:
        await self.check()
        await (self._set_webhook() if self._settings.mode is Mode.WEBHOOK else told(self._bot.delete_webhook()))
        self.health.last_good_at = self._clock.now()

    async def _introduce(self) -> None:
        """The profile is set, or left for the next start: nobody who writes waits for it."""
        try:
            changed = await introduce(self._bot, self._profiles)
        except RoleStopped:
            raise
        except PlatformError as error:
            log.warning("telegram.profile_not_set", error=type(error).__name__)
        else:
            log.info("telegram.profile", count=changed)

    async def _set_webhook(self) -> None:
        await told(
            self._bot.set_webhook(
                self._settings.public_url,
                max_connections=self._settings.webhook_max_connections,
                allowed_updates=UPDATE_KINDS,
                secret_token=self._settings.secret,
            )
        )

    async def _leave(self) -> None:
        try:
            await told(self._bot.delete_webhook())
        except PlatformError as error:
            log.warning("telegram.webhook_left", error=type(error).__name__)

    async def _look_after_webhook(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AFTER_S)
            await self._until_it_works(self._look_once)

    async def _look_once(self) -> None:
        """Telegram still pushes to us. Raises RoleStopped when it was told another address."""
        info = await told(self._bot.get_webhook_info())
        if not info.url:
            await self._set_webhook()
        elif info.url != self._settings.public_url:
            raise RoleStopped("expected our own webhook at Telegram, found another address: the bot runs elsewhere")
        self.health.pending = info.pending_update_count
        self.health.last_good_at = self._clock.now()

    async def _until_it_works(self, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await step()
            except RoleStopped:
                raise
            except PlatformError as error:
                wait_s = error.retry_after_s if isinstance(error, SlowDown) else self._backoff.next_s()
                log.warning("telegram.not_reached", error=type(error).__name__, wait_s=round(wait_s, 1))
                await asyncio.sleep(wait_s)
            else:
                self._backoff.well()
                return


async def public_name(settings: TelegramSettings) -> str:
    """The bot's name, once Telegram has accepted the token; nothing is changed there. Raises PlatformErrors."""
    bot = bot_for(settings)
    try:
        return str((await told(bot.get_me())).username)
    finally:
        await bot.disconnect()
