"""The vault (port Vault): who can be reached where. Found by keyed hash only; nobody can list whose address it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from domain.ids import Contact, ConversationId, MessageRef
from storage.schema import conversation
from storage.schema import vault_contact as contacts
from storage.schema import vault_ref as refs
from storage.sealing import Keys, Purpose
from storage.transaction import Transaction
from storage.upsert import insert_or_replace

_WHOSE: Final[sa.BindParameter[str]] = sa.bindparam("whose")
_FIND: Final = sa.select(contacts.c.conversation).where(contacts.c.mark == sa.bindparam("m"))
_READ: Final = sa.select(contacts.c.sealed).where(contacts.c.conversation == _WHOSE)
_EXISTS: Final = sa.select(conversation.c.id).where(conversation.c.id == sa.bindparam("which"))
_BIND: Final = insert_or_replace(contacts, ["mark"])
_EARLIER: Final = sa.select(contacts.c.conversation).where(contacts.c.mark == sa.bindparam("m"))
_DROP_EARLIER_REFS: Final = sa.delete(refs).where(refs.c.conversation.in_(_EARLIER), refs.c.conversation != _WHOSE)
_DROP_OTHERS: Final = sa.delete(contacts).where(contacts.c.conversation == _WHOSE, contacts.c.mark != sa.bindparam("m"))
_EXTEND: Final = sa.update(contacts).where(contacts.c.conversation == _WHOSE).values(expires_at=sa.bindparam("up_to"))
_FORGET: Final = sa.delete(contacts).where(contacts.c.conversation == _WHOSE)
_FORGET_REFS: Final = sa.delete(refs).where(refs.c.conversation == _WHOSE)
_IS_OVER: Final = contacts.c.expires_at <= sa.bindparam("now")
_EXPIRE_REFS: Final = sa.delete(refs).where(refs.c.conversation.in_(sa.select(contacts.c.conversation).where(_IS_OVER)))
_EXPIRE: Final = sa.delete(contacts).where(_IS_OVER)
_ADD_REF: Final = sa.insert(refs)
_REFS: Final = sa.select(refs.c.sealed).where(refs.c.conversation == _WHOSE).order_by(refs.c.id.desc())


class SqlVault:
    """Addresses sealed under the vault's key, each bound to its conversation."""

    def __init__(self, transaction: Transaction, keys: Keys, house: Transaction | None = None) -> None:
        """house: where the conversations are, when that is another database than the vault's."""
        self._transaction = transaction
        self._house = house
        self._keys = keys
        self._seal = keys.seal(Purpose.VAULT)
        self.has_forgotten = False

    async def conversation_of(self, contact: Contact) -> ConversationId | None:
        found = await self._transaction.one(_FIND, {"m": self._mark(contact)})
        if found is None or await self._was_never_made(found.conversation):
            return None
        return ConversationId(found.conversation)

    async def _was_never_made(self, conversation: str) -> bool:
        """The vault was committed, then the house was not: the address is bound anew by the repeat of what came."""
        return self._house is not None and await self._house.one(_EXISTS, {"which": conversation}) is None

    async def bind(self, contact: Contact, conversation: ConversationId, expires_at: datetime) -> None:
        mark = self._mark(contact)
        self._transaction.write(_DROP_EARLIER_REFS, {"m": mark, "whose": conversation})
        self._transaction.write(_DROP_OTHERS, {"m": mark, "whose": conversation})
        sealed = self._seal.close(contact.encode(), "vault_contact", conversation)
        row = {"mark": mark, "conversation": conversation, "sealed": sealed, "expires_at": expires_at}
        self._transaction.write(_BIND, row)

    def _mark(self, contact: Contact) -> bytes:
        return self._keys.mark(Purpose.CONTACT, contact)

    async def contact_of(self, conversation: ConversationId) -> Contact | None:
        found = await self._transaction.one(_READ, {"whose": conversation})
        if found is None:
            return None
        return Contact(self._seal.open(found.sealed, "vault_contact", conversation).decode())

    async def extend(self, conversation: ConversationId, expires_at: datetime) -> None:
        self._transaction.write(_EXTEND, {"whose": conversation, "up_to": expires_at})

    async def forget(self, conversation: ConversationId) -> None:
        self.has_forgotten = True
        self._transaction.write(_FORGET, {"whose": conversation})
        self._transaction.write(_FORGET_REFS, {"whose": conversation})

    async def expire(self, now: datetime) -> int:
        self._transaction.write(_EXPIRE_REFS, {"now": now})
        gone = await self._transaction.changed(_EXPIRE, {"now": now})
        self.has_forgotten = self.has_forgotten or gone > 0
        return gone

    async def remember_ref(self, conversation: ConversationId, ref: MessageRef) -> None:
        sealed = self._seal.close(ref.encode(), "vault_ref", conversation)
        self._transaction.write(_ADD_REF, {"conversation": conversation, "sealed": sealed})

    async def refs(self, conversation: ConversationId) -> Sequence[MessageRef]:
        """The citizen's own messages, newest first."""
        rows = await self._transaction.rows(_REFS, {"whose": conversation})
        return [MessageRef(self._seal.open(row.sealed, "vault_ref", conversation).decode()) for row in rows]
