"""Letters on their way (port Deliveries)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from domain.case import RoomState
from domain.errors import RuleBroken
from domain.ids import CellId, ConversationId, MessageRef
from domain.messages import Letter, PutMark, ToOfficers
from handlers.ports import Delivery, DeliveryState, NewLetter, Target
from storage import codec
from storage.inbox import age
from storage.keyring import Keyring
from storage.links import Links
from storage.schema import IS_OPEN, Instant, case, conversation, delivery
from storage.sealing import Keys, Purpose
from storage.transaction import Found, Transaction

ROOM_IS_READABLE: Final = (RoomState.READY.value, RoomState.CLOSING.value)
"""States in which a room takes letters: CLOSING too, so that the last words and the closing itself still go."""

_BEGUN: Final = (DeliveryState.SENDING.value, DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value)

_ADD: Final = sa.insert(delivery).returning(delivery.c.id)
_HEADS: Final = (
    sa.select(sa.func.min(delivery.c.id))
    .where(delivery.c.target == sa.bindparam("target"), IS_OPEN)
    .group_by(delivery.c.conversation)
)
_DUE: Final = (
    sa.select(delivery, conversation.c.cell, conversation.c.wrapped_key)
    .join(conversation, conversation.c.id == delivery.c.conversation)
    .where(delivery.c.id.in_(_HEADS), delivery.c.next_at <= sa.bindparam("now", type_=Instant))
    .order_by(delivery.c.id)
    .limit(sa.bindparam("most"))
)
_DUE_IN_ROOMS: Final = _DUE.where(
    sa.exists().where(case.c.conversation == delivery.c.conversation, case.c.room_state.in_(ROOM_IS_READABLE))
)
_DUE_TO: Final[Mapping[Target, sa.Select[Any]]] = {Target.CITIZEN: _DUE, Target.ROOM: _DUE_IN_ROOMS}  # Any: columns
_WHICH: Final = delivery.c.id == sa.bindparam("which")
_SENDING: Final = (
    sa.update(delivery)
    .where(_WHICH)
    .values(state=DeliveryState.SENDING.value, attempts=delivery.c.attempts + 1)
)  # fmt: skip
_ONE: Final = (
    sa.select(
        delivery.c.conversation, delivery.c.target, delivery.c.key_mark,
        conversation.c.cell, conversation.c.wrapped_key,
    )
    .join(conversation, conversation.c.id == delivery.c.conversation)
    .where(_WHICH)
)  # fmt: skip
_SENT: Final = (
    sa.update(delivery)
    .where(_WHICH)
    .values(state=DeliveryState.SENT.value, sealed=None, sealed_about=None, error=None)
)  # fmt: skip
_RETRY: Final = (
    sa.update(delivery)
    .where(_WHICH)
    .values(
        state=DeliveryState.QUEUED.value,
        next_at=sa.bindparam("at"), error=sa.bindparam("why"), resend=sa.bindparam("again"),
    )
)  # fmt: skip
_KEEP_FAILED: Final = (
    sa.update(delivery).where(_WHICH).values(state=DeliveryState.FAILED.value, error=sa.bindparam("why"))
)
_FINISH: Final = (
    sa.update(delivery)
    .where(_WHICH)
    .values(state=sa.bindparam("how"), error=sa.bindparam("why"), sealed=None, sealed_about=None)
)
_ABOUT: Final = sa.select(delivery.c.id, delivery.c.state, delivery.c.resend).where(
    delivery.c.conversation == sa.bindparam("whose"),
    delivery.c.target == Target.CITIZEN.value,
    delivery.c.about_mark == sa.bindparam("about"),
)
_REQUEUE: Final = (
    sa.update(delivery)
    .where(delivery.c.conversation == sa.bindparam("whose"), delivery.c.state == DeliveryState.FAILED.value)
    .values(state=DeliveryState.QUEUED.value, attempts=0, resend=False, next_at=sa.bindparam("at"))
)
_LAG: Final = sa.select(sa.func.count().label("waiting"), sa.func.min(delivery.c.created_at).label("oldest")).where(
    delivery.c.target == sa.bindparam("target"), IS_OPEN
)
_COUNTS: Final = sa.select(delivery.c.target, delivery.c.state, sa.func.count().label("number")).group_by(
    delivery.c.target, delivery.c.state
)


class SqlDeliveries:
    """Letters sealed under their conversation's key; the head of each queue is the open letter with the lowest id."""

    def __init__(self, transaction: Transaction, keys: Keys, keyring: Keyring, links: Links) -> None:
        self._transaction = transaction
        self._keys = keys
        self._keyring = keyring
        self._links = links

    async def add(self, conversation: ConversationId, letter: NewLetter, now: datetime) -> int:
        seal = await self._keyring.of(conversation)
        target, about, key = letter.target.value, letter.about, key_of(letter.letter)
        row = {
            "conversation": conversation, "target": target, "state": DeliveryState.QUEUED.value,
            "sealed": seal.close(codec.encode(letter.letter), "delivery", conversation, target),
            "sealed_about": about and seal.close(about.encode(), "about", conversation),
            "about_mark": about and self._about_mark(conversation, about),
            "key_mark": key and self._links.key_mark(conversation, key),
            "attempts": 0, "resend": False, "next_at": letter.not_before or now, "created_at": now,
        }  # fmt: skip
        return int((await self._transaction.rows(_ADD, row))[0].id)

    def _about_mark(self, conversation: ConversationId, about: MessageRef) -> bytes:
        return self._keys.mark(Purpose.REFERENCE, "about", conversation, about)

    async def due(self, target: Target, now: datetime, limit: int) -> Sequence[Delivery]:
        wanted = {"target": target.value, "now": now, "most": limit}
        return [self._opened(row) for row in await self._transaction.rows(_DUE_TO[target], wanted)]

    def _opened(self, row: Found) -> Delivery:
        whose = ConversationId(row.conversation)
        seal = self._keyring.meet(whose, CellId(row.cell), row.wrapped_key)
        about = row.sealed_about and seal.open(row.sealed_about, "about", whose).decode()
        return Delivery(
            id=row.id, conversation=whose, target=Target(row.target),
            letter=codec.decode_letter(seal.open(row.sealed, "delivery", whose, row.target)),
            state=DeliveryState(row.state), attempts=row.attempts, resend=row.resend,
            about=MessageRef(about) if about else None, created_at=row.created_at,
        )  # fmt: skip

    async def sending(self, ids: Sequence[int]) -> None:
        if ids:
            self._transaction.write(_SENDING, [{"which": one} for one in ids])

    async def sent(self, delivery: int, refs: Sequence[MessageRef], now: datetime) -> None:
        row = await self._transaction.one(_ONE, {"which": delivery})
        if row is None:
            raise RuleBroken(f"a letter that was queued expected, got id {delivery}")
        self._transaction.write(_SENT, {"which": delivery})
        whose = ConversationId(row.conversation)
        self._keyring.meet(whose, CellId(row.cell), row.wrapped_key)
        await self._links.add(whose, Target(row.target), delivery, row.key_mark, refs)

    async def retry(self, delivery: int, at: datetime, error: str, *, resend: bool = False) -> None:
        self._transaction.write(_RETRY, {"which": delivery, "at": at, "why": error, "again": resend})

    async def finish(self, delivery: int, state: DeliveryState, error: str) -> None:
        if state is DeliveryState.FAILED:
            self._transaction.write(_KEEP_FAILED, {"which": delivery, "why": error})
        else:
            self._transaction.write(_FINISH, {"which": delivery, "how": state.value, "why": error})

    async def cancel_about(self, conversation: ConversationId, about: MessageRef) -> bool:
        wanted = {"whose": conversation, "about": self._about_mark(conversation, about)}
        rows = await self._transaction.rows(_ABOUT, wanted)
        for row in rows:
            if row.state in (DeliveryState.QUEUED, DeliveryState.FAILED):
                await self.finish(row.id, DeliveryState.CANCELLED, "Withdrawn")
        return not any(row.state in _BEGUN or row.resend for row in rows)

    async def requeue_failed(self, conversation: ConversationId, now: datetime) -> int:
        return await self._transaction.changed(_REQUEUE, {"whose": conversation, "at": now})

    async def refs(self, conversation: ConversationId, target: Target) -> Sequence[MessageRef]:
        return await self._links.of(conversation, target)

    async def ref_of(self, conversation: ConversationId, key: str) -> MessageRef | None:
        return await self._links.by_key(conversation, key)

    async def lag(self, target: Target, now: datetime) -> tuple[int, float]:
        return age(await self._transaction.one(_LAG, {"target": target.value}), now)

    async def counts(self) -> Mapping[tuple[str, str], int]:
        return {(row.target, row.state): row.number for row in await self._transaction.rows(_COUNTS)}


def key_of(letter: Letter) -> str | None:
    """By what a letter is found again once sent: its own key, or for a mark the message that bears it."""
    if isinstance(letter, ToOfficers):
        return letter.key
    return mark_key(letter.ref) if isinstance(letter, PutMark) else None


def mark_key(ref: MessageRef) -> str:
    """The key of the mark on an officer's message (see Deliveries.ref_of)."""
    return f"mark:{ref}"
