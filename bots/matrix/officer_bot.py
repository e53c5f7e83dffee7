"""The Matrix role put together: start, run until cancelled, stop; and the officers' channel for the use cases."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bots.matrix.book import RoomBook
from bots.matrix.channel import MatrixChannel
from bots.matrix.client import HouseClient, close_crypto_store
from bots.matrix.files import FileDesk
from bots.matrix.health import HealthBoard, MatrixHealth
from bots.matrix.keys import KeyCare
from bots.matrix.listening import Listener
from bots.matrix.rooms import Rooms
from bots.matrix.safe import Safe
from bots.matrix.sas import Comparison
from bots.matrix.send import Sender
from bots.matrix.session import open_session
from bots.matrix.settings import MatrixSettings
from bots.matrix.signing import Role, SigningKeys
from bots.matrix.sync import SyncLoop
from bots.matrix.verification import Verifier
from domain.errors import RoleStopped
from domain.ids import OfficerId
from handlers.ports import Cells, Clock, Intake, Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything that lives as long as one login."""

    client: HouseClient
    loop: SyncLoop
    verifier: Verifier
    channel: MatrixChannel
    fingerprint: str


class MatrixOfficers:
    """The officers' side. show: where the emoji of a verification are shown (a screen that is not Matrix).

    The role must be held by lease: one process only may own the crypto store.
    """

    def __init__(
        self,
        settings: MatrixSettings,
        store: Store,
        intake: Intake,
        cells: Cells,
        clock: Clock,
        show: Callable[[Comparison], None] | None = None,
    ) -> None:
        self._settings, self._store, self._intake, self._cells, self._clock = settings, store, intake, cells, clock
        self._show = show or (lambda comparison: None)
        self._board = HealthBoard()
        self._parts: _Parts | None = None

    @property
    def health(self) -> MatrixHealth:
        """How the role is doing now."""
        return self._board.health

    @property
    def channel(self) -> MatrixChannel:
        """The OfficerChannel; usable after start(), and for sending after the first sync of run()."""
        return self._started.channel

    @property
    def fingerprint(self) -> str:
        """The master key that officers may compare; constant across devices."""
        return self._started.fingerprint

    async def start(self) -> None:
        """Logged in, encrypted, signed, alone on the account. Raises RoleStopped, with nothing sent."""
        self._board = HealthBoard()
        client, keys = await open_session(self._settings, Safe(self._store))
        self._board.device_signed()
        self._parts = self._assemble(client, keys)

    async def run(self) -> None:
        """Read and answer until cancelled. Raises RoleStopped when the server refuses us for good."""
        parts = self._started
        verifying = asyncio.create_task(parts.verifier.run())
        try:
            await parts.loop.run()
        finally:
            verifying.cancel()
            await asyncio.gather(verifying, return_exceptions=True)

    async def stop(self) -> None:
        """The connection and the crypto store are closed. Cancel run() first."""
        if self._parts is not None:
            await self._parts.client.close()
            close_crypto_store(self._parts.client)
            self._parts = None

    @property
    def _started(self) -> _Parts:
        if self._parts is None:
            raise RoleStopped("the Matrix role has not been started")
        return self._parts

    def _assemble(self, client: HouseClient, keys: SigningKeys) -> _Parts:
        settings, clock, board = self._settings, self._clock, self._board
        book, care, files = RoomBook(client.user_id), KeyCare(client), FileDesk(client, settings)
        sender = Sender(client, care, files)
        rooms = Rooms(client, book, settings, clock, lambda: board.health.has_synced, self._is_officer)
        listener = Listener(client, settings, self._store, self._cells, clock, book, files, board, rooms.renew_keys)
        verifier = Verifier(client, sender, keys.public(Role.MASTER), self._is_officer, self._show, clock)
        loop = SyncLoop(client, settings, self._intake, listener, care, book, board, clock, verifier.offer, rooms.meet)
        return _Parts(client, loop, verifier, MatrixChannel(rooms, sender), keys.fingerprint)

    def _is_officer(self, user: str) -> bool:
        return any(cell.officer(OfficerId(user)) for cell in self._cells.all())
