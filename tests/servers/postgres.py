"""A throw-away PostgreSQL on the loopback: `LocalPostgres` for any program, fixtures in tests/storage/conftest.py.

Uses Debian's binaries and never the system's cluster. It refuses root: as root it runs as the user "postgres".
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.servers.synapse import free_port

SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "autovacuum": "off",
}
"""Fast and forgetful: the data lives as long as the test."""


def binaries() -> Path | None:
    """Where the newest PostgreSQL lies, None when it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


class LocalPostgres:
    """One server in a folder of its own. `start` returns when it answers, `stop` keeps the data, `remove` does not."""

    user = "guichet"

    def __init__(self) -> None:
        bin_folder = binaries()
        if bin_folder is None:
            raise RuntimeError("PostgreSQL expected under /usr/lib/postgresql (Debian: postgresql)")
        self._bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="guichet-postgres-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)

    def url(self, database: str) -> str:
        """Where a client reaches this database."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    @property
    def data(self) -> Path:
        """The cluster's files."""
        return self.folder / "data"

    def start(self, wait_s: float = 30) -> "LocalPostgres":
        """It answers; the cluster is made the first time."""
        if not self.data.exists():
            self._run("initdb", "-D", str(self.data), "-U", self.user, "-A", "trust", "-E", "UTF8", "--no-sync",
                      "--locale=C.UTF-8")  # fmt: skip
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = self._as_owner("postgres", "-D", str(self.data), "-p", str(self.port), *settings)
        with (self.folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
        self._wait_until_it_answers(wait_s)
        return self

    def _wait_until_it_answers(self, wait_s: float) -> None:
        until = time.monotonic() + wait_s
        probe = [str(self._bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(probe, check=False).returncode != 0:
            if time.monotonic() > until or self._has_ended():
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log.txt').read_text()[-2000:]}")
            time.sleep(0.05)

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """It is gone (SIGINT: at once, connections cut; SIGQUIT: as if killed)."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """It is gone with everything it stored."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, its URL."""
        self.query("postgres", f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(database)

    def query(self, database: str, statement: str) -> str:
        """What psql prints for one statement."""
        return self._run("psql", "-qAtX", "-h", "127.0.0.1", "-p", str(self.port), "-U", self.user, "-d", database,
                         "-v", "ON_ERROR_STOP=1", "-c", statement)  # fmt: skip

    def dump(self, database: str) -> bytes:
        """Everything stored in this database, as SQL."""
        return self._run("pg_dump", "-h", "127.0.0.1", "-p", str(self.port), "-U", self.user, database).encode()

    def _run(self, *command: str) -> str:
        done = subprocess.run(self._as_owner(*command), check=False, capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
        return done.stdout

    def _as_owner(self, program: str, *arguments: str) -> list[str]:
        command = [str(self._bin / program), *arguments]
        if os.geteuid() != 0:
            return command
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
