"""Faults on demand, and the flood rule."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from .shapes import ApiError, Json
from .wire import HANG_UP, RESET, Reply

FOREVER = 1_000_000_000


class Kind(Enum):
    """What goes wrong. The first two words of each say whether the work was done."""

    REFUSED = "refused"  # not done: an error envelope with code, description, retry_after
    GATEWAY = "gateway"  # not done: an error page in HTML, as a proxy would send
    DROPPED = "dropped"  # not done: the connection closes without an answer
    SLOW = "slow"  # done late: waits delay_s first
    LOST = "lost"  # done: the connection closes without an answer
    RESET = "reset"  # done: the connection is reset without an answer
    LATE = "late"  # done at once, answered after delay_s
    GARBLED = "garbled"  # done: status 200 and a body that is not JSON


@dataclass(frozen=True)
class Fault:
    """One planned fault: for which calls, how often, and what the bot sees.

    method: as in the Bot API, None for all but getUpdates; chat_id: None for every chat; skip: matching calls let
    through first; times: how many calls then fail.
    """

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    skip: int = 0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    delay_s: float = 0.0

    def concerns(self, method: str, chat_id: object) -> bool:
        """Whether a call of `method` for `chat_id` is hit."""
        right_method = method != "getUpdates" if self.method is None else method == self.method
        return right_method and self.chat_id in (None, chat_id)


def flood_wait(retry_after: int, **where: object) -> Fault:
    """A 429 with retry_after seconds."""
    description = f"Too Many Requests: retry after {retry_after}"
    return _refusal(429, description, {**where, "retry_after": retry_after})


def refusal(code: int, description: str, **where: object) -> Fault:
    """An error envelope with this code and description, as in (403, "Forbidden: bot was blocked by the user")."""
    return _refusal(code, description, where)


def _refusal(code: int, description: str, where: Json) -> Fault:
    return Fault(Kind.REFUSED, code=code, description=description, **where)


@dataclass
class _Planned:
    fault: Fault
    skip: int
    left: int


class FaultPlan:
    """The faults still to come."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(self, fault: Fault) -> None:
        """The fault will hit the next calls it concerns."""
        self._planned.append(_Planned(fault, fault.skip, fault.times))

    def clear(self) -> None:
        """No more faults."""
        self._planned.clear()

    def next_for(self, method: str, chat_id: object) -> Fault | None:
        """The fault that hits this call, counted as used."""
        for planned in self._planned:
            if planned.fault.concerns(method, chat_id):
                if planned.skip > 0:
                    planned.skip -= 1
                    continue
                planned.left -= 1
                self._planned = [p for p in self._planned if p.left > 0]
                return planned.fault
        return None


_PAGE = Reply(502, b"<html><head><title>502 Bad Gateway</title></head></html>", "text/html")
_GARBLED = Reply(200, b"<html>captive portal</html>", "text/html")
_AFTER: dict[Kind, Reply] = {
    Kind.LOST: HANG_UP,
    Kind.RESET: RESET,
    Kind.GARBLED: _GARBLED,
}
_INSTEAD: dict[Kind, Reply] = {Kind.GATEWAY: _PAGE, Kind.DROPPED: HANG_UP}


async def suffer(fault: Fault, work: Callable[[], Awaitable[Reply]]) -> Reply:
    """The answer that the bot gets when `fault` hits the call that `work` would do."""
    if fault.kind is Kind.REFUSED:
        raise ApiError(fault.code, fault.description, fault.retry_after)
    if fault.kind in _INSTEAD:
        return _INSTEAD[fault.kind]
    if fault.kind is Kind.SLOW:
        await asyncio.sleep(fault.delay_s)
        return await work()
    reply = await work()
    if fault.kind is Kind.LATE:
        await asyncio.sleep(fault.delay_s)
        return reply
    return _AFTER[fault.kind]


@dataclass(frozen=True)
class FloodRule:
    """Telegram's published limits: about one message a second in a chat, 30 a second in all.

    burst: messages that a chat may send at once after a silence; the real tolerance is not published.
    """

    chat_per_s: float = 1.0
    chat_burst: int = 1
    all_per_s: float = 30.0
    all_burst: int = 30


class FloodGate:
    """Token buckets; off while `rule` is None."""

    def __init__(self, rule: FloodRule | None = None) -> None:
        self.rule = rule
        self.refused = 0
        self._buckets: dict[int | None, tuple[float, float]] = {}

    def admit(self, chat_id: int, now: float) -> int | None:
        """None when the message may pass; else the whole seconds to wait."""
        if self.rule is None:
            return None
        waits = (
            self._wait(chat_id, now, self.rule.chat_per_s, self.rule.chat_burst),
            self._wait(None, now, self.rule.all_per_s, self.rule.all_burst),
        )
        if max(waits) > 0:
            self.refused += 1
            return int(max(waits)) + 1
        for key in (chat_id, None):
            level, at = self._buckets[key]
            self._buckets[key] = (level - 1, at)
        return None

    def _wait(self, key: int | None, now: float, per_s: float, burst: int) -> float:
        level, at = self._buckets.get(key, (float(burst), now))
        level = min(float(burst), level + max(now - at, 0) * per_s)
        self._buckets[key] = (level, now)
        return 0.0 if level >= 1 else (1 - level) / per_s
