"""The two mark-up languages of the Bot API, HTML and MarkdownV2, turned into entities."""

import html
import re

from .shapes import ApiError, Json, bad_request, not_modelled

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)?([^<>]*)>?")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_MARKERS = {
    "||": "spoiler",
    "__": "underline",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
}
_RESERVED = "_*[]()~`>#+-=|{}.!"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cannot(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


class _Builder:
    """Plain text being written, with the entities that are open."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, Json]] = []

    def begin(self, marker: str, entity: Json) -> None:
        self.open.append((marker, {**entity, "offset": _units(self.text)}))

    def end(self) -> None:
        _, entity = self.open.pop()
        length = _units(self.text) - entity["offset"]
        if length:
            self.entities.append({**entity, "length": length})


def parse_html(raw: str) -> tuple[str, list[Json]]:
    """Text and entities of Telegram HTML; ApiError 400 where Telegram refuses."""
    out, at = _Builder(), 0
    for match in _TAG.finditer(raw):
        out.text += html.unescape(raw[at : match.start()])
        at = match.end()
        position = len(raw[: match.start()].encode())
        if match[1]:
            _close_tag(out, (match[2] or "").lower(), position)
        else:
            _open_tag(out, (match[2] or "").lower(), match[3], position)
    out.text += html.unescape(raw[at:])
    if out.open:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{out.open[-1][0]}"')
    return out.text, out.entities


def _open_tag(out: _Builder, tag: str, attributes: str, position: int) -> None:
    if tag not in _TAGS:
        raise _cannot(f'Unsupported start tag "{tag}" at byte offset {position}')
    if tag == "span" and "tg-spoiler" not in attributes:
        raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {position}')
    entity: Json = {"type": _TAGS[tag]}
    if tag == "a":
        link = _HREF.search(attributes)
        entity["url"] = next((g for g in link.groups() if g), "") if link else ""
    out.begin(tag, entity)


def _close_tag(out: _Builder, tag: str, position: int) -> None:
    if not out.open:
        raise _cannot(f"Unexpected end tag at byte offset {position}")
    expected = out.open[-1][0]
    if tag and tag != expected:
        raise _cannot(f'Unmatched end tag at byte offset {position}, expected "</{expected}>", found "</{tag}>"')
    out.end()


def parse_markdown_v2(raw: str) -> tuple[str, list[Json]]:
    """Text and entities of MarkdownV2; block quotations and custom emoji are not modelled."""
    out, at = _Builder(), 0
    while at < len(raw):
        at = _step(out, raw, at)
    if out.open:
        raise _cannot(f"Can't find end of the entity starting with {out.open[-1][0]}")
    return out.text, out.entities


def _step(out: _Builder, raw: str, at: int) -> int:
    """One character or marker is consumed; returns where the next one starts."""
    char = raw[at]
    if char == "\\" and at + 1 < len(raw):
        out.text += raw[at + 1]
        return at + 2
    if char == "`":
        return _code(out, raw, at)
    if char == "[":
        out.begin("[", {"type": "text_link"})
        return at + 1
    if char == "]" and out.open and out.open[-1][0] == "[":
        return _link_end(out, raw, at)
    if char == ">":
        raise not_modelled("MarkdownV2 block quotations")
    marker = next((m for m in _MARKERS if raw.startswith(m, at)), None)
    if marker is not None:
        return _toggle(out, marker, at)
    if char in _RESERVED:
        raise _cannot(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
    out.text += char
    return at + 1


def _toggle(out: _Builder, marker: str, at: int) -> int:
    if out.open and out.open[-1][0] == marker:
        out.end()
    elif any(opened == marker for opened, _ in out.open):
        raise _cannot(f"Can't find end of the entity starting with {out.open[-1][0]}")
    else:
        out.begin(marker, {"type": _MARKERS[marker]})
    return at + len(marker)


def _code(out: _Builder, raw: str, at: int) -> int:
    fence, kind = ("```", "pre") if raw.startswith("```", at) else ("`", "code")
    stop = raw.find(fence, at + len(fence))
    if stop < 0:
        raise _cannot(f"Can't find end of {kind.capitalize()} entity at byte offset {at}")
    out.begin(fence, {"type": kind})
    out.text += re.sub(r"\\(.)", r"\1", raw[at + len(fence) : stop])
    out.end()
    return stop + len(fence)


def _link_end(out: _Builder, raw: str, at: int) -> int:
    stop = raw.find(")", at)
    if not raw.startswith("](", at) or stop < 0:
        raise _cannot("Can't find end of a URL")
    out.open[-1][1]["url"] = raw[at + 2 : stop].replace("\\", "")
    out.end()
    return stop + 1
