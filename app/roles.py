"""The roles of a running house. Each is a set of loops; when its platform refuses us, it stops, loudly, alone."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog

from app.counter import Counter
from app.identity_board import IdentityBoard
from app.leases import alone, holding
from bots.telegram.citizen_bot import TelegramCitizens
from domain.errors import GuichetError, PlatformError, RoleStopped, SlowDown, StorageGone

if TYPE_CHECKING:
    from bots.matrix.officer_bot import MatrixOfficers

log = structlog.get_logger(__name__)

TELEGRAM, MATRIX, WORKER, WEB = "telegram", "matrix", "worker", "web"
ALL = (TELEGRAM, MATRIX, WORKER, WEB)

Loop = Callable[[asyncio.Event], Awaitable[None]]

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
"""Between two tries to open the Matrix session while its server is away: doubled each time, +- 50 %."""


class WorkCounts(Protocol):
    """Who is told of the work done."""

    def turn(self) -> None: ...

    def watch_round(self) -> None: ...


@dataclass(slots=True)
class RoleBoard:
    """Which roles run here and which have stopped, with the class name of the reason."""

    running: set[str] = field(default_factory=set)
    stopped: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """A name, the loops that make it, and whether one process only in the world may serve it."""

    name: str
    loops: Sequence[Loop]
    is_single: bool = True


async def serve(role: Role, counter: Counter, folder: Path, board: RoleBoard, stopping: asyncio.Event) -> None:
    """Run the loops of a role until `stopping`; a refusal stops the role and is written on the board."""
    parts = counter.parts
    owner = f"{parts.owner}:{role.name}"
    try:
        async with _leased(role, owner, counter, folder) as keep:
            board.running.add(role.name)
            log.info("role.started", role=role.name)
            await _together([*role.loops, *keep], stopping)
    except GuichetError as error:
        board.stopped[role.name] = type(error).__name__
        log.error("role.stopped", role=role.name, error=type(error).__name__, reason=str(error))
    except Exception as error:  # a mistake of ours must end the role as loudly as a refusal, and leave the others alone
        board.stopped[role.name] = type(error).__name__
        log.error("role.stopped", role=role.name, error=type(error).__name__, exc_info=True)
    finally:
        board.running.discard(role.name)
    log.info("role.ended", role=role.name)


@asynccontextmanager
async def _leased(role: Role, owner: str, counter: Counter, folder: Path) -> AsyncIterator[list[Loop]]:
    if not role.is_single:
        with alone(role.name, folder):
            yield []
        return
    async with holding(role.name, owner, folder, counter.parts.store, counter.parts.clock) as lease:
        yield [lease.keep]


async def _together(loops: Sequence[Loop], stopping: asyncio.Event) -> None:
    """Every loop until `stopping`; the first error stops the others of this role gently, then is raised."""
    stop_role = asyncio.Event()
    tasks = [asyncio.ensure_future(loop(stop_role)) for loop in loops]
    asked = asyncio.ensure_future(stopping.wait())
    await asyncio.wait([asked, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stop_role.set()
    asked.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, asyncio.CancelledError):
            raise one


def until_stopped(run: Callable[[], Awaitable[None]]) -> Loop:
    """A loop out of something that runs until it is cancelled."""

    async def loop(stopping: asyncio.Event) -> None:
        running = asyncio.ensure_future(run())
        asked = asyncio.ensure_future(stopping.wait())
        await asyncio.wait([running, asked], return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if running.done():
            running.result()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    return loop


def telegram_role(counter: Counter, telegram: TelegramCitizens) -> Role:
    """Citizens: what they write comes in, letters go out."""
    postman = counter.postman_to_citizens(telegram.channel)
    return Role(TELEGRAM, [until_stopped(telegram.run), postman.run])


def matrix_role(counter: Counter, matrix: "MatrixOfficers", identity: IdentityBoard) -> Role:
    """Officers: the session, once the role is ours; then the sync loop, letters to rooms, the rooms themselves."""

    async def loop(stopping: asyncio.Event) -> None:
        try:
            if await _opened(matrix, stopping):
                await identity.opened(matrix.fingerprint)
                postman = counter.postman_to_rooms(matrix.channel)
                keeper = counter.room_keeper(matrix.channel)
                await _together([until_stopped(matrix.run), postman.run, keeper.run], stopping)
        finally:
            await matrix.stop()

    return Role(MATRIX, [loop])


async def _opened(matrix: "MatrixOfficers", stopping: asyncio.Event) -> bool:
    """The session is open; False when told to stop before. A server that is away is waited for, a refusal raised."""
    failures = 0
    while not stopping.is_set():
        try:
            await matrix.start()
        except RoleStopped:
            raise
        except (PlatformError, StorageGone) as error:
            failures += 1
            wait_s = _pause_s(error, failures)
            log.warning("matrix.not_open", error=type(error).__name__, failures=failures, wait_s=round(wait_s, 1))
            await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=wait_s)
        else:
            return True
    return False


def _pause_s(error: Exception, failures: int) -> float:
    if isinstance(error, SlowDown):
        return error.retry_after_s
    base_s: float = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(failures, 6))
    return base_s * (0.5 + random.random())


def worker_role(
    counter: Counter, telegram: TelegramCitizens | None, counts: WorkCounts, watch_every: timedelta
) -> Role:
    """The counter itself: lanes and the night watch. Several processes may work side by side."""
    lanes = counter.lanes(telegram.channel if telegram else None, counts.turn)
    watch = partial(counter.night_watch(counts.watch_round).run, every=watch_every)
    return Role(WORKER, [lanes.run, watch], is_single=False)
