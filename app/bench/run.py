"""One run of the bench, and its table."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.bench.processes import echo, house, program
from app.bench.server import bot_api
from app.bench.turns import SCRIPT, Turns, crowd, latency, throughput, until_it_answers

FIRST_ID = 100_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one program did."""

    turns: Turns
    cpu_ms: float
    start_s: float
    resident_mb: float


async def measure(people: int) -> tuple[Measured, Measured]:
    """(the echo bot, the house), one after the other on servers of their own."""
    return await _measure(people, is_house=False), await _measure(people, is_house=True)


async def _measure(people: int, *, is_house: bool) -> Measured:
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as folder:
        async with bot_api() as server:
            command = house(server, Path(folder)) if is_house else echo(server)
            async with program(*command) as running:
                first = await until_it_answers(server, crowd(1, FIRST_ID)[0])
                before = running.cpu_s
                per_s = await throughput(server, crowd(people, FIRST_ID + 10_000))
                cpu_ms = (running.cpu_s - before) / (people * len(SCRIPT)) * 1000
                steady = await latency(server, crowd(min(people, 60), FIRST_ID + 50_000), per_s / 2, rounds=4)
                turns = Turns(per_s, steady.p50_s, steady.p99_s)
                return Measured(turns, cpu_ms, first - running.started, running.resident_mb)


def table(bare: Measured, ours: Measured, reader_ms: float) -> Iterator[str]:
    """The lines of the report."""
    yield f"{'':34}{'bare echo':>12}{'guichet':>12}{'ratio':>8}"
    yield _line("turns a second", bare.turns.per_s, ours.turns.per_s, "{:.0f}")
    yield _line("processor ms a turn", bare.cpu_ms, ours.cpu_ms, "{:.2f}")
    yield _line("answer at half load, median ms", bare.turns.p50_s * 1000, ours.turns.p50_s * 1000, "{:.1f}")
    yield _line("answer at half load, 99 % ms", bare.turns.p99_s * 1000, ours.turns.p99_s * 1000, "{:.1f}")
    yield _line("start to first answer, s", bare.start_s, ours.start_s, "{:.2f}")
    yield _line("resident memory, MB", bare.resident_mb, ours.resident_mb, "{:.0f}")
    yield f"{'reader, median ms a message':34}{'':>12}{reader_ms:>12.2f}"


def _line(name: str, bare: float, ours: float, form: str) -> str:
    return f"{name:34}{form.format(bare):>12}{form.format(ours):>12}{ours / bare if bare else 0:>8.2f}"


def run(people: int) -> Iterator[str]:
    """Measure and report."""
    from app.bench.reading import reader_ms

    bare, ours = asyncio.run(measure(people))
    yield from table(bare, ours, reader_ms())
