"""The queue of updates: confirmed by offset, kept 24 hours, handed to one reader at a time."""

import asyncio
from collections import deque
from dataclasses import dataclass

from .bell import Bell
from .clock import Clock
from .shapes import Json, conflict

KEPT_S = 24 * 3600
UPDATE_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
    "guest_message",
]
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Pending:
    """One update that the bot has not confirmed."""

    update_id: int
    kind: str
    chat_id: int
    content: Json
    born_at: float

    def wire(self) -> Json:
        """The Update object."""
        return {"update_id": self.update_id, self.kind: self.content}


class UpdateQueue:
    """Updates in order; `wanted` is the persistent allowed_updates, None for the default kinds."""

    def __init__(self, clock: Clock, bell: Bell) -> None:
        self._clock = clock
        self._bell = bell
        self.pending: deque[Pending] = deque()
        self.next_id = 10_001
        self.wanted: list[str] | None = None
        self.arrived = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None

    def allow(self, kinds: list[str] | None) -> None:
        """From now on only these kinds are queued; an empty list restores the default, None changes nothing."""
        if kinds is not None:
            self.wanted = [k for k in kinds if k in UPDATE_KINDS] or None

    def add(self, kind: str, chat_id: int, content: Json) -> Json | None:
        """The update is queued and readers wake; None when the bot does not want this kind."""
        is_wanted = kind not in ON_REQUEST if self.wanted is None else kind in self.wanted
        if not is_wanted:
            return None
        update = Pending(self.next_id, kind, chat_id, content, self._clock.now())
        self.next_id += 1
        self.pending.append(update)
        self.arrived.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return update.wire()

    def drop_all(self) -> None:
        """Nothing is pending."""
        self.pending.clear()

    def remove(self, update: Pending) -> None:
        """This one was accepted by the webhook."""
        if update in self.pending:
            self.pending.remove(update)
        self._bell.ring()

    def expire(self) -> None:
        """Updates older than 24 hours are gone for good."""
        oldest = self._clock.now() - KEPT_S
        while self.pending and self.pending[0].born_at < oldest:
            self.pending.popleft()

    def confirm(self, offset: int) -> None:
        """Everything before `offset` is forgotten; a negative one keeps only the last updates."""
        self.expire()
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while offset > 0 and self.pending and self.pending[0].update_id < offset:
            self.pending.popleft()
        self._bell.ring()

    def batch(self, limit: int) -> list[Json]:
        """The oldest unconfirmed updates."""
        return [update.wire() for _, update in zip(range(limit), self.pending, strict=False)]

    @property
    def is_polled(self) -> bool:
        """Whether a reader waits for the next update."""
        return self._poll is not None

    async def wait(self, timeout_s: float) -> None:
        """Returns when an update arrives or `timeout_s` is over; the reader that waited before gets a 409."""
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._bell.ring()
        try:
            await asyncio.wait_for(poll, timeout_s)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None

    def interrupt(self, why: str) -> None:
        """A waiting reader is answered 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(why))
