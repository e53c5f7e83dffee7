"""Where our letters went, and what came from the citizen: the platforms' own names of messages, sealed."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from domain.ids import ConversationId, MessageRef
from handlers.ports import Target
from storage.keyring import Keyring
from storage.schema import link
from storage.sealing import Keys, Purpose
from storage.transaction import Transaction
from storage.vault import SqlVault

_ADD: Final = sa.insert(link)
_ALL: Final = (
    sa.select(link.c.sealed)
    .where(link.c.conversation == sa.bindparam("whose"), link.c.target == sa.bindparam("target"))
    .order_by(link.c.id.desc())
)
_BY_KEY: Final = (
    sa.select(link.c.sealed)
    .where(link.c.conversation == sa.bindparam("whose"), link.c.key_mark == sa.bindparam("key"))
    .order_by(link.c.id.desc())
    .limit(1)
)


class Links:
    """The references of one transaction; sealed under the conversation's key, found by conversation or keyed hash."""

    def __init__(self, transaction: Transaction, keys: Keys, keyring: Keyring, vault: SqlVault) -> None:
        self._transaction = transaction
        self._keys = keys
        self._keyring = keyring
        self._vault = vault

    def key_mark(self, conversation: ConversationId, key: str) -> bytes:
        """The keyed hash of a letter's key."""
        return self._keys.mark(Purpose.REFERENCE, "key", conversation, key)

    async def add(
        self,
        conversation: ConversationId,
        target: Target,
        delivery: int,
        key_mark: bytes | None,
        refs: Sequence[MessageRef],
    ) -> None:
        """The letter `delivery` is known on the platform by these names."""
        if not refs:
            return
        seal = await self._keyring.of(conversation)
        row = {"conversation": conversation, "target": target.value, "delivery": delivery, "key_mark": key_mark}
        sealed = (seal.close(ref.encode(), "link", conversation, target) for ref in refs)
        self._transaction.write(_ADD, [row | {"sealed": one} for one in sealed])

    async def of(self, conversation: ConversationId, target: Target) -> Sequence[MessageRef]:
        """Ours, newest first; for the citizen's side then theirs, newest first."""
        rows = await self._transaction.rows(_ALL, {"whose": conversation, "target": target.value})
        ours = [await self._open(conversation, target, row.sealed) for row in rows]
        theirs = await self._vault.refs(conversation) if target is Target.CITIZEN else ()
        return [*ours, *theirs]

    async def by_key(self, conversation: ConversationId, key: str) -> MessageRef | None:
        """Where the newest letter with this key went in the room."""
        found = await self._transaction.one(_BY_KEY, {"whose": conversation, "key": self.key_mark(conversation, key)})
        return await self._open(conversation, Target.ROOM, found.sealed) if found else None

    async def _open(self, conversation: ConversationId, target: Target, sealed: bytes) -> MessageRef:
        seal = await self._keyring.of(conversation)
        return MessageRef(seal.open(sealed, "link", conversation, target).decode())
