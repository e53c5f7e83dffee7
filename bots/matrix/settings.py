"""What the officers' side needs to know, as one value."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path


class StrayDevices(StrEnum):
    """What to do at start with devices of our own account that are not this one (an old login, or a thief)."""

    REFUSE = "refuse"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class MatrixSettings:
    """Settings of the Matrix role. The password serves the first login and removals only; it is never kept.

    unreadable_after: how long an undecrypted message waits for its key before the officer is told.
    patience: how long a first message waits for officers who have joined nothing, once one of them can read it.
    file_limit_bytes: larger files of officers are not fetched.
    """

    homeserver: str
    user_id: str
    store_path: Path
    password: str | None = field(default=None, repr=False)
    device_name: str = "guichet"
    stray_devices: StrayDevices = StrayDevices.REFUSE
    unreadable_after: timedelta = timedelta(seconds=60)
    patience: timedelta = timedelta(seconds=60)
    file_limit_bytes: int = 20_000_000
    sync_timeout: timedelta = timedelta(seconds=25)
    request_timeout: timedelta = timedelta(seconds=30)
    case_room_name: str = "Signalement {alias}"
    lobby_name: str = "{cell} : accueil"
    space_name: str = "{cell}"

    def __post_init__(self) -> None:
        if not (self.user_id.startswith("@") and ":" in self.user_id):
            raise ValueError("the Matrix account must be written in full, as @name:server")
        if not self.homeserver.startswith(("http://", "https://")):
            raise ValueError("the Matrix homeserver must be an http or https address")
