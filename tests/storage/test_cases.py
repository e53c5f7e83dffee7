"""Cases, their aliases and their rooms."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import Case, Cell, CellRooms, RoomState
from domain.errors import RuleBroken
from domain.ids import Alias, CellId, ConversationId, OfficerId, RoomId
from storage.sql import SqlStore
from tests.storage.conftest import Place
from tests.storage.words import CELL, NOW, ONE, SOON, THREE, TWO, begin

ROOM = RoomId("!abc:cell.example")


async def opened(store: SqlStore, conversation: ConversationId = ONE, cell: Cell = CELL) -> Case:
    async with store.unit() as unit:
        return await unit.cases.open(conversation, cell, NOW)


async def case_of(store: SqlStore, conversation: ConversationId = ONE) -> Case:
    async with store.unit() as unit:
        found = await unit.cases.of(conversation)
        assert found is not None
        return found


async def test_a_case_begins_wanted_with_the_next_alias(store: SqlStore) -> None:
    await begin(store, ONE, TWO)
    expected = Case(Alias("V-0001"), ONE, CELL.id, RoomState.WANTED, None, NOW)
    assert await opened(store) == expected == await case_of(store)
    assert (await opened(store, TWO)).alias == "V-0002"


async def test_a_conversation_has_one_case(store: SqlStore) -> None:
    await begin(store)
    assert (await opened(store)).alias == (await opened(store)).alias == "V-0001"


async def test_cells_that_share_a_prefix_share_the_count(store: SqlStore) -> None:
    """An alias is read aloud: it names one case in the whole house."""
    await begin(store, ONE, TWO, THREE)
    gard = replace(CELL, id=CellId("gard"))
    nord = replace(CELL, id=CellId("nord"), alias_prefix="N")
    aliases = [(await opened(store, one, cell)).alias for one, cell in ((ONE, CELL), (TWO, gard), (THREE, nord))]
    assert aliases == ["V-0001", "V-0002", "N-0001"]


async def test_aliases_stay_unique_when_many_open_at_once(place: Place, store: SqlStore) -> None:
    conversations = [ConversationId(f"{number:032x}") for number in range(24)]
    await begin(store, *conversations)
    other = await place.open()
    stores = [store, other] * 12
    cases = await asyncio.gather(*(opened(one, two) for one, two in zip(stores, conversations, strict=True)))
    assert sorted(case.alias for case in cases) == [f"V-{number:04d}" for number in range(1, 25)]


async def test_a_case_is_found_by_alias_and_by_room(store: SqlStore) -> None:
    await begin(store)
    case = await opened(store)
    async with store.unit() as unit:
        await unit.cases.move(case.alias, RoomState.CREATED, ROOM)
    expected = replace(case, room_state=RoomState.CREATED, room=ROOM)
    async with store.unit() as unit:
        assert await unit.cases.by_alias(case.alias) == expected
        assert await unit.cases.by_room(ROOM) == expected
        assert await unit.cases.by_alias(Alias("V-0099")) is None
        assert await unit.cases.by_room(RoomId("!other:x")) is None
        assert await unit.cases.of(TWO) is None


async def move(store: SqlStore, alias: Alias, state: RoomState) -> None:
    async with store.unit() as unit:
        await unit.cases.move(alias, state)


async def test_a_room_goes_step_by_step(store: SqlStore) -> None:
    await begin(store)
    alias = (await opened(store)).alias
    async with store.unit() as unit:
        await unit.cases.move(alias, RoomState.CREATED, ROOM)
    for state in (RoomState.MEMBERS_SEEN, RoomState.READY, RoomState.CLOSING, RoomState.LEFT):
        await move(store, alias, state)
        assert ((await case_of(store)).room_state, (await case_of(store)).room) == (state, ROOM)


@pytest.mark.parametrize("state", [RoomState.WANTED, RoomState.READY, RoomState.CLOSING])
async def test_a_room_skips_no_step(store: SqlStore, state: RoomState) -> None:
    await begin(store)
    alias = (await opened(store)).alias
    with pytest.raises(RuleBroken, match="ROOM_STEPS"):
        await move(store, alias, state)


async def test_an_unknown_case_goes_nowhere(store: SqlStore) -> None:
    with pytest.raises(RuleBroken, match="no case"):
        await move(store, Alias("V-0001"), RoomState.CREATED)


async def test_cases_are_found_by_the_state_of_their_room(store: SqlStore) -> None:
    await begin(store, ONE, TWO)
    first, second = await opened(store), await opened(store, TWO)
    await move(store, second.alias, RoomState.CREATED)
    async with store.unit() as unit:
        assert [case.alias for case in await unit.cases.in_state([RoomState.WANTED], 9)] == [first.alias]
        both = [RoomState.WANTED, RoomState.CREATED]
        assert [case.alias for case in await unit.cases.in_state(both, 9)] == [first.alias, second.alias]
        assert len(await unit.cases.in_state(both, 1)) == 1


async def test_who_took_a_case_is_known_to_us_and_to_no_thief(place: Place, store: SqlStore) -> None:
    await begin(store)
    alias = (await opened(store)).alias
    officer = OfficerId("@a.martin:cell.example")
    async with store.unit() as unit:
        await unit.cases.taken(alias, officer)
    assert (await case_of(store)).taken_by == officer
    assert b"a.martin" not in place.raw()
    async with store.unit() as unit:
        await unit.cases.taken(alias, None)
    assert (await case_of(store)).taken_by is None


async def test_a_closed_case_keeps_its_verdict(store: SqlStore) -> None:
    await begin(store)
    alias = (await opened(store)).alias
    async with store.unit() as unit:
        await unit.cases.close(alias, "exploitable", SOON)
    closed = await case_of(store)
    assert (closed.verdict, closed.closed_at) == ("exploitable", SOON)


async def test_the_list_of_cases_is_newest_first(store: SqlStore) -> None:
    await begin(store, ONE, TWO, THREE)
    for number, (one, cell) in enumerate(((ONE, CELL), (TWO, CELL), (THREE, replace(CELL, id=CellId("gard"))))):
        async with store.unit() as unit:
            await unit.cases.open(one, cell, NOW + timedelta(minutes=number))
    async with store.unit() as unit:
        assert [case.conversation for case in await unit.cases.all(None, 9, 0)] == [THREE, TWO, ONE]
        assert [case.conversation for case in await unit.cases.all(None, 1, 1)] == [TWO]
        assert [case.conversation for case in await unit.cases.all(CELL.id, 9, 0)] == [TWO, ONE]


async def test_a_cell_remembers_its_places(store: SqlStore) -> None:
    rooms = CellRooms(RoomId("!space:x"), RoomId("!lobby:x"))
    async with store.unit() as unit:
        assert await unit.cases.rooms_of(CELL.id) is None
        await unit.cases.set_rooms_of(CELL.id, replace(rooms, lobby=RoomId("!old:x")))
        await unit.cases.set_rooms_of(CELL.id, rooms)
    async with store.unit() as unit:
        assert await unit.cases.rooms_of(CELL.id) == rooms
