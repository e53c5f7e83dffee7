"""Which methods exist, which parameters they take, and how a parameter is read.

Names follow python-telegram-bot 22.8 (Bot API 10.0); a test compares the tables with its signatures.
Telegram ignores parameters it does not know; this server refuses them, so that a misspelt one shows.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .shapes import Upload, bad_request, not_modelled

Reader = Callable[[str, Any], Any]  # Any: a raw form or JSON value becomes a typed one


def _integer(name: str, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise bad_request(f"parameter {name!r} must be an Integer")
    try:
        return int(raw)
    except ValueError as fault:
        raise bad_request(f"parameter {name!r} must be an Integer") from fault


def _number(name: str, raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise bad_request(f"parameter {name!r} must be a Number")
    try:
        return float(raw)
    except ValueError as fault:
        raise bad_request(f"parameter {name!r} must be a Number") from fault


_TRUTH = {"true": True, "false": False, "1": True, "0": False}


def _boolean(name: str, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    try:
        return _TRUTH[str(raw).lower()]
    except KeyError as fault:
        raise bad_request(f"parameter {name!r} must be a Boolean") from fault


def _text(name: str, raw: object) -> str:
    if not isinstance(raw, str):
        raise bad_request(f"parameter {name!r} must be a String")
    return raw


def _chat(name: str, raw: object) -> int | str:
    if raw == "":
        raise bad_request(f"{name} is empty")
    if isinstance(raw, str) and raw.startswith("@"):
        return raw
    try:
        return _integer(name, raw)
    except Exception as fault:
        raise bad_request("chat not found") from fault


def _parsed(name: str, raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError as fault:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from fault


def _object(name: str, raw: object) -> object:
    value = _parsed(name, raw)
    if not isinstance(value, dict):
        raise bad_request(f"object expected as {name.replace('_', ' ')}")
    return value


def _array(name: str, raw: object) -> object:
    value = _parsed(name, raw)
    if not isinstance(value, list):
        raise bad_request(f"expected an Array as {name.replace('_', ' ')}")
    return value


def _file(name: str, raw: object) -> object:
    if not isinstance(raw, str | Upload) or raw == "":
        raise bad_request(f"there is no {name} in the request")
    return raw


def _refuse(name: str, raw: object) -> object:
    raise not_modelled(f"the parameter {name}")


@dataclass(frozen=True)
class Signature:
    """The parameters of one method."""

    required: Mapping[str, Reader] = field(default_factory=dict)
    optional: Mapping[str, Reader] = field(default_factory=dict)


_CHAT: Mapping[str, Reader] = {"chat_id": _chat}
_ONE: Mapping[str, Reader] = {"chat_id": _chat, "message_id": _integer}
_LANGUAGE: Mapping[str, Reader] = {"language_code": _text}
_SEND: Mapping[str, Reader] = {
    "disable_notification": _boolean,
    "protect_content": _boolean,
    "reply_parameters": _object,
    "message_thread_id": _refuse,
    "business_connection_id": _refuse,
    "message_effect_id": _refuse,
    "allow_paid_broadcast": _boolean,
    "direct_messages_topic_id": _refuse,
}
_REPLY: Mapping[str, Reader] = {
    **_SEND,
    "reply_markup": _object,
    "suggested_post_parameters": _refuse,
}
_WORDS: Mapping[str, Reader] = {
    "caption": _text,
    "parse_mode": _text,
    "caption_entities": _array,
}
_CAPTION: Mapping[str, Reader] = {**_WORDS, **_REPLY}
_SPOILER: Mapping[str, Reader] = {"has_spoiler": _boolean, "show_caption_above_media": _boolean}
_FRAME: Mapping[str, Reader] = {"duration": _integer, "width": _integer, "height": _integer}
_THUMB: Mapping[str, Reader] = {"thumbnail": _file}
_PLACE: Mapping[str, Reader] = {"latitude": _number, "longitude": _number}
_FORWARD: Mapping[str, Reader] = {"chat_id": _chat, "from_chat_id": _chat, "message_id": _integer}
_EDITED: Mapping[str, Reader] = {
    "chat_id": _chat,
    "message_id": _integer,
    "inline_message_id": _refuse,
    "business_connection_id": _refuse,
    "reply_markup": _object,
}
_COPY: Mapping[str, Reader] = {"video_start_timestamp": _integer, "message_effect_id": _refuse}
_COPIED: Mapping[str, Reader] = {k: v for k, v in _CAPTION.items() if k != "business_connection_id"}

METHODS: Mapping[str, Signature] = {
    "getMe": Signature(),
    "logOut": Signature(),
    "close": Signature(),
    "getUpdates": Signature({}, {"offset": _integer, "limit": _integer, "timeout": _number, "allowed_updates": _array}),
    "setWebhook": Signature(
        {"url": _text},
        {
            "certificate": _refuse,
            "max_connections": _integer,
            "allowed_updates": _array,
            "ip_address": _text,
            "drop_pending_updates": _boolean,
            "secret_token": _text,
        },
    ),
    "deleteWebhook": Signature({}, {"drop_pending_updates": _boolean}),
    "getWebhookInfo": Signature(),
    "sendMessage": Signature(
        {**_CHAT, "text": _text},
        {**_REPLY, "parse_mode": _text, "entities": _array, "link_preview_options": _object},
    ),
    "forwardMessage": Signature(
        _FORWARD,
        {
            **_COPY,
            "disable_notification": _boolean,
            "protect_content": _boolean,
            "message_thread_id": _refuse,
            "direct_messages_topic_id": _refuse,
            "suggested_post_parameters": _refuse,
        },
    ),
    "copyMessage": Signature(_FORWARD, {**_COPIED, **_COPY, "show_caption_above_media": _boolean}),
    "sendPhoto": Signature({**_CHAT, "photo": _file}, {**_CAPTION, **_SPOILER}),
    "sendDocument": Signature(
        {**_CHAT, "document": _file},
        {**_CAPTION, **_THUMB, "disable_content_type_detection": _boolean},
    ),
    "sendAudio": Signature(
        {**_CHAT, "audio": _file},
        {**_CAPTION, **_THUMB, "duration": _integer, "performer": _text, "title": _text},
    ),
    "sendVideo": Signature(
        {**_CHAT, "video": _file},
        {
            **_CAPTION,
            **_SPOILER,
            **_FRAME,
            **_THUMB,
            "supports_streaming": _boolean,
            "cover": _refuse,
            "start_timestamp": _integer,
        },
    ),
    "sendAnimation": Signature({**_CHAT, "animation": _file}, {**_CAPTION, **_SPOILER, **_FRAME, **_THUMB}),
    "sendVoice": Signature({**_CHAT, "voice": _file}, {**_CAPTION, "duration": _integer}),
    "sendVideoNote": Signature(
        {**_CHAT, "video_note": _file},
        {**_REPLY, **_THUMB, "duration": _integer, "length": _integer},
    ),
    "sendMediaGroup": Signature({**_CHAT, "media": _array}, _SEND),
    "sendLocation": Signature(
        {**_CHAT, **_PLACE},
        {
            **_REPLY,
            "live_period": _integer,
            "horizontal_accuracy": _number,
            "heading": _integer,
            "proximity_alert_radius": _integer,
        },
    ),
    "sendVenue": Signature(
        {**_CHAT, **_PLACE, "title": _text, "address": _text},
        {
            **_REPLY,
            "foursquare_id": _text,
            "foursquare_type": _text,
            "google_place_id": _text,
            "google_place_type": _text,
        },
    ),
    "sendContact": Signature(
        {**_CHAT, "phone_number": _text, "first_name": _text},
        {**_REPLY, "last_name": _text, "vcard": _text},
    ),
    "sendDice": Signature(_CHAT, {**_REPLY, "emoji": _text}),
    "sendChatAction": Signature(
        {**_CHAT, "action": _text},
        {"message_thread_id": _refuse, "business_connection_id": _refuse},
    ),
    "setMessageReaction": Signature(_ONE, {"reaction": _array, "is_big": _boolean}),
    "getFile": Signature({"file_id": _text}),
    "getChat": Signature(_CHAT),
    "setMyCommands": Signature({"commands": _array}, {"scope": _object, **_LANGUAGE}),
    "deleteMyCommands": Signature({}, {"scope": _object, **_LANGUAGE}),
    "getMyCommands": Signature({}, {"scope": _object, **_LANGUAGE}),
    "setMyName": Signature({}, {"name": _text, **_LANGUAGE}),
    "getMyName": Signature({}, _LANGUAGE),
    "setMyDescription": Signature({}, {"description": _text, **_LANGUAGE}),
    "getMyDescription": Signature({}, _LANGUAGE),
    "setMyShortDescription": Signature({}, {"short_description": _text, **_LANGUAGE}),
    "getMyShortDescription": Signature({}, _LANGUAGE),
    "setChatMenuButton": Signature({}, {"chat_id": _chat, "menu_button": _object}),
    "getChatMenuButton": Signature({}, _CHAT),
    "answerCallbackQuery": Signature(
        {"callback_query_id": _text},
        {"text": _text, "show_alert": _boolean, "url": _refuse, "cache_time": _integer},
    ),
    "editMessageText": Signature(
        {"text": _text},
        {**_EDITED, "parse_mode": _text, "entities": _array, "link_preview_options": _object},
    ),
    "editMessageCaption": Signature({}, {**_EDITED, **_WORDS, "show_caption_above_media": _boolean}),
    "editMessageReplyMarkup": Signature({}, _EDITED),
    "deleteMessage": Signature(_ONE),
    "deleteMessages": Signature({**_CHAT, "message_ids": _array}),
    "pinChatMessage": Signature(_ONE, {"disable_notification": _boolean, "business_connection_id": _refuse}),
    "unpinChatMessage": Signature(_CHAT, {"message_id": _integer, "business_connection_id": _refuse}),
    "unpinAllChatMessages": Signature(_CHAT),
}

CANONICAL: Mapping[str, str] = {name.lower(): name for name in METHODS}
_WHEN_MISSING: Mapping[str, str] = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
}


def read(method: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of `method`, typed; uploads named by attach:// stay under their own names.

    Raises ApiError 400 for a missing, malformed, unknown or not modelled parameter.
    """
    signature = METHODS[method]
    args: dict[str, Any] = {}
    for name, raw in values.items():
        reader = signature.required.get(name) or signature.optional.get(name)
        if reader is not None:
            args[name] = reader(name, raw)
        elif isinstance(raw, Upload):
            args[name] = raw
        else:
            raise bad_request(f"unknown parameter {name!r} for {method}")
    for name in signature.required:
        if name not in args:
            raise bad_request(_WHEN_MISSING.get(name, f'parameter "{name}" is required'))
    return args
