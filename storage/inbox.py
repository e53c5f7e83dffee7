"""Arrivals and lanes (port Inbox)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from domain.ids import CellId, ConversationId
from domain.messages import FromCitizen, FromOfficer, Photographed, Shared
from handlers.ports import Arrival, InboxItem
from storage import codec, schema
from storage.files import SqlFiles
from storage.keyring import Keyring
from storage.schema import conversation as skeleton
from storage.schema import inbox, lane
from storage.sealing import Keys, Purpose
from storage.transaction import Found, Transaction
from storage.upsert import insert_new

_ADD: Final = insert_new(inbox, ["source", "mark"])
_OPEN_LANE: Final = insert_new(lane, ["conversation"])
_IS_WAITING: Final = inbox.c.sealed.is_not(None)
_OLDEST: Final = (
    sa.select(sa.func.min(inbox.c.id)).where(inbox.c.conversation == lane.c.conversation, _IS_WAITING).scalar_subquery()
)
_IS_FREE: Final = sa.or_(
    lane.c.owner.is_(None),
    lane.c.owner == sa.bindparam("me"),
    lane.c.until <= sa.bindparam("now", type_=schema.Instant),
)
_FREE_LANES: Final = (
    sa.select(lane.c.conversation)
    .where(lane.c.conversation.in_(sa.select(inbox.c.conversation).where(_IS_WAITING)), _IS_FREE)
    .order_by(sa.case((lane.c.owner == sa.bindparam("me"), 1), else_=0), _OLDEST)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
"""Lanes not held yet come first: what is in hand already must not hide what waits."""

_TAKE: Final = (
    sa.update(lane)
    .where(lane.c.conversation == sa.bindparam("which"))
    .values(owner=sa.bindparam("me"), until=sa.bindparam("up_to"))
)
_GIVE_BACK: Final = (
    sa.update(lane)
    .where(lane.c.conversation == sa.bindparam("which"), lane.c.owner == sa.bindparam("me"))
    .values(owner=None, until=None)
)
_NEXT: Final = (
    sa.select(inbox.c.id, inbox.c.sealed, skeleton.c.cell, skeleton.c.wrapped_key)
    .join(skeleton, skeleton.c.id == inbox.c.conversation)
    .where(inbox.c.conversation == sa.bindparam("which"), _IS_WAITING)
    .order_by(inbox.c.id)
    .limit(sa.bindparam("most"))
)
_DONE: Final = sa.update(inbox).where(inbox.c.id == sa.bindparam("item")).values(sealed=None)
_LAG: Final = sa.select(sa.func.count().label("waiting"), sa.func.min(inbox.c.received_at).label("oldest")).where(
    _IS_WAITING
)
_WAITING: Final = (
    sa.select(inbox.c.id, inbox.c.sealed)
    .where(inbox.c.conversation == sa.bindparam("which"), _IS_WAITING)
    .order_by(inbox.c.id)
)
_MOVE: Final = (
    sa.update(inbox)
    .where(inbox.c.id == sa.bindparam("item"))
    .values(conversation=sa.bindparam("to"), sealed=sa.bindparam("again"))
)
_TRIM: Final = sa.delete(inbox).where(inbox.c.sealed.is_(None), inbox.c.received_at < sa.bindparam("before"))


class SqlInbox:
    """What came in, sealed under its conversation's key; (source, remote id) is kept as a keyed hash."""

    def __init__(self, transaction: Transaction, keys: Keys, keyring: Keyring, files: SqlFiles) -> None:
        self._transaction = transaction
        self._keys = keys
        self._keyring = keyring
        self._files = files

    async def add(self, arrival: Arrival, conversation: ConversationId, now: datetime) -> bool:
        seal = await self._keyring.of(conversation)
        row = {
            "source": arrival.source,
            "mark": self._keys.mark(Purpose.ARRIVAL, arrival.source, arrival.remote_id),
            "conversation": conversation,
            "sealed": seal.close(codec.encode(arrival.message), "inbox", conversation),
            "received_at": now,
        }
        if not await self._transaction.changed(_ADD, row):
            return False
        self._transaction.write(_OPEN_LANE, {"conversation": conversation})
        for file, (content, media_type) in arrival.files.items():
            await self._files.put(conversation, file, content, media_type)
        return True

    async def claim(self, owner: str, now: datetime, lease: timedelta, limit: int) -> Sequence[ConversationId]:
        found = await self._transaction.rows(_FREE_LANES, {"me": owner, "now": now, "most": limit})
        lanes = [ConversationId(row.conversation) for row in found]
        if lanes:
            self._transaction.note(_TAKE, [{"which": one, "me": owner, "up_to": now + lease} for one in lanes])
        return lanes

    async def next(self, conversation: ConversationId, limit: int) -> Sequence[InboxItem]:
        rows = await self._transaction.rows(_NEXT, {"which": conversation, "most": limit})
        if not rows:
            return ()
        seal = self._keyring.meet(conversation, CellId(rows[0].cell), rows[0].wrapped_key)
        opened = ((row.id, seal.open(row.sealed, "inbox", conversation)) for row in rows)
        return [InboxItem(number, conversation, codec.decode_message(stored)) for number, stored in opened]

    async def done(self, item: int) -> None:
        self._transaction.write(_DONE, {"item": item})

    async def release(self, conversation: ConversationId, owner: str) -> None:
        self._transaction.note(_GIVE_BACK, {"which": conversation, "me": owner})

    async def move_lane(self, old: ConversationId, new: ConversationId) -> None:
        rows = await self._transaction.rows(_WAITING, {"which": old})
        was, seal = await self._keyring.of(old), await self._keyring.of(new)
        for row in rows:
            plain = was.open(row.sealed, "inbox", old)
            again = seal.close(plain, "inbox", new)
            self._transaction.write(_MOVE, {"item": row.id, "to": new, "again": again})
            await self._move_file(codec.decode_message(plain), old, new)
        self._transaction.write(_OPEN_LANE, {"conversation": new})

    async def _move_file(self, message: FromCitizen | FromOfficer, old: ConversationId, new: ConversationId) -> None:
        if isinstance(message.content, Photographed | Shared):
            await self._files.move(message.content.file, old, new)

    async def lag(self, now: datetime) -> tuple[int, float]:
        return age(await self._transaction.one(_LAG), now)

    async def trim(self, before: datetime) -> int:
        return await self._transaction.changed(_TRIM, {"before": before})


def age(found: Found | None, now: datetime) -> tuple[int, float]:
    """(how many, seconds since the oldest): 0.0 when there is none."""
    if found is None or found.oldest is None:
        return (0, 0.0)
    return (found.waiting, max(0.0, (now - found.oldest).total_seconds()))
