"""`guichet demo`: the whole product on one machine, without any account.

The citizen's phone and the officers' room are two panes of one page; everything behind them is the real house: intake,
reader, policy, sealed SQLite store, postmen. With --matrix the officers' side is a real encrypted homeserver instead.
"""

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.clock import SystemClock
from app.counter import Counter, Parts
from app.parts import open_parts, packaged_reader
from app.roles import Loop
from app.site import desk_of
from bots.telegram.photos import BadPhoto, Darkroom
from domain.case import Cell
from domain.ids import Contact, ConversationId
from handlers.knowledge import known
from handlers.ports import OfficerChannel
from handlers.supervisor import DeskDoor, DeskRules
from web.demo.app import DeskAccount, OfficerLogin, make_demo
from web.demo.live import Live
from web.demo.panes import Whereabouts
from web.demo.phone import DemoPhones
from web.demo.room import DemoRooms
from web.desk.passwords import Argon2Passwords
from web.server import PageServer

if TYPE_CHECKING:
    from app.demo_matrix import MatrixSide

ACCOUNT = DeskAccount("demo", "guichet-demo")
"""Made for the demonstration's own store, which listens on the loopback only."""


async def run_demo(port: int, folder: Path | None, *, opens: bool, with_matrix: bool) -> None:
    """Serve the page until SIGTERM or SIGINT. folder: where its files stay; without it they go at the end."""
    async with AsyncExitStack() as stack:
        home = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guichet-demo-")))
        home.mkdir(parents=True, exist_ok=True)
        reader = packaged_reader()
        parts = await stack.enter_async_context(
            open_parts(home / "guichet.db", home / "master.key", SystemClock(), reader)
        )
        reader.warm()
        stopping = asyncio.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(one, stopping.set)
        if with_matrix:
            from app.demo_matrix import open_matrix_side

            side = await stack.enter_async_context(open_matrix_side(parts, home))
            await _serve(side.parts, port, opens, stopping, side)
        else:
            await _serve(parts, port, opens, stopping, None)


async def _serve(parts: Parts, port: int, opens: bool, stopping: asyncio.Event, matrix: "MatrixSide | None") -> None:
    counter, live, clock = Counter(parts), Live(), parts.clock
    phones = DemoPhones(counter.door, clock, live)
    rooms = DemoRooms(counter.door, parts.cells, clock, live)
    channel: OfficerChannel = matrix.channel if matrix else rooms
    phones.add()
    app = make_demo(
        phones=phones,
        rooms=None if matrix else rooms,
        live=live,
        knowledge=_Knowledge(parts),
        conversation_of=_whereabouts(parts),
        clean_photo=_clean_photo,
        desk=desk_of(parts, DeskRules(), is_secure=False),
        account=await _ready_made_account(parts),
        login=matrix.login if matrix else None,
    )
    server = PageServer(app, "127.0.0.1", port, before_stop=live.close)
    loops: list[Loop] = [
        counter.lanes(phones).run,
        counter.postman_to_citizens(phones).run,
        counter.postman_to_rooms(channel).run,
        counter.room_keeper(channel).run,
        counter.night_watch().run,
        *(matrix.loops if matrix else ()),
    ]
    page = asyncio.create_task(server.serve())
    work = [asyncio.ensure_future(loop(stopping)) for loop in loops]
    await _announce(server, page, opens, matrix.login if matrix else None)
    await asyncio.wait([asyncio.ensure_future(stopping.wait()), page, *work], return_when=asyncio.FIRST_COMPLETED)
    stopping.set()
    server.stop()
    await asyncio.gather(page, *work)


async def _announce(server: PageServer, page: "asyncio.Task[None]", opens: bool, login: OfficerLogin | None) -> None:
    opened = asyncio.ensure_future(server.started())
    await asyncio.wait([opened, page], return_when=asyncio.FIRST_COMPLETED)
    if page.done():
        opened.cancel()
        page.result()
    address = f"http://127.0.0.1:{opened.result()}/"
    click.echo(f"guichet : la démonstration est ouverte sur {address}")
    click.echo(f"Superviseurs : {address}desk/ (compte {ACCOUNT.name}, mot de passe {ACCOUNT.password})")
    if login is not None:
        click.echo(f"Agents : connectez un client Matrix à {login.homeserver}")
        for name, password, service in login.accounts:
            click.echo(f"  {service} : {name}, mot de passe {password}")
    click.echo("Ctrl-C pour fermer.")
    if opens:
        await asyncio.to_thread(webbrowser.open, address)


async def _ready_made_account(parts: Parts) -> DeskAccount:
    door = DeskDoor(parts.store, parts.live, parts.clock, Argon2Passwords())
    await door.add(ACCOUNT.name, ACCOUNT.password, None)
    return ACCOUNT


class _Knowledge:
    """What the counter knows of a conversation, as JSON."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, id: ConversationId) -> Mapping[str, Any]:
        async with self._parts.store.unit() as unit:
            conversation = await unit.conversations.load(id)
        cell: Cell = self._parts.cells.get(conversation.cell) or self._parts.cells.default()
        return known(conversation, self._parts.cells.questionnaire(cell))


def _whereabouts(parts: Parts) -> Whereabouts:
    async def conversation_of(contact: Contact) -> ConversationId | None:
        async with parts.store.unit() as unit:
            return await unit.vault.conversation_of(contact)

    return conversation_of


_DARKROOM = Darkroom()


async def _clean_photo(content: bytes) -> tuple[bytes, str] | None:
    try:
        return await _DARKROOM.redraw(content), "image/jpeg"
    except BadPhoto:
        return None
