"""The model comes behind the first answers: nobody waits for it, except who wants equal words read equally."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from domain.reading import Intent, Reading
from nlu.blend import Proposal
from nlu.loading import Loading, ModelChoice, ModelReader, opened
from nlu.model.runtime import WEIGHTS, TrainedReader
from nlu.model.sessions import open_session
from nlu.reader import GuichetReader, shipped
from nlu.rules import RulesReader

from .conftest import AT

TEXT = "machin truc au square"


def nuisance(text: str, asked: str | None, said: Reading) -> Proposal:
    return Proposal(Intent.NUISANCE, 0.99, (), ())


class Gate:
    """A model that comes when the gate is opened; counts how often it was asked for."""

    def __init__(self) -> None:
        self.asked, self._open = 0, threading.Event()

    def __call__(self) -> ModelReader:
        self.asked += 1
        assert self._open.wait(30)
        return nuisance

    def open(self) -> None:
        self._open.set()


@pytest.fixture(autouse=True)
def _every_level() -> None:
    """What an earlier test set up does not hide lines from this one."""
    structlog.reset_defaults()


@pytest.fixture
def gate() -> Iterator[Gate]:
    one = Gate()
    yield one
    one.open()


async def test_the_rules_answer_until_the_model_is_there(gate: Gate) -> None:
    reader = GuichetReader(Loading(gate))
    assert await reader.read(TEXT, None, AT) == RulesReader().read(TEXT, asked=None, at=AT)
    gate.open()
    await reader.ready()
    assert (await reader.read(TEXT, None, AT)).intent is Intent.NUISANCE


async def test_the_model_is_loaded_once_and_only_where_it_is_wanted(gate: Gate) -> None:
    reader = GuichetReader(Loading(gate))
    assert gate.asked == 0
    gate.open()
    reader.warm()
    reader.warm()
    await reader.ready()
    await reader.read(TEXT, None, AT)
    assert gate.asked == 1


async def test_who_waits_for_the_model_has_it_at_the_first_message(gate: Gate) -> None:
    gate.open()
    reader = GuichetReader(Loading(gate))
    await reader.ready()
    assert (await reader.read(TEXT, None, AT)).intent is Intent.NUISANCE


async def test_a_model_that_cannot_come_leaves_the_rules_and_says_so() -> None:
    def broken() -> ModelReader:
        raise MemoryError("machin truc")

    reader = GuichetReader(Loading(broken))
    with capture_logs() as lines:
        await reader.ready()
    assert [line["event"] for line in lines] == ["reader.model_missing"]
    assert "machin" not in str(lines[0] | {"exc_info": None})
    assert await reader.read(TEXT, None, AT) == RulesReader().read(TEXT, asked=None, at=AT)


def test_the_log_says_when_the_model_reads() -> None:
    with capture_logs() as lines:
        assert opened() is not None
    assert [(line["event"], line["model"]) for line in lines] == [("reader.model_ready", "builtin")]


def test_the_log_says_in_one_line_why_a_model_does_not_read(tmp_path: Path) -> None:
    absent = tmp_path / ("x" * 300)
    with capture_logs() as lines:
        assert opened(ModelChoice(str(absent))) is None
    (line,) = lines
    assert line["event"] == "reader.model_missing"
    assert len(line["reason"]) <= 200


async def test_the_packaged_model_comes_on_its_thread() -> None:
    reader = GuichetReader(Loading(shipped), limit_s=30)
    await reader.ready()
    waiting = GuichetReader(limit_s=30)
    assert await reader.read(TEXT, None, AT) == await waiting.read(TEXT, None, AT)


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_of_the_settings_are_the_threads_of_the_network(threads: int) -> None:
    options = open_session(WEIGHTS / "model.onnx", threads).get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (threads, 1)


def test_two_threads_read_as_one_does() -> None:
    text = "trois jeunes vendent du shit tous les soirs devant le hall 12 rue Pasteur"
    one, two = TrainedReader(threads=1)(text, None, None), TrainedReader(threads=2)(text, None, None)
    assert [(e.type, e.start, e.end) for e in one.entities] == [(e.type, e.start, e.end) for e in two.entities]
    assert one.intent is two.intent


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (ModelChoice(), "builtin"),
        (ModelChoice("/srv/models/marin/"), "marin"),
        (ModelChoice("org/marin@0a1b"), "marin@0a1b"),
        (ModelChoice(folder=Path("/srv/own")), "own"),
    ],
)
def test_a_model_has_a_short_name_for_the_log(choice: ModelChoice, name: str) -> None:
    assert choice.name == name
