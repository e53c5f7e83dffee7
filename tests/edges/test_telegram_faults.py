"""Faults on demand, the flood rule, outages, and the server in a process of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.edges.telegram_bot import bot_for, png
from tests.telegram_server import (
    FOREVER,
    Citizen,
    Fault,
    FloodRule,
    Kind,
    Stage,
    TelegramServer,
    flood_wait,
    refusal,
    standalone,
)

# 22.8 warns at each RetryAfter that its seconds will become a timedelta (PTB_TIMEDELTA=1 is the new form).
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with bot_for(server, read_timeout=0.5) as ready:
        yield ready


@pytest.fixture
async def camille(server: TelegramServer) -> Citizen:
    citizen = Citizen(server)
    await citizen.starts()
    return citizen


async def attempt(bot: Bot, chat_id: int) -> TelegramError | None:
    """The error that one send raised."""
    try:
        await bot.send_message(chat_id, "bonjour")
    except TelegramError as fault:
        return fault
    return None


@pytest.mark.parametrize(
    ("fault", "error", "delivered"),
    [
        (flood_wait(3), RetryAfter, 0),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden, 0),
        (refusal(400, "Bad Request: chat not found"), BadRequest, 0),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict, 0),
        (refusal(500, "Internal Server Error"), NetworkError, 0),
        (Fault(Kind.GATEWAY), NetworkError, 0),
        (Fault(Kind.DROPPED), NetworkError, 0),
        (Fault(Kind.LOST), NetworkError, 1),
        (Fault(Kind.RESET), NetworkError, 1),
        (Fault(Kind.LATE, delay_s=30), TimedOut, 1),
        (Fault(Kind.SLOW, delay_s=30), TimedOut, 0),
        (Fault(Kind.GARBLED), TelegramError, 1),
    ],
    ids=lambda value: value.kind.value + str(value.code) if isinstance(value, Fault) else "",
)
async def test_fault_hits_once_and_says_whether_the_work_was_done(
    server: TelegramServer, bot: Bot, camille: Citizen, fault: Fault, error: type[TelegramError], delivered: int
) -> None:
    await server.plan(fault)
    assert isinstance(await attempt(bot, camille.chat_id), error)
    assert len(await camille.messages()) == delivered
    assert await attempt(bot, camille.chat_id) is None
    assert len(await camille.messages()) == delivered + 1
    first, second = await server.calls("sendMessage")
    assert (first["fault"], second["fault"], second["code"]) == (fault.kind.value, "", 200)


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Fault(Kind.DROPPED), httpx.RemoteProtocolError),
        (Fault(Kind.LOST), httpx.RemoteProtocolError),
        (Fault(Kind.RESET), httpx.ReadError),
        (Fault(Kind.LATE, delay_s=30), httpx.ReadTimeout),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Fault) else "",
)
async def test_each_way_of_losing_an_answer_has_its_own_cause(
    server: TelegramServer, bot: Bot, camille: Citizen, fault: Fault, cause: type[Exception]
) -> None:
    await server.plan(fault)
    error = await attempt(bot, camille.chat_id)
    assert error is not None
    assert isinstance(error.__cause__, cause)


async def test_slow_call_is_done_in_the_end(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await server.plan(Fault(Kind.SLOW, delay_s=0.05))
    assert await attempt(bot, camille.chat_id) is None
    assert len(await camille.messages()) == 1


async def test_fault_may_choose_its_chat_its_method_and_its_moment(
    server: TelegramServer, bot: Bot, camille: Citizen
) -> None:
    other = Citizen(server, 700_002)
    await other.starts()
    await server.plan(flood_wait(2, chat_id=camille.chat_id, method="sendMessage", skip=1, times=2))
    errors = [type(await attempt(bot, c.chat_id)).__name__ for c in (camille, other, camille, other, camille, camille)]
    assert errors == ["NoneType", "NoneType", "RetryAfter", "NoneType", "RetryAfter", "NoneType"]
    await server.plan(refusal(500, "Internal Server Error", times=FOREVER))
    assert [await attempt(bot, camille.chat_id) is None for _ in range(3)] == [False] * 3
    assert len(await bot.get_updates()) == 2
    await server.clear_faults()
    assert await attempt(bot, camille.chat_id) is None


async def test_lost_answer_to_a_poll_loses_no_update(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await server.plan(Fault(Kind.LOST, method="getUpdates"))
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1


async def test_flood_rule_allows_one_message_a_second_in_a_chat(
    server: TelegramServer, bot: Bot, camille: Citizen
) -> None:
    await server.freeze()
    await server.limit_flood(FloodRule(chat_per_s=1, chat_burst=2))
    assert [type(await attempt(bot, camille.chat_id)) for _ in range(3)] == [type(None), type(None), RetryAfter]
    await bot.send_chat_action(camille.chat_id, "typing")
    await server.advance(1)
    assert [type(await attempt(bot, camille.chat_id)) for _ in range(2)] == [type(None), RetryAfter]
    assert (await server.status())["flood_refused"] == 2
    refused = (await server.calls("sendMessage"))[-1]
    assert (refused["code"], refused["description"]) == (429, "Too Many Requests: retry after 2")
    await server.limit_flood(None)
    assert await attempt(bot, camille.chat_id) is None


async def test_flood_rule_counts_all_chats_together(server: TelegramServer, bot: Bot) -> None:
    citizens = [Citizen(server, 800_000 + n) for n in range(4)]
    for citizen in citizens:
        await citizen.starts()
    await server.freeze()
    await server.limit_flood(FloodRule(all_per_s=3, all_burst=3))
    assert [type(await attempt(bot, c.chat_id)) for c in citizens] == [type(None)] * 3 + [RetryAfter]


async def test_nobody_connects_during_an_outage(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    waiting = asyncio.create_task(bot.get_updates(offset=10_002, timeout=30))
    await server.until_polling()
    async with server.outage():
        with pytest.raises(NetworkError):
            await waiting
        assert isinstance(await attempt(bot, camille.chat_id), NetworkError)
    assert await attempt(bot, camille.chat_id) is None


async def test_calls_are_recorded_in_order(server: TelegramServer, bot: Bot, camille: Citizen) -> None:
    await bot.send_message(camille.chat_id, "un")
    await bot.send_photo(camille.chat_id, png(), caption="deux")
    await attempt(bot, 42)
    calls = await server.until_called("sendMessage", count=2)
    assert [(c["chat_id"], c["code"]) for c in calls] == [(camille.chat_id, 200), (42, 400)]
    everything = await server.calls()
    assert [c["seq"] for c in everything] == list(range(1, len(everything) + 1))
    (photo,) = await server.calls("sendPhoto", camille.chat_id)
    assert photo["params"]["caption"] == "deux"
    assert photo["params"]["photo"]["size_bytes"] == len(png())


# -- in another process ----------------------------------------------------------------------------


async def conversation(stage: Stage) -> Citizen:
    """A citizen starts, the bot answers with a file, the citizen sends one back."""
    camille = Citizen(stage)
    await camille.starts()
    async with bot_for(stage) as bot:
        (update,) = await bot.get_updates(timeout=10)
        sent = await bot.send_document(camille.chat_id, b"aide", filename="aide.txt")
        await bot.get_updates(offset=update.update_id + 1)
    assert sent.document
    assert await stage.file(sent.document.file_id) == b"aide"
    await camille.hears()
    await camille.sends_photo(png(), "devant")
    return camille


async def test_standalone_server_answers_the_same() -> None:
    async with standalone() as remote:
        camille = await conversation(remote)
        async with bot_for(remote) as bot:
            await remote.plan(refusal(403, "Forbidden: bot was blocked by the user"))
            with pytest.raises(Forbidden):
                await bot.send_message(camille.chat_id, "x")
            assert len(await remote.pending()) == 1


async def test_standalone_server_refuses_connections_for_a_while() -> None:
    async with standalone() as remote:
        camille = Citizen(remote)
        await camille.starts()
        async with bot_for(remote) as bot:
            await remote.refuse_connections(0.3)
            assert isinstance(await attempt(bot, camille.chat_id), NetworkError)
            while await attempt(bot, camille.chat_id) is not None:
                assert await remote.status()
            assert len(await camille.messages()) == 1


POLLER = """
import asyncio, sys
from telegram import Bot
async def main():
    async with Bot(sys.argv[1], base_url=sys.argv[2]) as bot:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=30):
                offset = update.update_id + 1
                await bot.send_message(update.message.chat.id, "reçu " + update.message.text)
asyncio.run(main())
"""


async def test_server_outlives_a_killed_bot() -> None:
    async with standalone() as remote:
        camille = Citizen(remote)
        for text in ("un", "deux"):
            command = (sys.executable, "-c", POLLER, remote.token, remote.base_url)
            process = await asyncio.create_subprocess_exec(*command)
            await remote.until_polling()
            await camille.says(text)
            await camille.hears(f"reçu {text}")
            process.kill()
            await process.wait()
        async with bot_for(remote) as bot:
            await camille.says("trois")
            texts = [u.message.text for u in await bot.get_updates(timeout=10) if u.message]
        assert texts[-1] == "trois"
        assert set(texts) <= {"deux", "trois"}
        assert [m.text for m in await camille.messages()][:2] in (["reçu un", "reçu deux"], ["reçu un", "reçu un"])


async def test_state_file_survives_a_stop(tmp_path: Path) -> None:
    state = tmp_path / "telegram.json"
    async with standalone(state=state) as remote:
        await conversation(remote)
    async with standalone(state=state) as remote, bot_for(remote) as bot:
        camille = Citizen(remote)
        assert [m.text for m in await camille.screen()] == ["/start", "", "devant"]
        (update,) = await bot.get_updates()
        assert update.message
        file = await bot.get_file(update.message.photo[-1])
        assert bytes(await file.download_as_bytearray()) == png()
        assert len(await remote.calls("sendDocument")) == 1
        await bot.send_message(camille.chat_id, "encore")
        assert (await camille.messages())[-1].message_id == 4
