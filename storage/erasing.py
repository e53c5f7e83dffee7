"""Erasing a conversation: its key is destroyed, its payloads are blanked, its skeleton stays.

A fresh key takes the old one's place, so that the good-bye can still be written. What waits in the inbox and was not
handled yet (it came after the wish to erase) is sealed again under the fresh key.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from domain.ids import CellId, ConversationId
from storage.keyring import Keyring
from storage.schema import conversation as skeleton
from storage.schema import delivery, event, file, inbox, link
from storage.transaction import Found, Transaction

DAY_US: Final = 24 * 3600 * 1_000_000
"""What is left of times after an erasure: the day, in microseconds."""

_WHICH: Final[sa.BindParameter[str]] = sa.bindparam("which")
_NEW_KEY: Final = (
    sa.update(skeleton)
    .where(skeleton.c.id == _WHICH)
    .values(
        wrapped_key=sa.bindparam("new_key"), last_at=sa.bindparam("day"),
        erased_seq=skeleton.c.seq, revision=skeleton.c.revision + 1,
    )
)  # fmt: skip
_at_us = sa.type_coerce(event.c.at, sa.BigInteger)
_EMPTY_EVENTS: Final = (
    sa.update(event).where(event.c.conversation == _WHICH).values(sealed=None, at=_at_us - _at_us % DAY_US)
)
_DROP_FILES: Final = sa.delete(file).where(file.c.conversation == _WHICH)
_DROP_LINKS: Final = sa.delete(link).where(link.c.conversation == _WHICH)
_DROP_LETTERS: Final = sa.delete(delivery).where(delivery.c.conversation == _WHICH, delivery.c.state != "sending")
_EMPTY_LETTERS: Final = (
    sa.update(delivery)
    .where(delivery.c.conversation == _WHICH)
    .values(
        state="cancelled", error="Erased", sealed=None, sealed_about=None, about_mark=None, key_mark=None
    )
)  # fmt: skip
"""A letter that the postman has in hand keeps its row, for its outcome will be written down."""

_FORGET_HANDLED: Final = (
    sa.update(inbox).where(inbox.c.conversation == _WHICH, inbox.c.sealed.is_(None)).values(conversation=None)
)
_WAITING: Final = sa.select(inbox.c.id, inbox.c.sealed).where(
    inbox.c.conversation == _WHICH, inbox.c.sealed.is_not(None)
)
_RESEAL: Final = sa.update(inbox).where(inbox.c.id == sa.bindparam("item")).values(sealed=sa.bindparam("again"))


_EMPTYING: Final = (_EMPTY_EVENTS, _DROP_FILES, _DROP_LINKS, _DROP_LETTERS, _EMPTY_LETTERS, _FORGET_HANDLED)


async def erase(transaction: Transaction, keyring: Keyring, row: Found, now: datetime) -> None:
    """Nothing said in this conversation can be read any more, with any key. `row`: its skeleton as stored."""
    conversation = ConversationId(row.id)
    waiting = await _open_waiting(transaction, keyring, conversation)
    new_key = keyring.renew(conversation, CellId(row.cell))
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    transaction.write(_NEW_KEY, {"which": conversation, "new_key": new_key, "day": day})
    for statement in _EMPTYING:
        transaction.write(statement, {"which": conversation})
    if waiting:
        seal = await keyring.of(conversation)
        again = [{"item": item, "again": seal.close(plain, "inbox", conversation)} for item, plain in waiting]
        transaction.write(_RESEAL, again)


async def _open_waiting(
    transaction: Transaction, keyring: Keyring, conversation: ConversationId
) -> list[tuple[int, bytes]]:
    seal = await keyring.of(conversation)
    rows = await transaction.rows(_WAITING, {"which": conversation})
    return [(row.id, seal.open(row.sealed, "inbox", conversation)) for row in rows]
