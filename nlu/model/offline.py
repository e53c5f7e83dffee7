"""The one door to `transformers` and `huggingface_hub` at the counter: offline and quiet before they load.

Forced, not proposed: whatever the machine's environment says, a house that protects who writes does not phone home, and
a name that is not on this machine is answered at once (with the network away, asking for it took 23 s in a trial).
"""

import os
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_VERBOSITY"] = "critical"
os.environ["TRANSFORMERS_VERBOSITY"] = "critical"
os.environ["TRANSFORMERS_NO_ADVISORY_WARNINGS"] = "1"

from huggingface_hub import snapshot_download  # after the settings that keep both quiet and offline
from transformers import PreTrainedTokenizerFast
from transformers.configuration_utils import PreTrainedConfig


def tokeniser_of(folder: Path) -> PreTrainedTokenizerFast:
    """The tokeniser of a folder's tokenizer.json; code that a checkpoint may bring is never run."""
    return PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)


def configuration_of(folder: Path) -> dict[str, Any]:  # Any: JSON
    """A folder's config.json as `transformers` reads it, without the 0.3 s that choosing its class would take."""
    told: dict[str, Any]  # Any: JSON
    told, _ = PreTrainedConfig.get_config_dict(str(folder), local_files_only=True)
    return told


def cached(name: str, revision: str | None, patterns: tuple[str, ...]) -> Path:
    """The folder of a hub's checkpoint in this machine's cache. Raises OSError or ValueError when it is not there."""
    return Path(snapshot_download(name, revision=revision, allow_patterns=list(patterns), local_files_only=True))
