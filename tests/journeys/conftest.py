"""One homeserver for the session; a fresh telegram server, fresh accounts and a fresh house for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from tests.journeys.world import HouseProcess, settings_for
from tests.matrix.conftest import OfficerMaker, new_officer, synapse
from tests.servers.synapse import Account, LocalSynapse
from tests.telegram_server import TelegramServer

__all__ = ["new_officer", "synapse"]

HouseMaker = Callable[..., Awaitable[HouseProcess]]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def new_house(synapse: LocalSynapse, telegram: TelegramServer, tmp_path: Path) -> AsyncIterator[HouseMaker]:
    """Makes `guichet run` with a cell of these officers (or of one that nobody plays); it is started by the test."""
    made: list[HouseProcess] = []

    async def make(
        *officers: Account, bot: Account | None = None, more: str = "", variables: Mapping[str, str] | None = None
    ) -> HouseProcess:
        bot = bot or synapse.fresh("guichet")
        folder = tmp_path / bot.name
        folder.mkdir()
        members = officers or (synapse.fresh("agent"),)
        made.append(HouseProcess(folder, settings_for(folder, telegram, synapse, bot, members, more), variables))
        return made[-1]

    yield make
    for house in made:
        await house.close()


__all__ += ["OfficerMaker"]
