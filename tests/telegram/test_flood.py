"""One bucket a chat; a 429 pauses its own chat; everybody waits only when several were told to."""

import pytest

from bots.telegram.flood import Flood
from bots.telegram.settings import FloodLimits
from domain.errors import SlowDown
from handlers.ports import LiveState
from storage.live import MemoryLive
from tests.telegram.fakes import HandClock, PlainLive

LIMITS = FloodLimits(chat_per_s=1, chat_burst=3, all_per_s=30, all_burst=8, many_chats=3, many_within_s=10)


@pytest.fixture(params=[PlainLive, MemoryLive])
def live(request: pytest.FixtureRequest) -> LiveState:
    """The stand-in of these tests and the house's own, so that the stand-in cannot lie."""
    made: LiveState = request.param()
    return made


@pytest.fixture
def flood(live: LiveState, clock: HandClock) -> Flood:
    return Flood(live, clock, LIMITS, "secret")


async def test_a_short_burst_passes_then_one_a_second(flood: Flood, clock: HandClock) -> None:
    for _ in range(3):
        await flood.admit(1)
    with pytest.raises(SlowDown) as caught:
        await flood.admit(1)
    assert caught.value.retry_after_s == pytest.approx(1)
    assert not caught.value.everyone
    await flood.admit(2)
    clock.advance(1)
    await flood.admit(1)


async def test_all_chats_together_have_a_limit_too(flood: Flood, clock: HandClock) -> None:
    for chat in range(8):
        await flood.admit(chat)
    with pytest.raises(SlowDown) as caught:
        await flood.admit(99)
    assert caught.value.everyone
    clock.advance(1)
    await flood.admit(99)


async def test_a_429_pauses_its_own_chat(flood: Flood, clock: HandClock) -> None:
    told = await flood.was_told(1, 30)
    assert (told.retry_after_s, told.everyone) == (30, False)
    with pytest.raises(SlowDown) as caught:
        await flood.admit(1)
    assert caught.value.retry_after_s == pytest.approx(30)
    await flood.admit(2)
    clock.advance(30)
    await flood.admit(1)


async def test_several_chats_told_at_once_stop_everybody(flood: Flood, clock: HandClock) -> None:
    tolds = [await flood.was_told(chat, 5) for chat in (1, 2, 3)]
    assert [told.everyone for told in tolds] == [False, False, True]
    with pytest.raises(SlowDown) as caught:
        await flood.admit(4)
    assert caught.value.everyone
    clock.advance(5)
    await flood.admit(4)


async def test_one_chat_told_three_times_or_three_at_leisure_stop_nobody_else(flood: Flood, clock: HandClock) -> None:
    assert not any([(await flood.was_told(1, 1)).everyone for _ in range(3)])
    clock.advance(11)
    for chat in (2, 3, 4):
        assert not (await flood.was_told(chat, 1)).everyone
        clock.advance(6)


async def test_typing_is_shown_rarely_and_never_to_a_paused_chat(flood: Flood, clock: HandClock) -> None:
    assert await flood.may_type(1)
    assert not await flood.may_type(1)
    assert await flood.may_type(2)
    clock.advance(4)
    assert await flood.may_type(1)
    await flood.was_told(3, 9)
    assert not await flood.may_type(3)


async def test_chats_are_named_by_keyed_hash_only(clock: HandClock) -> None:
    live = PlainLive()
    flood = Flood(live, clock, LIMITS, "secret")
    await flood.admit(770_077_077)
    await flood.was_told(770_077_077, 1)
    assert live.keys
    assert not [key for key in live.keys if "770077077" in key]
    await Flood(live, clock, LIMITS, "another secret").may_type(770_077_077)
    assert len([key for key in live.keys if not key.endswith(":all")]) == 2


async def test_a_rate_of_nought_lifts_the_limit(live: LiveState, clock: HandClock) -> None:
    free = Flood(live, clock, FloodLimits(chat_per_s=0, all_per_s=0), "secret")
    for _ in range(100):
        await free.admit(1)
