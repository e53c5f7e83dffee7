"""Every error of python-telegram-bot and of httpx, told in the house's own words: one table for each.

The traps that the tables settle (measured, see docs/decisions/0051):
- BadRequest and TimedOut are both NetworkError, so the nearest class in the tables decides;
- a time-out while connecting means that nothing left, a time-out while reading means that nobody knows;
- the text of a library's error may hold the token or a person's words: only class names go further, and the new
  error is raised outside the `except` block, so that no traceback drags the old one along.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import httpx
from telegram import error as ptb

from domain.errors import Blocked, NotSent, PlatformError, Refused, RoleStopped, SlowDown, Uncertain

T = TypeVar("T")
Translate = Callable[[ptb.TelegramError], PlatformError]

DEFAULT_PAUSE_S = 5.0


class FloodWait(ptb.TelegramError):
    """A 429. RetryAfter may warn of a change to come when it is made, so the request object raises this instead."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        super().__init__("flood control")
        self.seconds = seconds


class ServerFault(ptb.NetworkError):
    """An HTTP status that python-telegram-bot does not tell apart: 5xx, and 4xx it has no class for."""

    __slots__ = ("status",)

    def __init__(self, status: int) -> None:
        super().__init__("server fault")
        self.status = status


# 502 and 503 come from a gateway that found no server behind it. After the others the work may have been done:
# the server itself answers 500 to what it had in hand when it restarts.
NOT_SENT_STATUSES = frozenset({502, 503})

HTTPX_FAULTS: Mapping[type[Exception], type[NotSent] | type[Uncertain]] = {
    httpx.ConnectTimeout: NotSent,
    httpx.ConnectError: NotSent,
    httpx.PoolTimeout: NotSent,
    httpx.ProxyError: NotSent,
    httpx.UnsupportedProtocol: NotSent,
    httpx.LocalProtocolError: NotSent,
    httpx.ReadTimeout: Uncertain,
    httpx.WriteTimeout: Uncertain,
    httpx.ReadError: Uncertain,
    httpx.WriteError: Uncertain,
    httpx.CloseError: Uncertain,
    httpx.RemoteProtocolError: Uncertain,
    httpx.DecodingError: Uncertain,
    httpx.TooManyRedirects: Uncertain,
    httpx.HTTPStatusError: Uncertain,
}

CLOSED_DOOR = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid", "user not found")
REFUSALS: Mapping[str, str] = {
    "too long": "too_long",
    "message_too_long": "too_long",
    "too big": "too_big",
    "too large": "too_big",
    "can't parse": "bad_format",
    "button_data_invalid": "bad_button",
    "image_process_failed": "bad_photo",
    "photo_invalid": "bad_photo",
    "to delete not found": "gone",
    "can't be deleted": "gone",
    "query is too old": "gone",
}


def _role_stopped(error: ptb.TelegramError) -> PlatformError:
    return RoleStopped(f"Telegram refuses this bot ({type(error).__name__}): check the token and that it runs once")


def _blocked(error: ptb.TelegramError) -> PlatformError:
    return Blocked(f"the citizen's chat is closed ({type(error).__name__})")


def _refused(error: ptb.TelegramError) -> PlatformError:
    return Refused(f"Telegram does not take this ({type(error).__name__})", "refused")


def _bad_request(error: ptb.TelegramError) -> PlatformError:
    said = error.message.lower()
    if any(words in said for words in CLOSED_DOOR):
        return _blocked(error)
    reason = next((reason for words, reason in REFUSALS.items() if words in said), "refused")
    return Refused(f"Telegram does not take this ({reason})", reason)


def _network(error: ptb.TelegramError) -> PlatformError:
    cause = error.__cause__
    kind = nearest(HTTPX_FAULTS, type(cause), Uncertain) if cause is not None else Uncertain
    return kind(f"the way to Telegram failed ({type(error).__name__}, {type(cause).__name__})")


def _server_fault(error: ptb.TelegramError) -> PlatformError:
    status = error.status if isinstance(error, ServerFault) else 0
    kind = NotSent if status in NOT_SENT_STATUSES else Uncertain
    return kind(f"Telegram answered with HTTP status {status}")


def _uncertain(error: ptb.TelegramError) -> PlatformError:
    return Uncertain(f"Telegram's answer could not be read ({type(error).__name__})")


def _slow_down(error: ptb.TelegramError) -> PlatformError:
    seconds = error.seconds if isinstance(error, FloodWait) else DEFAULT_PAUSE_S
    return SlowDown("Telegram asks for a pause", seconds)


TELEGRAM_FAULTS: Mapping[type[ptb.TelegramError], Translate] = {
    ptb.TelegramError: _uncertain,
    ptb.BadRequest: _bad_request,
    ptb.ChatMigrated: _refused,
    ptb.Conflict: _role_stopped,
    ptb.EndPointNotFound: _refused,
    ptb.Forbidden: _blocked,
    ptb.InvalidToken: _role_stopped,
    ptb.NetworkError: _network,
    ptb.PassportDecryptionError: _refused,
    ptb.RetryAfter: _slow_down,
    ptb.TimedOut: _network,
    FloodWait: _slow_down,
    ServerFault: _server_fault,
}

K = TypeVar("K")
V = TypeVar("V")


def nearest(table: Mapping[type[K], V], kind: type, otherwise: V) -> V:
    """The row of the class itself, or of its nearest ancestor in the table."""
    return next((table[known] for known in kind.__mro__ if known in table), otherwise)


def translated(error: ptb.TelegramError) -> PlatformError:
    """The same fault in the house's words, without a word of the library's."""
    return nearest(TELEGRAM_FAULTS, type(error), _uncertain)(error)


async def told(call: Awaitable[T]) -> T:
    """The call's answer; raises a PlatformError that carries nothing of the library's error, not even as context."""
    try:
        return await call
    except ptb.TelegramError as error:
        fault = translated(error)
    raise fault
