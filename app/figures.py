"""What this process counts and knows of itself, for /readyz and /metrics. No content, no identifiers."""

from app.roles import RoleBoard
from bots.matrix.officer_bot import MatrixOfficers
from bots.telegram.citizen_bot import TelegramCitizens
from handlers.ports import Clock, LiveState, Store


class Figures:
    """The state of the roles and the counts of the store."""

    def __init__(
        self,
        store: Store,
        live: LiveState,
        clock: Clock,
        board: RoleBoard,
        telegram: TelegramCitizens | None,
        matrix: MatrixOfficers | None,
    ) -> None:
        self.store, self.live, self.clock, self.board = store, live, clock, board
        self.telegram, self.matrix = telegram, matrix
        self.turns = 0

    def turn(self) -> None:
        """One more inbox item was handled."""
        self.turns += 1
