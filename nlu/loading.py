"""Which model reads beside the rules, and how it comes: on a thread of its own, so that nobody waits for it."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from time import perf_counter

import structlog

from domain.reading import Reading
from nlu.blend import Proposal

log = structlog.get_logger(__name__)

ModelReader = Callable[[str, str | None, Reading], Proposal]
"""A trained reader: text, the fact asked and the rules' reading, to a proposal. Called on a thread."""

BUILTIN = "builtin"
_LONGEST = 200
"""Characters of a reason in the log, which drops what is longer."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What an operator chose: the packaged model, one of the same make, or checkpoints of somebody else.

    checkpoint, intent_checkpoint: a folder or a hub's name in the local cache (nlu/model/checkpoints.py).
    folder: an exported model of guichet's own make, in place of the packaged one.
    label_map: labels of a checkpoint to ours, "" for one that is dropped on purpose.
    """

    checkpoint: str = BUILTIN
    folder: Path | None = None
    intent_checkpoint: str = ""
    label_map: Mapping[str, str] = field(default_factory=dict)
    threads: int = 1

    @property
    def name(self) -> str:
        """For the log: `builtin`, or what the checkpoint or its folder is called."""
        return self.folder.name if self.folder else self.checkpoint.rstrip("/").rpartition("/")[2]


PACKAGED = ModelChoice()


def open_model(choice: ModelChoice = PACKAGED) -> ModelReader:
    """The model chosen, ready to read; takes a second, nothing is downloaded.

    Raises ModelRejected (nlu.model.integrity), saying what was expected, what came and what to do.
    """
    from nlu.model.integrity import ModelRejected  # transformers and onnxruntime take most of that second to import

    try:
        return _with_intents(choice, _spans_of(choice))
    except ImportError as fault:
        raise ModelRejected(f"{fault.name} expected, it cannot be imported; install guichet again") from fault


def _spans_of(choice: ModelChoice) -> ModelReader:
    from nlu.model.runtime import WEIGHTS, TrainedReader

    if choice.folder is None and choice.checkpoint != BUILTIN:
        return _checkpoint(choice)
    return TrainedReader(choice.folder or WEIGHTS, choice.threads)


def _checkpoint(choice: ModelChoice) -> ModelReader:
    from nlu.model.checkpoints import locate
    from nlu.model.foreign import ForeignSpans  # brings `transformers`, which the packaged model does without
    from nlu.model.integrity import MANIFEST
    from nlu.model.runtime import TrainedReader

    folder = locate(choice.checkpoint)
    if not (folder / MANIFEST).is_file():
        return ForeignSpans(folder, choice.label_map, choice.threads)
    return TrainedReader(folder, choice.threads)


def _with_intents(choice: ModelChoice, spans: ModelReader) -> ModelReader:
    if not choice.intent_checkpoint:
        return spans
    from nlu.model.checkpoints import locate
    from nlu.model.foreign import ForeignIntent

    return ForeignIntent(locate(choice.intent_checkpoint), spans, choice.label_map, choice.threads)


def opened(choice: ModelChoice = PACKAGED) -> ModelReader | None:
    """The model chosen; None, said once in the log, when it cannot be trusted or run."""
    from nlu.model.integrity import ModelRejected

    begun = perf_counter()
    try:
        model = open_model(choice)
    except ModelRejected as fault:
        log.warning("reader.model_missing", reason=str(fault)[:_LONGEST])
        return None
    log.info("reader.model_ready", model=choice.name, ms=round((perf_counter() - begun) * 1000))
    return model


class Loading:
    """A model on its way. Nothing is loaded before `begin` or `wait`, and once at most."""

    def __init__(self, opens: Callable[[], ModelReader | None]) -> None:
        """opens: gives the model, or None when there is none to be had. Called on a thread."""
        self._opens = opens
        self._came: Future[ModelReader | None] = Future()
        self._lock, self._has_begun = Lock(), False

    def begin(self) -> None:
        """The model is on its way; the caller goes on. The process does not end in the middle of it."""
        with self._lock:
            if not self._has_begun:
                self._has_begun = True
                Thread(target=self._run, name="model").start()

    @property
    def now(self) -> ModelReader | None:
        """The model, None while it is on its way or when there is none."""
        return self._came.result() if self._came.done() else None

    def wait(self) -> ModelReader | None:
        """The model when it has come, None when there is none. Blocks; not for the event loop."""
        self.begin()
        return self._came.result()

    def _run(self) -> None:
        model = None
        try:
            model = self._opens()
        except Exception as fault:  # whatever three libraries make of a file, the rules go on reading
            log.error("reader.model_missing", error=type(fault).__name__, exc_info=True)
        finally:
            self._came.set_result(model)
