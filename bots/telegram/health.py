"""How the Telegram role is doing, for `/readyz` and the metrics."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Health:
    """Kept by the loops, read by the web edge.

    last_good_at: when Telegram last answered us. pending: updates that wait on Telegram's side. stopped: the class
    name of the error that ended the role. unreadable: updates that could not be decoded so far.
    """

    last_good_at: datetime | None = None
    pending: int = 0
    stopped: str | None = None
    unreadable: int = 0

    def is_ready(self, now: datetime, within: timedelta = timedelta(seconds=60)) -> bool:
        """Whether the role runs and Telegram answered not long ago."""
        return self.stopped is None and self.last_good_at is not None and now - self.last_good_at <= within
