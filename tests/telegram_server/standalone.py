"""The server in a process of its own: it survives the bot, and the test may kill either."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from .server import TOKEN
from .stage import RemoteServer

_HOME = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def standalone(token: str = TOKEN, port: int = 0, state: Path | None = None) -> AsyncIterator[RemoteServer]:
    """A server process, ready; it ends with the block, and writes its state file if it has one."""
    more = [] if state is None else ["--state", str(state)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.telegram_server", "--port", str(port), "--token", token),
        *more,
        cwd=_HOME,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        ready = json.loads(await process.stdout.readline())
        remote = RemoteServer(ready["root"], token)
        try:
            yield remote
        finally:
            await remote.close()
    finally:
        process.terminate()
        await process.wait()
