"""A small HTTP/1.1 server: enough for a Bot API client on loopback, and able to misbehave on demand.

Written on asyncio.Protocol rather than on an ASGI server for two reasons: a test must be able to
drop a connection after the work was done (a lost answer) or refuse connections for a while, and the
throughput benchmark should measure the bot, not the HTTP parser.
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from socket import SO_LINGER, SOL_SOCKET
from typing import cast

_NO_LINGER = struct.pack("ii", 1, 0)
MAX_HEAD_BYTES = 65_536
MAX_BODY_BYTES = 60 << 20  # above the 50 MB of the Bot API, whose own check answers first


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, read whole."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer; status 0 closes the connection without a byte, -1 resets it."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"


HANG_UP = Reply(0)
RESET = Reply(-1)
Handler = Callable[[Request], Reply | Awaitable[Reply]]


class Malformed(Exception):
    """The bytes are not an HTTP/1.1 request that this server reads."""


@dataclass(slots=True)
class _Head:
    method: str
    target: str
    headers: dict[str, str]
    size: int


def _read_head(buffer: bytearray) -> _Head | None:
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > MAX_HEAD_BYTES:
            raise Malformed("headers too long")
        return None
    lines = buffer[:end].decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or words[2] != "HTTP/1.1":
        raise Malformed("expected METHOD TARGET HTTP/1.1")
    pairs = (line.partition(":") for line in lines[1:])
    return _Head(words[0], words[1], {k.lower(): v.strip() for k, _, v in pairs}, end + 4)


def _chunked(buffer: bytearray, at: int) -> tuple[bytes, int] | None:
    """The body and where it ends, or None while chunks are still to come."""
    parts: list[bytes] = []
    while (line_end := buffer.find(b"\r\n", at)) >= 0:
        size = int(buffer[at:line_end].split(b";")[0], 16)
        start, stop = line_end + 2, line_end + 2 + size
        if len(buffer) < stop + 2:
            return None
        if size == 0:
            return b"".join(parts), stop + 2
        parts.append(bytes(buffer[start:stop]))
        at = stop + 2
    return None


def _body(buffer: bytearray, head: _Head) -> tuple[bytes, int] | None:
    if head.headers.get("transfer-encoding", "").lower() == "chunked":
        return _chunked(buffer, head.size)
    length = int(head.headers.get("content-length", "0"))
    if length > MAX_BODY_BYTES:
        raise Malformed("body too long")
    stop = head.size + length
    return None if len(buffer) < stop else (bytes(buffer[head.size : stop]), stop)


def _render(reply: Reply) -> bytes:
    phrase = HTTPStatus(reply.status).phrase
    head = (
        f"HTTP/1.1 {reply.status} {phrase}\r\nContent-Type: {reply.content_type}\r\n"
        f"Content-Length: {len(reply.body)}\r\n\r\n"
    )
    return head.encode("ascii") + reply.body


class _Connection(asyncio.Protocol):
    """One client connection: requests are answered one after the other, in order."""

    def __init__(self, listener: "Listener") -> None:
        self._listener = listener
        self._buffer = bytearray()
        self._head: _Head | None = None
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None
        self.last_path = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._listener.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._listener.connections.discard(self)
        self._transport = None
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._advance()

    def cut(self) -> None:
        """The connection is reset: the client gets an RST, not an end of stream."""
        if self._transport is not None:
            self._transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _NO_LINGER)
            self._transport.abort()

    def _advance(self) -> None:
        try:
            while self._task is None and (request := self._next_request()) is not None:
                self._serve(request)
        except (Malformed, ValueError):
            self._write(Reply(400, b"malformed HTTP request", "text/plain"))
            if self._transport is not None:
                self._transport.close()

    def _next_request(self) -> Request | None:
        if self._head is None:
            self._head = _read_head(self._buffer)
        if self._head is None or (found := _body(self._buffer, self._head)) is None:
            return None
        head, (body, stop) = self._head, found
        del self._buffer[:stop]
        self._head = None
        path, _, query = head.target.partition("?")
        self.last_path = path
        return Request(head.method, path, query, head.headers, body)

    def _serve(self, request: Request) -> None:
        outcome = self._listener.handle(request)
        if isinstance(outcome, Reply):
            self._write(outcome)
        else:
            self._task = asyncio.get_running_loop().create_task(self._finish(outcome))

    async def _finish(self, outcome: Awaitable[Reply]) -> None:
        try:
            self._write(await outcome)
        finally:
            self._task = None
        self._advance()

    def _write(self, reply: Reply) -> None:
        if self._transport is None:
            return
        if reply.status == HANG_UP.status:
            self._transport.close()
        elif reply.status == RESET.status:
            self.cut()
        else:
            self._transport.write(_render(reply))


class Listener:
    """The listening socket; it can go deaf for a while and come back on the same port."""

    def __init__(self, handle: Handler, host: str, port: int) -> None:
        self.handle = handle
        self.host = host
        self.port = port
        self.connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Connections are accepted; `port` is the real one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), self.host, self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self, spare: str = "") -> None:
        """Connections are refused and the open ones cut, but those last used for paths under `spare`."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in list(self.connections):
            if not (spare and connection.last_path.startswith(spare)):
                connection.cut()

    async def stop(self) -> None:
        """Nothing listens and nothing is connected any more."""
        await self.refuse()
        await asyncio.sleep(0)
