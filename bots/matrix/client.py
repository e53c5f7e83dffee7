"""The nio client as we use it: one try per request, our own pickle key, and walls against malformed messages.

Three verification messages that nobody asked for end the sync loop of a plain nio client, and any exception inside its
handling of one event loses the rest of that sync. Whatever a person sends must cost that one event only.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from nio import Api, AsyncClient, AsyncClientConfig, KeysUploadResponse, KeyVerificationEvent

from bots.matrix.errors import fault, house_errors
from bots.matrix.settings import MatrixSettings

log = structlog.get_logger(__name__)

NOISY = ("nio", "peewee", "aiohttp", "aiohttp_socks")
"""nio prints whole malformed events, with what people wrote in them."""

V3 = "/_matrix/client/v3"


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """The answer of a call that nio does not know."""

    status: int
    body: dict[str, Any]  # Any: JSON

    @property
    def errcode(self) -> str | None:
        """The Matrix code of an error, None when there is none."""
        code = self.body.get("errcode")
        return code if isinstance(code, str) else None


class HouseClient(AsyncClient):  # type: ignore[misc]  # nio has no usable types
    """A nio client that one bad event cannot stop, and that notices key changes while a key query is under way."""

    changed_since_query: set[str]

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: passed on to nio as they are
        super().__init__(*args, **options)
        self.changed_since_query = set()

    def _handle_decrypt_to_device(self, to_device_event: Any) -> Any:  # Any: nio's own types
        if isinstance(to_device_event, KeyVerificationEvent):  # nio's own dialogue fits no client; ours answers
            return None
        try:
            # all or nothing: nio saves the used-up one-time key, the new session and the room key one by one, and a
            # kill in between leaves a message that can never be read, by us or again by its sender's means
            with self.store.database.atomic():
                return super()._handle_decrypt_to_device(to_device_event)
        except Exception as error:  # one event of a stranger must not stop the loop
            log.warning("matrix.to_device_refused", error=type(error).__name__)
            return None

    def get_missing_sessions(self, room_id: str) -> dict[str, list[str]]:
        """None: KeyCare claims before it shares, and leaves dead devices alone; nio would ask for them each time."""
        return {}

    async def keys_upload(self) -> Any:  # Any: nio's own types
        """As nio's, but the private halves are saved before the server hands out the public ones."""
        keys = self.olm.share_keys()
        self.olm.save_account()
        return await self._send(KeysUploadResponse, *Api.keys_upload(self.access_token, keys))

    def _handle_timeline_event(self, event: Any, *rest: Any) -> Any:  # Any: nio's own types
        try:
            return super()._handle_timeline_event(event, *rest)
        except Exception as error:  # as above
            log.warning("matrix.event_refused", error=type(error).__name__)
            return None

    def _handle_messages_response(self, response: Any) -> None:  # Any: nio's own types
        try:
            super()._handle_messages_response(response)
        except Exception as error:  # as above
            log.warning("matrix.page_refused", error=type(error).__name__)

    async def _collect_key_requests(self) -> None:
        """Nobody gets keys on demand: the guarded send gives them to every device of the room beforehand."""
        self.olm.received_key_requests.clear()

    def _handle_olm_events(self, response: Any) -> None:  # Any: nio's own types
        super()._handle_olm_events(response)
        self.changed_since_query.update(response.device_list.changed)
        if response.device_key_count.signed_curve25519 == 0:
            # nio ignores a count of 0: without one-time keys no officer's new device could write to us
            self.olm.uploaded_key_count = 0


def silence_libraries() -> None:
    """nio and its kin write no log line any more."""
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def new_client(settings: MatrixSettings, pickle_key: str) -> HouseClient:
    """A client that is not logged in yet. Its crypto store lies in `settings.store_path`."""
    settings.store_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = AsyncClientConfig(
        store_sync_tokens=False,
        pickle_key=pickle_key,
        max_timeouts=0,  # a request is never repeated behind our back: rooms have no transaction id
        max_limit_exceeded=0,
        request_timeout=settings.request_timeout.total_seconds(),
    )
    return HouseClient(settings.homeserver, settings.user_id, store_path=str(settings.store_path), config=config)


def close_crypto_store(client: HouseClient) -> None:
    """The files of the crypto store are closed."""
    if client.store is not None:
        client.store.database.close()


async def raw_call(client: HouseClient, method: str, path: str, body: Mapping[str, Any] | None = None) -> RawAnswer:
    """The answer of a call under /_matrix/client/v3, errors included; raises when the server cannot be reached."""
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body)
    with house_errors(path):
        answer = await client.send(method, V3 + path, data, headers)
        return RawAnswer(answer.status, await client.parse_body(answer))


def done(answer: RawAnswer, doing: str) -> dict[str, Any]:  # Any: JSON
    """The body of a raw call that succeeded; raises the error of the house otherwise."""
    if answer.status == 200:
        return answer.body
    retry = answer.body.get("retry_after_ms")
    raise fault(answer.errcode, answer.status, retry if isinstance(retry, int) else None, doing)
