"""The supervisors' desk as an app: it renders what handlers/supervisor.py lets a supervisor read, no more."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from domain.errors import StorageGone
from domain.ids import Alias, FileId
from handlers.ports import Supervisor
from handlers.supervisor import CaseState, DeskDoor, ReadingRoom, SignedIn
from web import words
from web.desk import phrases
from web.desk.cookies import DeskCookies, form_mark, is_own_form
from web.desk.facts import fact_lines
from web.headers import SecurityHeaders

STATIC = Path(__file__).parent.parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
LONGEST_FIELD = 1024
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})

Reading = Callable[[Request, Supervisor], Awaitable[Response]]


def make_desk(door: DeskDoor, room: ReadingRoom, *, is_secure: bool = True) -> Starlette:
    """The desk, to be served at the root of its own host or mounted under a path.

    is_secure: False only for plain http on this machine; the cookies then lose `Secure` and the `__Host-` name.
    """
    desk = _Desk(door, room, DeskCookies(is_secure=is_secure))
    routes = [
        Route("/connexion", desk.show_sign_in, methods=["GET"]),
        Route("/connexion", desk.sign_in, methods=["POST"]),
        Route("/deconnexion", desk.sign_out, methods=["POST"]),
        Route("/", desk.signed_in(desk.cases)),
        Route("/dossiers/{alias}", desk.signed_in(desk.case)),
        Route("/dossiers/{alias}/photos/{file}", desk.signed_in(desk.photo)),
        Route("/journal", desk.signed_in(desk.journal)),
        Route("/identite", desk.signed_in(desk.identity)),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: desk.fault, StorageGone: desk.gone},
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(words=words, phrases=phrases, states=list(CaseState))
    return environment


class _Desk:
    """The pages."""

    def __init__(self, door: DeskDoor, room: ReadingRoom, cookies: DeskCookies) -> None:
        self._door, self._room, self._cookies = door, room, cookies
        self._pages = _environment()

    # --- coming in, going ----------------------------------------------------------------------------

    async def show_sign_in(self, request: Request) -> Response:
        """The sign-in form, tied to this browser by a cookie."""
        return self._sign_in_page(request, "")

    async def sign_in(self, request: Request) -> Response:
        """In, or the form again with one clear sentence (the same for an unknown name and a wrong password)."""
        name, password, mark = [await _field(request, key) for key in ("name", "password", "mark")]
        if not is_own_form(self._cookies.form(request), mark):
            return self._sign_in_page(request, "Le formulaire a expiré. Recommencez.", 403)
        outcome = await self._door.sign_in(name.strip().lower(), password)
        if isinstance(outcome, SignedIn):
            response = _to(request, "/")
            self._cookies.open_session(response, outcome.token)
            return response
        if outcome.wait_s > 0.0:
            sentence = f"Trop d’essais. Réessayez dans {phrases.wait(outcome.wait_s)}."
            return self._sign_in_page(request, sentence, 429)
        return self._sign_in_page(request, "Nom ou mot de passe inconnu.", 401)

    async def sign_out(self, request: Request) -> Response:
        """Out, and the browser forgets."""
        secret = self._cookies.session(request)
        if not is_own_form(secret, await _field(request, "mark")):
            raise HTTPException(403)
        await self._door.sign_out(secret)
        response = _to(request, "/connexion")
        self._cookies.drop(response)
        return response

    def signed_in(self, reading: Reading) -> Callable[[Request], Awaitable[Response]]:
        """The page for those with an open session; anyone else is led to the sign-in form."""

        async def page(request: Request) -> Response:
            reader = await self._door.who(self._cookies.session(request))
            return await reading(request, reader) if reader else _to(request, "/connexion")

        return page

    def _sign_in_page(self, request: Request, fault: str, status: int = 200) -> Response:
        response = HTMLResponse(status_code=status)
        secret = self._cookies.start_form(response)
        page = self._pages.get_template("sign_in.html")
        response.body = page.render(base=_base(request), fault=fault, mark=form_mark(secret), reader=None).encode()
        response.headers["Content-Length"] = str(len(response.body))
        return response

    # --- reading -------------------------------------------------------------------------------------

    async def cases(self, request: Request, reader: Supervisor) -> Response:
        """The list, one page, perhaps of one state only."""
        state = _state(request.query_params.get("etat", ""))
        offset = request.query_params.get("a", "0")
        if not (offset.isdecimal() and len(offset) < 9):
            raise HTTPException(404)
        page = await self._room.cases(reader, state, int(offset))
        return self._page(request, reader, "cases.html", page=page, state=state, offset=int(offset))

    async def case(self, request: Request, reader: Supervisor) -> Response:
        """One transcript with what was learned beside it."""
        opened = await self._room.open_case(reader, Alias(request.path_params["alias"]))
        if opened is None:
            raise HTTPException(404)
        facts = fact_lines(opened.conversation)
        return self._page(request, reader, "case.html", opened=opened, facts=facts)

    async def photo(self, request: Request, reader: Supervisor) -> Response:
        """A picture of the case."""
        alias, file = Alias(request.path_params["alias"]), FileId(request.path_params["file"])
        found = await self._room.file(reader, alias, file)
        if found is None or found[1] not in PICTURES:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1])

    async def journal(self, request: Request, reader: Supervisor) -> Response:
        """Who did what."""
        return self._page(request, reader, "journal.html", page=await self._room.journal(reader))

    async def identity(self, request: Request, reader: Supervisor) -> Response:
        """How officers recognise the counter."""
        return self._page(request, reader, "identity.html", identity=await self._room.identity(reader))

    def _page(self, request: Request, reader: Supervisor, template: str, **values: Any) -> Response:  # Any: views
        cell = self._room.cell_of(reader)
        html = self._pages.get_template(template).render(
            base=_base(request),
            here=request.url.path.removeprefix(_base(request)),
            reader=reader,
            cell=cell.name if cell else "toutes les cellules",
            mark=form_mark(self._cookies.session(request)),
            **values,
        )
        return HTMLResponse(html)

    # --- faults --------------------------------------------------------------------------------------

    async def fault(self, request: Request, error: Exception) -> Response:
        """A plain page with the status of the error."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self._fault(request, status, _FAULTS.get(status, "Cette page ne peut pas être montrée."))

    async def gone(self, request: Request, error: Exception) -> Response:
        """The store is out of reach."""
        return self._fault(request, 503, "Les dossiers sont hors d’atteinte pour l’instant. Réessayez bientôt.")

    def _fault(self, request: Request, status: int, sentence: str) -> Response:
        page = self._pages.get_template("fault.html")
        return HTMLResponse(page.render(base=_base(request), sentence=sentence, reader=None), status)


_FAULTS = {
    403: "Ce formulaire ne vient pas de cette page, ou la session a pris fin.",
    404: "Il n’y a rien ici, ou rien que vous puissiez lire.",
}


def _base(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(_base(request) + path, status_code=303)


async def _field(request: Request, name: str) -> str:
    """A field of the form, "" when missing. Raises HTTPException 400 for files and very long values."""
    form = await request.form(max_files=0, max_fields=8, max_part_size=LONGEST_FIELD)
    value = form.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_FIELD:
        raise HTTPException(400)
    return value


def _state(asked: str) -> CaseState | None:
    if not asked:
        return None
    if asked not in list(CaseState):
        raise HTTPException(404)
    return CaseState(asked)
