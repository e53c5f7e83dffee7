"""The line protocol of `guichet parse`: a message a line in, a JSON object a line out, in order."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from time import perf_counter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from domain.reading import Entity, Place, Reading
from domain.schedule import Schedule

ZONE = ZoneInfo("Europe/Paris")


class Reader(Protocol):
    """Anything that reads a message at once."""

    def read(self, text: str, *, asked: str | None, at: datetime) -> Reading:
        """The reading of one message."""


def parse_line(line: str, reader: Reader) -> dict[str, Any]:  # Any: a JSON object
    """The answer to one line, a JSON object `{"text", "asked"?, "at"?}` or plain text.

    Raises ValueError when the line is a JSON object without a text, or with an `at` that is no ISO time.
    """
    text, asked, at = _request(line)
    begun = perf_counter()
    reading = reader.read(text, asked=asked, at=at)
    ms = (perf_counter() - begun) * 1000
    return {
        "text": text,
        "lang": reading.lang,
        "intent": reading.intent.value,
        "intent_confidence": round(reading.intent_confidence, 3),
        "entities": [_entity(entity) for entity in reading.entities],
        "faits": [fait.value for fait in reading.faits],
        "ms": round(ms, 3),
    }


def _request(line: str) -> tuple[str, str | None, datetime]:
    bare = line.rstrip("\r\n")
    asked: object = _object(bare)
    if not isinstance(asked, Mapping):
        return bare, None, datetime.now(ZONE)
    if not isinstance(asked.get("text"), str):
        raise ValueError('a line {"text": "..."} was expected')
    at = datetime.fromisoformat(asked["at"]) if asked.get("at") else datetime.now(ZONE)
    return asked["text"], asked.get("asked"), at


def _object(line: str) -> object:
    if not line.lstrip().startswith("{"):
        return None
    try:
        return json.loads(line)
    except ValueError:
        return None


def _entity(entity: Entity) -> dict[str, Any]:  # Any: a JSON object
    said: dict[str, Any] = {
        "type": entity.type.value,
        "start": entity.start,
        "end": entity.end,
        "text": entity.text,
        "confidence": round(entity.confidence, 3),
    }
    if entity.value is not None:
        said["value"] = as_json(entity.value)
    return said


def as_json(value: Place | Schedule | str) -> dict[str, Any] | str:  # Any: a JSON object
    """A value as JSON: a schedule as `guichet horaire` writes it, a place by its known parts."""
    if isinstance(value, Schedule):
        return _schedule(value)
    if isinstance(value, Place):
        return {name: part for name, part in asdict(value).items() if part not in (None, False)}
    return value


def _schedule(value: Schedule) -> dict[str, Any]:  # Any: a JSON object
    clock = value.clock if value.kind != "recurrent" and value.clock else ("", "")
    return {
        "text": value.text,
        "kind": value.kind,
        "words": value.words or None,
        "from": value.starts or clock[0] or None,
        "to": value.ends or clock[1] or None,
        "grain": value.grain or None,
        "approx_minutes": value.approx_minutes,
        "opening_hours": value.opening_hours,
        "frequency": value.frequency,
        "certain": value.certain,
        "ambiguous": list(value.ambiguous),
    }
