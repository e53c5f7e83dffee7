"""From the bytes of a request to named values: query string, form, JSON or multipart."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from .shapes import Upload, bad_request
from .wire import Request

Values = dict[str, Any]  # Any: text, Upload, or a JSON value

_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'\bfilename="([^"]*)"')


def read_values(request: Request) -> Values:
    """Every parameter of the request; ApiError 400 when the body can't be read."""
    values: Values = _pairs(request.query) if request.query else {}
    if request.body:
        values.update(_body_values(request))
    return values


def _body_values(request: Request) -> Values:
    kind, _, options = request.headers.get("content-type", "").partition(";")
    if kind == "application/x-www-form-urlencoded":
        return _pairs(_utf8(request.body))
    if kind == "application/json":
        return _json_values(request.body)
    if kind == "multipart/form-data":
        return _multipart(request.body, options)
    raise bad_request(f"unsupported content type {kind!r}")


def _pairs(text: str) -> Values:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError as fault:
        raise bad_request("strings must be encoded in UTF-8") from fault
    values: Values = {}
    for name, value in pairs:
        if name in values:
            raise bad_request(f"parameter {name!r} is given twice")
        values[name] = value
    return values


def _json_values(body: bytes) -> Values:
    try:
        values = json.loads(body)
    except ValueError as fault:
        raise bad_request("can't parse request body as JSON") from fault
    if not isinstance(values, dict):
        raise bad_request("request body must be a JSON object")
    return values


def _multipart(body: bytes, options: str) -> Values:
    marker = re.search(r'boundary="?([^";]+)"?', options)
    if marker is None:
        raise bad_request("boundary is missing")
    values: Values = {}
    for part in body.split(b"--" + marker[1].encode())[1:-1]:
        head, separator, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not separator:
            raise bad_request("can't parse multipart body")
        name, value = _part(_utf8(head), content.removesuffix(b"\r\n"))
        values[name] = value
    return values


def _part(head: str, content: bytes) -> tuple[str, str | Upload]:
    name = _NAME.search(head)
    if name is None:
        raise bad_request("multipart part without a name")
    filename = _FILENAME.search(head)
    if filename is None:
        return name[1], _utf8(content)
    mime = re.search(r"(?im)^content-type:\s*(\S+)", head)
    return name[1], Upload(filename[1], content, mime[1] if mime else "application/octet-stream")


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise bad_request("strings must be encoded in UTF-8") from fault
