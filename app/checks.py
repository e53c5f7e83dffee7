"""`guichet check`: settings, keys, texts, and the connections that the house will need. Every fault in one list."""

import asyncio
from pathlib import Path

from app.house import chosen_model, matrix_settings, telegram_settings
from bots.telegram.citizen_bot import public_name
from config.faults import faults
from config.settings import Settings, load
from domain.errors import GuichetError
from storage.live_redis import RedisLive
from storage.sealing import Keys
from storage.sql import SqlStore


async def all_faults(config: Path | None) -> list[str]:
    """Every fault found, [] when the house can start. Raises OperatorError when the settings cannot even be read."""
    settings = load(config)
    found = faults(settings)
    if not found:
        for probe in (_store, _telegram, _matrix, _redis, _reader):
            found += await probe(settings)
    return found


async def _store(settings: Settings) -> list[str]:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        store = await SqlStore.open(
            settings.database_url, Keys.load_or_make(settings.key_file), settings.vault_url, migrate=True
        )
        await store.close()
    except GuichetError as error:
        return [f"database: {error}"]
    return []


async def _telegram(settings: Settings) -> list[str]:
    if settings.telegram_token is None:
        return []
    try:
        await public_name(telegram_settings(settings))
    except GuichetError as error:
        return [f"telegram: {error}"]
    return []


async def _matrix(settings: Settings) -> list[str]:
    if not settings.matrix.homeserver:
        return []
    try:
        matrix_settings(settings)
    except GuichetError as error:
        return [str(error)]
    return await _homeserver(settings.matrix.homeserver)


async def _homeserver(address: str) -> list[str]:
    from aiohttp import ClientError, ClientSession, ClientTimeout

    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=10)) as session,
            session.get(f"{address.rstrip('/')}/_matrix/client/versions") as answer,
        ):
            return (
                []
                if answer.status == 200
                else [f"matrix.homeserver: a homeserver expected, it answered {answer.status}"]
            )
    except (ClientError, TimeoutError, ValueError) as error:
        return [f"matrix.homeserver: a homeserver expected at the address set, none answered ({type(error).__name__})"]


async def _redis(settings: Settings) -> list[str]:
    if settings.redis_url is None:
        return []
    live = RedisLive(settings.redis_url)
    try:
        return [] if await live.is_well() else ["redis.url: a Redis expected at the address set, none answered"]
    finally:
        await live.close()


async def _reader(settings: Settings) -> list[str]:
    """The house works without a model, but an operator who asked for one should know that it does not read."""
    try:
        await asyncio.to_thread(chosen_model, settings)
    except GuichetError as error:
        return [f"{error} (until then the rules read alone; nlu.enabled = false makes that the rule)"]
    return []
