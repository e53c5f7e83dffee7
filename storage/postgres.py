"""PostgreSQL through asyncpg: a pool of connections, a transaction on each."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.faults import ours
from storage.transaction import Answer, Step, Transaction, Wish, carry_out

T = TypeVar("T")

POOL_SIZE: Final = 8
CONNECT_TIMEOUT_S: Final = 5
COMMAND_TIMEOUT_S: Final = 10
"""Longer than any statement of ours takes; a database that does not answer counts as gone."""


class PostgresEngine:
    """A PostgreSQL database."""

    def __init__(self, url: sa.URL) -> None:
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"), pool_size=POOL_SIZE, pool_pre_ping=False, hide_parameters=True,
            pool_timeout=COMMAND_TIMEOUT_S,
            connect_args={"timeout": CONNECT_TIMEOUT_S, "command_timeout": COMMAND_TIMEOUT_S},
        )  # fmt: skip

    def transaction(self) -> Transaction:
        """A transaction that begins with its first statement."""
        return Transaction(_Line(self._engine.connect))

    async def run_sync(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` inside a transaction of its own (migrations)."""
        with ours():
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    async def scrub(self) -> None:
        """Nothing to do at once: autovacuum and the log's own rotation drop old pages (docs/decisions/0011)."""

    async def close(self) -> None:
        """Every connection is closed."""
        await self._engine.dispose()


class _Line:
    """One transaction's connection, taken from the pool at the first statement."""

    def __init__(self, connect: Callable[[], AsyncConnection]) -> None:
        self._connect = connect
        self._connection: AsyncConnection | None = None

    async def run(self, steps: Sequence[Step], wish: Wish) -> Answer:
        if self._connection is None:
            self._connection = await self._connect().start()
        return await self._connection.run_sync(carry_out, steps, wish)

    async def commit(self, steps: Sequence[Step], *, lasting: bool) -> None:
        if steps:
            await self.run(steps, Wish.NOTHING)
        if self._connection is not None:
            await self._connection.commit()
            await self._give_back()

    async def undo(self) -> None:
        if self._connection is not None:
            with suppress(sa.exc.SQLAlchemyError, OSError):
                await self._connection.rollback()
            await self._give_back()

    async def _give_back(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sa.exc.SQLAlchemyError, OSError):
                await connection.close()
