"""What happens to updates however they came in: read, fetch photos, hand in, and only then do the chores.

Polling and webhook both end here. When `receive` has returned, everything is written down and may be confirmed to
Telegram; when it raises, nothing may be.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bots.telegram.backoff import Backoff
from bots.telegram.errors import told
from bots.telegram.health import Health
from bots.telegram.photos import MEDIA_TYPE, BadPhoto, Darkroom
from bots.telegram.settings import TelegramSettings
from bots.telegram.updates import (
    MAX_PHOTO_BYTES,
    Albums,
    AnswerTap,
    Chore,
    DeleteMessage,
    Glimpse,
    LeaveChat,
    PhotoWanted,
    glimpse_of,
    glimpse_of_unreadable,
    without_photo,
)
from bots.telegram.wire import RawUpdate
from domain.errors import NotSent, PlatformError, Refused, Uncertain
from domain.ids import FileId
from domain.messages import FromCitizen, Photographed
from handlers.ports import Arrival, Clock, Intake

log = structlog.get_logger(__name__)

FETCH_TRIES = 5
FETCH_S = 30.0  # for all photos of a batch, tries and waits together; the other citizens are served before
CHORES_S = 2.0  # what a stop waits for taps to be answered
FETCHED_AT_ONCE = 8


class Reception:
    """Hands updates in to the counter."""

    def __init__(self, bot: Bot, intake: Intake, clock: Clock, health: Health, settings: TelegramSettings) -> None:
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._health = health
        self._albums = Albums(settings.derived("albums"))
        self._settings = settings
        self._darkroom = Darkroom()
        self._fetching = asyncio.Semaphore(FETCHED_AT_ONCE)
        self._chores = Chores(bot)

    async def receive(self, raws: Sequence[RawUpdate], cursor: tuple[str, str] | None = None) -> None:
        """Everything in these updates is written down, with the cursor, before this returns; then taps are answered.

        Citizens who sent no photo do not wait for the photos of others: they are handed in first, without the
        cursor. Should the rest then fail, they are handed in again and known by their number.
        """
        glimpses = [self._glimpse(raw) for raw in raws]
        waiting = {_contact(g) for g in glimpses if g.photo is not None}
        if waiting:
            await self._hand_in([g for g in glimpses if _contact(g) not in waiting], None)
            glimpses = [g for g in glimpses if _contact(g) in waiting]
        await self._hand_in(glimpses, cursor)

    async def close(self) -> None:
        """No chore is under way."""
        await self._chores.close()

    def _glimpse(self, raw: RawUpdate) -> Glimpse:
        now = self._clock.now()
        try:
            seen = glimpse_of(Update.de_json(raw, None), self._albums, now)
            return seen if self._settings.photos or seen.photo is None else without_photo(seen)
        # One update of an unknown shape must not hold up everybody else's for ever.
        except Exception as error:
            self._health.unreadable += 1
            log.error("telegram.update_unreadable", error=type(error).__name__)
            return glimpse_of_unreadable(raw, now)

    async def _hand_in(self, glimpses: Sequence[Glimpse], cursor: tuple[str, str] | None) -> None:
        arrivals = await self._arrivals(glimpses)
        if arrivals or cursor:
            await self._intake.accept(arrivals, cursor)
        for chore in dict.fromkeys(g.chore for g in glimpses if g.chore):
            self._chores.begin(chore)

    async def _arrivals(self, glimpses: Sequence[Glimpse]) -> list[Arrival]:
        if not any(g.photo for g in glimpses):
            return [g.arrival for g in glimpses if g.arrival]
        return await asyncio.gather(*(self._developed(g.arrival, g.photo) for g in glimpses if g.arrival))

    async def _developed(self, arrival: Arrival, photo: PhotoWanted | None) -> Arrival:
        """The arrival with its photo, or as it was, a refusal, when the photo cannot be had."""
        if photo is None or not isinstance(arrival.message, FromCitizen):
            return arrival
        try:
            async with asyncio.timeout(FETCH_S), self._fetching:
                content = await self._darkroom.redraw(await self._fetched(photo.file_id))
        except (BadPhoto, PlatformError, TimeoutError) as error:
            log.info("telegram.photo_refused", error=type(error).__name__)
            return arrival
        file = FileId(secrets.token_hex(16))
        taken = Photographed(file, photo.caption, photo.album)
        return replace(arrival, message=replace(arrival.message, content=taken), files={file: (content, MEDIA_TYPE)})

    async def _fetched(self, file_id: str) -> bytes:
        backoff = Backoff(self._settings.first_wait_s, self._settings.longest_wait_s)
        for _ in range(FETCH_TRIES - 1):
            try:
                return await self._fetched_once(file_id)
            except (NotSent, Uncertain):
                await asyncio.sleep(backoff.next_s())
        return await self._fetched_once(file_id)

    async def _fetched_once(self, file_id: str) -> bytes:
        file = await told(self._bot.get_file(file_id))
        if (file.file_size or 0) > MAX_PHOTO_BYTES or not file.file_path:
            raise Refused("expected a photo within the size limit", "too_big")
        return bytes(await told(file.download_as_bytearray()))


def _contact(glimpse: Glimpse) -> str | None:
    return glimpse.arrival.contact if glimpse.arrival else None


class Chores:
    """Small calls to Telegram that nobody waits for and whose failure changes nothing."""

    def __init__(self, bot: Bot) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._ways: Mapping[type, Callable[..., Awaitable[bool]]] = {
            AnswerTap: lambda chore: bot.answer_callback_query(chore.query_id),
            DeleteMessage: lambda chore: bot.delete_message(chore.chat_id, chore.message_id),
            LeaveChat: lambda chore: bot.leave_chat(chore.chat_id),
        }

    def begin(self, chore: Chore) -> None:
        """The call is on its way."""
        task = asyncio.create_task(self._do(self._ways[type(chore)](chore)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Those under way have ended, or were given up."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=CHORES_S)
        for task in self._under_way:
            task.cancel()

    async def _do(self, call: Awaitable[bool]) -> None:
        try:
            await call
        except TelegramError as error:
            log.info("telegram.chore_failed", error=type(error).__name__)
