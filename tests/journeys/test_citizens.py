"""Forty citizens at the counter, each in their own words, through the whole house in this process.

With the trained model and by rules alone: what the counter promises holds for everyone, and with the model it
understands nearly all of them without a fault.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.chat import Talk, content_of, objects
from app.clock import FixedClock
from app.counter import Counter
from app.parts import open_parts
from bots.terminal import TerminalChannel
from nlu.reader import GuichetReader
from tests.journeys.citizens import Say, broken_promises, faults, play, scripts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

EVENING = datetime(2026, 3, 18, 20, 15)
WITHOUT_FAULT = 0.85
"""Share of the citizens whom the model must understand wholly."""


@asynccontextmanager
async def counter_for_one(folder: Path, reader: GuichetReader) -> AsyncIterator[Say]:
    """A counter of one's own, whose clock moves when the citizen is silent."""
    clock = FixedClock(EVENING)
    async with open_parts(folder / "chat.db", folder / "chat.key", clock, reader) as parts:
        talk = Talk(Counter(parts), TerminalChannel(), 0)

        async def say(text: str, silence_min: int) -> list[dict[str, object]]:
            clock.at += timedelta(minutes=silence_min)
            answered = await talk.say(content_of(json.dumps({"text": text})))
            messages: list[dict[str, object]] = json.loads(json.dumps(list(objects(answered))))
            return messages

        yield say


@pytest.mark.parametrize("reads", ["with the model", "by rules alone"])
async def test_citizens_are_heard(reads: str, tmp_path: Path) -> None:
    with_model = reads == "with the model"
    reader = GuichetReader() if with_model else GuichetReader(None)
    broken, misheard = {}, {}
    for script in scripts():
        folder = tmp_path / script["id"]
        folder.mkdir()
        async with counter_for_one(folder, reader) as say:
            played = await play(script, say)
        broken[script["id"]] = list(broken_promises(played))
        misheard[script["id"]] = list(faults(played))
    wrong = {name: found for name, found in misheard.items() if found}
    print(f"{reads}: {len(misheard) - len(wrong)} of {len(misheard)} without a fault")
    print(json.dumps(wrong, ensure_ascii=False, indent=1))
    assert {name: found for name, found in broken.items() if found} == {}
    assert not with_model or 1 - len(wrong) / len(misheard) >= WITHOUT_FAULT, wrong
