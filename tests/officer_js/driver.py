"""JsOfficer: one officer with the Matrix JavaScript SDK as a child process, for acceptance tests.

It shares no code and no library with the bot: what it reads, a real client reads. Needs Node 20 or newer and, once,
`npm install` in this folder (done by `install` when it is missing).
"""

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.servers.synapse import Account

HERE = Path(__file__).resolve().parent
LINE_LIMIT = 2**22
WAIT_S = 20.0

Line = dict[str, Any]  # Any: JSON


class OfficerError(RuntimeError):
    """The client refused a command; the message is the SDK's own."""


def node() -> str | None:
    """The Node program, None when there is none."""
    return os.environ.get("GUICHET_NODE") or shutil.which("node")


def install() -> None:
    """The SDK is in node_modules."""
    if not (HERE / "node_modules" / "matrix-js-sdk").exists():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)


class JsOfficer:
    """One run of officer.mjs: a new device with a new identity. mode: "all", "strict" or "signed" devices only."""

    def __init__(self, server: str, account: Account, *, mode: str = "all", flags: tuple[str, ...] = ()) -> None:
        self.account, self.user_id, self.mode = account, account.user_id, mode
        self._arguments = ["--server", server, "--user", account.name, "--mode", mode, *flags]
        self.lines: list[Line] = []
        self._news = asyncio.Event()
        self._last_id = 0

    async def start(self) -> "JsOfficer":
        """Logged in, signed, synced."""
        program = node()
        if program is None:
            raise OfficerError("Node 20 or newer is needed for the officer's client")
        self._process = await asyncio.create_subprocess_exec(
            program, str(HERE / "officer.mjs"), *self._arguments, limit=LINE_LIMIT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "OFFICER_PASSWORD": self.account.password},
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        await self.wait("ready", wait_s=40)
        return self

    async def stop(self) -> None:
        """The process has ended."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def do(self, command: str, **values: Any) -> Line:
        """Have the client do something; its answer. Raises OfficerError."""
        assert self._process.stdin is not None
        self._last_id += 1
        line = json.dumps({"id": self._last_id, "do": command, **values})
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()
        answer = await self.wait("answer", id=self._last_id, wait_s=40)
        if "error" in answer:
            raise OfficerError(answer["error"])
        return answer

    async def say(self, room: str, body: str) -> str:
        """The event id of a plain message."""
        return str((await self.do("say", room=room, body=body))["event"])

    async def reads(self, body: str, wait_s: float = WAIT_S) -> Line:
        """The message with these words, as soon as the client shows it."""
        return await self.wait("message", body=body, wait_s=wait_s)

    async def joined(self, room: str) -> None:
        """The client has joined the room."""
        await self.wait("joined", room=room)

    async def wait(self, kind: str, wait_s: float = WAIT_S, **values: Any) -> Line:
        """The first line of this kind with these values, also one that came before. Raises TimeoutError."""
        async with asyncio.timeout(wait_s):
            while True:
                for line in self.lines:
                    if line["t"] == kind and all(line.get(name) == value for name, value in values.items()):
                        return line
                if self._reading.done():
                    raise OfficerError(f"the client ended while {kind!r} was waited for")
                self._news.clear()
                await self._news.wait()

    def seen(self, kind: str, **values: Any) -> list[Line]:
        """Lines of this kind so far."""
        lines = [line for line in self.lines if line["t"] == kind]
        return [line for line in lines if all(line.get(name) == value for name, value in values.items())]

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for raw in self._process.stdout:
            self.lines.append(json.loads(raw))
            self._news.set()
        self._news.set()
