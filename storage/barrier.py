"""Waiting until what was committed is on the disk; those who wait at the same time share one fsync.

SQLite runs with synchronous=NORMAL: a commit is whole and in order in the write-ahead log, but only a sync of that log
makes it outlive a power cut. SQLite's own FULL does this sync inside every commit, while all others wait. Here the next
transaction goes on meanwhile, and one sync serves everybody who committed before it began (docs/decisions/0010).
"""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from domain.errors import StorageGone
from storage.worker import Worker

_flush: Final = getattr(os, "fdatasync", os.fsync)
"""Without the file's times where the system can; a new length is always written."""


class Barrier:
    """Of one database. `sync` puts what was committed so far on the disk; it runs in a thread, one call at a time."""

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._worker = Worker("database-sync")
        self._turn = asyncio.Lock()
        self._asked = 0
        self._reached = 0
        self._is_broken = False

    async def pass_(self) -> None:
        """What was committed before this call outlives a power cut. Raises StorageGone, OSError."""
        ticket = self._asked
        self._asked += 1
        async with self._turn:
            if self._reached > ticket:
                return
            covered = self._asked
            await self._sync_once()
            self._reached = covered

    async def _sync_once(self) -> None:
        """After a failed sync the system may have dropped what it could not write: nothing is promised any more."""
        if self._is_broken:
            raise StorageGone("an earlier sync of the database failed; check the disk and start again")
        try:
            await self._worker.call(self._sync)
        except OSError:
            self._is_broken = True
            raise

    def end(self) -> None:
        """The thread ends."""
        self._worker.end()


def sync_log_of(database: Path | None) -> Callable[[], None]:
    """What syncs the write-ahead log of this file; nothing for a database in memory."""
    if database is None:
        return lambda: None
    log = database.with_name(f"{database.name}-wal")
    return lambda: _sync_file(log)


def _sync_file(file: Path) -> None:
    try:
        handle = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return  # a checkpoint has moved everything to the database, synced, and the log was removed
    try:
        _flush(handle)
    finally:
        os.close(handle)
