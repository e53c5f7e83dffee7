"""Each promise of docs/privacy.md names tests that exist, and nothing is promised beside the tables."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import documents, text_of, tree

PAGE = Path("docs/privacy.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LIMITS = "## What nobody can promise"
PROMISING = re.compile(
    r"\b(never|always|nobody can|no one|guarantee\w*|anonymous|is (not kept|erased|deleted|sealed|masked|refused))\b",
    re.I,
)


def promises() -> list[str]:
    """The rows of the tables: a promise and what holds it."""
    rows = [line for line in text_of(PAGE).splitlines() if line.startswith("|")]
    return [row for row in rows if not row.startswith(("|---", "| Promise |"))]


def exists(file: str, test: str) -> bool:
    """Whether this test is defined in this file."""
    path = Path(file)
    if not path.exists():
        return False
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == test for node in ast.walk(tree(path))
    )


def test_every_promise_names_its_test() -> None:
    assert len(promises()) > 35
    assert [row for row in promises() if not NAMED.search(row.rsplit("|", 2)[1])] == []


@pytest.mark.parametrize("page", [page for page in documents() if NAMED.search(text_of(page))], ids=str)
def test_every_named_test_exists(page: Path) -> None:
    """In any page: a renamed or deleted test takes its promise with it."""
    missing = [f"{file}::{test}" for file, test in NAMED.findall(text_of(page)) if not exists(file, test)]
    assert missing == []


def test_nothing_is_promised_in_passing() -> None:
    """Sentences outside the tables describe; what nobody can promise stands in its own chapter."""
    before, chapter, _ = text_of(PAGE).partition(LIMITS)
    assert chapter
    loose = [line for line in before.splitlines() if not line.startswith(("|", "#")) and PROMISING.search(line)]
    assert loose == []


def test_the_tests_of_promises_are_not_skipped() -> None:
    """A promise is not held by a test that never runs."""
    idle = []
    for file, test in NAMED.findall(text_of(PAGE)):
        for node in ast.walk(tree(Path(file))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == test:
                marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
                idle += [f"{file}::{test}"] if "skip" in marks or "xfail" in marks else []
    assert idle == []
