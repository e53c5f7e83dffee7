"""The model that the settings choose; where it cannot be had the rules read, the log and `guichet check` say why."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from app.cli import main
from app.house import reader_of
from config.settings import load
from nlu.model.runtime import WEIGHTS
from nlu.rules import RulesReader
from tests.journeys.world import HouseProcess
from tests.nlu.model.tiny import make_tagger

AT = datetime(2026, 3, 18, 20, 15)
TEXT = "ils deal wolxheim"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    return make_tagger(tmp_path / "marin", ("O", "B-LOC"), {"wolxheim": "B-LOC"})


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings_with(folder: Path, nlu: str) -> Path:
    file = folder / "guichet.toml"
    file.write_text(f'data_dir = "{folder / "data"}"\n[web]\nport = 0\n[nlu]\n{nlu}\n', encoding="utf-8")
    return file


def check(folder: Path, nlu: str) -> Result:
    return CliRunner().invoke(main, ["check", "--config", str(settings_with(folder, nlu))])


def test_check_is_content_with_a_checkpoint_that_reads(tmp_path: Path, checkpoint: Path) -> None:
    ended = check(tmp_path, f'checkpoint = "{checkpoint}"')
    assert (ended.exit_code, ended.output) == (0, "guichet : tout est en ordre.\n")


@pytest.mark.parametrize("lost", ["config.json", "tokenizer.json", "model.onnx"])
def test_check_says_in_one_line_why_a_checkpoint_does_not_read(tmp_path: Path, checkpoint: Path, lost: str) -> None:
    (checkpoint / lost).unlink()
    ended = check(tmp_path, f'checkpoint = "{checkpoint}"')
    assert ended.exit_code == 1
    head, line = ended.output.splitlines()
    assert head == "Error: 1 to correct"
    assert line.startswith("- nlu: marin: ")
    assert f"{lost} " in line


def test_check_says_when_a_model_was_changed(tmp_path: Path) -> None:
    own = shutil.copytree(WEIGHTS, tmp_path / "own")
    with (own / "model.onnx").open("r+b") as file:
        file.write(b"\0")
    ended = check(tmp_path, f'model = "{own}"')
    assert ended.exit_code == 1
    assert "- nlu: model.onnx: not the file that sha256.json pins; install the model again" in ended.output


def test_check_looks_for_no_model_where_none_is_wanted(tmp_path: Path) -> None:
    assert check(tmp_path, 'enabled = false\ncheckpoint = "absent"').exit_code == 0


async def test_the_house_reads_with_the_checkpoint_of_its_settings(tmp_path: Path, checkpoint: Path) -> None:
    reader = reader_of(load(settings_with(tmp_path, f'checkpoint = "{checkpoint}"\ntime_limit_ms = 10000')))
    await reader.ready()
    assert "wolxheim" in [entity.text for entity in (await reader.read(TEXT, None, AT)).entities]


async def test_a_missing_checkpoint_leaves_the_rules(tmp_path: Path) -> None:
    reader = reader_of(load(settings_with(tmp_path, 'checkpoint = "org/absent"')))
    with capture_logs() as lines:
        await reader.ready()
    assert [line["event"] for line in lines] == ["reader.model_missing"]
    assert await reader.read(TEXT, None, AT) == RulesReader().read(TEXT, asked=None, at=AT)


async def test_no_model_is_loaded_where_nothing_is_read(tmp_path: Path) -> None:
    with capture_logs() as lines:
        reader_of(load(settings_with(tmp_path, 'checkpoint = "org/absent"')))
    assert lines == []


@pytest.mark.slow
async def test_the_service_starts_without_its_checkpoint_and_says_so(tmp_path: Path) -> None:
    """It serves by rules: citizens are not kept waiting for an operator."""
    settings = settings_with(tmp_path, 'checkpoint = "org/absent"').read_text(encoding="utf-8")
    house = HouseProcess(tmp_path, settings)
    try:
        await house.start("worker", "web")
        missing = await house.logs("reader.model_missing")
        assert "guichet model fetch org/absent" in missing["reason"]
        await house.logs("role.started", role="worker")
        assert await house.stop() == 0
    finally:
        await house.close()


@pytest.mark.slow
async def test_the_service_says_when_its_model_reads(tmp_path: Path) -> None:
    house = HouseProcess(tmp_path, settings_with(tmp_path, "threads = 2").read_text(encoding="utf-8"))
    try:
        await house.start("worker", "web")
        assert (await house.logs("reader.model_ready"))["model"] == "builtin"
        assert await house.stop() == 0
    finally:
        await house.close()


def test_parse_reads_with_the_model_of_the_settings(tmp_path: Path, checkpoint: Path) -> None:
    config = settings_with(tmp_path, f'checkpoint = "{checkpoint}"')
    said = CliRunner().invoke(main, ["parse", "--config", str(config)], input=f"{TEXT}\n")
    assert '"text": "wolxheim"' in said.output


def test_parse_does_not_read_by_rules_in_silence(tmp_path: Path) -> None:
    config = settings_with(tmp_path, 'checkpoint = "org/absent"')
    said = CliRunner().invoke(main, ["parse", "--config", str(config)], input=f"{TEXT}\n")
    assert said.exit_code == 1
    assert said.output.startswith("Error: nlu: org/absent: a folder or a checkpoint in the local cache expected")
