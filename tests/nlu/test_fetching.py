"""Fetching a checkpoint: the one command that may go out, and what it says when it cannot.

Nothing leaves the machine: the hub here is a small server on the loopback that speaks the calls of a real one.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.errors import OperatorError
from nlu.fetching import fetch
from tests.house.sources import ROOT
from tests.nlu.model.tiny import make_tagger

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = f"org/marin@{COMMIT}"
CLOSED = "http://127.0.0.1:9"


class Hub(ThreadingHTTPServer):
    """A hub with one checkpoint, `org/marin`. asked: the paths of every request."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Window)
        self.folder, self.asked = folder, list[str]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers; every other path is unknown."""
        self.asked.append(path)
        if path == f"/api/models/org/marin/revision/{COMMIT}":
            return 200, json.dumps({"id": "org/marin", "sha": COMMIT, "siblings": []}).encode(), {}
        if path.startswith(f"/api/models/org/marin/tree/{COMMIT}"):
            return 200, json.dumps([self._listed(file) for file in sorted(self.folder.iterdir())]).encode(), {}
        found = re.fullmatch(rf"/org/marin/resolve/{COMMIT}/([\w.]+)", path)
        if found is None:
            return 404, b"{}", {"X-Error-Code": "RepoNotFound"}
        content = (self.folder / found[1]).read_bytes()
        return 200, content, {"ETag": f'"{_etag(content)}"', "X-Repo-Commit": COMMIT}

    def _listed(self, file: Path) -> dict[str, str | int]:
        return {"type": "file", "path": file.name, "size": file.stat().st_size, "oid": _etag(file.read_bytes())}


class _Window(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        status, body, headers = self.server.answer(self.path.partition("?")[0])
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _etag(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    folder = make_tagger(tmp_path / "served", ("O", "B-LOC"), {"wolxheim": "B-LOC"})
    for name in ("pytorch_model.bin", "modeling_marin.py", "README.md", "training_args.bin"):
        (folder / name).write_bytes(b"not for us")
    with Hub(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def guichet(home: Path, address: str, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """The program in a process of its own: what the library knows of the network is fixed at its import."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "GUICHET_"))}
    given = {"HF_HOME": str(home), "HF_ENDPOINT": address, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    return subprocess.run(
        [sys.executable, "-m", "app", *words], cwd=ROOT, env=own | given, input=said, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip


def test_a_checkpoint_is_fetched_once_and_read_without_any_network(hub: Hub, tmp_path: Path) -> None:
    """Only the files that are read come; then the house works with the hub away."""
    got = guichet(tmp_path / "home", hub.address, "model", "fetch", NAME)
    assert (got.returncode, f'checkpoint = "{NAME}"' in got.stdout) == (0, True), got.stderr
    resolved = {path.rpartition("/")[2] for path in hub.asked if "/resolve/" in path}
    assert resolved == {"config.json", "tokenizer.json", "model.onnx"}
    before = len(hub.asked)
    settings = tmp_path / "guichet.toml"
    settings.write_text(f'data_dir = "{tmp_path / "data"}"\n[nlu]\ncheckpoint = "{NAME}"\n', encoding="utf-8")
    read = guichet(tmp_path / "home", hub.address, "parse", "--config", str(settings), said="ils deal wolxheim\n")
    assert "wolxheim" in [entity["text"] for entity in json.loads(read.stdout)["entities"]]
    assert len(hub.asked) == before


def test_a_checkpoint_that_the_hub_does_not_know_is_said_in_one_sentence(hub: Hub, tmp_path: Path) -> None:
    got = guichet(tmp_path / "home", hub.address, "model", "fetch", f"org/other@{COMMIT}")
    assert got.returncode == 1
    assert got.stderr == f"Error: org/other@{COMMIT}: the hub knows no such checkpoint, or not for us; correct it\n"


def test_a_hub_that_does_not_answer_is_said_in_one_sentence(tmp_path: Path) -> None:
    got = guichet(tmp_path / "home", CLOSED, "model", "fetch", NAME)
    assert got.returncode == 1
    assert got.stderr == f"Error: {CLOSED}: a hub expected, it cannot be had (ConnectError); see the network\n"


@pytest.mark.parametrize("name", ["marin", "org/marin", "org/marin@main", f"org/marin@{COMMIT[:7]}", "../x@" + COMMIT])
def test_a_revision_that_may_move_is_refused(name: str) -> None:
    with pytest.raises(OperatorError) as refused:
        fetch(name)
    assert str(refused.value).startswith(f"{name}: org/name@commit expected")
    assert "\n" not in str(refused.value)


def test_an_offline_machine_refuses_at_once(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "app", "model", "fetch", NAME],
        cwd=ROOT, env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "HF_HUB_OFFLINE forbids it" in run.stderr
    assert run.stderr.count("\n") == 1
