"""Writes docs/events.md from the classes of domain/events.py.

scripts/list_events.py           writes the page
scripts/list_events.py --check   says whether the page is up to date (status 1 when it is not)
"""

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from domain.events import Event  # noqa: E402
from domain.phases import MOVES, Phase  # noqa: E402

PAGE = ROOT / "docs" / "events.md"

HEAD = """# Events

Everything that can happen in a conversation, in the past tense; a conversation is the fold of these. Written by
`scripts/list_events.py` from `domain/events.py`; a test fails when this page is stale. Each is stored with its kind and
time in the clear and its fields sealed under the conversation's key. Where each may happen: [phases](phases.md).

| Event | Fields | What happened | Leads to |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(rows()) + "\n"


def rows() -> Iterator[str]:
    """A row for every event, in the order of the union."""
    for event in get_args(Event):
        named = ", ".join(f"`{field.name}`" for field in fields(event))
        phases = ", ".join(f"`{phase}`" for phase in leads_to(event))
        yield f"| `{event.__name__}` | {named} | {meaning(event)} | {phases} |"


def meaning(event: type) -> str:
    """The event's docstring on one line."""
    return " ".join((event.__doc__ or "").split())


def leads_to(event: type) -> list[Phase]:
    """The phases that this event leads to from others."""
    targets = {moves[event] for phase, moves in MOVES.items() if event in moves and moves[event] is not phase}
    return [phase for phase in Phase if phase in targets]


def main() -> int:
    """Writes the page, or compares it."""
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
