"""The two sides that letters go to: what a call needs, and what its outcome tells the people on the other side."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from domain import messages as m
from domain.case import RoomState
from domain.errors import Blocked, Refused
from domain.ids import FileId, MessageRef
from handlers.ports import (
    Arrival,
    CitizenChannel,
    Delivery,
    DeliveryState,
    NewLetter,
    OfficerChannel,
    Target,
    Unit,
)
from handlers.wording import CounterWording

Call = Callable[[], Awaitable[Sequence[MessageRef]]]


class ToCitizens:
    """Letters to citizens. Their platform cannot tell a repeat from a new message."""

    target = Target.CITIZEN
    repeats_safely = False

    def __init__(self, channel: CitizenChannel, wording: CounterWording) -> None:
        self._channel, self._wording = channel, wording

    async def carry(self, unit: Unit, delivery: Delivery) -> Call:
        """The address leaves the vault here, and nowhere else."""
        contact = await unit.vault.contact_of(delivery.conversation)
        letter = delivery.letter
        file = await _file(unit, delivery, getattr(letter, "file", None))

        async def call() -> Sequence[MessageRef]:
            if contact is None:
                raise Blocked("no address is kept for this conversation any more")
            if isinstance(letter, m.EraseChat):
                await self._channel.erase(contact, letter)
                return ()
            if not isinstance(letter, m.ToCitizen):
                raise Refused("a letter for the citizen expected", "wrong_side")
            if delivery.resend:
                letter_again = replace(letter, text=self._wording.resent(letter.text))
                return await self._channel.send(contact, letter_again, file)
            return await self._channel.send(contact, letter, file)

        return call

    async def arrived(self, unit: Unit, delivery: Delivery, now: datetime) -> None:
        """The officer sees that the platform accepted it (never "read"); after an erasure the address goes too."""
        if isinstance(delivery.letter, m.EraseChat):
            await unit.vault.forget(delivery.conversation)
        await _mark(unit, delivery, m.Mark.ACCEPTED, now)

    async def lost(self, unit: Unit, delivery: Delivery, state: DeliveryState, reason: str, now: datetime) -> None:
        """The officer is told why and what to do. A closed door is something the citizen did: it goes to the lane."""
        mark = m.Mark.BLOCKED if reason == "blocked" else m.Mark.FAILED
        await _mark(unit, delivery, mark, now)
        if isinstance(delivery.letter, m.EraseChat):
            await unit.vault.forget(delivery.conversation)
            return
        if reason == "blocked":
            closed = m.FromCitizen(m.ClosedDoor(), now)
            arrival = Arrival("postman", f"blocked-{delivery.id}", closed)
            await unit.inbox.add(arrival, delivery.conversation, now)
        elif getattr(delivery.letter, "from_officer", False):
            notice = self._wording.undelivered(reason, delivery.about)
            await unit.deliveries.add(delivery.conversation, NewLetter(Target.ROOM, notice), now)


class ToRooms:
    """Letters to the officers' rooms, each under a fixed transaction id: a repeat is the same message."""

    target = Target.ROOM
    repeats_safely = True

    def __init__(self, channel: OfficerChannel) -> None:
        self._channel = channel

    async def carry(self, unit: Unit, delivery: Delivery) -> Call:
        """Where the letter goes, and which earlier one it edits."""
        case = await unit.cases.of(delivery.conversation)
        letter, room = delivery.letter, case.room if case else None
        before = await unit.deliveries.ref_of(delivery.conversation, key) if (key := letter_key(letter)) else None
        file = await _file(unit, delivery, getattr(letter, "file", None))
        transaction = f"g-{delivery.id}"

        async def call() -> Sequence[MessageRef]:
            if room is None:
                raise Refused("a room expected for this letter, the case has none", "no_room")
            if isinstance(letter, m.PutMark):
                return (await self._channel.mark(room, letter.ref, letter.mark, transaction, before),)
            if isinstance(letter, m.ToOfficers):
                return (await self._channel.send(room, letter, transaction, before, file),)
            return ()

        return call

    async def arrived(self, unit: Unit, delivery: Delivery, now: datetime) -> None:
        """The last letter of a closed case lets its room be left (handlers/rooms.py does it)."""
        case = await unit.cases.of(delivery.conversation)
        if isinstance(delivery.letter, m.CloseRoom) and case is not None and case.room_state is RoomState.READY:
            await unit.cases.move(case.alias, RoomState.CLOSING)

    async def lost(self, unit: Unit, delivery: Delivery, state: DeliveryState, reason: str, now: datetime) -> None:
        """Nobody can be told in a room that refuses us; the failure is counted and logged by the postman."""


def letter_key(letter: m.Letter) -> str | None:
    """Under which key a room letter is remembered, so that a later one can edit or take it away."""
    if isinstance(letter, m.PutMark):
        return f"mark:{letter.ref}"
    return letter.key if isinstance(letter, m.ToOfficers) else None


async def _mark(unit: Unit, delivery: Delivery, mark: m.Mark, now: datetime) -> None:
    if delivery.about is not None:
        put = m.PutMark(delivery.about, mark)
        await unit.deliveries.add(delivery.conversation, NewLetter(Target.ROOM, put), now)


async def _file(unit: Unit, delivery: Delivery, file: FileId | None) -> tuple[bytes, str] | None:
    return await unit.files.get(delivery.conversation, file) if file is not None else None
