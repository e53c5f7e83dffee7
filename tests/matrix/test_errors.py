"""Every error of nio, vodozemac and aiohttp has its place in the tables, and the tables say the right thing."""

import inspect
from collections.abc import Iterator

import aiohttp
import nio
import pytest
import vodozemac
from nio import exceptions, responses

from bots.matrix.errors import CRYPTO, DEFAULT_PAUSE_S, MET, NOT_MET, checked, fault, house_errors
from domain.errors import NotSent, PlatformError, Refused, RoleStopped, SlowDown, Uncertain


def below(root: type) -> Iterator[type]:
    for child in root.__subclasses__():
        yield child
        yield from below(child)


def test_every_error_response_of_nio_has_its_place() -> None:
    """When nio grows a new error class, decide whether we meet it."""
    assert set(below(responses.ErrorResponse)) == MET | NOT_MET
    assert not MET & NOT_MET


@pytest.mark.parametrize("library", [exceptions, vodozemac])
def test_every_exception_of_the_cryptography_is_caught(library: object) -> None:
    """When nio or vodozemac grows a new exception, decide what it means. Two formats that we never use are left out."""
    unused = {"LibolmPickleException", "PkInvalidKeySizeException", "PkDecodeException"}
    found = [one for _, one in inspect.getmembers(library, inspect.isclass) if issubclass(one, Exception)]
    missing = [one.__name__ for one in found if not issubclass(one, CRYPTO) and one.__name__ not in unused]
    assert missing == []


@pytest.mark.parametrize(
    ("errcode", "status", "kind"),
    [
        ("M_UNKNOWN_TOKEN", 401, RoleStopped),
        ("M_USER_DEACTIVATED", 403, RoleStopped),
        ("ORG_MATRIX_EXPIRED_ACCOUNT", 403, RoleStopped),
        (None, 401, RoleStopped),
        ("M_LIMIT_EXCEEDED", 429, SlowDown),
        (None, 429, SlowDown),
        ("M_FORBIDDEN", 403, Refused),
        ("M_TOO_LARGE", 413, Refused),
        ("M_NEW_CODE_OF_TOMORROW", 400, Refused),
        ("M_UNKNOWN", 500, NotSent),
        (None, 502, NotSent),
        ("M_NEW_CODE_OF_TOMORROW", 503, NotSent),
        (None, None, NotSent),
    ],
)
def test_answers_become_errors_of_the_house(errcode: str | None, status: int | None, kind: type[PlatformError]) -> None:
    assert type(fault(errcode, status, None, "room.send")) is kind


def test_a_pause_is_the_one_that_the_server_names() -> None:
    """In seconds; a default when it names none."""
    named, unnamed = fault("M_LIMIT_EXCEEDED", 429, 1500, "x"), fault("M_LIMIT_EXCEEDED", 429, None, "x")
    assert isinstance(named, SlowDown)
    assert isinstance(unnamed, SlowDown)
    assert (named.retry_after_s, unnamed.retry_after_s) == (1.5, DEFAULT_PAUSE_S)


def test_messages_hold_nothing_of_the_server_or_the_writer() -> None:
    """Only codes: a server's error text may quote what was sent."""
    response = nio.RoomSendError("le témoin a dit CANARI", "M_FORBIDDEN")
    with pytest.raises(Refused) as refused:
        checked(response, "room.send")
    assert "CANARI" not in str(refused.value)
    with pytest.raises(NotSent) as lost, house_errors("room.send"):
        raise aiohttp.ServerDisconnectedError("CANARI")
    assert "CANARI" not in str(lost.value)
    assert lost.value.__suppress_context__


def test_lost_answers_are_uncertain_only_where_a_repeat_would_double() -> None:
    """A message has a transaction id, a room has none; a refused connection is certain in both cases."""
    with pytest.raises(NotSent), house_errors("room.send"):
        raise TimeoutError
    with pytest.raises(Uncertain), house_errors("room.create", repeatable=False):
        raise aiohttp.ServerDisconnectedError
    refused = aiohttp.ClientConnectorError(connection_key=None, os_error=OSError(111, "refused"))  # type: ignore[arg-type]
    with pytest.raises(NotSent), house_errors("room.create", repeatable=False):
        raise refused
    with pytest.raises(NotSent), house_errors("room.send"):
        raise nio.LocalProtocolError("no such room")
