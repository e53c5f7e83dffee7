"""A throw-away Synapse on the loopback, with SQLite, for the demonstration and the tests. Never for production.

Needs a virtual environment that holds matrix-synapse: `.venv-synapse` (scripts/synapse makes it), or the python named
by GUICHET_SYNAPSE_PYTHON.
"""

import hashlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMITS = ("rc_message", "rc_registration", "rc_room_creation", "rc_key_requests", "rc_delayed_event_mgmt")
NESTED_LIMITS = {
    "rc_login": ("address", "account", "failed_attempts"),
    "rc_joins": ("local", "remote"),
    "rc_invites": ("per_room", "per_user", "per_issuer"),
}
HIGH = {"per_second": 10000, "burst_count": 10000}


@dataclass(frozen=True)
class Account:
    """A user of the test server."""

    user_id: str
    name: str
    password: str


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call(method: str, url: str, body: object = None, token: str | None = None) -> tuple[int, dict[str, Any]]:
    """The status and the JSON answer of one request; an HTTP error is an answer too."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read() or b"{}")


class LocalSynapse:
    """One Synapse in `folder`. `start` returns when it answers; `stop` keeps its data, so that it can start again."""

    server_name = "guichet.test"

    def __init__(self, folder: Path, *, default_limits: bool = False, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.database = folder / "homeserver.db"
        self.log = folder / "homeserver.log"
        self._default_limits = default_limits
        self._secret_file = folder / "registration.secret"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients reach it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def python(self) -> Path:
        """The interpreter that has matrix-synapse."""
        return Path(os.environ.get("GUICHET_SYNAPSE_PYTHON", ROOT / ".venv-synapse" / "bin" / "python"))

    def start(self, wait_s: float = 60) -> "LocalSynapse":
        """It answers requests; its keys and configuration are made the first time."""
        self._prepare()
        with (self.folder / "out.txt").open("ab") as out:
            self._process = subprocess.Popen(
                [self.python, "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.yaml")],
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        self._wait_until_it_answers(wait_s)
        return self

    def stop(self) -> None:
        """It is gone; what it stored stays."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def register(self, name: str, password: str | None = None, *, admin: bool = False) -> Account:
        """A new account, by the shared registration secret."""
        password = password or secrets.token_hex(12)
        route = f"{self.url}/_synapse/admin/v1/register"
        nonce = call("GET", route)[1]["nonce"]
        parts = (nonce, name, password, "admin" if admin else "notadmin")
        mac = hmac.new(self._secret().encode(), b"\0".join(part.encode() for part in parts), hashlib.sha1).hexdigest()
        body: dict[str, Any] = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        body["inhibit_login"] = True  # else Synapse logs a first device in: a stray one for the bot
        status, answer = call("POST", route, body)
        if status != 200:
            raise RuntimeError(f"registration answered {status} {answer.get('errcode')}")
        return Account(answer["user_id"], name, password)

    def fresh(self, prefix: str) -> Account:
        """A new account with a name of its own: devices and identities of earlier tests change results."""
        return self.register(prefix + secrets.token_hex(4))

    def holds(self, needle: str) -> bool:
        """Whether these characters stand anywhere in its database files, as they are."""
        files = [self.database, *self.folder.glob("homeserver.db-*")]
        return any(needle.encode() in file.read_bytes() for file in files if file.exists())

    def _secret(self) -> str:
        return self._secret_file.read_text()

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._secret_file.exists():
            self._secret_file.write_text(secrets.token_hex(16))
        (self.folder / "homeserver.yaml").write_text(json.dumps(self._config()))
        (self.folder / "log.yaml").write_text(json.dumps(self._logging()))
        if not (self.folder / "signing.key").exists():
            command = [str(self.python), "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.yaml")]
            subprocess.run([*command, "--generate-keys"], check=True, capture_output=True, cwd=self.folder)

    def _config(self) -> dict[str, Any]:
        """JSON is YAML: no YAML library is needed to write it."""
        resources = [{"names": ["client"], "compress": False}]
        listener = {"bind_addresses": ["127.0.0.1"], "port": self.port, "type": "http", "tls": False}
        return {
            "server_name": self.server_name,
            "pid_file": str(self.folder / "homeserver.pid"),
            "listeners": [{**listener, "resources": resources}],
            "database": {"name": "sqlite3", "args": {"database": str(self.database)}},
            "log_config": str(self.folder / "log.yaml"),
            "media_store_path": str(self.folder / "media"),
            "signing_key_path": str(self.folder / "signing.key"),
            "registration_shared_secret": self._secret(),
            "macaroon_secret_key": "guichet-tests",
            "form_secret": "guichet-tests",
            "bcrypt_rounds": 4,
            "report_stats": False,
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "enable_registration": False,
            "presence": {"enabled": False},
            **({} if self._default_limits else _high_limits()),
        }

    def _logging(self) -> dict[str, Any]:
        handler = {"class": "logging.FileHandler", "filename": str(self.log), "encoding": "utf8"}
        root = {"level": "WARNING", "handlers": ["file"]}
        return {"version": 1, "handlers": {"file": handler}, "root": root, "disable_existing_loggers": False}

    def _wait_until_it_answers(self, wait_s: float) -> None:
        until = time.monotonic() + wait_s
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"Synapse ended at once; see {self.folder / 'out.txt'}")
            try:
                if call("GET", f"{self.url}/_matrix/client/versions")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"Synapse did not answer within {wait_s} s; see {self.log}")


def _high_limits() -> dict[str, Any]:
    nested = {name: dict.fromkeys(parts, HIGH) for name, parts in NESTED_LIMITS.items()}
    return {**dict.fromkeys(LIMITS, HIGH), **nested}
