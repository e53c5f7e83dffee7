"""`python -m nlu.horaire`: the JSON Lines protocol of `guichet horaire`, one answer a line, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from . import parse

ZONE = "Europe/Paris"


def answer(line: str) -> dict[str, Any]:
    """The answer to one line, a JSON object or plain text."""
    asked: dict[str, Any] = (  # the protocol's keys; wrong values fail in parse
        json.loads(line) if line.lstrip().startswith("{") else {"text": line.rstrip("\n")}
    )
    zone = asked.get("zone") or ZONE
    said = asked.get("reference")
    reference = datetime.fromisoformat(said) if said else datetime.now(ZoneInfo(zone))
    begun = perf_counter()
    found = parse(asked["text"], reference=reference, zone=zone, prefer=asked.get("prefer"))
    ms = round((perf_counter() - begun) * 1000, 3)
    return {"text": asked["text"], "spans": [one.as_json() for one in found], "ms": ms}


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The answers to every line that is not empty."""
    return (answer(line) for line in lines if line.strip())


def main() -> None:
    """Reads standard input to its end."""
    for one in answers(sys.stdin):
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
