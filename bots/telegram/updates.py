"""From a Telegram update to an Arrival: the last place where a name, an account or a file's origin is seen.

Only this is taken from an update: its number, the chat to answer to, the time, the language's first letters, the
message's number, and the words, place or photo that the citizen brought.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bots.telegram.kinds import COMMANDS, REFUSED, SILENT
from domain.ids import Contact, MessageRef
from domain.messages import (
    CitizenContent,
    ClosedDoor,
    Command,
    Commanded,
    Edited,
    FromCitizen,
    Pinned,
    RefusedKind,
    Said,
    SentRefused,
    Tapped,
)
from handlers.ports import Arrival

SOURCE = "telegram"
PREFIX = "telegram:"
MAX_TEXT = 4096
MAX_PHOTO_BYTES = 10 << 20

_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_CELL_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class PhotoWanted:
    """A photo that still lies at Telegram; lives in memory only, until it is fetched."""

    file_id: str
    caption: str
    album: str | None


@dataclass(frozen=True, slots=True)
class AnswerTap:
    """Tell Telegram that the tap was seen, or the button goes on spinning."""

    query_id: str


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """Take away what should not have been sent: a phone number, a live position."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """Leave a group or channel: this counter is for one person at a time."""

    chat_id: int


Chore = AnswerTap | DeleteMessage | LeaveChat


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is left of an update. With `photo` set, the arrival says BAD_PHOTO until the photo has been fetched."""

    arrival: Arrival | None = None
    photo: PhotoWanted | None = None
    chore: Chore | None = None


class Albums:
    """Pseudonyms of albums: the same for the photos of one album in every process of this bot, and nowhere else."""

    def __init__(self, secret: str) -> None:
        self._key = secret.encode()

    def name(self, group_id: str | None) -> str | None:
        """The pseudonym, None for a photo on its own."""
        if group_id is None:
            return None
        return hmac.new(self._key, group_id.encode(), hashlib.sha256).hexdigest()[:16]


def contact_of(chat_id: int) -> Contact:
    """The address under which the vault knows this chat."""
    return Contact(f"{PREFIX}{chat_id}")


def glimpse_of(update: Update, albums: Albums, now: datetime) -> Glimpse:
    """All that the counter may know of this update; an empty Glimpse when it is none of its business."""
    if update.message is not None:
        return _of_message(update.update_id, update.message, albums)
    if update.edited_message is not None:
        return _of_edit(update.update_id, update.edited_message)
    if update.callback_query is not None:
        return _of_tap(update.update_id, update.callback_query, now)
    if update.my_chat_member is not None:
        return _of_door(update.update_id, update.my_chat_member)
    return Glimpse()


def glimpse_of_unreadable(raw: dict[str, Any], now: datetime) -> Glimpse:  # Any: JSON that the library cannot decode
    """A refusal for the chat from which an update came that cannot be decoded, so that the citizen hears of it."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return Glimpse()
    return Glimpse(_arrival(raw["update_id"], chat["id"], FromCitizen(SentRefused(RefusedKind.OTHER), now)))


def without_photo(seen: Glimpse) -> Glimpse:
    """The same update where photos are not taken: a refusal like that of any other file."""
    if seen.arrival is None or not isinstance(seen.arrival.message, FromCitizen):
        return seen
    refusal = replace(seen.arrival.message, content=SentRefused(RefusedKind.OTHER))
    return Glimpse(replace(seen.arrival, message=refusal), None, seen.chore)


def _arrival(update_id: int, chat_id: int, message: FromCitizen) -> Arrival:
    return Arrival(source=SOURCE, remote_id=str(update_id), message=message, contact=contact_of(chat_id))


def _of_message(update_id: int, message: Message, albums: Albums) -> Glimpse:
    if message.chat.type != ChatType.PRIVATE:
        return Glimpse(chore=LeaveChat(message.chat.id))
    content = _content_of(message)
    if content is None:
        return Glimpse()
    arrival = _arrival(update_id, message.chat.id, _from_citizen(message, content))
    return Glimpse(arrival, _photo_of(message, albums), _chore_for(message, content))


def _from_citizen(message: Message, content: CitizenContent) -> FromCitizen:
    return FromCitizen(
        content,
        at=message.edit_date or message.date,
        ref=MessageRef(str(message.message_id)),
        language=_language_of(message.from_user.language_code if message.from_user else None),
    )


def _language_of(code: str | None) -> str | None:
    """The language alone: the region in "fr-BE" says more of the person than the counter needs."""
    found = _LANGUAGE.match((code or "").lower())
    return found.group() if found else None


def _content_of(message: Message) -> CitizenContent | None:
    """What was brought; None for Telegram's own notices."""
    if message.text is not None:
        return _words(message.text)
    if message.photo:
        is_long = len(message.caption or "") > MAX_TEXT
        return SentRefused(RefusedKind.TOO_LONG if is_long else RefusedKind.BAD_PHOTO)
    if message.location is not None:
        return _place(message)
    for field, kind in REFUSED.items():
        if getattr(message, field):
            return SentRefused(kind)
    is_notice = any(getattr(message, field) for field in SILENT)
    return None if is_notice else SentRefused(RefusedKind.OTHER)


def _words(text: str) -> CitizenContent:
    if len(text) > MAX_TEXT:
        return SentRefused(RefusedKind.TOO_LONG)
    typed = _COMMAND.fullmatch(text.strip())
    command = COMMANDS.get(typed[1].lower()) if typed else None
    if typed is None or command is None:
        return Said(text)
    return _commanded(command, (typed[2] or "").strip())


def _commanded(command: Command, argument: str) -> CitizenContent:
    """The command; a person who types a whole sentence after /start is simply talking."""
    if command is Command.START and argument and not _CELL_CODE.fullmatch(argument):
        return Said(argument)
    return Commanded(command, argument)


def _place(message: Message) -> CitizenContent:
    place = message.location
    assert place is not None
    # The public property warns of its own deprecation.
    if place._live_period is not None:
        return SentRefused(RefusedKind.LIVE_LOCATION)
    return Pinned(place.latitude, place.longitude)


def _photo_of(message: Message, albums: Albums) -> PhotoWanted | None:
    caption = message.caption or ""
    if len(caption) > MAX_TEXT:
        return None
    fitting = [size for size in message.photo if (size.file_size or 0) <= MAX_PHOTO_BYTES]
    if not fitting:
        return None
    largest = max(fitting, key=lambda size: size.width * size.height)
    return PhotoWanted(largest.file_id, caption, albums.name(message.media_group_id))


_TAKEN_AWAY = (RefusedKind.CONTACT, RefusedKind.LIVE_LOCATION)


def _chore_for(message: Message, content: CitizenContent) -> Chore | None:
    if isinstance(content, SentRefused) and content.kind in _TAKEN_AWAY:
        return DeleteMessage(message.chat.id, message.message_id)
    return None


def _of_edit(update_id: int, message: Message) -> Glimpse:
    if message.chat.type != ChatType.PRIVATE:
        return Glimpse(chore=LeaveChat(message.chat.id))
    if message.location is not None:
        # A live position on the move: refused when it began, deleted until it stops, answered once only.
        return Glimpse(chore=DeleteMessage(message.chat.id, message.message_id))
    text = message.text or message.caption
    if not text:
        return Glimpse()
    is_long = len(text) > MAX_TEXT
    content = SentRefused(RefusedKind.TOO_LONG) if is_long else Edited(text)
    return Glimpse(_arrival(update_id, message.chat.id, _from_citizen(message, content)))


def _of_tap(update_id: int, query: CallbackQuery, now: datetime) -> Glimpse:
    answer = AnswerTap(query.id)
    message = query.message
    if not query.data or message is None or message.chat.type != ChatType.PRIVATE:
        return Glimpse(chore=answer)
    said = FromCitizen(Tapped(query.data), now, language=_language_of(query.from_user.language_code))
    return Glimpse(_arrival(update_id, message.chat.id, said), chore=answer)


_AWAY = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


def _of_door(update_id: int, change: ChatMemberUpdated) -> Glimpse:
    was_away, is_away = (member.status in _AWAY for member in (change.old_chat_member, change.new_chat_member))
    if change.chat.type != ChatType.PRIVATE:
        return Glimpse(chore=None if is_away else LeaveChat(change.chat.id))
    if was_away == is_away:
        return Glimpse()
    return Glimpse(_arrival(update_id, change.chat.id, FromCitizen(ClosedDoor(open=was_away), change.date)))
