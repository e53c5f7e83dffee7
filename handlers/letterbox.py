"""From what happened to the letters that tell of it, saved together: never one without the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain import events as e
from domain import messages as m
from domain.case import Case
from domain.conversation import Conversation
from domain.events import Event
from domain.ids import ConversationId
from domain.phases import Phase
from handlers.forgetting import Lives, close_erased, keep_less
from handlers.ports import LiveState, NewLetter, Target, Tokens, Unit
from handlers.wording import CounterWording

LETTERS_BELL = "letters"


class Letterbox:
    """Words what happened for both sides and queues it."""

    def __init__(
        self, wording: CounterWording, tokens: Tokens, live: LiveState, grace: timedelta, lives: Lives | None = None
    ) -> None:
        self.wording, self._tokens, self._live, self._grace = wording, tokens, live, grace
        self._lives = lives or Lives()

    async def post(
        self,
        unit: Unit,
        before: Conversation,
        events: Sequence[Event],
        case: Case | None,
        now: datetime,
        *,
        receipt: str | None = None,
    ) -> Conversation:
        """Save events, the exact words used, and the letters; returns the conversation after them.

        receipt: the code to show once; it is sent but never recorded.
        """
        to_citizen = list(self.wording.to_citizen(before, events, now))
        said = [e.CounterSaid(letter.text, letter.buttons) for letter in to_citizen if not letter.from_officer]
        happened = [*events, *said]
        after = await unit.conversations.append(before, happened, now)
        last = await keep_less(unit, before, after, self._lives, now)
        if receipt is not None:
            to_citizen.append(self.wording.receipt(after.language, receipt))
        for new in [*(self._for_citizen(before.id, events, letter, now) for letter in to_citizen), *last]:
            await unit.deliveries.add(before.id, new, now)
        if case is not None:
            await self._for_room(unit, before, after, happened, now)
            if _is_gone(after) and not _is_gone(before):
                await close_erased(unit, case, now)
        return after

    async def _for_room(
        self, unit: Unit, before: Conversation, after: Conversation, happened: Sequence[Event], now: datetime
    ) -> None:
        """This turn's letters; the turn that opens the case brings the recap and the photos sent until then."""
        letters = list(self.wording.to_officers(before, after, happened, now))
        if before.alias is None and after.alias is not None:
            letters.append(self.wording.recap(after, await unit.conversations.recorded(before.id)))
            letters += [m.ToOfficers("", "citizen", file=photo) for photo in before.photos]
        for letter in letters:
            await unit.deliveries.add(before.id, NewLetter(Target.ROOM, letter), now)

    def _for_citizen(
        self, id: ConversationId, events: Sequence[Event], letter: m.ToCitizen, now: datetime
    ) -> NewLetter:
        """Officers' words wait for the grace period, so that they can be taken back; the rest leaves at once."""
        buttons = tuple(replace(button, choice=self._tokens.token(id, button.choice)) for button in letter.buttons)
        letter = replace(letter, buttons=buttons)
        if not letter.from_officer:
            return NewLetter(Target.CITIZEN, letter)
        about = next((ev.ref for ev in events if isinstance(ev, e.OfficerSpoke | e.OfficerSentFile)), None)
        return NewLetter(Target.CITIZEN, letter, not_before=now + self._grace, about=about)

    async def ring(self) -> None:
        """Tell the postmen that letters wait."""
        await self._live.wake(LETTERS_BELL)


def _is_gone(conversation: Conversation) -> bool:
    """Whether nothing said is left for anybody to work with."""
    return conversation.phase in (Phase.EFFACE, Phase.ABANDONNE) and not conversation.kept_by_officers
