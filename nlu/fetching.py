"""The one thing here that may go out: an operator fetches a checkpoint, by hand, at a commit that cannot change."""

import os
import re
from pathlib import Path

from domain.errors import OperatorError
from nlu.model.checkpoints import FILES, HUB_NAME

_COMMIT = re.compile("[0-9a-f]{40}")
_PATIENCE_S = 20.0


def fetch(checkpoint: str) -> Path:
    """The checkpoint's folder in the local cache, with only the files that are read (no code, no pickled weights).

    checkpoint: `org/name@commit`. Raises OperatorError, in one sentence, when it cannot be had.
    Not to be called beside the reader: where the reader is, the library was told to stay offline.
    """
    named = HUB_NAME.fullmatch(checkpoint)
    if named is None or not _COMMIT.fullmatch(named["revision"] or ""):
        raise OperatorError(
            f"{checkpoint}: org/name@commit expected, with the 40 hexadecimal digits of the commit;"
            " what a branch holds may change, a commit may not"
        )
    folder = _snapshot(named["name"], named["revision"])
    if lacking := [name for name in ("config.json", "tokenizer.json") if not (folder / name).is_file()]:
        raise OperatorError(
            f"{checkpoint}: {' and '.join(lacking)} expected, not there; it cannot be read, name another"
        )
    return folder


def _snapshot(name: str, commit: str) -> Path:
    os.environ["HF_HUB_VERBOSITY"] = "critical"  # read at its import; it would print a line for every try
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import HTTPError, RepositoryNotFoundError, RevisionNotFoundError

    if constants.is_offline_mode():
        raise OperatorError(
            "a machine that may download expected, HF_HUB_OFFLINE forbids it; unset it for this command"
        )
    try:
        HfApi().model_info(name, revision=commit, timeout=_PATIENCE_S)  # at once, where downloading tries for 25 s
        return Path(snapshot_download(name, revision=commit, allow_patterns=list(FILES)))
    except (RepositoryNotFoundError, RevisionNotFoundError) as fault:
        raise OperatorError(f"{name}@{commit}: the hub knows no such checkpoint, or not for us; correct it") from fault
    except (HTTPError, OSError, ValueError) as fault:
        where = constants.ENDPOINT
        raise OperatorError(
            f"{where}: a hub expected, it cannot be had ({type(fault).__name__}); see the network"
        ) from fault
