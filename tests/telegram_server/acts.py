"""What people do, turned into updates for the bot."""

import math
from collections.abc import Callable

from .api import BotApi
from .entities import MAX_CAPTION, MAX_TEXT, found_in
from .files import image_size
from .shapes import Json
from .world import Person, Query, Stored


class Impossible(Exception):
    """A person can't do that: no such message, no such button, the bot is blocked."""


def join(api: BotApi, user: Json) -> Person:
    """The account exists, with these fields."""
    person = api.world.people.get(user["id"])
    if person is None:
        person = api.world.people[user["id"]] = Person(user)
    person.user = user
    return person


def _active(api: BotApi, user: Json) -> Person:
    person = join(api, user)
    if person.is_deactivated:
        raise Impossible("the account is deactivated")
    if person.has_blocked:
        raise Impossible("the bot is blocked; unblock it first")
    return person


def _own(api: BotApi, chat_id: int, message_id: int) -> Stored:
    stored = api.world.message(chat_id, message_id)
    if stored is None:
        raise Impossible(f"no message {message_id} in this chat")
    return stored


def _now(api: BotApi) -> int:
    return math.floor(api.clock.now())


def _with_entities(content: Json) -> Json:
    """The content with the entities that Telegram finds in its text or caption."""
    if len(content.get("text", "")) > MAX_TEXT or len(content.get("caption", "")) > MAX_CAPTION:
        raise Impossible("a telephone cuts longer texts into several messages")
    found: Json = {}
    for text, entities in (("text", "entities"), ("caption", "caption_entities")):
        if text in content and (seen := found_in(content[text])):
            found[entities] = seen
    return {**content, **found}


def post(api: BotApi, user: Json, content: Json, reply_to: int | None) -> Json:
    """The person's message is in the chat and, as an update, in the queue."""
    person = _active(api, user)
    person.has_started = True
    wire: Json = {
        "message_id": api.world.take_message_id(),
        "from": user,
        "chat": person.chat,
        "date": _now(api),
        **_with_entities(content),
    }
    if reply_to is not None:
        original = _own(api, user["id"], reply_to).wire
        wire["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
    api.world.keep(wire, is_from_bot=False)
    api.world.note("said", user["id"], message=wire)
    api.updates.add("message", user["id"], wire)
    return wire


def edit(api: BotApi, user: Json, message_id: int, content: Json) -> Json:
    """The person's message reads differently, and the bot gets an edited_message."""
    _active(api, user)
    stored = _own(api, user["id"], message_id)
    if stored.is_from_bot:
        raise Impossible("people edit their own messages only")
    edited = {**stored.wire, **_with_entities(content), "edit_date": _now(api)}
    stored.earlier.append(stored.wire)
    stored.wire = edited
    api.updates.add("edited_message", user["id"], edited)
    return edited


def erase(api: BotApi, user: Json, message_id: int) -> None:
    """The message is gone for both sides; Telegram does not tell bots."""
    _own(api, user["id"], message_id).is_deleted = True


def _buttons(wire: Json) -> list[Json]:
    rows: list[list[Json]] = wire.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def tap(api: BotApi, user: Json, message_id: int, button: str, *, stale: bool) -> str:
    """The button named by its label or data is pressed; returns the query's identifier.

    stale: the screen still shows a keyboard or message that the bot has changed or deleted since.
    """
    _active(api, user)
    stored = api.world.messages.get(user["id"], {}).get(message_id)
    if stored is None or (stored.is_deleted and not stale):
        raise Impossible(f"no message {message_id} in this chat")
    forms = [stored.wire, *reversed(stored.earlier)] if stale else [stored.wire]
    data = _callback_data([b for form in forms for b in _buttons(form)], button)
    query_id = str(4_000_000_000_000_000 + len(api.world.queries))
    api.world.queries[query_id] = Query(user["id"], api.clock.now())
    query = {"id": query_id, "from": user, "chat_instance": str(7_700_000 + user["id"])}
    shown = _shown(stored)
    api.updates.add("callback_query", user["id"], {**query, "message": shown, "data": data})
    return query_id


def _callback_data(buttons: list[Json], wanted: str) -> str:
    for button in buttons:
        if wanted in (button["text"], button.get("callback_data")) and "callback_data" in button:
            return str(button["callback_data"])
    raise Impossible(f"no such button among {[b['text'] for b in buttons]}")


def _shown(stored: Stored) -> Json:
    if stored.is_deleted:
        wire = stored.wire
        return {"chat": wire["chat"], "message_id": wire["message_id"], "date": 0}
    return stored.wire


def react(api: BotApi, user: Json, message_id: int, emoji: str) -> None:
    """An emoji under a message; the bot hears of it only if it asked for message_reaction."""
    person = _active(api, user)
    _own(api, user["id"], message_id)
    reaction: Json = {
        "chat": person.chat,
        "message_id": message_id,
        "user": user,
        "date": _now(api),
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}],
    }
    api.updates.add("message_reaction", user["id"], reaction)


def block(api: BotApi, user: Json, *, is_blocked: bool) -> None:
    """The bot is blocked, or no longer; it gets a my_chat_member."""
    person = join(api, user)
    if person.has_blocked == is_blocked:
        return
    person.has_blocked = is_blocked
    bot = api.world.bot
    member: Json = {"user": bot, "status": "member"}
    kicked: Json = {"user": bot, "status": "kicked", "until_date": 0}
    old, new = (member, kicked) if is_blocked else (kicked, member)
    change = {"chat": person.chat, "from": user, "date": _now(api)}
    api.updates.add("my_chat_member", user["id"], {**change, "old_chat_member": old, "new_chat_member": new})


def deactivate(api: BotApi, user: Json) -> None:
    """The account is deleted."""
    join(api, user).is_deactivated = True


def file(api: BotApi, kind: str, content: bytes, facts: Json) -> Json:
    """The file is uploaded; returns the media part of a message that shows it."""
    more = _MEASURED[kind](content) if kind in _MEASURED else {}
    wire = api.world.files.add(kind, content, {**more, **facts}).wire()
    return {kind: [wire] if kind == "photo" else wire}


def _photo_size(content: bytes) -> Json:
    width, height = image_size(content)
    return {"width": width, "height": height}


_MEASURED: dict[str, Callable[[bytes], Json]] = {"photo": _photo_size}
