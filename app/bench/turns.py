"""A turn's throughput and latency: every citizen says the same script, one line a round."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.bench.server import replies

SCRIPT = (
    "Bonjour, des gens vendent du shit devant le tabac place Pie à Avignon",
    "tous les soirs de 18h à 23h sauf le dimanche",
    "trois jeunes en survêtement avec une sacoche",
    "une Clio grise",
    "depuis deux semaines",
    "non c'est tout",
    "oui c'est juste",
)
"""A real report from the first word to the filing: seven turns."""

POLL_S = 0.05
"""How often the driver looks; more often would take the machine from what is measured."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns a second when a crowd writes at once; seconds from word to answer at a steady pace (median, 99 %)."""

    per_s: float
    p50_s: float = 0.0
    p99_s: float = 0.0


def crowd(size: int, first: int) -> list[dict[str, Any]]:
    """People who were never here before."""
    return [{"id": first + n, "is_bot": False, "first_name": "X", "language_code": "fr"} for n in range(size)]


async def until_it_answers(server: Any, user: dict[str, Any], timeout_s: float = 60.0) -> float:
    """When (time.time()) the first answer came to a first word that waited before the start."""
    seen = len(await server.calls("sendMessage"))
    await server.crowd_says([(user, SCRIPT[0])])
    await _answered(server, {user["id"]}, seen, timeout_s)
    return time.time()


async def throughput(server: Any, people: Sequence[dict[str, Any]]) -> float:
    """Turns a second over the whole script, each round begun when everybody was answered."""
    began, turns = time.perf_counter(), 0
    for line in SCRIPT:
        seq = await _last_call(server)
        await server.crowd_says([(user, line) for user in people])
        await _answered(server, {user["id"] for user in people}, seq, 120.0)
        turns += len(people)
    return turns / (time.perf_counter() - began)


async def latency(server: Any, people: Sequence[dict[str, Any]], per_s: float, rounds: int) -> Turns:
    """Seconds from word to first answer when words come at `per_s`, spread evenly."""
    waits: list[float] = []
    for line in SCRIPT[:rounds]:
        seq, said = await _last_call(server), {}
        for user in people:
            said[user["id"]] = time.time()
            await server.crowd_says([(user, line)])
            await asyncio.sleep(1 / per_s)
        await _answered(server, set(said), seq, 60.0)
        first: dict[int, float] = {}
        for call in await replies(server, seq):
            first.setdefault(call["chat_id"], call["at"])
        waits += [first[chat] - at for chat, at in said.items()]
    waits.sort()
    return Turns(per_s, waits[len(waits) // 2], waits[int(len(waits) * 0.99) - 1])


async def _last_call(server: Any) -> int:
    calls = await server.calls("sendMessage")
    return int(calls[-1]["seq"]) if calls else 0


async def _answered(server: Any, chats: set[int], after: int, timeout_s: float) -> None:
    waiting, seq = set(chats), after
    async with asyncio.timeout(timeout_s):
        while waiting:
            for call in await server.calls("sendMessage", after=seq):
                seq = max(seq, call["seq"])
                waiting.discard(call["chat_id"])
            await asyncio.sleep(POLL_S)
