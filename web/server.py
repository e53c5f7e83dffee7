"""One page server inside a loop that already runs: it starts, it stops gently, it writes no access log."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from domain.errors import OperatorError

GRACE_S = 3
"""How long running answers may take to end once a stop was asked for."""


class _QuietServer(uvicorn.Server):
    """A server that leaves the signals of the process to whoever runs it, and says when its port is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.opened = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.opened.set()


class PageServer:
    """Serves one app on one address. `before_stop` ends endless answers (event streams) so that a stop is quick."""

    def __init__(self, app: ASGIApp, host: str, port: int, *, before_stop: Callable[[], None] | None = None) -> None:
        self._before_stop = before_stop
        self._address = host, port
        self._server = _QuietServer(_config(app, host, port))

    async def serve(self) -> None:
        """Serve until stop() is called. Raises OperatorError when the address cannot be listened on."""
        with _listening(*self._address) as listener:  # bound here: uvicorn would leave the process, with a trace
            await self._server.serve(sockets=[listener])

    async def started(self) -> int:
        """The port listened on, once it is open."""
        await self._server.opened.wait()
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Ask for a gentle stop: serve() returns soon."""
        if self._before_stop:
            self._before_stop()
        self._server.should_exit = True


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise OperatorError(
            f"port {port} of {host}: a free one expected, {_reason(fault)} came; stop what uses it or choose another"
        ) from fault


def _reason(fault: OSError) -> str:
    if fault.errno is None or fault.errno < 0:  # a name that does not resolve
        return str(fault.strerror)
    return os.strerror(fault.errno)


def _config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        date_header=False,
        log_config=None,
        lifespan="off",
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
    )
