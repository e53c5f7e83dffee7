"""Live state shared by several processes, in Redis (port LiveState).

Redis only makes the house faster: whatever fails here falls back to this process's own memory, for a moment, then Redis
is tried again. Names of buckets and pauses may speak of people, so only keyed hashes of them leave the process.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.live import Bells, Buckets, Pauses
from storage.sealing import KEY_BYTES, Keys, Purpose

log = structlog.get_logger(__name__)

T = TypeVar("T")

TIMEOUT_S: Final = 0.5
"""A Redis on the same network answers in a millisecond; later than this it is of no use for a wake-up."""
TRY_AGAIN_S: Final = 1.0
"""How long Redis is left alone after a failure."""
PREFIX: Final = "guichet"
KEPT_MS: Final = 60_000
"""Buckets and pauses are dropped this long after they have become meaningless."""

FAILURES: Final = (RedisError, OSError, TimeoutError)
"""Everything by which the library says that Redis cannot help now."""

_TAKE: Final = """
local function exactly(number) return string.format('%.17g', number) end
local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local rate, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tokens, at = tonumber(held[1]) or burst, tonumber(held[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = (1 - tokens) / rate end
redis.call('HSET', KEYS[1], 'tokens', exactly(tokens), 'at', exactly(math.max(at, now)))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + tonumber(ARGV[4]))
return exactly(wait)
"""
"""KEYS: the bucket. ARGV: rate per second, burst, now (s), ms to keep. Returns the seconds to wait."""

_PAUSE: Final = """
local held = tonumber(redis.call('GET', KEYS[1])) or 0
if tonumber(ARGV[1]) > held then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return 1
"""
"""KEYS: the pause. ARGV: until (s), ms to keep. A longer pause already set stays."""


class RedisLive:
    """Live state of a house of several processes."""

    def __init__(self, url: str, keys: Keys | None = None) -> None:
        """keys: the same in every process, so that they share buckets; without, each has its own."""
        self._keys = keys or Keys(secrets.token_bytes(KEY_BYTES))
        self._redis = Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 1)
        )
        self._ears = Redis.from_url(
            url, socket_timeout=None, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0)
        )
        self._me = secrets.token_hex(8)
        self._bells, self._buckets, self._pauses = Bells(), Buckets(), Pauses()
        self._listening: asyncio.Task[None] | None = None
        self._blind_until = 0.0

    # --- bells -----------------------------------------------------------------------------------

    async def wake(self, bell: str) -> None:
        """The bell rings in every process."""
        self._bells.ring(bell)
        await self._ask(lambda: self._redis.publish(f"{PREFIX}:bell:{bell}", self._me), 0)

    async def listen(self, bell: str, timeout_s: float, listener: str = "") -> None:
        """Return when the bell rings, or rang since this listener's last call, or after the time-out."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._hear())
        await self._bells.listen(bell, timeout_s, listener)

    async def _hear(self) -> None:
        """Ring here what rings elsewhere; after a break every bell, for one may have been missed."""
        await self._hear_until_broken(missed=False)
        while True:
            await asyncio.sleep(TRY_AGAIN_S)
            await self._hear_until_broken(missed=True)

    async def _hear_until_broken(self, *, missed: bool) -> None:
        try:
            async with self._ears.pubsub() as subscription:
                await subscription.psubscribe(f"{PREFIX}:bell:*")
                if missed:
                    self._bells.ring_all()
                async for message in subscription.listen():
                    self._heard(message)
        except FAILURES as error:
            log.warning("live.redis_gone", error=type(error).__name__)

    def _heard(self, message: dict[str, Any]) -> None:  # Any: as the library gives
        if message["type"] == "pmessage" and message["data"] != self._me.encode():
            self._bells.ring(message["channel"].decode().rpartition(":")[2])

    # --- buckets and pauses ------------------------------------------------------------------------

    async def take(self, bucket: str, rate_per_s: float, burst: int, now: datetime) -> float:
        """Seconds to wait for one token, 0.0 when it was granted; from this process's own bucket without Redis."""
        key = self._key("bucket", bucket)
        answer = await self._ask(lambda: self._run(_TAKE, key, rate_per_s, burst, now.timestamp(), KEPT_MS), None)
        return self._buckets.take(bucket, rate_per_s, burst, now) if answer is None else float(answer)

    async def pause(self, key: str, seconds: float, now: datetime) -> None:
        """Leave this key alone for so long, in every process."""
        self._pauses.pause(key, seconds, now)
        until, kept_ms = now.timestamp() + seconds, int(seconds * 1000) + KEPT_MS
        await self._ask(lambda: self._run(_PAUSE, self._key("pause", key), until, kept_ms), None)

    async def paused_for(self, key: str, now: datetime) -> float:
        """Seconds left of a pause, 0.0 when none."""
        until = await self._ask(lambda: self._redis.get(self._key("pause", key)), None)
        elsewhere = float(until) - now.timestamp() if until is not None else 0.0
        return max(0.0, elsewhere, self._pauses.left(key, now))

    def _key(self, kind: str, name: str) -> str:
        return f"{PREFIX}:{kind}:{self._keys.mark(Purpose.LIVE, kind, name).hex()}"

    def _run(self, script: str, key: str, *arguments: float) -> Awaitable[Any]:  # Any: as the script answers
        return self._redis.eval(script, 1, key, *map(repr, arguments))

    # --- health ------------------------------------------------------------------------------------

    async def is_well(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(await self._redis.ping())
        except FAILURES:
            return False

    async def _ask(self, question: Callable[[], Awaitable[T]], otherwise: T) -> T:
        """Redis's answer; `otherwise` while it is gone."""
        now = asyncio.get_running_loop().time()
        if now < self._blind_until:
            return otherwise
        try:
            return await question()
        except FAILURES as error:
            self._blind_until = now + TRY_AGAIN_S
            log.warning("live.redis_gone", error=type(error).__name__)
            return otherwise

    async def close(self) -> None:
        """Nothing listens any more, every connection is closed."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        await self._redis.aclose()
        await self._ears.aclose()
