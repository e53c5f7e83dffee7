"""The push side: updates are posted to the bot's address until it answers 2xx.

Updates of one chat go in order, one at a time; different chats go side by side, up to max_connections.
"""

import asyncio
import math
from typing import TYPE_CHECKING

import httpx

from .bell import Bell
from .clock import Clock
from .shapes import Json
from .updates import Pending, UpdateQueue

if TYPE_CHECKING:
    from .api import Settings

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PUSH_TIMEOUT_S = 60.0


class Webhook:
    """The registered address and the task that pushes to it; `url` is empty when there is none."""

    def __init__(self, queue: UpdateQueue, clock: Clock, settings: "Settings", bell: Bell) -> None:
        self._bell = bell
        self._queue = queue
        self._clock = clock
        self._settings = settings
        self._task: asyncio.Task[None] | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.url = ""
        self.secret_token = ""
        self.max_connections = 40
        self.ip_address = ""
        self.last_error: tuple[int, str] | None = None

    def set(self, url: str, secret_token: str, max_connections: int, ip_address: str) -> None:
        """Updates are pushed to `url` from now on."""
        self.unset()
        self.url, self.secret_token = url, secret_token
        self.max_connections, self.ip_address = max_connections, ip_address
        self._task = asyncio.get_running_loop().create_task(self._push_all())

    def unset(self) -> None:
        """Nothing is pushed any more; pushes under way are broken off."""
        for task in [self._task, *self._busy.values()]:
            if task is not None:
                task.cancel()
        self._task = None
        self._busy.clear()
        self.url = ""
        self.last_error = None

    def info(self) -> Json:
        """The WebhookInfo object."""
        self._queue.expire()
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending),
        }
        if self.url:
            info["max_connections"] = self.max_connections
            info["ip_address"] = self.ip_address or "127.0.0.1"
        if self._queue.wanted is not None:
            info["allowed_updates"] = self._queue.wanted
        if self.url and self.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    async def _push_all(self) -> None:
        async with httpx.AsyncClient(timeout=PUSH_TIMEOUT_S, trust_env=False, verify=False) as client:
            while True:
                self._queue.arrived.clear()
                self._queue.expire()
                for update in list(self._queue.pending):
                    if len(self._busy) >= self.max_connections:
                        break
                    self._start(client, update)
                await self._queue.arrived.wait()

    def _start(self, client: httpx.AsyncClient, update: Pending) -> None:
        if update.chat_id in self._busy:
            return
        task = asyncio.get_running_loop().create_task(self._push(client, update))
        self._busy[update.chat_id] = task

    async def _push(self, client: httpx.AsyncClient, update: Pending) -> None:
        wait_s = self._settings.webhook_retry_s
        while not await self._accepted(client, update):
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, self._settings.webhook_retry_max_s)
        self._queue.remove(update)
        self._busy.pop(update.chat_id, None)
        self._queue.arrived.set()

    async def _accepted(self, client: httpx.AsyncClient, update: Pending) -> bool:
        headers = {SECRET_HEADER: self.secret_token} if self.secret_token else {}
        try:
            answer = await client.post(self.url, json=update.wire(), headers=headers)
        except httpx.TransportError as fault:
            self._failed(_network_words(fault))
            return False
        if answer.is_success:
            return True
        self._failed(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        return False

    def _failed(self, why: str) -> None:
        self.last_error = (math.floor(self._clock.now()), why)
        self._bell.ring()


def _network_words(fault: httpx.TransportError) -> str:
    if isinstance(fault, httpx.TimeoutException):
        return "Read timeout expired"
    return "Connection refused" if isinstance(fault, httpx.ConnectError) else "Connection closed"
