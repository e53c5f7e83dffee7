"""From a trained network to files that run without torch, checked against the network that made them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import PreTrainedTokenizerFast

from nlu.model.integrity import FILES, MANIFEST, digest
from nlu.model.labels import FAITS, INTENTS, TAGS
from nlu.model.linear import FILE as LINEAR
from nlu.training.examples import Example
from nlu.training.linear import train_linear
from nlu.training.network import Joint, Unpadded
from nlu.training.tokeniser import save_tokeniser

_INPUTS = ("ids", "hints", "guess")
TOLERANCE = 2e-2
"""Largest difference of logits allowed between the network and its export."""
NARROWED = 0.15
"""Mean difference of logits allowed once weights are narrowed to one byte."""


def export(model: Joint, tokeniser: PreTrainedTokenizerFast, folder: Path, taught: Sequence[Example]) -> None:
    """`folder` holds tokeniser, configuration, weights and their digests, ready for `nlu.model`.

    taught: the examples from which the linear reader learns what it is asked beside the network.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_tokeniser(tokeniser, folder)
    _configure(model, folder)
    _weights(model, folder / "model.onnx")
    _halve_embeddings(folder / "model.onnx")
    _check(model, folder / "model.onnx", np.max, TOLERANCE)
    _narrow(folder / "model.onnx")
    _check(model, folder / "model.onnx", np.mean, NARROWED)
    train_linear(taught, folder / LINEAR)
    (folder / MANIFEST).write_text(
        json.dumps({name: digest(folder / name) for name in FILES}, indent=2) + "\n", encoding="utf-8"
    )


def _configure(model: Joint, folder: Path) -> None:
    model.encoder.config.save_pretrained(str(folder))
    path = folder / "config.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["id2label"] = {str(i): tag for i, tag in enumerate(TAGS)}
    told["label2id"] = {tag: i for i, tag in enumerate(TAGS)}
    told["guichet_intents"] = [i.value for i in INTENTS]
    told["guichet_faits"] = [f.value for f in FAITS]
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _sample(tokens: int, size: int) -> tuple[torch.Tensor, ...]:
    g = torch.Generator().manual_seed(tokens)
    ids = torch.randint(20, size, (1, tokens), generator=g)
    hints = torch.randint(0, len(TAGS), (1, tokens), generator=g)
    return ids, hints, torch.randint(0, len(INTENTS) + 1, (1,), generator=g)


def _weights(model: Joint, path: Path) -> None:
    tokens = {1: torch.export.Dim("tokens", min=3, max=512)}
    torch.onnx.export(
        Unpadded(model.float().eval()).eval(),
        _sample(19, model.encoder.config.vocab_size),
        str(path),
        input_names=list(_INPUTS),
        output_names=["intent", "tags", "faits"],
        dynamo=True,
        dynamic_shapes=(tokens, tokens, None),
        external_data=False,
        verbose=False,
    )


def _check(model: Joint, path: Path, measure: Callable[[np.ndarray], np.floating], allowed: float) -> None:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for tokens in (3, 17, 40, 300, 512):
        given = _sample(tokens, model.encoder.config.vocab_size)
        with torch.no_grad():
            wanted = [t.numpy() for t in Unpadded(model)(*given)]
        got = session.run(None, dict(zip(_INPUTS, (t.numpy() for t in given), strict=True)))
        gap = max(float(measure(np.abs(a - b))) for a, b in zip(wanted, got, strict=True))
        if gap > allowed:
            raise ValueError(f"an export within {allowed} of the network was expected, got {gap:.5f}")


def _narrow(path: Path) -> None:
    """Most weights of the layers in one byte, each column with its own scale: half of the time, of the file and of the
    memory, for nothing that the held-out messages show (docs/model.md).

    Those that lead out of the feed-forward blocks stay as they are: what they multiply has outliers. Seven bits are
    used, since processors without VNNI overflow on eight.
    """
    model = onnx.load(str(path))
    shapes = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    width = max((shape for shape in shapes.values() if len(shape) == 2), key=lambda shape: shape[0])[1]
    inward = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul"
        and any((shape := shapes.get(name, ())) and shape[0] == width <= shape[-1] for name in node.input)
    ]
    quantize_dynamic(
        str(path),
        str(path),
        nodes_to_quantize=inward,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )


def _halve_embeddings(path: Path) -> None:
    """The embedding table is kept in float16, each row cast when it is looked up: 4 MB less on disk and in memory."""
    model = onnx.load(str(path))
    table = max(model.graph.initializer, key=lambda tensor: int(np.prod(tensor.dims)))
    half = numpy_helper.from_array(numpy_helper.to_array(table).astype(np.float16), table.name + "_half")
    place, lookup = next((i, n) for i, n in enumerate(model.graph.node) if table.name in n.input)
    if lookup.op_type != "Gather":
        raise ValueError(f"the largest table was expected to be looked up by Gather, got {lookup.op_type}")
    found = lookup.output[0]
    lookup.input[0], lookup.output[0] = half.name, found + "_half"
    model.graph.node.insert(place + 1, helper.make_node("Cast", [lookup.output[0]], [found], to=TensorProto.FLOAT))
    model.graph.initializer.remove(table)
    model.graph.initializer.append(half)
    del model.graph.value_info[:]
    onnx.save(model, str(path))
