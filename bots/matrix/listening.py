"""From events of rooms to Arrivals: who may be heard, what they meant, and what must wait for a key or a file."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import structlog
from nio import ToDeviceMessage

from bots.matrix.book import RoomBook
from bots.matrix.client import HouseClient
from bots.matrix.errors import checked, house_errors
from bots.matrix.files import FileDesk, UnusableFile
from bots.matrix.health import HealthBoard
from bots.matrix.seen import SeenEvent, is_from_its_sender, megolm_event, see, unseal
from bots.matrix.settings import MatrixSettings
from bots.matrix.translate import Later, NeedsFile, NeedsOriginal, file_id, meaning, meaning_of_edit
from domain.case import Officer
from domain.errors import NotSent, PlatformError, Refused, StorageError
from domain.ids import FileId, MessageRef, OfficerId, RoomId
from domain.messages import FromOfficer, OfficerContent, Shared, Unreadable, Withdrew
from handlers.ports import Arrival, Cells, Clock, ParkedItem, Store

log = structlog.get_logger(__name__)

SOURCE = "matrix"


@dataclass(frozen=True, slots=True)
class _Understood:
    """What an event meant, with the file it brought."""

    content: OfficerContent
    files: dict[FileId, tuple[bytes, str]] = field(default_factory=dict)


@dataclass
class Listener:
    """Turns the events of one sync into arrivals.

    What cannot be judged yet is parked *before* the position moves on, and leaves the parking place *after* it was
    handed in: a crash in between repeats, and the inbox drops repeats.
    """

    client: HouseClient
    settings: MatrixSettings
    store: Store
    cells: Cells
    clock: Clock
    book: RoomBook
    files: FileDesk
    board: HealthBoard
    renew_keys: Callable[[RoomId], Awaitable[None]]
    _renewed: set[object] = field(default_factory=set)
    _parked: dict[str, ParkedItem] | None = None
    _handled: list[str] = field(default_factory=list)

    @property
    def has_parked(self) -> bool:
        """Whether anything waits."""
        return bool(self._parked)

    async def hear(self, events: Sequence[SeenEvent]) -> list[Arrival]:
        """Arrivals of what waited and can be judged now, then of these events, each in order."""
        waiting = await self._waiting()
        self._handled = []
        arrivals = [arrival for item in list(waiting.values()) if (arrival := await self._again(item))]
        for event in events:
            if event.event_id not in waiting and (officer := self._officer(event)):
                arrivals += await self._first_time(event, officer)
        return arrivals

    async def settle(self) -> None:
        """What was handed in leaves the parking place."""
        if self._handled:
            async with self.store.unit() as unit:
                for event_id in self._handled:
                    await unit.parked.drop(SOURCE, event_id)
            for event_id in self._handled:
                (self._parked or {}).pop(event_id, None)
        self._handled = []
        self.board.parked(len(self._parked or {}))

    # --- new events ---------------------------------------------------------------------------------

    async def _first_time(self, event: SeenEvent, officer: Officer) -> list[Arrival]:
        understood = await self._understand_or_refuse(event)
        if understood is Later.SEALED:
            await self._park(event)
            return []
        return [self._arrival(event, officer, understood)] if understood else []

    def _officer(self, event: SeenEvent) -> Officer | None:
        """The officer who wrote it, None unless it is a member of the cell of this case room."""
        mark = self.book.cases.get(event.room)
        cell = self.cells.get(mark.cell) if mark else None
        return cell.officer(OfficerId(event.sender)) if cell and event.sender != self.client.user_id else None

    async def _understand_or_refuse(self, event: SeenEvent) -> _Understood | Later | None:
        try:
            return await self._understand(event)
        except (PlatformError, StorageError):
            raise
        except Exception as error:  # a form that nobody thought of: its author hears of it, the loop goes on
            log.error("matrix.event_not_understood", error=type(error).__name__)
            return _Understood(Unreadable())

    async def _understand(self, event: SeenEvent) -> _Understood | Later | None:
        """What it means, Later when a key, the original of an edit, a file or the case's own row is still missing."""
        if event.was_encrypted and not is_from_its_sender(self.client, event):
            self.client.olm.users_for_key_query.add(event.sender)
            return Later.SEALED
        found = meaning(event)
        if found is None or isinstance(found, Later):
            return found
        if not await self._case_is_written(event.room):
            return Later.SEALED
        try:
            return await self._complete(event, found)
        except NotSent as error:
            log.warning("matrix.not_complete_yet", error=type(error).__name__)
            return Later.SEALED

    async def _complete(
        self, event: SeenEvent, found: OfficerContent | NeedsOriginal | NeedsFile
    ) -> _Understood | Later | None:
        if isinstance(found, NeedsOriginal):
            return await self._edit(event, found.original)
        if isinstance(found, NeedsFile):
            return await self._file(event, found.caption)
        return _Understood(found)

    async def _edit(self, event: SeenEvent, ref: MessageRef) -> _Understood | Later | None:
        original = await self._original(event.room, ref)
        if original is None:
            return None
        if original.is_sealed:
            return Later.SEALED
        if original.was_encrypted and not is_from_its_sender(self.client, original):
            return Later.SEALED
        content = meaning_of_edit(event, original)
        return _Understood(content) if content else None

    async def _original(self, room: RoomId, ref: MessageRef) -> SeenEvent | None:
        try:
            with house_errors("room.event"):
                answer = checked(await self.client.room_get_event(room, ref), "room.event")
        except Refused:
            return None
        seen = see(room, answer.event)
        return unseal(self.client, seen) if seen and seen.is_sealed else seen

    async def _file(self, event: SeenEvent, caption: str) -> _Understood:
        try:
            content, media_type = await self.files.fetch(event.content)
        except UnusableFile as error:
            log.warning("matrix.file_unusable", reason=str(error))
            return _Understood(Unreadable())
        name = file_id(event)
        return _Understood(Shared(name, media_type, caption), {name: (content, media_type)})

    async def _case_is_written(self, room: RoomId) -> bool:
        """A room made just before a crash has no row yet: what officers write there waits for it."""
        async with self.store.unit() as unit:
            return await unit.cases.by_room(room) is not None

    def _arrival(self, event: SeenEvent, officer: Officer, understood: _Understood) -> Arrival:
        withdrawn = isinstance(understood.content, Withdrew) and event.redacts
        ref = MessageRef(event.redacts if withdrawn and event.redacts else event.event_id)
        at = min(event.at, self.clock.now())  # the officer's server may be fast; nothing comes from the future
        message = FromOfficer(understood.content, officer.id, officer.service, at, ref)
        return Arrival(SOURCE, event.event_id, message, room=event.room, files=understood.files)

    # --- what waits -----------------------------------------------------------------------------------

    async def _waiting(self) -> dict[str, ParkedItem]:
        if self._parked is None:
            async with self.store.unit() as unit:
                self._parked = {item.remote_id: item for item in await unit.parked.all(SOURCE)}
        return self._parked

    async def _park(self, event: SeenEvent) -> None:
        now, payload = self.clock.now(), event.packed()
        async with self.store.unit() as unit:
            await unit.parked.add(SOURCE, event.event_id, payload, now)
        (await self._waiting())[event.event_id] = ParkedItem(event.event_id, payload, now)
        await self._ask_for_key(event)

    async def _again(self, item: ParkedItem) -> Arrival | None:
        """Another try. After the grace time it is handed in as unreadable: its author must know."""
        event = SeenEvent.unpacked(item.payload)
        event = unseal(self.client, event) if event.is_sealed else event
        officer = self._officer(event)
        understood = await self._understand_or_refuse(event) if officer else None
        if understood is Later.SEALED:
            if self.clock.now() - item.since < self.settings.unreadable_after:
                return None
            understood = await self._give_up(event)
        self._handled.append(item.remote_id)
        return self._arrival(event, officer, understood) if officer and isinstance(understood, _Understood) else None

    async def _give_up(self, event: SeenEvent) -> _Understood:
        """Unreadable for good; what its author writes next must not be: once a key, a new one is called for."""
        self.board.unreadable(1)
        key = event.content.get("session_id") if event.is_sealed else None
        if isinstance(key, str) and key not in self._renewed:
            self._renewed.add(key)
            await self.renew_keys(event.room)
        return _Understood(Unreadable())

    async def _ask_for_key(self, event: SeenEvent) -> None:
        """The sender's device is asked for its key, once; most clients answer nothing, some do."""
        sealed = megolm_event(event) if event.is_sealed else None
        if sealed is None or not sealed.device_id:
            return
        request = sealed.as_key_request(event.sender, self.client.device_id, sealed.session_id, sealed.device_id)
        message = ToDeviceMessage(request.type, event.sender, sealed.device_id, request.content)
        try:
            with house_errors("key.request"):
                checked(await self.client.to_device(message, str(uuid4())), "key.request")
        except PlatformError as error:
            log.info("matrix.key_request_failed", error=type(error).__name__)
