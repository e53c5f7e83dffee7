"""A wrong key is refused at start, before anything is written with it."""

from typing import Final

import sqlalchemy as sa

from domain.errors import OperatorError, SealBroken
from storage.sealing import Keys, Purpose
from storage.transaction import Transaction
from storage.upsert import insert_new

KNOWN: Final = b"guichet"
NAME: Final = "master"


async def check_seal(transaction: Transaction, table: sa.Table, keys: Keys) -> None:
    """The key opens what this database was first sealed with; a new database is given the known value.

    Raises OperatorError.
    """
    try:
        first = {"name": NAME, "sealed": keys.seal(Purpose.CHECK).close(KNOWN, table.name)}
        transaction.write(insert_new(table, ["name"]), first)
        found = await transaction.rows(sa.select(table.c.sealed).where(table.c.name == NAME))
        _require(found[0].sealed, table, keys)
        await transaction.commit()
    finally:
        await transaction.undo()


def _require(sealed: bytes, table: sa.Table, keys: Keys) -> None:
    try:
        keys.seal(Purpose.CHECK).open(sealed, table.name)
    except SealBroken as error:
        raise OperatorError(
            "the key does not open this database: the key file that was made with it is expected "
            "(restore it from its backup; without it what is stored cannot be read)"
        ) from error
