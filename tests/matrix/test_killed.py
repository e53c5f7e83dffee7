"""The program is killed with -9 again and again: nothing is lost, nothing is doubled, order is kept."""

import asyncio
import random
import signal
import sys
from pathlib import Path

import pytest

from domain.case import Case
from domain.messages import Told, ToOfficers
from handlers.ports import NewLetter, Target
from tests.matrix.child import describe
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import MatrixHouse, NioOfficer, room_of, until
from tests.officer_js.driver import JsOfficer, install
from tests.servers.synapse import LocalSynapse

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LETTERS, WORDS, KILLS = 120, 80, 5
ROOT = Path(__file__).resolve().parents[2]


class Child:
    """The program under test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def start(self) -> "Child":
        """Running, its first sync read."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.matrix.child", str(self._folder), cwd=ROOT,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout is not None
        async with asyncio.timeout(40):
            while (line := await self._process.stdout.readline()) != b"up\n":
                assert line, "the program ended before it was up"
        return self

    async def kill(self) -> None:
        """Gone in the middle of whatever it did."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self._process.communicate()


async def queue_letters(house: MatrixHouse, case: Case, texts: list[str]) -> None:
    async with house.store.unit() as unit:
        for text in texts:
            letter = NewLetter(Target.ROOM, ToOfficers(text, "citizen"))
            await unit.deliveries.add(case.conversation, letter, house.clock.now())


async def write_all(officer: NioOfficer, room: str, texts: list[str]) -> None:
    for text in texts:
        await officer.say(room, text)


async def test_killed_again_and_again(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """Letters flow one way and words the other under repeated kill -9: 0 lost, 0 doubled, in order."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    letters, words = [f"lettre {number}" for number in range(LETTERS)], [f"mot {number}" for number in range(WORDS)]
    await house.say(case, "Bonjour")
    await officer.joined(room_of(case))
    await queue_letters(house, case, letters)
    await house.close()
    folder, rng = describe(house, [officer.account]), random.Random(7)
    writing = asyncio.create_task(write_all(officer, room_of(case), words))
    for _ in range(KILLS):
        child = await Child(folder).start()
        await asyncio.sleep(rng.uniform(0.3, 1.2))  # the kill has to fall somewhere in the middle
        await child.kill()
    await writing
    child = await Child(folder).start()
    await until(lambda: letters[-1] in officer.bodies(case.room), wait_s=60, what="the last letter")
    await child.kill()
    await house.open()
    await house.start()
    heard = await house.hears(case, WORDS)
    assert officer.bodies(case.room)[1 : LETTERS + 1 + WORDS] != []
    assert [body for body in officer.bodies(case.room) if body.startswith("lettre")] == letters
    assert [message.content for message in heard] == [Told(word) for word in words]


@pytest.mark.parametrize("mode", ["all", "signed"])
async def test_a_real_client_through_a_kill(mode: str, synapse: LocalSynapse, new_house: HouseMaker) -> None:
    """An officer's real client, in both modes, reads on and is heard after the program was killed and started again."""
    await asyncio.to_thread(install)
    officer = await JsOfficer(synapse.url, synapse.fresh("agent"), mode=mode).start()
    try:
        house = await (await new_house(officer)).start()
        places = await house.bot.channel.places(house.cells.cell, None)
        await officer.joined(places.lobby)
        async with house.store.unit() as unit:
            await unit.cases.set_rooms_of(house.cells.cell.id, places)
        case = await house.open_case()
        await queue_letters(house, case, ["Ça deale dans le hall."])
        await house.close()
        folder = describe(house, [officer.account])
        child = await Child(folder).start()
        shown = await officer.reads("Ça deale dans le hall.")
        room = shown["room"]
        await officer.say(room, "À quelle heure ?")
        await child.kill()
        await officer.say(room, "Et quel jour ?")
        await house.open()
        await queue_letters(house, case, ["Le soir."])
        await house.store.close()
        child = await Child(folder).start()
        assert (await officer.reads("Le soir."))["shield"]["colour"] == "none"
        await officer.say(room, "Merci.")
        await house.open()
        heard = await house.hears(case, 3, wait_s=40)
        await child.kill()
        assert [message.content for message in heard] == [
            Told("À quelle heure ?"),
            Told("Et quel jour ?"),
            Told("Merci."),
        ]
        assert (officer.seen("unreadable"), len(officer.seen("message", own=False))) == ([], 2)
    finally:
        await officer.stop()
