"""What our own messages look like on the wire. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from domain.ids import MessageRef
from domain.messages import Mark, ToOfficers

JsonObject = dict[str, Any]  # Any: JSON

MESSAGE, REACTION = "m.room.message", "m.reaction"
HTML = "org.matrix.custom.html"

MSGTYPES: Mapping[str, str] = MappingProxyType({
    "card": "m.text",
    "citizen": "m.text",
    "recap": "m.text",
    "notice": "m.text",
    "counter": "m.notice",
    "answer": "m.notice",
})  # fmt: skip
"""What rings at the officer's (m.text) and what does not (m.notice is silent in common clients): a citizen's words and
failures ring, the counter's own questions do not."""

MEDIA_MSGTYPES: Mapping[str, str] = MappingProxyType({"image": "m.image", "audio": "m.audio", "video": "m.video"})
EXTENSIONS: Mapping[str, str] = MappingProxyType({
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf",
    "audio/ogg": "ogg", "video/mp4": "mp4", "text/plain": "txt",
})  # fmt: skip


def message(letter: ToOfficers, edits: MessageRef | None) -> JsonObject:
    """The content of a text letter, as an edit of `edits` when that is given."""
    words = _words(letter)
    if edits is None:
        return {**words, **_reply(letter.reply_to)}
    shown = {**words, "body": f"* {letter.text}"}
    return {**shown, "m.new_content": words, "m.relates_to": {"rel_type": "m.replace", "event_id": edits}}


def file_message(letter: ToOfficers, encrypted: JsonObject, size_bytes: int, media_type: str) -> JsonObject:
    """The content of a file letter. encrypted: where it lies and its key. Its name is ours, never the sender's."""
    name = f"fichier.{EXTENSIONS.get(media_type, 'bin')}"
    msgtype = MEDIA_MSGTYPES.get(media_type.partition("/")[0], "m.file")
    info = {"mimetype": media_type, "size": size_bytes}
    body = {"msgtype": msgtype, "body": letter.text or name, "filename": name, "info": info, "file": encrypted}
    return {**body, "m.mentions": {}, **_reply(letter.reply_to)}


def reaction(ref: MessageRef, mark: Mark) -> JsonObject:
    """A mark on an officer's message. Reactions travel in the clear: the mark alone, never a word."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": ref, "key": mark.value}}


def _words(letter: ToOfficers) -> JsonObject:
    # an empty m.mentions: a citizen who writes "@room" or an officer's name rings nobody
    words: JsonObject = {"msgtype": MSGTYPES[letter.kind], "body": letter.text, "m.mentions": {}}
    if letter.html is not None:
        words |= {"format": HTML, "formatted_body": letter.html}
    return words


def _reply(to: MessageRef | None) -> JsonObject:
    return {} if to is None else {"m.relates_to": {"m.in_reply_to": {"event_id": to}}}
