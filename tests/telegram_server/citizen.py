"""A citizen with a telephone: says, taps, sends, blocks, and reads what the bot answers."""

import asyncio
import base64
import itertools
from collections.abc import Callable, Sequence

from .entities import MAX_TEXT
from .screen import ChatMessage, shown
from .shapes import Json
from .stage import PATIENCE_S, Stage

Match = Callable[[ChatMessage], bool] | str
_groups = itertools.count(12_345_678_000_000_001)


class NotHeard(AssertionError):
    """The bot did not say in time what was waited for."""


def _holds(match: Match | None, message: ChatMessage) -> bool:
    if match is None:
        return True
    return match in message.text if isinstance(match, str) else match(message)


class Citizen:
    """One Telegram account in its private chat with the bot.

    stage: a TelegramServer or a RemoteServer. The bot can write from the citizen's first message on.
    """

    def __init__(
        self,
        stage: Stage,
        user_id: int = 700_001,
        first_name: str = "Camille",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "fr",
        is_premium: bool | None = None,
        phone: str = "+33600000000",
    ) -> None:
        optional = {
            "last_name": last_name,
            "username": username,
            "language_code": language_code,
            "is_premium": is_premium,
        }
        self.user: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
        self.user.update({k: v for k, v in optional.items() if v is not None})
        self.chat_id = user_id
        self.phone = phone
        self._stage = stage
        self._heard = 0

    # -- speaking ---------------------------------------------------------------------------------

    async def posts(self, content: Json, reply_to: ChatMessage | None = None) -> ChatMessage:
        """A message with any content, in the fields of the Bot API's Message."""
        replied = None if reply_to is None else reply_to.message_id
        wire = await self._stage.call("post", user=self.user, content=content, reply_to=replied)
        return shown(wire)

    async def says(self, text: str, reply_to: ChatMessage | None = None) -> ChatMessage:
        """A text."""
        return await self.posts({"text": text}, reply_to)

    async def says_at_length(self, text: str) -> list[ChatMessage]:
        """A text of any length, cut as telephones do into messages of 4096 characters."""
        cuts = range(0, len(text), MAX_TEXT)
        return [await self.says(text[at : at + MAX_TEXT]) for at in cuts]

    async def exists(self) -> None:
        """The account is there, but has never spoken to the bot."""
        await self._stage.call("join", user=self.user)

    async def starts(self, payload: str = "") -> ChatMessage:
        """/start, with the payload of a deep link if any."""
        return await self.says(f"/start {payload}".strip())

    async def edits(self, message: ChatMessage, text: str) -> ChatMessage:
        """The message reads differently."""
        field = "text" if "text" in message.raw else "caption"
        return await self._changes(message, {field: text})

    async def moves(self, message: ChatMessage, latitude: float, longitude: float) -> ChatMessage:
        """The live location is elsewhere."""
        place = {**message.raw["location"], "latitude": latitude, "longitude": longitude}
        return await self._changes(message, {"location": place})

    async def _changes(self, message: ChatMessage, content: Json) -> ChatMessage:
        wire = await self._stage.call("edit", user=self.user, message_id=message.message_id, content=content)
        return shown(wire)

    async def forwards(self, text: str, author: str | Json = "Quelqu'un") -> ChatMessage:
        """Someone else's text; author: a name (hidden account) or a User object."""
        told: Json = (
            {"type": "hidden_user", "sender_user_name": author}
            if isinstance(author, str)
            else {"type": "user", "sender_user": author}
        )
        return await self.posts({"text": text, "forward_origin": {**told, "date": 1_700_000_000}})

    async def sends_photo(self, content: bytes, caption: str = "") -> ChatMessage:
        """A photo, JPEG or PNG."""
        return await self.posts(await self._file("photo", content, caption))

    async def sends_album(self, photos: Sequence[bytes], caption: str = "") -> list[ChatMessage]:
        """Several photos as one album; the caption is on the first."""
        group = str(next(_groups))
        captions = [caption, *[""] * len(photos)]
        contents = [await self._file("photo", p, c) for p, c in zip(photos, captions, strict=False)]
        return [await self.posts({**c, "media_group_id": group}) for c in contents]

    async def sends_document(self, content: bytes, file_name: str, mime_type: str, caption: str = "") -> ChatMessage:
        """A file, untouched."""
        facts = {"file_name": file_name, "mime_type": mime_type}
        return await self.posts(await self._file("document", content, caption, facts))

    async def sends_voice(self, content: bytes = b"OggS", duration: int = 3) -> ChatMessage:
        """A voice message."""
        facts = {"duration": duration, "mime_type": "audio/ogg"}
        return await self.posts(await self._file("voice", content, facts=facts))

    async def sends_audio(self, content: bytes = b"ID3", title: str = "Morceau") -> ChatMessage:
        """A piece of music."""
        facts = {"duration": 60, "title": title, "mime_type": "audio/mpeg", "file_name": "a.mp3"}
        return await self.posts(await self._file("audio", content, facts=facts))

    async def sends_video(self, content: bytes = b"ftyp", caption: str = "") -> ChatMessage:
        """A video."""
        size = {"width": 640, "height": 360, "duration": 5}
        facts = {**size, "mime_type": "video/mp4", "file_name": "IMG_0001.mp4"}
        return await self.posts(await self._file("video", content, caption, facts))

    async def sends_video_note(self, content: bytes = b"ftyp") -> ChatMessage:
        """A round video message."""
        return await self.posts(await self._file("video_note", content, facts={"length": 240, "duration": 4}))

    async def sends_sticker(self, content: bytes = b"RIFF", emoji: str = "😀") -> ChatMessage:
        """A sticker."""
        look = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        facts = {**look, "type": "regular", "emoji": emoji, "set_name": "Exemple"}
        return await self.posts(await self._file("sticker", content, facts=facts))

    async def _file(self, kind: str, content: bytes, caption: str = "", facts: Json | None = None) -> Json:
        data = base64.b64encode(content).decode()
        media: Json = await self._stage.call("file", kind=kind, data=data, facts=facts or {})
        return {**media, "caption": caption} if caption else media

    async def sends_location(self, latitude: float, longitude: float, live_s: int | None = None) -> ChatMessage:
        """A point on the map, live for live_s seconds if given."""
        place: Json = {"latitude": latitude, "longitude": longitude}
        if live_s is not None:
            place["live_period"] = live_s
        return await self.posts({"location": place})

    async def sends_venue(self, title: str, address: str, latitude: float, longitude: float) -> ChatMessage:
        """A named place."""
        place = {"latitude": latitude, "longitude": longitude}
        venue = {"location": place, "title": title, "address": address}
        return await self.posts({"venue": venue, "location": place})

    async def sends_contact(self, phone: str = "", first_name: str = "") -> ChatMessage:
        """A contact card; the citizen's own when nothing is given."""
        card: Json = {
            "phone_number": phone or self.phone,
            "first_name": first_name or self.user["first_name"],
        }
        if not phone:
            card["user_id"] = self.chat_id
        return await self.posts({"contact": card})

    async def sends_poll(self, question: str, options: Sequence[str]) -> ChatMessage:
        """A poll."""
        votes = [{"persistent_id": str(n), "text": o, "voter_count": 0} for n, o in enumerate(options)]
        rules = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
        known = {"id": "5000000001", "type": "regular", "total_voter_count": 0, **rules}
        more = {"allows_revoting": True, "members_only": False}
        return await self.posts({"poll": {**known, **more, "question": question, "options": votes}})

    async def sends_dice(self, value: int = 4) -> ChatMessage:
        """A die that shows `value`."""
        return await self.posts({"dice": {"emoji": "🎲", "value": value}})

    # -- touching ---------------------------------------------------------------------------------

    async def taps(self, button: str, message: ChatMessage | None = None, *, stale: bool = False) -> str:
        """A button, by label or data, of this message or of the last one with buttons.

        Returns the query's identifier. stale: see acts.tap.
        """
        target = message or await self._last_with_buttons()
        query_id: str = await self._stage.call(
            "tap", user=self.user, message_id=target.message_id, button=button, stale=stale
        )
        return query_id

    async def _last_with_buttons(self) -> ChatMessage:
        for message in reversed(await self.messages()):
            if message.buttons:
                return message
        raise NotHeard("the chat shows no button")

    async def reacts(self, message: ChatMessage, emoji: str = "👍") -> None:
        """An emoji under the message."""
        await self._stage.call("react", user=self.user, message_id=message.message_id, emoji=emoji)

    async def erases(self, message: ChatMessage) -> None:
        """The message is deleted for both sides."""
        await self._stage.call("erase", user=self.user, message_id=message.message_id)

    async def blocks_bot(self) -> None:
        """The bot can't write any more."""
        await self._stage.call("block", user=self.user)

    async def unblocks_bot(self) -> None:
        """The bot can write again."""
        await self._stage.call("unblock", user=self.user)

    async def deletes_account(self) -> None:
        """The account is gone."""
        await self._stage.call("deactivate", user=self.user)

    # -- reading ----------------------------------------------------------------------------------

    async def screen(self) -> list[ChatMessage]:
        """Every message of the chat as it stands, both sides, in order."""
        return [shown(m["message"]) for m in await self._chat()]

    async def messages(self) -> list[ChatMessage]:
        """The bot's messages as they stand, in order; deleted ones are not there."""
        return [shown(m["message"]) for m in await self._chat() if m["is_from_bot"]]

    async def _chat(self) -> list[Json]:
        found: list[Json] = await self._stage.call("messages", chat_id=self.chat_id)
        return found

    async def journal(self) -> list[Json]:
        """All that happened in the chat: sent, edited, deleted, action, answered, reaction, pinned."""
        return await self._stage.journal(self.chat_id)

    async def hears(self, match: Match | None = None, timeout_s: float = PATIENCE_S) -> ChatMessage:
        """The bot's next message or edit that matches: a part of its text, or a predicate.

        What was said before it counts as heard. Raises NotHeard after timeout_s.
        """
        passed: list[str] = []
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            message = await self._next(deadline - asyncio.get_running_loop().time())
            if message is None:
                raise NotHeard(f"waited {timeout_s} s for {match!r}; heard {passed}")
            if _holds(match, message):
                return message
            passed.append(message.text)

    async def hears_several(self, count: int, timeout_s: float = PATIENCE_S) -> list[ChatMessage]:
        """The bot's next `count` messages or edits, in order."""
        return [await self.hears(timeout_s=timeout_s) for _ in range(count)]

    async def unheard(self) -> list[ChatMessage]:
        """What the bot said since the last hears, without waiting; counts as heard."""
        found = []
        while (message := await self._next(0)) is not None:
            found.append(message)
        return found

    async def _next(self, wait_s: float) -> ChatMessage | None:
        deadline = asyncio.get_running_loop().time() + wait_s
        while True:
            left = max(deadline - asyncio.get_running_loop().time(), 0)
            lines = await self._stage.journal(self.chat_id, self._heard, left)
            if not lines:
                return None
            for line in lines:
                self._heard = line["seq"]
                if line["kind"] in ("sent", "edited"):
                    return shown(line["message"])
