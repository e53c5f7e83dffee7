"""Where the time comes from."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved (`guichet chat --now`, tests)."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=PARIS).astimezone(UTC)

    def now(self) -> datetime:
        """Aware UTC."""
        return self.at
