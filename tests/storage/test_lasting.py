"""What was confirmed outlives whatever may happen."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from blockbuster import blockbuster_ctx

from domain import events as e
from domain.errors import StorageGone
from domain.ids import MessageRef
from handlers.ports import Target
from storage.barrier import Barrier, sync_log_of
from storage.faults import ours
from storage.sql import SqlStore
from storage.worker import Worker
from tests.storage.conftest import Place
from tests.storage.words import CONTACT, KEYS, LEASE, NOW, ONE, OPENING, SOON, begin, said, to_citizen

ROOT = Path(__file__).parents[2]

WRITER = """
import asyncio, sys
from storage.sql import SqlStore
from tests.storage.words import KEYS, NOW, ONE, said

async def write(url):
    store = await SqlStore.open(url, KEYS)
    number = int(sys.argv[2])
    while True:
        number += 1
        async with store.unit() as unit:
            await unit.inbox.add(said(str(number), str(number)), ONE, NOW)
            await unit.cursors.set("telegram", str(number))
        print(number, flush=True)

asyncio.run(write(sys.argv[1]))
"""


async def test_kill_minus_nine_loses_nothing_that_was_confirmed(place: Place) -> None:
    """Three times in mid-write: every confirmed arrival is there once, and the cursor agrees with the inbox."""
    store = await place.open()
    await begin(store)
    last = 0
    for _ in range(3):
        last = await asyncio.to_thread(_write_until_killed, place.url, last)
        async with store.unit() as unit:
            heard = [int(getattr(item.message.content, "text", 0)) for item in await unit.inbox.next(ONE, 100_000)]
            cursor = int(await unit.cursors.get("telegram") or 0)
        assert heard == list(range(1, cursor + 1))
        assert last <= cursor <= last + 1
        last = cursor


def _write_until_killed(url: str, last: int) -> int:
    """The last number that the process confirmed before it was killed."""
    command = [sys.executable, "-c", WRITER, url, str(last)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as run:
        assert run.stdout is not None
        lines = _lines(run.stdout.fileno())
        heard = [next(lines) for _ in range(20)]
        run.send_signal(signal.SIGKILL)
        return int([*heard, *lines][-1])


def _lines(handle: int) -> Iterator[bytes]:
    """Whole lines only: the last one may have been cut by the kill."""
    rest = b""
    while got := os.read(handle, 4096):
        *whole, rest = (rest + got).split(b"\n")
        yield from whole


async def test_a_turn_never_blocks_the_loop(store: SqlStore) -> None:
    """Files and sockets are touched in threads or asynchronously only."""
    async with store.unit() as unit:  # connections are made once, at start
        await unit.cursors.get("telegram")
    with blockbuster_ctx():
        await begin(store)
        async with store.unit() as unit:
            await unit.vault.bind(CONTACT, ONE, SOON)
            await unit.inbox.add(said("bonjour", "1"), ONE, NOW)
            await unit.inbox.claim("us", NOW, LEASE, 9)
        async with store.unit() as unit:
            before = await unit.conversations.load(ONE)
            await unit.conversations.append(before, [*OPENING, e.CitizenSpoke("bonjour")], NOW)
            await unit.deliveries.add(ONE, to_citizen("bonjour"), NOW)
            await unit.inbox.done((await unit.inbox.next(ONE, 9))[0].id)
        async with store.unit() as unit:
            due = await unit.deliveries.due(Target.CITIZEN, NOW, 9)
            await unit.deliveries.sent(due[0].id, [MessageRef("1")], NOW)
        async with store.unit() as unit:
            await unit.conversations.erase(ONE, NOW)


# --- the barrier -----------------------------------------------------------------------------------


class SlowDisk:
    """A disk whose syncs end when told to."""

    def __init__(self) -> None:
        self.syncs = 0
        self.has_begun, self.may_end = Event(), Event()

    def sync(self) -> None:
        self.syncs += 1
        self.has_begun.set()
        assert self.may_end.wait(20)


async def test_those_who_wait_together_share_one_sync() -> None:
    """Who came after a sync had begun is served by the next one: nobody is told too early."""
    disk = SlowDisk()
    barrier = Barrier(disk.sync)
    first = asyncio.create_task(barrier.pass_())
    assert await asyncio.to_thread(disk.has_begun.wait, 20)
    others = [asyncio.create_task(barrier.pass_()) for _ in range(10)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in (first, *others))
    disk.may_end.set()
    await asyncio.gather(first, *others)
    assert disk.syncs == 2
    await barrier.pass_()
    assert disk.syncs == 3
    barrier.end()


async def test_a_failed_sync_promises_nothing_any_more() -> None:
    """The system may have dropped what it could not write; a later sync that succeeds would prove nothing."""
    failures = [OSError("disk")]

    def sync() -> None:
        if failures:
            raise failures.pop()

    barrier = Barrier(sync)
    for _ in range(2):
        with pytest.raises(StorageGone), ours():
            await barrier.pass_()
    barrier.end()


def test_the_log_of_a_file_is_synced_if_there_is_one(tmp_path: Path) -> None:
    sync_log_of(None)()
    sync_log_of(tmp_path / "x.db")()
    (tmp_path / "x.db-wal").write_bytes(b"x")
    sync_log_of(tmp_path / "x.db")()


async def test_a_store_waits_for_the_disk_before_it_confirms(tmp_path: Path) -> None:
    """A store whose disk fails confirms nothing that must last; reading still works."""
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'x.db'}", KEYS, migrate=True)
    await begin(store)
    log = tmp_path / "x.db-wal"
    hidden = tmp_path / "hidden"
    log.rename(hidden)
    log.mkdir()  # opening it for a sync fails as on a broken disk
    with pytest.raises(StorageGone):
        await begin(store, ONE[:-1] + "9")  # type: ignore[arg-type]  # a conversation id
    async with store.unit() as unit:
        assert (await unit.conversations.load(ONE)).seq == 0
    log.rmdir()
    hidden.rename(log)
    await store.close()


# --- the worker ------------------------------------------------------------------------------------


async def test_a_worker_keeps_the_order_also_of_what_is_cancelled() -> None:
    worker, done, may_go = Worker("test"), [], Event()
    first = asyncio.create_task(worker.call(lambda: may_go.wait(20)))
    second = asyncio.create_task(worker.call(lambda: done.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    worker.submit(lambda: done.append("third"))
    may_go.set()
    assert await first
    await worker.call(lambda: done.append("fourth"))
    assert done == ["second", "third", "fourth"]
    worker.end()


async def test_a_worker_survives_what_fails() -> None:
    worker = Worker("test")
    with pytest.raises(ZeroDivisionError):
        await worker.call(lambda: 1 // 0)
    assert await worker.call(lambda: 2) == 2
    worker.end()
