"""How the Matrix role is doing: what readiness and the metrics show. No names, no contents."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

STALE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class MatrixHealth:
    """last_good_sync: None before the first one of this run. stray_devices: other logins of the bot's account."""

    last_good_sync: datetime | None = None
    is_token_refused: bool = False
    is_device_signed: bool = False
    stray_devices: int = 0
    strays_unknown: bool = False
    parked: int = 0
    unreadable: int = 0
    back_filled: int = 0

    @property
    def has_synced(self) -> bool:
        """Whether a sync of this run has been written down."""
        return self.last_good_sync is not None

    def is_ready(self, now: datetime) -> bool:
        """Whether officers can be reached and heard."""
        fresh = self.last_good_sync is not None and now - self.last_good_sync <= STALE_AFTER
        return fresh and self.is_device_signed and not self.is_token_refused

    def faults(self, now: datetime) -> tuple[str, ...]:
        """Short keys of what is wrong, for an operator."""
        stale = self.last_good_sync is None or now - self.last_good_sync > STALE_AFTER
        checks = {
            "sync_stale": stale,
            "token_refused": self.is_token_refused,
            "device_unsigned": not self.is_device_signed,
            "stray_devices": self.stray_devices > 0,
        }
        return tuple(name for name, is_wrong in checks.items() if is_wrong)


class HealthBoard:
    """Where the parts of the role write how they do."""

    def __init__(self) -> None:
        self.health = MatrixHealth()

    def good_sync(self, at: datetime) -> None:
        """A sync was written down."""
        self.health = replace(self.health, last_good_sync=at)

    def token_refused(self) -> None:
        """The server refused us for good."""
        self.health = replace(self.health, is_token_refused=True)

    def device_signed(self) -> None:
        """Our device bears our identity's signature."""
        self.health = replace(self.health, is_device_signed=True)

    def own_devices_changed(self) -> None:
        """Somebody logged in to our account, or out of it."""
        self.health = replace(self.health, strays_unknown=True)

    def strays(self, count: int) -> None:
        """So many other devices are logged in."""
        self.health = replace(self.health, stray_devices=count, strays_unknown=False)

    def parked(self, count: int) -> None:
        """So many messages wait for their key."""
        self.health = replace(self.health, parked=count)

    def unreadable(self, count: int) -> None:
        """So many more messages were given up."""
        self.health = replace(self.health, unreadable=self.health.unreadable + count)

    def back_filled(self, count: int) -> None:
        """So many more events were fetched to fill gaps."""
        self.health = replace(self.health, back_filled=self.health.back_filled + count)
