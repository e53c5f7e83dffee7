"""Whether the files of a model are the ones that were shipped: each is pinned by its sha256."""

import hashlib
import json
from pathlib import Path

FILES = ("config.json", "tokenizer.json", "tokenizer_config.json", "model.onnx", "linear.npz")
MANIFEST = "sha256.json"


class ModelRejected(Exception):
    """Missing, changed or unfit model files; the rules read alone."""


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(folder: Path) -> None:
    """Every file of the model is there and is the one that the manifest pins.

    Raises ModelRejected naming the first that is not.
    """
    try:
        pinned = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for name in FILES:
            if digest(folder / name) != pinned.get(name):
                raise ModelRejected(f"{name}: not the file that {MANIFEST} pins; install the model again")
    except (OSError, ValueError, AttributeError) as fault:
        raise ModelRejected(f"model files expected in {folder.name}/, pinned by {MANIFEST}") from fault
