"""Long letters cut where a reader would pause.

Telegram counts UTF-16 units (an emoji is two) and refuses a text above 4096, a caption above 1024.
"""

MAX_TEXT = 4096
MAX_CAPTION = 1024

PAUSES = ("\n\n", "\n", ". ", "? ", "! ", " : ", ", ", " ")
EARLIEST = 0.5
"""A pause in the first half is not worth it: the part would be too short."""


def length_utf16(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int = MAX_TEXT) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units, in order; only white space at the cuts is lost."""
    parts: list[str] = []
    rest = text.strip()
    while rest:
        at = _end_of_part(rest, limit)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return parts


def _end_of_part(text: str, limit: int) -> int:
    """Where the first part ends: an index into `text`."""
    most = _fitting(text, limit)
    if most == len(text):
        return most
    for pause in PAUSES:
        at = text.rfind(pause, 0, most + 1)
        if at >= most * EARLIEST:
            return at + len(pause.rstrip()) if pause.strip() else at
    return _before_joiner(text, most)


def _fitting(text: str, limit: int) -> int:
    """How many characters fit in `limit` UTF-16 units."""
    if len(text) * 2 <= limit:
        return len(text)
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return index
    return len(text)


_GLUE = "\u200d\ufe0f\u0300\u0301\u0302\u0303\u0308\u0327"


def _before_joiner(text: str, at: int) -> int:
    """Not between a letter and its accent, nor inside a joined emoji, when a few steps back suffice."""
    for earlier in range(at, max(at - 16, 1), -1):
        if text[earlier] not in _GLUE and text[earlier - 1] != "\u200d":
            return earlier
    return at
