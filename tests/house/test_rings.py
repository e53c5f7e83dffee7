"""Imports go inward only, and heavy libraries stay in their edge."""

import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, imported, modules

NOT_PURE = frozenset({
    "asyncio", "random", "secrets", "logging", "os", "pathlib", "socket", "subprocess", "threading", "time", "io",
    "sqlite3", "urllib", "http", "tempfile", "concurrent", "signal", "shutil",
})  # fmt: skip
"""Parts of the standard library that touch the world or the clock."""

HOMES = {
    "telegram": ("bots/telegram/", "app/bench/"),
    "nio": ("bots/matrix/", "app/bench/"),
    "vodozemac": ("bots/matrix/",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "asyncpg": ("storage/",),
    "redis": ("storage/",),
    "cryptography": ("storage/", "bots/matrix/"),
    "transformers": ("nlu/",),
    "tokenizers": ("nlu/",),
    "onnxruntime": ("nlu/",),
    "huggingface_hub": ("nlu/",),
    "torch": ("nlu/training/", "nlu/model/torched.py"),
    "jinja2": ("web/",),
    "uvicorn": ("web/",),
    "argon2": ("web/",),
    "prometheus_client": ("web/",),
    "PIL": ("bots/",),
    "click": ("app/",),
    "fluent": ("config/",),
    "pydantic": ("config/",),
    "pydantic_settings": ("config/",),
}


def test_the_import_contracts_are_kept() -> None:
    """What `lint-imports` checks, so that it cannot be forgotten."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stdout[-2000:]


def test_the_counter_is_pure() -> None:
    """`domain` imports itself and the quiet parts of the standard library."""
    strange = []
    for path in modules():
        if path.parts[0] == "domain":
            tops = {name.partition(".")[0] for name in imported(path)} - {"domain"}
            strange += [
                f"{path}: {top}" for top in sorted(tops) if top not in sys.stdlib_module_names or top in NOT_PURE
            ]
    assert strange == []


def test_use_cases_know_no_third_party_but_the_log() -> None:
    ours = {"domain", "handlers", "structlog"}
    strange = [
        f"{path}: {name}"
        for path in modules()
        if path.parts[0] == "handlers"
        for name in imported(path)
        if (top := name.partition(".")[0]) not in ours and top not in sys.stdlib_module_names
    ]
    assert strange == []


def test_heavy_libraries_stay_in_their_edge() -> None:
    astray = [
        f"{path}: {name}"
        for path in modules()
        for name in imported(path)
        if (homes := HOMES.get(name.partition(".")[0])) and not str(path).startswith(homes)
    ]
    assert astray == []


def test_no_module_bears_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "tools"}
    named = [str(path) for path in modules() if empty & {*path.parts[:-1], path.stem}]
    assert named == []
