"""The desk's cookies, and the marks of its forms: a form counts only with the mark of the visitor's own cookie."""

import hmac
from hashlib import sha256
from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import Response


class DeskCookies:
    """The session's cookie and the sign-in form's. is_secure: False only on this machine (http)."""

    def __init__(self, *, is_secure: bool) -> None:
        self._is_secure = is_secure
        prefix = "__Host-" if is_secure else ""
        self._session = f"{prefix}guichet-desk"
        self._form = f"{prefix}guichet-form"

    def session(self, request: Request) -> str:
        """The session's token, "" when there is none."""
        return request.cookies.get(self._session, "")

    def open_session(self, response: Response, token: str) -> None:
        """The browser bears this session until it is closed."""
        self._set(response, self._session, token)
        response.delete_cookie(self._form, secure=self._is_secure, httponly=True, samesite="strict")

    def drop(self, response: Response) -> None:
        """The browser forgets the session and whatever else of ours it holds."""
        response.delete_cookie(self._session, secure=self._is_secure, httponly=True, samesite="strict")
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'

    def form(self, request: Request) -> str:
        """What the sign-in form is tied to, "" when there is nothing."""
        return request.cookies.get(self._form, "")

    def start_form(self, response: Response) -> str:
        """A new form cookie; its secret."""
        secret = token_urlsafe(32)
        self._set(response, self._form, secret)
        return secret

    def _set(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(name, value, secure=self._is_secure, httponly=True, samesite="strict", path="/")


def form_mark(secret: str) -> str:
    """The hidden field of a form shown to the bearer of this secret."""
    return hmac.new(secret.encode(), b"guichet form", sha256).hexdigest()


def is_own_form(secret: str, mark: str) -> bool:
    """Whether this mark was made for that secret; never for an empty one."""
    return bool(secret) and hmac.compare_digest(form_mark(secret), mark)
