"""Files that the bot or a citizen sent, under the identifiers that the Bot API gives them."""

import hashlib
import struct
from dataclasses import dataclass

from .shapes import Json, bad_request

MAX_DOWNLOAD_BYTES = 20 << 20  # the Bot API's limit for getFile
LINK_S = 3600  # a download link is good for at least an hour; here for exactly that
MAX_UPLOAD_BYTES = 50 << 20
MAX_PHOTO_BYTES = 10 << 20
_FOLDERS = {
    "photo": ("photos", "jpg"),
    "document": ("documents", "bin"),
    "voice": ("voice", "oga"),
    "audio": ("music", "mp3"),
    "video": ("videos", "mp4"),
    "video_note": ("video_notes", "mp4"),
    "animation": ("animations", "mp4"),
    "sticker": ("stickers", "webp"),
}


@dataclass(frozen=True)
class StoredFile:
    """One stored file; `facts` are the fields that its kind shows beside the identifiers."""

    kind: str
    file_id: str
    file_unique_id: str
    path: str
    content: bytes
    facts: Json

    def wire(self) -> Json:
        """The file as a Document, Voice, PhotoSize ... object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.content),
            **self.facts,
        }


class FileStore:
    """Files by file_id, and the download links open at the moment."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[StoredFile, float]] = {}

    def add(self, kind: str, content: bytes, facts: Json) -> StoredFile:
        """The file is kept and has identifiers of its own."""
        number = len(self.by_id)
        digest = hashlib.sha256(content + kind.encode()).hexdigest()
        folder, ending = _FOLDERS[kind]
        name = str(facts.get("file_name", ""))
        ending = name.rpartition(".")[2] if "." in name else ending
        stored = StoredFile(
            kind=kind,
            file_id=f"AgAC{number:06d}{digest[:40]}",
            file_unique_id=f"AQAD{digest[:12]}",
            path=f"{folder}/file_{number}.{ending}",
            content=content,
            facts=facts,
        )
        self.by_id[stored.file_id] = stored
        return stored

    def open_link(self, stored: StoredFile, now: float) -> None:
        """The file can be downloaded under its path for an hour."""
        self._links[stored.path] = (stored, now + LINK_S)

    def at_link(self, path: str, now: float) -> StoredFile | None:
        """The file under this path, if getFile opened it less than an hour ago."""
        stored, until = self._links.get(path, (None, 0.0))
        return stored if now < until else None


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a JPEG or PNG; ApiError 400 for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    raise bad_request("IMAGE_PROCESS_FAILED")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
