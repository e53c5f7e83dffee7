"""Which part of a Telegram message means what: the tables behind updates.py.

Every field of telegram.Message is in exactly one of them; a test fails when the library grows a new one, so that
somebody decides what the counter makes of it.
"""

from collections.abc import Mapping

from domain.messages import Command, RefusedKind

UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for; nothing else is sent to us."""

READ = frozenset({"text", "caption", "photo", "location", "venue", "media_group_id"})
"""What a citizen may bring. A venue is a pin that bears a name; only the pin is taken."""

REFUSED: Mapping[str, RefusedKind] = {
    "contact": RefusedKind.CONTACT,
    "users_shared": RefusedKind.CONTACT,
    "chat_shared": RefusedKind.CONTACT,
    "passport_data": RefusedKind.OTHER,
    "animation": RefusedKind.VIDEO,
    "document": RefusedKind.DOCUMENT,
    "voice": RefusedKind.VOICE,
    "audio": RefusedKind.VOICE,
    "video": RefusedKind.VIDEO,
    "video_note": RefusedKind.VIDEO,
    "live_photo": RefusedKind.VIDEO,
    "sticker": RefusedKind.STICKER,
    "dice": RefusedKind.STICKER,
    "poll": RefusedKind.POLL,
    "checklist": RefusedKind.POLL,
    "story": RefusedKind.OTHER,
    "game": RefusedKind.OTHER,
    "invoice": RefusedKind.OTHER,
    "successful_payment": RefusedKind.OTHER,
    "paid_media": RefusedKind.OTHER,
    "giveaway": RefusedKind.OTHER,
    "web_app_data": RefusedKind.OTHER,
}
"""Refused, in this order: an animation comes with a document beside it, and is an animation."""

SILENT = frozenset(
    {
        "boost_added",
        "channel_chat_created",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "connected_website",
        "delete_chat_photo",
        "direct_message_price_changed",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "gift",
        "gift_upgrade_sent",
        "giveaway_completed",
        "giveaway_created",
        "giveaway_winners",
        "group_chat_created",
        "left_chat_member",
        "managed_bot_created",
        "message_auto_delete_timer_changed",
        "migrate_from_chat_id",
        "migrate_to_chat_id",
        "new_chat_members",
        "new_chat_photo",
        "new_chat_title",
        "paid_message_price_changed",
        "pinned_message",
        "poll_option_added",
        "poll_option_deleted",
        "proximity_alert_triggered",
        "refunded_payment",
        "suggested_post_approval_failed",
        "suggested_post_approved",
        "suggested_post_declined",
        "suggested_post_info",
        "suggested_post_paid",
        "suggested_post_refunded",
        "supergroup_chat_created",
        "unique_gift",
        "video_chat_ended",
        "video_chat_participants_invited",
        "video_chat_scheduled",
        "video_chat_started",
        "write_access_allowed",
    }
)
"""Telegram's own notices in the chat: nobody said anything, so nothing is answered."""

ENVELOPE = frozenset(
    {
        "_effective_attachment",
        "author_signature",
        "business_connection_id",
        "caption_entities",
        "direct_messages_topic",
        "edit_date",
        "effect_id",
        "entities",
        "external_reply",
        "forward_origin",
        "from_user",
        "guest_bot_caller_chat",
        "guest_bot_caller_user",
        "guest_query_id",
        "has_media_spoiler",
        "has_protected_content",
        "is_automatic_forward",
        "is_from_offline",
        "is_paid_post",
        "is_topic_message",
        "link_preview_options",
        "message_thread_id",
        "paid_star_count",
        "quote",
        "reply_markup",
        "reply_to_checklist_task_id",
        "reply_to_message",
        "reply_to_poll_option_id",
        "reply_to_story",
        "sender_boost_count",
        "sender_business_bot",
        "sender_chat",
        "sender_tag",
        "show_caption_above_media",
        "via_bot",
    }
)
"""What surrounds the words: dropped at the edge, names and origins of forwards among it."""

COMMANDS: Mapping[str, Command] = {
    **{command.value: command for command in Command},
    "help": Command.AIDE,
    "privacy": Command.CONFIDENTIALITE,
    "settings": Command.LANGUE,
}
"""Ours, and the three that Telegram's own menus may send."""
