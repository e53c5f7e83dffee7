"""The keys of the conversations that one transaction has met."""

from typing import Final

import sqlalchemy as sa

from domain.errors import RuleBroken
from domain.ids import CellId, ConversationId
from storage import schema
from storage.sealing import Keys, Seal
from storage.transaction import Transaction

_KEY: Final = sa.select(schema.conversation.c.cell, schema.conversation.c.wrapped_key).where(
    schema.conversation.c.id == sa.bindparam("id")
)


class Keyring:
    """Unwraps each key once; never kept longer than the transaction, for another process may destroy a key."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._keys = keys
        self._seals: dict[ConversationId, Seal] = {}

    async def of(self, conversation: ConversationId) -> Seal:
        """The seal of this conversation. Raises RuleBroken when there is no such conversation."""
        if conversation not in self._seals:
            found = await self._transaction.one(_KEY, {"id": conversation})
            if found is None:
                raise RuleBroken("a conversation made with create() expected, got an id that is not stored")
            self.meet(conversation, CellId(found.cell), found.wrapped_key)
        return self._seals[conversation]

    def meet(self, conversation: ConversationId, cell: CellId, wrapped: bytes) -> Seal:
        """The seal of a conversation whose row was read anyway."""
        seal = self._seals.get(conversation)
        if seal is None:
            seal = self._seals[conversation] = self._keys.unwrap(wrapped, cell, conversation)
        return seal

    def renew(self, conversation: ConversationId, cell: CellId) -> bytes:
        """A fresh key from here on; returns it wrapped, to be stored."""
        wrapped, self._seals[conversation] = self._keys.new_conversation_key(cell, conversation)
        return wrapped
