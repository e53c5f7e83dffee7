"""The way of a message between the house and its officers, against the real Synapse."""

import pytest

from domain.messages import Told
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import room_of, until

pytestmark = pytest.mark.servers


async def test_words_go_both_ways(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """A citizen's words reach the room readable; an officer's words reach the case's lane, once."""
    officer = await new_officer()
    house = await (await new_house(officer)).start()
    case = await house.ready_case()
    await house.say(case, "Ça deale devant le collège, l'après-midi.")
    await until(lambda: officer.bodies(case.room), what="the first message")
    assert officer.bodies(case.room) == ["Ça deale devant le collège, l'après-midi."]
    await officer.say(room_of(case), "Merci. À quelle heure, d'habitude ?")
    heard = await house.hears(case, 1)
    assert [message.content for message in heard] == [Told("Merci. À quelle heure, d'habitude ?")]
    assert heard[0].officer == officer.user_id
    assert heard[0].service == "police"
    assert not officer.unreadable
