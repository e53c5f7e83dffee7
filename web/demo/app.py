"""The demonstration's page: a phone on the left, the officers' room on the right, what the counter knows below.

Everything shown comes from the counter itself; the page only draws. It answers on this machine alone (see guard.py).
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from domain.errors import StorageGone
from domain.ids import Alias, FileId, MessageRef, OfficerId
from domain.messages import RefusedKind
from web.demo.guard import LoopbackOnly
from web.demo.live import Live
from web.demo.panes import Knowledge, Panes, Whereabouts
from web.demo.phone import CleanPhoto, DemoPhones, UnknownThing
from web.demo.room import DemoRooms
from web.headers import SecurityHeaders

STATIC = Path(__file__).parent.parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
LARGEST_PHOTO = 10 * 1024 * 1024
"""Bytes, as on Telegram (Bot API, sendPhoto)."""


@dataclass(frozen=True, slots=True)
class DeskAccount:
    """The ready-made account of the supervisors' desk, shown on the page."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class OfficerLogin:
    """How to be an officer when the rooms are real ones: where, and with which accounts (name, password, service)."""

    homeserver: str
    accounts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ExamplePlace:
    """A place offered in the phone's "send a place" form."""

    name: str
    latitude: float
    longitude: float


PLACES = (
    ExamplePlace("Place de la mairie, Avignon", 43.9493, 4.8055),
    ExamplePlace("Gare routière, Avignon", 43.9420, 4.8063),
    ExamplePlace("Marché couvert, Carpentras", 44.0553, 5.0489),
    ExamplePlace("Parking du stade, Orange", 44.1366, 4.8097),
)


def make_demo(
    *,
    phones: DemoPhones,
    rooms: DemoRooms | None,
    live: Live,
    knowledge: Knowledge,
    conversation_of: Whereabouts,
    clean_photo: CleanPhoto,
    desk: ASGIApp | None = None,
    account: DeskAccount | None = None,
    login: OfficerLogin | None = None,
    places: Sequence[ExamplePlace] = PLACES,
    extra: Sequence[BaseRoute] = (),
) -> Starlette:
    """The page as an app to be served on 127.0.0.1.

    rooms: None when the officers use real rooms; `login` then says how to enter them.
    desk: mounted at /desk. extra: further routes, e.g. the health pages.
    """
    panes = Panes(phones, rooms, knowledge, conversation_of)
    page = _Page(account, login, places, has_rooms=rooms is not None, has_desk=desk is not None)
    routes: list[BaseRoute] = [
        Route("/", page.show),
        Route("/events", _Events(live, panes).stream),
        Mount("/static", StaticFiles(directory=STATIC)),
        *_PhoneActs(phones, clean_photo).routes(),
        *(_RoomActs(rooms).routes() if rooms else ()),
        *([Mount("/desk", desk)] if desk else ()),
        *extra,
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders), Middleware(LoopbackOnly)],
        exception_handlers={UnknownThing: _unknown, StorageGone: _storage_gone},
    )


async def _unknown(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=404)


async def _storage_gone(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": "the store is out of reach"}, status_code=503)


class _Page:
    """The one HTML page."""

    def __init__(
        self,
        account: DeskAccount | None,
        login: OfficerLogin | None,
        places: Sequence[ExamplePlace],
        *,
        has_rooms: bool,
        has_desk: bool,
    ) -> None:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        self._html = environment.get_template("demo.html").render(
            account=account, login=login, places=places, has_rooms=has_rooms, has_desk=has_desk
        )

    async def show(self, request: Request) -> Response:
        return HTMLResponse(self._html)


class _Events:
    """The stream that keeps every open page current."""

    def __init__(self, live: Live, panes: Panes) -> None:
        self._live = live
        self._panes = panes

    async def stream(self, request: Request) -> Response:
        return StreamingResponse(self._lines(), media_type="text/event-stream")

    async def _lines(self) -> AsyncIterator[str]:
        async for names in self._live.watch(self._panes.names()):
            for name in self._panes.expand(names):
                pane = await self._panes.draw(name)
                yield f"data: {json.dumps(pane, ensure_ascii=False)}\n\n"
            if not names:
                yield ": still here\n\n"


Act = Callable[[Request], Awaitable[None]]


def _act(path: str, act: Act) -> Route:
    """A POST that does one thing; the page learns the outcome from the stream."""

    async def endpoint(request: Request) -> Response:
        await act(request)
        return Response(status_code=204)

    return Route(path, endpoint, methods=["POST"])


async def _words(request: Request) -> dict[str, Any]:  # Any: JSON from the page, each use checks its own
    """The JSON object that the page sent. Raises HTTPException 400."""
    try:
        sent = await request.json()
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(sent, dict):
        raise HTTPException(400)
    return sent


def _text(sent: dict[str, Any], key: str) -> str:
    """A field of the page's object that holds words. Raises HTTPException 400."""
    value = sent.get(key)
    if not isinstance(value, str) or not value.strip():
        raise HTTPException(400)
    return value


def _number(sent: dict[str, Any], key: str, largest: float) -> float:
    """A field that holds a number within -largest..largest. Raises HTTPException 400."""
    value = sent.get(key)
    if not isinstance(value, int | float) or not -largest <= value <= largest:
        raise HTTPException(400)
    return float(value)


class _PhoneActs:
    """What the page lets citizens do."""

    def __init__(self, phones: DemoPhones, clean_photo: CleanPhoto) -> None:
        self._phones = phones
        self._clean_photo = clean_photo

    def routes(self) -> Sequence[Route]:
        one = "/phones/{number:int}"
        return (
            Route("/phones", self.add, methods=["POST"]),
            Route(f"{one}/files/{{file}}", self.file),
            _act(f"{one}/say", self.say),
            _act(f"{one}/tap", self.tap),
            _act(f"{one}/edit", self.edit),
            _act(f"{one}/pin", self.pin),
            _act(f"{one}/photo", self.photo),
            _act(f"{one}/refused", self.refused),
            _act(f"{one}/door", self.door),
        )

    async def add(self, request: Request) -> Response:
        return JSONResponse({"number": self._phones.add()}, status_code=201)

    async def file(self, request: Request) -> Response:
        files = self._phones.phone(_phone(request)).files
        return _file(files, request.path_params["file"])

    async def say(self, request: Request) -> None:
        await self._phones.say(_phone(request), _text(await _words(request), "text"))

    async def tap(self, request: Request) -> None:
        sent = await _words(request)
        await self._phones.tap(_phone(request), MessageRef(_text(sent, "ref")), _text(sent, "choice"))

    async def edit(self, request: Request) -> None:
        sent = await _words(request)
        await self._phones.edit(_phone(request), MessageRef(_text(sent, "ref")), _text(sent, "text"))

    async def pin(self, request: Request) -> None:
        sent = await _words(request)
        await self._phones.pin(_phone(request), _number(sent, "latitude", 90.0), _number(sent, "longitude", 180.0))

    async def photo(self, request: Request) -> None:
        async with request.form(max_files=1, max_part_size=LARGEST_PHOTO) as form:
            upload, caption = form.get("photo"), form.get("caption", "")
            if upload is None or isinstance(upload, str) or not isinstance(caption, str):
                raise HTTPException(400)
            raw = await upload.read(LARGEST_PHOTO + 1)
        if len(raw) > LARGEST_PHOTO:
            raise HTTPException(413)
        await self._phones.photograph(_phone(request), raw, caption.strip(), self._clean_photo)

    async def refused(self, request: Request) -> None:
        kind = _text(await _words(request), "kind")
        if kind not in {one.value for one in RefusedKind}:
            raise HTTPException(400)
        await self._phones.send_refused(_phone(request), RefusedKind(kind))

    async def door(self, request: Request) -> None:
        await self._phones.set_door(_phone(request), (await _words(request)).get("open") is True)


def _phone(request: Request) -> int:
    return int(request.path_params["number"])


class _RoomActs:
    """What the page lets officers do."""

    def __init__(self, rooms: DemoRooms) -> None:
        self._rooms = rooms

    def routes(self) -> Sequence[Route]:
        one = "/rooms/{alias}"
        return (
            Route(f"{one}/files/{{file}}", self.file),
            _act(f"{one}/say", self.say),
            _act(f"{one}/edit", self.edit),
            _act(f"{one}/withdraw", self.withdraw),
        )

    async def file(self, request: Request) -> Response:
        return _file(self._rooms.room(_alias(request)).files, request.path_params["file"])

    async def say(self, request: Request) -> None:
        sent = await _words(request)
        as_note = sent.get("note") is True
        await self._rooms.say(_alias(request), _officer(sent), _text(sent, "text"), as_note=as_note)

    async def edit(self, request: Request) -> None:
        sent = await _words(request)
        await self._rooms.edit(_alias(request), _officer(sent), MessageRef(_text(sent, "ref")), _text(sent, "text"))

    async def withdraw(self, request: Request) -> None:
        sent = await _words(request)
        await self._rooms.withdraw(_alias(request), _officer(sent), MessageRef(_text(sent, "ref")))


def _alias(request: Request) -> Alias:
    return Alias(request.path_params["alias"])


def _officer(sent: dict[str, Any]) -> OfficerId:
    return OfficerId(_text(sent, "officer"))


def _file(files: dict[FileId, tuple[bytes, str]], name: str) -> Response:
    """A picture, or a 404. Only pictures are shown in place; anything else is offered for download."""
    if FileId(name) not in files:
        raise HTTPException(404)
    content, media_type = files[FileId(name)]
    shown = media_type in ("image/jpeg", "image/png", "image/webp")
    headers = {} if shown else {"Content-Disposition": "attachment"}
    return Response(content, media_type=media_type if shown else "application/octet-stream", headers=headers)
