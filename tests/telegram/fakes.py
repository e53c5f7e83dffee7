"""Small recording stand-ins for the ports that the Telegram edge uses."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.errors import StorageGone
from domain.messages import FromCitizen
from handlers.ports import Arrival

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class HandClock:
    """A clock that goes when it is told to."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class RecordingIntake:
    """Keeps what was handed in; repeats vanish as they do in the store; may be told to fail first."""

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[Arrival, ...], tuple[str, str] | None]] = []
        self.arrivals: list[Arrival] = []
        self.cursors: dict[str, str] = {}
        self.failures = 0
        self.attempts = 0
        self.before_commit: asyncio.Event | None = None
        self._known: set[tuple[str, str]] = set()
        self._changed = asyncio.Event()

    async def accept(self, arrivals: Sequence[Arrival], cursor: tuple[str, str] | None = None) -> None:
        self.attempts += 1
        self._changed.set()
        if self.before_commit is not None:
            await self.before_commit.wait()
        if self.failures:
            self.failures -= 1
            raise StorageGone("told to fail")
        self.calls.append((tuple(arrivals), cursor))
        self._keep(arrivals)
        if cursor is not None:
            self.cursors[cursor[0]] = cursor[1]
        self._changed.set()

    def _keep(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            key = (arrival.source, arrival.remote_id)
            if key not in self._known:
                self._known.add(key)
                self.arrivals.append(arrival)

    async def cursor(self, name: str) -> str | None:
        return self.cursors.get(name)

    async def until(self, count: int) -> list[Arrival]:
        """The first `count` arrivals, once they are there."""
        async with asyncio.timeout(20):
            while len(self.arrivals) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.arrivals

    async def until_attempts(self, count: int) -> None:
        """Returns once `accept` was called that often."""
        async with asyncio.timeout(20):
            while self.attempts < count:
                self._changed.clear()
                await self._changed.wait()

    @property
    def contents(self) -> list[object]:
        """What was brought, in order."""
        return [a.message.content for a in self.arrivals if isinstance(a.message, FromCitizen)]


class PlainLive:
    """Buckets and pauses by the book, in memory, on the clock given with each call."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self._buckets: dict[str, tuple[float, datetime]] = {}
        self._pauses: dict[str, datetime] = {}

    async def wake(self, bell: str) -> None: ...

    async def listen(self, bell: str, timeout_s: float) -> None: ...

    async def take(self, bucket: str, rate_per_s: float, burst: int, now: datetime) -> float:
        self.keys.add(bucket)
        level, since = self._buckets.get(bucket, (float(burst), now))
        level = min(float(burst), level + (now - since).total_seconds() * rate_per_s)
        granted = level >= 1
        self._buckets[bucket] = (level - 1 if granted else level, now)
        return 0.0 if granted else (1 - level) / rate_per_s

    async def pause(self, key: str, seconds: float, now: datetime) -> None:
        self.keys.add(key)
        self._pauses[key] = now + timedelta(seconds=seconds)

    async def paused_for(self, key: str, now: datetime) -> float:
        until = self._pauses.get(key, now)
        return max((until - now).total_seconds(), 0.0)

    async def is_well(self) -> bool:
        return True
