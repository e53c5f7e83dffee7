"""python-telegram-bot's Bot and its HTTP clients, made quiet: nothing received is ever written to a log."""

import json
import os
from collections.abc import Sequence
from typing import Any

import httpx
from telegram import Bot
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bots.telegram.errors import DEFAULT_PAUSE_S, FloodWait, ServerFault
from bots.telegram.settings import TelegramSettings

RawUpdate = dict[str, Any]  # Any: an Update as JSON, read by updates.glimpse_of and nowhere else

SENDING_CONNECTIONS = 64
WRITE_S = 10.0
CONNECT_S = 5.0
POOL_S = 5.0
MEDIA_WRITE_S = 120.0  # the library's 20 s fail on a 50 MB file below 20 Mbit/s
KEEP_ALIVE_S = 20.0  # httpx closes after 5 s, and each quiet chat then pays a TLS handshake

KNOWN_STATUSES = frozenset({400, 401, 403, 404, 409})


class QuietRequest(HTTPXRequest):
    """HTTPXRequest that keeps answers out of the log and tells apart the statuses that matter to us."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and the body; a flood wait, an oversized upload and a server's fault are raised here."""
        status, body = await super().do_request(*args, **kwargs)
        if status < 300 or status in KNOWN_STATUSES:
            return status, body
        if status == 429:
            raise FloodWait(_wait_named_in(body))
        if status == 413:
            raise BadRequest("request entity too large")
        raise ServerFault(status)

    @staticmethod
    def parse_json_payload(payload: bytes) -> RawUpdate:
        """The answer as JSON. The library would log what it cannot read; it may hold a person's words."""
        try:
            answer: RawUpdate = json.loads(payload)
        except ValueError:
            answer = {}
        if not isinstance(answer, dict) or "ok" not in answer:
            raise TelegramError("Invalid server response")
        return answer


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

    async def disconnect(self) -> None:
        """No connection is open. (`Bot.close` is another thing: it ends the session at Telegram.)"""
        for request in self._request:
            await request.shutdown()


def _request(connections: int, answer_timeout_s: float) -> BaseRequest:
    limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEEP_ALIVE_S)
    return QuietRequest(
        read_timeout=answer_timeout_s,
        write_timeout=WRITE_S,
        connect_timeout=CONNECT_S,
        pool_timeout=POOL_S,
        media_write_timeout=MEDIA_WRITE_S,
        httpx_kwargs={"limits": limits},
    )


def bot_for(settings: TelegramSettings) -> QuietBot:
    """A bot for these settings; nothing is sent yet."""
    # The library's own switch: without it, decoding some updates warns of a change to come.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    return QuietBot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=_request(SENDING_CONNECTIONS, settings.answer_timeout_s),
        get_updates_request=_request(1, settings.answer_timeout_s),
        local_mode=settings.local_mode,
    )
