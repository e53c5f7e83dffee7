"""A strict Bot API server, citizens with telephones, and our Telegram edge between them and a recording intake."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from blockbuster import blockbuster_ctx

from bots.telegram.citizen_bot import TelegramCitizens
from bots.telegram.settings import TelegramSettings
from tests.telegram.fakes import HandClock, PlainLive, RecordingIntake
from tests.telegram_server import Citizen, TelegramServer

Opener = Callable[..., AbstractAsyncContextManager[TelegramCitizens]]


@pytest.fixture(autouse=True)
def _nothing_blocks_the_loop() -> Iterator[None]:
    """A call of ours that would block the event loop fails the test."""
    with blockbuster_ctx(scanned_modules=["bots"]):
        yield


@pytest.fixture(autouse=True)
def _durations_as_the_edge_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What wire.bot_for sets, for tests that decode updates without a bot."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
def settings(server: TelegramServer) -> TelegramSettings:
    return TelegramSettings(
        token=server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        first_wait_s=0.01,
        longest_wait_s=0.05,
    )


@pytest.fixture
def intake() -> RecordingIntake:
    return RecordingIntake()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def live() -> PlainLive:
    return PlainLive()


@pytest.fixture
def camille(server: TelegramServer) -> Citizen:
    return Citizen(server, 700_001, "Camille", username="camille_ex")


@pytest.fixture
def dominique(server: TelegramServer) -> Citizen:
    return Citizen(server, 700_002, "Dominique")


@pytest.fixture
def opened(settings: TelegramSettings, intake: RecordingIntake, live: PlainLive, clock: HandClock) -> Opener:
    """Opens the edge without letting it run; keyword arguments change the settings."""

    @asynccontextmanager
    async def open_edge(**changes: object) -> AsyncIterator[TelegramCitizens]:
        edge = TelegramCitizens(replace(settings, **changes), intake, live, clock)  # type: ignore[arg-type]  # by name
        try:
            yield edge
        finally:
            await edge.stop()

    return open_edge


@pytest.fixture
async def edge(opened: Opener) -> AsyncIterator[TelegramCitizens]:
    """The edge, not running: letters go out, nothing comes in."""
    async with opened() as edge:
        yield edge


@pytest.fixture
async def running(edge: TelegramCitizens) -> TelegramCitizens:
    """The edge, polling."""
    await edge.start()
    return edge
