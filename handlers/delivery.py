"""The postman: takes the head of each queue, calls the platform once, and writes down what became of it.

`sending` is committed before the call, so that a crash in between is known as *uncertain* afterwards. What an
uncertain letter does depends on its side: the officers' platform knows fixed transaction ids, so it is simply sent
again; the citizens' platform knows none, so an officer's words are sent once more with a visible mark and automatic
prompts are not.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from domain.errors import Blocked, NotSent, PlatformError, Refused, RoleStopped, SlowDown, StorageGone, Uncertain
from domain.ids import ConversationId, MessageRef
from domain.messages import EraseChat
from handlers.letterbox import LETTERS_BELL
from handlers.ports import Clock, Delivery, DeliveryState, LiveState, Store, Target, Unit

log = structlog.get_logger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S, GIVE_UP_AFTER = 1.0, 60.0, timedelta(minutes=15)
"""Retries: 1 s x 2^n +- 50 %, at most 60 s, for 15 minutes; then the letter has failed (docs/decisions/0004)."""


class Carrier(Protocol):
    """How one side takes a letter, and what its outcome means to the people on both sides."""

    target: Target
    repeats_safely: bool
    """Whether sending twice is the same as once (a fixed transaction id)."""

    async def carry(self, unit: Unit, delivery: Delivery) -> Callable[[], Awaitable[Sequence[MessageRef]]]:
        """Collect what the call needs while the store is open; the returned call touches the platform only."""

    async def arrived(self, unit: Unit, delivery: Delivery, now: datetime) -> None: ...

    async def lost(self, unit: Unit, delivery: Delivery, state: DeliveryState, reason: str, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter: refs when it arrived, else the error."""

    delivery: Delivery
    refs: Sequence[MessageRef] = ()
    error: PlatformError | None = None


class Postman:
    """Delivers the letters of one side."""

    def __init__(
        self,
        store: Store,
        carrier: Carrier,
        live: LiveState,
        clock: Clock,
        at_once: int = 12,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._carrier, self._live, self._clock = store, carrier, live, clock
        self._at_once, self._jitter = at_once, jitter
        self._in_flight: dict[ConversationId, asyncio.Task[None]] = {}
        self._outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
        self._stopped: RoleStopped | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until `stopping`, then finish what is in hand. Raises RoleStopped when the platform refuses us."""
        while not stopping.is_set():
            started = await self._round()
            if self._stopped is not None:
                raise self._stopped
            if not started:
                await self._wait()
        await self.finish()

    async def finish(self) -> None:
        """Wait for the calls in hand and write their outcomes down."""
        while self._in_flight:
            await asyncio.wait(self._in_flight.values())
            await self._write_outcomes()
        await self._write_outcomes()

    async def drain(self) -> None:
        """Deliver until nothing is due (used by the terminal and by tests)."""
        while await self._round() or self._in_flight:
            await self.finish()

    async def _wait(self) -> None:
        """Until the bell, an outcome, or a moment later (letters held back for the grace period)."""
        bell = asyncio.ensure_future(self._live.listen(LETTERS_BELL, 0.5, self._carrier.target))
        calls = list(self._in_flight.values())
        await asyncio.wait([bell, *calls], return_when=asyncio.FIRST_COMPLETED)
        bell.cancel()

    async def _round(self) -> bool:
        """Write down outcomes, take new letters and start their calls; False when nothing was there to do."""
        try:
            wrote = await self._write_outcomes()
            return bool(await self._take()) or wrote
        except StorageGone:
            log.error("postman.store_gone", target=self._carrier.target)
            await asyncio.sleep(1.0)
            return False

    async def _take(self) -> int:
        free = self._at_once - len(self._in_flight)
        if free <= 0:
            return 0
        now = self._clock.now()
        calls: list[tuple[Delivery, Callable[[], Awaitable[Sequence[MessageRef]]]]] = []
        async with self._store.unit() as unit:
            due = await unit.deliveries.due(self._carrier.target, now, free + len(self._in_flight))
            for delivery in due:
                if delivery.conversation in self._in_flight or self._was_interrupted(delivery):
                    continue
                calls.append((delivery, await self._carrier.carry(unit, delivery)))
            await unit.deliveries.sending([delivery.id for delivery, _ in calls])
        for delivery, call in calls:
            self._in_flight[delivery.conversation] = asyncio.create_task(self._call(delivery, call))
        return len(calls)

    def _was_interrupted(self, delivery: Delivery) -> bool:
        """Found `sending`: a crash came between the call and its outcome."""
        if delivery.state is not DeliveryState.SENDING or self._repeats_safely(delivery):
            return False
        self._outcomes.put_nowait(Outcome(delivery, error=Uncertain("the house stopped during the call")))
        self._in_flight[delivery.conversation] = asyncio.ensure_future(asyncio.sleep(0))
        return True

    async def _call(self, delivery: Delivery, call: Callable[[], Awaitable[Sequence[MessageRef]]]) -> None:
        try:
            outcome = Outcome(delivery, tuple(await call()))
        except PlatformError as error:
            outcome = Outcome(delivery, error=error)
        except Exception as error:  # an unknown failure of a library: nobody knows whether the letter left
            log.error("postman.unknown_failure", target=self._carrier.target, error=type(error).__name__)
            outcome = Outcome(delivery, error=Uncertain("the call failed in an unknown way"))
        self._outcomes.put_nowait(outcome)

    # --- outcomes --------------------------------------------------------------------------------

    async def _write_outcomes(self) -> bool:
        """Everything known so far, in one transaction; a letter stays in flight until its outcome is written."""
        known = [self._outcomes.get_nowait() for _ in range(self._outcomes.qsize())]
        if not known:
            return False
        try:
            async with self._store.unit() as unit:
                for outcome in known:
                    await self._write(unit, outcome)
        except StorageGone:
            for outcome in known:
                self._outcomes.put_nowait(outcome)
            raise
        for outcome in known:
            self._in_flight.pop(outcome.delivery.conversation, None)
        return True

    async def _write(self, unit: Unit, outcome: Outcome) -> None:
        now, delivery, error = self._clock.now(), outcome.delivery, outcome.error
        if error is None:
            await unit.deliveries.sent(delivery.id, outcome.refs, now)
            await self._carrier.arrived(unit, delivery, now)
        elif isinstance(error, RoleStopped):
            self._stopped = error
            await unit.deliveries.retry(delivery.id, now, type(error).__name__, resend=delivery.resend)
        elif isinstance(error, SlowDown):
            later = now + timedelta(seconds=error.retry_after_s)
            await unit.deliveries.retry(delivery.id, later, "SlowDown", resend=delivery.resend)
        elif isinstance(error, NotSent):
            await self._try_later(unit, delivery, error, now)
        elif isinstance(error, Uncertain):
            await self._uncertain(unit, delivery, now)
        else:
            await self._failed(unit, delivery, error, now)

    async def _try_later(self, unit: Unit, delivery: Delivery, error: PlatformError, now: datetime) -> None:
        if delivery.created_at is not None and now - delivery.created_at > GIVE_UP_AFTER:
            await self._failed(unit, delivery, error, now)
            return
        wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(delivery.attempts, 6)) * (0.5 + self._jitter())
        later = now + timedelta(seconds=wait_s)
        await unit.deliveries.retry(delivery.id, later, type(error).__name__, resend=delivery.resend)

    async def _uncertain(self, unit: Unit, delivery: Delivery, now: datetime) -> None:
        letter = delivery.letter
        is_worth_doubling = getattr(letter, "from_officer", False) and not delivery.resend
        if self._repeats_safely(delivery):
            await self._try_later(unit, delivery, Uncertain("answer lost"), now)
        elif is_worth_doubling and getattr(letter, "file", None) is None:
            await unit.deliveries.retry(delivery.id, now, "Uncertain", resend=True)
        else:
            await unit.deliveries.finish(delivery.id, DeliveryState.UNCERTAIN, "Uncertain")
            await self._carrier.lost(unit, delivery, DeliveryState.UNCERTAIN, "uncertain", now)

    def _repeats_safely(self, delivery: Delivery) -> bool:
        """A fixed transaction id makes a repeat the same message; erasing twice is erasing once."""
        return self._carrier.repeats_safely or isinstance(delivery.letter, EraseChat)

    async def _failed(self, unit: Unit, delivery: Delivery, error: PlatformError, now: datetime) -> None:
        reason = "blocked" if isinstance(error, Blocked) else getattr(error, "reason", "unreachable")
        level = log.warning if isinstance(error, Refused | Blocked) else log.error
        level("postman.failed", target=self._carrier.target, error=type(error).__name__, reason=reason)
        await unit.deliveries.finish(delivery.id, DeliveryState.FAILED, type(error).__name__)
        await self._carrier.lost(unit, delivery, DeliveryState.FAILED, reason, now)
