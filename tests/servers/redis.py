"""A throw-away Redis on the loopback: `LocalRedis` for any program, fixtures in tests/storage/conftest.py."""

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.servers.synapse import free_port


def binary() -> str | None:
    """The server's program, None when it is not installed."""
    return shutil.which("redis-server")


class LocalRedis:
    """One server, nothing on disk. It may be stopped and started again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="guichet-redis-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients reach it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, wait_s: float = 10) -> "LocalRedis":
        """It answers."""
        program = binary()
        if program is None:
            raise RuntimeError("redis-server expected (Debian: redis-server)")
        self._process = subprocess.Popen(
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + wait_s
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def command(self, *words: str) -> bytes:
        """The raw answer to one command (up to 64 kB)."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(" ".join(words).encode() + b"\r\n")
            return connection.recv(65536)

    def stop(self) -> None:
        """It is gone at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def remove(self) -> None:
        """It is gone with its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
