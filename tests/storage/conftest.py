"""The stores and the live states that the contract suites run against."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from storage import migrate
from storage.live import MemoryLive
from storage.live_redis import RedisLive
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.servers import postgres as postgres_server
from tests.servers import redis as redis_server
from tests.storage.words import KEYS

TEMPLATE = "guichet_template"
_numbers = count(1)


@dataclass
class Place:
    """A database of one kind, in which stores can be opened; a second one is like another process."""

    kind: str
    url: str
    postgres: postgres_server.LocalPostgres | None = None
    files: tuple[Path, ...] = ()
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def open(self, keys: Keys = KEYS, vault_url: str | None = None) -> SqlStore:
        """A store, closed with the test."""
        store = await SqlStore.open(self.url, keys, vault_url, migrate=True)
        self._stack.push_async_callback(store.close)
        return store

    async def close(self) -> None:
        """Every store opened here is closed."""
        await self._stack.aclose()

    def raw(self) -> bytes:
        """Everything that a thief of the database would carry away."""
        if self.postgres is None:
            return b"".join(path.read_bytes() for path in self.files if path.exists())
        return self.postgres.dump(self.url.rpartition("/")[2])


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.LocalPostgres]:
    """A PostgreSQL of our own; tests that need it are skipped where it is not installed."""
    if postgres_server.binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    server = postgres_server.LocalPostgres()
    try:
        yield server.start()
    finally:
        server.remove()


@pytest.fixture(scope="session")
def redis() -> Iterator[redis_server.LocalRedis]:
    """A Redis of our own; tests that need it are skipped where it is not installed."""
    if redis_server.binary() is None:
        pytest.skip("Redis is not installed")
    server = redis_server.LocalRedis()
    try:
        yield server.start()
    finally:
        server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "guichet.db"
        here = Place("sqlite", f"sqlite:///{path}", files=tuple(Path(f"{path}{end}") for end in ("", "-wal", "-shm")))
    else:
        server = request.getfixturevalue("postgres")
        here = Place("postgresql", await _fresh(server), postgres=server)
    yield here
    await here.close()


async def _fresh(server: postgres_server.LocalPostgres) -> str:
    """A database copied from a template that has its tables already."""
    if not server.query("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"):
        await migrate.upgrade(server.create(TEMPLATE))
    return server.create(f"test_{next(_numbers)}", TEMPLATE)


@pytest.fixture
async def store(place: Place) -> SqlStore:
    """A store on an empty database."""
    return await place.open()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.servers)])
async def live(request: pytest.FixtureRequest) -> AsyncIterator[MemoryLive | RedisLive]:
    """Live state, once of each kind."""
    if request.param == "memory":
        yield MemoryLive()
        return
    server = request.getfixturevalue("redis")
    server.command("FLUSHALL")
    shared = RedisLive(server.url, KEYS)
    yield shared
    await shared.close()
