"""`guichet run`: the roles asked for, until SIGTERM or SIGINT; what is in hand is finished first."""

import asyncio
import signal
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from app.counter import Counter, Parts
from app.figures import Figures
from app.house import matrix_settings, open_house, reader_of, telegram_settings
from app.identity_board import IdentityBoard
from app.profiles import profiles_of
from app.roles import (
    ALL,
    MATRIX,
    TELEGRAM,
    WEB,
    WORKER,
    Role,
    RoleBoard,
    matrix_role,
    serve,
    telegram_role,
    worker_role,
)
from app.site import web_role
from bots.telegram.citizen_bot import TelegramCitizens
from config.settings import Settings
from domain.errors import OperatorError, RoleStopped

if TYPE_CHECKING:
    from bots.matrix.officer_bot import MatrixOfficers


async def run(settings: Settings, only: Sequence[str] = ()) -> None:
    """Serve until told to stop. Raises OperatorError when nothing can be served, RoleStopped when every role ended."""
    wanted = tuple(only) or _served(settings)
    stopping = asyncio.Event()
    _stop_on_signals(stopping)
    reader = reader_of(settings)
    async with open_house(settings, reader) as parts:
        if WORKER in wanted:
            reader.warm()
        house = _House(settings, parts, wanted)
        try:
            await house.serve(stopping)
        finally:
            await house.stop()
    if not stopping.is_set():
        raise RoleStopped("every role has stopped: see the log lines role.stopped")


class _House:
    """The edges of this process and the roles over them."""

    def __init__(self, settings: Settings, parts: Parts, wanted: Sequence[str]) -> None:
        self._settings, self._wanted = settings, wanted
        self._counter = Counter(parts)
        self._board = RoleBoard()
        self._identity = IdentityBoard(parts.store)
        self._telegram = self._make_telegram() if TELEGRAM in wanted else None
        self._matrix = self._make_matrix() if MATRIX in wanted else None
        self._figures = Figures(parts.live, parts.clock, self._board, self._telegram, self._matrix)

    def _make_telegram(self) -> TelegramCitizens:
        parts = self._counter.parts
        return TelegramCitizens(
            telegram_settings(self._settings),
            self._counter.door,
            parts.live,
            parts.clock,
            profiles_of(parts.wording, self._settings.languages),
        )

    def _make_matrix(self) -> "MatrixOfficers":
        from bots.matrix.officer_bot import MatrixOfficers  # takes a third of a second: only where it is served

        parts = self._counter.parts
        return MatrixOfficers(
            matrix_settings(self._settings),
            parts.store,
            self._counter.door,
            parts.cells,
            parts.clock,
            self._identity.show,
        )

    async def serve(self, stopping: asyncio.Event) -> None:
        """Every role side by side, until `stopping` or until none is left but the site."""
        folder = self._settings.data_dir
        serving = {
            role.name: asyncio.create_task(serve(role, self._counter, folder, self._board, stopping))
            for role in self._roles()
        }
        if not serving:
            raise OperatorError("nothing to serve: set telegram.token_file or matrix.homeserver, see `guichet check`")
        work = [task for name, task in serving.items() if name != WEB] or list(serving.values())
        await asyncio.wait(work)
        for task in serving.values():
            task.cancel() if not stopping.is_set() else None
        await asyncio.gather(*serving.values(), return_exceptions=True)

    def _roles(self) -> list[Role]:
        roles = []
        if self._telegram is not None:
            roles.append(telegram_role(self._counter, self._telegram))
        if self._matrix is not None:
            roles.append(matrix_role(self._counter, self._matrix, self._identity))
        if WORKER in self._wanted:
            every = timedelta(minutes=self._settings.retention.every_minutes)
            roles.append(worker_role(self._counter, self._telegram, self._figures, every))
        if WEB in self._wanted:
            roles.append(web_role(self._settings, self._counter.parts, self._figures, self._telegram))
        return roles

    async def stop(self) -> None:
        """Connections are closed."""
        if self._telegram is not None:
            await self._telegram.stop()
        if self._matrix is not None:
            await self._matrix.stop()


def _served(settings: Settings) -> tuple[str, ...]:
    """Every role that the settings allow."""
    can = {TELEGRAM: settings.telegram_token is not None, MATRIX: bool(settings.matrix.homeserver)}
    return tuple(role for role in ALL if can.get(role, True))


def _stop_on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stopping.set)
