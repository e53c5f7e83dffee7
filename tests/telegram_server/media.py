"""Methods for files: photos, documents, voice and the like, albums, getFile."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .api import Answer, BotApi
from .files import (
    MAX_DOWNLOAD_BYTES,
    MAX_PHOTO_BYTES,
    MAX_UPLOAD_BYTES,
    StoredFile,
    image_size,
)
from .sending import caption_content, deliver
from .shapes import ApiError, Args, Json, Upload, bad_request

_MAX_SIDES_SUM = 10_000  # pixels, width + height of a photo
_ALBUM_KINDS = {"photo", "document", "audio", "video"}
_ALBUM_FIELDS: Mapping[str, set[str]] = {
    "photo": {"has_spoiler", "show_caption_above_media"},
    "document": {"disable_content_type_detection"},
    "audio": {"duration", "performer", "title"},
    "video": {
        "duration",
        "width",
        "height",
        "supports_streaming",
        "has_spoiler",
        "show_caption_above_media",
    },
}
_FRAME_FIELDS = ("width", "height", "duration")
_ITEM_FIELDS = {"type", "media", "caption", "parse_mode", "caption_entities"}


def _named(upload: Upload) -> Json:
    return {"file_name": upload.filename, "mime_type": upload.mime_type}


def _photo_facts(upload: Upload, args: Args) -> Json:
    if len(upload.content) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    width, height = image_size(upload.content)
    if width + height > _MAX_SIDES_SUM or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"width": width, "height": height}


def _moving_facts(upload: Upload, args: Args) -> Json:
    size = {k: args.get(k, 0) for k in ("width", "height", "duration")}
    return {**size, **_named(upload)}


def _audio_facts(upload: Upload, args: Args) -> Json:
    told = {k: args[k] for k in ("performer", "title") if k in args}
    return {"duration": args.get("duration", 0), **told, **_named(upload)}


def _note_facts(upload: Upload, args: Args) -> Json:
    return {"length": args.get("length", 240), "duration": args.get("duration", 0)}


def _voice_facts(upload: Upload, args: Args) -> Json:
    return {"duration": args.get("duration", 0), "mime_type": "audio/ogg"}


_FACTS: Mapping[str, Callable[[Upload, Args], Json]] = {
    "photo": _photo_facts,
    "document": lambda upload, _: _named(upload),
    "audio": _audio_facts,
    "video": _moving_facts,
    "animation": _moving_facts,
    "voice": _voice_facts,
    "video_note": _note_facts,
}


def store(api: BotApi, kind: str, upload: Upload, args: Args) -> StoredFile:
    """The uploaded file, kept; ApiError when it is empty, too big, or not of its kind."""
    if len(upload.content) > MAX_UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.content:
        raise bad_request("file must be non-empty")
    return api.world.files.add(kind, upload.content, _FACTS[kind](upload, args))


def _resolved(api: BotApi, kind: str, given: str | Upload, args: Args) -> StoredFile:
    if isinstance(given, str) and given.startswith("attach://"):
        attached = args.get(given.removeprefix("attach://"))
        if not isinstance(attached, Upload):
            raise bad_request("attached file not found")
        given = attached
    if isinstance(given, Upload):
        return store(api, kind, given, args)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = api.world.files.by_id.get(given)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind} as {kind}")
    return known


def file_content(kind: str, stored: StoredFile) -> Json:
    """The media part of a message that shows this file."""
    if kind == "photo":
        return {"photo": [stored.wire()]}
    if kind == "animation":
        document = {k: v for k, v in stored.wire().items() if k not in _FRAME_FIELDS}
        return {"animation": stored.wire(), "document": document}
    return {kind: stored.wire()}


def _send_file(kind: str, api: BotApi, args: Args) -> Answer:
    api.world.reach(args["chat_id"])
    caption = caption_content(args)
    stored = _resolved(api, kind, args[kind], args)
    return deliver(api, args, {**file_content(kind, stored), **caption, **_look(args)})


def _look(args: Args) -> Json:
    shown = {"has_media_spoiler": "has_spoiler", "show_caption_above_media": None}
    return {field: True for field, name in shown.items() if args.get(name or field)}


SEND_FILE = {kind: partial(_send_file, kind) for kind in _FACTS}


def send_media_group(api: BotApi, args: Args) -> Answer:
    """An album: 2 to 10 files, one message each, under one media_group_id."""
    items: list[Any] = args["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("there must be from 2 to 10 media in an album")
    kinds = {_item_kind(item) for item in items}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request("can't use the media of the specified type in the album")
    api.world.reach(args["chat_id"])
    contents = [_item_content(api, item, args) for item in items]
    group = str(13_000_000_000 + api.world.next_message_id)
    return [deliver(api, args, content, media_group_id=group) for content in contents]


def _item_kind(item: object) -> str:
    if not isinstance(item, dict) or item.get("type") not in _ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: invalid type")
    kind = str(item["type"])
    if unknown := set(item) - _ITEM_FIELDS - _ALBUM_FIELDS[kind]:
        raise bad_request(f"can't parse InputMedia: unknown fields {sorted(unknown)}")
    return kind


def _item_content(api: BotApi, item: Json, args: Args) -> Json:
    stored = _resolved(api, item["type"], item.get("media", ""), {**args, **item})
    return {**file_content(item["type"], stored), **caption_content(item), **_look(item)}


def get_file(api: BotApi, args: Args) -> Answer:
    """Where the file can be downloaded, up to 20 MB."""
    stored = api.world.files.by_id.get(args["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    api.world.files.open_link(stored, api.clock.now())
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }
