"""Wake-ups and rate buckets; and that losing Redis slows the house but never stops it."""

import asyncio
from datetime import timedelta

import pytest

from domain.ids import Contact
from handlers.ports import LiveState
from storage.live import KEPT, Buckets, MemoryLive, Pauses
from storage.live_redis import RedisLive
from tests.servers.redis import LocalRedis
from tests.storage.words import KEYS, NOW

LONG_S = 20.0
"""Longer than any test waits for a bell that rings."""


async def ring_until_heard(live: LiveState, ears: "asyncio.Task[None]") -> None:
    """Another process may still be subscribing: ring until it hears."""
    while not ears.done():
        await live.wake("letters")
        await asyncio.wait({ears}, timeout=0.05)
    await ears


async def test_who_listens_is_woken(live: LiveState) -> None:
    ears = asyncio.create_task(live.listen("letters", LONG_S))
    await asyncio.sleep(0)
    await live.wake("letters")
    async with asyncio.timeout(LONG_S / 2):
        await ears


async def test_a_bell_that_rang_while_nobody_listened_is_heard(live: LiveState) -> None:
    await live.listen("letters", 0.0)
    await live.wake("letters")
    async with asyncio.timeout(LONG_S / 2):
        await live.listen("letters", LONG_S)


async def test_a_bell_is_heard_once(live: LiveState) -> None:
    await live.listen("letters", 0.0)
    await live.wake("letters")
    await live.listen("letters", LONG_S)
    again = asyncio.create_task(live.listen("letters", LONG_S))
    await asyncio.sleep(0.05)
    assert not again.done()
    again.cancel()


async def test_every_listener_hears_for_itself(live: LiveState) -> None:
    for name in ("citizen", "room"):
        await live.listen("letters", 0.0, name)
    await live.wake("letters")
    async with asyncio.timeout(LONG_S / 2):
        await live.listen("letters", LONG_S, "citizen")
        await live.listen("letters", LONG_S, "room")


async def test_another_bell_wakes_nobody(live: LiveState) -> None:
    ears = asyncio.create_task(live.listen("letters", LONG_S))
    await asyncio.sleep(0)
    await live.wake("lanes")
    await asyncio.sleep(0.05)
    assert not ears.done()
    ears.cancel()


async def test_listening_ends_with_its_time(live: LiveState) -> None:
    async with asyncio.timeout(LONG_S / 2):
        await live.listen("letters", 0.01)


async def test_a_cancelled_listener_loses_no_ring(live: LiveState) -> None:
    ears = asyncio.create_task(live.listen("letters", LONG_S))
    await asyncio.sleep(0)
    ears.cancel()
    await live.wake("letters")
    async with asyncio.timeout(LONG_S / 2):
        await live.listen("letters", LONG_S)


async def test_a_bucket_gives_its_burst_then_its_rate(live: LiveState) -> None:
    assert [await live.take("b", 2.0, 3, NOW) for _ in range(5)] == [0.0, 0.0, 0.0, 0.5, 0.5]
    assert await live.take("b", 2.0, 3, NOW + timedelta(seconds=0.25)) == pytest.approx(0.25)
    assert await live.take("b", 2.0, 3, NOW + timedelta(seconds=0.5)) == 0.0
    assert await live.take("other", 2.0, 3, NOW) == 0.0


async def test_a_bucket_never_holds_more_than_its_burst(live: LiveState) -> None:
    assert await live.take("b", 1.0, 2, NOW) == 0.0
    hour = NOW + timedelta(hours=1)
    assert [await live.take("b", 1.0, 2, hour) for _ in range(3)] == [0.0, 0.0, 1.0]


async def test_a_clock_that_goes_back_gives_nothing_away(live: LiveState) -> None:
    assert await live.take("b", 1.0, 1, NOW) == 0.0
    assert await live.take("b", 1.0, 1, NOW - timedelta(hours=1)) == 1.0
    assert await live.take("b", 1.0, 1, NOW) == 1.0


async def test_a_pause_runs_out(live: LiveState) -> None:
    assert await live.paused_for("k", NOW) == 0.0
    await live.pause("k", 30.0, NOW)
    assert await live.paused_for("k", NOW + timedelta(seconds=10)) == pytest.approx(20.0)
    assert await live.paused_for("k", NOW + timedelta(seconds=30)) == 0.0
    assert await live.paused_for("other", NOW) == 0.0


async def test_a_shorter_pause_does_not_end_a_longer_one(live: LiveState) -> None:
    await live.pause("k", 30.0, NOW)
    await live.pause("k", 5.0, NOW)
    assert await live.paused_for("k", NOW) == pytest.approx(30.0)


async def test_it_says_that_it_is_well(live: LiveState) -> None:
    assert await live.is_well()


def test_memory_does_not_grow_for_ever() -> None:
    buckets, pauses = Buckets(), Pauses()
    for number in range(KEPT + 50):
        buckets.take(str(number), 1.0, 1, NOW)
        pauses.pause(str(number), 1.0, NOW)
    assert len(buckets) == len(pauses) == KEPT


# --- Redis ---------------------------------------------------------------------------------------


@pytest.mark.servers
async def test_processes_share_bells_buckets_and_pauses(redis: LocalRedis) -> None:
    one, two = RedisLive(redis.url, KEYS), RedisLive(redis.url, KEYS)
    try:
        await ring_until_heard(one, asyncio.create_task(two.listen("letters", LONG_S)))
        assert [await live.take("shared", 1.0, 2, NOW) for live in (one, two, one)] == [0.0, 0.0, 1.0]
        await one.pause("shared", 9.0, NOW)
        assert await two.paused_for("shared", NOW) == pytest.approx(9.0)
    finally:
        await one.close()
        await two.close()


@pytest.mark.servers
async def test_redis_learns_nothing_about_people(redis: LocalRedis) -> None:
    contact = Contact("telegram:777000111")
    live = RedisLive(redis.url, KEYS)
    redis.command("FLUSHALL")
    await live.take(contact, 1.0, 1, NOW)
    await live.pause(contact, 9.0, NOW)
    await live.close()
    held = redis.command("KEYS", "*")
    assert held.count(b"guichet:") == 2
    assert b"777" not in held
    assert b"telegram" not in held


@pytest.mark.servers
async def test_without_redis_the_house_goes_on() -> None:
    server = LocalRedis().start()
    live = RedisLive(server.url, KEYS)
    try:
        await live.pause("k", 30.0, NOW)
        server.stop()
        assert not await live.is_well()
        assert [await live.take("b", 1.0, 1, NOW) for _ in range(2)] == [0.0, 1.0]
        assert await live.paused_for("k", NOW) == pytest.approx(30.0)
        await live.pause("other", 5.0, NOW)
        assert await live.paused_for("other", NOW) == pytest.approx(5.0)
        await live.listen("letters", 0.01)
        await live.wake("letters")
        async with asyncio.timeout(LONG_S / 2):
            await live.listen("letters", LONG_S)
    finally:
        await live.close()
        server.remove()


@pytest.mark.servers
async def test_redis_is_used_again_when_it_is_back() -> None:
    """After a break every bell rings once, for one may have been missed."""
    server = LocalRedis().start()
    one, two = RedisLive(server.url, KEYS), RedisLive(server.url, KEYS)
    try:
        await ring_until_heard(one, asyncio.create_task(two.listen("letters", LONG_S)))
        server.stop()
        await one.wake("letters")
        server.start()
        await ring_until_heard(one, asyncio.create_task(two.listen("letters", LONG_S)))
        assert await one.is_well()
    finally:
        await one.close()
        await two.close()
        server.remove()


def test_both_keep_the_protocol() -> None:
    states: list[type[LiveState]] = [MemoryLive, RedisLive]
    assert len(states) == 2
