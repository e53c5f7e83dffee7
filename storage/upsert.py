"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL spell alike: one construct serves both (contracts hold it)."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert

__all__ = ["Insert", "insert", "insert_new", "insert_or_replace"]


def insert_new(table: sa.Table, key: Sequence[str]) -> Insert:
    """Insert, or leave the row that bears this key as it is."""
    return insert(table).on_conflict_do_nothing(index_elements=key)


def insert_or_replace(table: sa.Table, key: Sequence[str]) -> Insert:
    """Insert, or give the row that bears this key the new values."""
    statement = insert(table)
    fresh = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=fresh)
