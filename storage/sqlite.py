"""SQLite: one connection in one thread; transactions take turns, each one BEGIN IMMEDIATE to COMMIT.

The driver is the standard library's, behind a thread of ours: a statement through aiosqlite costs four trips to its
thread (measured: 0.51 ms a select against 0.15 ms here, docs/decisions/0010).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from storage.faults import ours
from storage.transaction import Answer, Step, Transaction, Wish, carry_out

T = TypeVar("T")

PRAGMAS: Final = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=ON",
)
"""FULL: what was confirmed to a platform outlives a power cut (docs/decisions/0010). busy_timeout in milliseconds."""


class SqliteEngine:
    """A SQLite file, opened once; in this process one transaction at a time."""

    def __init__(self, url: sa.URL) -> None:
        self._engine = sa.create_engine(
            url.set(drivername="sqlite"), poolclass=sa.StaticPool, hide_parameters=True,
            connect_args={"check_same_thread": False, "isolation_level": None},
        )  # fmt: skip
        sa.event.listen(self._engine, "connect", _set_pragmas)
        sa.event.listen(self._engine, "begin", _begin_immediate)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._turn = asyncio.Lock()
        self._connection: sa.Connection | None = None

    def transaction(self) -> Transaction:
        """A transaction that begins with its first statement."""
        return Transaction(_Line(self))

    async def run_sync(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` inside a transaction of its own (migrations)."""
        async with self._turn:
            with ours():
                return await self._call(lambda: self._in_transaction(work))

    def _in_transaction(self, work: Callable[[sa.Connection], T]) -> T:
        with self._open().begin():
            return work(self._open())

    async def scrub(self) -> None:
        """Empty the write-ahead log, so that no page of what was erased outlives it there."""
        async with self._turn:
            with ours():
                await self._call(lambda: self._raw("PRAGMA wal_checkpoint(TRUNCATE)"))

    def _raw(self, statement: str) -> None:
        self._open().connection.driver_connection.execute(statement).close()  # type: ignore[union-attr]  # always there

    async def close(self) -> None:
        """The file is closed, the thread ended."""
        async with self._turn:
            await self._call(self._close)
            self._thread.shutdown(wait=False)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    async def _call(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # --- one transaction, called by its line ---

    async def take_turn(self) -> None:
        """Wait until no other transaction of this process is open."""
        await self._turn.acquire()

    async def carry(self, steps: Sequence[Step], wish: Wish, *, commit: bool) -> Answer:
        """One trip to the thread: begin if need be, the steps, and the commit if asked."""
        return await self._call(lambda: self._carry(steps, wish, commit))

    def _carry(self, steps: Sequence[Step], wish: Wish, commit: bool) -> Answer:
        connection = self._open()
        answer = carry_out(connection, steps, wish)
        if commit:
            connection.commit()
        return answer

    def end_turn(self, *, undo: bool) -> None:
        """Let the next transaction in; its trips come after the undoing, for there is one thread."""
        if undo:
            self._thread.submit(self._rollback)
        self._turn.release()

    def _rollback(self) -> None:
        with suppress(sa.exc.SQLAlchemyError):
            self._open().rollback()


class _Line:
    """One transaction's use of the connection."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._has_turn = False

    async def run(self, steps: Sequence[Step], wish: Wish) -> Answer:
        if not self._has_turn:
            await self._engine.take_turn()
            self._has_turn = True
        return await self._engine.carry(steps, wish, commit=False)

    async def commit(self, steps: Sequence[Step]) -> None:
        if not self._has_turn and not steps:
            return
        if not self._has_turn:
            await self._engine.take_turn()
            self._has_turn = True
        await self._engine.carry(steps, Wish.NOTHING, commit=True)
        self._end(undo=False)

    async def undo(self) -> None:
        if self._has_turn:
            self._end(undo=True)

    def _end(self, *, undo: bool) -> None:
        self._has_turn = False
        self._engine.end_turn(undo=undo)


def _set_pragmas(raw: Any, record: object) -> None:  # Any: the driver's connection
    for pragma in PRAGMAS:
        raw.execute(pragma).close()


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
