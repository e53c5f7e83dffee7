"""The reader: milliseconds a message, beside the same work without a counter around it."""

import asyncio
import time
from datetime import UTC, datetime

from app.bench.turns import SCRIPT

LOOPS = 30


def reader_ms() -> float:
    """Median milliseconds for one message of the script through the whole reader, one thread."""
    from nlu.reader import GuichetReader

    reader, at, times = GuichetReader(), datetime.now(UTC), []

    async def measure() -> None:
        for _ in range(LOOPS):
            for line in SCRIPT:
                began = time.perf_counter()
                await reader.read(line, None, at)
                times.append(time.perf_counter() - began)

    asyncio.run(measure())
    return sorted(times)[len(times) // 2] * 1000
