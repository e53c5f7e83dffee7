"""Shapes shared by the server's modules: JSON as it travels, and the one error the API answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]  # Any: JSON as on the wire, checked by telegram.Update.de_json in the tests
Args = Mapping[str, Any]  # Any: parameters already read by catalogue.read


@dataclass(frozen=True)
class Upload:
    """A file as a multipart form carries it."""

    filename: str
    content: bytes
    mime_type: str


class ApiError(Exception):
    """An answer `{"ok": false}`: HTTP status, description, and seconds to wait for a 429."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def envelope(self) -> Json:
        """The body that goes with this error."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(why: str) -> ApiError:
    """A 400 as the Bot API words it: the reason starts in lower case unless it is a CODE_IN_CAPITALS."""
    is_code = len(why) > 1 and (why[1] == "_" or why[1].isupper())
    return ApiError(400, f"Bad Request: {why if is_code else why[:1].lower() + why[1:]}")


def not_modelled(what: str) -> ApiError:
    """A 400 of our own: Telegram knows `what`, this server does not; better a refusal than a guess."""
    return ApiError(400, f"Bad Request: telegram_server does not model {what}")


def conflict(why: str) -> ApiError:
    """A 409: two readers of one bot, or polling beside a webhook."""
    return ApiError(409, f"Conflict: {why}")


def too_many_requests(retry_after: int) -> ApiError:
    """A 429 with the wait that Telegram asks for."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
