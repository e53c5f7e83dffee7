"""Annotated messages: read, split, and checked against their offsets."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.reading import Entity, EntityType, Fait, Intent

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Message:
    """One annotated message (conventions: docs/annotation.md)."""

    text: str
    asked: str | None
    intent: Intent
    entities: tuple[Entity, ...]
    faits: tuple[Fait, ...]
    voice: str = ""
    """Who wrote it: the file it comes from, or the generator's name."""


def read_messages(path: Path) -> list[Message]:
    """The messages of one file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [_message(json.loads(line), path.stem) for line in lines if line.strip()]


def read_corpus(folder: Path = CORPUS) -> list[Message]:
    """Every hand-written message, in the order of the files."""
    return [message for path in sorted(folder.glob("*.jsonl")) for message in read_messages(path)]


def split(messages: list[Message], every: int = 10) -> tuple[list[Message], list[Message]]:
    """(to train on, held out): of each hand one message in `every` is held out, whatever other files come or go."""
    kept, held, written = list[Message](), list[Message](), Counter[str]()
    for message in messages:
        written[message.voice] += 1
        (kept if written[message.voice] % every else held).append(message)
    return kept, held


def _message(row: dict[str, Any], voice: str) -> Message:  # Any: a JSON object
    entities = tuple(
        Entity(EntityType(e["type"]), e["start"], e["end"], row["text"][e["start"] : e["end"]])
        for e in sorted(row["entities"], key=lambda e: int(e["start"]))
    )
    return Message(
        text=row["text"],
        asked=row.get("asked"),
        intent=Intent(row["intent"]),
        entities=entities,
        faits=tuple(Fait(fait) for fait in row["faits"]),
        voice=voice,
    )
