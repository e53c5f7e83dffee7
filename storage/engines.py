"""Which engine a database URL asks for."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import sqlalchemy as sa

from domain.errors import OperatorError
from storage.sqlite import SqliteEngine
from storage.transaction import Transaction

T = TypeVar("T")


class Engine(Protocol):
    """A database of one kind."""

    def transaction(self) -> Transaction:
        """A transaction that begins with its first statement."""

    async def run_sync(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` inside a transaction of its own."""

    async def scrub(self) -> None:
        """Drop what was erased from the database's own logs, as far as it lets us."""

    async def close(self) -> None:
        """Every connection is closed."""


def engine_for(url: str) -> Engine:
    """The engine for this URL; nothing is connected yet. Raises OperatorError."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise OperatorError("a database URL expected, e.g. sqlite:////var/lib/guichet/guichet.db") from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return SqliteEngine(parsed)
    if kind in ("postgresql", "postgres"):
        from storage.postgres import PostgresEngine  # its driver is loaded only where it is used

        return PostgresEngine(parsed)
    raise OperatorError(f"a database URL of sqlite or postgresql expected, got {kind!r}")
