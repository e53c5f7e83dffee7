"""One process a role: a lock of the operating system on this machine, a lease in the store across machines.

The lock dies with its process, so that a killed house starts again at once; the lease keeps another machine out.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import structlog

from domain.errors import LeaseHeld, StorageGone
from handlers.ports import Clock, Store

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
RENEW_S = 10.0


@contextmanager
def alone(role: str, folder: Path) -> Iterator[None]:
    """No other process of this machine serves this role with this folder while inside. Raises LeaseHeld."""
    handle = _lock(folder / f"{role}.lock", role)
    try:
        yield
    finally:
        os.close(handle)


@asynccontextmanager
async def holding(role: str, owner: str, folder: Path, store: Store, clock: Clock) -> AsyncIterator["Lease"]:
    """The role is ours on every machine while inside. Raises LeaseHeld, saying what to do."""
    with alone(role, folder):
        await store.hold(role, owner, clock.now(), LEASE)
        lease = Lease(role, owner, store, clock)
        try:
            yield lease
        finally:
            await store.let_go(role, owner)


class Lease:
    """A role held in the store."""

    def __init__(self, role: str, owner: str, store: Store, clock: Clock) -> None:
        self._role, self._owner, self._store, self._clock = role, owner, store, clock

    async def keep(self, stopping: asyncio.Event) -> None:
        """Renew it until `stopping`. Raises LeaseHeld when another process took it."""
        while not stopping.is_set():
            try:
                await asyncio.wait_for(stopping.wait(), RENEW_S)
            except TimeoutError:
                await self._renew()

    async def _renew(self) -> None:
        try:
            await self._store.hold(self._role, self._owner, self._clock.now(), LEASE)
        except StorageGone:
            log.warning("lease.store_gone", role=self._role)


def _lock(path: Path, role: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise LeaseHeld(
            f"the role {role} is already served by another process on this machine ({path}): stop it first"
        ) from error
    return handle
