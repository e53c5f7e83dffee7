"""An officer wrote in a case room: decide, save, and answer in the room or write to the citizen."""

from collections.abc import Sequence
from datetime import datetime

from domain import events as e
from domain import messages as m
from domain.case import Case
from domain.conversation import Conversation
from domain.events import Event
from domain.policy import decide_on_officer
from handlers.letterbox import Letterbox
from handlers.ports import Cells, Clock, InboxItem, NewLetter, Store, Target, Unit


class OfficerCounter:
    """Serves one officer's message at a time, in the lane of the same conversation as the citizen's."""

    def __init__(self, store: Store, cells: Cells, letters: Letterbox, clock: Clock) -> None:
        self._store, self._cells, self._letters, self._clock = store, cells, letters, clock

    async def serve(self, item: InboxItem, told: m.FromOfficer, before: Conversation) -> Conversation:
        """Handle one inbox item of this conversation; returns where it stands then.

        Raises StorageGone when it could not be saved: it then stays in the inbox.
        """
        async with self._store.unit() as unit:
            case = await unit.cases.of(item.conversation)
            after = await self._save(unit, before, case, told) if case is not None else before
            await unit.inbox.done(item.id)
        return after

    async def _save(self, unit: Unit, before: Conversation, case: Case, told: m.FromOfficer) -> Conversation:
        now = self._clock.now()
        await self._stop_what_is_replaced(unit, before, told)
        left = await self._left_already(unit, before, told)
        cell = self._cells.get(case.cell) or self._cells.default()
        events = decide_on_officer(before, told, self._cells.questionnaire(cell), left_already=left)
        after = await self._letters.post(unit, before, events, case, now)
        await self._on_the_case(unit, before, case, events, now)
        return after

    async def _stop_what_is_replaced(self, unit: Unit, before: Conversation, told: m.FromOfficer) -> None:
        """Edited within the grace period: only the new words leave. Later, the citizen reads both, in order."""
        if isinstance(told.content, m.Told) and told.content.replaces is not None:
            await unit.deliveries.cancel_about(before.id, told.content.replaces)

    async def _left_already(self, unit: Unit, before: Conversation, told: m.FromOfficer) -> bool:
        """For a withdrawal: stop the letter if it is still here."""
        if not isinstance(told.content, m.Withdrew):
            return True
        return not await unit.deliveries.cancel_about(before.id, told.ref)

    async def _on_the_case(
        self, unit: Unit, before: Conversation, case: Case, events: Sequence[Event], now: datetime
    ) -> None:
        for event in events:
            if isinstance(event, e.CaseTaken):
                await unit.cases.taken(case.alias, event.officer)
            elif isinstance(event, e.OfficerLeft):
                await unit.cases.taken(case.alias, None)
            elif isinstance(event, e.CaseClosed):
                await unit.cases.close(case.alias, event.verdict, now)
                await unit.deliveries.add(before.id, NewLetter(Target.ROOM, m.CloseRoom()), now)
            elif isinstance(event, e.OfficerOrdered):
                await self._answer(unit, before, event, now)

    async def _answer(self, unit: Unit, before: Conversation, event: e.OfficerOrdered, now: datetime) -> None:
        """Commands whose answer needs the store; the wording has answered the others."""
        if event.name == "resume":
            recap = self._letters.wording.recap(before, await unit.conversations.recorded(before.id))
            await unit.deliveries.add(before.id, NewLetter(Target.ROOM, recap), now)
        elif event.name == "renvoyer":
            await unit.deliveries.requeue_failed(before.id, now)
