"""Writes docs/decisions/README.md: the list of decisions, from the title of each page.

scripts/index_decisions.py           writes the page
scripts/index_decisions.py --check   says whether the page is up to date (status 1 when it is not)
"""

import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "decisions"
PAGE = FOLDER / "README.md"

HEAD = """# Decisions

A choice that someone may question in a year has a page here: context, choice, consequence. Numbers leave room by
subject: 000x the house, 001x storage, 002x Matrix, 003x words and logs, 004x pages, 005x Telegram, 006x reading. A
decision that no longer holds is not deleted: its page says which one took its place.

"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    """A line for every decision, by number."""
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        number = path.name[:4]
        title = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix(f"# {number}").lstrip(":. ")
        yield f"- [{number}]({path.name}): {title}"


def main() -> int:
    """Writes the page, or compares it."""
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
