"""Small things kept by name: receipts, cursors, secrets and what cannot be read yet (ports of those names)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from domain.ids import ConversationId
from handlers.ports import ParkedItem
from storage.schema import cursor, parked, receipt, secret
from storage.sealing import Keys, Purpose
from storage.transaction import Transaction
from storage.upsert import insert_new, insert_or_replace

_GIVE: Final = insert_or_replace(receipt, ["mark"])
_FIND: Final = sa.select(receipt.c.conversation).where(receipt.c.mark == sa.bindparam("m"))


class SqlReceipts:
    """Receipt codes as keyed hashes; spaces, dashes and case do not matter when one is written by hand."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._keys = keys

    async def give(self, conversation: ConversationId, code: str) -> None:
        self._transaction.write(_GIVE, {"mark": self._mark(code), "conversation": conversation})

    async def find(self, code: str) -> ConversationId | None:
        found = await self._transaction.one(_FIND, {"m": self._mark(code)})
        return ConversationId(found.conversation) if found else None

    def _mark(self, code: str) -> bytes:
        return self._keys.mark(Purpose.RECEIPT, "".join(sign for sign in code.upper() if sign.isalnum()))


_SET_CURSOR: Final = insert_or_replace(cursor, ["name"])
_GET_CURSOR: Final = sa.select(cursor.c.value).where(cursor.c.name == sa.bindparam("n"))


class SqlCursors:
    """How far each platform was read."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, name: str) -> str | None:
        found = await self._transaction.one(_GET_CURSOR, {"n": name})
        return found.value if found else None

    async def set(self, name: str, value: str) -> None:
        self._transaction.write(_SET_CURSOR, {"name": name, "value": value})


_SET_SECRET: Final = insert_or_replace(secret, ["name"])
_GET_SECRET: Final = sa.select(secret.c.sealed).where(secret.c.name == sa.bindparam("n"))


class SqlSecrets:
    """Sealed values of the house itself."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._seal = keys.seal(Purpose.SECRET)

    async def get(self, name: str) -> bytes | None:
        found = await self._transaction.one(_GET_SECRET, {"n": name})
        return self._seal.open(found.sealed, "secret", name) if found else None

    async def set(self, name: str, value: bytes) -> None:
        self._transaction.write(_SET_SECRET, {"name": name, "sealed": self._seal.close(value, "secret", name)})


_PARK: Final = insert_new(parked, ["source", "mark"])
_PARKED: Final = (
    sa.select(parked).where(parked.c.source == sa.bindparam("of")).order_by(parked.c.since, parked.c.mark)
)  # fmt: skip
_UNPARK: Final = sa.delete(parked).where(parked.c.source == sa.bindparam("of"), parked.c.mark == sa.bindparam("m"))


class SqlParked:
    """What cannot be read yet; the remote id is sealed together with the payload, found by keyed hash."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._keys = keys
        self._seal = keys.seal(Purpose.PARKED)

    async def add(self, source: str, remote_id: str, payload: bytes, now: datetime) -> None:
        sealed = self._seal.close(remote_id.encode() + b"\0" + payload, "parked", source)
        row = {"source": source, "mark": self._mark(source, remote_id), "sealed": sealed, "since": now}
        self._transaction.write(_PARK, row)

    async def all(self, source: str) -> Sequence[ParkedItem]:
        rows = await self._transaction.rows(_PARKED, {"of": source})
        return [self._item(source, row.sealed, row.since) for row in rows]

    def _item(self, source: str, sealed: bytes, since: datetime) -> ParkedItem:
        remote_id, _, payload = self._seal.open(sealed, "parked", source).partition(b"\0")
        return ParkedItem(remote_id.decode(), payload, since)

    async def drop(self, source: str, remote_id: str) -> None:
        self._transaction.write(_UNPARK, {"of": source, "m": self._mark(source, remote_id)})

    def _mark(self, source: str, remote_id: str) -> bytes:
        return self._keys.mark(Purpose.PARKED, source, remote_id)
