"""What the tests of the Telegram server share: a small picture, a real bot, and a look for unknown fields."""

import struct
import zlib

from telegram import Bot, TelegramObject
from telegram.request import HTTPXRequest

from tests.telegram_server import Stage


def png(width: int = 4, height: int = 3) -> bytes:
    """A black PNG of this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def bot_for(stage: Stage, token: str | None = None, read_timeout: float = 5.0) -> Bot:
    """A real python-telegram-bot Bot that talks to the server."""
    return Bot(
        token or stage.token,
        base_url=stage.base_url,
        base_file_url=stage.base_file_url,
        request=HTTPXRequest(read_timeout=read_timeout),
        get_updates_request=HTTPXRequest(read_timeout=read_timeout),
    )


def unknown_fields(thing: object) -> list[str]:
    """Fields that python-telegram-bot 22.8 does not know, anywhere inside `thing`."""
    if isinstance(thing, TelegramObject):
        slots = {name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())}
        inner = [getattr(thing, name) for name in slots if not name.startswith("_") and name != "api_kwargs"]
        found = [f"{type(thing).__name__}.{name}" for name in thing.api_kwargs]
        return found + [field for value in inner for field in unknown_fields(value)]
    if isinstance(thing, list | tuple):
        return [field for value in thing for field in unknown_fields(value)]
    return []
