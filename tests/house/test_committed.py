"""What the repository must not contain, wherever it stands."""

import re
from pathlib import Path

from tests.house.sources import ROOT, committed, text_of

THIS = Path(__file__).resolve().relative_to(ROOT)

INDEX = re.compile(
    r"--(extra-)?index-url|\bindex-url\s*=|--find-links|--registry[ =]|//[\w.-]*(py"
    r"pi|np"
    r"mjs|artifact"
    r"ory|nexus)[\w.-]*",
    re.IGNORECASE,
)
"""An address of a package index: the machine's own is used."""

HOME = re.compile(r"(?<![\w./-])/(work|home/\w+|Users/\w+|root)/[\w.]")
"""A path of somebody's machine."""

SECRET = re.compile(r"\b\d{8,10}:AA[\w-]{33}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bsyt_\w+_[A-Za-z]{20}_\w{6}\b")
"""A Telegram token, a private key, a Synapse access token."""


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands, without what it found."""
    return [
        f"{path}:{number}"
        for path in committed()
        if path != THIS
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_package_index_is_named() -> None:
    assert lines_with(INDEX) == []


def test_no_path_of_a_machine_is_named() -> None:
    assert lines_with(HOME) == []


def test_no_secret_is_committed() -> None:
    assert lines_with(SECRET) == []


def test_nothing_heavy_is_committed_unseen() -> None:
    """Weights have their place; anything else above two megabytes is a mistake."""
    heavy = [str(path) for path in committed() if (ROOT / path).stat().st_size > 2_000_000]
    assert [path for path in heavy if not path.startswith(("nlu/model/", "nlu/data/", "data/"))] == []


def test_pins_cover_every_dependency_once() -> None:
    pins = [line.partition("==")[0].lower() for line in text_of(Path("constraints.txt")).split() if "==" in line]
    assert sorted(pins) == sorted(set(pins))
    assert len(pins) > 50
