"""The test's side of the server: commands by name, the same in-process and under /_control/."""

import asyncio
import base64
from collections.abc import Callable, Mapping
from typing import Any

from . import acts
from .api import BotApi
from .faults import Fault, FloodRule, Kind
from .shapes import ApiError, Json

Command = Callable[[BotApi, Json], Any]  # Any: JSON, or an awaitable of it


class Refused(Exception):
    """The command can't be carried out; the message says why."""


def _post(api: BotApi, p: Json) -> Json:
    return acts.post(api, p["user"], p["content"], p.get("reply_to"))


def _post_many(api: BotApi, p: Json) -> int:
    for user, text in p["said"]:
        acts.post(api, user, {"text": text}, None)
    return len(p["said"])


def _edit(api: BotApi, p: Json) -> Json:
    return acts.edit(api, p["user"], p["message_id"], p["content"])


def _tap(api: BotApi, p: Json) -> str:
    return acts.tap(api, p["user"], p["message_id"], p["button"], stale=p["stale"])


def _file(api: BotApi, p: Json) -> Json:
    return acts.file(api, p["kind"], base64.b64decode(p["data"]), p["facts"])


def _read_file(api: BotApi, p: Json) -> str:
    return base64.b64encode(api.world.files.by_id[p["file_id"]].content).decode()


def _messages(api: BotApi, p: Json) -> list[Json]:
    stored = api.world.messages.get(p["chat_id"], {}).values()
    return [
        {"message": s.wire, "is_from_bot": s.is_from_bot, "edits": len(s.earlier)} for s in stored if not s.is_deleted
    ]


async def _journal(api: BotApi, p: Json) -> list[Json]:
    chat_id, after = p.get("chat_id"), p["after"]
    return await api.bell.until(lambda: api.world.lines(chat_id, after), p["timeout_s"])


_CONDITIONS: Mapping[str, Callable[[BotApi, Json], object]] = {
    "called": lambda api, p: api.answered[p["method"], p["chat_id"]] >= p["count"],
    "polling": lambda api, p: api.updates.is_polled,
    "confirmed": lambda api, p: not api.updates.pending,
    "push_failed": lambda api, p: api.webhook.last_error,
}


async def _until(api: BotApi, p: Json) -> bool:
    holds = _CONDITIONS[p["what"]]
    if not await api.bell.until(lambda: bool(holds(api, p)), p["timeout_s"]):
        raise Refused(f"waited {p['timeout_s']} s for the bot: {p['what']}")
    return True


def _calls(api: BotApi, p: Json) -> list[Json]:
    method, chat_id = p.get("method"), p.get("chat_id")
    return [
        call.wire()
        for call in api.calls[p.get("after", 0) :]
        if method in (None, call.method)
        and chat_id in (None, call.chat_id)
        and (call.code is not None or not p.get("answered"))
    ]


def _add_fault(api: BotApi, p: Json) -> None:
    api.faults.add(Fault(**{**p, "kind": Kind(p["kind"])}))


def _set_flood(api: BotApi, p: Json) -> None:
    api.flood.rule = FloodRule(**p["rule"]) if p["rule"] else None


def _set(api: BotApi, p: Json) -> None:
    for name, value in p.items():
        if not hasattr(api.settings, name):
            raise Refused(f"no setting {name!r}")
        setattr(api.settings, name, value)


def _pending(api: BotApi, p: Json) -> list[Json]:
    api.updates.expire()
    return api.updates.batch(len(api.updates.pending))


def _profile(api: BotApi, p: Json) -> Json:
    return {
        "commands": api.profile.commands,
        "texts": api.profile.texts,
        "menu_buttons": api.profile.menu_buttons,
    }


def _status(api: BotApi, p: Json) -> Json:
    return {
        "now": api.clock.now(),
        "calls": len(api.calls),
        "journal": len(api.world.journal),
        "pending": len(api.updates.pending),
        "flood_refused": api.flood.refused,
        "webhook": api.webhook.info(),
    }


COMMANDS: Mapping[str, Command] = {
    "post": _post,
    "post_many": _post_many,
    "edit": _edit,
    "tap": _tap,
    "join": lambda api, p: acts.join(api, p["user"]).chat,
    "erase": lambda api, p: acts.erase(api, p["user"], p["message_id"]),
    "react": lambda api, p: acts.react(api, p["user"], p["message_id"], p["emoji"]),
    "block": lambda api, p: acts.block(api, p["user"], is_blocked=True),
    "unblock": lambda api, p: acts.block(api, p["user"], is_blocked=False),
    "deactivate": lambda api, p: acts.deactivate(api, p["user"]),
    "file": _file,
    "read_file": _read_file,
    "messages": _messages,
    "journal": _journal,
    "until": _until,
    "calls": _calls,
    "add_fault": _add_fault,
    "clear_faults": lambda api, p: api.faults.clear(),
    "set_flood": _set_flood,
    "set": _set,
    "advance": lambda api, p: api.clock.advance(p["seconds"]),
    "freeze": lambda api, p: api.clock.freeze(p.get("at")),
    "pending": _pending,
    "profile": _profile,
    "status": _status,
}


async def command(api: BotApi, name: str, payload: Json) -> Any:
    """The command's JSON answer; Refused when it is unknown, badly formed, or impossible."""
    if name not in COMMANDS:
        raise Refused(f"no command {name!r}; there are {sorted(COMMANDS)}")
    try:
        result = COMMANDS[name](api, payload)
        return await result if asyncio.iscoroutine(result) else result
    except acts.Impossible as fault:
        raise Refused(str(fault)) from fault
    except ApiError as fault:
        raise Refused(fault.description) from fault
    except (KeyError, TypeError, ValueError) as fault:
        raise Refused(f"{name}: {type(fault).__name__}: {fault}") from fault
