"""kill -9 in the middle of a conversation: nothing is lost, doubled, or out of order."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.telegram_server import Citizen, TelegramServer

HOME = Path(__file__).resolve().parents[2]
KILLS = 4
MESSAGES = 100


async def begun(path: Path, server: TelegramServer) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "tests.telegram.durable_child", str(path), server.base_url, server.token)
    child = await asyncio.create_subprocess_exec(*command, cwd=HOME, stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    assert await child.stdout.readline() == b"ready\n"
    return child


def texts(path: Path, contact: str) -> list[str]:
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT text FROM inbox WHERE contact = ? ORDER BY rowid", (contact,))
        return [row[0] for row in rows]


async def until_confirmed(server: TelegramServer) -> None:
    async with asyncio.timeout(60):
        while await server.pending():  # noqa: ASYNC110  # the server rings no bell for confirmations
            await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_by_kills(
    server: TelegramServer, camille: Citizen, dominique: Citizen, tmp_path: Path
) -> None:
    path = tmp_path / "inbox.sqlite"
    child = await begun(path, server)
    for number in range(MESSAGES):
        await camille.says(f"c{number}")
        await dominique.says(f"d{number}")
        await asyncio.sleep(0.005)
        if number % (MESSAGES // KILLS) == MESSAGES // KILLS - 1:
            child.kill()
            await child.wait()
            child = await begun(path, server)
    await until_confirmed(server)
    child.kill()
    await child.wait()
    assert texts(path, "telegram:700001") == [f"c{number}" for number in range(MESSAGES)]
    assert texts(path, "telegram:700002") == [f"d{number}" for number in range(MESSAGES)]
