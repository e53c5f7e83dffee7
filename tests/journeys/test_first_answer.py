"""From a citizen's first word on Telegram to an officer's answer from an encrypted room, through the real house."""

import pytest

from tests.journeys.conftest import HouseMaker
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, until
from tests.telegram_server import Citizen, TelegramServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


async def file_a_report(citizen: Citizen) -> None:
    """The shortest way to a filed report."""
    await citizen.says("Un dealer vend du shit place Pie à Avignon tous les soirs de 18h à 23h")
    question = await citizen.hears("produit", timeout_s=40)
    await citizen.taps("Terminer", question)
    summary = await citizen.hears("juste")
    await citizen.taps("C'est juste", summary)


def case_room(officer: NioOfficer) -> str | None:
    """The room in which the card was read."""
    return next((room for room, _, body in officer.read if "S-0001" in body), None)


async def test_an_officers_answer_reaches_the_citizen(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    officer = await new_officer()
    house = await new_house(officer.account)
    await house.start("telegram", "matrix", "worker")
    citizen = Citizen(telegram, 4242, "Canari")
    await file_a_report(citizen)
    await until(lambda: case_room(officer), wait_s=60, what="the case card")
    room = case_room(officer)
    assert any("place Pie" in body for body in officer.bodies(room))
    await officer.say(room, "// à vérifier avec le collègue")
    await officer.say(room, "Bonjour, est-ce que la voiture était garée ?")
    heard = await citizen.hears("la voiture était garée")
    assert "police" in heard.text
    assert officer.account.name not in heard.text
    await citizen.says("oui devant le tabac")
    await until(lambda: any("devant le tabac" in body for body in officer.bodies(room)), wait_s=30, what="the answer")
    assert not any("collègue" in message.text for message in await citizen.messages() if message.text)
    assert await house.stop() == 0
