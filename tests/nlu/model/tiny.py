"""Checkpoints small enough to be made in a test: a word is looked up in a table of scores, nothing is trained.

The network is written as ONNX by hand (a few protobuf fields, onnx.proto3), so that no test needs an exporter;
onnxruntime loads it as any other.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
SURE = 8.0
"""The logit of a word's label; the others have 0."""

FLOAT, INT64 = 1, 7


def make_tagger(folder: Path, labels: Sequence[str], words: Mapping[str, str]) -> Path:
    """A token-classification checkpoint that gives each of these words its label, and every other the first label."""
    return _make(folder, "TinyForTokenClassification", labels, words)


def make_classifier(folder: Path, labels: Sequence[str], words: Mapping[str, str]) -> Path:
    """A text-classification checkpoint: the labels of its words, summed; the first label when it knows none."""
    return _make(folder, "TinyForSequenceClassification", labels, words)


def _make(folder: Path, architecture: str, labels: Sequence[str], words: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = [*SPECIAL, *words]
    save_tokeniser(folder, vocabulary)
    told = {
        "architectures": [architecture],
        "model_type": "tiny",
        "vocab_size": len(vocabulary),
        "max_position_embeddings": 64,
        "id2label": {str(place): label for place, label in enumerate(labels)},
    }
    (folder / "config.json").write_text(json.dumps(told), encoding="utf-8")
    is_tagger = architecture.endswith("TokenClassification")
    table = [[1.0 if is_tagger else 0.01, *[0.0] * (len(labels) - 1)] for _ in vocabulary]
    for place, word in enumerate(vocabulary):
        if word in words:
            table[place] = [SURE if label == words[word] else 0.0 for label in labels]
    (folder / "model.onnx").write_bytes(network(table, per_token=is_tagger))
    return folder


def save_tokeniser(folder: Path, vocabulary: Iterable[str]) -> None:
    """A word is a piece; case is not seen; [CLS] and [SEP] stand around."""
    made = Tokenizer(models.WordLevel({word: place for place, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.save(str(folder / "tokenizer.json"))


# --- ONNX ------------------------------------------------------------------------------------------


def network(table: Sequence[Sequence[float]], *, per_token: bool) -> bytes:
    """A model of two inputs: logits = table[input_ids], (1, tokens, labels), or their mean over the tokens."""
    rows, labels = len(table), len(table[0])
    looked_up = "logits" if per_token else "found"
    nodes = [_node("Gather", ["table", "input_ids"], looked_up)]
    if not per_token:
        axes = _text(1, "axes") + _number(8, 1) + _number(20, 7)
        keep = _text(1, "keepdims") + _number(3, 0) + _number(20, 2)
        nodes.append(_node("ReduceMean", ["found"], "logits", [axes, keep]))
    values = struct.pack(f"<{rows * labels}f", *(score for row in table for score in row))
    weights = _number(1, rows) + _number(1, labels) + _number(2, FLOAT) + _text(8, "table") + _bytes(9, values)
    shape: list[str | int] = [1, "tokens", labels] if per_token else [1, labels]
    graph = b"".join(_bytes(1, node) for node in nodes)
    graph += _text(2, "tiny") + _bytes(5, weights)
    graph += b"".join(_bytes(11, _tensor(name, INT64, [1, "tokens"])) for name in ("input_ids", "attention_mask"))
    graph += _bytes(12, _tensor("logits", FLOAT, shape))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _node(kind: str, inputs: Sequence[str], output: str, attributes: Sequence[bytes] = ()) -> bytes:
    given = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind)
    return given + b"".join(_bytes(5, one) for one in attributes)


def _tensor(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    axes = b"".join(_bytes(1, _number(1, one) if isinstance(one, int) else _text(2, one)) for one in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, axes)))


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
