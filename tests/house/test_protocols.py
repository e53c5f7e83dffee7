"""docs/protocols.md names exactly the keys that the three line protocols speak."""

import re
from datetime import datetime
from pathlib import Path

from app.chat import Talk, objects
from app.clock import FixedClock
from app.counter import Counter
from app.parts import open_parts
from bots.terminal import TerminalChannel
from domain import messages as m
from nlu.horaire.__main__ import answer
from nlu.protocol import parse_line
from nlu.rules import RulesReader
from tests.house.sources import text_of

SAID = '{"text": "un homme vend du shit à la gare d\'Avignon tous les soirs vers 19h", "at": "2026-11-16T20:00:00"}'


def chapter(command: str) -> str:
    """What the page says of one command."""
    return text_of(Path("docs/protocols.md")).split(f"\n## `{command}`\n")[1].split("\n## ")[0]


def documented(command: str, head: str) -> set[str]:
    """The keys in the first column of the table with this head."""
    table = chapter(command).split(f"| {head} | Meaning |")[1].split("\n\n")[0]
    first = (row.split("|")[1] for row in table.splitlines()[2:])
    return {key for cell in first for key in re.findall(r"`(\w+)`", cell)}


def test_parse_speaks_as_documented() -> None:
    said = parse_line(SAID, RulesReader())
    assert set(said) == documented("guichet parse", "Output")
    (schedule,) = (entity["value"] for entity in said["entities"] if entity["type"] == "horaire")
    (place,) = (entity["value"] for entity in said["entities"] if entity["type"] == "lieu")
    named = set(re.findall(r"`(\w+)`", chapter("guichet parse")))
    assert {*schedule, *place, *said["entities"][0]} <= named


def test_horaire_speaks_as_documented() -> None:
    said = answer('{"text": "tous les soirs vers 19h", "reference": "2026-11-16T20:00:00"}')
    assert set(said) == {"text", "spans", "ms"}
    assert set(said["spans"][0]) == documented("guichet horaire", "Key")


async def test_chat_speaks_as_documented(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 16, 20, 0))
    async with open_parts(tmp_path / "chat.db", tmp_path / "chat.key", clock) as parts:
        answered = await Talk(Counter(parts), TerminalChannel(), 0).say(m.Said("un homme vend du shit à la gare"))
    for one in objects(answered):
        assert set(one) == documented("guichet chat --json", "Output")
        assert all(set(fact) == {"text", "value", "state"} for fact in one["facts"].values())
