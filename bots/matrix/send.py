"""Letters into case rooms: never in the clear, never before everyone holds the key, never twice."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bots.matrix.client import HouseClient
from bots.matrix.content import MESSAGE, REACTION, file_message, message, reaction
from bots.matrix.errors import checked, house_errors
from bots.matrix.files import FileDesk
from bots.matrix.keys import KeyCare
from domain.errors import NotSent, Refused
from domain.ids import MessageRef, RoomId
from domain.messages import Mark, ToOfficers


@dataclass
class Sender:
    """Sends for one client; one message at a time in a room, rooms side by side."""

    client: HouseClient
    keys: KeyCare
    files: FileDesk
    _lanes: defaultdict[RoomId, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def letter(
        self,
        room: RoomId,
        letter: ToOfficers,
        transaction: str,
        edits: MessageRef | None,
        file: tuple[bytes, str] | None,
    ) -> MessageRef:
        """The letter is in the room, once, however often it is tried with the same transaction."""
        self._need_encrypted(room)
        if file is None:
            return await self.encrypted(room, MESSAGE, message(letter, edits), transaction)
        place = await self.files.upload(file[0])
        return await self.encrypted(room, MESSAGE, file_message(letter, place, len(file[0]), file[1]), transaction)

    async def mark(
        self, room: RoomId, ref: MessageRef, mark: Mark, transaction: str, before: MessageRef | None
    ) -> MessageRef:
        """The mark stands on the message, the earlier one is gone. Reactions travel in the clear: a sign, no word."""
        self._need_encrypted(room)
        async with self._lanes[room]:
            placed = await self._put(room, REACTION, reaction(ref, mark), transaction)
            if before is not None and before != placed:
                await self._take_away(room, before, f"{transaction}-before")
        return placed

    async def encrypted(self, room: RoomId, kind: str, content: dict[str, Any], transaction: str) -> MessageRef:
        """An event of this kind is in the room, readable by every device of its members."""
        async with self._lanes[room]:
            self._need_encrypted(room)
            await self.keys.share_room_key(room)
            return await self._put(room, kind, content, transaction)

    async def _put(self, room: RoomId, kind: str, content: dict[str, Any], transaction: str) -> MessageRef:
        with house_errors("room.send"):
            answer = await self.client.room_send(
                room, kind, content, tx_id=transaction, ignore_unverified_devices=True
            )  # fmt: skip
        return MessageRef(checked(answer, "room.send").event_id)

    async def _take_away(self, room: RoomId, ref: MessageRef, transaction: str) -> None:
        with house_errors("room.redact"):
            checked(await self.client.room_redact(room, ref, tx_id=transaction), "room.redact")

    def _need_encrypted(self, room: RoomId) -> None:
        """Synapse takes clear text in an encrypted room: it is up to us to refuse."""
        known = self.client.rooms.get(room)
        if known is None:
            raise NotSent("room.send: no sync has shown this room yet")
        if not known.encrypted or self.client.olm is None:
            raise Refused("room.send: the room is not encrypted, nothing is written there", "not_encrypted")
