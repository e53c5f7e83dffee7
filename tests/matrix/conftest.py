"""One Synapse for the whole session; fresh accounts, a fresh house and fresh officers for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.matrix.house import MatrixHouse, NioOfficer, OneCell, cell_of
from tests.servers.synapse import LocalSynapse

OfficerMaker = Callable[[], Awaitable[NioOfficer]]
HouseMaker = Callable[..., Awaitable[MatrixHouse]]


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSynapse]:
    server = LocalSynapse(tmp_path_factory.mktemp("synapse")).start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
async def new_officer(synapse: LocalSynapse, tmp_path: Path) -> AsyncIterator[OfficerMaker]:
    made: list[NioOfficer] = []

    async def make() -> NioOfficer:
        account = synapse.fresh("agent")
        made.append(NioOfficer(synapse, account, tmp_path / account.name))
        return await made[-1].start()

    yield make
    for officer in made:
        await officer.stop()


@pytest.fixture
async def new_house(synapse: LocalSynapse, tmp_path: Path) -> AsyncIterator[HouseMaker]:
    """Makes a house whose bot has not been started yet; officers: accounts of its only cell."""
    made: list[MatrixHouse] = []

    async def make(*officers: NioOfficer, **options: object) -> MatrixHouse:
        account = synapse.fresh("guichet")
        cells = OneCell(cell_of([one.account for one in officers]))
        house = MatrixHouse(synapse, tmp_path / account.name, account, cells, **options)  # type: ignore[arg-type]
        made.append(house)
        return await house.open()

    yield make
    for house in made:
        await house.close()
