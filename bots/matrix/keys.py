"""Who holds which key: queries, claims, and giving a room's key to every device of its members before we write.

nio's own sending marks a room key as shared although a member who appeared meanwhile got nothing: the first message
was unreadable in 15 of 15 rooms. Here the key is shared first, checked, and only then used.
Source: docs/decisions/0021-guarded-send.md
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog

from bots.matrix.client import HouseClient
from bots.matrix.errors import CRYPTO, LOST, checked, house_errors
from domain.errors import NotSent

log = structlog.get_logger(__name__)

DeviceName: TypeAlias = tuple[str, str]
"""User and device."""

SHARING_ROUNDS = 3
"""One round does in a calm room; a second one catches a member or device that appeared meanwhile."""

DEAD_FOR_S = 600.0
"""How long a device that has no usable one-time key is left alone: each try costs every message three requests."""


@dataclass
class KeyCare:
    """The key chores of one client. `repairs` counts room keys that had to be shared again."""

    client: HouseClient
    repairs: int = 0
    _dead_until: dict[DeviceName, float] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def chores(self) -> None:
        """What sync_forever of nio does between two syncs: uploads, queries, claims, outgoing messages."""
        with house_errors("keys.chores"):
            if self.client.should_upload_keys:
                checked(await self.client.keys_upload(), "keys.upload")
            for answer in await self.client.send_to_device_messages():
                checked(answer, "to_device")
        await self.refresh()
        if self.client.should_claim_keys:
            with house_errors("keys.claim"):
                await self._claim(self.client.get_users_for_key_claiming())

    async def refresh(self) -> None:
        """The devices of everyone whose list changed are known, and our account's other devices get no keys."""
        async with self._turn:
            if self.client.should_query_keys:
                await self._query()

    async def share_room_key(self, room_id: str) -> None:
        """Every active device of the room's members holds the key we will write with. Raises NotSent."""
        for _ in range(SHARING_ROUNDS):
            await self._share_once(room_id)
            missing = self._without_key(room_id)
            if not missing:
                return
            self.repairs += 1
            log.info("matrix.key_repaired", devices=len(missing))
            self.client.olm.outbound_group_sessions[room_id].shared = False
        self._give_up(room_id, self._without_key(room_id))

    async def _share_once(self, room_id: str) -> None:
        await self._members(room_id)
        await self.refresh()
        async with self._turn:
            await self._claim_missing(room_id)
            session = self.client.olm.outbound_group_sessions.get(room_id)
            if session is not None and session.expired:
                self.client.invalidate_outbound_session(room_id)
            if self.client.olm.should_share_group_session(room_id) or self._without_key(room_id):
                await self._give_key(room_id)

    async def _members(self, room_id: str) -> None:
        room = self.client.rooms[room_id]
        if not room.members_synced:
            with house_errors("joined_members"):
                checked(await self.client.joined_members(room_id), "joined_members")
        unknown = set(room.users) - self.client.olm.tracked_users
        self.client.olm.users_for_key_query.update(unknown)

    async def _query(self) -> None:
        self.client.changed_since_query.clear()
        with house_errors("keys.query"):
            checked(await self.client.keys_query(), "keys.query")
        # a change announced while the query was under way may not be in its answer, and nio forgets it
        self.client.olm.add_changed_users(self.client.changed_since_query & self.client.olm.tracked_users)
        for device in list(self.client.device_store.active_user_devices(self.client.user_id)):
            if device.id != self.client.device_id and not self.client.olm.is_device_blacklisted(device):
                self.client.blacklist_device(device)  # a thief's login must not read

    async def _claim_missing(self, room_id: str) -> None:
        missing = [name for name in self._devices(room_id) if not self._has_session(name)]
        if not missing:
            return
        try:
            await self._claim(by_user(missing))
        except CRYPTO:  # the key of one device is malformed: it must not keep the others from reading
            for name in missing:
                await self._claim_alone(name)

    async def _claim_alone(self, name: DeviceName) -> None:
        try:
            await self._claim(by_user([name]))
        except CRYPTO:
            self._leave_alone([name])

    async def _claim(self, wanted: dict[str, list[str]]) -> None:
        try:
            answer = await self.client.keys_claim(wanted)
        except TypeError as error:  # nio cannot build its own KeysClaimError (0.26)
            raise NotSent("keys.claim: the server answered an error") from error
        except LOST as error:
            raise NotSent(f"keys.claim: the answer was lost ({type(error).__name__})") from None
        checked(answer, "keys.claim")

    async def _give_key(self, room_id: str) -> None:
        session = self.client.olm.outbound_group_sessions.get(room_id)
        if session is not None:
            session.shared = False  # nio then gives the key to those who lack it, instead of a new key to all
        with house_errors("room_key.share"):
            checked(await self.client.share_group_session(room_id, ignore_unverified_devices=True), "room_key.share")

    def _without_key(self, room_id: str) -> Set[DeviceName]:
        session = self.client.olm.outbound_group_sessions.get(room_id)
        served = session.users_shared_with | session.users_ignored if session else set()
        return {name for name in self._devices(room_id) if name not in served}

    def _devices(self, room_id: str) -> list[DeviceName]:
        store, own = self.client.device_store, (self.client.user_id, self.client.device_id)
        devices: list[Any] = [
            one for user in self.client.rooms[room_id].users for one in store.active_user_devices(user)
        ]
        names = [(one.user_id, one.id) for one in devices if not self.client.olm.is_device_blacklisted(one)]
        now = asyncio.get_running_loop().time()
        return [name for name in names if name != own and self._dead_until.get(name, 0.0) <= now]

    def _has_session(self, name: DeviceName) -> bool:
        device = self.client.device_store[name[0]][name[1]]
        return self.client.olm.session_store.get(device.curve25519) is not None

    def _leave_alone(self, names: Iterable[DeviceName]) -> None:
        until = asyncio.get_running_loop().time() + DEAD_FOR_S
        self._dead_until.update(dict.fromkeys(names, until))

    def _give_up(self, room_id: str, missing: Set[DeviceName]) -> None:
        """A device without any usable one-time key is dead for a while: it must not keep the others from reading."""
        reachable = [name for name in missing if self._has_session(name)]
        if reachable:
            raise NotSent(f"room_key.share: {len(reachable)} device(s) could not be given the room key")
        self._leave_alone(missing)
        self.client.olm.outbound_group_sessions[room_id].shared = True
        log.warning("matrix.devices_without_keys", devices=len(missing))


def by_user(names: Iterable[DeviceName]) -> dict[str, list[str]]:
    """Devices by user, as nio wants them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for user, device in names:
        found[user].append(device)
    return found
