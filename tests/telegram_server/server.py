"""The server: routes, and its life as an async context manager."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from . import control
from .api import BotApi, envelope_of
from .forms import read_values
from .methods import METHODS
from .shapes import ApiError, Json
from .stage import Stage
from .wire import Listener, Reply, Request

TOKEN = "123456789:TESTtestTESTtestTESTtestTESTtestTES"
_TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
CONTROL = "/_control/"


class TelegramServer(Stage):
    """A Bot API server for one bot, on loopback.

    `async with TelegramServer() as server:` gives `base_url` and `base_file_url` for
    telegram.Bot, and the commands of Stage.
    """

    def __init__(
        self,
        token: str = TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        username: str = "guichet_bot",
    ) -> None:
        if not _TOKEN_SHAPE.fullmatch(token):
            raise ValueError("expected a token like 123456789:35_letters_digits_or_signs")
        bot: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Guichet",
            "username": username,
        }
        self.token = token
        self.api = BotApi(token, bot, METHODS)
        self._listener = Listener(self._handle, host, port)
        self._reopening: asyncio.Task[None] | None = None

    @property
    def root(self) -> str:
        """The server's address, without a path."""
        return f"http://{self._listener.host}:{self._listener.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """The server answers on its address."""
        await self._listener.start()
        self.base_url = f"{self.root}/bot"
        self.base_file_url = f"{self.root}/file/bot"

    async def stop(self) -> None:
        """Nothing runs any more."""
        self.api.webhook.unset()
        if self._reopening is not None:
            self._reopening.cancel()
        await self._listener.stop()

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Inside, connections are refused; afterwards the same port answers again."""
        await self._listener.refuse()
        try:
            yield
        finally:
            await self._listener.start()

    async def call(self, command: str, **payload: Any) -> Any:
        """The command's JSON answer; Refused when the server can't do it."""
        return await control.command(self.api, command, payload)

    def _handle(self, request: Request) -> Reply | Awaitable[Reply]:
        try:
            if request.path.startswith("/bot"):
                return self._serve_method(request)
            if request.path.startswith("/file/bot"):
                return self._serve_file(request)
        except ApiError as error:
            return envelope_of(error)
        if request.path.startswith(CONTROL) and request.method == "POST":
            return self._serve_control(request)
        return envelope_of(ApiError(404, "Not Found"))

    def _serve_method(self, request: Request) -> Reply | Awaitable[Reply]:
        token, _, method = unquote(request.path[4:]).partition("/")
        self._check_token(token)
        if request.method not in ("GET", "POST"):
            raise ApiError(405, "Method Not Allowed")
        return self.api.serve(method, read_values(request))

    def _serve_file(self, request: Request) -> Reply:
        token, _, path = unquote(request.path[9:]).partition("/")
        self._check_token(token)
        stored = self.api.world.files.at_link(path, self.api.clock.now())
        if stored is None:
            raise ApiError(404, "Not Found")
        return Reply(200, stored.content, "application/octet-stream")

    def _check_token(self, token: str) -> None:
        if token == self.token:
            return
        if _TOKEN_SHAPE.fullmatch(token):
            raise ApiError(401, "Unauthorized")
        raise ApiError(404, "Not Found")

    async def _serve_control(self, request: Request) -> Reply:
        name = request.path[len(CONTROL) :]
        try:
            payload = json.loads(request.body or b"{}")
            result = await self._commanded(name, payload)
        except (control.Refused, ValueError, KeyError) as fault:
            return Reply(400, json.dumps({"error": str(fault)}).encode())
        return Reply(200, json.dumps({"result": result}).encode())

    async def _commanded(self, name: str, payload: Json) -> Any:
        if name != "outage":
            return await control.command(self.api, name, payload)
        seconds = float(payload["seconds"])
        self._reopening = asyncio.get_running_loop().create_task(self._absent(seconds))
        return None

    async def _absent(self, seconds: float) -> None:
        await self._listener.refuse(spare=CONTROL)
        await asyncio.sleep(seconds)
        await self._listener.start()
