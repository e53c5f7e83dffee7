"""From a trained network to files that run without torch, checked against the network that made them."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
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


def export(model: Joint, tokeniser: PreTrainedTokenizerFast, folder: Path, taught: Sequence[Example]) -> None:
    """`folder` holds tokeniser, configuration, weights and their digests, ready for `nlu.model`.

    taught: the examples from which the linear reader learns what it is asked beside the network.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_tokeniser(tokeniser, folder)
    _configure(model, folder)
    _weights(model, folder / "model.onnx")
    _halve_embeddings(folder / "model.onnx")
    _check(model, folder / "model.onnx")
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


def _check(model: Joint, path: Path) -> None:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for tokens in (3, 17, 40, 300, 512):
        given = _sample(tokens, model.encoder.config.vocab_size)
        with torch.no_grad():
            wanted = [t.numpy() for t in Unpadded(model)(*given)]
        got = session.run(None, dict(zip(_INPUTS, (t.numpy() for t in given), strict=True)))
        gap = max(float(np.abs(a - b).max()) for a, b in zip(wanted, got, strict=True))
        if gap > TOLERANCE:
            raise ValueError(f"an export within {TOLERANCE} of the network was expected, got {gap:.5f}")


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
