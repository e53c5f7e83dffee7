"""The officers' side of the demonstration with a real homeserver: a local Synapse, accounts ready to log in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.counter import Counter, Parts
from app.local_synapse import Account, LocalSynapse
from app.roles import Loop, until_stopped
from bots.matrix.officer_bot import MatrixOfficers
from bots.matrix.settings import MatrixSettings
from config.cells import CellBook
from config.questionnaires import load_questionnaires
from domain.case import Cell, Officer
from domain.ids import OfficerId
from handlers.ports import OfficerChannel
from web.demo.app import OfficerLogin

OFFICERS = (("police", "police-demo"), ("gendarmerie", "gendarmerie-demo"), ("douanes", "douanes-demo"))
"""Service and password of the ready-made accounts; the server listens on the loopback only."""


@dataclass(frozen=True, slots=True)
class MatrixSide:
    """A running homeserver, the bot on it, and how officers log in."""

    parts: Parts
    bot: MatrixOfficers
    login: OfficerLogin

    @property
    def channel(self) -> OfficerChannel:
        """Where letters to rooms go."""
        return self.bot.channel

    @property
    def loops(self) -> tuple[Loop, ...]:
        """What the bot does while the demonstration runs."""
        return (until_stopped(self.bot.run),)


@asynccontextmanager
async def open_matrix_side(parts: Parts, home: Path) -> AsyncIterator[MatrixSide]:
    """Synapse runs, the bot is logged in and signed, the cell's officers have accounts."""
    server = LocalSynapse(home / "synapse")
    await asyncio.to_thread(server.start)
    try:
        account, officers = await asyncio.to_thread(_accounts, server)
        cells = _cell_of(parts, officers)
        parts = replace(parts, cells=cells)
        settings = MatrixSettings(server.url, account.user_id, home / "matrix", account.password)
        bot = MatrixOfficers(settings, parts.store, Counter(parts).door, cells, parts.clock)
        await bot.start()
        try:
            yield MatrixSide(parts, bot, OfficerLogin(server.url, officers))
        finally:
            await bot.stop()
    finally:
        await asyncio.to_thread(server.stop)


def _accounts(server: LocalSynapse) -> tuple[Account, tuple[tuple[str, str, str], ...]]:
    """The bot's account and the officers' (name, password, service); those of an earlier run are kept."""
    known = server.folder / "accounts.made"
    if known.exists():
        bot = Account(f"@guichet:{server.server_name}", "guichet", "guichet-demo")
    else:
        bot = server.register("guichet", "guichet-demo")
        for service, password in OFFICERS:
            server.register(f"agent.{service}", password)
        known.touch()
    return bot, tuple((f"@agent.{service}:{server.server_name}", password, service) for service, password in OFFICERS)


def _cell_of(parts: Parts, officers: tuple[tuple[str, str, str], ...]) -> CellBook:
    """The example cell with officers who exist."""
    cell: Cell = parts.cells.default()
    members = tuple(Officer(OfficerId(user), service) for user, _, service in officers)
    return CellBook([replace(cell, officers=members)], load_questionnaires())
