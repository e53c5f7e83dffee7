"""A copy of the folder is the house: what the restore drill of docs/operations.md relies on."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from app.chat import Talk
from app.clock import FixedClock
from app.counter import Counter
from app.parts import open_parts
from bots.terminal import TERMINAL, TerminalChannel
from domain import messages as m
from domain.errors import OperatorError
from domain.questionnaire import Fact

CLOCK = FixedClock(datetime(2026, 11, 16, 20, 0))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "house").mkdir()
    return tmp_path / "house"


async def a_house_with_a_report(folder: Path) -> None:
    """One citizen has spoken."""
    async with open_parts(folder / "guichet.db", folder / "master.key", CLOCK) as parts:
        await Talk(Counter(parts), TerminalChannel(), 0).say(m.Said("un homme vend du shit devant la gare d'Avignon"))


async def place_told(folder: Path) -> str:
    """What the house of this folder holds of the place."""
    async with open_parts(folder / "guichet.db", folder / "master.key", CLOCK) as parts, parts.store.unit() as unit:
        conversation = await unit.vault.conversation_of(TERMINAL)
        assert conversation is not None
        return (await unit.conversations.load(conversation)).facts[Fact.LIEU].text


async def test_a_copied_folder_opens_with_its_key(house: Path, tmp_path: Path) -> None:
    await a_house_with_a_report(house)
    shutil.copytree(house, tmp_path / "copy")
    assert await place_told(tmp_path / "copy") == "gare d'Avignon"


async def test_a_copied_folder_without_its_key_is_refused_in_one_sentence(house: Path, tmp_path: Path) -> None:
    await a_house_with_a_report(house)
    shutil.copytree(house, tmp_path / "copy")
    (tmp_path / "copy" / "master.key").unlink()
    with pytest.raises(OperatorError, match="does not open this database"):
        await place_told(tmp_path / "copy")
