"""Conversations as sealed events."""

from datetime import timedelta

import pytest

from domain import events as e
from domain.conversation import Conversation, FactState, replay
from domain.errors import RuleBroken, StorageGone
from domain.ids import Alias, ConversationId, MessageRef, OfficerId
from domain.phases import Phase
from domain.questionnaire import Fact
from domain.reading import Fait, Place
from storage.memory import Memory, Stamp
from storage.sql import SqlStore
from tests.storage.conftest import Place as Database
from tests.storage.words import CELL, NOW, ONE, OPENING, SOON, THREE, TWO, begin

STORY = (
    *OPENING,
    e.Wondered(e.Asked.NARRATIVE),
    e.CitizenSpoke("Ça deale devant l'école, c'est tous les soirs", MessageRef("12")),
    e.FactLearned(Fact.LIEU, "devant l'école", Place("devant l'école", landmark="école"), confidence=0.8),
    e.FaitsNoted((Fait.POINT_DE_DEAL,)),
    e.QuestionAsked(Fact.HORAIRE),
)


async def append(store: SqlStore, *events: e.Event, conversation: ConversationId = ONE) -> Conversation:
    async with store.unit() as unit:
        before = await unit.conversations.load(conversation)
        return await unit.conversations.append(before, events, NOW)


async def load(store: SqlStore, conversation: ConversationId = ONE) -> Conversation:
    async with store.unit() as unit:
        return await unit.conversations.load(conversation)


async def test_a_conversation_is_the_fold_of_its_events(store: SqlStore) -> None:
    await begin(store)
    after = await append(store, *STORY)
    assert after == replay(ONE, STORY) == await load(store)


async def test_another_process_reads_the_same(place: Database, store: SqlStore) -> None:
    """Nothing of what `load` gives comes from memory only."""
    await begin(store)
    await append(store, *STORY)
    assert await load(await place.open()) == replay(ONE, STORY)


async def test_events_are_given_back_in_order_with_their_time(store: SqlStore) -> None:
    await begin(store)
    await append(store, *OPENING)
    async with store.unit() as unit:
        await unit.conversations.append(replay(ONE, OPENING), STORY[3:], SOON)
        recorded = await unit.conversations.recorded(ONE)
    assert [one.event for one in recorded] == list(STORY)
    assert [one.seq for one in recorded] == list(range(1, len(STORY) + 1))
    assert [one.at for one in recorded] == [NOW] * 3 + [SOON] * (len(STORY) - 3)


async def test_a_new_conversation_is_empty(store: SqlStore) -> None:
    await begin(store)
    assert await load(store) == Conversation(ONE, cell=CELL.id)


async def test_nothing_happened_changes_nothing(store: SqlStore) -> None:
    await begin(store)
    assert await append(store) == Conversation(ONE, cell=CELL.id)


async def test_an_unknown_conversation_is_a_mistake_of_ours(store: SqlStore) -> None:
    with pytest.raises(RuleBroken, match="not stored"):
        await load(store)


async def append_after(store: SqlStore, before: Conversation, *events: e.Event) -> Conversation:
    async with store.unit() as unit:
        return await unit.conversations.append(before, events, NOW)


async def test_who_writes_on_an_old_state_is_refused(store: SqlStore) -> None:
    await begin(store)
    stale = await load(store)
    await append(store, *OPENING)
    with pytest.raises(StorageGone, match="another process"):
        await append_after(store, stale, e.ConversationStarted(CELL.id))
    assert await load(store) == replay(ONE, OPENING)


async def test_a_failed_transaction_leaves_nothing_behind(store: SqlStore) -> None:
    """Not even in memory: the next turn begins where the last good one ended."""
    await begin(store)
    await append(store, *OPENING)

    async def fail() -> None:
        async with store.unit() as unit:
            before = await unit.conversations.load(ONE)
            await unit.conversations.append(before, [e.CitizenSpoke("perdu")], NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await load(store) == replay(ONE, OPENING)
    other = await append(store, e.CitizenSpoke("gardé"))
    assert await load(store) == other
    async with store.unit() as unit:
        assert (await unit.conversations.recorded(ONE))[-1].event == e.CitizenSpoke("gardé")


async def test_a_turn_sees_what_it_wrote(store: SqlStore) -> None:
    await begin(store)
    async with store.unit() as unit:
        first = await unit.conversations.append(await unit.conversations.load(ONE), OPENING, NOW)
        assert await unit.conversations.load(ONE) == first
        second = await unit.conversations.append(first, STORY[3:], NOW)
        assert await unit.conversations.load(ONE) == second == replay(ONE, STORY)


# --- blanking ------------------------------------------------------------------------------------


async def test_blanked_events_are_left_out(store: SqlStore) -> None:
    await begin(store)
    await append(store, *STORY)
    async with store.unit() as unit:
        await unit.conversations.blank(ONE, [e.CitizenSpoke, e.FactLearned])
    async with store.unit() as unit:
        left = [one.event for one in await unit.conversations.recorded(ONE)]
    assert left == [one for one in STORY if not isinstance(one, e.CitizenSpoke | e.FactLearned)]


async def test_blanking_takes_effect_at_once_and_everywhere(place: Database, store: SqlStore) -> None:
    """The conversation in memory forgets too, and so does another process that remembered it."""
    other = await place.open()
    await begin(store)
    await append(store, *STORY)
    assert (await load(other)).facts[Fact.LIEU].state is FactState.SAID
    async with store.unit() as unit:
        await unit.conversations.blank(ONE, [e.FactLearned])
        assert (await unit.conversations.load(ONE)).facts == {}
    for one in (store, other):
        seen = await load(one)
        assert (seen.facts, seen.phase, seen.seq) == ({}, Phase.QUESTIONS, len(STORY))


async def test_the_skeleton_survives_the_blanking_of_a_turning_point(store: SqlStore) -> None:
    await begin(store)
    whole = await append(store, *STORY, e.SummaryShown(), e.ReportFiled(Alias("V-0001")))
    async with store.unit() as unit:
        await unit.conversations.blank(ONE, [e.Wondered, e.QuestionAsked, e.ReportFiled])
    seen = await load(store)
    assert (seen.phase, seen.alias, seen.filed, seen.seq) == (Phase.DEPOSE, "V-0001", True, whole.seq)
    after = await append(store, e.OfficerJoined("police"), e.CaseTaken(OfficerId("@a:b"), "police"))
    assert (await load(store)).phase is after.phase is Phase.AVEC_UN_AGENT


# --- idle ----------------------------------------------------------------------------------------


async def test_idle_finds_what_was_silent_for_long(store: SqlStore) -> None:
    await begin(store, ONE, TWO, THREE)
    for number, conversation in enumerate((TWO, ONE, THREE)):
        async with store.unit() as unit:
            before = await unit.conversations.load(conversation)
            await unit.conversations.append(before, STORY, NOW + timedelta(hours=number))
    async with store.unit() as unit:
        hours = NOW + timedelta(hours=2)
        assert await unit.conversations.idle([Phase.QUESTIONS], hours, 9) == [TWO, ONE]
        assert await unit.conversations.idle([Phase.QUESTIONS], hours, 1) == [TWO]
        assert await unit.conversations.idle([Phase.ACCUEIL, Phase.RECIT], hours, 9) == []


async def test_what_was_erased_is_not_idle(store: SqlStore) -> None:
    """Retention does not meet it again and again."""
    await begin(store)
    await append(store, *STORY)
    async with store.unit() as unit:
        await unit.conversations.erase(ONE, NOW)
        assert await unit.conversations.idle([Phase.QUESTIONS], NOW + timedelta(days=9), 9) == []


# --- memory --------------------------------------------------------------------------------------


def test_memory_holds_only_the_last_used() -> None:
    memory = Memory(kept=2)
    for name in ("a", "b"):
        memory.keep(Conversation(ConversationId(name)), Stamp(0, 0))
    assert memory.recall(ConversationId("a"), Stamp(0, 0)) is not None
    memory.keep(Conversation(ConversationId("c")), Stamp(0, 0))
    assert memory.recall(ConversationId("b"), Stamp(0, 0)) is None
    assert memory.recall(ConversationId("a"), Stamp(0, 0)) is not None


def test_memory_counts_only_while_the_stamp_agrees() -> None:
    memory = Memory()
    memory.keep(Conversation(ONE, seq=3), Stamp(3, 0))
    assert memory.recall(ONE, Stamp(4, 0)) is None
    assert memory.recall(ONE, Stamp(3, 1)) is None
    assert memory.recall(ONE, Stamp(3, 0)) == Conversation(ONE, seq=3)
