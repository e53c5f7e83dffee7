"""Live state inside one process (port LiveState): bells, buckets, pauses. Nothing here outlives the process."""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

KEPT: Final = 10_000
"""Buckets and pauses held; the one unused for longest goes first, and a full bucket is what a new one would be."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class Buckets:
    """Token buckets in memory."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, bucket: str, rate_per_s: float, burst: int, now: datetime) -> float:
        """Seconds to wait for one token, 0.0 when it was granted."""
        found = self._buckets.setdefault(bucket, _Bucket(float(burst), now))
        self._buckets.move_to_end(bucket)
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        passed = max(0.0, (now - found.at).total_seconds())
        found.tokens = min(float(burst), found.tokens + passed * rate_per_s)
        found.at = max(found.at, now)
        if found.tokens >= 1.0:
            found.tokens -= 1.0
            return 0.0
        return (1.0 - found.tokens) / rate_per_s


class Pauses:
    """Until when a key is to be left alone."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._until)

    def pause(self, key: str, seconds: float, now: datetime) -> None:
        """Leave it alone for so long; a longer pause already set stays."""
        until = now + timedelta(seconds=seconds)
        self._until[key] = max(until, self._until.get(key, until))
        self._until.move_to_end(key)
        if len(self._until) > KEPT:
            self._until.popitem(last=False)

    def left(self, key: str, now: datetime) -> float:
        """Seconds left, 0.0 when none."""
        until = self._until.get(key)
        return max(0.0, (until - now).total_seconds()) if until else 0.0


class Bells:
    """Bells that every listener hears once for itself, also when it was busy while they rang."""

    def __init__(self) -> None:
        self._ears: dict[str, dict[str, asyncio.Event]] = {}

    def ring(self, bell: str) -> None:
        """Whoever listens, or listens next, is woken."""
        for ear in self._ears.setdefault(bell, {"": asyncio.Event()}).values():
            ear.set()

    def ring_all(self) -> None:
        """Every bell rings: one may have been missed."""
        for bell in self._ears:
            self.ring(bell)

    async def listen(self, bell: str, timeout_s: float, listener: str = "") -> None:
        """Return when it rings, or rang since this listener's last call, or after the time-out."""
        ear = self._ears.setdefault(bell, {}).setdefault(listener, asyncio.Event())
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await ear.wait()
                ear.clear()


class MemoryLive:
    """Live state of a house that is one process."""

    def __init__(self) -> None:
        self._bells, self._buckets, self._pauses = Bells(), Buckets(), Pauses()

    async def wake(self, bell: str) -> None:
        """The bell rings."""
        self._bells.ring(bell)

    async def listen(self, bell: str, timeout_s: float, listener: str = "") -> None:
        """Return when the bell rings, or rang since this listener's last call, or after the time-out."""
        await self._bells.listen(bell, timeout_s, listener)

    async def take(self, bucket: str, rate_per_s: float, burst: int, now: datetime) -> float:
        """Seconds to wait for one token, 0.0 when it was granted."""
        return self._buckets.take(bucket, rate_per_s, burst, now)

    async def pause(self, key: str, seconds: float, now: datetime) -> None:
        """Leave this key alone for so long."""
        self._pauses.pause(key, seconds, now)

    async def paused_for(self, key: str, now: datetime) -> float:
        """Seconds left of a pause, 0.0 when none."""
        return self._pauses.left(key, now)

    async def is_well(self) -> bool:
        """A process that can ask is well."""
        return True
