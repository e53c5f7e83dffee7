"""Rooms of a cell: its space, its lobby, one encrypted room a case. Only the bot invites and changes state.

Creating a room has no transaction id: every room bears a mark in its state, and is looked for before it is made.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from nio import RoomPreset

from bots.matrix.book import CASE_MARK, CHILD, LOBBY, PLACE_MARK, SPACE, CaseMark, PlaceMark, RoomBook
from bots.matrix.client import HouseClient
from bots.matrix.errors import checked, house_errors
from bots.matrix.settings import MatrixSettings
from domain.case import Case, Cell, CellRooms, Officer
from domain.errors import NotSent, PlatformError, Refused, RoleStopped
from domain.ids import Alias, OfficerId, RoomId
from handlers.ports import Clock

JsonObject = dict[str, Any]  # Any: JSON

log = structlog.get_logger(__name__)

ONLY_BOT = 100
ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
HISTORY = {"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "invited"}}
NO_GUESTS = {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "forbidden"}}
GUARDED_STATE = (
    "m.room.encryption", "m.room.history_visibility", "m.room.power_levels", "m.room.join_rules", "m.room.name",
    "m.room.guest_access", "m.room.tombstone", "m.room.server_acl", "m.room.canonical_alias", "m.room.topic",
    "m.room.avatar", "m.room.pinned_events", "m.space.child", "m.space.parent", CASE_MARK, PLACE_MARK,
)  # fmt: skip
LEVELS = {
    "users_default": 0, "events_default": 0, "state_default": ONLY_BOT, "invite": ONLY_BOT, "kick": ONLY_BOT,
    "ban": ONLY_BOT, "redact": ONLY_BOT, "notifications": {"room": ONLY_BOT},
    "events": dict.fromkeys(GUARDED_STATE, ONLY_BOT),
}  # fmt: skip
"""Officers write and react; nothing else. No `users` entry: room version 12 refuses its creator there, older versions
give the creator 100 by default."""
SPACE_LEVELS = {**LEVELS, "events_default": ONLY_BOT}

LEFT_OUT_FOR = timedelta(minutes=10)
"""How long somebody who could not be invited is left out of new rooms and invitations."""


@dataclass
class Rooms:
    """Makes, finds and leaves rooms for one client. synced: whether the first sync has been read."""

    client: HouseClient
    book: RoomBook
    settings: MatrixSettings
    clock: Clock
    synced: Callable[[], bool]
    is_officer: Callable[[str], bool]
    _left_out: dict[OfficerId, datetime] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def places(self, cell: Cell, known: CellRooms | None) -> CellRooms:
        """The cell's space and lobby, each found again or made, with every officer invited."""
        self._need_sync()
        async with self._turn:
            space = await self._place(SPACE, cell, known.space if known else None)
            lobby = await self._place(LOBBY, cell, known.lobby if known else None, space)
            for room in (space, lobby):
                await self._invite_missing(room, cell)
            await self._list_in_space(space, [lobby, *self._case_rooms(cell, space)])
            return CellRooms(space, lobby)

    async def find_room(self, alias: Alias) -> RoomId | None:
        """The room that bears this case already, also one that no sync has shown yet."""
        self._need_sync()
        found = self.book.room_of(alias)
        if found is None:
            await self._look_at_unknown_rooms()
            found = self.book.room_of(alias)
        return found

    async def create_room(self, case: Case, cell: Cell, places: CellRooms) -> RoomId:
        """Encrypted from its first event, invite-only, named by the alias, in the space, every officer invited.

        Raises Uncertain when the answer was lost: look for it with find_room before another try.
        """
        mark = CaseMark(case.alias, cell.id, places.space)
        state = [{"type": CASE_MARK, "state_key": "", "content": _case_content(mark)}, self._parent(places.space)]
        name = self.settings.case_room_name.format(alias=case.alias)
        room = await self._create(name, cell, [ENCRYPTION, HISTORY, NO_GUESTS, *state], LEVELS)
        self.book.note_case(room, mark)
        await self._list_in_space(places.space, [room])
        return room

    async def members_seen(self, room: RoomId, cell: Cell) -> bool:
        """Whether the syncs show the room as encrypted, and an invitation for every officer who can be invited.

        One account that does not exist fails the whole creating call, after the room was made: the others are invited
        here one by one.
        """
        known = self.client.rooms.get(room)
        if known is None or not known.encrypted:
            return False
        seen = self.book.seen_members.get(room, set())
        missing = [one.id for one in self._reachable(cell) if one.id not in seen]
        for officer in missing:
            await self._try_to_invite(room, officer)
        return not missing

    def may_speak(self, room: RoomId, cell: Cell) -> bool:
        """Whether a first message can be read: everyone has met our device, or one has and the others take long.

        An officer who joined this room or the lobby has fetched our keys; a first message before that is shown as
        unreadable by strict clients (4 of 4, measured; 0 of 4 with a lobby).
        """
        known = self.client.rooms.get(room)
        if known is None or not known.encrypted:
            return False
        met = self._joined(room) | self._joined(self.book.place(LOBBY, cell.id))
        waited = self.clock.now() - self.book.first_seen.get(room, self.clock.now())
        officers = {str(one.id) for one in cell.officers} & set(known.users)
        return officers <= met or (bool(officers & met) and waited >= self.settings.patience)

    async def leave(self, room: RoomId) -> None:
        """We are out of the room and have forgotten it; already out is fine."""
        mark = self.book.cases.get(room)
        if mark is not None and mark.space is not None:
            await self._put_child(mark.space, room, {})
        for step in (self.client.room_leave, self.client.room_forget):
            try:
                with house_errors("room.leave"):
                    checked(await step(room), "room.leave")
            except Refused as error:
                if error.reason not in ("forbidden", "not_found"):
                    raise
        self.client.rooms.pop(room, None)
        self.book.forget(room)

    async def invite(self, room: RoomId, officer: OfficerId) -> None:
        """This person is invited."""
        with house_errors("room.invite"):
            checked(await self.client.room_invite(room, officer), "room.invite")

    async def meet(self, invitations: Mapping[str, Any]) -> None:
        """Direct conversations that officers begin are joined: common clients verify a person there, nowhere else.

        Nothing that is said there is heard; every other invitation is left alone.
        """
        for room, info in invitations.items():
            if not any(map(self._is_officers_door, info.invite_state)):
                continue
            try:
                with house_errors("room.join"):
                    checked(await self.client.join(room), "room.join")
            except PlatformError as error:
                log.warning("matrix.join_failed", error=type(error).__name__)

    def _is_officers_door(self, event: Any) -> bool:  # Any: nio's type, which keeps the content out of its source
        content, is_ours = getattr(event, "content", None), getattr(event, "state_key", "") == self.client.user_id
        is_direct = isinstance(content, dict) and content.get("is_direct") is True
        return is_ours and is_direct and self.is_officer(str(event.sender))

    async def renew_keys(self, room: RoomId) -> None:
        """Officers' clients make a new key with their next message: a lost one would leave all that follows unreadable.

        They do so whenever the history setting changes; both values that we alternate between suit us.
        """
        known = self.client.rooms.get(room)
        other = "joined" if known is not None and known.history_visibility == "invited" else "invited"
        kind, content = "m.room.history_visibility", {"history_visibility": other}
        try:
            with house_errors("room.renew_keys"):
                checked(await self.client.room_put_state(room, kind, content), "room.renew_keys")
        except PlatformError as error:
            log.warning("matrix.renew_keys_failed", error=type(error).__name__)

    # --- making and finding -------------------------------------------------------------------------

    async def _place(self, kind: str, cell: Cell, known: RoomId | None, space: RoomId | None = None) -> RoomId:
        if known is not None and (known in self.client.rooms or known in self.book.places):
            return known
        found = self.book.place(kind, cell.id)
        if found is None:
            await self._look_at_unknown_rooms()
            found = self.book.place(kind, cell.id)
        return found or await self._make_place(kind, cell, space)

    async def _make_place(self, kind: str, cell: Cell, space: RoomId | None) -> RoomId:
        state: list[JsonObject] = [
            {"type": PLACE_MARK, "state_key": "", "content": {"kind": kind, "cell": cell.id}}, NO_GUESTS,
        ]  # fmt: skip
        if kind == SPACE:
            room = await self._create(
                self.settings.space_name.format(cell=cell.name), cell, state, SPACE_LEVELS, is_space=True
            )
        else:
            parent = [self._parent(space)] if space else []
            name = self.settings.lobby_name.format(cell=cell.name)
            room = await self._create(name, cell, [ENCRYPTION, HISTORY, *state, *parent], LEVELS)
        self.book.note_place(room, PlaceMark(kind, cell.id))
        return room

    async def _create(
        self, name: str, cell: Cell, state: list[JsonObject], levels: JsonObject, *, is_space: bool = False
    ) -> RoomId:
        with house_errors("room.create", repeatable=False):
            answer = await self.client.room_create(
                name=name, preset=RoomPreset.private_chat, invite=[one.id for one in self._reachable(cell)],
                initial_state=state, power_level_override=levels, space=is_space,
            )  # fmt: skip
        return RoomId(checked(answer, "room.create").room_id)

    async def _look_at_unknown_rooms(self) -> None:
        """Read the marks of joined rooms that no sync has shown yet (made just before a crash or a lost answer)."""
        with house_errors("joined_rooms"):
            joined = checked(await self.client.joined_rooms(), "joined_rooms").rooms
        for room in map(RoomId, joined):
            if room not in self.client.rooms and room not in self.book.cases and room not in self.book.places:
                await self._read_marks(room)

    async def _read_marks(self, room: RoomId) -> None:
        with house_errors("room.state"):
            state = checked(await self.client.room_get_state(room), "room.state").events
        self.book.note(room, state)

    # --- keeping in order ---------------------------------------------------------------------------

    async def _invite_missing(self, room: RoomId, cell: Cell) -> None:
        known = self.client.rooms.get(room)
        if known is None:  # made this instant, with everyone invited
            return
        for officer in self._reachable(cell):
            if officer.id not in known.users:
                await self._try_to_invite(room, officer.id)

    async def _try_to_invite(self, room: RoomId, officer: OfficerId) -> None:
        """Invited; or left out for a while, since one account of a server that is away must not hold up the others."""
        try:
            if not await self._is_in(room, officer):  # the sync may only be late: asking again would be refused
                await self.invite(room, officer)
        except RoleStopped:
            raise
        except PlatformError as error:
            self._left_out[officer] = self.clock.now() + LEFT_OUT_FOR
            log.warning("matrix.invite_failed", error=type(error).__name__)

    async def _is_in(self, room: RoomId, officer: OfficerId) -> bool:
        """Whether the server holds this person for invited or joined."""
        try:
            with house_errors("room.member"):
                answer = await self.client.room_get_state_event(room, "m.room.member", officer)
            content = checked(answer, "room.member").content
        except Refused:
            return False
        return isinstance(content, dict) and content.get("membership") in ("invite", "join")

    def _reachable(self, cell: Cell) -> list[Officer]:
        now = self.clock.now()
        return [one for one in cell.officers if self._left_out.get(one.id, now) <= now]

    async def _list_in_space(self, space: RoomId, rooms: list[RoomId]) -> None:
        for room in rooms:
            if room not in self.book.children.get(space, set()):
                await self._put_child(space, room, {"via": [self._server()]})
                self.book.children.setdefault(space, set()).add(room)

    async def _put_child(self, space: RoomId, room: RoomId, content: JsonObject) -> None:
        try:
            with house_errors("space.child"):
                checked(await self.client.room_put_state(space, CHILD, content, state_key=room), "space.child")
        except Refused as error:  # the list in the space is a convenience: a case must not wait for it
            log.warning("matrix.space_refused", reason=error.reason)

    def _case_rooms(self, cell: Cell, space: RoomId) -> list[RoomId]:
        marks = self.book.cases.items()
        return [room for room, mark in marks if mark.cell == cell.id and mark.space == space]

    def _joined(self, room: RoomId | None) -> set[str]:
        known = self.client.rooms.get(room) if room else None
        return set(known.users) - set(known.invited_users) if known else set()

    def _parent(self, space: RoomId) -> JsonObject:
        content = {"via": [self._server()], "canonical": True}
        return {"type": "m.space.parent", "state_key": space, "content": content}

    def _server(self) -> str:
        return str(self.client.user_id).partition(":")[2]

    def _need_sync(self) -> None:
        if not self.synced():
            raise NotSent("the first sync has not been read yet: our rooms are not known")


def _case_content(mark: CaseMark) -> JsonObject:
    return {"alias": mark.alias, "cell": mark.cell, "space": mark.space}
