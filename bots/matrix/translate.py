"""What an officer's event means to the counter. Whatever is not plainly meant for the citizen stays in the room. Pure.

Only text and files leave, and only when they came encrypted. Threads, `//`, notices, clear events, strangers, state:
never. An edit is judged with the message that it edits: a note stays a note, whatever it becomes.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias

from bots.matrix.plain import from_body, from_html
from bots.matrix.seen import SeenEvent
from domain.ids import FileId, MessageRef
from domain.messages import Noted, OfficerContent, Ordered, Told, Unreadable, Withdrew

JsonObject = dict[str, Any]  # Any: JSON

NOTE_SIGN = "//"
ORDER = re.compile(r"!(?P<name>[a-zà-öø-ÿ][\wà-öø-ÿ-]*)(?:\s+(?P<argument>.*))?", re.DOTALL | re.IGNORECASE)
FILES = frozenset({"m.image", "m.file", "m.audio", "m.video"})


class Later(Enum):
    """It cannot be judged yet."""

    SEALED = "its key has not come"


@dataclass(frozen=True, slots=True)
class NeedsOriginal:
    """An edit: what it means depends on the message that it edits."""

    original: MessageRef


@dataclass(frozen=True, slots=True)
class NeedsFile:
    """A file for the citizen, still to be fetched."""

    caption: str


Meaning: TypeAlias = OfficerContent | NeedsOriginal | NeedsFile | Later | None
"""None: nothing that concerns the counter."""


def meaning(event: SeenEvent) -> Meaning:
    """What this event of an officer means, without looking anywhere else."""
    if event.state_key is not None:
        return None
    reading = KINDS.get(event.kind)
    return reading(event) if reading else None


def meaning_of_edit(edit: SeenEvent, original: SeenEvent) -> OfficerContent | None:
    """What an edit means, given the message it edits. Only its own author's edits count."""
    words, before = spoken(new_content(edit), edit.relation), meaning(original)
    if original.sender != edit.sender or not words:
        return None
    if is_note(new_content(edit), words):
        return Noted(without_note_sign(words))
    order = ordered_or_none(words)
    if isinstance(before, Told):
        return order or Told(words, replaces=MessageRef(original.event_id))
    return order if order and isinstance(before, Ordered) else Noted(words)


def in_thread(event: SeenEvent) -> bool:
    """Whether it was written in a thread: internal talk."""
    return event.relation.get("rel_type") == "m.thread"


def file_id(event: SeenEvent) -> FileId:
    """The same event always gives the same id, so that a repeat is no second file."""
    return FileId("matrix-" + hashlib.sha256(event.event_id.encode()).hexdigest()[:32])


# --- kinds of events -------------------------------------------------------------------------------


def _message(event: SeenEvent) -> Meaning:
    msgtype = event.content.get("msgtype")
    if not isinstance(msgtype, str) or msgtype not in MESSAGES:
        return None
    if not event.was_encrypted:  # anybody on the way could have written it; its author must hear that it did not count
        return Unreadable()
    if event.relation.get("rel_type") == "m.replace":
        original = event.relation.get("event_id")
        return NeedsOriginal(MessageRef(original)) if isinstance(original, str) else None
    return MESSAGES[msgtype](event)


def _text(event: SeenEvent) -> Meaning:
    words = spoken(event.content, event.relation)
    if in_thread(event) or is_note(event.content, words):
        return Noted(without_note_sign(words))
    if not words:
        return None
    return ordered_or_none(words) or Told(words)


def _emote(event: SeenEvent) -> Meaning:
    return Noted(spoken(event.content, event.relation))


def _file(event: SeenEvent) -> Meaning:
    caption = caption_of(event)
    if in_thread(event) or caption.startswith(NOTE_SIGN):
        return Noted(without_note_sign(caption))
    return NeedsFile(caption)


def _redaction(event: SeenEvent) -> Meaning:
    return Withdrew() if event.redacts else None


def _sealed(event: SeenEvent) -> Meaning:
    return Later.SEALED


MESSAGES: Mapping[str, Callable[[SeenEvent], Meaning]] = MappingProxyType({
    "m.text": _text,
    "m.emote": _emote,
    **dict.fromkeys(FILES, _file),
})  # fmt: skip
"""m.notice is what robots write: it is not here, and so are verification requests, places, polls."""

KINDS: Mapping[str, Callable[[SeenEvent], Meaning]] = MappingProxyType({
    "m.room.message": _message,
    "m.room.redaction": _redaction,
    "m.room.encrypted": _sealed,
})  # fmt: skip


# --- words -----------------------------------------------------------------------------------------


def spoken(content: JsonObject, relation: JsonObject) -> str:
    """The plain words of a text message."""
    html = content.get("formatted_body")
    if isinstance(html, str) and html.strip():
        return from_html(html)
    body = content.get("body")
    return from_body(body, is_reply="m.in_reply_to" in relation) if isinstance(body, str) else ""


def new_content(edit: SeenEvent) -> JsonObject:
    """What an edit puts in place; {} when it is malformed."""
    content = edit.content.get("m.new_content")
    return content if isinstance(content, dict) else {}


def is_note(content: JsonObject, words: str) -> bool:
    """Whether the officer began with `//`, in the formatted or in the plain form."""
    body = content.get("body")
    return words.startswith(NOTE_SIGN) or (isinstance(body, str) and body.lstrip().startswith(NOTE_SIGN))


def without_note_sign(words: str) -> str:
    """The note itself."""
    return words.removeprefix(NOTE_SIGN).strip()


def ordered_or_none(words: str) -> Ordered | None:
    """The command in these words, None when there is none ("!!!" is no command)."""
    found = ORDER.fullmatch(words)
    return Ordered(found["name"].lower(), (found["argument"] or "").strip()) if found else None


def caption_of(event: SeenEvent) -> str:
    """The words sent with a file: a body that is not just its name."""
    body, name = event.content.get("body"), event.content.get("filename")
    is_caption = isinstance(body, str) and isinstance(name, str) and body != name
    return spoken(event.content, event.relation) if is_caption else ""
