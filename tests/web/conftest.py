"""A desk over a real store, with two cells, one case in each, and a supervisor for each sight."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from domain import events as e
from domain.case import Cell
from domain.conversation import Conversation
from domain.ids import Alias, ConversationId, FileId, MessageRef
from domain.messages import Button
from domain.questionnaire import Fact
from handlers.ports import JournalEntry
from handlers.supervisor import DeskDoor, DeskRules, ReadingRoom
from storage.live import MemoryLive
from storage.sealing import Keys
from storage.sql import SqlStore
from tests.web.fakes import HAINAUT, MARTIN, VAUCLUSE, StoppedClock, TwoCells
from web.desk.app import make_desk
from web.desk.passwords import Argon2Passwords

PASSWORD = "lavande mistral olivier"
NASTY = "<script>alert('vu')</script> & \"guillemets\""
PHOTO = FileId("f" * 32)
REF = MessageRef("$one")
MARK_FIELD = re.compile(r'name="mark" value="([0-9a-f]{64})"')

STORY: tuple[e.Event, ...] = (
    e.ConversationStarted(VAUCLUSE.id),
    e.CounterSaid("Racontez ce que vous avez vu.", (Button("Le soir", "horaire:soir"),)),
    e.Wondered(e.Asked.NARRATIVE),
    e.CitizenSpoke(f"il vend devant la gare {NASTY}"),
    e.FactLearned(Fact.LIEU, f"la gare {NASTY}"),
    e.FactLearned(Fact.COMPORTEMENT, "il vend"),
    e.QuestionAsked(Fact.HORAIRE),
    e.CitizenTapped("horaire:soir"),
    e.CitizenPinned(43.949312, 4.805512),
    e.CitizenSentPhoto(PHOTO),
    e.SummaryShown(),
    e.ReportFiled(Alias("S-0001")),
    e.OfficerJoined("police"),
    e.OfficerSpoke("Combien de personnes ?", MARTIN, "police", REF),
    e.OfficerNoted("déjà signalé en mars", MARTIN),
    e.OfficerWithdrew(REF, in_time=True),
)


@dataclass
class Desk:
    """The desk as a browser meets it, and what lies behind it."""

    client: httpx.AsyncClient
    store: SqlStore
    door: DeskDoor
    clock: StoppedClock
    aliases: dict[str, Alias] = field(default_factory=dict)

    async def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """The form filled in and sent."""
        page = await self.client.get("/connexion")
        fields = {"name": name, "password": password, "mark": mark_of(page)}
        return await self.client.post("/connexion", data=fields)

    async def journal(self) -> list[tuple[str, str, str]]:
        """(actor, action, subject), oldest first."""
        async with self.store.unit() as unit:
            lines: list[JournalEntry] = list(await unit.desk.journal(100))
        return [(line.actor, line.action, line.subject) for line in reversed(lines)]

    async def file_case(self, cell: Cell, events: tuple[e.Event, ...], number: int = 1) -> Alias:
        """A case with these events."""
        conversation, now = ConversationId(f"{cell.id[0]}{number:031d}"), self.clock.now()
        async with self.store.unit() as unit:
            await unit.conversations.create(conversation, cell.id, now)
            await unit.conversations.append(Conversation(conversation), events, now)
            case = await unit.cases.open(conversation, cell, now)
            await unit.files.put(conversation, PHOTO, b"\xff\xd8 a picture", "image/jpeg")
        return case.alias


def mark_of(page: httpx.Response) -> str:
    """The hidden mark of the page's form."""
    found = MARK_FIELD.search(page.text)
    assert found, "a form expected"
    return found.group(1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}", Keys(bytes(range(32))), migrate=True)
    clock, rules = StoppedClock(), DeskRules(page=3)
    door = DeskDoor(store, MemoryLive(), clock, Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=64)), rules)
    await door.add("chef", PASSWORD, None)
    await door.add("vaucluse", PASSWORD, VAUCLUSE.id)
    app = make_desk(door, ReadingRoom(store, TwoCells(), clock, rules))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.test") as client:
        desk = Desk(client, store, door, clock)
        desk.aliases["vaucluse"] = await desk.file_case(VAUCLUSE, STORY)
        desk.aliases["hainaut"] = await desk.file_case(HAINAUT, STORY[:4])
        yield desk
    await store.close()
