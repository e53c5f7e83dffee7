"""Letters on their way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import RoomState
from domain.errors import RuleBroken
from domain.ids import ConversationId, MessageRef, RoomId
from domain.messages import CloseRoom, EraseChat, Mark, PutMark
from handlers.ports import Delivery, DeliveryState, NewLetter, Target
from storage.sql import SqlStore
from tests.storage.words import CELL, NOW, OFFICER_REF, ONE, SOON, TWO, begin, to_citizen, to_room


async def add(store: SqlStore, letter: NewLetter, conversation: ConversationId = ONE) -> int:
    async with store.unit() as unit:
        return await unit.deliveries.add(conversation, letter, NOW)


async def due(store: SqlStore, target: Target = Target.CITIZEN, now: object = NOW, limit: int = 9) -> list[Delivery]:
    async with store.unit() as unit:
        return list(await unit.deliveries.due(target, now, limit))  # type: ignore[arg-type]  # a test's shorthand


async def send(store: SqlStore, delivery: int, *refs: str) -> None:
    async with store.unit() as unit:
        await unit.deliveries.sending([delivery])
    async with store.unit() as unit:
        await unit.deliveries.sent(delivery, [MessageRef(ref) for ref in refs], NOW)


async def room_is(store: SqlStore, *states: RoomState) -> None:
    async with store.unit() as unit:
        case = await unit.cases.open(ONE, CELL, NOW)
        for state in states:
            await unit.cases.move(case.alias, state, RoomId("!r:x"))


async def test_a_letter_comes_out_as_it_went_in(store: SqlStore) -> None:
    await begin(store)
    letter = to_citizen("À votre écoute", OFFICER_REF, from_officer=True)
    number = await add(store, letter)
    assert await due(store) == [
        Delivery(number, ONE, Target.CITIZEN, letter.letter, DeliveryState.QUEUED, 0, about=OFFICER_REF, created_at=NOW)
    ]


async def test_only_the_head_of_each_queue_is_due(store: SqlStore) -> None:
    """Order is strict in a conversation; conversations go side by side."""
    await begin(store, ONE, TWO)
    first = await add(store, to_citizen("un"))
    second = await add(store, to_citizen("deux"))
    other = await add(store, to_citizen("autre"), TWO)
    assert [one.id for one in await due(store)] == [first, other]
    assert [one.id for one in await due(store, limit=1)] == [first]
    await send(store, first, "11")
    assert [one.id for one in await due(store)] == [second, other]


async def test_the_two_sides_of_a_conversation_have_queues_of_their_own(store: SqlStore) -> None:
    await begin(store)
    await room_is(store, RoomState.CREATED, RoomState.MEMBERS_SEEN, RoomState.READY)
    to_them = await add(store, to_room("résumé"))
    to_one = await add(store, to_citizen("merci"))
    assert [one.id for one in await due(store, Target.ROOM)] == [to_them]
    assert [one.id for one in await due(store, Target.CITIZEN)] == [to_one]


async def test_a_letter_held_back_holds_those_behind_it(store: SqlStore) -> None:
    await begin(store)
    held = await add(store, replace(to_citizen("agent"), not_before=SOON))
    await add(store, to_citizen("après"))
    assert await due(store) == []
    assert [one.id for one in await due(store, now=SOON)] == [held]


async def test_letters_to_a_room_wait_until_it_is_ready(store: SqlStore) -> None:
    await begin(store)
    numbers = [await add(store, to_room("carte", "card")), await add(store, NewLetter(Target.ROOM, CloseRoom()))]
    assert await due(store, Target.ROOM) == []
    await room_is(store)
    assert await due(store, Target.ROOM) == []
    await room_is(store, RoomState.CREATED, RoomState.MEMBERS_SEEN)
    assert await due(store, Target.ROOM) == []
    await room_is(store, RoomState.READY)
    assert [one.id for one in await due(store, Target.ROOM)] == numbers[:1]


async def test_a_closing_room_still_takes_its_last_letters(store: SqlStore) -> None:
    await begin(store)
    await room_is(store, RoomState.CREATED, RoomState.CLOSING)
    assert await add(store, NewLetter(Target.ROOM, CloseRoom())) in [one.id for one in await due(store, Target.ROOM)]
    await room_is(store, RoomState.LEFT)
    assert await due(store, Target.ROOM) == []


async def test_letters_found_sending_are_given_again(store: SqlStore) -> None:
    """A crash came between the commit and the answer: nobody knows whether the letter left."""
    await begin(store)
    number = await add(store, to_citizen("un"))
    await add(store, to_citizen("deux"))
    async with store.unit() as unit:
        await unit.deliveries.sending([number])
    found = await due(store)
    assert [(one.id, one.state, one.attempts) for one in found] == [(number, DeliveryState.SENDING, 1)]


async def test_sending_nothing_is_nothing(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.deliveries.sending([])


async def test_a_retry_waits_for_its_time(store: SqlStore) -> None:
    await begin(store)
    number = await add(store, to_citizen("un", from_officer=True))
    async with store.unit() as unit:
        await unit.deliveries.sending([number])
        await unit.deliveries.retry(number, SOON, "Uncertain", resend=True)
    assert await due(store) == []
    again = (await due(store, now=SOON))[0]
    assert (again.state, again.attempts, again.resend) == (DeliveryState.QUEUED, 1, True)


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNCERTAIN, DeliveryState.CANCELLED])
async def test_a_finished_letter_lets_the_next_go(store: SqlStore, state: DeliveryState) -> None:
    await begin(store)
    first, second = await add(store, to_citizen("un")), await add(store, to_citizen("deux"))
    async with store.unit() as unit:
        await unit.deliveries.finish(first, state, "Refused")
    assert [one.id for one in await due(store)] == [second]


async def test_failed_letters_can_be_queued_again_by_hand(store: SqlStore) -> None:
    await begin(store)
    failed, lost = await add(store, to_citizen("un")), await add(store, to_citizen("deux"))
    async with store.unit() as unit:
        await unit.deliveries.sending([failed])
        await unit.deliveries.finish(failed, DeliveryState.FAILED, "NotSent")
        await unit.deliveries.finish(lost, DeliveryState.UNCERTAIN, "Uncertain")
    async with store.unit() as unit:
        assert await unit.deliveries.requeue_failed(ONE, SOON) == 1
    assert [(one.id, one.attempts, one.letter) for one in await due(store, now=SOON)] == [
        (failed, 0, to_citizen("un").letter)
    ]


async def test_an_unknown_letter_cannot_have_been_sent(store: SqlStore) -> None:
    with pytest.raises(RuleBroken, match="queued expected"):
        await send(store, 99, "1")


# --- what an officer takes back ----------------------------------------------------------------------


async def cancel(store: SqlStore) -> bool:
    async with store.unit() as unit:
        return await unit.deliveries.cancel_about(ONE, OFFICER_REF)


async def test_an_officer_takes_back_what_has_not_left(store: SqlStore) -> None:
    await begin(store)
    await add(store, to_citizen("un", OFFICER_REF))
    other = await add(store, to_citizen("deux", MessageRef("$o2")))
    assert await cancel(store)
    assert [one.id for one in await due(store)] == [other]


@pytest.mark.parametrize("refs", [(), ("5",)])
async def test_what_has_left_cannot_be_taken_back(store: SqlStore, refs: tuple[str, ...]) -> None:
    await begin(store)
    number = await add(store, to_citizen("un", OFFICER_REF))
    if refs:
        await send(store, number, *refs)
    else:
        async with store.unit() as unit:
            await unit.deliveries.sending([number])
    assert not await cancel(store)


async def test_what_may_have_left_once_counts_as_left(store: SqlStore) -> None:
    await begin(store)
    number = await add(store, to_citizen("un", OFFICER_REF))
    async with store.unit() as unit:
        await unit.deliveries.sending([number])
        await unit.deliveries.retry(number, NOW, "Uncertain", resend=True)
    assert not await cancel(store)
    assert await due(store) == []


async def test_a_mark_on_the_officers_message_is_not_the_message(store: SqlStore) -> None:
    """The sent mark "queued" does not mean that the words have left."""
    await begin(store)
    await room_is(store, RoomState.CREATED, RoomState.MEMBERS_SEEN, RoomState.READY)
    mark = await add(store, NewLetter(Target.ROOM, PutMark(OFFICER_REF, Mark.QUEUED), about=OFFICER_REF))
    await send(store, mark, "$m1")
    await add(store, to_citizen("un", OFFICER_REF))
    assert await cancel(store)


# --- where letters went --------------------------------------------------------------------------


async def test_refs_tell_where_our_letters_went_and_what_came(store: SqlStore) -> None:
    await begin(store)
    await send(store, await add(store, to_citizen("un")), "11", "12")
    await send(store, await add(store, to_citizen("deux")), "15")
    async with store.unit() as unit:
        await unit.vault.remember_ref(ONE, MessageRef("10"))
        await unit.vault.remember_ref(ONE, MessageRef("14"))
    async with store.unit() as unit:
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == ["15", "12", "11", "14", "10"]
        assert await unit.deliveries.refs(ONE, Target.ROOM) == []


async def test_a_letter_is_found_again_by_its_key(store: SqlStore) -> None:
    await begin(store)
    await room_is(store, RoomState.CREATED, RoomState.MEMBERS_SEEN, RoomState.READY)
    await send(store, await add(store, to_room("carte", "card")), "$1")
    await send(store, await add(store, NewLetter(Target.ROOM, PutMark(OFFICER_REF, Mark.QUEUED))), "$2")
    await send(store, await add(store, NewLetter(Target.ROOM, PutMark(OFFICER_REF, Mark.ACCEPTED))), "$3")
    async with store.unit() as unit:
        assert await unit.deliveries.ref_of(ONE, "card") == "$1"
        assert await unit.deliveries.ref_of(ONE, f"mark:{OFFICER_REF}") == "$3"
        assert await unit.deliveries.ref_of(ONE, "recap") is None
        assert await unit.deliveries.ref_of(TWO, "card") is None


async def test_a_letter_without_trace_leaves_no_ref(store: SqlStore) -> None:
    await begin(store)
    await send(store, await add(store, NewLetter(Target.CITIZEN, EraseChat((MessageRef("1"),)))))
    async with store.unit() as unit:
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == []


# --- figures -------------------------------------------------------------------------------------


async def test_lag_and_counts_tell_what_waits(store: SqlStore) -> None:
    await begin(store, ONE, TWO)
    first = await add(store, to_citizen("un"))
    await add(store, to_citizen("deux"), TWO)
    await send(store, first, "1")
    async with store.unit() as unit:
        assert await unit.deliveries.lag(Target.CITIZEN, NOW + timedelta(seconds=3)) == (1, 3.0)
        assert await unit.deliveries.lag(Target.ROOM, NOW) == (0, 0.0)
        assert await unit.deliveries.counts() == {("citizen", "queued"): 1, ("citizen", "sent"): 1}
