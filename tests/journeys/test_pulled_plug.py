"""Nothing said is lost when the plug is pulled: kill -9 in mid-conversation, again and again, on the real house."""

import asyncio
import random
import re
from collections import Counter

import pytest

from tests.journeys.conftest import HouseMaker
from tests.journeys.test_first_answer import case_room, file_a_report
from tests.journeys.world import HouseProcess
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, until
from tests.telegram_server import Citizen, TelegramServer

pytestmark = [pytest.mark.servers, pytest.mark.timeout(500)]

MESSAGES, KILLS = 200, 10
ROLES = ("telegram", "matrix", "worker")


async def test_two_hundred_messages_each_way_survive_ten_kills(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """0 lost, in order; Matrix 0 doubled; Telegram doubled at most once a kill, and each of those marked."""
    house, officer, citizen, room = await _with_an_officer(telegram, new_house, new_officer)
    chance = random.Random(20)  # a fixed seed, so that a failure can be played again

    async def citizen_talks() -> None:
        for n in range(MESSAGES):
            await citizen.says(f"citoyen {n:03}")
            await asyncio.sleep(0.12)

    async def officer_talks() -> None:
        for n in range(MESSAGES):
            await officer.say(room, f"agent {n:03}")
            await asyncio.sleep(0.1)

    async def plug_is_pulled() -> None:
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(1.2, 3.5))
            await house.kill()
            await house.start(*ROLES)

    await asyncio.gather(citizen_talks(), officer_talks(), plug_is_pulled())
    await _everything_arrives(officer, citizen, room, MESSAGES)
    assert await house.stop() == 0


async def test_what_is_said_while_the_house_is_down_arrives_in_order(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """Thirty messages each way while nobody listens: all there, once, in order."""
    house, officer, citizen, room = await _with_an_officer(telegram, new_house, new_officer)
    await house.kill()
    for n in range(30):
        await citizen.says(f"citoyen {n:03}")
        await officer.say(room, f"agent {n:03}")
    await house.start(*ROLES)
    await _everything_arrives(officer, citizen, room, 30)
    assert _of("agent", [text for text in await _heard(citizen) if "déjà reçu" in text]) == []
    assert await house.stop() == 0


async def _with_an_officer(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker
) -> tuple[HouseProcess, NioOfficer, Citizen, str]:
    officer = await new_officer()
    house = await new_house(officer.account)
    await house.start(*ROLES)
    citizen = Citizen(telegram, 4242, "Canari")
    await file_a_report(citizen)
    await until(lambda: case_room(officer), wait_s=60, what="the case card")
    room = case_room(officer)
    assert room is not None
    await officer.say(room, "Bonjour, je suis là.")
    await citizen.hears("je suis là")
    return house, officer, citizen, room


async def _everything_arrives(officer: NioOfficer, citizen: Citizen, room: str, count: int) -> None:
    await until(lambda: len(set(_of("citoyen", officer.bodies(room)))) == count, wait_s=120, what="the citizen's words")
    async with asyncio.timeout(120):
        while len(set(_of("agent", await _heard(citizen)))) < count:
            await citizen.hears(timeout_s=120)
    wanted = [f"{n:03}" for n in range(count)]
    assert _of("citoyen", officer.bodies(room)) == wanted
    heard = await _heard(citizen)
    assert list(dict.fromkeys(_of("agent", heard))) == wanted
    doubled = {number: times for number, times in Counter(_of("agent", heard)).items() if times > 1}
    assert all(times == 2 for times in doubled.values())
    assert len(doubled) <= KILLS
    marked = set(_of("agent", [text for text in heard if "déjà reçu" in text]))
    assert set(doubled) <= marked


async def _heard(citizen: Citizen) -> list[str]:
    return [message.text or "" for message in await citizen.messages()]


def _of(who: str, texts: list[str]) -> list[str]:
    return [found[1] for text in texts if (found := re.search(rf"{who} (\d{{3}})", text))]
