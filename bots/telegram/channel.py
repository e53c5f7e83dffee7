"""Letters to citizens, carried by Telegram."""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction

from bots.telegram.cutting import MAX_CAPTION, MAX_TEXT, cut, length_utf16
from bots.telegram.errors import told
from bots.telegram.flood import Flood
from bots.telegram.updates import PREFIX
from bots.telegram.wire import QuietBot
from domain.errors import NotSent, PlatformError, Refused, RuleBroken, SlowDown, Uncertain
from domain.ids import Contact, MessageRef
from domain.messages import Button, EraseChat, ToCitizen

T = TypeVar("T")
Enclosure = tuple[bytes, str]

MAX_TOKEN_BYTES = 64
MAX_UPLOAD_BYTES = 50 << 20
MAX_PHOTO_BYTES = 10 << 20
DELETED_AT_ONCE = 100
BEGUN_KEPT = 256
SHORT_LABEL = 18
PHOTO_TYPES = ("image/jpeg", "image/png")
NEUTRAL_NAMES: Mapping[str, str] = {
    "image/jpeg": "photo.jpg",
    "image/png": "photo.png",
    "application/pdf": "document.pdf",
    "text/plain": "document.txt",
}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """One message of a letter; only the first answers another message, only the last has buttons."""

    text: str
    file: Enclosure | None = None
    reply: ReplyParameters | None = None
    buttons: InlineKeyboardMarkup | None = None


class _Extras(TypedDict):
    """What every kind of message may bear."""

    protect_content: bool | None
    reply_parameters: ReplyParameters | None
    reply_markup: InlineKeyboardMarkup | None


class TelegramChannel:
    """CitizenChannel over the Bot API."""

    def __init__(self, bot: QuietBot, flood: Flood) -> None:
        self._bot = bot
        self._flood = flood
        self._begun: OrderedDict[bytes, tuple[MessageRef, ...]] = OrderedDict()

    async def send(self, contact: Contact, letter: ToCitizen, file: Enclosure | None) -> tuple[MessageRef, ...]:
        """The letter is in the chat; one ref for each message it took.

        A long letter stopped between two parts goes on from there when it is sent again by this process.
        """
        chat_id = chat_of(contact)
        parts = _parts_of(letter, file)
        if len(parts) == 1:
            await self._flood.admit(chat_id)
            return (await self._send_part(chat_id, parts[0], letter),)
        return await self._send_parts(chat_id, parts, letter)

    async def typing(self, contact: Contact) -> None:
        """The citizen sees that an answer is being written, at most once in four seconds."""
        chat_id = chat_of(contact)
        try:
            if await self._flood.may_type(chat_id):
                await self._call(chat_id, self._bot.send_chat_action(chat_id, ChatAction.TYPING))
        except PlatformError:
            return

    async def erase(self, contact: Contact, letter: EraseChat) -> int:
        """What Telegram still lets us delete is gone (48 hours for most); how many messages that took.

        Deleting again is harmless, so a lost answer is told as NotSent: it is to be tried again.
        """
        chat_id = chat_of(contact)
        ids = [int(ref) for ref in letter.refs if ref.isdecimal()]
        try:
            batches = range(0, len(ids), DELETED_AT_ONCE)
            return sum([await self._erase_batch(chat_id, ids[at : at + DELETED_AT_ONCE]) for at in batches])
        except Uncertain:
            raise NotSent("the answer to a deletion was lost") from None

    async def _send_parts(self, chat_id: int, parts: Sequence[_Part], letter: ToCitizen) -> tuple[MessageRef, ...]:
        # Only the first part waits for its turn: a burst of a few parts is within what Telegram tolerates, and a
        # letter in two pieces with others between them would not be read as one.
        key = hashlib.sha256(repr((chat_id, letter)).encode("utf-8", "surrogatepass")).digest()
        sent = self._begun.pop(key, ())
        await self._flood.admit(chat_id)
        try:
            for part in parts[len(sent) :]:
                sent = (*sent, await self._send_part(chat_id, part, letter))
        except NotSent:
            self._remember(key, sent)
            raise
        return sent

    def _remember(self, key: bytes, sent: tuple[MessageRef, ...]) -> None:
        self._begun[key] = sent
        while len(self._begun) > BEGUN_KEPT:
            self._begun.popitem(last=False)

    async def _send_part(self, chat_id: int, part: _Part, letter: ToCitizen) -> MessageRef:
        more = _Extras(protect_content=letter.protect or None, reply_parameters=part.reply, reply_markup=part.buttons)
        if part.file is None:
            sending = self._bot.send_text(
                chat_id=chat_id, text=part.text, link_preview_options=_NO_PREVIEW, **_without_nothing(more)
            )
            return MessageRef(await self._call(chat_id, sending))
        message = await self._call(chat_id, self._enclosed(chat_id, part, part.file, more))
        return MessageRef(str(message.message_id))

    def _enclosed(self, chat_id: int, part: _Part, file: Enclosure, more: _Extras) -> Awaitable[Message]:
        content, media_type = file
        upload, caption = _upload(content, media_type), part.text or None
        if media_type in PHOTO_TYPES and len(content) <= MAX_PHOTO_BYTES:
            return self._bot.send_photo(chat_id, upload, caption=caption, **more)
        return self._bot.send_document(chat_id, upload, caption=caption, **more)

    async def _erase_batch(self, chat_id: int, ids: Sequence[int]) -> int:
        try:
            await self._call(chat_id, self._bot.delete_messages(chat_id, ids))
        except Refused:
            return sum([await self._erase_one(chat_id, number) for number in ids])
        return len(ids)

    async def _erase_one(self, chat_id: int, number: int) -> int:
        try:
            await self._call(chat_id, self._bot.delete_message(chat_id, number))
        except Refused:
            return 0
        return 1

    async def _call(self, chat_id: int, call: Awaitable[T]) -> T:
        try:
            return await told(call)
        except SlowDown as pause:
            raise await self._flood.was_told(chat_id, pause.retry_after_s) from None


def _without_nothing(more: _Extras) -> dict[str, object]:
    """Parameters that are set; the Bot API wants the others left out."""
    return {name: value for name, value in more.items() if value is not None}


def chat_of(contact: Contact) -> int:
    """The chat behind an address of ours."""
    number = contact.removeprefix(PREFIX)
    if number == contact or not number.lstrip("-").isdecimal():
        raise RuleBroken("expected an address that begins with 'telegram:', found another kind")
    return int(number)


def _parts_of(letter: ToCitizen, file: Enclosure | None) -> list[_Part]:
    """The messages that the letter takes: at least one."""
    _check(letter, file)
    is_captioned = file is not None and length_utf16(letter.text) <= MAX_CAPTION
    texts = [letter.text] if is_captioned else cut(letter.text, MAX_TEXT)
    parts = [_Part(text) for text in texts]
    if file is not None:
        parts = [_Part(parts[0].text, file), *parts[1:]] if is_captioned else [_Part("", file), *parts]
    if not parts:
        raise Refused("expected a letter with words or a file, found neither", "empty")
    first = parts[0]
    parts[0] = _Part(first.text, first.file, _reply(letter), first.buttons)
    last = parts[-1]
    parts[-1] = _Part(last.text, last.file, last.reply, _keyboard(letter.buttons))
    return parts


def _check(letter: ToCitizen, file: Enclosure | None) -> None:
    if file is not None and len(file[0]) > MAX_UPLOAD_BYTES:
        raise Refused(f"expected a file of at most {MAX_UPLOAD_BYTES} bytes, found {len(file[0])}", "too_big")
    if any(not 1 <= len(button.choice.encode()) <= MAX_TOKEN_BYTES for button in letter.buttons):
        raise Refused(f"expected buttons with tokens of 1 to {MAX_TOKEN_BYTES} bytes", "bad_button")


def _upload(content: bytes, media_type: str) -> InputFile:
    """The file under a neutral name. Given the name, InputFile would read the system's file types, in the loop."""
    upload = InputFile(content)
    upload.filename = NEUTRAL_NAMES.get(media_type, "document.bin")
    upload.mimetype = media_type
    return upload


def _reply(letter: ToCitizen) -> ReplyParameters | None:
    if letter.reply_to is None or not letter.reply_to.isdecimal():
        return None
    return ReplyParameters(int(letter.reply_to), allow_sending_without_reply=True)


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Two short labels share a row; a longer one has its own, or a phone would cut it."""
    if not buttons:
        return None
    rows: list[list[Button]] = []
    for button in buttons:
        may_share = bool(rows) and len(rows[-1]) == 1 and _is_short(button) and _is_short(rows[-1][0])
        if may_share:
            rows[-1].append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.choice) for b in row] for row in rows])


def _is_short(button: Button) -> bool:
    return len(button.label) <= SHORT_LABEL
