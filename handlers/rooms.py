"""The rooms of the officers, step by step along domain.case.ROOM_STEPS; each step may be repeated after a crash."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import structlog

from domain.case import Case, Cell, RoomState
from domain.errors import PlatformError, RoleStopped, StorageGone
from domain.ids import RoomId
from handlers.letterbox import LETTERS_BELL
from handlers.ports import Cells, LiveState, OfficerChannel, Store

log = structlog.get_logger(__name__)

UNFINISHED = (RoomState.WANTED, RoomState.CREATED, RoomState.MEMBERS_SEEN, RoomState.CLOSING)


class RoomKeeper:
    """Opens a room for every case that wants one, and leaves those that are closed."""

    def __init__(self, store: Store, cells: Cells, channel: OfficerChannel, live: LiveState) -> None:
        self._store, self._cells, self._channel, self._live = store, cells, channel, live
        self._steps: Mapping[RoomState, Callable[[Case, Cell], Awaitable[bool]]] = MappingProxyType({
            RoomState.WANTED: self._create,
            RoomState.CREATED: self._see_members,
            RoomState.MEMBERS_SEEN: self._become_ready,
            RoomState.CLOSING: self._leave,
        })  # fmt: skip

    async def run(self, stopping: asyncio.Event) -> None:
        """Take steps until `stopping`. Raises RoleStopped when the platform refuses us."""
        while not stopping.is_set():
            try:
                moved = await self.round()
            except StorageGone:
                log.error("rooms.store_gone")
                moved = False
            if not moved:
                await self._live.listen("rooms", 0.5)

    async def round(self) -> bool:
        """One step for every unfinished room; whether any moved."""
        async with self._store.unit() as unit:
            cases = await unit.cases.in_state(UNFINISHED, 100)
        moved = [await self._step(case) for case in cases]
        if any(moved):
            await self._live.wake(LETTERS_BELL)
        return any(moved)

    async def _step(self, case: Case) -> bool:
        cell = self._cells.get(case.cell) or self._cells.default()
        try:
            return await self._steps[case.room_state](case, cell)
        except RoleStopped:
            raise
        except PlatformError as error:
            log.warning("rooms.step_failed", case=case.alias, state=case.room_state, error=type(error).__name__)
            return False

    async def _create(self, case: Case, cell: Cell) -> bool:
        """Find before creating: creation has no transaction id, so a crash could have made the room already."""
        async with self._store.unit() as unit:
            known = await unit.cases.rooms_of(cell.id)
        places = await self._channel.places(cell, known)
        if places != known:
            async with self._store.unit() as unit:
                await unit.cases.set_rooms_of(cell.id, places)
        room = await self._channel.find_room(case.alias) or await self._channel.create_room(case, cell, places)
        return await self._move(case, RoomState.CREATED, room)

    async def _see_members(self, case: Case, cell: Cell) -> bool:
        seen = case.room is not None and await self._channel.members_seen(case.room, cell)
        return seen and await self._move(case, RoomState.MEMBERS_SEEN)

    async def _become_ready(self, case: Case, cell: Cell) -> bool:
        may = case.room is not None and await self._channel.may_speak(case.room, cell)
        return may and await self._move(case, RoomState.READY)

    async def _leave(self, case: Case, cell: Cell) -> bool:
        if case.room is not None:
            await self._channel.leave(case.room)
        return await self._move(case, RoomState.LEFT)

    async def _move(self, case: Case, state: RoomState, room: RoomId | None = None) -> bool:
        async with self._store.unit() as unit:
            await unit.cases.move(case.alias, state, room)
        return True
