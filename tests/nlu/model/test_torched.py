"""Weights in safetensors, run by torch where the `torch` extra is installed; without it one sentence says so."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from domain.reading import Intent, Reading
from nlu.loading import ModelChoice, open_model
from nlu.model.foreign import ForeignSpans
from nlu.model.integrity import ModelRejected

from .tiny import SPECIAL, make_tagger, save_tokeniser

HAS_TORCH = importlib.util.find_spec("torch") is not None
needs_torch = pytest.mark.skipif(not HAS_TORCH, reason="the torch extra is not installed")
LABELS = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")
WORDS = ("zyx", "va", "souvent", "à", "wolxheim", "plage", "devant", "la", "gare", ",", "le", "soir")
TEXT = "Zyx va souvent à Wolxheim plage, devant la gare, le soir. Zyx !"


def make_random(folder: Path, *, seed: int = 3, head: bool = True) -> Path:
    """A one-layer network with weights drawn at random, saved as `transformers` saves any."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertForTokenClassification

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(WORDS), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64, initializer_range=0.8, id2label=dict(enumerate(LABELS)),
        label2id={label: place for place, label in enumerate(LABELS)},
    )  # fmt: skip
    made: Any = BertForTokenClassification(config) if head else BertForMaskedLM(config)  # Any: transformers is untyped
    made.save_pretrained(str(folder))
    save_tokeniser(folder, (*SPECIAL, *WORDS))
    return folder


def spans(model: ForeignSpans, text: str) -> list[tuple[str, int, int]]:
    return [(e.type.value, e.start, e.end) for e in model(text, None, Reading(Intent.SIGNALER)).entities]


@pytest.mark.skipif(HAS_TORCH, reason="the torch extra is installed")
def test_without_torch_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    folder = make_tagger(tmp_path, ("O", "B-LOC"), {"gare": "B-LOC"})
    (folder / "model.onnx").rename(folder / "model.safetensors")
    with pytest.raises(ModelRejected, match=r"needs torch, .*pip install 'guichet\[torch\]', or add model.onnx"):
        open_model(ModelChoice(str(folder)))


@needs_torch
@pytest.mark.parametrize("seed", range(5))
def test_spans_are_those_of_the_library_s_own_pipeline(tmp_path: Path, seed: int) -> None:
    """What the same weights say when `transformers` runs them: word by word, the likeliest type."""
    from transformers import PreTrainedTokenizerFast, pipeline

    folder = make_random(tmp_path, seed=seed)
    words = PreTrainedTokenizerFast.from_pretrained(str(folder))
    told = pipeline("token-classification", model=str(folder), tokenizer=words, ignore_labels=[])(TEXT)
    kinds = {"LOC": "lieu", "PER": "personne"}
    mine = spans(ForeignSpans(folder, {}), TEXT)
    likeliest = {
        (one["start"], one["end"]): kinds.get(one["entity"].partition("-")[2])
        for one in told
        if one["score"] > 0.6 and TEXT[one["start"]].isalnum()  # below, B and I together may prefer another type
    }
    assert len(likeliest) > 5
    for (start, end), kind in likeliest.items():
        assert kind == next((name for name, s, e in mine if s <= start and end <= e), None)


@pytest.mark.skipif(importlib.util.find_spec("onnxscript") is None, reason="exporting needs the train extra")
@pytest.mark.filterwarnings("ignore")  # of the exporter, not ours
def test_torch_and_onnxruntime_read_alike(tmp_path: Path) -> None:
    import torch
    from transformers import BertForTokenClassification

    folder = make_random(tmp_path / "torch")
    by_torch = spans(ForeignSpans(folder, {}), TEXT)
    assert by_torch
    loaded = BertForTokenClassification.from_pretrained(str(folder)).eval()
    ids, mask = torch.arange(4, 11).unsqueeze(0), torch.ones(1, 7, dtype=torch.int64)
    axes = {1: torch.export.Dim("tokens", min=2, max=62)}
    torch.onnx.export(
        loaded, (ids, mask), str(folder / "model.onnx"), input_names=["input_ids", "attention_mask"],
        output_names=["logits"], dynamic_shapes={"input_ids": axes, "attention_mask": axes}, dynamo=True,
        external_data=False, verbose=False,
    )  # fmt: skip
    (folder / "model.safetensors").unlink()
    assert spans(ForeignSpans(folder, {}), TEXT) == by_torch


@needs_torch
def test_weights_without_their_head_are_refused(tmp_path: Path) -> None:
    """The library would draw the head at random and say so in a log that nobody reads."""
    folder = make_random(tmp_path, head=False)
    _rewritten(folder, architectures=None)
    with pytest.raises(ModelRejected, match="weights with their head expected, classifier"):
        open_model(ModelChoice(str(folder)))


@needs_torch
def test_broken_weights_are_refused(tmp_path: Path) -> None:
    folder = make_random(tmp_path)
    (folder / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(ModelRejected, match="weights that load expected"):
        open_model(ModelChoice(str(folder)))


@needs_torch
def test_code_of_a_checkpoint_is_never_run(tmp_path: Path) -> None:
    folder = make_random(tmp_path / "checkpoint")
    mark = tmp_path / "was-here"
    (folder / "modeling_own.py").write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    own = {"AutoConfig": "modeling_own.C", "AutoModelForTokenClassification": "modeling_own.M"}
    _rewritten(folder, auto_map=own, model_type="own")
    with pytest.raises(ModelRejected):
        open_model(ModelChoice(str(folder)))
    assert not mark.exists()


@needs_torch
def test_pickled_weights_are_never_opened(tmp_path: Path) -> None:
    folder = make_random(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelRejected, match=r"model\.onnx or model\.safetensors expected"):
        open_model(ModelChoice(str(folder)))


@needs_torch
def test_threads_of_the_settings_are_torch_s(tmp_path: Path) -> None:
    import torch

    open_model(ModelChoice(str(make_random(tmp_path)), threads=2))
    assert torch.get_num_threads() == 2


def _rewritten(folder: Path, **changes: object) -> None:
    told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(told | changes), encoding="utf-8")
