"""What many journeys begin with: a report on file, an officer in its room, both talking."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.journeys.conftest import HouseMaker
from tests.journeys.test_first_answer import case_room, file_a_report
from tests.journeys.world import HouseProcess
from tests.matrix.conftest import OfficerMaker
from tests.matrix.house import NioOfficer, until
from tests.telegram_server import ChatMessage, Citizen, TelegramServer

TALKING = ("telegram", "matrix", "worker")
PATIENCE_S = 60.0
"""For one thing that the house does; generous, for the machine may be busy."""


@dataclass(frozen=True)
class Scene:
    """A filed report whose officer has spoken once."""

    house: HouseProcess
    officer: NioOfficer
    citizen: Citizen
    room: str

    async def room_reads(self, words: str, times: int = 1) -> None:
        """The officer has read a message with these words, so often."""
        await until(
            lambda: sum(words in plain(body) for body in self.officer.bodies(self.room)) >= times,
            PATIENCE_S, f"{words!r} in the room",
        )  # fmt: skip

    async def citizen_hears(self, words: str) -> ChatMessage:
        """The bot's next message with these words."""
        return await self.citizen.hears(words, PATIENCE_S)

    async def marked(self, event: str, mark: str) -> None:
        """The officer's message bears this mark."""
        await until(lambda: mark in marks(self.officer, event), PATIENCE_S, f"the mark {mark}")


async def meeting(
    telegram: TelegramServer, new_house: HouseMaker, new_officer: OfficerMaker, *roles: str, **options: Any
) -> Scene:
    """A fresh house, an officer, a citizen who has filed a report, and the officer's first words."""
    officer = await new_officer()
    house = await new_house(officer.account, **options)
    await house.start(*(roles or TALKING))
    citizen = Citizen(telegram, 4242, "Canari")
    await file_a_report(citizen)
    await until(lambda: case_room(officer), PATIENCE_S, "the case card")
    room = case_room(officer)
    assert room is not None
    await officer.say(room, "Bonjour, je suis là.")
    await citizen.hears("je suis là", PATIENCE_S)
    return Scene(house, officer, citizen, room)


def plain(text: str) -> str:
    """With ordinary spaces where French typography asks for others."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def marks(officer: NioOfficer, event: str) -> list[str]:
    """The marks that this message bears now, as the officer's client shows them."""
    redacted = {one.redacts for _, one in officer.events if hasattr(one, "redacts")}
    return [one.key for _, one in officer.events if _is_mark(one, event) and one.event_id not in redacted]


def _is_mark(one: Any, event: str) -> bool:  # Any: nio's events
    return getattr(one, "reacts_to", None) == event


async def heard(citizen: Citizen) -> list[str]:
    """Everything that the bot has said and that still stands."""
    return [message.text or "" for message in await citizen.messages()]


def numbers(who: str, texts: Sequence[str]) -> list[str]:
    """The numbers of "citoyen 007" or "agent 007" in these texts, in order."""
    return [found[1] for text in texts if (found := re.search(rf"{who} (\d{{3}})", text))]


async def all_arrived(scene: Scene, citizen_said: int, officer_said: int) -> None:
    """Both sides have everything once, in order."""
    reads = scene.officer.bodies
    await until(
        lambda: len(set(numbers("citoyen", reads(scene.room)))) == citizen_said, 2 * PATIENCE_S, "the citizen's words"
    )
    async with asyncio.timeout(2 * PATIENCE_S):
        while len(set(numbers("agent", await heard(scene.citizen)))) < officer_said:
            await scene.citizen.hears(timeout_s=2 * PATIENCE_S)
    assert numbers("citoyen", reads(scene.room)) == [f"{n:03}" for n in range(citizen_said)]
    assert numbers("agent", await heard(scene.citizen)) == [f"{n:03}" for n in range(officer_said)]
