"""The house's own files, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "handlers", "nlu", "storage", "bots", "web", "config", "app")


@cache
def modules() -> tuple[Path, ...]:
    """Every module of ours, relative to the root."""
    return tuple(
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "__pycache__" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Every module that this one imports anywhere, by its full name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git follows, relative to the root, as long as it is still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """The content of a text file, "" for anything else."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def documents() -> tuple[Path, ...]:
    """Every page of documentation."""
    return tuple(path for path in (Path("README.md"), Path("CHANGELOG.md"), *sorted(_docs())) if (ROOT / path).exists())


def _docs() -> Iterator[Path]:
    return (path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md"))
