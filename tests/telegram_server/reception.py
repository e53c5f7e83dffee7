"""Methods by which the bot receives: getUpdates and the webhook."""

import re
from urllib.parse import urlsplit

from .api import Answer, BotApi
from .shapes import Args, Json, bad_request, conflict

LONG_POLL_MAX_S = 50.0
_SECRET = re.compile(r"[A-Za-z0-9_-]+")
_HTTPS_PORTS = (443, 80, 88, 8443)


async def get_updates(api: BotApi, args: Args) -> list[Json]:
    """Unconfirmed updates, at once or when one arrives."""
    if api.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    offset, limit = args.get("offset", 0), _clamped(args.get("limit", 100), 1, 100)
    api.updates.allow(args.get("allowed_updates"))
    api.updates.confirm(offset)
    timeout_s = _clamped(args.get("timeout", 0), 0, LONG_POLL_MAX_S)
    if timeout_s and not api.updates.pending:
        await api.updates.wait(timeout_s)
        api.updates.confirm(max(offset, 0))
    return api.updates.batch(int(limit))


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def set_webhook(api: BotApi, args: Args) -> Answer:
    """The address takes the updates; an empty one is the same as deleteWebhook."""
    if not args["url"]:
        return delete_webhook(api, args)
    _check_url(args["url"], insists_on_https=api.settings.insists_on_https)
    secret = args.get("secret_token", "")
    _check_secret(secret)
    if args.get("drop_pending_updates"):
        api.updates.drop_all()
    api.updates.allow(args.get("allowed_updates"))
    api.updates.interrupt("terminated by setWebhook request")
    connections = int(_clamped(args.get("max_connections", 40), 1, 100))
    api.webhook.set(args["url"], secret, connections, args.get("ip_address", ""))
    return True


def _check_url(url: str, *, insists_on_https: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid URL specified")
    if not insists_on_https:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _HTTPS_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


def delete_webhook(api: BotApi, args: Args) -> Answer:
    """Nothing is pushed; updates wait for getUpdates."""
    if args.get("drop_pending_updates"):
        api.updates.drop_all()
    api.webhook.unset()
    return True


def get_webhook_info(api: BotApi, args: Args) -> Answer:
    """The registered address and its last fault."""
    return api.webhook.info()
