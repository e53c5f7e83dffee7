"""Methods by which the bot speaks: texts, places, contacts, dice, forwards, signs of life."""

import math
from typing import Any

from .api import Answer, BotApi
from .entities import MAX_CAPTION, MAX_TEXT, formatted
from .keyboards import checked_markup, is_inline
from .shapes import Args, Json, bad_request
from .world import Person, Stored

_REPLY_FIELDS = {
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
    "quote_position",
}
_PREVIEW_FIELDS = {
    "is_disabled",
    "url",
    "prefer_small_media",
    "prefer_large_media",
    "show_above_text",
}
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
_PASSED_ON = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "location",
    "venue",
    "contact",
    "dice",
    "sticker",
    "link_preview_options",
]


def deliver(api: BotApi, args: Args, content: Json, **extra: object) -> Json:
    """The message is in the chat and on the citizen's screen; returns it as the bot sees it."""
    person = api.world.reach(args["chat_id"])
    wire = _drafted(api, person, args)
    wire.update(content)
    wire.update(extra)
    wire["message_id"] = api.world.take_message_id()
    api.world.keep(wire, is_from_bot=True)
    is_silent = bool(args.get("disable_notification"))
    keys = _keys_of(args)
    api.world.note("sent", wire["chat"]["id"], message=wire, silent=is_silent, keys=keys)
    return wire


def _drafted(api: BotApi, person: Person, args: Args) -> Json:
    wire: Json = {
        "message_id": 0,
        "from": api.world.bot,
        "chat": person.chat,
        "date": math.floor(api.clock.now()),
    }
    wire.update(_reply_part(api, person, args.get("reply_parameters")))
    if args.get("reply_markup"):
        markup = checked_markup(args["reply_markup"])
        if is_inline(markup) and markup["inline_keyboard"]:
            wire["reply_markup"] = markup
    if args.get("protect_content"):
        wire["has_protected_content"] = True
    return wire


def _keys_of(args: Args) -> Json | None:
    markup: Json | None = args.get("reply_markup")
    return None if markup is None or is_inline(markup) else markup


def _reply_part(api: BotApi, person: Person, asked: Json | None) -> Json:
    if asked is None:
        return {}
    if unknown := set(asked) - _REPLY_FIELDS:
        raise bad_request(f"unknown fields {sorted(unknown)} in reply parameters")
    if not isinstance(asked.get("message_id"), int):
        raise bad_request("can't parse reply parameters: message_id must be an Integer")
    chat_id = person.user["id"]
    if asked.get("chat_id", chat_id) != chat_id:
        raise bad_request("message to be replied not found")
    original = api.world.message(chat_id, asked["message_id"])
    if original is None:
        if asked.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(original.wire), **_quote_part(original, asked)}


def without_reply(wire: Json) -> Json:
    """A message as it appears inside another: its own reply is left out."""
    return {k: v for k, v in wire.items() if k not in ("reply_to_message", "quote")}


def _quote_part(original: Stored, asked: Json) -> Json:
    quote = asked.get("quote")
    if not quote:
        return {}
    text = original.wire.get("text") or original.wire.get("caption") or ""
    if quote not in text:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = len(text[: text.index(quote)].encode("utf-16-le")) // 2
    return {"quote": {"text": quote, "position": position, "is_manual": True}}


def text_content(args: Args) -> Json:
    """The text part of sendMessage and editMessageText."""
    if not args["text"]:
        raise bad_request("message text is empty")
    text, entities = formatted(
        args["text"], args.get("parse_mode"), args.get("entities"), limit=MAX_TEXT, name="message"
    )
    if not text:
        raise bad_request("message text is empty")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if args.get("link_preview_options"):
        content["link_preview_options"] = _preview(args["link_preview_options"])
    return content


def _preview(options: Json) -> Json:
    if unknown := set(options) - _PREVIEW_FIELDS:
        raise bad_request(f"unknown fields {sorted(unknown)} in link preview options")
    return options


def caption_content(args: Args) -> Json:
    """The caption part of a media message; empty without one."""
    if not args.get("caption"):
        return {}
    text, entities = formatted(
        args["caption"],
        args.get("parse_mode"),
        args.get("caption_entities"),
        limit=MAX_CAPTION,
        name="message caption",
    )
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def send_message(api: BotApi, args: Args) -> Answer:
    """A text of 1 to 4096 characters."""
    api.world.reach(args["chat_id"])
    return deliver(api, args, text_content(args))


def send_location(api: BotApi, args: Args) -> Answer:
    """A point on the map, live for a while if asked."""
    return deliver(api, args, {"location": _location(args)})


def _location(args: Args) -> Json:
    if not (-90 <= args["latitude"] <= 90 and -180 <= args["longitude"] <= 180):
        raise bad_request("can't parse location: invalid coordinates")
    optional = ("live_period", "horizontal_accuracy", "heading", "proximity_alert_radius")
    point = {"latitude": args["latitude"], "longitude": args["longitude"]}
    return {**point, **{k: args[k] for k in optional if k in args}}


def send_venue(api: BotApi, args: Args) -> Answer:
    """A named place."""
    optional = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue = {"location": _location(args), "title": args["title"], "address": args["address"]}
    venue.update({k: args[k] for k in optional if k in args})
    return deliver(api, args, {"venue": venue, "location": venue["location"]})


def send_contact(api: BotApi, args: Args) -> Answer:
    """A telephone number with a name."""
    fields = ("phone_number", "first_name", "last_name", "vcard")
    return deliver(api, args, {"contact": {k: args[k] for k in fields if k in args}})


def send_dice(api: BotApi, args: Args) -> Answer:
    """A die; it shows a value fixed by the message number."""
    emoji = args.get("emoji", "🎲")
    if emoji not in _DICE:
        raise bad_request("EMOJI_INVALID")
    value = api.world.next_message_id % _DICE[emoji] + 1
    return deliver(api, args, {"dice": {"emoji": emoji, "value": value}})


def send_chat_action(api: BotApi, args: Args) -> Answer:
    """The citizen sees the bot at work for five seconds."""
    if args["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    person = api.world.reach(args["chat_id"])
    api.world.note("action", person.user["id"], action=args["action"])
    return True


def _source(api: BotApi, args: Args, what: str) -> Stored:
    chat_id = args["from_chat_id"]
    stored = api.world.message(chat_id, args["message_id"]) if isinstance(chat_id, int) else None
    if stored is None:
        raise bad_request(f"message to {what} not found")
    if stored.wire.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return stored


def forward_message(api: BotApi, args: Args) -> Answer:
    """The message in another chat, with its author shown."""
    source = _source(api, args, "forward").wire
    origin: Json = source.get("forward_origin") or {
        "type": "user",
        "sender_user": source["from"],
        "date": source["date"],
    }
    content = {k: source[k] for k in _PASSED_ON if k in source}
    return deliver(api, args, content, forward_origin=origin)


def copy_message(api: BotApi, args: Args) -> Answer:
    """The message in another chat, as the bot's own; returns only its identifier."""
    source = _source(api, args, "copy").wire
    content: dict[str, Any] = {k: source[k] for k in _PASSED_ON if k in source}
    if "caption" in args and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content.update(caption_content(args))
    return {"message_id": deliver(api, args, content)["message_id"]}
