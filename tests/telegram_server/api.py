"""The Bot API without the network: a method and its values go in, a reply comes out."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import catalogue
from .bell import Bell
from .clock import Clock
from .faults import Fault, FaultPlan, FloodGate, suffer
from .forms import Values
from .shapes import ApiError, Args, Json, Upload, not_modelled, too_many_requests
from .updates import UpdateQueue
from .webhook import Webhook
from .wire import Reply
from .world import World

TALKING = {"forwardMessage", "copyMessage"}
Answer = Any  # Any: a JSON result, or an awaitable of one
Method = Callable[["BotApi", Args], Answer]


@dataclass
class Call:
    """One call of the bot: `code` is 200, an error code, or None while it is being served."""

    seq: int
    at: float
    method: str
    chat_id: int | str | None
    params: Json
    code: int | None = None
    description: str = ""
    fault: str = ""

    def wire(self) -> Json:
        """The call for the control endpoint."""
        return dict(vars(self))


@dataclass
class Settings:
    """What a test may change about the server.

    query_lifetime_s: how long a tap can be answered (not published; about a minute in reports).
    webhook_retry_s, webhook_retry_max_s: first wait after a refused push, doubled up to the second.
    insists_on_https: as Telegram's own servers; a local Bot API server takes plain http, any port.
    """

    query_lifetime_s: float = 60.0
    webhook_retry_s: float = 0.05
    webhook_retry_max_s: float = 1.0
    insists_on_https: bool = False


@dataclass
class Profile:
    """What the bot says about itself: commands by scope and language, texts by kind and language."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)


class BotApi:
    """One bot and its far side."""

    def __init__(self, token: str, bot: Json, methods: Mapping[str, Method]) -> None:
        self.token = token
        self.clock = Clock()
        self.bell = Bell()
        self.world = World(bot, self.clock, self.bell)
        self.updates = UpdateQueue(self.clock, self.bell)
        self.settings = Settings()
        self.profile = Profile()
        self.faults = FaultPlan()
        self.flood = FloodGate()
        self.calls: list[Call] = []
        self.answered: Counter[tuple[str, int | str | None]] = Counter()
        self.webhook = Webhook(self.updates, self.clock, self.settings, self.bell)
        self._methods = methods

    def serve(self, name: str, values: Values) -> Reply | Awaitable[Reply]:
        """The reply to one call; an awaitable only where something has to be waited for."""
        method = catalogue.CANONICAL.get(name.lower())
        if method is None:
            return envelope_of(_unknown(name))
        call = self._record(method, values)
        fault = self.faults.next_for(method, call.chat_id)
        if fault is not None:
            return self._hit(fault, call, values)
        try:
            result = self._methods[method](self, self._admitted(call, values))
        except ApiError as error:
            return self._failed(call, error)
        if asyncio.iscoroutine(result):
            return self._later(call, result)
        return self._done(call, result)

    def _record(self, method: str, values: Values) -> Call:
        chat = _maybe_int(values.get("chat_id"))
        shown = {k: _shown(v) for k, v in values.items()}
        call = Call(len(self.calls) + 1, self.clock.now(), method, chat, shown)
        self.calls.append(call)
        self.bell.ring()
        return call

    def _admitted(self, call: Call, values: Values) -> dict[str, Any]:
        args = catalogue.read(call.method, values)
        talks = call.method in TALKING or call.method.startswith("send")
        if talks and call.method != "sendChatAction" and isinstance(args["chat_id"], int):
            wait_s = self.flood.admit(args["chat_id"], self.clock.now())
            if wait_s is not None:
                raise too_many_requests(wait_s)
        return args

    async def _hit(self, fault: Fault, call: Call, values: Values) -> Reply:
        call.fault = fault.kind.value

        async def work() -> Reply:
            try:
                result = self._methods[call.method](self, self._admitted(call, values))
            except ApiError as error:
                return self._failed(call, error)
            if asyncio.iscoroutine(result):
                return await self._later(call, result)
            return self._done(call, result)

        try:
            return await suffer(fault, work)
        except ApiError as error:
            return self._failed(call, error)

    async def _later(self, call: Call, result: Awaitable[Any]) -> Reply:
        try:
            return self._done(call, await result)
        except ApiError as error:
            return self._failed(call, error)

    def recall(self, call: Call) -> None:
        """A call of an earlier life of this server is known again."""
        self.calls.append(call)
        self._count(call)

    def _close(self, call: Call, code: int) -> None:
        call.code = code
        self._count(call)
        self.bell.ring()

    def _count(self, call: Call) -> None:
        self.answered[call.method, None] += 1
        if call.chat_id is not None:
            self.answered[call.method, call.chat_id] += 1

    def _done(self, call: Call, result: object) -> Reply:
        self._close(call, 200)
        return Reply(200, _encoded({"ok": True, "result": result}))

    def _failed(self, call: Call, error: ApiError) -> Reply:
        call.description = error.description
        self._close(call, error.code)
        return envelope_of(error)


def envelope_of(error: ApiError) -> Reply:
    """The HTTP reply of an API error: status and error_code are the same number."""
    return Reply(error.code, _encoded(error.envelope()))


def _encoded(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def _unknown(name: str) -> ApiError:
    if name.lower() in NOT_MODELLED:
        return not_modelled(f"the method {name}")
    return ApiError(404, "Not Found: method not found")


def _maybe_int(raw: object) -> int | str | None:
    try:
        return None if raw is None else int(str(raw))
    except ValueError:
        return str(raw)


def _shown(value: object) -> object:
    if isinstance(value, Upload):
        return {"filename": value.filename, "size_bytes": len(value.content)}
    return value


NOT_MODELLED = {
    name.lower()
    for name in [
        "sendPoll",
        "stopPoll",
        "sendSticker",
        "sendGame",
        "sendInvoice",
        "sendPaidMedia",
        "sendGift",
        "sendChecklist",
        "sendLivePhoto",
        "sendMessageDraft",
        "copyMessages",
        "forwardMessages",
        "editMessageMedia",
        "editMessageLiveLocation",
        "stopMessageLiveLocation",
        "editMessageChecklist",
        "answerInlineQuery",
        "answerPreCheckoutQuery",
        "answerShippingQuery",
        "answerWebAppQuery",
        "getUserProfilePhotos",
        "getChatMember",
        "getChatMemberCount",
        "getChatAdministrators",
        "leaveChat",
        "banChatMember",
        "unbanChatMember",
        "setMyDefaultAdministratorRights",
        "getMyDefaultAdministratorRights",
        "setMyProfilePhoto",
        "removeMyProfilePhoto",
        "getStickerSet",
        "getBusinessConnection",
    ]
}
