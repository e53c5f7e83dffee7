"""Officers may verify the bot by emoji, in a room or from device to device; everything else is passed over.

Only officers of our cells, at most ten minutes, one dialogue each. Runs in its own task: whatever a stranger sends,
the sync loop has gone on.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from nio import ToDeviceMessage

from bots.matrix.client import HouseClient
from bots.matrix.errors import checked, house_errors
from bots.matrix.sas import METHOD, Broken, Comparison, Dialogue, Party, Phase
from bots.matrix.seen import VERIFICATION, SeenEvent
from bots.matrix.send import Sender
from domain.errors import PlatformError
from domain.ids import RoomId
from handlers.ports import Clock

JsonObject = dict[str, Any]  # Any: JSON

log = structlog.get_logger(__name__)

TIME_LIMIT = timedelta(minutes=10)
"""Of the specification: a verification that takes longer is given up."""
WAITING_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Incoming:
    """One step of somebody. room: None when it came to the device."""

    step: str
    sender: str
    transaction: str
    content: JsonObject
    room: RoomId | None


@dataclass
class _Run:
    dialogue: Dialogue
    room: RoomId | None
    since: datetime


@dataclass
class Verifier:
    """Answers officers' verification requests. show: gives the emoji to an independent screen (never to Matrix)."""

    client: HouseClient
    sender: Sender
    master: str
    allowed: Callable[[str], bool]
    show: Callable[[Comparison], None]
    clock: Clock
    _queue: asyncio.Queue[Incoming] = field(default_factory=lambda: asyncio.Queue(WAITING_LIMIT))
    _runs: dict[str, _Run] = field(default_factory=dict)

    def offer(self, events: Sequence[SeenEvent], to_device: Sequence[Any]) -> None:  # Any: nio's events
        """Take what belongs here; never waits, drops what is too much."""
        found = [*map(in_room, events), *map(to_us, to_device)]
        for incoming in found:
            if incoming is None or incoming.sender == self.client.user_id or not self.allowed(incoming.sender):
                continue
            if self._queue.full():
                log.warning("matrix.verification_flood")
                return
            self._queue.put_nowait(incoming)

    async def run(self) -> None:
        """Answer until cancelled."""
        while True:
            incoming = await self._queue.get()
            try:
                await self.answer(incoming)
            except PlatformError as error:
                log.warning("matrix.verification_failed", error=type(error).__name__)
            except Exception as error:  # a malformed step of one person must not end the service for the others
                self._runs.pop(incoming.transaction, None)
                log.warning("matrix.verification_broken", error=type(error).__name__)

    async def answer(self, incoming: Incoming) -> None:
        """Our steps after this one."""
        if incoming.step == "request":
            await self._begin(incoming)
            return
        run = self._runs.get(incoming.transaction)
        if run is None or run.dialogue.them.user != incoming.sender or run.room != incoming.room:
            return
        if incoming.step == "cancel":
            self._runs.pop(incoming.transaction)
            return
        await self._continue(run, incoming)

    async def _begin(self, request: Incoming) -> None:
        device, methods = request.content.get("from_device"), request.content.get("methods")
        if not isinstance(device, str) or not isinstance(methods, list) or METHOD not in methods:
            return
        for transaction, run in list(self._runs.items()):
            if run.dialogue.them.user == request.sender or self._is_late(run):
                self._runs.pop(transaction)
        us = Party(self.client.user_id, self.client.device_id, self.client.olm.account.identity_keys["ed25519"])
        them = Party(request.sender, device, self._signing_key(request.sender, device))
        run = _Run(Dialogue(us, them, self.master, request.transaction), request.room, self.clock.now())
        self._runs[request.transaction] = run
        await self._send(run, *run.dialogue.ready())
        log.info("matrix.verification_begun", in_room=request.room is not None)

    async def _continue(self, run: _Run, incoming: Incoming) -> None:
        try:
            if self._is_late(run):
                raise Broken("m.timeout")
            steps = run.dialogue.answer(incoming.step, incoming.content)
        except Broken as broken:
            self._runs.pop(run.dialogue.transaction)
            await self._send(run, "cancel", {"code": broken.code, "reason": broken.code})
            log.info("matrix.verification_cancelled", reason=broken.code)
            return
        if incoming.step == "key" and run.dialogue.comparison is not None:
            self.show(run.dialogue.comparison)
        for step, content in steps:
            await self._send(run, step, content)
        if run.dialogue.phase is Phase.DONE and incoming.step == "done":
            self._runs.pop(run.dialogue.transaction)
            log.info("matrix.verification_done")

    async def _send(self, run: _Run, step: str, content: JsonObject) -> None:
        transaction, kind = run.dialogue.transaction, VERIFICATION + step
        if run.room is not None:
            relation = {"rel_type": "m.reference", "event_id": transaction}
            await self.sender.encrypted(run.room, kind, {**content, "m.relates_to": relation}, str(uuid4()))
            return
        them = run.dialogue.them
        message = ToDeviceMessage(kind, them.user, them.device, {**content, "transaction_id": transaction})
        with house_errors("verification.send"):
            checked(await self.client.to_device(message, str(uuid4())), "verification.send")

    def _signing_key(self, user: str, device: str) -> str | None:
        known = self.client.device_store[user].get(device)
        return known.ed25519 if known is not None else None

    def _is_late(self, run: _Run) -> bool:
        return self.clock.now() - run.since > TIME_LIMIT


def in_room(event: SeenEvent) -> Incoming | None:
    """The verification step in this event, None for anything else. Current clients send these in the clear."""
    if event.kind == "m.room.message" and event.content.get("msgtype") == VERIFICATION + "request":
        return Incoming("request", event.sender, event.event_id, event.content, event.room)
    transaction = event.relation.get("event_id")
    if not event.kind.startswith(VERIFICATION) or not isinstance(transaction, str):
        return None
    return Incoming(event.kind.removeprefix(VERIFICATION), event.sender, transaction, event.content, event.room)


def to_us(event: Any) -> Incoming | None:  # Any: nio's event
    """The verification step in this message to our device, None for anything else."""
    source = getattr(event, "source", None)
    if not isinstance(source, dict):
        return None
    kind, content, sender = source.get("type"), source.get("content"), source.get("sender")
    if not (isinstance(kind, str) and kind.startswith(VERIFICATION) and isinstance(content, dict)):
        return None
    transaction = content.get("transaction_id")
    if not isinstance(sender, str) or not isinstance(transaction, str):
        return None
    return Incoming(kind.removeprefix(VERIFICATION), sender, transaction, content, None)
