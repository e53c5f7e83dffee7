"""What a test can ask of the server, wherever it runs: in this process or in another."""

import base64
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import httpx

from .control import Refused
from .faults import Fault, FloodRule
from .shapes import Json

CONTROL_TIMEOUT_S = 90.0
PATIENCE_S = 10.0


class Stage:
    """Commands of the test; `call` carries them to the server."""

    base_url: str
    base_file_url: str
    token: str

    async def call(self, command: str, **payload: Any) -> Any:
        """The command's JSON answer; Refused when the server can't do it."""
        raise NotImplementedError

    async def plan(self, *faults: Fault) -> None:
        """These faults will hit the bot's next calls."""
        for fault in faults:
            await self.call("add_fault", **{**asdict(fault), "kind": fault.kind.value})

    async def clear_faults(self) -> None:
        """No planned fault is left."""
        await self.call("clear_faults")

    async def limit_flood(self, rule: FloodRule | None) -> None:
        """Messages beyond the rule are answered 429; None lifts it."""
        await self.call("set_flood", rule=None if rule is None else asdict(rule))

    async def configure(self, **settings: object) -> None:
        """Fields of api.Settings have these values."""
        await self.call("set", **settings)

    async def advance(self, seconds: float) -> None:
        """The server's clock is later."""
        await self.call("advance", seconds=seconds)

    async def freeze(self, at: float | None = None) -> None:
        """The server's clock stands still."""
        await self.call("freeze", at=at)

    async def calls(self, method: str | None = None, chat_id: int | None = None, after: int = 0) -> list[Json]:
        """The bot's calls so far, in order of arrival: seq, at, method, chat_id, params, code, fault."""
        found: list[Json] = await self.call("calls", method=method, chat_id=chat_id, after=after)
        return found

    async def until_called(
        self,
        method: str,
        count: int = 1,
        chat_id: int | None = None,
        timeout_s: float = PATIENCE_S,
    ) -> list[Json]:
        """The bot's calls of `method`, once there are `count` answered ones; Refused after timeout_s."""
        which = {"method": method, "chat_id": chat_id, "answered": True}
        await self.call("until", what="called", count=count, timeout_s=timeout_s, **which)
        found: list[Json] = await self.call("calls", **which)
        return found

    async def until_polling(self, timeout_s: float = PATIENCE_S) -> None:
        """A getUpdates of the bot is waiting; Refused after timeout_s."""
        await self.call("until", what="polling", timeout_s=timeout_s)

    async def until_confirmed(self, timeout_s: float = PATIENCE_S) -> None:
        """The bot has confirmed every update, or its webhook taken it; Refused after timeout_s."""
        await self.call("until", what="confirmed", timeout_s=timeout_s)

    async def until_push_failed(self, timeout_s: float = PATIENCE_S) -> None:
        """The webhook has refused an update or was not there; Refused after timeout_s."""
        await self.call("until", what="push_failed", timeout_s=timeout_s)

    async def pending(self) -> list[Json]:
        """Updates that the bot has not confirmed."""
        updates: list[Json] = await self.call("pending")
        return updates

    async def journal(self, chat_id: int | None = None, after: int = 0, timeout_s: float = 0.0) -> list[Json]:
        """All that happened in the chats after line `after`; waits up to timeout_s for the first."""
        lines: list[Json] = await self.call("journal", chat_id=chat_id, after=after, timeout_s=timeout_s)
        return lines

    async def crowd_says(self, said: Sequence[tuple[Json, str]]) -> None:
        """Many texts at once, in order; each is (a citizen's `user`, the text). For benchmarks."""
        await self.call("post_many", said=list(said))

    async def profile(self) -> Json:
        """Commands, texts and menu buttons that the bot has set."""
        known: Json = await self.call("profile")
        return known

    async def status(self) -> Json:
        """Clock, counts and the webhook."""
        figures: Json = await self.call("status")
        return figures

    async def file(self, file_id: str) -> bytes:
        """The bytes of a file that someone sent."""
        return base64.b64decode(await self.call("read_file", file_id=file_id))


class RemoteServer(Stage):
    """A server in another process, reached under /_control/."""

    def __init__(self, root: str, token: str) -> None:
        self.token = token
        self.base_url = f"{root}/bot"
        self.base_file_url = f"{root}/file/bot"
        self._client = httpx.AsyncClient(
            base_url=f"{root}/_control", timeout=CONTROL_TIMEOUT_S, trust_env=False, verify=False
        )

    async def call(self, command: str, **payload: Any) -> Any:
        """The command's JSON answer; Refused when the server can't do it."""
        answer = await self._client.post(f"/{command}", json=payload)
        body = answer.json()
        if answer.status_code != 200:
            raise Refused(body["error"])
        return body["result"]

    async def refuse_connections(self, seconds: float) -> None:
        """Nobody can connect for this long; open connections of the bot are cut."""
        await self.call("outage", seconds=seconds)

    async def close(self) -> None:
        """No connection to the server is open."""
        await self._client.aclose()
