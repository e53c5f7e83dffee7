"""Killed in the middle of receiving or uploading keys: the next start reads what a restarted program must read."""

from collections.abc import Callable
from typing import Any

import pytest
from nio import AsyncClient, KeysUploadResponse

from domain.messages import Told
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import MatrixHouse, room_of, until

pytestmark = pytest.mark.servers

RECEIVING = ["save_account", "save_session", "save_inbound_group_session"]


class KilledHere(BaseException):
    """As a kill: nothing catches it."""


def killed_in(house: MatrixHouse, name: str, *, before: bool) -> None:
    """The next time the cryptography saves this, the program ends, before or after it is saved."""
    olm = house.bot._started.client.olm
    save: Callable[..., Any] = getattr(olm, name)

    def die(*arguments: Any) -> None:
        if not before:
            save(*arguments)
        raise KilledHere

    setattr(olm, name, die)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("name", RECEIVING)
async def test_a_kill_while_receiving_a_key(
    name: str, before: bool, new_house: HouseMaker, new_officer: OfficerMaker
) -> None:
    """An officer's very first message arrives while the program is killed: it is read after the next start."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await officer.joined(room_of(case))
    killed_in(house, name, before=before)
    await officer.say(room_of(case), "Bonjour, une question.")
    assert house.running is not None
    running, house.running = house.running, None
    await until(running.done, what="the kill")
    with pytest.raises(KilledHere):
        running.result()
    await house.restart()
    await officer.say(room_of(case), "Et une autre.")
    heard = await house.hears(case, 2)
    assert [message.content for message in heard] == [Told("Bonjour, une question."), Told("Et une autre.")]


async def test_a_kill_while_uploading_keys(
    new_house: HouseMaker, new_officer: OfficerMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server took our one-time keys, then the program was killed: officers who use them are still read."""
    officer = await new_officer()
    house = await new_house(officer)
    with monkeypatch.context() as patch:
        patch.setattr(AsyncClient, "receive_response", killed_by_key_answer)
        with pytest.raises(KilledHere):
            await house.bot.start()
    await house.restart()
    case = await house.ready_case()
    await officer.say(room_of(case), "Bonjour.")
    assert [message.content for message in await house.hears(case, 1)] == [Told("Bonjour.")]


async def killed_by_key_answer(client: AsyncClient, response: Any) -> None:
    if isinstance(response, KeysUploadResponse):
        raise KilledHere
    await receive(client, response)


receive = AsyncClient.receive_response
