"""Units of work, roles, and what happens when the database does not answer."""

import asyncio
import inspect
import signal
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy.exc

from domain.errors import LeaseHeld, OperatorError, RuleBroken, StorageGone
from domain.ids import ConversationId
from handlers.ports import Store, Unit
from storage import migrate
from storage.engines import engine_for
from storage.faults import FAULTS, ours
from storage.sealing import Keys
from storage.sql import SqlStore
from storage.sqlite import SqliteEngine
from tests.servers.postgres import LocalPostgres
from tests.storage.conftest import Place
from tests.storage.words import CELL, CONTACT, KEYS, LEASE, NOW, ONE, SOON, TWO, begin, said


def test_the_store_keeps_its_protocol() -> None:
    """mypy checks the signatures; this that every part of a unit is there."""
    store: type[Store] = SqlStore
    assert inspect.isclass(store)
    assert {"inbox", "conversations", "deliveries", "vault", "cases", "desk"} <= Unit.__annotations__.keys()


async def test_a_unit_that_does_nothing_costs_nothing(store: SqlStore) -> None:
    async with store.unit():
        pass


async def test_units_at_once_do_not_mix(store: SqlStore) -> None:
    """Many turns side by side, each with its own conversation."""
    conversations = [ConversationId(f"{number:032x}") for number in range(30)]
    await begin(store, *conversations)

    async def turn(conversation: ConversationId) -> list[str]:
        async with store.unit() as unit:
            await unit.inbox.add(said(conversation, conversation), conversation, NOW)
            await asyncio.sleep(0)
        async with store.unit() as unit:
            items = await unit.inbox.next(conversation, 9)
            return [getattr(item.message.content, "text", "") for item in items]

    heard = await asyncio.gather(*map(turn, conversations))
    assert heard == [[conversation] for conversation in conversations]


async def test_a_unit_inside_a_unit_is_refused(store: SqlStore) -> None:
    """It would wait for itself for ever."""

    async def nest() -> None:
        async with store.unit(), store.unit():
            pass

    with pytest.raises(RuleBroken, match="one unit at a time"):
        await nest()
    await begin(store)


async def test_a_cancelled_unit_leaves_nothing_and_blocks_nobody(store: SqlStore) -> None:
    await begin(store)
    inside = asyncio.Event()

    async def stuck() -> None:
        async with store.unit() as unit:
            await unit.inbox.add(said("a", "1"), ONE, NOW)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.unit() as unit:
        assert await unit.inbox.next(ONE, 9) == ()


@pytest.mark.parametrize("ticks", range(12))
async def test_a_unit_may_be_cancelled_at_any_moment(store: SqlStore, ticks: int) -> None:
    """Also in the middle of a statement or of the commit: it is whole or it is nothing, and the next one works."""
    await begin(store)

    async def turn() -> None:
        async with store.unit() as unit:
            await unit.inbox.add(said("a", "1"), ONE, NOW)
            await unit.cursors.set("telegram", "1")

    task = asyncio.create_task(turn())
    for _ in range(ticks):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with store.unit() as unit:
        assert len(await unit.inbox.next(ONE, 9)) == (0 if await unit.cursors.get("telegram") is None else 1)
        await unit.inbox.add(said("b", "2"), ONE, NOW)


async def test_a_role_has_one_holder(place: Place, store: SqlStore) -> None:
    other = await place.open()
    await store.hold("telegram", "us", NOW, LEASE)
    await store.hold("telegram", "us", SOON, LEASE)
    with pytest.raises(LeaseHeld, match="telegram"):
        await other.hold("telegram", "them", SOON, LEASE)
    await other.hold("matrix", "them", NOW, LEASE)
    await other.let_go("telegram", "them")
    with pytest.raises(LeaseHeld):
        await other.hold("telegram", "them", SOON + LEASE - timedelta(microseconds=1), LEASE)
    await other.hold("telegram", "them", SOON + LEASE, LEASE)
    with pytest.raises(LeaseHeld):
        await store.hold("telegram", "us", SOON + LEASE, LEASE)


async def test_a_role_let_go_is_free(store: SqlStore) -> None:
    await store.hold("telegram", "us", NOW, LEASE)
    await store.let_go("telegram", "us")
    await store.hold("telegram", "them", NOW, LEASE)


# --- opening -------------------------------------------------------------------------------------


async def test_a_wrong_key_is_refused_at_start(place: Place, store: SqlStore) -> None:
    with pytest.raises(OperatorError, match="does not open this database"):
        await place.open(Keys(bytes(32)))
    assert await (await place.open()).is_well()


async def test_a_wrong_key_for_the_vault_is_refused_too(place: Place, tmp_path: Path) -> None:
    vault_url = f"sqlite:///{tmp_path / 'vault.db'}"
    other = await SqlStore.open(f"sqlite:///{tmp_path / 'other.db'}", Keys(bytes(32)), vault_url, migrate=True)
    await other.close()
    with pytest.raises(OperatorError, match="does not open this database"):
        await place.open(vault_url=vault_url)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", ""])
async def test_a_strange_url_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(OperatorError, match="database URL"):
        await SqlStore.open(url, KEYS)


# --- when the database does not answer ---------------------------------------------------------------


def test_every_error_of_the_library_has_its_place() -> None:
    """A class that the library grows must find its nearest ancestor here on purpose."""
    known = tuple(FAULTS)
    database = [one for one in vars(sqlalchemy.exc).values() if inspect.isclass(one)]
    assert {one for one in database if issubclass(one, sqlalchemy.exc.DBAPIError)} - set(known) == set()
    for kind in known:
        error = kind.__new__(kind)
        with pytest.raises(FAULTS[kind]), ours():
            raise error


def test_an_error_message_holds_no_value() -> None:
    inner = RuntimeError("telegram:777000111")
    with pytest.raises(RuleBroken) as caught, ours():
        raise sqlalchemy.exc.IntegrityError("INSERT 777000111", {"m": "777000111"}, inner)
    assert str(caught.value) == "the database did not do what was asked: IntegrityError (RuntimeError)"


async def test_a_database_that_is_not_there_is_gone(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.db'}", "postgresql://u@127.0.0.1:9/x"):
        with pytest.raises(StorageGone):
            await SqlStore.open(url, KEYS)


async def test_a_locked_database_is_gone_and_comes_back(tmp_path: Path) -> None:
    """Another program holds the file: nothing is confirmed upstream, and the next try succeeds."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    await migrate.upgrade(url)
    impatient = SqliteEngine(sqlalchemy.make_url(url), timedelta(milliseconds=20))
    store = SqlStore(impatient, impatient, KEYS)
    await begin(store)
    engine = engine_for(url)
    blocker = engine.transaction()
    await blocker.rows(sqlalchemy.text("SELECT 1"))

    async def arrive() -> None:
        async with store.unit() as unit:
            await unit.vault.bind(CONTACT, ONE, SOON)

    with pytest.raises(StorageGone):
        await arrive()
    assert not await store.is_well()
    await blocker.undo()
    await arrive()
    assert await store.is_well()
    await engine.close()
    await store.close()


@pytest.mark.servers
async def test_a_stopped_postgresql_is_gone_and_comes_back() -> None:
    server = LocalPostgres()
    try:
        store = await SqlStore.open(server.start().create("house"), KEYS, migrate=True)
        await begin(store)
        server.stop(signal.SIGQUIT)
        with pytest.raises(StorageGone):
            await begin(store, TWO)
        assert not await store.is_well()
        server.start()
        for _ in range(8):  # each broken connection of the pool is found out once
            if await store.is_well():
                break
        await begin(store, TWO)
        async with store.unit() as unit:
            assert (await unit.conversations.load(TWO)).cell == CELL.id
        await store.close()
    finally:
        server.remove()
