"""Where checkpoints are found, and the one sentence that an operator reads when one cannot be used."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from nlu.loading import ModelChoice, open_model, opened
from nlu.model.integrity import ModelRejected
from nlu.model.runtime import WEIGHTS, TrainedReader
from tests.house.sources import ROOT

from .tiny import make_tagger, network

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LABELS = ("O", "B-LOC")


def _configured(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "config.json").write_text(json.dumps(told | changes), encoding="utf-8")

    return change


def _written(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(content) and None


def _gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "no configuration": (_gone("config.json"), "config.json expected, it is not there"),
    "configuration not JSON": (_written("config.json", b"{"), "config.json in JSON expected"),
    "another head": (_configured(architectures=["XForMaskedLM"]), "ForTokenClassification expected, XForMaskedLM came"),
    "no labels": (_configured(id2label=None), "id2label with a label for 0, 1, 2... expected"),
    "labels with a hole": (_configured(id2label={"0": "O", "2": "B-LOC"}), "id2label"),
    "too many labels": (_configured(id2label={"0": "O", "1": "B-LOC", "2": "I-LOC"}), "3) expected"),
    "no tokeniser": (_gone("tokenizer.json"), "tokenizer.json expected, it is not there"),
    "broken tokeniser": (_written("tokenizer.json", b'{"version": "1.0"}'), "a tokenizer.json that can be read"),
    "another tokeniser": (_configured(vocab_size=3), "at most 3 pieces expected, 5 came"),
    "no network": (_gone("model.onnx"), "model.onnx or model.safetensors expected, neither is there"),
    "broken network": (_written("model.onnx", b"not a network"), "a network that onnxruntime runs expected"),
    "network of another size": (_written("model.onnx", network([[0.0, 0.0]], per_token=True)), "first pass failed"),
    "network of another task": (
        _written("model.onnx", network([[0.0, 0.0]] * 5, per_token=False)), "export the network with its head"
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_tagger(tmp_path / "marin", LABELS, {"gare": "B-LOC"})


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_checkpoint_is_refused_in_one_sentence(folder: Path, case: str) -> None:
    """What was expected, what came, what to do; the counter then works by rules."""
    change, sentence = BROKEN[case]
    change(folder)
    with pytest.raises(ModelRejected) as refused:
        open_model(ModelChoice(str(folder)))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    with capture_logs() as lines:
        assert opened(ModelChoice(str(folder))) is None
    assert [line["event"] for line in lines] == ["reader.model_missing"]


def test_a_whole_checkpoint_is_opened(folder: Path) -> None:
    open_model(ModelChoice(str(folder)))


def test_the_network_may_lie_where_hubs_put_it(folder: Path) -> None:
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    open_model(ModelChoice(str(folder)))


def test_a_model_of_our_own_make_is_known_by_its_pins() -> None:
    assert isinstance(open_model(ModelChoice(str(WEIGHTS))), TrainedReader)


@pytest.mark.parametrize("name", ["marin", "/nowhere/at/all", "a/b/c", "org/name@two@three", "org/na me"])
def test_what_is_neither_folder_nor_name_is_said(name: str) -> None:
    with pytest.raises(ModelRejected, match="a folder, or a hub's name"):
        open_model(ModelChoice(name))


def test_a_name_that_is_not_in_the_cache_is_not_looked_for_elsewhere() -> None:
    with pytest.raises(ModelRejected, match=f"guichet model fetch org/absent@{COMMIT}"):
        open_model(ModelChoice(f"org/absent@{COMMIT}"))


@pytest.mark.parametrize("name", [f"org/marin@{COMMIT}", "org/marin@main", "org/marin"])
def test_a_name_is_found_in_the_local_cache(tmp_path: Path, name: str) -> None:
    """As the hub's own tools lay it out, in a process where even an open network would not be used."""
    cache = tmp_path / "hub" / "models--org--marin"
    make_tagger(cache / "snapshots" / COMMIT, LABELS, {"gare": "B-LOC"})
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    run = _python(
        "from nlu.loading import ModelChoice, open_model; from domain.reading import Intent, Reading\n"
        f"told = open_model(ModelChoice({name!r}))('la gare', None, Reading(Intent.SIGNALER))\n"
        "print([entity.text for entity in told.entities])",
        HF_HOME=str(tmp_path),
    )
    assert (run.stdout, run.stderr) == ("['gare']\n", "")


def test_an_operator_reads_the_name_he_wrote(tmp_path: Path) -> None:
    """In the cache the folder is called as its commit, which says nothing."""
    kept = make_tagger(tmp_path / "models--org--marin" / "snapshots" / COMMIT, LABELS, {})
    (kept / "model.onnx").unlink()
    with pytest.raises(ModelRejected, match=r"^org/marin: model\.onnx or model\.safetensors expected"):
        open_model(ModelChoice(str(kept)))


def test_the_libraries_are_told_to_stay_offline_before_they_load() -> None:
    """Whatever the machine's environment says."""
    run = _python(
        "import nlu.model.heads, huggingface_hub; print(huggingface_hub.constants.is_offline_mode())",
        HF_HUB_OFFLINE="0",
        TRANSFORMERS_OFFLINE="0",
    )
    assert run.stdout == "True\n"


def _python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
