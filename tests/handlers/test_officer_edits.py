"""An officer edits what they wrote: within the grace period only the new words leave."""

from datetime import timedelta

from domain import messages as m
from domain.case import Case
from domain.ids import MessageRef
from handlers.ports import Arrival
from tests.handlers.test_forgetting import Town, town

__all__ = ["town"]


async def officer_tells(town: Town, case: Case, ref: str, text: str, replaces: str | None = None) -> None:
    officer = town.parts.cells.default().officers[0]
    content = m.Told(text, MessageRef(replaces) if replaces else None)
    told = m.FromOfficer(content, officer.id, officer.service, town.clock.now(), MessageRef(ref))
    async with town.parts.store.unit() as unit:
        await unit.inbox.add(Arrival("matrix", ref, told), case.conversation, town.clock.now())


async def heard(town: Town) -> list[str]:
    """What the citizen reads of officers once the grace period has passed."""
    first = await town.settled()
    town.clock.at += timedelta(seconds=10)
    found = [*first, *await town.settled()]
    return [one.letter.text for one in found if one.letter.from_officer]


async def test_an_edit_in_time_replaces_the_words(town: Town) -> None:
    case = await town.files_a_report()
    await officer_tells(town, case, "$1", "Bonjour, quelle voiture ?")
    await town.settled()
    await officer_tells(town, case, "$2", "Bonjour, de quelle couleur ?", replaces="$1")
    words = await heard(town)
    assert len(words) == 1
    assert "de quelle couleur" in words[0]


async def test_an_edit_too_late_is_read_after_the_first_words(town: Town) -> None:
    case = await town.files_a_report()
    await officer_tells(town, case, "$1", "Bonjour, quelle voiture ?")
    assert any("quelle voiture" in words for words in await heard(town))
    await officer_tells(town, case, "$2", "Bonjour, de quelle couleur ?", replaces="$1")
    assert any("de quelle couleur" in words for words in await heard(town))
