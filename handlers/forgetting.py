"""What must not be kept is destroyed in the very transaction that would have kept it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import events as e
from domain import messages as m
from domain.case import Case, RoomState
from domain.conversation import Conversation
from domain.events import Event
from domain.phases import Phase
from handlers.ports import NewLetter, Target, Unit


@dataclass(frozen=True, slots=True)
class Lives:
    """How long things are kept. contact: after the last exchange. farewell: an address once all else was erased."""

    contact: timedelta = timedelta(days=30)
    draft: timedelta = timedelta(hours=24)
    farewell: timedelta = timedelta(hours=1)


WORDS: tuple[type[Event], ...] = (
    e.CitizenSpoke, e.CitizenTapped, e.CitizenPinned, e.CitizenSentPhoto, e.FactLearned, e.FactAbsent, e.FaitsNoted,
    e.CounterSaid,
)  # fmt: skip
"""Events that hold what was told."""


ERASED = "erased"
"""The verdict of a case that was erased before an officer gave one."""


async def keep_less(
    unit: Unit, before: Conversation, after: Conversation, lives: Lives, now: datetime
) -> tuple[NewLetter, ...]:
    """Erase or blank what this turn made unneeded, and set how long the address may stay.

    Returns what must leave after this turn's letters: the address goes with it.
    """
    last: tuple[NewLetter, ...] = ()
    if after.phase in (Phase.EFFACE, Phase.ABANDONNE) and before.phase is not after.phase:
        last = await _erase(unit, after, lives, now)
    elif after.phase is Phase.HORS_PERIMETRE:
        await unit.conversations.blank(after.id, WORDS)
        await unit.vault.extend(after.id, now + lives.draft)
    else:
        await unit.vault.extend(after.id, now + lives.contact)
    if before.pin is not None and after.pin is None:
        await unit.conversations.blank(after.id, (e.CitizenPinned,))
    return last


async def _erase(unit: Unit, after: Conversation, lives: Lives, now: datetime) -> tuple[NewLetter, ...]:
    """The store first, then the farewell, then what can still be deleted in the chat, and the address with it."""
    refs = await unit.deliveries.refs(after.id, Target.CITIZEN)
    if not after.kept_by_officers:
        await unit.conversations.erase(after.id, now)
    await unit.vault.extend(after.id, now + lives.farewell)
    return (NewLetter(Target.CITIZEN, m.EraseChat(tuple(refs))),) if after.phase is Phase.EFFACE else ()


async def close_erased(unit: Unit, case: Case, now: datetime) -> None:
    """The case of words that are gone is closed, with the verdict it had; its room is left after its last letters."""
    if case.closed_at is None:
        await unit.cases.close(case.alias, ERASED, now)
    if case.room_state not in (RoomState.CLOSING, RoomState.LEFT):
        await unit.deliveries.add(case.conversation, NewLetter(Target.ROOM, m.CloseRoom()), now)
