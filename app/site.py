"""The web role: the supervisors' desk, health and figures, and the messenger's webhook when one is used."""

import asyncio
from datetime import timedelta

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from app.counter import Parts
from app.figures import Figures
from app.roles import WEB, Role
from bots.telegram.citizen_bot import TelegramCitizens
from config.settings import Settings
from handlers.supervisor import DeskDoor, DeskRules, ReadingRoom
from web.desk.app import make_desk
from web.desk.passwords import Argon2Passwords
from web.health import HealthPages
from web.server import PageServer


def desk_of(parts: Parts, rules: DeskRules, *, is_secure: bool) -> Starlette:
    """The supervisors' desk over this store."""
    door = DeskDoor(parts.store, parts.live, parts.clock, Argon2Passwords(), rules)
    return make_desk(door, ReadingRoom(parts.store, parts.cells, parts.clock, rules), is_secure=is_secure)


def rules_of(settings: Settings) -> DeskRules:
    """How long a session lasts, and in which zone times are shown."""
    return DeskRules(idle=timedelta(minutes=settings.web.session_minutes), zone=settings.zone)


def web_role(settings: Settings, parts: Parts, figures: Figures, telegram: TelegramCitizens | None) -> Role:
    """Everything that speaks HTTP in this process. Several processes may serve it."""
    is_secure = settings.web.public_url.startswith("https://")
    webhook = [telegram.route] if telegram is not None and telegram.route is not None else []
    routes: list[BaseRoute] = [
        *HealthPages(figures, parts.store, parts.clock).routes(),
        *webhook,
        Mount("/", desk_of(parts, rules_of(settings), is_secure=is_secure)),
    ]
    server = PageServer(Starlette(routes=routes), settings.web.host, settings.web.port)

    async def serve(stopping: asyncio.Event) -> None:
        page = asyncio.create_task(server.serve())
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait([page, asked], return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        server.stop()
        await page

    return Role(WEB, [serve], is_single=False)
