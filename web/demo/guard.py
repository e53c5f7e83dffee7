"""Keeps the demonstration on this machine: other hosts, other sites and forged names are turned away."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_READING = frozenset({"GET", "HEAD"})


class LoopbackOnly:
    """Answers only requests made on this machine, to a name of this machine, by pages of this machine.

    The Host check stops DNS rebinding, the Origin check stops other sites' forms and scripts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http" or _is_ours(scope):
            await self._app(scope, receive, send)
            return
        refusal = PlainTextResponse("Cette page ne répond qu'à cette machine.", status_code=403)
        await refusal(scope, receive, send)


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    return _is_loopback_client(scope) and _hostname(f"//{host}") in LOOPBACK and _is_same_site(scope, headers, host)


def _is_loopback_client(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and (client[0] in LOOPBACK or client[0].startswith("127."))


def _is_same_site(scope: Scope, headers: Headers, host: str) -> bool:
    """Browsers name the asking site; a form of a no-referrer page says "Origin: null", so Sec-Fetch-Site decides."""
    site = headers.get("sec-fetch-site")
    if scope["method"] in _READING:
        return site in (None, "none", "same-origin")
    return site == "same-origin" or (site is None and headers.get("origin") == f"http://{host}")


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
