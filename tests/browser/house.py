"""The whole house behind the pages: real store, reader, policy and postmen; the messengers are the demonstration's."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from PIL import Image

from app.clock import SystemClock
from app.counter import Counter, Parts
from app.parts import open_parts
from domain.ids import Contact, ConversationId
from handlers.knowledge import known
from handlers.supervisor import DeskDoor, ReadingRoom
from web.demo.app import DeskAccount, make_demo
from web.demo.live import Live
from web.demo.phone import DemoPhones
from web.demo.room import DemoRooms
from web.desk.app import make_desk
from web.desk.passwords import Argon2Passwords
from web.server import PageServer

ACCOUNT = DeskAccount("superviseur", "lavande-mistral-4821")
QUICK = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=64))


@dataclass
class House:
    """A running house and the address of its page."""

    url: str
    phones: DemoPhones
    rooms: DemoRooms
    parts: Parts


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    """Everything runs until the block ends."""
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_parts(folder / "demo.db", folder / "demo.key", SystemClock()))
        counter, live = Counter(parts), Live()
        phones = DemoPhones(counter.door, parts.clock, live)
        rooms = DemoRooms(counter.door, parts.cells, parts.clock, live)
        door = DeskDoor(parts.store, parts.live, parts.clock, QUICK)
        await door.add(ACCOUNT.name, ACCOUNT.password, None)
        phones.add()
        page = make_demo(
            phones=phones,
            rooms=rooms,
            live=live,
            knowledge=_Knowledge(parts).of,
            conversation_of=_Knowledge(parts).where,
            clean_photo=redrawn,
            desk=make_desk(door, ReadingRoom(parts.store, parts.cells, parts.clock), is_secure=False),
            account=ACCOUNT,
        )
        server = PageServer(page, "127.0.0.1", 0, before_stop=live.close)
        stopping = asyncio.Event()
        roles = (
            counter.lanes(phones).run(stopping),
            counter.postman_to_citizens(phones).run(stopping),
            counter.postman_to_rooms(rooms).run(stopping),
            counter.room_keeper(rooms).run(stopping),
            server.serve(),
        )
        tasks = [asyncio.create_task(role) for role in roles]
        try:
            yield House(f"http://127.0.0.1:{await server.started()}", phones, rooms, parts)
        finally:
            server.stop()
            stopping.set()
            async with asyncio.timeout(30):
                await asyncio.gather(*tasks)


@dataclass(frozen=True)
class _Knowledge:
    parts: Parts

    async def where(self, contact: Contact) -> ConversationId | None:
        async with self.parts.store.unit() as unit:
            return await unit.vault.conversation_of(contact)

    async def of(self, conversation_id: ConversationId) -> Mapping[str, Any]:
        async with self.parts.store.unit() as unit:
            conversation = await unit.conversations.load(conversation_id)
        cells = self.parts.cells
        return known(conversation, cells.questionnaire(cells.get(conversation.cell) or cells.default()))


async def redrawn(raw: bytes) -> tuple[bytes, str] | None:
    """The picture drawn again, None when it is none."""
    try:
        image = Image.open(BytesIO(raw)).convert("RGB")
    except OSError:
        return None
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue(), "image/jpeg"


def picture() -> bytes:
    """A small PNG."""
    out = BytesIO()
    Image.new("RGB", (320, 200), "#7a93a8").save(out, "PNG")
    return out.getvalue()
