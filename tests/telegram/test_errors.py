"""Every fault of the libraries has one meaning in the house."""

import warnings
from collections.abc import Iterator

import httpx
import pytest
from telegram import error as ptb

from bots.telegram.errors import HTTPX_FAULTS, TELEGRAM_FAULTS, FloodWait, ServerFault, nearest, told, translated
from domain.errors import Blocked, NotSent, PlatformError, Refused, RoleStopped, SlowDown, Uncertain

OURS = {FloodWait, ServerFault}


def descendants(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_no_error_class_of_the_library_is_forgotten() -> None:
    exported = {getattr(ptb, name) for name in ptb.__all__}
    made_there = {kind for kind in descendants(ptb.TelegramError) if kind.__module__.startswith("telegram.")}
    assert set(TELEGRAM_FAULTS) == exported | made_there | OURS


def test_no_error_class_of_httpx_is_forgotten() -> None:
    known = [kind for kind in descendants(httpx.HTTPError) if kind.__module__.startswith("httpx")]
    leaves = {kind for kind in known if not kind.__subclasses__()}
    assert leaves == set(HTTPX_FAULTS)


def because_of(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def retry_after() -> ptb.RetryAfter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ptb.RetryAfter(7)


MEANINGS: list[tuple[Exception, type[PlatformError]]] = [
    (FloodWait(3), SlowDown),
    (retry_after(), SlowDown),
    (ptb.Forbidden("Forbidden: bot was blocked by the user"), Blocked),
    (ptb.Forbidden("Forbidden: user is deactivated"), Blocked),
    (ptb.BadRequest("Chat not found"), Blocked),
    (ptb.BadRequest("PEER_ID_INVALID"), Blocked),
    (ptb.BadRequest("Message is too long"), Refused),
    (ptb.BadRequest("Message to delete not found"), Refused),
    (ptb.BadRequest("anything new"), Refused),
    (ptb.ChatMigrated(5), Refused),
    (ptb.Conflict("terminated by other getUpdates request"), RoleStopped),
    (ptb.InvalidToken(), RoleStopped),
    (ptb.TelegramError("Invalid server response"), Uncertain),
    (ServerFault(500), Uncertain),
    (ServerFault(502), NotSent),
    (ServerFault(503), NotSent),
    (ServerFault(504), Uncertain),
    (ptb.NetworkError("no cause known"), Uncertain),
    (because_of(ptb.NetworkError("x"), RuntimeError("y")), Uncertain),
    (because_of(ptb.TimedOut(), httpx.ConnectTimeout("x")), NotSent),
    (because_of(ptb.TimedOut(), httpx.PoolTimeout("x")), NotSent),
    (because_of(ptb.TimedOut(), httpx.ReadTimeout("x")), Uncertain),
    (because_of(ptb.TimedOut(), httpx.WriteTimeout("x")), Uncertain),
    (because_of(ptb.NetworkError("x"), httpx.ConnectError("x")), NotSent),
    (because_of(ptb.NetworkError("x"), httpx.ReadError("x")), Uncertain),
    (because_of(ptb.NetworkError("x"), httpx.RemoteProtocolError("x")), Uncertain),
]


@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=range(len(MEANINGS)))
def test_what_each_fault_means(error: ptb.TelegramError, meaning: type[PlatformError]) -> None:
    assert type(translated(error)) is meaning


def test_a_refusal_bears_a_key_not_a_text() -> None:
    fault = translated(ptb.BadRequest("Message is too long: CANARI"))
    assert isinstance(fault, Refused)
    assert fault.reason == "too_long"
    assert "CANARI" not in str(fault)


def test_the_nearest_ancestor_decides() -> None:
    class NewKind(ptb.BadRequest):
        pass

    assert type(translated(NewKind("chat not found"))) is Blocked
    assert nearest({Exception: 1, ValueError: 2}, UnicodeError, 0) == 2
    assert nearest({ValueError: 2}, KeyError, 0) == 0


async def test_nothing_of_the_librarys_error_hangs_on_ours() -> None:
    """A traceback prints causes and contexts, and the library's may hold the token."""

    async def fails() -> None:
        raise ptb.InvalidToken("the token 123:CANARI was rejected")

    with pytest.raises(RoleStopped) as caught:
        await told(fails())
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "CANARI" not in str(caught.value)
