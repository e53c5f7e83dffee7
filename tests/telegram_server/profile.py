"""Methods about the bot itself: name, descriptions, commands, menu button; and getMe, getChat."""

import json
import re
from collections.abc import Mapping
from functools import partial

from .api import Answer, BotApi
from .shapes import Args, Json, bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": set[str](),
    "all_private_chats": set[str](),
    "all_group_chats": set[str](),
    "all_chat_administrators": set[str](),
    "chat": {"chat_id"},
    "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}
_LIMITS: Mapping[str, int] = {"name": 64, "description": 512, "short_description": 120}
_MENU_FIELDS: Mapping[str, set[str]] = {
    "commands": {"type"},
    "default": {"type"},
    "web_app": {"type", "text", "web_app"},
}
_ABOUT_CHATS: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    },
}


def get_me(api: BotApi, args: Args) -> Answer:
    """The bot as a User, with its abilities."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**api.world.bot, **abilities}


def done(api: BotApi, args: Args) -> Answer:
    """True; for methods without an effect here."""
    return True


def get_chat(api: BotApi, args: Args) -> Answer:
    """The ChatFullInfo of a citizen the bot knows."""
    return {**api.world.reach(args["chat_id"]).chat, **_ABOUT_CHATS}


def _language(args: Args) -> str:
    code = str(args.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _place(args: Args) -> str:
    scope = args.get("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if set(scope) != {"type"} | _SCOPES[scope["type"]]:
        raise bad_request("can't parse BotCommandScope: wrong fields")
    return f"{json.dumps(scope, sort_keys=True)}/{_language(args)}"


def set_my_commands(api: BotApi, args: Args) -> Answer:
    """The menu of commands, 1 to 100, for this scope and language."""
    commands = args["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    api.profile.commands[_place(args)] = commands
    return True


def _check_command(command: object) -> None:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: expected command and description")
    if not _COMMAND.fullmatch(command["command"]):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def delete_my_commands(api: BotApi, args: Args) -> Answer:
    """No menu for this scope and language."""
    api.profile.commands.pop(_place(args), None)
    return True


def get_my_commands(api: BotApi, args: Args) -> Answer:
    """The menu set for exactly this scope and language."""
    return api.profile.commands.get(_place(args), [])


def _set_text(kind: str, api: BotApi, args: Args) -> Answer:
    text = args.get(kind, "")
    if len(text) > _LIMITS[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    api.profile.texts[f"{kind}/{_language(args)}"] = text
    return True


def _get_text(kind: str, api: BotApi, args: Args) -> Answer:
    texts = api.profile.texts
    found = texts.get(f"{kind}/{_language(args)}") or texts.get(f"{kind}/", "")
    if kind == "name" and not found:
        found = api.world.bot["first_name"]
    return {kind: found}


SET_TEXT = {kind: partial(_set_text, kind) for kind in _LIMITS}
GET_TEXT = {kind: partial(_get_text, kind) for kind in _LIMITS}


def set_chat_menu_button(api: BotApi, args: Args) -> Answer:
    """The button beside the text field, for one chat or for all."""
    button = args.get("menu_button", {"type": "default"})
    if set(button) != _MENU_FIELDS.get(str(button.get("type")), {""}):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    api.profile.menu_buttons[str(args.get("chat_id", ""))] = button
    return True


def get_chat_menu_button(api: BotApi, args: Args) -> Answer:
    """The button of this chat, else the bot's."""
    buttons = api.profile.menu_buttons
    fallback = buttons.get("", {"type": "commands"})
    return buttons.get(str(args.get("chat_id", "")), fallback)
