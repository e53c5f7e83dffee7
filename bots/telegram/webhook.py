"""The webhook: Telegram pushes, and is answered 200 only when everything is written down.

A path and a secret that only Telegram was told; strangers get an empty 403 or 404 and learn nothing.
"""

import hmac
import json

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bots.telegram.health import Health
from bots.telegram.reception import Reception
from bots.telegram.settings import TelegramSettings
from bots.telegram.wire import RawUpdate
from domain.errors import GuichetError
from handlers.ports import Clock

log = structlog.get_logger(__name__)

SECRET_HEADER = "x-telegram-bot-api-secret-token"
MAX_BODY_BYTES = 1 << 20


class Webhook:
    """The endpoint."""

    def __init__(self, reception: Reception, clock: Clock, health: Health, settings: TelegramSettings) -> None:
        self._reception = reception
        self._clock = clock
        self._health = health
        self._secret = settings.secret.encode()
        self.route = Route(settings.path, self._push, methods=["POST"])

    async def _push(self, request: Request) -> Response:
        if not self._is_telegram(request):
            return Response(status_code=403)
        body = await _bounded_body(request)
        if body is None:
            return Response(status_code=413)
        update = _update_in(body)
        if update is None:
            return Response(status_code=400)
        return Response(status_code=await self._accept(update))

    def _is_telegram(self, request: Request) -> bool:
        shown = request.headers.get(SECRET_HEADER, "").encode()
        return hmac.compare_digest(shown, self._secret)

    async def _accept(self, update: RawUpdate) -> int:
        """200 once it is written down; 503 makes Telegram push it again."""
        try:
            await self._reception.receive([update])
        except GuichetError as error:
            log.warning("telegram.push_failed", error=type(error).__name__)
            return 503
        self._health.last_good_at = self._clock.now()
        return 200


async def _bounded_body(request: Request) -> bytes | None:
    """The body, None when it is longer than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)


def _update_in(body: bytes) -> RawUpdate | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if is_update else None
