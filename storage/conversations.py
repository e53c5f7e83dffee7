"""Conversations as sealed events (port Conversations)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import Any, Final

import sqlalchemy as sa

from domain.conversation import Conversation, evolve
from domain.errors import NotAllowedHere, RuleBroken
from domain.events import Event
from domain.ids import Alias, CellId, ConversationId
from domain.phases import Phase
from handlers.ports import Recorded
from storage import codec, erasing
from storage.keyring import Keyring
from storage.memory import Memory, Stamp
from storage.schema import conversation as skeleton
from storage.schema import event as events_table
from storage.sealing import Seal
from storage.transaction import Found, Transaction, lost_race

_CREATE: Final = sa.insert(skeleton)
_ROW: Final = sa.select(skeleton).where(skeleton.c.id == sa.bindparam("which"))
_EVENTS: Final = (
    sa.select(events_table)
    .where(
        events_table.c.conversation == sa.bindparam("which"),
        events_table.c.seq > sa.bindparam("after"),
        events_table.c.sealed.is_not(None),
    )
    .order_by(events_table.c.seq)
)
_ADVANCE: Final = (
    sa.update(skeleton)
    .where(skeleton.c.id == sa.bindparam("which"), skeleton.c.seq == sa.bindparam("was"))
    .values({
        name: sa.bindparam(f"new_{name}")
        for name in ("seq", "phase", "language", "alias", "filed", "welcomed", "door_open", "last_at")
    })
)  # fmt: skip
_APPEND: Final = sa.insert(events_table)
_BLANK: Final = (
    sa.update(events_table)
    .where(
        events_table.c.conversation == sa.bindparam("which"),
        events_table.c.kind.in_(sa.bindparam("kinds", expanding=True)),
    )
    .values(sealed=None)
)
_REVISE: Final = (
    sa.update(skeleton).where(skeleton.c.id == sa.bindparam("which")).values(revision=skeleton.c.revision + 1)
)
_IDLE: Final = (
    sa.select(skeleton.c.id)
    .where(
        skeleton.c.phase.in_(sa.bindparam("phases", expanding=True)),
        skeleton.c.last_at < sa.bindparam("before"),
        skeleton.c.seq > skeleton.c.erased_seq,
    )
    .order_by(skeleton.c.last_at)
    .limit(sa.bindparam("most"))
)


class SqlConversations:
    """One transaction's view of the conversations; what it replayed is remembered only once committed."""

    def __init__(self, transaction: Transaction, keyring: Keyring, memory: Memory) -> None:
        self._transaction = transaction
        self._keyring = keyring
        self._memory = memory
        self._fresh: dict[ConversationId, tuple[Stamp, Conversation]] = {}
        self._revisions: dict[ConversationId, int] = {}
        self.has_erased = False

    async def create(self, conversation: ConversationId, cell: CellId, now: datetime) -> None:
        begun = Conversation(conversation, cell=cell)
        row = {
            "id": conversation, "cell": cell, "wrapped_key": self._keyring.renew(conversation, cell),
            "revision": 0, "erased_seq": 0,
        }  # fmt: skip
        self._transaction.write(_CREATE, row | _bones(begun, now))
        self._remember(begun, Stamp(0, 0))

    async def load(self, conversation: ConversationId) -> Conversation:
        row = await self._row(conversation)
        stamp = Stamp(row.seq, row.revision)
        found = self._recall(conversation, stamp) or await self._replay(row)
        self._remember(found, stamp)
        return found

    async def _row(self, conversation: ConversationId) -> Found:
        row = await self._transaction.one(_ROW, {"which": conversation})
        if row is None:
            raise RuleBroken("a conversation made with create() expected, got an id that is not stored")
        self._keyring.meet(conversation, CellId(row.cell), row.wrapped_key)
        return row

    def _recall(self, conversation: ConversationId, stamp: Stamp) -> Conversation | None:
        here = self._fresh.get(conversation)
        if here is not None and here[0] == stamp:
            return here[1]
        return self._memory.recall(conversation, stamp)

    def _remember(self, conversation: Conversation, stamp: Stamp) -> None:
        self._fresh[conversation.id] = (stamp, conversation)
        self._revisions[conversation.id] = stamp.revision

    async def _replay(self, row: Found) -> Conversation:
        happened = [one.event for one in await self._recorded(row.id, after=row.erased_seq)]
        if row.revision == 0:
            return reduce(evolve, happened, Conversation(row.id, cell=row.cell))
        return _lenient_fold(_from_bones(row), happened, is_erased=row.erased_seq > 0)

    async def append(self, before: Conversation, events: Sequence[Event], now: datetime) -> Conversation:
        if not events:
            return before
        after = reduce(evolve, events, before)
        seal = await self._keyring.of(before.id)
        where = {"which": before.id, "was": before.seq}
        bones = {f"new_{name}": value for name, value in _bones(after, now).items()}
        if not await self._transaction.changed(_ADVANCE, where | bones):
            raise lost_race("a conversation")
        self._transaction.write(_APPEND, _rows(seal, before, events, now))
        revision = self._revisions.get(before.id, self._memory.revision_of(before))
        if revision is not None:
            self._remember(after, Stamp(after.seq, revision))
        return after

    async def recorded(self, conversation: ConversationId) -> Sequence[Recorded]:
        return await self._recorded(conversation, after=0)

    async def _recorded(self, conversation: ConversationId, after: int) -> list[Recorded]:
        seal = await self._keyring.of(conversation)
        rows = await self._transaction.rows(_EVENTS, {"which": conversation, "after": after})
        return [_opened(seal, row) for row in rows]

    async def blank(self, conversation: ConversationId, kinds: Sequence[type[Event]]) -> None:
        self._transaction.write(_BLANK, {"which": conversation, "kinds": [kind.__name__ for kind in kinds]})
        self._transaction.write(_REVISE, {"which": conversation})
        self._forget(conversation)

    async def erase(self, conversation: ConversationId, now: datetime) -> None:
        row = await self._row(conversation)
        await erasing.erase(self._transaction, self._keyring, row, now)
        self.has_erased = True
        self._forget(conversation)

    def _forget(self, conversation: ConversationId) -> None:
        self._memory.forget(conversation)
        self._fresh.pop(conversation, None)
        self._revisions.pop(conversation, None)

    async def idle(self, phases: Sequence[Phase], before: datetime, limit: int) -> Sequence[ConversationId]:
        wanted = {"phases": [phase.value for phase in phases], "before": before, "most": limit}
        return [ConversationId(row.id) for row in await self._transaction.rows(_IDLE, wanted)]

    def committed(self) -> None:
        """The transaction lasts: what it replayed may be remembered."""
        for stamp, conversation in self._fresh.values():
            self._memory.keep(conversation, stamp)


def _bones(conversation: Conversation, now: datetime) -> dict[str, Any]:  # Any: column values
    """What stays of a conversation for ever, in the clear."""
    return {
        "seq": conversation.seq, "phase": conversation.phase.value, "language": conversation.language,
        "alias": conversation.alias, "filed": conversation.filed, "welcomed": conversation.welcomed,
        "door_open": conversation.door_open, "last_at": now,
    }  # fmt: skip


def _from_bones(row: Found) -> Conversation:
    return Conversation(
        ConversationId(row.id), cell=CellId(row.cell), language=row.language, phase=Phase(row.phase),
        alias=Alias(row.alias) if row.alias else None, filed=row.filed, welcomed=row.welcomed,
        door_open=row.door_open, seq=row.seq,
    )  # fmt: skip


def _lenient_fold(bones: Conversation, happened: Iterable[Event], *, is_erased: bool) -> Conversation:
    """What the events that are left tell, on the skeleton: a step whose forerunner was blanked is passed over."""
    folded = bones if is_erased else Conversation(bones.id, cell=bones.cell)
    for one in happened:
        with suppress(NotAllowedHere):
            folded = evolve(folded, one)
    return replace(
        folded, phase=bones.phase, language=bones.language, alias=bones.alias, filed=bones.filed,
        welcomed=bones.welcomed, door_open=bones.door_open, seq=bones.seq,
    )  # fmt: skip


def _rows(seal: Seal, before: Conversation, events: Sequence[Event], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "conversation": before.id, "seq": seq, "kind": type(one).__name__, "at": now,
            "sealed": seal.close(codec.encode(one), "event", before.id, seq, type(one).__name__),
        }
        for seq, one in enumerate(events, start=before.seq + 1)
    ]  # fmt: skip


def _opened(seal: Seal, row: Found) -> Recorded:
    stored = seal.open(row.sealed, "event", row.conversation, row.seq, row.kind)
    return Recorded(row.seq, row.at, codec.decode_event(stored))
