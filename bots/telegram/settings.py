"""What the Telegram edge is told at start."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from enum import StrEnum

PUBLIC_API = "https://api.telegram.org"
SECRET_LENGTH = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Mode(StrEnum):
    """How updates come in."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """Our own pace, under the published limits of the Bot API (1 message a second a chat, 30 a second in all).

    chat_burst: letters that a chat may get at once after a silence. A 429 pauses one chat; when `many_chats` chats
    got one within `many_within_s` seconds, everybody waits. A rate of 0 lifts that limit.
    """

    chat_per_s: float = 1.0
    chat_burst: int = 3
    all_per_s: float = 30.0
    all_burst: int = 30
    many_chats: int = 3
    many_within_s: float = 10.0


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """The bot's token, the way updates come in, and where the Bot API is.

    base_url, base_file_url, local_mode: set for a Bot API server of one's own. proxy: the address of an HTTP proxy;
    those of the environment are not looked at. photos: False refuses them like other files. webhook_url: the public
    address, without a path; path and secret are derived from the token when left empty, so that every process and
    every restart has the same ones and nobody without the token can guess them.
    """

    token: str = field(repr=False)
    mode: Mode = Mode.POLLING
    base_url: str = f"{PUBLIC_API}/bot"
    base_file_url: str = f"{PUBLIC_API}/file/bot"
    local_mode: bool = False
    proxy: str = ""
    photos: bool = True
    poll_timeout_s: int = 25
    answer_timeout_s: float = 20.0
    webhook_url: str = ""
    webhook_path: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_max_connections: int = 40
    limits: FloodLimits = FloodLimits()
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0

    def __post_init__(self) -> None:
        if not self.token:
            raise ValueError("expected the bot's token, found an empty one")
        if self.mode is Mode.WEBHOOK and not self.webhook_url:
            raise ValueError("expected webhook_url, the public https address, for the webhook mode")
        if not self.path.startswith("/"):
            raise ValueError("expected a webhook_path that begins with a stroke")
        if not _SECRET.fullmatch(self.secret):
            raise ValueError("expected a webhook_secret of 1 to 256 letters, digits, _ and -")

    @property
    def path(self) -> str:
        """Where the webhook listens; a secret of its own."""
        return self.webhook_path or f"/telegram/{self.derived('path')}"

    @property
    def secret(self) -> str:
        """What Telegram must show at the webhook."""
        return self.webhook_secret or self.derived("secret")

    @property
    def public_url(self) -> str:
        """The webhook's whole address, as told to Telegram."""
        return self.webhook_url.rstrip("/") + self.path

    def derived(self, purpose: str) -> str:
        """A stable secret for one purpose, of hexadecimal digits; tells nothing of the token."""
        digest = hmac.new(self.token.encode(), f"guichet:{purpose}".encode(), hashlib.sha256)
        return digest.hexdigest()[:SECRET_LENGTH]
