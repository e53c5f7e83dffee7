"""Text as the Bot API keeps it: trimmed, measured, with its entities.

Offsets and lengths of entities count UTF-16 units; the length limits count characters after parsing.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .markup import parse_html, parse_markdown_v2
from .shapes import Json, bad_request, not_modelled

MAX_TEXT = 4096
MAX_CAPTION = 1024
_ENTITY_FIELDS = {"type", "offset", "length", "url", "user", "language", "custom_emoji_id"}
_ENTITY_KINDS = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote"}
_ENTITY_KINDS |= {"expandable_blockquote", "code", "pre", "text_link", "text_mention"}
_ENTITY_KINDS |= {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_ENTITY_KINDS |= {"custom_emoji", "date_time"}
_FOUND: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"https?://[^\s<>\"]+|\bt\.me/[\w/?=-]+")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?\b")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d{9,15}\b")),
)
_PARSERS: Mapping[str, Callable[[str], tuple[str, list[Json]]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
}


def utf16_length(text: str) -> int:
    """How many UTF-16 units `text` takes."""
    return len(text.encode("utf-16-le")) // 2


def found_in(text: str) -> list[Json]:
    """The entities that Telegram finds by itself: commands, links, addresses, in order, never overlapping."""
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, stop = match.span()
            if all(stop <= a or start >= b for a, b, _ in taken):
                taken.append((start, stop, kind))
    return [
        {"type": kind, "offset": utf16_length(text[:a]), "length": utf16_length(text[a:b])}
        for a, b, kind in sorted(taken)
    ]


def formatted(
    raw: str, parse_mode: str | None, given: list[Any] | None, *, limit: int, name: str
) -> tuple[str, list[Json]]:
    """The text and entities that the message will have; ApiError 400 when Telegram would refuse.

    limit: characters after parsing; name: "message" or "message caption", for the error.
    """
    if len(raw.encode()) > 1 << 15:
        raise bad_request("text is too long")
    text, entities = _marked(raw, parse_mode, given)
    text, entities = _trimmed(text, entities)
    if len(text) > limit:
        raise bad_request(f"{name} is too long")
    explicit = {(e["offset"], e["length"]) for e in entities}
    found = [e for e in found_in(text) if (e["offset"], e["length"]) not in explicit]
    return text, sorted(entities + found, key=lambda e: (e["offset"], -e["length"]))


def _marked(raw: str, parse_mode: str | None, given: list[Any] | None) -> tuple[str, list[Json]]:
    mode = (parse_mode or "none").lower()
    if mode == "none":
        return raw, _checked(given or [], raw)
    if mode == "markdown":
        raise not_modelled("the legacy parse_mode Markdown")
    if mode not in _PARSERS:
        raise bad_request("unsupported parse_mode")
    return _PARSERS[mode](raw)


def _checked(given: list[Any], text: str) -> list[Json]:
    end = utf16_length(text)
    for entity in given:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= set(entity):
            raise bad_request("can't parse MessageEntity: type, offset and length are required")
        if unknown := set(entity) - _ENTITY_FIELDS:
            raise bad_request(f"can't parse MessageEntity: unknown fields {sorted(unknown)}")
        if entity["type"] not in _ENTITY_KINDS:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > end:
            raise bad_request("can't parse MessageEntity: entity is outside of the text")
    return given


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """White space at both ends is dropped, and the entities follow."""
    bare = text.lstrip()
    shift = utf16_length(text) - utf16_length(bare)
    bare = bare.rstrip()
    end = utf16_length(bare)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return bare, kept
