"""Logging as events: a name and allow-listed keys, nothing else. No text, contact, name, URL or token can pass.

httpx prints URLs that hold the bot's token and nio prints whole malformed events, so libraries are silenced here, in
one place, whatever their level; a record that does come through the standard library keeps its logger's name only.
"""

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]

ALLOWED = frozenset({
    "event", "level", "timestamp", "logger", "role", "case", "cell", "phase", "state", "target", "kind", "reason",
    "error", "count", "attempts", "asks", "facts", "seq", "ms", "wait_s", "failures", "devices", "device", "port",
    "bytes", "version", "schema", "languages", "cells", "mode", "model", "lag", "oldest_s", "pending", "rc", "signal",
    "traceback", "queue", "source", "ok", "in_room",
})  # fmt: skip
"""What a log line may carry. A key that is not here is dropped and counted as `dropped`."""

SILENCED = (
    "httpx", "httpcore", "h11", "nio", "telegram", "sqlalchemy", "uvicorn.access", "aiohttp", "aiosqlite", "asyncpg",
    "redis", "websockets", "urllib3", "transformers", "huggingface_hub", "httpx2", "httpcore2", "peewee", "alembic",
    "multipart", "charset_normalizer",
)  # fmt: skip
"""Libraries that write what people said, addresses or URLs."""

LONGEST = 200
"""Characters of one value; nothing that we log on purpose is longer, except a traceback."""


def setup(level: Level = "info", form: Literal["json", "console"] = "json", stream: TextIO | None = None) -> None:
    """From now on every log line, ours and the libraries', passes the allow-list."""
    silence()
    out = stream or sys.stderr
    wanted = logging.getLevelNamesMapping()[level.upper()]
    shape: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[structlog.processors.add_log_level, *_chain(), shape],
        wrapper_class=structlog.make_filtering_bound_logger(wanted),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Bridge(out, shape)]
    root.setLevel(max(wanted, logging.WARNING))


def silence() -> None:
    """These libraries say nothing, at any level, whoever configures logging later."""
    for name in SILENCED:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
        logger.handlers[:] = [logging.NullHandler()]


def _chain() -> list[Processor]:
    return [structlog.processors.TimeStamper(fmt="iso", utc=True), where_only, allowed_only]


class _Bridge(logging.Handler):
    """What other libraries log, reduced to the logger's name and level: their words are not ours to vouch for."""

    def __init__(self, out: TextIO, shape: Processor) -> None:
        super().__init__()
        self._out, self._shape = out, shape

    def emit(self, record: logging.LogRecord) -> None:
        """One line; neither the message nor an exception's text is ever formatted."""
        level = record.levelname.lower()
        event: EventDict = {"event": f"library.{level}", "level": level, "logger": record.name}
        event["exc_info"] = record.exc_info
        for process in (*_chain(), self._shape):
            event = process(None, level, event)  # type: ignore[assignment]  # the last one gives the line
        self._out.write(f"{event}\n")


def where_only(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """An exception becomes its kind and the lines of code it passed: its message may hold what a person wrote."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    event.pop("exception", None)
    event.pop("stack_info", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["traceback"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    places, trace = list[str](), error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-20:]


def allowed_only(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Drop every key that is not allow-listed, and every value that is not a plain short one."""
    kept = {key: value for key, value in event.items() if key in ALLOWED and _is_plain(value)}
    if dropped := len(event) - len(kept):
        kept["dropped"] = dropped
    return kept


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= LONGEST)
