"""The programs under measurement, each in a process of its own, with what it costs to start and to keep."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bench.server import ROOT


@dataclass(frozen=True, slots=True)
class Program:
    """A running program. started: when it was begun, time.time()."""

    pid: int
    started: float

    @property
    def resident_mb(self) -> float:
        """Resident memory now, in MB."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    @property
    def cpu_s(self) -> float:
        """Processor time used so far, seconds; other programs on the machine hardly change it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def program(*arguments: str) -> AsyncIterator[Program]:
    """`python ARGUMENTS`, ended gently with the block."""
    started = time.time()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield Program(process.pid, started)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def echo(server: Any) -> tuple[str, ...]:  # Any: RemoteServer
    """The bare echo bot."""
    return ("-m", "app.bench.echo", server.token, server.base_url)


def house(server: Any, folder: Path) -> tuple[str, ...]:  # Any: RemoteServer
    """The whole counter: durable inbox, reader, decision, sealed events, postman."""
    settings = folder / "guichet.toml"
    settings.write_text(
        f"""
data_dir = "{folder / "data"}"

[telegram]
token = "{server.token}"
base_url = "{server.base_url}"
base_file_url = "{server.base_file_url}"
chat_per_s = 0
all_per_s = 0

[log]
level = "error"
""",
        encoding="utf-8",
    )
    return ("-m", "app", "run", "--config", str(settings), "--only", "telegram", "--only", "worker")
