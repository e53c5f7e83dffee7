"""Photos made harmless: decoded, bounded, and drawn again, so that nothing but the picture is left.

Hostile bytes end here: only three formats are tried, the announced size is checked before a pixel is decoded, and
two photos at most are decoded at once. Figures: docs/decisions/0053.
"""

import asyncio
import io

from PIL import Image, ImageOps

MEDIA_TYPE = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 30_000_000
MAX_SIDE = 2048
QUALITY = 85
DECODED_AT_ONCE = 2


class BadPhoto(Exception):
    """The bytes are not a photo that can be taken."""


def redrawn(content: bytes) -> bytes:
    """The picture as a plain JPEG, its longer side at most MAX_SIDE pixels, without any metadata.

    Raises BadPhoto for anything that is not a JPEG, PNG or WebP of at most MAX_PIXELS.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadPhoto("too many pixels")
            return _encoded(_bounded(image))
    # A decoder fed with hostile bytes raises whatever it likes (struct.error, KeyError, MemoryError ...).
    except Exception as error:
        kind = type(error).__name__
    raise BadPhoto(f"expected a photo, found something else ({kind})")


def _bounded(image: Image.Image) -> Image.Image:
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    return ImageOps.exif_transpose(image)


def _encoded(image: Image.Image) -> bytes:
    # Saving the image itself would carry its JPEG comment along: only pixels may cross.
    fresh = Image.new("RGB", image.size)
    fresh.paste(image.convert("RGB"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


class Darkroom:
    """Redraws photos beside the event loop, a few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(DECODED_AT_ONCE)

    async def redraw(self, content: bytes) -> bytes:
        """As `redrawn`, in a thread."""
        async with self._places:
            return await asyncio.to_thread(redrawn, content)
