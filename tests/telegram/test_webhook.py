"""The webhook: pushed by the strict server to a real HTTP server, and knocked at by strangers."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bots.telegram.citizen_bot import TelegramCitizens
from bots.telegram.kinds import UPDATE_KINDS
from bots.telegram.settings import Mode, TelegramSettings
from bots.telegram.webhook import MAX_BODY_BYTES, SECRET_HEADER
from domain.errors import RoleStopped
from domain.messages import Photographed, Said
from tests.telegram.conftest import Opener
from tests.telegram.fakes import RecordingIntake
from tests.telegram.test_polling import photo
from tests.telegram_server import Citizen, TelegramServer

Site = Callable[[], AbstractAsyncContextManager[TelegramCitizens]]
UPDATE = {"update_id": 5, "message": {"message_id": 1, "date": 1_777_880_000, "text": "Bonjour"}}
UPDATE["message"]["chat"] = {"id": 700_001, "type": "private", "first_name": "Camille"}  # type: ignore[index]  # JSON


@asynccontextmanager
async def served(app: Starlette, listener: socket.socket) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


@pytest.fixture
def site(opened: Opener) -> Site:
    """The edge in webhook mode behind a real HTTP server on loopback, registered with the Bot API server."""

    @asynccontextmanager
    async def open_site() -> AsyncIterator[TelegramCitizens]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            async with opened(mode=Mode.WEBHOOK, webhook_url=address) as edge:
                assert edge.route is not None
                async with served(Starlette(routes=[edge.route]), listener):
                    await edge.start()
                    yield edge
                    await edge.stop()

    return open_site


async def test_updates_are_pushed_and_taken_back_to_polling(
    site: Site, opened: Opener, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    async with site():
        await camille.says("Bonjour")
        await camille.sends_photo(photo())
        await intake.until(2)
        registered = (await server.status())["webhook"]
        assert registered["max_connections"] == 40
        assert registered["allowed_updates"] == list(UPDATE_KINDS)
    assert intake.contents[0] == Said("Bonjour")
    assert isinstance(intake.contents[1], Photographed)
    assert (await server.status())["webhook"]["url"] == ""
    assert all(cursor is None for _, cursor in intake.calls)
    async with opened() as edge:
        await edge.start()
        await camille.says("En relève")
        await intake.until(3)


async def test_a_push_is_repeated_until_it_is_written_down(
    site: Site, intake: RecordingIntake, server: TelegramServer, camille: Citizen
) -> None:
    intake.failures = 3
    async with site():
        await camille.says("un")
        await camille.says("deux")
        await intake.until(2)
        assert intake.attempts == 5
        assert "503" in (await server.status())["webhook"]["last_error_message"]
    assert intake.contents == [Said("un"), Said("deux")]


@pytest.fixture
async def door(opened: Opener) -> AsyncIterator[tuple[httpx.AsyncClient, str, str]]:
    """A client at the endpoint, its path and its secret."""
    async with opened(mode=Mode.WEBHOOK, webhook_url="https://example.org") as edge:
        assert edge.route is not None
        transport = httpx.ASGITransport(Starlette(routes=[edge.route]))
        async with httpx.AsyncClient(transport=transport, base_url="https://example.org") as client:
            yield client, edge.route.path, edge._settings.secret


async def test_telegram_is_let_in(door: tuple[httpx.AsyncClient, str, str], intake: RecordingIntake) -> None:
    client, path, secret = door
    answer = await client.post(path, json=UPDATE, headers={SECRET_HEADER: secret})
    assert (answer.status_code, answer.content) == (200, b"")
    assert intake.contents == [Said("Bonjour")]


@pytest.mark.parametrize("shown", [None, "", "wrong", "wröng".encode()])
async def test_strangers_learn_nothing(
    door: tuple[httpx.AsyncClient, str, str], intake: RecordingIntake, shown: str | bytes | None
) -> None:
    client, path, _ = door
    headers = {} if shown is None else {SECRET_HEADER: shown}
    answer = await client.post(path, json=UPDATE, headers=headers)  # type: ignore[arg-type]  # bytes are allowed
    assert (answer.status_code, answer.content) == (403, b"")
    assert intake.attempts == 0


async def test_only_the_secret_path_exists(door: tuple[httpx.AsyncClient, str, str]) -> None:
    client, path, secret = door
    for other in ("/", "/telegram", path[:-1], f"{path}/x"):
        assert (await client.post(other, json=UPDATE, headers={SECRET_HEADER: secret})).status_code == 404
    assert len(path) > 32


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "5"}', 400),
        (b"\xff", 400),
        (b" " * (MAX_BODY_BYTES + 1), 413),
        (b'{"update_id": 5}', 200),
    ],
)
async def test_what_is_not_an_update_is_turned_away(
    door: tuple[httpx.AsyncClient, str, str], intake: RecordingIntake, body: bytes, status: int
) -> None:
    client, path, secret = door
    answer = await client.post(path, content=body, headers={SECRET_HEADER: secret})
    assert (answer.status_code, answer.content) == (status, b"")
    assert intake.arrivals == []


async def test_a_webhook_taken_over_stops_the_role_and_one_lost_is_set_again(
    opened: Opener, server: TelegramServer
) -> None:
    async with opened(mode=Mode.WEBHOOK, webhook_url="http://127.0.0.1:9") as edge:
        await edge._look_once()
        assert (await server.status())["webhook"]["url"] == edge._settings.public_url
        await edge._bot.set_webhook("http://127.0.0.1:9/somebody-else")
        with pytest.raises(RoleStopped):
            await edge._look_once()


def test_path_and_secret_are_stable_and_not_to_be_guessed() -> None:
    one, again = (TelegramSettings("1:A", Mode.WEBHOOK, webhook_url="https://x.org/") for _ in range(2))
    other = TelegramSettings("1:B", Mode.WEBHOOK, webhook_url="https://x.org")
    assert (one.path, one.secret) == (again.path, again.secret)
    assert one.path != other.path
    assert one.secret not in one.path
    assert one.public_url == f"https://x.org{one.path}"
    assert "1:A" not in repr(one)
    named = TelegramSettings("1:A", Mode.WEBHOOK, webhook_url="https://x.org", webhook_path="/t", webhook_secret="s")
    assert (named.public_url, named.secret) == ("https://x.org/t", "s")


@pytest.mark.parametrize(
    "settings",
    [
        {"token": ""},
        {"token": "1:A", "mode": Mode.WEBHOOK},
        {"token": "1:A", "webhook_path": "t"},
        {"token": "1:A", "webhook_secret": "espace interdit"},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        TelegramSettings(**settings)  # type: ignore[arg-type]  # by name
