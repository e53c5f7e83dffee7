"""nio *returns* its errors and raises others: here both become the PlatformErrors of the house, by tables.

A lost answer is NotSent wherever a fixed transaction id makes another try harmless, and Uncertain where it does not
(a room is created without one). Messages never hold what the server or a person wrote: only codes and what we did.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from types import MappingProxyType
from typing import Any

import aiohttp
import nio
import vodozemac
from nio import exceptions as nio_exceptions
from nio import responses

from domain.errors import NotSent, PlatformError, Refused, RoleStopped, SlowDown, Uncertain

DEFAULT_PAUSE_S = 5.0
"""Wait after a 429 that names none (Synapse names one; proxies may not)."""


class Fault(Enum):
    """What an error asks of us."""

    STOP = "stop"
    SLOW = "slow"
    REFUSE = "refuse"
    RETRY = "retry"


ERRCODES: Mapping[str, tuple[Fault, str]] = MappingProxyType({
    "M_UNKNOWN_TOKEN": (Fault.STOP, "token_refused"),
    "M_MISSING_TOKEN": (Fault.STOP, "token_refused"),
    "M_USER_DEACTIVATED": (Fault.STOP, "account_deactivated"),
    "M_USER_LOCKED": (Fault.STOP, "account_locked"),
    "M_USER_SUSPENDED": (Fault.STOP, "account_suspended"),
    "ORG_MATRIX_EXPIRED_ACCOUNT": (Fault.STOP, "account_expired"),
    "M_LIMIT_EXCEEDED": (Fault.SLOW, "slow_down"),
    "M_FORBIDDEN": (Fault.REFUSE, "forbidden"),
    "M_NOT_FOUND": (Fault.REFUSE, "not_found"),
    "M_TOO_LARGE": (Fault.REFUSE, "too_long"),
    "M_UNRECOGNIZED": (Fault.REFUSE, "not_supported"),
    "M_BAD_JSON": (Fault.REFUSE, "malformed"),
    "M_NOT_JSON": (Fault.REFUSE, "malformed"),
    "M_INVALID_PARAM": (Fault.REFUSE, "malformed"),
    "M_MISSING_PARAM": (Fault.REFUSE, "malformed"),
    "M_DUPLICATE_ANNOTATION": (Fault.REFUSE, "already_marked"),
    "M_RESOURCE_LIMIT_EXCEEDED": (Fault.RETRY, "server_full"),
    "M_UNKNOWN": (Fault.RETRY, "server_error"),
})  # fmt: skip
"""Codes of the Matrix specification and of Synapse. A code that is not here is judged by its HTTP status.
ORG_MATRIX_EXPIRED_ACCOUNT: accounts with an end date (Tchap) answer it when their renewal was forgotten."""

MET: frozenset[type] = frozenset({
    responses.LoginError, responses.SyncError, responses.RoomSendError, responses.RoomGetStateError,
    responses.RoomGetStateEventError, responses.RoomGetEventError, responses.RoomPutStateError,
    responses.RoomRedactError, responses.RoomInviteError, responses.RoomCreateError, responses.JoinError,
    responses.RoomLeaveError, responses.RoomForgetError, responses.RoomMessagesError, responses.KeysUploadError,
    responses.KeysQueryError, responses.KeysClaimError, responses.UploadError, responses.DownloadError,
    responses.ShareGroupSessionError, responses.DevicesError, responses.DeleteDevicesError,
    responses.JoinedMembersError, responses.JoinedRoomsError, responses.ToDeviceError, responses.WhoamiError,
    responses.RoomKeyRequestError,
})  # fmt: skip
"""Answers of the calls that we make; `checked` raises them."""

NOT_MET: frozenset[type] = frozenset({
    responses.LogoutError, responses.RoomResolveAliasError, responses.RoomDeleteAliasError,
    responses.RoomPutAliasError, responses.RoomGetVisibilityError, responses.RoomEventRelationsError,
    responses.RoomThreadsError, responses.RoomTypingError, responses.UpdateReceiptMarkerError,
    responses.RoomReadMarkersError, responses.RoomKickError, responses.RoomBanError, responses.RoomUnbanError,
    responses.RoomKnockError, responses.SpaceGetHierarchyError, responses.GetOpenIDTokenError,
    responses.ContentRepositoryConfigError, responses.ThumbnailError, responses.UpdateDeviceError,
    responses.ProfileGetError, responses.ProfileGetDisplayNameError, responses.ProfileSetDisplayNameError,
    responses.ProfileGetAvatarError, responses.PresenceGetError, responses.PublicRoomsError,
    responses.PresenceSetError, responses.ProfileSetAvatarError, responses.DiscoveryInfoError,
    responses.RegisterInteractiveError, responses.LoginInfoError, responses.RoomContextError,
    responses.UploadFilterError, responses.SetPushRuleError, responses.DeletePushRuleError,
    responses.EnablePushRuleError, responses.SetPushRuleActionsError, responses.DeleteAliasError,
    responses.PutAliasError, responses.RoomUpdateAliasError, responses.RoomUpgradeError,
    responses.DirectRoomsErrorResponse, responses.RegisterErrorResponse, responses._ErrorWithRoomId,
})  # fmt: skip
"""Answers of calls that we never make. A class of nio in neither set fails tests/matrix/test_errors.py."""

CONNECTION: Mapping[type[BaseException], Fault] = MappingProxyType({
    aiohttp.ClientConnectorError: Fault.RETRY,
    aiohttp.InvalidURL: Fault.STOP,
})  # fmt: skip
"""Failures before the request left: certainly not done."""

LOST: tuple[type[BaseException], ...] = (aiohttp.ClientError, TimeoutError, asyncio.TimeoutError, ConnectionError)
"""The request may have been carried out; its answer is lost."""

CRYPTO: tuple[type[BaseException], ...] = (
    nio_exceptions.ProtocolError,
    nio_exceptions.OlmTrustError,
    nio_exceptions.VerificationError,
    nio_exceptions.EncryptionError,
    nio_exceptions.GroupEncryptionError,
    nio_exceptions.TransferCancelledError,
    vodozemac.DecodeException,
    vodozemac.KeyException,
    vodozemac.OlmEncryptionException,
    vodozemac.OlmDecryptionException,
    vodozemac.MegolmDecryptionException,
    vodozemac.SessionCreationException,
    vodozemac.SessionKeyDecodeException,
    vodozemac.SignatureException,
    vodozemac.PickleException,
    vodozemac.SasException,
)
"""nio or its cryptography could not do it now: nothing left, another try after the next sync may succeed."""


def fault(errcode: str | None, status: int | None, retry_after_ms: int | None, doing: str) -> PlatformError:
    """The error of the house for an answer of the server. doing: what we asked, for the message ("room.send")."""
    kind, reason = ERRCODES.get(errcode or "", by_status(status))
    text = f"{doing}: the server answered {errcode or 'no code'} ({status or 'no status'})"
    if kind is Fault.STOP:
        return RoleStopped(f"{text}; the Matrix role stops until an operator has looked ({reason})")
    if kind is Fault.SLOW:
        return SlowDown(text, retry_after_ms / 1000 if retry_after_ms else DEFAULT_PAUSE_S, everyone=True)
    return Refused(text, reason) if kind is Fault.REFUSE else NotSent(text)


def by_status(status: int | None) -> tuple[Fault, str]:
    """How an answer without a code that we know is judged."""
    if status == 429:
        return Fault.SLOW, "slow_down"
    if status == 401:
        return Fault.STOP, "token_refused"
    if status is not None and 400 <= status < 500:
        return Fault.REFUSE, "rejected"
    return Fault.RETRY, "server_error"


def checked(response: Any, doing: str) -> Any:  # Any: nio has no usable types
    """`response`, when it is not an error; raises the error of the house otherwise."""
    if not isinstance(response, nio.ErrorResponse):
        return response
    status = getattr(response.transport_response, "status", None)
    raise fault(response.status_code, status, response.retry_after_ms, doing)


@contextmanager
def house_errors(doing: str, *, repeatable: bool = True) -> Iterator[None]:
    """What nio, aiohttp or vodozemac raise inside becomes a PlatformError.

    repeatable: another try cannot do the thing twice; a lost answer is then NotSent, else Uncertain.
    """
    try:
        yield
    except tuple(CONNECTION) as error:
        raise _not_reached(error, doing) from None
    except LOST as error:
        kind = NotSent if repeatable else Uncertain
        raise kind(f"{doing}: the answer was lost ({type(error).__name__})") from None
    except CRYPTO as error:
        raise NotSent(f"{doing}: not possible yet ({type(error).__name__})") from None


def _not_reached(error: BaseException, doing: str) -> PlatformError:
    kind = next(kind for source, kind in CONNECTION.items() if isinstance(error, source))
    if kind is Fault.STOP:
        return RoleStopped(f"{doing}: the address of the homeserver is not a usable one")
    return NotSent(f"{doing}: the server cannot be reached")
