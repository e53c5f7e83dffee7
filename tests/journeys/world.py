"""The world around the house: `guichet run` as a process with its settings file, started, killed and stopped."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.matrix.house import until
from tests.servers.synapse import Account, LocalSynapse
from tests.telegram_server import Stage

ROOT = Path(__file__).resolve().parents[2]
CELL = """
name = "Cellule d'essai"
territory = "Vaucluse"
questionnaire = "stupefiants"
"""


class HouseProcess:
    """`guichet run` over one folder. `kill` is SIGKILL; `stop` is SIGTERM and waits for a clean end."""

    def __init__(self, folder: Path, settings: str, variables: Mapping[str, str] | None = None) -> None:
        """variables: settings of the environment, which win over the file (GUICHET_GRACE_S)."""
        self.folder = folder
        self.log = folder / "guichet.log"
        self.settings = folder / "guichet.toml"
        self.settings.write_text(settings, encoding="utf-8")
        self._environment = os.environ | {"PYTHONWARNINGS": "default"} | dict(variables or {})
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *only: str) -> None:
        """The process runs; readiness is seen by what it does."""
        chosen = [part for role in only for part in ("--only", role)]
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "app", "run", "--config", str(self.settings), *chosen,
                cwd=ROOT, stdout=log, stderr=log, env=self._environment,
            )  # fmt: skip

    async def kill(self) -> None:
        """As when the plug is pulled."""
        process = self._running
        process.kill()
        await process.wait()

    async def stop(self, wait_s: float = 20) -> int:
        """As an operator stops it; returns the exit status."""
        process = self._running
        process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), wait_s)

    async def ends(self, wait_s: float = 60) -> int:
        """It ends by itself; returns the exit status."""
        return await asyncio.wait_for(self._running.wait(), wait_s)

    async def order(self, *command: str, typed: str = "") -> tuple[int, str]:
        """Another command of the program over the same settings, with what its operator types: status and output."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", *command, "--config", str(self.settings), cwd=ROOT, env=self._environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        told, _ = await process.communicate(typed.encode())
        return process.returncode or 0, told.decode()

    @property
    def data(self) -> Path:
        """What it keeps."""
        return self.folder / "data"

    def lines(self, event: str, **values: Any) -> list[dict[str, Any]]:  # Any: JSON
        """What it has logged of this event, over all its lives."""
        found = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines() if line[:1] == "{"]
        return [one for one in found if one["event"] == event and values.items() <= one.items()]

    async def logs(self, event: str, *, times: int = 1, wait_s: float = 60, **values: Any) -> dict[str, Any]:
        """The newest log line of this event, once there are so many."""
        await until(lambda: len(self.lines(event, **values)) >= times, wait_s, f"the log line {event} {values}")
        return self.lines(event, **values)[-1]

    async def close(self) -> None:
        """Whatever state it is in, it is gone."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.returncode is not None

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process


def settings_for(
    folder: Path, telegram: Stage, synapse: LocalSynapse, bot: Account, officers: Sequence[Account], more: str = ""
) -> str:
    """A settings file for this world, with its own cell of these officers."""
    cells = folder / "cells"
    cells.mkdir(parents=True, exist_ok=True)
    members = "".join(f'\n[[officers]]\nid = "{one.user_id}"\nservice = "police"\n' for one in officers)
    (cells / "essai.toml").write_text(CELL + members, encoding="utf-8")
    return f"""
data_dir = "{folder / "data"}"
grace_s = 0.2
{more}
[cells]
folder = "{cells}"
default = "essai"

[telegram]
token = "{telegram.token}"
base_url = "{telegram.base_url}"
base_file_url = "{telegram.base_file_url}"
chat_per_s = 0
all_per_s = 0

[matrix]
homeserver = "{synapse.url}"
user_id = "{bot.user_id}"
password = "{bot.password}"

[web]
port = 0
"""
