"""A model that is not the shipped one is never run: the rules read alone, and the log says so."""

import json
import shutil
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from nlu.model.integrity import FILES, MANIFEST, ModelRejected, digest, verify
from nlu.model.runtime import WEIGHTS
from nlu.reader import load

SMALL = tuple(name for name in FILES if name != "model.onnx")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    return folder


def test_the_shipped_files_are_the_pinned_ones() -> None:
    verify(WEIGHTS)


def test_the_shipped_files_stay_small() -> None:
    assert sum((WEIGHTS / name).stat().st_size for name in FILES) <= 25_000_000


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_is_seen(copy: Path, name: str) -> None:
    whole = bytearray((copy / name).read_bytes())
    whole[len(whole) // 2] ^= 1
    (copy / name).write_bytes(bytes(whole))
    with pytest.raises(ModelRejected, match=name):
        verify(copy)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_leaves_the_rules(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with capture_logs() as lines:
        assert load(copy) is None
    assert [line["event"] for line in lines] == ["reader.model_missing"]
    assert set(lines[0]) == {"event", "log_level", "reason"}


def test_a_pinned_file_that_cannot_run_leaves_the_rules(copy: Path) -> None:
    (copy / "model.onnx").write_bytes(b"not a network")
    (copy / MANIFEST).write_text(json.dumps({name: digest(copy / name) for name in FILES}))
    with capture_logs() as lines:
        assert load(copy) is None
    assert lines[0]["event"] == "reader.model_missing"


def test_a_model_of_other_labels_leaves_the_rules(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    config["guichet_intents"] = config["guichet_intents"][::-1]
    (copy / "config.json").write_text(json.dumps(config))
    (copy / MANIFEST).write_text(json.dumps({name: digest(copy / name) for name in FILES}))
    with pytest.raises(ModelRejected, match="labels"):
        load_raising(copy)


def load_raising(folder: Path) -> None:
    from nlu.model.runtime import TrainedReader

    structlog.reset_defaults()
    TrainedReader(folder)
