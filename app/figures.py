"""What this process knows and counts of itself, for /readyz and /metrics. No content, no identifiers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.roles import MATRIX, TELEGRAM, RoleBoard
from bots.telegram.citizen_bot import TelegramCitizens
from handlers.ports import Clock, LiveState
from web.health import READY

if TYPE_CHECKING:
    from bots.matrix.officer_bot import MatrixOfficers


class Figures:
    """Implements web.health.Readiness over the roles of this process."""

    def __init__(
        self,
        live: LiveState,
        clock: Clock,
        board: RoleBoard,
        telegram: TelegramCitizens | None,
        matrix: "MatrixOfficers | None",
    ) -> None:
        self._live, self._clock, self._board = live, clock, board
        self._telegram, self._matrix = telegram, matrix
        self._turns = self._rounds = 0
        self._reasons: Mapping[str, Callable[[], str]] = MappingProxyType(
            {TELEGRAM: self._telegram_reason, MATRIX: self._matrix_reason}
        )

    def turn(self) -> None:
        """One more inbox item was handled."""
        self._turns += 1

    def watch_round(self) -> None:
        """The night watch has made one more round."""
        self._rounds += 1

    def roles(self) -> Mapping[str, str]:
        """Of each role READY or why not."""
        told = {role: self._reasons.get(role, lambda: READY)() for role in self._board.running}
        return told | {role: f"stopped-{reason}" for role, reason in self._board.stopped.items()}

    def counts(self) -> Mapping[str, int]:
        """Totals since the start."""
        matrix = self._matrix.health if self._matrix else None
        return {
            "turns": self._turns,
            "watch_rounds": self._rounds,
            "undecryptable_events": matrix.unreadable if matrix else 0,
            "backfilled_events": matrix.back_filled if matrix else 0,
        }

    def _telegram_reason(self) -> str:
        if self._telegram is None:
            return READY
        health = self._telegram.health
        if health.stopped is not None:  # known a moment before the role has ended
            return f"stopped-{health.stopped}"
        return READY if health.is_ready(self._clock.now()) else "telegram-silent"

    def _matrix_reason(self) -> str:
        if self._matrix is None:
            return READY
        return next(iter(self._matrix.health.faults(self._clock.now())), READY)
