"""The supervisors' desk (port Desk): accounts, open sessions, and the audit journal."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from domain.ids import CellId
from handlers.ports import JournalEntry, Supervisor
from storage.schema import journal, journal_head, supervisor, web_session
from storage.sealing import Keys, Purpose
from storage.transaction import Found, Transaction
from storage.upsert import insert_or_replace

GENESIS: Final = "0" * 64
"""What the first line follows from."""

_SUPERVISOR: Final = sa.select(supervisor).where(supervisor.c.name == sa.bindparam("who"))
_ADD_SUPERVISOR: Final = insert_or_replace(supervisor, ["name"])
_OPEN_SESSION: Final = insert_or_replace(web_session, ["token_hash"])
_DROP_OLD: Final = sa.delete(web_session).where(web_session.c.expires_at <= sa.bindparam("now"))
_SESSION: Final = sa.select(web_session.c.name).where(
    web_session.c.token_hash == sa.bindparam("token"), web_session.c.expires_at > sa.bindparam("now")
)
_CLOSE_SESSION: Final = sa.delete(web_session).where(web_session.c.token_hash == sa.bindparam("token"))
_HEAD: Final = sa.select(journal_head).where(journal_head.c.id == 1).with_for_update()
_SET_HEAD: Final = (
    sa.update(journal_head)
    .where(journal_head.c.id == 1)
    .values(seq=sa.bindparam("last"), hash=sa.bindparam("chained"))
)  # fmt: skip
_WRITE: Final = sa.insert(journal)
_NEWEST: Final = sa.select(journal).order_by(journal.c.seq.desc()).limit(sa.bindparam("most"))
_OLDEST_FIRST: Final = sa.select(journal).order_by(journal.c.seq)


class SqlDesk:
    """Accounts and sessions by name; the journal is a chain of keyed hashes (HMAC-SHA256), one line after another."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._keys = keys

    async def supervisor(self, name: str) -> Supervisor | None:
        found = await self._transaction.one(_SUPERVISOR, {"who": name})
        if found is None:
            return None
        return Supervisor(found.name, found.password_hash, CellId(found.cell) if found.cell else None)

    async def add_supervisor(self, supervisor: Supervisor) -> None:
        row = {"name": supervisor.name, "password_hash": supervisor.password_hash, "cell": supervisor.cell}
        self._transaction.write(_ADD_SUPERVISOR, row)

    async def open_session(self, token_hash: str, name: str, expires_at: datetime) -> None:
        self._transaction.write(_OPEN_SESSION, {"token_hash": token_hash, "name": name, "expires_at": expires_at})

    async def session(self, token_hash: str, now: datetime) -> str | None:
        found = await self._transaction.one(_SESSION, {"token": token_hash, "now": now})
        if found is None:
            self._transaction.write(_DROP_OLD, {"now": now})
        return found.name if found else None

    async def close_session(self, token_hash: str) -> None:
        self._transaction.write(_CLOSE_SESSION, {"token": token_hash})

    async def write(self, at: datetime, actor: str, action: str, subject: str) -> None:
        head = await self._head()
        entry = (head.seq + 1, at, actor, action, subject)
        chained = self._chained(head.hash, *entry)
        row = dict(zip(("seq", "at", "actor", "action", "subject"), entry, strict=True)) | {"hash": chained}
        self._transaction.write(_WRITE, row)
        self._transaction.write(_SET_HEAD, {"last": head.seq + 1, "chained": chained})

    async def _head(self) -> Found:
        return (await self._transaction.rows(_HEAD))[0]

    def _chained(self, before: str, seq: int, at: datetime, actor: str, action: str, subject: str) -> str:
        line = json.dumps([before, seq, at.isoformat(), actor, action, subject], ensure_ascii=False)
        return self._keys.mark(Purpose.JOURNAL, line).hex()

    async def journal(self, limit: int) -> Sequence[JournalEntry]:
        return [_entry(row) for row in await self._transaction.rows(_NEWEST, {"most": limit})]

    async def journal_is_whole(self) -> bool:
        head = await self._head()
        lines = [_entry(row) for row in await self._transaction.rows(_OLDEST_FIRST)]
        return self._follow(lines) and (len(lines), lines[-1].hash if lines else GENESIS) == (head.seq, head.hash)

    def _follow(self, lines: Sequence[JournalEntry]) -> bool:
        before = GENESIS
        for number, line in enumerate(lines, start=1):
            expected = self._chained(before, number, line.at, line.actor, line.action, line.subject)
            if (line.seq, line.hash) != (number, expected):
                return False
            before = line.hash
        return True


def _entry(row: Found) -> JournalEntry:
    return JournalEntry(row.seq, row.at, row.actor, row.action, row.subject, row.hash)
