"""A process that polls and writes what comes into one SQLite file, until it is killed.

Arguments: the file, the server's base URL, the token.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Sequence

from bots.telegram.citizen_bot import TelegramCitizens
from bots.telegram.settings import TelegramSettings
from domain.messages import FromCitizen, Said
from handlers.ports import Arrival
from tests.telegram.fakes import HandClock, PlainLive

SCHEMA = """
CREATE TABLE IF NOT EXISTS inbox (source TEXT, remote_id TEXT, contact TEXT, text TEXT, UNIQUE (source, remote_id));
CREATE TABLE IF NOT EXISTS cursor (name TEXT PRIMARY KEY, value TEXT);
"""


class FileIntake:
    """Arrivals and cursor in one transaction of a file."""

    def __init__(self, path: str) -> None:
        self._base = sqlite3.connect(path)
        self._base.executescript(SCHEMA)

    async def accept(self, arrivals: Sequence[Arrival], cursor: tuple[str, str] | None = None) -> None:
        with self._base:
            for arrival in arrivals:
                self._base.execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?)", _row(arrival))
            if cursor is not None:
                self._base.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?)", cursor)

    async def cursor(self, name: str) -> str | None:
        found = self._base.execute("SELECT value FROM cursor WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])


def _row(arrival: Arrival) -> tuple[str, str, str | None, str]:
    assert isinstance(arrival.message, FromCitizen)
    assert isinstance(arrival.message.content, Said)
    return arrival.source, arrival.remote_id, arrival.contact, arrival.message.content.text


async def main() -> None:
    path, base_url, token = sys.argv[1:]
    edge = TelegramCitizens(TelegramSettings(token, base_url=base_url), FileIntake(path), PlainLive(), HandClock())
    print("ready", flush=True)
    await edge.run()


if __name__ == "__main__":
    asyncio.run(main())
