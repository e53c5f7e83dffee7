"""The store (port Store) on SQLite or PostgreSQL: opening, units of work, leases of roles."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from domain.errors import RuleBroken, StorageGone
from handlers import ports
from storage import migrate as migrating
from storage import roles
from storage.cases import SqlCases
from storage.conversations import SqlConversations
from storage.deliveries import SqlDeliveries
from storage.desk import SqlDesk
from storage.engines import Engine, engine_for
from storage.files import SqlFiles
from storage.inbox import SqlInbox
from storage.keepsakes import SqlCursors, SqlParked, SqlReceipts, SqlSecrets
from storage.keyring import Keyring
from storage.links import Links
from storage.memory import Memory
from storage.schema import seal_check, vault_check
from storage.sealcheck import check_seal
from storage.sealing import Keys
from storage.transaction import Transaction
from storage.vault import SqlVault

_PING: Final = sa.select(sa.literal(1))


class SqlUnit:
    """One transaction over everything (port Unit)."""

    def __init__(self, house: Transaction, vault: Transaction, keys: Keys, memory: Memory) -> None:
        keyring = Keyring(house, keys)
        self._vault = SqlVault(vault, keys, house if house is not vault else None)
        self._conversations = SqlConversations(house, keyring, memory)
        files = SqlFiles(house, keyring)
        self.inbox: ports.Inbox = SqlInbox(house, keys, keyring, files)
        self.conversations: ports.Conversations = self._conversations
        self.deliveries: ports.Deliveries = SqlDeliveries(
            house, keys, keyring, Links(house, keys, keyring, self._vault)
        )
        self.vault: ports.Vault = self._vault
        self.cases: ports.Cases = SqlCases(house, keys)
        self.receipts: ports.Receipts = SqlReceipts(house, keys)
        self.files: ports.Files = files
        self.cursors: ports.Cursors = SqlCursors(house)
        self.secrets: ports.Secrets = SqlSecrets(house, keys)
        self.parked: ports.Parked = SqlParked(house, keys)
        self.desk: ports.Desk = SqlDesk(house, keys)

    @property
    def has_destroyed(self) -> bool:
        """Whether something was destroyed that must not linger in a log either."""
        return self._conversations.has_erased or self._vault.has_forgotten

    def committed(self) -> None:
        """The transaction lasts."""
        self._conversations.committed()


class SqlStore:
    """Where everything is kept. The vault may live in a database apart."""

    def __init__(self, house: Engine, vault: Engine, keys: Keys) -> None:
        self._house = house
        self._vault = vault
        self._keys = keys
        self._memory = Memory()
        self._inside: set[object] = set()

    @classmethod
    async def open(cls, url: str, keys: Keys, vault_url: str | None = None, *, migrate: bool = False) -> "SqlStore":
        """A store ready for use; `migrate` brings its tables up to date first.

        url: "sqlite:////path/to/file.db" or "postgresql://user:password@host/name".
        Raises OperatorError for a wrong key, an unknown kind of URL or tables that are not up to date, StorageGone
        when the database cannot be reached.
        """
        house = engine_for(url)
        vault = engine_for(vault_url) if vault_url and vault_url != url else house
        store = cls(house, vault, keys)
        try:
            await store._prepare(migrate=migrate)
        except BaseException:
            await store.close()
            raise
        return store

    async def _prepare(self, *, migrate: bool) -> None:
        for engine, family in ((self._house, migrating.HOUSE), (self._vault, migrating.VAULT)):
            if migrate:
                await engine.run_sync(family.upgrade)
            await engine.run_sync(family.require_current)
        await check_seal(self._house.transaction(), seal_check, self._keys)
        await check_seal(self._vault.transaction(), vault_check, self._keys)

    async def close(self) -> None:
        """Every connection is closed."""
        await self._house.close()
        if self._vault is not self._house:
            await self._vault.close()

    def unit(self) -> AbstractAsyncContextManager[ports.Unit]:
        """A transaction, committed when the block ends without an error. Keep it short: on SQLite they take turns."""
        return self._unit()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[ports.Unit]:
        with self._only_one_a_task():
            house = self._house.transaction()
            vault = house if self._vault is self._house else self._vault.transaction()
            unit = SqlUnit(house, vault, self._keys, self._memory)
            try:
                yield unit
                await self._commit(house, vault)
            except BaseException:
                await house.undo()
                await vault.undo()
                raise
            unit.committed()
            if unit.has_destroyed:
                await self._scrub()

    @contextmanager
    def _only_one_a_task(self) -> Iterator[None]:
        """A unit inside a unit would wait for itself on SQLite, so it is refused everywhere."""
        task = asyncio.current_task()
        if task in self._inside:
            raise RuleBroken("one unit at a time in a task expected: pass the open unit on, or end it first")
        self._inside.add(task)
        try:
            yield
        finally:
            self._inside.discard(task)

    async def _commit(self, house: Transaction, vault: Transaction) -> None:
        """The vault first: an address without a conversation is found out and made good, the reverse would be mute."""
        if vault is not house:
            await vault.commit()
        await house.commit()

    async def _scrub(self) -> None:
        """What was destroyed is committed already; a log that cannot be emptied now is emptied by the next scrub."""
        with suppress(StorageGone):
            await self._house.scrub()
            if self._vault is not self._house:
                await self._vault.scrub()

    async def hold(self, role: str, owner: str, now: datetime, lease: timedelta) -> None:
        """Take or renew the lease of a role. Raises LeaseHeld."""
        async with self._alone() as transaction:
            await roles.hold(transaction, role, owner, now, lease)

    async def let_go(self, role: str, owner: str) -> None:
        """Give the role back."""
        async with self._alone() as transaction:
            await roles.let_go(transaction, role, owner)

    async def is_well(self) -> bool:
        """Whether both databases answer."""
        try:
            for engine in (self._house, self._vault):
                await _ping(engine.transaction())
        except StorageGone:
            return False
        return True

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Transaction]:
        transaction = self._house.transaction()
        try:
            yield transaction
            await transaction.commit()
        except BaseException:
            await transaction.undo()
            raise


async def _ping(transaction: Transaction) -> None:
    try:
        await transaction.rows(_PING)
    finally:
        await transaction.undo()
