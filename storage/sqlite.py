"""SQLite: one connection in one thread; transactions take turns, each one BEGIN IMMEDIATE to COMMIT.

The driver is the standard library's, behind a thread of ours: a statement through aiosqlite costs four trips to its
thread (measured: 0.13 ms a select against 0.04 ms here, docs/decisions/0010).
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import sqlalchemy as sa

from storage.barrier import Barrier, sync_log_of
from storage.faults import ours
from storage.transaction import Answer, Step, Transaction, Wish, carry_out
from storage.worker import Worker

T = TypeVar("T")

PATIENCE: Final = timedelta(seconds=2)
"""How long another program may hold the file before it counts as gone."""

PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)
"""NORMAL, and a sync of our own that several share (storage/barrier.py, docs/decisions/0010)."""


class SqliteEngine:
    """A SQLite file, opened once; in this process one transaction at a time."""

    def __init__(self, url: sa.URL, patience: timedelta = PATIENCE) -> None:
        self._file = _File(url, patience)
        self._worker = Worker("sqlite")
        self._barrier = Barrier(sync_log_of(_path_of(url)))
        self._turn = asyncio.Lock()

    def transaction(self) -> Transaction:
        """A transaction that begins with its first statement."""
        return Transaction(_Line(self))

    async def run_sync(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` inside a transaction of its own (migrations)."""
        async with self._turn:
            with ours():
                return await self._worker.call(lambda: self._file.in_transaction(work))

    async def scrub(self) -> None:
        """Empty the write-ahead log, so that no page of what was erased outlives it there."""
        async with self._turn:
            with ours():
                await self._worker.call(self._file.empty_log)

    async def close(self) -> None:
        """The file is closed, the thread ended."""
        async with self._turn:
            await self._worker.call(self._file.close)
            self._worker.end()
            self._barrier.end()

    # --- for its lines ---

    async def take_turn(self) -> None:
        """Wait until no other transaction of this process is open."""
        await self._turn.acquire()

    async def carry(self, steps: Sequence[Step], wish: Wish, *, commit: bool) -> Answer:
        """One trip to the thread: begin if need be, the steps, and the commit if asked."""
        return await self._worker.call(lambda: self._file.carry(steps, wish, commit=commit))

    async def last(self) -> None:
        """What was committed outlives a power cut."""
        await self._barrier.pass_()

    def end_turn(self, *, undo: bool) -> None:
        """Let the next transaction in; its trips come after the undoing, for there is one thread."""
        if undo:
            self._worker.submit(self._file.rollback)
        self._turn.release()


class _File:
    """The connection; used in the thread only."""

    def __init__(self, url: sa.URL, patience: timedelta) -> None:
        self._engine = sa.create_engine(
            url.set(drivername="sqlite"),
            poolclass=sa.StaticPool,
            isolation_level="AUTOCOMMIT",  # we say BEGIN and COMMIT ourselves
            hide_parameters=True,
            connect_args={"check_same_thread": False, "timeout": patience.total_seconds()},
        )
        sa.event.listen(self._engine, "connect", _set_pragmas)
        self._connection: sa.Connection | None = None

    def carry(self, steps: Sequence[Step], wish: Wish, *, commit: bool) -> Answer:
        """Begin if need be, the steps, and the commit if asked."""
        connection = self._begun()
        answer = carry_out(connection, steps, wish)
        if commit:
            self._say("COMMIT")
        return answer

    def in_transaction(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` whole or not at all; the library is told of the transaction, for Alembic asks it."""
        connection = self._open()
        connection.rollback()
        self._say("BEGIN IMMEDIATE")
        with connection.begin():
            return work(connection)

    def _begun(self) -> sa.Connection:
        connection = self._open()
        if not self._driver.in_transaction:
            self._say("BEGIN IMMEDIATE")
        return connection

    def rollback(self) -> None:
        """Leave nothing of an open transaction; never raises."""
        with suppress(sqlite3.Error, sa.exc.SQLAlchemyError):
            if self._connection is not None and self._driver.in_transaction:
                self._say("ROLLBACK")

    def empty_log(self) -> None:
        """Everything in the write-ahead log moves to the file, and the log is cut to nothing."""
        self._open()
        self._say("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Open no more."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    @property
    def _driver(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self._open().connection.driver_connection)

    def _say(self, statement: str) -> None:
        self._driver.execute(statement).close()


class _Line:
    """One transaction's use of the file."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._has_turn = False

    async def run(self, steps: Sequence[Step], wish: Wish) -> Answer:
        await self._take_turn()
        return await self._engine.carry(steps, wish, commit=False)

    async def commit(self, steps: Sequence[Step], *, lasting: bool) -> None:
        await self._take_turn()
        await self._engine.carry(steps, Wish.NOTHING, commit=True)
        self._end(undo=False)
        if lasting:
            await self._engine.last()

    async def undo(self) -> None:
        if self._has_turn:
            self._end(undo=True)

    async def _take_turn(self) -> None:
        if not self._has_turn:
            await self._engine.take_turn()
            self._has_turn = True

    def _end(self, *, undo: bool) -> None:
        self._has_turn = False
        self._engine.end_turn(undo=undo)


def _path_of(url: sa.URL) -> Path | None:
    """The file, None for a database in memory."""
    return Path(url.database) if url.database and url.database != ":memory:" else None


def _set_pragmas(raw: Any, record: object) -> None:  # Any: the driver's connection
    for pragma in PRAGMAS:
        raw.execute(pragma).close()
