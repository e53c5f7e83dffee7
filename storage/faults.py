"""Every error of the database library, mapped to ours in one table."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

import sqlalchemy.exc as sa

from domain.errors import GuichetError, RuleBroken, StorageGone

FAULTS: Mapping[type[Exception], type[GuichetError]] = MappingProxyType({
    sa.OperationalError: StorageGone,
    sa.InterfaceError: StorageGone,
    sa.InternalError: StorageGone,
    sa.DatabaseError: StorageGone,
    sa.DBAPIError: StorageGone,
    sa.TimeoutError: StorageGone,
    sa.DisconnectionError: StorageGone,
    sa.ResourceClosedError: StorageGone,
    sa.PendingRollbackError: StorageGone,
    sa.IntegrityError: RuleBroken,
    sa.DataError: RuleBroken,
    sa.ProgrammingError: RuleBroken,
    sa.NotSupportedError: RuleBroken,
    sa.InvalidRequestError: RuleBroken,
    sa.StatementError: RuleBroken,
    sqlite3.Error: StorageGone,
    OSError: StorageGone,
})  # fmt: skip
"""The nearest class in the error's ancestry counts. The last two come bare: from SQLite's
own BEGIN and COMMIT, and from a server that does not answer."""


@contextmanager
def ours() -> Iterator[None]:
    """Errors of the library leave this block as ours; the message names classes only, never a value."""
    try:
        yield
    except tuple(FAULTS) as error:
        kind = next(FAULTS[ancestor] for ancestor in type(error).__mro__ if ancestor in FAULTS)
        raise kind(f"the database did not do what was asked: {_names(error)}") from error


def _names(error: BaseException) -> str:
    cause = getattr(error, "orig", None)
    return f"{type(error).__name__} ({type(cause).__name__})" if cause else type(error).__name__
