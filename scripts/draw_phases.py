"""Draws docs/phases.md from the tables of domain/phases.py, so that the published diagram is the one that runs.

scripts/draw_phases.py           writes the page
scripts/draw_phases.py --check   says whether the page is up to date (status 1 when it is not)
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from domain.events import Event  # noqa: E402
from domain.phases import MOVES, STAYS, Phase  # noqa: E402

PAGE = ROOT / "docs" / "phases.md"

MEANINGS = {
    Phase.ACCUEIL: "the welcome was or will be said",
    Phase.RECIT: "free recall: the citizen tells",
    Phase.QUESTIONS: "one question at a time, for missing facts only",
    Phase.RECAPITULATIF: "the plain summary waits for confirmation",
    Phase.DEPOSE: "filed: it is a case with a room",
    Phase.AVEC_UN_AGENT: "an officer answers, the counter is silent",
    Phase.CLOS: "closed by an officer",
    Phase.URGENCE: "the emergency notice was given",
    Phase.HORS_PERIMETRE: "nuisance only: redirected, nothing said is kept",
    Phase.ABANDONNE: "the draft's time ran out, what was said is erased",
    Phase.EFFACE: "the citizen had it erased",
}

HEAD = """# Phases of a conversation

Drawn by `scripts/draw_phases.py` from the tables of `domain/phases.py`; a test fails when this page is stale. An arrow
bears the events that lead on. What may happen in a phase without leaving it is in the table below the diagram. A pair
that neither table knows raises `NotAllowedHere`.
"""

FOOT = """
In `accueil` only the call for free recall (`Wondered` with `NARRATIVE`) leads on; other asides stay there. Whatever
comes after `abandonne` or `efface`, and `/start` or "new report" after `clos`, opens a conversation of its own
([0005](decisions/0005-a-new-report-in-its-own-lane.md)).
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *diagram(), "", "## What each phase is", "", *meanings(), "", *staying(), FOOT])


def diagram() -> Iterator[str]:
    """A state diagram in mermaid's notation: an arrow for every pair of phases, with its events."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {Phase.ACCUEIL}"
    for phase in Phase:
        for after, events in arrows(phase).items():
            yield f"    {phase} --> {after}: {', '.join(events)}"
    yield from (f"    {phase} --> [*]" for phase in Phase if not MOVES[phase])
    yield "```"


def arrows(phase: Phase) -> dict[Phase, list[str]]:
    """Where else one can go from a phase, and by which events."""
    found: dict[Phase, list[str]] = defaultdict(list)
    for event, after in MOVES[phase].items():
        if after is not phase:
            found[after].append(event.__name__)
    return {after: sorted(found[after]) for after in Phase if after in found}


def meanings() -> Iterator[str]:
    """A table of the phases."""
    yield "| Phase | Meaning |"
    yield "|---|---|"
    yield from (f"| `{phase}` | {MEANINGS[phase]} |" for phase in Phase)


def staying() -> Iterator[str]:
    """A table of the events that may happen in a phase and leave it as it is."""
    yield "## What may happen without leaving"
    yield ""
    yield f"Everywhere: {_named(everywhere())}."
    yield ""
    yield "| Phase | Besides |"
    yield "|---|---|"
    for phase in Phase:
        yield f"| `{phase}` | {_named(STAYS[phase] - everywhere()) or 'nothing'} |"


def everywhere() -> frozenset[type[Event]]:
    """Events that may happen in every phase."""
    return frozenset.intersection(*STAYS.values())


def _named(events: frozenset[type[Event]]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(event.__name__ for event in events))


def main() -> int:
    """Writes the page, or compares it."""
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
