"""A backup is whole, taken while the house works, and sealed."""

import asyncio
import stat
from pathlib import Path

import pytest

from domain.errors import OperatorError, StorageGone
from storage.backup import back_up
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.storage.words import KEYS, NOW, ONE, begin, said


async def test_a_backup_is_a_moment_of_the_whole(tmp_path: Path) -> None:
    """Taken in the middle of writing: what is in it is complete up to that moment."""
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'house.db'}", KEYS, migrate=True)
    await begin(store)

    async def write() -> None:
        for number in range(1, 60):
            async with store.unit() as unit:
                await unit.inbox.add(said("canari", str(number)), ONE, NOW)
                await unit.cursors.set("telegram", str(number))

    writing = asyncio.create_task(write())
    await back_up(f"sqlite:///{tmp_path / 'house.db'}", tmp_path / "copy.db")
    await writing
    await store.close()
    copy = await SqlStore.open(f"sqlite:///{tmp_path / 'copy.db'}", KEYS)
    async with copy.unit() as unit:
        assert len(await unit.inbox.next(ONE, 99)) == int(await unit.cursors.get("telegram") or 0)
    await copy.close()


async def test_a_backup_is_for_its_owner_and_sealed(tmp_path: Path) -> None:
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'house.db'}", KEYS, migrate=True)
    await begin(store)
    async with store.unit() as unit:
        await unit.inbox.add(said("canari", "1"), ONE, NOW)
    await back_up(f"sqlite:///{tmp_path / 'house.db'}", tmp_path / "copy.db")
    await store.close()
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert b"canari" not in (tmp_path / "copy.db").read_bytes()
    with pytest.raises(OperatorError, match="does not open"):
        await SqlStore.open(f"sqlite:///{tmp_path / 'copy.db'}", Keys(bytes(32)))


async def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"precious")
    with pytest.raises(OperatorError, match="exists already"):
        await back_up(f"sqlite:///{tmp_path / 'house.db'}", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"precious"


async def test_what_cannot_be_backed_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="pg_dump"):
        await back_up("postgresql://u@127.0.0.1/x", tmp_path / "copy")
    with pytest.raises(OperatorError, match="SQLite file expected"):
        await back_up("sqlite://", tmp_path / "copy")
    with pytest.raises(StorageGone):
        await back_up(f"sqlite:///{tmp_path / 'nowhere.db'}", tmp_path / "copy")
