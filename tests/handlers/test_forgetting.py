"""What is forgotten, and when: a real store, a clock that is moved by hand, a citizen at a keyboard."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.counter import Counter, Parts
from app.parts import open_parts
from bots.terminal import SOURCE, TERMINAL, Collected, TerminalChannel
from domain import events as e
from domain import messages as m
from domain.case import Case, RoomState
from domain.ids import Alias, ConversationId, MessageRef
from domain.phases import Phase
from handlers.ports import Arrival
from web.demo.live import Live
from web.demo.room import DemoRooms

EVENING = datetime(2026, 11, 16, 20, 0)
SEEN = "un homme vend du shit devant la gare routière d'Avignon, tous les soirs vers 19h"


@dataclass
class Town:
    """One house, one citizen, one clock."""

    parts: Parts
    clock: FixedClock
    counter: Counter
    phone: TerminalChannel
    rooms: DemoRooms
    count: int = 0

    async def says(self, content: str | m.CitizenContent) -> list[Collected]:
        """The citizen says or does something; what they read of it."""
        self.count += 1
        said = m.Said(content) if isinstance(content, str) else content
        arrival = Arrival(
            SOURCE, str(self.count), m.FromCitizen(said, self.clock.now(), MessageRef(f"{self.count}")), TERMINAL
        )
        await self.counter.door.accept([arrival])
        return await self.settled()

    async def taps(self, choice: str) -> list[Collected]:
        """The citizen taps the button of this choice."""
        return await self.says(m.Tapped(self.parts.tokens.token(await self.conversation(), choice)))

    async def settled(self) -> list[Collected]:
        """Everything in hand is done."""
        await self.counter.lanes().drain()
        keeper = self.counter.room_keeper(self.rooms)
        for _ in RoomState:
            await self.counter.postman_to_rooms(self.rooms).drain()
            await keeper.round()
        await self.counter.postman_to_citizens(self.phone).drain()
        return self.phone.drain()

    async def conversation(self) -> ConversationId:
        """The one that this address speaks in."""
        async with self.parts.store.unit() as unit:
            found = await unit.vault.conversation_of(TERMINAL)
        assert found is not None
        return found

    async def files_a_report(self) -> Case:
        """From the first word to a case."""
        await self.says(SEEN)
        await self.taps("terminer")
        await self.taps("confirmer")
        conversation = await self.conversation()
        async with self.parts.store.unit() as unit:
            case = await unit.cases.of(conversation)
        assert case is not None
        return case

    async def officer_orders(self, case: Case, name: str, argument: str = "") -> None:
        """An officer of the cell gives a command in the case's room."""
        officer = self.parts.cells.default().officers[0]
        ref = MessageRef(f"${name}")
        told = m.FromOfficer(m.Ordered(name, argument), officer.id, officer.service, self.clock.now(), ref)
        async with self.parts.store.unit() as unit:
            await unit.inbox.add(Arrival("matrix", ref, told), case.conversation, self.clock.now())
        await self.settled()

    async def later(self, passed: timedelta) -> int:
        """Time passes, then the night watch makes its round; how many things went."""
        self.clock.at += passed
        return await self.counter.night_watch().round()

    async def words_of(self, conversation: ConversationId) -> list[e.Event]:
        """Every event of it that can still be read and holds what was told."""
        async with self.parts.store.unit() as unit:
            recorded = await unit.conversations.recorded(conversation)
        return [one.event for one in recorded if isinstance(one.event, e.CitizenSpoke | e.FactLearned)]

    async def case(self, alias: Alias) -> Case:
        """The case as it stands."""
        async with self.parts.store.unit() as unit:
            found = await unit.cases.by_alias(alias)
        assert found is not None
        return found

    async def is_reachable(self, conversation: ConversationId) -> bool:
        """Whether an address is kept for it."""
        async with self.parts.store.unit() as unit:
            return await unit.vault.contact_of(conversation) is not None


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    clock = FixedClock(EVENING)
    async with open_parts(tmp_path / "guichet.db", tmp_path / "master.key", clock) as parts:
        counter = Counter(parts)
        rooms = DemoRooms(counter.door, parts.cells, clock, Live())
        yield Town(parts, clock, counter, TerminalChannel(), rooms)


async def test_a_draft_is_gone_after_its_life_and_nobody_is_written_to(town: Town) -> None:
    await town.says(SEEN)
    draft = await town.conversation()
    assert await town.words_of(draft)
    await town.later(timedelta(hours=23))
    assert await town.words_of(draft)
    await town.later(timedelta(hours=2))
    assert await town.words_of(draft) == []
    assert await town.settled() == []


async def test_the_address_of_an_abandoned_draft_goes_soon_after(town: Town) -> None:
    await town.says(SEEN)
    draft = await town.conversation()
    await town.later(timedelta(hours=25))
    await town.later(timedelta(hours=2))
    assert not await town.is_reachable(draft)


async def test_an_address_goes_thirty_days_after_the_last_exchange(town: Town) -> None:
    case = await town.files_a_report()
    await town.later(timedelta(days=29))
    assert await town.is_reachable(case.conversation)
    await town.says("ils étaient trois hier soir")
    await town.later(timedelta(days=29))
    assert await town.is_reachable(case.conversation)
    await town.later(timedelta(days=2))
    assert not await town.is_reachable(case.conversation)


async def test_what_was_said_of_nuisance_only_is_not_kept(town: Town) -> None:
    await town.says("des voisins font du bruit tous les soirs, pas de drogue, seulement du bruit")
    redirected = await town.conversation()
    async with town.parts.store.unit() as unit:
        assert (await unit.conversations.load(redirected)).phase is Phase.HORS_PERIMETRE
    assert await town.words_of(redirected) == []


async def test_erasing_takes_words_and_address_and_says_so(town: Town) -> None:
    case = await town.files_a_report()
    read = await town.says(m.Commanded(m.Command.EFFACER))
    assert await town.words_of(case.conversation) == []
    assert not await town.is_reachable(case.conversation)
    assert any("est effacé" in one.letter.text for one in read)


async def test_erasing_what_an_officer_works_with_is_honest(town: Town) -> None:
    """The address goes, officers keep what they read, and the citizen is told."""
    case = await town.files_a_report()
    await town.officer_orders(case, "prendre")
    read = await town.says(m.Commanded(m.Command.EFFACER))
    assert any("garder une trace" in one.letter.text for one in read)
    assert not await town.is_reachable(case.conversation)


async def test_what_officers_keep_after_an_erasure_goes_with_the_retention(town: Town) -> None:
    """Nobody can close such a case any more: its time counts from the last thing that happened."""
    case = await town.files_a_report()
    await town.officer_orders(case, "prendre")
    await town.says(m.Commanded(m.Command.EFFACER))
    assert await town.words_of(case.conversation)
    await town.later(timedelta(days=town.parts.cells.default().retention_days + 1))
    await town.settled()
    assert await town.words_of(case.conversation) == []
    assert (await town.case(case.alias)).room_state is RoomState.LEFT


async def test_a_closed_case_is_erased_after_the_cells_retention_and_certified(town: Town) -> None:
    case = await town.files_a_report()
    await town.officer_orders(case, "clore", "exploitable transmis")
    days = town.parts.cells.default().retention_days
    await town.later(timedelta(days=days - 1))
    assert await town.words_of(case.conversation)
    await town.later(timedelta(days=2))
    assert await town.words_of(case.conversation) == []
    async with town.parts.store.unit() as unit:
        journal = await unit.desk.journal(10)
    assert [(one.action, one.subject) for one in journal] == [("retention.erased", str(case.alias))]


async def test_the_case_of_an_erased_report_is_closed_and_its_room_left(town: Town) -> None:
    """Nobody could close it any more: the counter does, and tells who asks with the receipt."""
    case = await town.files_a_report()
    assert (await town.case(case.alias)).room_state is RoomState.READY
    await town.says(m.Commanded(m.Command.EFFACER))
    closed = await town.case(case.alias)
    assert (closed.verdict, closed.room_state) == ("erased", RoomState.LEFT)


async def test_retention_keeps_the_officers_verdict_for_the_statistics(town: Town) -> None:
    case = await town.files_a_report()
    await town.officer_orders(case, "clore", "exploitable transmis")
    await town.later(timedelta(days=town.parts.cells.default().retention_days + 1))
    assert (await town.case(case.alias)).verdict == "exploitable"


async def test_a_case_that_nobody_closed_is_kept(town: Town) -> None:
    """Retention counts from the closing: an operator must look at what stays open."""
    case = await town.files_a_report()
    await town.later(timedelta(days=400))
    assert await town.words_of(case.conversation)


async def test_every_round_is_counted(town: Town) -> None:
    """So that an alert can tell when nothing is forgotten any more."""
    rounds = list[None]()
    watch = town.counter.night_watch(lambda: rounds.append(None))
    await watch.round()
    await watch.round()
    assert len(rounds) == 2


async def test_handled_arrivals_are_forgotten_after_a_month(town: Town) -> None:
    """A repeat is known as one until then; no row of what came stays for ever."""
    case = await town.files_a_report()
    assert not await is_new(town, case.conversation)
    await town.later(timedelta(days=31))
    assert await is_new(town, case.conversation)


async def is_new(town: Town, conversation: ConversationId) -> bool:
    """Whether the first arrival, come again, would be taken for a new one; it is not kept."""
    first = m.FromCitizen(m.Said(SEEN), town.clock.now(), MessageRef("1"))
    try:
        async with town.parts.store.unit() as unit:
            raise _Seen(await unit.inbox.add(Arrival(SOURCE, "1", first, TERMINAL), conversation, town.clock.now()))
    except _Seen as seen:
        return seen.is_new


class _Seen(Exception):
    """Leaves a unit without saving."""

    def __init__(self, is_new: bool) -> None:
        self.is_new = is_new
