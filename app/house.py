"""The house of an operator's settings: store, reader, words and live state, opened and closed together."""

import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from app.clock import SystemClock
from app.counter import Parts
from bots.matrix.settings import MatrixSettings, StrayDevices
from bots.telegram.settings import FloodLimits, Mode, TelegramSettings
from config.faults import catalogue_of, cells_of
from config.settings import Settings
from domain.errors import OperatorError
from handlers.forgetting import Lives
from handlers.ports import LiveState
from handlers.voice import Limits
from handlers.wording import CounterWording
from nlu.loading import Loading, ModelChoice, ModelReader, open_model, opened
from nlu.reader import GuichetReader
from storage.chance import SystemIds
from storage.live import MemoryLive
from storage.live_redis import RedisLive
from storage.sealing import ButtonTokens, Keys
from storage.sql import SqlStore


@asynccontextmanager
async def open_house(settings: Settings, reader: GuichetReader | None = None) -> AsyncIterator[Parts]:
    """Everything the use cases need. Raises OperatorError for settings that cannot work, StorageGone."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = Keys.load_or_make(settings.key_file)
    cells, live = cells_of(settings), _live(settings, keys)
    store = await SqlStore.open(settings.database_url, keys, settings.vault_url, migrate=True)
    try:
        yield Parts(
            store,
            cells,
            CounterWording(catalogue_of(settings), cells, limits_of(settings)),
            reader or reader_of(settings),
            live,
            SystemClock(),
            SystemIds(),
            ButtonTokens(keys),
            lives_of(settings),
            timedelta(seconds=settings.grace_s),
            owner=f"{platform.node()}:{settings.data_dir.absolute()}",
        )
    finally:
        await store.close()
        if isinstance(live, RedisLive):
            await live.close()


def reader_of(settings: Settings) -> GuichetReader:
    """The reader as set. Its model comes at the first message, or when told to: only a house that reads pays for it."""
    nlu = settings.nlu
    model = Loading(partial(opened, model_of(settings))) if nlu.enabled else None
    return GuichetReader(model, limit_s=nlu.time_limit_ms / 1000)


def model_of(settings: Settings) -> ModelChoice:
    """The model that the settings name."""
    nlu = settings.nlu
    return ModelChoice(nlu.checkpoint, nlu.model, nlu.intent_checkpoint, nlu.label_map, nlu.threads)


def chosen_model(settings: Settings) -> ModelReader | None:
    """The model that the settings name, now; None when it is switched off. Raises OperatorError when it cannot read."""
    from nlu.model.integrity import ModelRejected  # brings numpy: only where a model is wanted

    if not settings.nlu.enabled:
        return None
    try:
        return open_model(model_of(settings))
    except ModelRejected as fault:
        raise OperatorError(f"nlu: {fault}") from fault


def lives_of(settings: Settings) -> Lives:
    """How long things are kept."""
    kept = settings.retention
    return Lives(timedelta(days=kept.contact_days), timedelta(hours=kept.draft_hours))


def limits_of(settings: Settings) -> Limits:
    """What the privacy text may promise."""
    return Limits(
        draft_hours=settings.retention.draft_hours,
        contact_days=settings.retention.contact_days,
        keeps_photos=settings.telegram.photos,
        languages=settings.languages,
        zone=settings.zone,
    )


def telegram_settings(settings: Settings) -> TelegramSettings:
    """For the Telegram edge. Raises OperatorError when there is no token."""
    token = settings.telegram_token
    if token is None:
        raise OperatorError("telegram.token: expected the bot's token, none set; put it in telegram.token_file")
    t = settings.telegram
    try:
        return TelegramSettings(
            token,
            mode=Mode(t.mode),
            base_url=t.base_url,
            base_file_url=t.base_file_url,
            local_mode=t.local_mode,
            photos=t.photos,
            proxy=t.proxy,
            webhook_url=t.webhook_url,
            webhook_path=t.webhook_path,
            webhook_secret=t.webhook_secret.get_secret_value() if t.webhook_secret else "",
            limits=FloodLimits(chat_per_s=t.chat_per_s, all_per_s=t.all_per_s),
        )
    except ValueError as error:
        raise OperatorError(f"telegram: {error}") from error


def matrix_settings(settings: Settings) -> MatrixSettings:
    """For the Matrix edge. Raises OperatorError when the account is not set."""
    m = settings.matrix
    try:
        return MatrixSettings(
            m.homeserver,
            m.user_id,
            m.store_dir or settings.data_dir / "matrix",
            settings.matrix_password,
            m.device_name,
            StrayDevices(m.stray_devices),
        )
    except ValueError as error:
        raise OperatorError(f"matrix: {error}") from error


def _live(settings: Settings, keys: Keys) -> LiveState:
    return RedisLive(settings.redis_url, keys) if settings.redis_url else MemoryLive()
