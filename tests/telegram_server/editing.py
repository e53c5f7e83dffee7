"""Methods on messages already there: edit, delete, pin, react, answer a tap."""

import math

from .api import Answer, BotApi
from .keyboards import checked_markup
from .sending import caption_content, text_content
from .shapes import Args, Json, bad_request
from .world import Stored

DELETABLE_S = 48 * 3600
_MAX_IDS = 100
_MAX_ANSWER = 200
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
_CONTENT = ("text", "entities", "caption", "caption_entities", "link_preview_options")


def _to_edit(api: BotApi, args: Args) -> Stored:
    if "chat_id" not in args:
        raise bad_request("chat_id is empty")
    if "message_id" not in args:
        raise bad_request("message identifier is not specified")
    api.world.reach(args["chat_id"])
    stored = api.world.message(args["chat_id"], args["message_id"])
    if stored is None:
        raise bad_request("message to edit not found")
    if not stored.is_from_bot:
        raise bad_request("message can't be edited")
    return stored


def _edit(api: BotApi, stored: Stored, args: Args, content: Json, keep: tuple[str, ...]) -> Json:
    """The message has the new content and keyboard; `keep` names what stays from before."""
    old = stored.wire
    kept = {k: v for k, v in old.items() if k not in (*_CONTENT, "reply_markup") or k in keep}
    new = {**kept, **content}
    if args.get("reply_markup"):
        markup = checked_markup(args["reply_markup"])
        if "inline_keyboard" not in markup:
            raise bad_request("inline keyboard expected")
        if markup["inline_keyboard"]:
            new["reply_markup"] = markup
    if {**new, "edit_date": 0} == {**old, "edit_date": 0}:
        raise bad_request(_NOT_MODIFIED)
    new["edit_date"] = math.floor(api.clock.now())
    stored.earlier.append(old)
    stored.wire = new
    api.world.note("edited", new["chat"]["id"], message=new)
    return new


def edit_message_text(api: BotApi, args: Args) -> Answer:
    """Another text; without reply_markup the keyboard goes."""
    stored = _to_edit(api, args)
    if "text" not in stored.wire:
        raise bad_request("there is no text in the message to edit")
    return _edit(api, stored, args, text_content(args), ())


def edit_message_caption(api: BotApi, args: Args) -> Answer:
    """Another caption, or none."""
    stored = _to_edit(api, args)
    if "text" in stored.wire:
        raise bad_request("there is no caption in the message to edit")
    return _edit(api, stored, args, caption_content(args), ())


def edit_message_reply_markup(api: BotApi, args: Args) -> Answer:
    """Another keyboard, or none."""
    return _edit(api, _to_edit(api, args), args, {}, _CONTENT)


def delete_message(api: BotApi, args: Args) -> Answer:
    """The message is gone for both sides, if it is under 48 hours old."""
    chat_id = api.world.reach(args["chat_id"]).user["id"]
    stored = api.world.message(chat_id, args["message_id"])
    if stored is None:
        raise bad_request("message to delete not found")
    _delete(api, [stored])
    return True


def delete_messages(api: BotApi, args: Args) -> Answer:
    """1 to 100 messages are gone; the ones not found are passed over."""
    ids = args["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MAX_IDS:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(i, int) and i > 0 for i in ids):
        raise bad_request("invalid message identifier specified")
    chat_id = api.world.reach(args["chat_id"]).user["id"]
    found = [stored for i in ids if (stored := api.world.message(chat_id, i)) is not None]
    _delete(api, found)
    return True


def _delete(api: BotApi, found: list[Stored]) -> None:
    # All or nothing when one is too old: our reading, the Bot API does not say.
    oldest = api.clock.now() - DELETABLE_S
    if any(stored.wire["date"] < oldest for stored in found):
        raise bad_request("message can't be deleted for everyone")
    for stored in found:
        stored.is_deleted = True
        wire = stored.wire
        api.world.note("deleted", wire["chat"]["id"], message_id=wire["message_id"])


def answer_callback_query(api: BotApi, args: Args) -> Answer:
    """The tap is answered, once, while it is fresh."""
    if len(args.get("text", "")) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = api.world.queries.get(args["callback_query_id"])
    too_old = api.clock.now() - api.settings.query_lifetime_s
    if query is None or query.is_answered or query.asked_at < too_old:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.is_answered = True
    api.world.note(
        "answered",
        query.chat_id,
        query_id=args["callback_query_id"],
        text=args.get("text", ""),
        show_alert=args.get("show_alert", False),
    )
    return True


def set_message_reaction(api: BotApi, args: Args) -> Answer:
    """One emoji under a message, or none."""
    chat_id = api.world.reach(args["chat_id"]).user["id"]
    if api.world.message(chat_id, args["message_id"]) is None:
        raise bad_request("message to react not found")
    reaction = args.get("reaction", [])
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(set(r) != {"type", "emoji"} or r["type"] != "emoji" for r in reaction):
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    emoji = [r["emoji"] for r in reaction]
    api.world.note("reaction", chat_id, message_id=args["message_id"], emoji=emoji)
    return True


def pin_chat_message(api: BotApi, args: Args) -> Answer:
    """The message stays at the top of the chat."""
    chat_id = api.world.reach(args["chat_id"]).user["id"]
    if api.world.message(chat_id, args["message_id"]) is None:
        raise bad_request("message to pin not found")
    api.world.note("pinned", chat_id, message_id=args["message_id"])
    return True


def unpin_chat_message(api: BotApi, args: Args) -> Answer:
    """The named message, or the last pinned one, or every one, is no longer pinned."""
    chat_id = api.world.reach(args["chat_id"]).user["id"]
    api.world.note("unpinned", chat_id, message_id=args.get("message_id"))
    return True
