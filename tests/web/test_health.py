"""The pages for machines: alive, ready, and figures without content."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from domain.errors import StorageGone
from domain.ids import Contact, ConversationId
from domain.messages import ToCitizen
from handlers.ports import NewLetter, Target, Unit
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.web.fakes import VAUCLUSE, StoppedClock
from web.health import COUNTED, READY, HealthPages

ONE = ConversationId("1" * 32)


class Roles:
    """What roles say of themselves in these tests."""

    def __init__(self) -> None:
        self.said = {"telegram": READY, "matrix": READY}

    def roles(self) -> Mapping[str, str]:
        return self.said

    def counts(self) -> Mapping[str, int]:
        return {"turns": 12, "backfilled_events": 2}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'health.db'}", Keys(bytes(range(32))), migrate=True)
    yield store
    await store.close()


@pytest.fixture
def roles() -> Roles:
    return Roles()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def client(store: SqlStore, roles: Roles, clock: StoppedClock) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=list(HealthPages(roles, store, clock).routes()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://health.test") as client:
        yield client


async def test_alive_as_long_as_the_loop_turns(client: httpx.AsyncClient, roles: Roles) -> None:
    """A role that stopped does not make the process dead."""
    roles.said["matrix"] = "token-refused"
    assert (await client.get("/healthz")).status_code == 200


async def test_ready_when_every_role_is(client: httpx.AsyncClient) -> None:
    """With the store among them."""
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "roles": {"telegram": "ready", "matrix": "ready", "store": "ready"}}


async def test_not_ready_says_which_role_and_why(client: httpx.AsyncClient, roles: Roles) -> None:
    """503 with a reason key."""
    roles.said["matrix"] = "token-refused"
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["roles"]["matrix"] == "token-refused"


class LostStore:
    """A store that is out of reach."""

    async def is_well(self) -> bool:
        return False

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        raise StorageGone("out of reach")
        yield

    async def hold(self, role: str, owner: str, now: datetime, lease: timedelta) -> None:
        raise StorageGone("out of reach")

    async def let_go(self, role: str, owner: str) -> None:
        raise StorageGone("out of reach")


async def test_a_lost_store_is_not_ready_and_figures_still_come(roles: Roles, clock: StoppedClock) -> None:
    """Both pages answer without it, and say so."""
    app = Starlette(routes=list(HealthPages(roles, LostStore(), clock).routes()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://health.test") as client:
        answer, text = await client.get("/readyz"), (await client.get("/metrics")).text
    assert (answer.status_code, answer.json()["roles"]["store"]) == (503, "store-gone")
    assert 'guichet_ready{role="store"} 0.0' in text
    assert "guichet_turns_total 12.0" in text


async def test_figures_count_what_waits(client: httpx.AsyncClient, store: SqlStore, clock: StoppedClock) -> None:
    """Lag by queue with its age, letters by side and state, totals; no identifier anywhere."""
    async with store.unit() as unit:
        await unit.conversations.create(ONE, VAUCLUSE.id, clock.now())
        await unit.vault.bind(Contact("telegram:777"), ONE, clock.now())
        await unit.deliveries.add(ONE, NewLetter(Target.CITIZEN, ToCitizen("Bonjour")), clock.now())
    clock.forward(seconds=30)
    text = (await client.get("/metrics")).text
    for line in (
        'guichet_waiting{queue="citizen"} 1.0',
        'guichet_oldest_seconds{queue="citizen"} 30.0',
        'guichet_waiting{queue="room"} 0.0',
        'guichet_waiting{queue="inbox"} 0.0',
        'guichet_deliveries{state="queued",target="citizen"} 1.0',
        'guichet_ready{role="matrix"} 1.0',
        "guichet_backfilled_events_total 2.0",
    ):
        assert line in text
    assert all(f"guichet_{name}_total" in text for name in COUNTED)
    assert ONE not in text
    assert "777" not in text
    assert "Bonjour" not in text
