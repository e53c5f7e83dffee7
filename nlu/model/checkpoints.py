"""Where a checkpoint of somebody else lies on this machine: a folder, or a hub's name found in the local cache."""

import os
import re
from pathlib import Path

from nlu.model.integrity import ModelRejected

HUB_NAME = re.compile(r"(?P<name>\w[\w.-]*/\w[\w.-]*)(?:@(?P<revision>[\w.-]+))?")
"""`org/name`, or `org/name@revision`: a commit's 40 hexadecimal digits cannot change under us, a branch can."""

FILES = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "model*.safetensors",
    "model.safetensors.index.json",
    "model.onnx",
    "onnx/model.onnx",
)
"""What is looked at, and all that is ever downloaded: no code, no pickled weights, no other sizes."""


def locate(checkpoint: str) -> Path:
    """The checkpoint's folder. Raises ModelRejected when there is none on this machine; never downloads."""
    folder = os.path.expanduser(checkpoint)
    if os.path.isdir(folder):  # says no where Path.is_dir raises: a name too long, a folder that may not be entered
        return Path(folder)
    named = HUB_NAME.fullmatch(checkpoint)
    if named is None:
        raise ModelRejected(f"{checkpoint}: a folder, or a hub's name (org/name@revision) expected; correct it")
    from nlu.model.offline import cached  # takes half a second, and folders do without

    try:
        return cached(named["name"], named["revision"], FILES)
    except (OSError, ValueError) as fault:
        raise ModelRejected(
            f"{checkpoint}: a folder or a checkpoint in the local cache expected, neither is there;"
            f" correct it or run `guichet model fetch {checkpoint}`"
        ) from fault


def name_of(folder: Path) -> str:
    """What an operator calls the checkpoint in this folder: its name on the hub, or the folder's own."""
    if folder.parent.name == "snapshots":
        return folder.parent.parent.name.removeprefix("models--").replace("--", "/")
    return folder.name
