"""Arrivals and lanes."""

from datetime import timedelta

import pytest

from domain.errors import RuleBroken
from domain.ids import ConversationId, FileId, MessageRef
from domain.messages import FromCitizen, Photographed, Said
from handlers.ports import Arrival
from storage.sql import SqlStore
from tests.servers.postgres import LocalPostgres
from tests.storage.words import CONTACT, KEYS, LEASE, NOW, ONE, SOON, THREE, TWO, begin, said

NAME = "test_claims"


async def add(store: SqlStore, text: str, remote_id: str, conversation: ConversationId = ONE) -> bool:
    async with store.unit() as unit:
        return await unit.inbox.add(said(text, remote_id), conversation, NOW)


def texts(inbox_items: object) -> list[str]:
    return [item.message.content.text for item in inbox_items]  # type: ignore[attr-defined]  # a test's shorthand


async def test_what_came_is_there_in_order(store: SqlStore) -> None:
    await begin(store)
    for number in range(5):
        assert await add(store, f"c'est vrai {number}", str(number))
    async with store.unit() as unit:
        items = await unit.inbox.next(ONE, 3)
        assert texts(items) == ["c'est vrai 0", "c'est vrai 1", "c'est vrai 2"]
        assert items[0].message == said("c'est vrai 0", "0").message


async def test_a_repeat_vanishes(store: SqlStore) -> None:
    await begin(store)
    assert await add(store, "bonjour", "7")
    assert not await add(store, "bonjour", "7")
    async with store.unit() as unit:
        assert len(await unit.inbox.next(ONE, 9)) == 1


async def test_a_repeat_of_what_was_handled_vanishes(store: SqlStore) -> None:
    await begin(store)
    await add(store, "bonjour", "7")
    async with store.unit() as unit:
        await unit.inbox.done((await unit.inbox.next(ONE, 9))[0].id)
    assert not await add(store, "bonjour", "7")
    async with store.unit() as unit:
        assert await unit.inbox.next(ONE, 9) == ()
        assert await unit.inbox.lag(NOW) == (0, 0.0)


async def test_the_same_id_from_another_source_is_another_arrival(store: SqlStore) -> None:
    await begin(store)
    await add(store, "bonjour", "7")
    async with store.unit() as unit:
        message = FromCitizen(Said("bonsoir"), NOW)
        assert await unit.inbox.add(Arrival("terminal", "7", message, contact=CONTACT), ONE, NOW)


async def accept_then_fail(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.inbox.add(said("bonjour", "7"), ONE, NOW)
        await unit.cursors.set("telegram", "8")
        raise ZeroDivisionError


async def test_arrivals_and_cursor_are_one_transaction(store: SqlStore) -> None:
    """When the transaction fails, neither is kept: upstream is asked again from the old cursor."""
    await begin(store)
    with pytest.raises(ZeroDivisionError):
        await accept_then_fail(store)
    async with store.unit() as unit:
        assert await unit.cursors.get("telegram") is None
        assert await unit.inbox.next(ONE, 9) == ()
        await unit.inbox.add(said("bonjour", "7"), ONE, NOW)
        await unit.cursors.set("telegram", "8")
    async with store.unit() as unit:
        assert await unit.cursors.get("telegram") == "8"
        assert len(await unit.inbox.next(ONE, 9)) == 1


async def test_an_unknown_conversation_is_a_mistake_of_ours(store: SqlStore) -> None:
    with pytest.raises(RuleBroken, match="not stored"):
        await add(store, "bonjour", "7")


async def test_files_come_with_their_message(store: SqlStore) -> None:
    await begin(store)
    photo = FileId("f" * 32)
    arrival = Arrival(
        "telegram", "8", FromCitizen(Photographed(photo, "la porte"), NOW), CONTACT,
        files={photo: (b"\xff\xd8image", "image/jpeg")},
    )  # fmt: skip
    async with store.unit() as unit:
        await unit.inbox.add(arrival, ONE, NOW)
    async with store.unit() as unit:
        assert await unit.files.get(ONE, photo) == (b"\xff\xd8image", "image/jpeg")
        assert await unit.files.get(TWO, photo) is None


# --- lanes ---------------------------------------------------------------------------------------


async def claim(store: SqlStore, owner: str, now: object = NOW, limit: int = 9) -> list[str]:
    async with store.unit() as unit:
        return list(await unit.inbox.claim(owner, now, LEASE, limit))  # type: ignore[arg-type]  # a test's shorthand


async def test_lanes_with_something_new_are_claimed_oldest_first(store: SqlStore) -> None:
    await begin(store, ONE, TWO, THREE)
    await add(store, "a", "1", TWO)
    await add(store, "b", "2", ONE)
    await add(store, "c", "3", TWO)
    assert await claim(store, "us", limit=1) == [TWO]
    assert await claim(store, "them") == [ONE]
    assert await claim(store, "they") == []


async def test_a_lane_is_refused_to_others_until_its_lease_ends(store: SqlStore) -> None:
    await begin(store)
    await add(store, "a", "1")
    assert await claim(store, "us") == [ONE]
    assert await claim(store, "them", NOW + LEASE - timedelta(microseconds=1)) == []
    assert await claim(store, "them", NOW + LEASE) == [ONE]
    assert await claim(store, "us", NOW + LEASE) == []


async def test_an_owner_that_starts_again_finds_its_lanes(store: SqlStore) -> None:
    """After a crash the same owner need not wait for its own lease."""
    await begin(store)
    await add(store, "a", "1")
    assert await claim(store, "us") == [ONE]
    assert await claim(store, "us", SOON) == [ONE]


async def test_lanes_in_hand_do_not_hide_those_that_wait(store: SqlStore) -> None:
    await begin(store, ONE, TWO)
    await add(store, "a", "1", ONE)
    assert await claim(store, "us") == [ONE]
    await add(store, "b", "2", TWO)
    assert await claim(store, "us", limit=1) == [TWO]


async def test_a_lane_given_back_is_free(store: SqlStore) -> None:
    await begin(store)
    await add(store, "a", "1")
    await claim(store, "us")
    async with store.unit() as unit:
        await unit.inbox.release(ONE, "them")
    assert await claim(store, "them") == []
    async with store.unit() as unit:
        await unit.inbox.release(ONE, "us")
    assert await claim(store, "them") == [ONE]


async def test_a_lane_without_news_is_not_claimed(store: SqlStore) -> None:
    await begin(store)
    await add(store, "a", "1")
    async with store.unit() as unit:
        await unit.inbox.done((await unit.inbox.next(ONE, 1))[0].id)
    assert await claim(store, "us") == []


@pytest.mark.servers
async def test_processes_that_claim_at_once_do_not_wait_for_each_other(postgres: LocalPostgres) -> None:
    """PostgreSQL: lanes that another is just taking are passed over, not waited for."""
    us, them = [await SqlStore.open(postgres.create(NAME) if new else postgres.url(NAME), KEYS, migrate=True)
                for new in (True, False)]  # fmt: skip
    await begin(us, ONE, TWO)
    await add(us, "a", "1", ONE)
    await add(us, "b", "2", TWO)
    async with us.unit() as unit:
        assert await unit.inbox.claim("us", NOW, LEASE, 1) == [ONE]
        assert await claim(them, "them") == [TWO]
    assert await claim(them, "they") == []
    for store in (us, them):
        await store.close()


async def test_what_waits_moves_to_the_new_lane_with_its_files(store: SqlStore) -> None:
    """A report after an ended one has a conversation, a key and a lane of its own."""
    await begin(store, ONE, TWO)
    photo = FileId("f" * 32)
    await add(store, "d'abord", "1")
    picture = Arrival(
        "telegram",
        "2",
        FromCitizen(Photographed(photo), NOW, MessageRef("2")),
        CONTACT,
        files={photo: (b"x", "image/png")},
    )
    async with store.unit() as unit:
        await unit.inbox.add(picture, ONE, NOW)
        await unit.inbox.move_lane(ONE, TWO)
    assert await claim(store, "us") == [TWO]
    async with store.unit() as unit:
        assert await unit.inbox.next(ONE, 9) == ()
        assert [item.message for item in await unit.inbox.next(TWO, 9)] == [
            said("d'abord", "1").message,
            picture.message,
        ]
        assert await unit.files.get(ONE, photo) is None
        assert await unit.files.get(TWO, photo) == (b"x", "image/png")


async def test_lag_counts_what_waits(store: SqlStore) -> None:
    await begin(store)
    async with store.unit() as unit:
        assert await unit.inbox.lag(NOW) == (0, 0.0)
    await add(store, "a", "1")
    await add(store, "b", "2")
    async with store.unit() as unit:
        assert await unit.inbox.lag(NOW + timedelta(seconds=12)) == (2, 12.0)


async def test_old_handled_arrivals_are_trimmed(store: SqlStore) -> None:
    await begin(store)
    await add(store, "a", "1")
    await add(store, "b", "2")
    async with store.unit() as unit:
        await unit.inbox.done((await unit.inbox.next(ONE, 1))[0].id)
    async with store.unit() as unit:
        assert await unit.inbox.trim(NOW) == 0
        assert await unit.inbox.trim(SOON) == 1
        assert texts(await unit.inbox.next(ONE, 9)) == ["b"]
