"""Nothing but the picture crosses."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from bots.telegram import photos
from bots.telegram.photos import BadPhoto, Darkroom, redrawn


def jpeg(size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", **more)
    return out.getvalue()


def with_secrets(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "CANARI-auteur"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 56.0, 58.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return jpeg(exif=exif, comment=b"CANARI-commentaire", xmp=b"<x>CANARI-xmp</x>", icc_profile=b"CANARI-icc")


def markers(content: bytes) -> set[int]:
    """The application and comment segments of a JPEG."""
    at, found = 2, set()
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        found.add(content[at + 1])
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return {marker for marker in found if 0xE0 <= marker <= 0xEF or marker == 0xFE}


def test_place_author_and_comment_are_gone() -> None:
    before = with_secrets()
    assert before.count(b"CANARI") == 4
    after = redrawn(before)
    assert b"CANARI" not in after
    assert markers(after) == {0xE0}, "only the JFIF header may be there"
    with Image.open(io.BytesIO(after)) as image:
        assert not image.getexif()
        assert image.size == (60, 40)


def test_a_photo_taken_sideways_stands_upright() -> None:
    with Image.open(io.BytesIO(redrawn(with_secrets(orientation=6)))) as image:
        assert image.size == (40, 60)


def test_png_texts_are_gone() -> None:
    notes = PngInfo()
    notes.add_text("Author", "CANARI")
    out = io.BytesIO()
    Image.new("RGBA", (8, 8)).save(out, "PNG", pnginfo=notes)
    assert b"CANARI" in out.getvalue()
    after = redrawn(out.getvalue())
    assert b"CANARI" not in after
    assert after.startswith(b"\xff\xd8")


def test_a_large_photo_is_made_smaller() -> None:
    with Image.open(io.BytesIO(redrawn(jpeg((4000, 1000))))) as image:
        assert max(image.size) == photos.MAX_SIDE


def bomb() -> bytes:
    """A PNG of a few dozen bytes that announces 40 000 x 40 000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, "GIF")
    return out.getvalue()


def large_png() -> bytes:
    out = io.BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 not a photo", gif(), bomb(), large_png(), jpeg()[:200], b"\xff\xd8\xff\xe0" + b"\0" * 500],
    ids=["empty", "pdf", "gif", "bomb", "above the pixel limit", "cut short", "zeros"],
)
async def test_what_is_not_a_photo_is_refused(content: bytes) -> None:
    with pytest.raises(BadPhoto):
        await Darkroom().redraw(content)
