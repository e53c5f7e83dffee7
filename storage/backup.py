"""A copy of the database while the house goes on working."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from domain.errors import OperatorError, StorageGone


async def back_up(url: str, to: Path) -> None:
    """`to` is a whole copy of a SQLite database as it was at one moment, readable by its owner only.

    The copy is sealed like the original: it needs the key file, which belongs in a backup of its own.
    Raises OperatorError for a database that has its own tools, or when `to` exists; StorageGone.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise OperatorError("a SQLite file expected; for PostgreSQL use pg_dump")
    await asyncio.to_thread(_copy, Path(parsed.database), to)


def _copy(database: Path, to: Path) -> None:
    """Only what is stored is copied (VACUUM INTO), no freed page."""
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(to),))
    except FileExistsError as error:
        raise OperatorError(f"{to} exists already: a new file expected for a backup") from error
    except (sqlite3.Error, OSError) as error:
        raise StorageGone(f"the backup could not be written: {type(error).__name__}") from error
