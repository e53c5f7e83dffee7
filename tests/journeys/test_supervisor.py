"""A supervisor reads what was said, in its voices, on the house's own web page; every reading is written down."""

import asyncio
import contextlib
import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.journeys.canaries import NOBODY, nobody, traces
from tests.journeys.conftest import HouseMaker
from tests.journeys.scenes import PATIENCE_S, plain
from tests.journeys.test_first_answer import case_room, file_a_report
from tests.journeys.world import HouseProcess
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import until
from tests.servers.synapse import free_port
from tests.telegram_server import Citizen, TelegramServer, refusal

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]

PASSWORD = "le mistral souffle trois jours"


async def test_a_supervisor_reads_the_three_voices(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """Citizen, counter, officer and note, each under its name; nobody's identity; the reading is in the journal."""
    officer, port = await new_officer(), free_port()
    house = await new_house(officer.account, variables={"GUICHET_WEB__PORT": str(port)})
    await house.start()
    citizen = nobody(telegram)
    await file_a_report(citizen)
    await until(lambda: case_room(officer), PATIENCE_S, "the case card")
    room = case_room(officer)
    await officer.say(room, "// à voir avec le collègue")
    await officer.say(room, "Bonjour, la voiture était-elle garée ?")
    await citizen.hears("était-elle garée", PATIENCE_S)
    await citizen.says("oui devant le tabac")
    await until(lambda: any("devant le tabac" in body for body in officer.bodies(room)), PATIENCE_S, "the answer")

    await _open_an_account(house)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        assert (await client.get("/dossiers/S-0001")).headers["location"] == "/connexion"
        assert (await _sign_in(client, "un mauvais mot de passe")).status_code == 401
        assert (await _sign_in(client, PASSWORD)).status_code == 303
        assert "S-0001" in (await client.get("/")).text
        page = await client.get("/dossiers/S-0001")
        journal = plain(unescape((await client.get("/journal")).text))
        pages = {"case": page.content, "journal": journal.encode()}
    voices = _voices(page.text)
    assert any("place Pie" in words for words in voices["citizen"])
    assert any("devant le tabac" in words for words in voices["citizen"])
    assert any("Je suis un robot" in words for words in voices["counter"])
    assert any("était-elle garée" in words for words in voices["officer"])
    assert any("à voir avec le collègue" in words for words in voices["note"])
    assert re.search(r"chef.*S-0001", journal, re.DOTALL)
    assert "aucune ligne n’a été changée ni retirée" in journal
    assert traces(NOBODY, pages) == []
    assert await house.stop() == 0
    told = house.log.read_text(encoding="utf-8")
    assert PASSWORD not in told
    assert "mauvais mot de passe" not in told


async def _open_an_account(house: HouseProcess) -> None:
    """`guichet supervisor add` beside the running house; the password is typed, never on the command line."""
    status, told = await house.order("supervisor", "add", "chef", "--cell", "essai", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (status, "The account chef is open." in told) == (0, True)
    assert PASSWORD not in told
    status, told = await house.order("supervisor", "add", "chef2", "--cell", "ailleurs", typed=f"{PASSWORD}\n" * 2)
    assert status == 1
    assert "'ailleurs'" in told
    assert "Traceback" not in told


async def _sign_in(client: httpx.AsyncClient, password: str) -> httpx.Response:
    form = await client.get("/connexion")
    mark = re.search(r'name="mark" value="([^"]+)"', form.text)
    assert mark is not None
    return await client.post("/connexion", data={"name": "chef", "password": password, "mark": mark[1]})


def _voices(page: str) -> dict[str, list[str]]:
    """The words of each speaker, as the page marks them."""
    found: dict[str, list[str]] = {}
    for turn in re.finditer(r'<li class="turn (\w+)[^"]*">(.*?)(?=<li class="(?:turn|aside|hour)|</ol>)', page, re.S):
        words = re.findall(r'<p class="words">(.*?)</p>', turn[2], re.DOTALL)
        found.setdefault(turn[1], []).extend(plain(unescape(one)) for one in words)
    return found


async def test_readiness_follows_the_house(telegram: TelegramServer, new_house: HouseMaker) -> None:
    """Every role is ready; when Telegram refuses us the page says which role stopped, and answers 503."""
    port = free_port()
    house = await new_house(variables={"GUICHET_WEB__PORT": str(port)})
    await house.start()
    ready = await _when_ready(port, 200)
    assert set(ready["roles"]) >= {"telegram", "matrix", "worker", "store"}
    await telegram.plan(refusal(409, "Conflict: terminated by other getUpdates request", method="getUpdates"))
    await Citizen(telegram, 4242).starts()
    stopped = await _when_ready(port, 503)
    assert stopped["roles"]["telegram"] == "stopped-RoleStopped"
    assert stopped["roles"]["matrix"] == "ready"
    async with httpx.AsyncClient(trust_env=False) as client:
        figures = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    assert 'guichet_ready{role="telegram"} 0.0' in figures
    assert await house.stop() == 0


async def _when_ready(port: int, status: int) -> dict[str, Any]:  # Any: JSON
    """What /readyz says as soon as it answers with this status and the Matrix role has read its first sync."""
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(PATIENCE_S):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                answer = await client.get(f"http://127.0.0.1:{port}/readyz")
                told: dict[str, Any] = answer.json()
                if answer.status_code == status and told["roles"].get("matrix") == "ready":
                    return told
            await asyncio.sleep(0.1)
