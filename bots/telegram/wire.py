"""python-telegram-bot's Bot and its HTTP clients, made quiet: nothing received is ever written to a log."""

import json
import os
from collections.abc import Sequence
from typing import Any

import httpx
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bots.telegram.errors import DEFAULT_PAUSE_S, FloodWait, ServerFault
from bots.telegram.settings import TelegramSettings

RawUpdate = dict[str, Any]  # Any: an Update as JSON, read by updates.glimpse_of and nowhere else

SENDING_CONNECTIONS = 64
WRITE_S = 10.0
CONNECT_S = 5.0
POOL_S = 5.0
MEDIA_WRITE_S = 120.0  # the library's 20 s fail on a 50 MB file below 20 Mbit/s
KEEP_ALIVE_S = 20.0  # httpx closes after 5 s, and each quiet chat then pays a TLS handshake

_HEADERS = {"User-Agent": "guichet", "Accept": "*/*", "Connection": "keep-alive"}
KNOWN_STATUSES = frozenset({400, 401, 403, 404, 409})


class QuietRequest(BaseRequest):
    """The library's HTTP client without httpx.AsyncClient, which writes every URL, and so the token, to the log.

    httpx's transport is called directly; that also spares a fifth of the time that a small call takes.
    """

    def __init__(self, connections: int, answer_timeout_s: float, proxy: str = "") -> None:
        limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEEP_ALIVE_S)
        self._transport = httpx.AsyncHTTPTransport(limits=limits, proxy=proxy or None)
        self._answer_timeout_s = answer_timeout_s

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, unless a call says otherwise."""
        return self._answer_timeout_s

    async def initialize(self) -> None:
        """Nothing to do: connections are opened when they are needed."""

    async def shutdown(self) -> None:
        """No connection is open."""
        await self._transport.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body; a flood wait, an oversized upload and a server's fault are raised here."""
        files = request_data.multipart_data if request_data else None
        data = request_data.json_parameters if request_data else None
        timeouts = {
            "read": _chosen(read_timeout, self._answer_timeout_s),
            "write": _chosen(write_timeout, MEDIA_WRITE_S if files else WRITE_S),
            "connect": _chosen(connect_timeout, CONNECT_S),
            "pool": _chosen(pool_timeout, POOL_S),
        }
        request = httpx.Request(method, url, headers=_HEADERS, data=data, files=files, extensions={"timeout": timeouts})
        return _sorted_out(*await self._exchange(request))

    async def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        try:
            response = await self._transport.handle_async_request(request)
            try:
                return response.status_code, await response.aread()
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError("the connection failed") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> RawUpdate:
        """The answer as JSON. The library would log what it cannot read; it may hold a person's words."""
        try:
            answer: RawUpdate = json.loads(payload)
        except ValueError:
            answer = {}
        is_envelope = isinstance(answer, dict) and ("result" in answer or answer.get("ok") is False)
        if not is_envelope:
            raise TelegramError("Invalid server response")
        return answer


def _chosen(given: ODVInput[float], otherwise: float) -> float | None:
    return otherwise if isinstance(given, DefaultValue) else given


def _sorted_out(status: int, body: bytes) -> tuple[int, bytes]:
    """Statuses that the library has classes for pass; the others get one of ours."""
    if status < 300 or status in KNOWN_STATUSES:
        return status, body
    if status == 429:
        raise FloodWait(_wait_named_in(body))
    if status == 413:
        raise BadRequest("request entity too large")
    raise ServerFault(status)


def _wait_named_in(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, LookupError, TypeError):
        return DEFAULT_PAUSE_S


class QuietBot(Bot):
    """telegram.Bot that hands updates over as they came, so that one it cannot decode does not hold up the others.

    Bot.get_updates decodes the whole batch at once: one update of a shape it does not know makes it write the batch
    to the log and raise, at every poll, until someone intervenes.
    """

    async def raw_updates(self, offset: int | None, timeout_s: int, kinds: Sequence[str]) -> list[RawUpdate]:
        """Updates from `offset` on (None: the oldest not confirmed), at once or when one comes within the time-out."""
        asked = {"offset": offset, "timeout": timeout_s, "allowed_updates": kinds}
        patience_s = timeout_s + (self._request[0].read_timeout or 0)
        updates: list[RawUpdate] = await self._post("getUpdates", asked, read_timeout=patience_s)
        return updates

    async def send_text(self, **parameters: Any) -> str:  # Any: parameters of sendMessage, as the Bot API names them
        """The id of the new message. Only the id is read: decoding the whole message takes as long as sending it."""
        message: dict[str, Any] = await self._post("sendMessage", parameters)  # Any: a Message as JSON
        return str(message["message_id"])

    async def disconnect(self) -> None:
        """No connection is open. (`Bot.close` is another thing: it ends the session at Telegram.)"""
        for request in self._request:
            await request.shutdown()


def bot_for(settings: TelegramSettings) -> QuietBot:
    """A bot for these settings; nothing is sent yet."""
    # The library's own switch: without it, decoding some updates warns of a change to come.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    return QuietBot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=QuietRequest(SENDING_CONNECTIONS, settings.answer_timeout_s, settings.proxy),
        get_updates_request=QuietRequest(1, settings.answer_timeout_s, settings.proxy),
        local_mode=settings.local_mode,
    )
