"""The officers' side with the real store, and officers with plain nio clients, for tests against the real Synapse."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nio import (
    Api,
    AsyncClient,
    AsyncClientConfig,
    InviteMemberEvent,
    KeysUploadResponse,
    MegolmEvent,
    RoomMessage,
    ToDeviceError,
)

from bots.matrix.officer_bot import MatrixOfficers
from bots.matrix.sas import Comparison
from bots.matrix.settings import MatrixSettings
from domain.case import Case, Cell, Officer, RoomState
from domain.ids import CellId, OfficerId, RoomId
from domain.messages import FromOfficer, ToOfficers
from domain.questionnaire import Questionnaire
from handlers.intake import FrontDoor
from handlers.rooms import RoomKeeper
from storage.chance import SystemIds
from storage.live import MemoryLive
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.servers.synapse import Account, LocalSynapse

CELL = CellId("vaucluse")
WAIT_S = 20.0


class RealClock:
    """The machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class HandClock:
    """A time that moves when told."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, span: timedelta) -> None:
        self.at += span


@dataclass
class OneCell:
    """A house with one cell; officers may be added."""

    cell: Cell

    def get(self, cell: CellId) -> Cell | None:
        return self.cell if cell == self.cell.id else None

    def default(self) -> Cell:
        return self.cell

    def all(self) -> Sequence[Cell]:
        return (self.cell,)

    def questionnaire(self, cell: Cell) -> Questionnaire:
        raise NotImplementedError("the officers' side asks no questions")


def cell_of(accounts: Sequence[Account], **changes: Any) -> Cell:
    officers = tuple(Officer(OfficerId(one.user_id), "police") for one in accounts)
    return replace(Cell(CELL, "CROSS Vaucluse", "Vaucluse", officers, "stupefiants"), **changes)


async def until(condition: Callable[[], object], wait_s: float = WAIT_S, what: str = "a condition") -> None:
    """Return when the condition holds; the officers' server has no event of ours to wait for."""
    end = asyncio.get_running_loop().time() + wait_s
    while not condition():
        if asyncio.get_running_loop().time() > end:
            raise TimeoutError(f"{what} did not come within {wait_s} s")
        await asyncio.sleep(0.02)


@dataclass
class MatrixHouse:
    """A store on disk, the front door, one cell, and the bot of one account; restartable."""

    synapse: LocalSynapse
    folder: Path
    account: Account
    cells: OneCell
    clock: Any = field(default_factory=RealClock)
    changes: dict[str, Any] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)
    store: SqlStore = field(init=False)
    bot: MatrixOfficers = field(init=False)
    running: asyncio.Task[None] | None = None

    async def open(self) -> "MatrixHouse":
        self.folder.mkdir(parents=True, exist_ok=True)
        keys = Keys.load_or_make(self.folder / "master.key")
        self.store = await SqlStore.open(f"sqlite:///{self.folder / 'house.db'}", keys, migrate=True)
        self.live = MemoryLive()
        self.door = FrontDoor(self.store, self.cells, self.clock, SystemIds(), self.live, timedelta(days=30))
        self.bot = MatrixOfficers(self.settings, self.store, self.door, self.cells, self.clock, self.comparisons.append)
        return self

    @property
    def settings(self) -> MatrixSettings:
        base = MatrixSettings(
            self.synapse.url, self.account.user_id, self.folder / "crypto", self.account.password,
            patience=timedelta(0),
        )  # fmt: skip
        return replace(base, **self.changes)

    async def start(self) -> "MatrixHouse":
        """Started and past its first sync."""
        await self.bot.start()
        self.running = asyncio.create_task(self.bot.run())
        await self.until(lambda: self.bot.health.has_synced, what="the first sync")
        return self

    async def until(self, condition: Callable[[], object], wait_s: float = WAIT_S, what: str = "a condition") -> None:
        """As `until`, but an ended bot is told at once."""

        def ended_or_done() -> bool:
            if self.running is not None and self.running.done():
                self.running.result()
                raise RuntimeError("the bot has ended")
            return bool(condition())

        await until(ended_or_done, wait_s, what)

    async def stop(self) -> None:
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None
        await self.bot.stop()

    async def close(self) -> None:
        await self.stop()
        await self.store.close()

    async def restart(self) -> "MatrixHouse":
        """Everything closed and opened again, as after a new start of the program."""
        await self.close()
        await self.open()
        return await self.start()

    async def open_case(self) -> Case:
        """A case that wants a room."""
        async with self.store.unit() as unit:
            conversation = SystemIds().conversation()
            await unit.conversations.create(conversation, self.cells.cell.id, self.clock.now())
            return await unit.cases.open(conversation, self.cells.cell, self.clock.now())

    async def ready_case(self, case: Case | None = None, state: RoomState = RoomState.READY) -> Case:
        """A case whose room has come that far, by the house's own room keeper."""
        case = case or await self.open_case()
        keeper = RoomKeeper(self.store, self.cells, self.bot.channel, self.live)
        end = asyncio.get_running_loop().time() + WAIT_S
        while (now := await self.case(case)).room_state is not state:
            if asyncio.get_running_loop().time() > end:
                raise TimeoutError(f"the room stayed {now.room_state}")
            if not await keeper.round():
                await asyncio.sleep(0.05)
        return now

    async def case(self, case: Case) -> Case:
        async with self.store.unit() as unit:
            found = await unit.cases.by_alias(case.alias)
        assert found is not None
        return found

    async def say(self, case: Case, text: str, transaction: str = "", **more: Any) -> str:
        """A citizen's words in the room, as the postman sends them."""
        assert case.room is not None
        letter = ToOfficers(text, "citizen", **more)
        return await self.bot.channel.send(case.room, letter, transaction or f"g-{text}", None, None)

    async def heard(self, case: Case) -> list[FromOfficer]:
        """What waits in the case's lane, in order."""
        async with self.store.unit() as unit:
            items = await unit.inbox.next(case.conversation, 10_000)
        return [item.message for item in items if isinstance(item.message, FromOfficer)]

    async def hears(self, case: Case, count: int, wait_s: float = WAIT_S) -> list[FromOfficer]:
        """The first `count` messages of the lane, as soon as they are there."""
        end = asyncio.get_running_loop().time() + wait_s
        while len(found := await self.heard(case)) < count:
            if asyncio.get_running_loop().time() > end:
                raise TimeoutError(f"{len(found)} of {count} messages came within {wait_s} s")
            await asyncio.sleep(0.02)
        return found


class NioOfficer:
    """An officer with a plain nio client: joins what it is invited to, keeps what it reads."""

    def __init__(self, synapse: LocalSynapse, account: Account, folder: Path) -> None:
        self.account, self.user_id = account, account.user_id
        folder.mkdir(parents=True, exist_ok=True)
        config = AsyncClientConfig(store_sync_tokens=False, pickle_key="officer")
        self.client = AsyncClient(synapse.url, account.user_id, store_path=str(folder), config=config)
        self.read: list[tuple[str, str, str]] = []
        self.events: list[tuple[str, Any]] = []
        self.unreadable: list[tuple[str, str]] = []
        self.client.add_event_callback(self._on_event, object)
        self.client.add_event_callback(self._on_invite, InviteMemberEvent)

    async def start(self) -> "NioOfficer":
        await self.client.login(self.account.password, device_name="officer")
        await self.client.keys_upload()
        self._task = asyncio.create_task(self.client.sync_forever(5000, full_state=True))
        await self.client.synced.wait()
        return self

    async def _on_event(self, room: Any, event: Any) -> None:
        self.events.append((room.room_id, event))
        if isinstance(event, MegolmEvent):
            self.unreadable.append((room.room_id, event.event_id))
        elif isinstance(event, RoomMessage):
            self.read.append((room.room_id, event.event_id, getattr(event, "body", "")))

    async def _on_invite(self, room: Any, event: Any) -> None:
        if event.membership == "invite" and event.state_key == self.user_id:
            await self.client.join(room.room_id)

    def bodies(self, room: str | None) -> list[str]:
        return [body for where, _, body in self.read if where == room]

    async def joined(self, room: str | None) -> None:
        await until(lambda: room in self.client.rooms, what="joining the room")

    async def content(self, room: str | None, content: dict[str, Any], kind: str = "m.room.message") -> str:
        """Send any content; returns the event id."""
        await self.joined(room)
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        return str(answer.event_id)

    async def say(self, room: str | None, body: str, **more: Any) -> str:
        return await self.content(room, {"msgtype": "m.text", "body": body, **more})

    async def clear(self, room: str, kind: str, content: dict[str, Any]) -> str:
        """An event that is not encrypted, whatever the room is; "" when the server itself refuses it."""
        path = f"/_matrix/client/v3/rooms/{room}/send/{kind}/{id(content)}"
        headers = {"Authorization": f"Bearer {self.client.access_token}", "Content-Type": "application/json"}
        answer = await self.client.send("PUT", path, json.dumps(content), headers)
        return str((await answer.json()).get("event_id", ""))

    async def to_device(self, message: Any) -> None:
        assert not isinstance(await self.client.to_device(message), ToDeviceError)

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()


@contextlib.asynccontextmanager
async def stray_login(synapse: LocalSynapse, account: Account, folder: Path) -> AsyncIterator[AsyncClient]:
    """A second device of the account, with its own keys: an old login, or a thief. folder: exists."""
    client = AsyncClient(synapse.url, account.user_id, store_path=str(folder), config=AsyncClientConfig(pickle_key="x"))
    try:
        await client.login(account.password, device_name="stray")
        await client.keys_upload()
        yield client
    finally:
        await client.close()
        if client.store is not None:
            client.store.database.close()


@contextlib.asynccontextmanager
async def dead_device(
    synapse: LocalSynapse, account: Account, folder: Path, keys: dict[str, dict[str, Any]]
) -> AsyncIterator[AsyncClient]:
    """A device of the account with these one-time keys only, signed as they should be."""
    await asyncio.to_thread(folder.mkdir)
    client = AsyncClient(synapse.url, account.user_id, store_path=str(folder), config=AsyncClientConfig(pickle_key="x"))
    try:
        await client.login(account.password, device_name="dead")
        assert client.olm is not None
        shared = client.olm.share_keys()
        name = f"ed25519:{client.device_id}"
        signed = {
            key: {**value, "signatures": {account.user_id: {name: client.olm.sign_json(dict(value))}}}
            for key, value in keys.items()
        }
        await client._send(
            KeysUploadResponse, *Api.keys_upload(client.access_token, {**shared, "one_time_keys": signed})
        )
        yield client
    finally:
        await client.close()
        if client.store is not None:
            client.store.database.close()


def room_of(case: Case) -> RoomId:
    """The room of a case that has one."""
    assert case.room is not None
    return case.room
