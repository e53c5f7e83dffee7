"""Files on the wire: encrypted here before they are uploaded, fetched with a limit, checked and decrypted here."""

import asyncio
import io
import re
import warnings
from dataclasses import dataclass
from typing import Any

from nio import EncryptionError
from nio.crypto import attachments
from PIL import Image, ImageOps, UnidentifiedImageError

from bots.matrix.client import HouseClient
from bots.matrix.errors import checked, fault, house_errors
from bots.matrix.settings import MatrixSettings
from domain.errors import Refused

JsonObject = dict[str, Any]  # Any: JSON

CHUNK_BYTES = 64 * 1024
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")
PHOTOS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PIXEL_LIMIT = 50_000_000
"""A larger photo is a bomb, not a photo (the largest phone cameras of common use make 48 to 50 million)."""


class UnusableFile(Exception):
    """The file will never be usable: too large, damaged, or not what it says it is."""


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Uploads and downloads of one client."""

    client: HouseClient
    settings: MatrixSettings

    async def upload(self, content: bytes) -> JsonObject:
        """The file lies encrypted on the server; returns where and with which key (`file` of a message)."""
        encrypted, keys = await asyncio.to_thread(attachments.encrypt_attachment, content)
        with house_errors("upload"):
            async with asyncio.timeout(4 * self.settings.request_timeout.total_seconds()):
                answer, _ = await self.client.upload(lambda *_: io.BytesIO(encrypted), filesize=len(encrypted))
        return {"url": checked(answer, "upload").content_uri, **keys}

    async def fetch(self, content: JsonObject) -> tuple[bytes, str]:
        """The file of an officer's message and its media type, without the metadata of photos.

        Raises UnusableFile, or NotSent when it may be there later.
        """
        place, media_type = content.get("file"), declared_type(content)
        if not isinstance(place, dict) or not isinstance(place.get("url"), str):
            raise UnusableFile("a file in an encrypted room without its key")
        if declared_size(content) > self.settings.file_limit_bytes:
            raise UnusableFile("too large")
        clear = await self._decrypted(await self._download(place["url"]), place)
        return (await asyncio.to_thread(clean, clear, media_type)), media_type

    async def _download(self, uri: str) -> bytes:
        server, _, media = uri.removeprefix("mxc://").partition("/")
        if (
            not uri.startswith("mxc://")
            or not re.fullmatch(r"[\w.:\[\]-]+", server)
            or not re.fullmatch(r"[\w-]+", media)
        ):
            raise UnusableFile("not a Matrix media address")
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        with house_errors("download"):
            async with asyncio.timeout(4 * self.settings.request_timeout.total_seconds()):
                answer = await self.client.send(
                    "GET", f"/_matrix/client/v1/media/download/{server}/{media}", None, headers
                )
                if answer.status == 200:
                    return await self._limited(answer)
                body = await self.client.parse_body(answer)
        try:
            raise fault(body.get("errcode"), answer.status, body.get("retry_after_ms"), "download")
        except Refused as error:
            raise UnusableFile(error.reason) from error

    async def _limited(self, answer: Any) -> bytes:  # Any: aiohttp's answer, through nio
        taken = bytearray()
        async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
            taken += chunk
            if len(taken) > self.settings.file_limit_bytes:
                answer.close()
                raise UnusableFile("too large")
        return bytes(taken)

    async def _decrypted(self, encrypted: bytes, place: JsonObject) -> bytes:
        try:
            key, digest, start = place["key"]["k"], place["hashes"]["sha256"], place["iv"]
            clear = await asyncio.to_thread(attachments.decrypt_attachment, encrypted, key, digest, start)
        except (EncryptionError, KeyError, TypeError, ValueError) as error:
            raise UnusableFile("damaged, or not encrypted as it says") from error
        return bytes(clear)


def declared_type(content: JsonObject) -> str:
    """The media type that the sender states, or the general one when it is not a plausible name."""
    info = content.get("info")
    stated = info.get("mimetype") if isinstance(info, dict) else None
    good = isinstance(stated, str) and MEDIA_TYPE.fullmatch(stated.lower())
    return stated.lower() if good and isinstance(stated, str) else "application/octet-stream"


def declared_size(content: JsonObject) -> int:
    """The size that the sender states, 0 when none."""
    info = content.get("info")
    size = info.get("size") if isinstance(info, dict) else None
    return size if isinstance(size, int) else 0


def clean(content: bytes, media_type: str) -> bytes:
    """A photo drawn again, without place, date, device or thumbnail; anything else as it is. Raises UnusableFile."""
    kind = PHOTOS.get(media_type)
    if kind is None:
        return content
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _redrawn(content, kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnusableFile("not the photo that it says it is") from error


def _redrawn(content: bytes, kind: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=[kind]) as image:
        if image.width * image.height > PIXEL_LIMIT:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(image)
        bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())  # pixels only
        if upright.mode == "P":
            bare.putpalette(upright.getpalette() or [])
    out = io.BytesIO()
    bare.save(out, kind)
    return out.getvalue()
