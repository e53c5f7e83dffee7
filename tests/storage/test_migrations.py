"""The tables that migrations make are the tables that the code speaks of."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from domain.errors import OperatorError
from storage import migrate, schema
from storage.engines import Engine, engine_for
from storage.sql import SqlStore
from tests.storage.conftest import Place
from tests.storage.words import KEYS

FAMILIES = ((migrate.HOUSE, schema.HOUSE), (migrate.VAULT, schema.VAULT))
OWN = {"house_version", "vault_version", "sqlite_sequence"}


def differences(connection: sa.Connection) -> list[object]:
    """What Alembic would still change."""
    found: list[object] = []
    for family, metadata in FAMILIES:
        names = set(metadata.tables)
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": family.version_table,
                "compare_type": True,
                "include_object": lambda thing, name, kind, reflected, other, names=names: (
                    kind != "table" or name in names
                ),
            },
        )
        found += compare_metadata(context, metadata)
    return found


def tables(connection: sa.Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names()) - OWN


async def test_migrated_tables_are_those_of_the_schema(place: Place) -> None:
    engine = await _migrated(place.url)
    try:
        assert await engine.run_sync(tables) == set(schema.HOUSE.tables) | set(schema.VAULT.tables)
        assert await engine.run_sync(differences) == []
    finally:
        await engine.close()


async def test_migrations_go_down_and_up_again(place: Place) -> None:
    engine = await _migrated(place.url)
    try:
        for family, _ in FAMILIES:
            await engine.run_sync(family.downgrade)
        assert await engine.run_sync(tables) == set()
        for family, _ in FAMILIES:
            await engine.run_sync(family.upgrade)
        assert await engine.run_sync(differences) == []
    finally:
        await engine.close()


async def _migrated(url: str) -> Engine:
    await migrate.upgrade(url)
    return engine_for(url)


async def test_pending_migrations_are_told_and_run_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    expected = ["house 0001 first tables", "vault 0001 first tables"]
    assert await migrate.pending(url) == expected
    assert await migrate.upgrade(url) == expected
    assert await migrate.pending(url) == []
    assert await migrate.upgrade(url) == []


@pytest.mark.servers
async def test_processes_that_start_together_migrate_once(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server = request.getfixturevalue("postgres")
    for url in (f"sqlite:///{tmp_path / 'new.db'}", server.create("test_together")):
        stores = await asyncio.gather(*(SqlStore.open(url, KEYS, migrate=True) for _ in range(3)))
        assert all([await store.is_well() for store in stores])
        for store in stores:
            await store.close()


async def test_a_vault_apart_has_its_own_tables_only(tmp_path: Path) -> None:
    url, vault_url = f"sqlite:///{tmp_path / 'house.db'}", f"sqlite:///{tmp_path / 'vault.db'}"
    await migrate.upgrade(url, vault_url)
    for where, metadata in ((url, schema.HOUSE), (vault_url, schema.VAULT)):
        engine = engine_for(where)
        try:
            assert await engine.run_sync(tables) == set(metadata.tables)
        finally:
            await engine.close()


async def test_a_store_refuses_tables_that_are_not_up_to_date(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"guichet migrate.*house 0001 first tables"):
        await SqlStore.open(f"sqlite:///{tmp_path / 'new.db'}", KEYS)
