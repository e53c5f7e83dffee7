"""Many citizens at once, while an old login of the bot lies about: every first message is read by every officer."""

import asyncio
import re
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from nio import AsyncClient

from tests.journeys.conftest import HouseMaker
from tests.journeys.scenes import PATIENCE_S, TALKING
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, stray_login, until
from tests.servers.synapse import Account, LocalSynapse
from tests.telegram_server import Citizen, TelegramServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(400)]

CITIZENS = 20
PLACES = (
    "place Pie", "rue Carreterie", "parking des Italiens", "avenue de la Trillade", "boulevard Saint-Roch",
    "rue de la République", "place de l'Horloge", "rue Guillaume Puy", "rue Thiers", "place des Corps-Saints",
)  # fmt: skip


async def _files(citizen: Citizen, place: str) -> None:
    """The shortest way to a filed report, with a long patience: nineteen others do the same."""
    await citizen.says(f"Un dealer vend du shit {place} à Avignon tous les soirs de 18h à 23h")
    question = await citizen.hears("produit", 2 * PATIENCE_S)
    await citizen.taps("Terminer", question)
    summary = await citizen.hears("juste", 2 * PATIENCE_S)
    await citizen.taps("C'est juste", summary)


async def test_twenty_reports_at_once_are_read_by_every_officer(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, synapse: LocalSynapse, tmp_path: Path
) -> None:
    """Twenty rooms, three officers, an old login that the settings let the house remove, and a new one afterwards."""
    officers = [await new_officer() for _ in range(3)]
    bot = synapse.fresh("guichet")
    async with _stray(synapse, bot, tmp_path / "old"):
        house = await new_house(
            *[one.account for one in officers], bot=bot, variables={"GUICHET_MATRIX__STRAY_DEVICES": "remove"}
        )
        await house.start(*TALKING)
        await house.logs("matrix.session_open")
    async with _stray(synapse, bot, tmp_path / "new"):
        people = [Citizen(telegram, 700_001 + n) for n in range(CITIZENS)]
        await asyncio.gather(*(_files(one, PLACES[n % len(PLACES)]) for n, one in enumerate(people)))
        wanted = {f"S-{n:04}" for n in range(1, CITIZENS + 1)}
        for officer in officers:
            await until(lambda who=officer: cards(who).keys() == wanted, 2 * PATIENCE_S, "every card")  # type: ignore[misc]
            await until(lambda who=officer: recaps(who).keys() == wanted, 2 * PATIENCE_S, "every recap")  # type: ignore[misc]
    for officer in officers:
        assert officer.unreadable == []
        assert len(set(cards(officer).values())) == CITIZENS
        assert cards(officer) == cards(officers[0])
        assert _first_of_each_room(officer) == cards(officer)
    assert await house.stop() == 0


def _stray(synapse: LocalSynapse, bot: Account, folder: Path) -> AbstractAsyncContextManager[AsyncClient]:
    folder.mkdir()
    return stray_login(synapse, bot, folder)


def cards(officer: NioOfficer) -> dict[str, str]:
    """The room of each case whose card was read."""
    return {found[1]: room for room, _, body in officer.read if (found := re.match(r"Dossier (S-\d{4})", body))}


def recaps(officer: NioOfficer) -> dict[str, str]:
    """The room of each case whose recap was read."""
    titles = ((room, re.match(r"Résumé du dossier (S-\d{4})", body)) for room, _, body in officer.read)
    return {found[1]: room for room, found in titles if found}


def _first_of_each_room(officer: NioOfficer) -> dict[str, str]:
    """The case that the first readable message of each room speaks of."""
    first: dict[str, str] = {}
    for room, _, body in officer.read:
        first.setdefault(room, body)
    return {found[1]: room for room, body in first.items() if (found := re.match(r"Dossier (S-\d{4})", body))}


async def test_a_stray_login_is_refused_loudly_by_default(
    telegram: TelegramServer, new_house: HouseMaker, synapse: LocalSynapse, tmp_path: Path
) -> None:
    """Without leave to remove it the officers' side does not start and says why; citizens are served."""
    bot = synapse.fresh("guichet")
    async with _stray(synapse, bot, tmp_path / "old"):
        house = await new_house(bot=bot)
        await house.start(*TALKING)
        stopped = await house.logs("role.stopped", role="matrix")
        assert "1 other device(s) are logged in to the bot's account" in stopped["reason"]
        await _files(Citizen(telegram, 4242), "place Pie")
    assert await house.stop() == 0
