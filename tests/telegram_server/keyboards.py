"""reply_markup, checked: inline keyboards in full, the other kinds by their fields."""

from collections.abc import Mapping
from typing import Any

from .shapes import Json, bad_request, not_modelled

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
_BUTTON_FIELDS = {"text", "url", "callback_data", "copy_text", "style"}
_BUTTON_ACTIONS = ("url", "callback_data", "copy_text")
_BUTTON_ELSEWHERE = {
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "icon_custom_emoji_id",
}
_STYLES = {"danger", "success", "primary"}
_OTHER_KINDS: Mapping[str, set[str]] = {
    "keyboard": {
        "keyboard",
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}
_KEY_FIELDS = {"text", "request_contact", "request_location", "style"}


def checked_markup(markup: Json) -> Json:
    """The markup as given, found legal; ApiError 400 otherwise."""
    if "inline_keyboard" in markup:
        return _inline(markup)
    for kind, fields in _OTHER_KINDS.items():
        if kind in markup:
            _only(markup, fields, "reply markup")
            _reply_keys(markup.get("keyboard"))
            return markup
    raise bad_request("object expected as reply markup")


def is_inline(markup: Json | None) -> bool:
    """Whether the markup hangs under the message, and so is part of it."""
    return markup is not None and "inline_keyboard" in markup


def _inline(markup: Json) -> Json:
    _only(markup, {"inline_keyboard"}, "reply markup")
    rows = _rows(markup["inline_keyboard"], "inline_keyboard")
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [[_button(b) for b in row] for row in rows if row]}


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if elsewhere := _BUTTON_ELSEWHERE & set(button):
        raise not_modelled(f"inline keyboard buttons with {sorted(elsewhere)[0]}")
    _only(button, _BUTTON_FIELDS, "inline keyboard button")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    actions = [name for name in _BUTTON_ACTIONS if button.get(name)]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("inline keyboard button must have exactly one action")
    _check_values(button)
    return button


def _check_values(button: Json) -> None:
    if len(button.get("callback_data", "").encode()) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("url") and not button["url"].startswith(("https://", "http://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")


def _reply_keys(keyboard: object) -> None:
    if keyboard is None:
        return
    for key in (key for row in _rows(keyboard, "keyboard") for key in row):
        if isinstance(key, dict):
            _only(key, _KEY_FIELDS, "keyboard button")
        elif not isinstance(key, str):
            raise bad_request("KeyboardButton must be a String or an Object")


def _rows(rows: object, name: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _only(given: Json, fields: set[str], what: str) -> None:
    if unknown := set(given) - fields:
        raise bad_request(f"unknown fields {sorted(unknown)} in {what}")
