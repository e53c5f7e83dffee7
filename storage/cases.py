"""Cases and their rooms (port Cases)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from domain.case import ROOM_STEPS, Case, Cell, CellRooms, RoomState
from domain.errors import RuleBroken
from domain.ids import Alias, CellId, ConversationId, OfficerId, RoomId
from storage.schema import alias_counter, case, cell_rooms
from storage.sealing import Keys, Purpose
from storage.transaction import Found, Transaction, lost_race
from storage.upsert import insert, insert_new, insert_or_replace

_COUNT_ON: Final = (
    insert(alias_counter)
    .on_conflict_do_update(index_elements=["prefix"], set_={"last": alias_counter.c.last + 1})
    .returning(alias_counter.c.last)
)
_OPEN: Final = insert_new(case, ["conversation"])
_OF: Final = sa.select(case).where(case.c.conversation == sa.bindparam("whose"))
_BY_ROOM: Final = sa.select(case).where(case.c.room == sa.bindparam("where"))
_BY_ALIAS: Final = sa.select(case).where(case.c.alias == sa.bindparam("which"))
_LOCKED: Final = _BY_ALIAS.with_for_update()
_IN_STATE: Final = (
    sa.select(case)
    .where(case.c.room_state.in_(sa.bindparam("states", expanding=True)))
    .order_by(case.c.opened_at, case.c.alias)
    .limit(sa.bindparam("most"))
)
_ALL: Final = (
    sa.select(case)
    .order_by(case.c.opened_at.desc(), case.c.alias.desc())
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("skip"))
)
_ALL_OF_CELL: Final = _ALL.where(case.c.cell == sa.bindparam("of"))
_WHICH: Final = case.c.alias == sa.bindparam("which")
_MOVE: Final = (
    sa.update(case).where(_WHICH).values(room_state=sa.bindparam("to"), room=sa.bindparam("in_room"))
)  # fmt: skip
_TAKEN: Final = sa.update(case).where(_WHICH).values(sealed_officer=sa.bindparam("by"))
_CLOSE: Final = sa.update(case).where(_WHICH).values(verdict=sa.bindparam("how"), closed_at=sa.bindparam("at"))
_ROOMS: Final = sa.select(cell_rooms).where(cell_rooms.c.cell == sa.bindparam("of"))
_SET_ROOMS: Final = insert_or_replace(cell_rooms, ["cell"])


class SqlCases:
    """Case files; who took one is sealed, the rest is the skeleton that officers and statistics need."""

    def __init__(self, transaction: Transaction, keys: Keys) -> None:
        self._transaction = transaction
        self._seal = keys.seal(Purpose.OFFICER)

    async def open(self, conversation: ConversationId, cell: Cell, now: datetime) -> Case:
        found = await self.of(conversation)
        if found is not None:
            return found
        number = (await self._transaction.rows(_COUNT_ON, {"prefix": cell.alias_prefix, "last": 1}))[0].last
        alias = Alias(f"{cell.alias_prefix}-{number:04d}")
        row = {
            "alias": alias, "conversation": conversation, "cell": cell.id,
            "room_state": RoomState.WANTED.value, "opened_at": now,
        }  # fmt: skip
        if not await self._transaction.changed(_OPEN, row):
            raise lost_race("a case")
        return Case(alias, conversation, cell.id, RoomState.WANTED, room=None, opened_at=now)

    async def of(self, conversation: ConversationId) -> Case | None:
        return self._case(await self._transaction.one(_OF, {"whose": conversation}))

    async def by_room(self, room: RoomId) -> Case | None:
        return self._case(await self._transaction.one(_BY_ROOM, {"where": room}))

    async def by_alias(self, alias: Alias) -> Case | None:
        return self._case(await self._transaction.one(_BY_ALIAS, {"which": alias}))

    async def in_state(self, states: Sequence[RoomState], limit: int) -> Sequence[Case]:
        wanted = {"states": [state.value for state in states], "most": limit}
        return [self._made(row) for row in await self._transaction.rows(_IN_STATE, wanted)]

    async def move(self, alias: Alias, state: RoomState, room: RoomId | None = None) -> None:
        found = self._case(await self._transaction.one(_LOCKED, {"which": alias}))
        if found is None or state not in ROOM_STEPS[found.room_state]:
            was = found.room_state.value if found else "no case"
            raise RuleBroken(f"a case on its way to {state.value} expected (see ROOM_STEPS), got {was}")
        self._transaction.write(_MOVE, {"which": alias, "to": state.value, "in_room": room or found.room})

    async def taken(self, alias: Alias, officer: OfficerId | None) -> None:
        sealed = self._seal.close(officer.encode(), "case_file", alias) if officer else None
        self._transaction.write(_TAKEN, {"which": alias, "by": sealed})

    async def close(self, alias: Alias, verdict: str, now: datetime) -> None:
        self._transaction.write(_CLOSE, {"which": alias, "how": verdict, "at": now})

    async def all(self, cell: CellId | None, limit: int, offset: int) -> Sequence[Case]:
        wanted = {"most": limit, "skip": offset}
        if cell is None:
            rows = await self._transaction.rows(_ALL, wanted)
        else:
            rows = await self._transaction.rows(_ALL_OF_CELL, wanted | {"of": cell})
        return [self._made(row) for row in rows]

    async def rooms_of(self, cell: CellId) -> CellRooms | None:
        found = await self._transaction.one(_ROOMS, {"of": cell})
        return CellRooms(RoomId(found.space), RoomId(found.lobby)) if found else None

    async def set_rooms_of(self, cell: CellId, rooms: CellRooms) -> None:
        self._transaction.write(_SET_ROOMS, {"cell": cell, "space": rooms.space, "lobby": rooms.lobby})

    def _case(self, row: Found | None) -> Case | None:
        return None if row is None else self._made(row)

    def _made(self, row: Found) -> Case:
        officer = row.sealed_officer and self._seal.open(row.sealed_officer, "case_file", row.alias).decode()
        return Case(
            alias=Alias(row.alias), conversation=ConversationId(row.conversation), cell=CellId(row.cell),
            room_state=RoomState(row.room_state), room=RoomId(row.room) if row.room else None,
            opened_at=row.opened_at, closed_at=row.closed_at, verdict=row.verdict,
            taken_by=OfficerId(officer) if officer else None,
        )  # fmt: skip
