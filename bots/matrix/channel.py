"""The OfficerChannel of the use cases, on Matrix."""

from dataclasses import dataclass

from bots.matrix.rooms import Rooms
from bots.matrix.send import Sender
from domain.case import Case, Cell, CellRooms
from domain.ids import Alias, MessageRef, OfficerId, RoomId
from domain.messages import Mark, ToOfficers


@dataclass(frozen=True, slots=True)
class MatrixChannel:
    """Rooms and letters, as handlers/ports.py describes them."""

    rooms: Rooms
    sender: Sender

    async def places(self, cell: Cell, known: CellRooms | None) -> CellRooms:
        """See Rooms.places."""
        return await self.rooms.places(cell, known)

    async def find_room(self, alias: Alias) -> RoomId | None:
        """See Rooms.find_room."""
        return await self.rooms.find_room(alias)

    async def create_room(self, case: Case, cell: Cell, places: CellRooms) -> RoomId:
        """See Rooms.create_room."""
        return await self.rooms.create_room(case, cell, places)

    async def members_seen(self, room: RoomId, cell: Cell) -> bool:
        """See Rooms.members_seen."""
        return await self.rooms.members_seen(room, cell)

    async def may_speak(self, room: RoomId, cell: Cell) -> bool:
        """See Rooms.may_speak."""
        return self.rooms.may_speak(room, cell)

    async def send(
        self,
        room: RoomId,
        letter: ToOfficers,
        transaction: str,
        edits: MessageRef | None,
        file: tuple[bytes, str] | None,
    ) -> MessageRef:
        """See Sender.letter."""
        return await self.sender.letter(room, letter, transaction, edits, file)

    async def mark(
        self, room: RoomId, ref: MessageRef, mark: Mark, transaction: str, before: MessageRef | None
    ) -> MessageRef:
        """See Sender.mark."""
        return await self.sender.mark(room, ref, mark, transaction, before)

    async def leave(self, room: RoomId) -> None:
        """See Rooms.leave."""
        await self.rooms.leave(room)

    async def invite(self, room: RoomId, officer: OfficerId) -> None:
        """Beyond the port: a guest of the case (`!inviter`)."""
        await self.rooms.invite(room, officer)
