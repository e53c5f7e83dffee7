"""The server's clock: real time, or stopped at an instant and moved by the test."""

import time


class Clock:
    """Seconds since the epoch; `advance` moves it, `freeze` stops it."""

    def __init__(self) -> None:
        self._ahead_s = 0.0
        self._frozen_at: float | None = None

    def now(self) -> float:
        """Seconds since the epoch, as this server believes them."""
        if self._frozen_at is not None:
            return self._frozen_at
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Later by `seconds`, frozen or not."""
        if self._frozen_at is not None:
            self._frozen_at += seconds
        else:
            self._ahead_s += seconds

    def freeze(self, at: float | None = None) -> None:
        """Time stands still, at `at` when given."""
        self._frozen_at = self.now() if at is None else at
