"""Our own pace towards Telegram, one bucket a chat.

The library's rate limiter stops every chat when one gets a 429 and does not limit private chats at all (measured,
docs/decisions/0052). Here a 429 pauses its own chat; everybody waits only when several chats got one close together.
Nobody sleeps here: a letter whose turn has not come is given back with the wait, so that others go out meanwhile.
"""

import hashlib
import hmac
from collections import deque
from datetime import datetime, timedelta

from bots.telegram.settings import FloodLimits
from domain.errors import SlowDown
from handlers.ports import Clock, LiveState

EVERYBODY = "telegram:all"
TYPING_PER_S = 0.25  # Telegram shows it for five seconds


class Flood:
    """Buckets and pauses, shared by all processes through the live state; chats are named by keyed hash only."""

    def __init__(self, live: LiveState, clock: Clock, limits: FloodLimits, secret: str) -> None:
        self._live = live
        self._clock = clock
        self._limits = limits
        self._secret = secret.encode()
        self._lately: deque[tuple[datetime, str]] = deque()

    async def admit(self, chat_id: int) -> None:
        """A message may go to this chat now. Raises SlowDown with the wait otherwise."""
        now, key = self._clock.now(), self._key(chat_id)
        await self._respect_pauses(key, now)
        limits = self._limits
        if limits.chat_per_s:
            _granted(await self._live.take(key, limits.chat_per_s, limits.chat_burst, now))
        if limits.all_per_s:
            _granted(await self._live.take(EVERYBODY, limits.all_per_s, limits.all_burst, now), everyone=True)

    async def may_type(self, chat_id: int) -> bool:
        """Whether "is typing" is worth a call now."""
        now, key = self._clock.now(), self._key(chat_id)
        if await self._live.paused_for(key, now) or await self._live.paused_for(EVERYBODY, now):
            return False
        return not await self._live.take(f"{key}:typing", TYPING_PER_S, 1, now)

    async def was_told(self, chat_id: int, wait_s: float) -> SlowDown:
        """This chat pauses; everybody does when several chats were told to within a short time."""
        now, key = self._clock.now(), self._key(chat_id)
        everyone = self._is_general(key, now)
        await self._live.pause(EVERYBODY if everyone else key, wait_s, now)
        return SlowDown("Telegram asks for a pause", wait_s, everyone=everyone)

    async def _respect_pauses(self, key: str, now: datetime) -> None:
        _granted(await self._live.paused_for(EVERYBODY, now), everyone=True)
        _granted(await self._live.paused_for(key, now))

    def _is_general(self, key: str, now: datetime) -> bool:
        self._lately.append((now, key))
        oldest = now - timedelta(seconds=self._limits.many_within_s)
        while self._lately[0][0] < oldest:
            self._lately.popleft()
        return len({told for _, told in self._lately}) >= self._limits.many_chats

    def _key(self, chat_id: int) -> str:
        digest = hmac.new(self._secret, str(chat_id).encode(), hashlib.sha256)
        return f"telegram:{digest.hexdigest()[:24]}"


def _granted(wait_s: float, *, everyone: bool = False) -> None:
    if wait_s > 0:
        raise SlowDown("expected a free place in our own pace, found none", wait_s, everyone=everyone)
