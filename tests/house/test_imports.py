"""What an import pulls in."""

import json
import subprocess
import sys

import pytest

from tests.house.sources import ROOT

LOADED = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def loaded_by(*names: str) -> set[str]:
    """Top-level modules that are loaded after importing these in a fresh interpreter."""
    source = f"import {', '.join(names)}\n{LOADED}"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", source], cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_running_house_does_without_torch() -> None:
    """Training needs it; citizens do not wait for it, and it is not installed."""
    assert not {"torch", "tensorflow", "jax"} & loaded_by("app.cli", "app.run", "app.demo", "nlu.reader")


@pytest.mark.parametrize("package", ["domain.policy", "handlers.citizen"])
def test_the_inner_rings_load_nothing_heavy(package: str) -> None:
    heavy = {"telegram", "nio", "sqlalchemy", "redis", "starlette", "pydantic", "transformers"}
    assert not heavy & loaded_by(package)
