"""Erasing leaves nothing that can be read, with or without our key."""

import gc
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from domain import events as e
from domain.conversation import Conversation
from domain.errors import SealBroken
from domain.ids import Alias, CellId, FileId, MessageRef
from domain.messages import EraseChat, FromCitizen, Photographed
from domain.phases import Phase
from domain.questionnaire import Fact
from handlers.ports import Arrival, DeliveryState, NewLetter, Target
from storage import schema
from storage.engines import engine_for
from storage.sql import SqlStore
from storage.transaction import Found
from tests.storage.conftest import Place
from tests.storage.words import CELL, CONTACT, KEYS, NOW, OFFICER_REF, ONE, OPENING, TWO, begin, said, to_citizen

WORDS = "Le canari chante rue des Lices"
PHOTO = FileId("f" * 32)
PIXELS = b"\xff\xd8canari-pixels\xff\xd9" * 40


async def live_through(store: SqlStore) -> Conversation:
    """A report with words, a photo, an address, letters sent, failed and waiting, and a message not handled yet."""
    await begin(store)
    photo = Arrival(
        "telegram", "1", FromCitizen(Photographed(PHOTO, WORDS), NOW), CONTACT, files={PHOTO: (PIXELS, "image/jpeg")}
    )
    async with store.unit() as unit:
        await unit.vault.bind(CONTACT, ONE, NOW + timedelta(days=30))
        await unit.inbox.add(photo, ONE, NOW)
        await unit.inbox.done((await unit.inbox.next(ONE, 1))[0].id)
        await unit.inbox.add(said(WORDS, "2"), ONE, NOW)
        case = await unit.cases.open(ONE, CELL, NOW)
        story = (
            *OPENING,
            e.Wondered(e.Asked.NARRATIVE),
            e.CitizenSpoke(WORDS),
            e.FactLearned(Fact.LIEU, WORDS),
            e.SummaryShown(),
            e.ReportFiled(case.alias),
        )
        after = await unit.conversations.append(await unit.conversations.load(ONE), story, NOW)
    async with store.unit() as unit:
        sent, failed = [await unit.deliveries.add(ONE, to_citizen(WORDS, OFFICER_REF), NOW) for _ in range(2)]
        await unit.deliveries.add(ONE, to_citizen(WORDS), NOW)
        await unit.deliveries.sent(sent, [MessageRef("ref-canari")], NOW)
        await unit.deliveries.finish(failed, DeliveryState.FAILED, "NotSent")
    return after


async def erase(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.conversations.erase(ONE, NOW)
        await unit.vault.forget(ONE)


async def rows(place: Place, table: sa.Table) -> list[Found]:
    engine = engine_for(place.url)
    try:
        return await engine.run_sync(lambda connection: list(connection.execute(sa.select(table)).all()))
    finally:
        await engine.close()


async def test_a_stolen_database_holds_no_words_no_address_no_picture(place: Place, store: SqlStore) -> None:
    """Before any erasing: everything that people said or are is sealed."""
    await live_through(store)
    stolen = place.raw()
    assert ONE.encode() in stolen
    for canary in (b"canari", b"Lices", CONTACT.encode(), b"777000111", OFFICER_REF.encode(), b"ref-"):
        assert canary not in stolen


async def test_nothing_is_left_to_open(place: Place, store: SqlStore) -> None:
    await live_through(store)
    await erase(store)
    assert {row.sealed for row in await rows(place, schema.event)} == {None}
    assert await rows(place, schema.file) == []
    assert await rows(place, schema.link) == []
    assert await rows(place, schema.vault_contact) == []
    assert await rows(place, schema.delivery) == []


async def test_the_key_is_destroyed_for_ever(place: Place, store: SqlStore) -> None:
    """A copy of a sealed event made before does not open with what the database holds afterwards."""
    await live_through(store)
    copies = await rows(place, schema.event)
    old_key = (await rows(place, schema.conversation))[0].wrapped_key
    await erase(store)
    new_key = (await rows(place, schema.conversation))[0].wrapped_key
    seal = KEYS.unwrap(new_key, CELL.id, ONE)
    for copy in copies:
        with pytest.raises(SealBroken):
            seal.open(copy.sealed, "event", ONE, copy.seq, copy.kind)
    assert KEYS.unwrap(old_key, CELL.id, ONE).open(copies[0].sealed, "event", ONE, 1, copies[0].kind)


async def test_the_old_key_lingers_in_no_file(place: Place, store: SqlStore) -> None:
    """Neither in free pages nor in the write-ahead log. PostgreSQL: what a dump would carry away."""
    await live_through(store)
    old_key = bytes((await rows(place, schema.conversation))[0].wrapped_key)
    assert in_raw(place, old_key)
    await erase(store)
    assert not in_raw(place, old_key)


async def test_what_was_deleted_lingers_in_no_file(place: Place, store: SqlStore) -> None:
    """Even sealed: the picture is sealed under a key that is gone, the address under one that stays."""
    await live_through(store)
    sealed = [bytes((await rows(place, table))[0].sealed) for table in (schema.vault_contact, schema.link, schema.file)]
    assert all(in_raw(place, one[:64]) for one in sealed)
    await erase(store)
    assert not any(in_raw(place, one[:64]) for one in sealed)


async def test_no_words_stay_in_the_memory_of_the_process(store: SqlStore) -> None:
    """What was remembered to save work is forgotten with the rest."""
    await live_through(store)
    assert remembered()
    await erase(store)
    assert not remembered()


def remembered() -> list[Conversation]:
    """Conversations with facts that some object of this process still holds."""
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is Conversation and one.id == ONE and one.facts]


def in_raw(place: Place, value: bytes) -> bool:
    return (value if place.kind == "sqlite" else value.hex().encode()) in place.raw()


async def test_the_skeleton_stays(place: Place, store: SqlStore) -> None:
    before = await live_through(store)
    await erase(store)
    expected = Conversation(
        ONE, cell=CELL.id, language="fr", phase=Phase.DEPOSE, alias=Alias("V-0001"), filed=True, welcomed=True,
        seq=before.seq,
    )  # fmt: skip
    for one in (store, await place.open()):
        async with one.unit() as unit:
            assert await unit.conversations.load(ONE) == expected
            assert await unit.conversations.recorded(ONE) == []


async def test_only_the_day_is_left_of_times(place: Place, store: SqlStore) -> None:
    await live_through(store)
    await erase(store)
    day = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    assert {row.at for row in await rows(place, schema.event)} == {day}
    assert [row.last_at for row in await rows(place, schema.conversation)] == [day]


async def test_the_farewell_can_still_be_written(store: SqlStore) -> None:
    await live_through(store)
    farewell = NewLetter(Target.CITIZEN, EraseChat((MessageRef("1"),)))
    async with store.unit() as unit:
        await unit.conversations.erase(ONE, NOW)
        number = await unit.deliveries.add(ONE, farewell, NOW)
        before = await unit.conversations.load(ONE)
        after = await unit.conversations.append(before, [e.Erased(), e.NoticeGiven(e.Notice.ERASED)], NOW)
    async with store.unit() as unit:
        assert [(one.id, one.letter) for one in await unit.deliveries.due(Target.CITIZEN, NOW, 9)] == [
            (number, farewell.letter)
        ]
        assert await unit.conversations.load(ONE) == after
        recorded = await unit.conversations.recorded(ONE)
        assert [one.event for one in recorded] == [e.Erased(), e.NoticeGiven(e.Notice.ERASED)]
        assert [one.seq for one in recorded] == [before.seq + 1, before.seq + 2]


async def test_another_process_reads_what_came_after_the_erasure(place: Place, store: SqlStore) -> None:
    other = await place.open()
    await live_through(store)
    async with other.unit() as unit:
        assert (await unit.conversations.load(ONE)).facts != {}
    await erase(store)
    async with store.unit() as unit:
        after = await unit.conversations.append(await unit.conversations.load(ONE), [e.Erased()], NOW)
    async with other.unit() as unit:
        assert await unit.conversations.load(ONE) == after
        assert after.facts == {}


async def test_what_came_after_the_wish_to_erase_is_still_handled(store: SqlStore) -> None:
    await live_through(store)
    await erase(store)
    async with store.unit() as unit:
        assert [item.message for item in await unit.inbox.next(ONE, 9)] == [said(WORDS, "2").message]


async def test_a_repeat_is_still_known_but_tells_of_nobody(place: Place, store: SqlStore) -> None:
    await live_through(store)
    await erase(store)
    handled = [row for row in await rows(place, schema.inbox) if row.sealed is None]
    assert [row.conversation for row in handled] == [None]
    async with store.unit() as unit:
        assert not await unit.inbox.add(said(WORDS, "1"), ONE, NOW)


async def test_others_are_left_alone(store: SqlStore) -> None:
    await live_through(store)
    await begin(store, TWO)
    async with store.unit() as unit:
        told = await unit.conversations.append(await unit.conversations.load(TWO), OPENING, NOW)
        number = await unit.deliveries.add(TWO, to_citizen("reste"), NOW)
    await erase(store)
    async with store.unit() as unit:
        assert await unit.conversations.load(TWO) == told
        assert [one.id for one in await unit.deliveries.due(Target.CITIZEN, NOW, 9)] == [number]


async def test_a_letter_in_flight_is_written_down_after_all(place: Place, store: SqlStore) -> None:
    """The postman had it in hand while it was erased: its outcome is no error."""
    await begin(store)
    async with store.unit() as unit:
        number = await unit.deliveries.add(ONE, to_citizen(WORDS), NOW)
        await unit.deliveries.sending([number])
    await erase(store)
    left = [(row.sealed, row.sealed_about, row.state) for row in await rows(place, schema.delivery)]
    assert left == [(None, None, "cancelled")]
    async with store.unit() as unit:
        await unit.deliveries.sent(number, [MessageRef("9")], NOW)
    async with store.unit() as unit:
        assert await unit.deliveries.counts() == {("citizen", "sent"): 1}


async def test_erasing_twice_is_erasing_once(store: SqlStore) -> None:
    before = await live_through(store)
    await erase(store)
    await erase(store)
    async with store.unit() as unit:
        assert (await unit.conversations.load(ONE)).seq == before.seq


def test_a_cell_cannot_open_the_keys_of_another() -> None:
    wrapped, _ = KEYS.new_conversation_key(CELL.id, ONE)
    with pytest.raises(SealBroken):
        KEYS.unwrap(wrapped, CellId("gard"), ONE)
