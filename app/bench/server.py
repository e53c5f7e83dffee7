"""The Bot API server of the bench: the strict local one of the tests, in a process of its own."""

import importlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from domain.errors import OperatorError

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def bot_api() -> AsyncIterator[Any]:  # Any: tests.telegram_server.RemoteServer, not part of what is shipped
    """A running server. Raises OperatorError outside a source checkout."""
    sys.path.append(str(ROOT))
    try:
        package = importlib.import_module("tests.telegram_server")
    except ModuleNotFoundError as error:
        raise OperatorError(
            "guichet bench needs the local Bot API server of the tests: run it from a source checkout"
        ) from error
    async with package.standalone() as server:
        yield server


async def replies(server: Any, after: int) -> list[dict[str, Any]]:  # Any: JSON of the server
    """The messages that were delivered after call number `after`, in order."""
    calls: list[dict[str, Any]] = await server.calls("sendMessage", after=after)
    return [call for call in calls if call["code"] == 200]
