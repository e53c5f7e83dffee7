"""What the desk's identity page shows: the bot's fingerprint, and the emoji of the verification that goes on.

An officer compares them on a screen that is not Matrix: whoever stood in between there could show other signs.
"""

import asyncio
from typing import TYPE_CHECKING

import structlog

from domain.errors import StorageError
from handlers.ports import Store

if TYPE_CHECKING:
    from bots.matrix.sas import Comparison

log = structlog.get_logger(__name__)

FINGERPRINT, VERIFICATION = "matrix.fingerprint", "matrix.verification"
"""Secrets under which handlers.supervisor.ReadingRoom looks for them."""


class IdentityBoard:
    """Written by the process that serves the rooms, read by those that serve the desk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writing: set[asyncio.Task[None]] = set()

    async def opened(self, fingerprint: str) -> None:
        """The bot is in service under this fingerprint."""
        await self._write(FINGERPRINT, fingerprint)

    def show(self, comparison: "Comparison") -> None:
        """The signs that both screens must show are on the board soon; the dialogue does not wait for it."""
        signs = "  ".join(f"{sign} {name}" for sign, name in comparison.emoji)
        task = asyncio.create_task(self._write(VERIFICATION, signs))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def written(self) -> None:
        """Everything that was shown is on the board."""
        await asyncio.gather(*self._writing)

    async def _write(self, name: str, value: str) -> None:
        try:
            async with self._store.unit() as unit:
                await unit.secrets.set(name, value.encode())
        except StorageError as error:
            log.warning("identity_board.not_written", error=type(error).__name__)
