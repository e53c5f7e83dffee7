"""The supervisors' desk and the audit journal."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.errors import GuichetError
from handlers.ports import Supervisor
from storage.engines import engine_for
from storage.schema import journal, journal_head
from storage.sql import SqlStore
from tests.storage.conftest import Place
from tests.storage.words import CELL, NOW, SOON

CLERK = Supervisor("c.durand", "$argon2id$hash", CELL.id)


async def test_an_account_is_found_by_name(store: SqlStore) -> None:
    async with store.unit() as unit:
        assert await unit.desk.supervisor(CLERK.name) is None
        await unit.desk.add_supervisor(replace(CLERK, password_hash="old", cell=None))
        await unit.desk.add_supervisor(CLERK)
    async with store.unit() as unit:
        assert await unit.desk.supervisor(CLERK.name) == CLERK


async def test_a_session_ends_at_its_time(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.desk.open_session("h1", CLERK.name, SOON)
    async with store.unit() as unit:
        assert await unit.desk.session("h1", NOW) == CLERK.name
        assert await unit.desk.session("h2", NOW) is None
        assert await unit.desk.session("h1", SOON) is None


async def test_a_closed_session_is_over(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.desk.open_session("h1", CLERK.name, SOON)
        await unit.desk.close_session("h1")
    async with store.unit() as unit:
        assert await unit.desk.session("h1", NOW) is None


# --- the journal ---------------------------------------------------------------------------------


async def write(store: SqlStore, *subjects: str) -> None:
    for number, subject in enumerate(subjects):
        async with store.unit() as unit:
            await unit.desk.write(NOW + timedelta(seconds=number), CLERK.name, "case.read", subject)


async def is_whole(store: SqlStore) -> bool:
    async with store.unit() as unit:
        return await unit.desk.journal_is_whole()


async def test_the_journal_is_read_newest_first(store: SqlStore) -> None:
    assert await is_whole(store)
    await write(store, "V-0001", "V-0002", "V-0003")
    async with store.unit() as unit:
        entries = await unit.desk.journal(2)
    assert [(entry.seq, entry.subject, entry.actor, entry.action) for entry in entries] == [
        (3, "V-0003", CLERK.name, "case.read"),
        (2, "V-0002", CLERK.name, "case.read"),
    ]
    assert entries[0].at == NOW + timedelta(seconds=2)
    assert await is_whole(store)


async def test_writers_take_turns_on_the_chain(place: Place, store: SqlStore) -> None:
    other = await place.open()
    await asyncio.gather(*(write(one, f"V-{number:04d}") for number, one in enumerate([store, other] * 8)))
    async with store.unit() as unit:
        assert [entry.seq for entry in await unit.desk.journal(99)] == list(range(16, 0, -1))
    assert await is_whole(store)


async def tamper(place: Place, *statements: sa.Executable, disarm: bool = True) -> None:
    """What an intruder with full access to the database may do."""
    engine = engine_for(place.url)
    try:
        await engine.run_sync(lambda connection: _tamper(connection, place.kind, statements, disarm))
    finally:
        await engine.close()


def _tamper(connection: sa.Connection, kind: str, statements: tuple[sa.Executable, ...], disarm: bool) -> None:
    for trigger in _DISARM[kind] if disarm else ():
        connection.exec_driver_sql(trigger)
    for statement in statements:
        connection.execute(statement)


_DISARM = {
    "sqlite": ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete"),
    "postgresql": ("ALTER TABLE journal DISABLE TRIGGER ALL",),
}

CHANGES = {
    "a word changed": (sa.update(journal).where(journal.c.seq == 2).values(subject="V-0099"),),
    "a time changed": (sa.update(journal).where(journal.c.seq == 2).values(at=SOON + timedelta(days=1)),),
    "a line cut out": (sa.delete(journal).where(journal.c.seq == 2),),
    "the end cut off": (sa.delete(journal).where(journal.c.seq == 3),),
    "the end cut off and the head set back": (
        sa.delete(journal).where(journal.c.seq == 3),
        sa.update(journal_head).values(seq=2),
    ),
    "all gone": (sa.delete(journal),),
    "a line added": (
        sa.insert(journal).values(seq=4, at=NOW, actor="x", action="y", subject="z", hash="0" * 64),
        sa.update(journal_head).values(seq=4, hash="0" * 64),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_tampering_is_noticed(place: Place, store: SqlStore, change: str) -> None:
    await write(store, "V-0001", "V-0002", "V-0003")
    await tamper(place, *CHANGES[change])
    assert not await is_whole(store)


@pytest.mark.parametrize("change", ["a word changed", "a line cut out", "all gone"])
async def test_the_database_itself_refuses_to_change_the_journal(place: Place, store: SqlStore, change: str) -> None:
    await write(store, "V-0001", "V-0002", "V-0003")
    with pytest.raises(GuichetError):
        await tamper(place, *CHANGES[change], disarm=False)
    assert await is_whole(store)
