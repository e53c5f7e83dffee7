"""What supervisors may do at the desk: come in, read cases of their cell, go. They never change a case.

Every reading is written in the journal in the same transaction that reads: nothing is seen unseen.
"""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import count
from secrets import token_urlsafe
from typing import Protocol

from domain.case import Case, Cell
from domain.conversation import Conversation
from domain.errors import OperatorError
from domain.ids import Alias, CellId, FileId
from domain.phases import Phase
from domain.questionnaire import Fact
from handlers.ports import Cells, Clock, JournalEntry, LiveState, Store, Supervisor, Unit
from handlers.transcript import Line, lines_of

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SHORTEST_PASSWORD = 12
"""Characters, as ANSSI advises where tries are limited (recommendations on passwords, 2021)."""

NOBODY = "-"
"""The journal's actor when the name is not one of ours: what was typed there may be a password."""


class Passwords(Protocol):
    """Slow hashes of passwords."""

    async def hash(self, password: str) -> str: ...

    async def agree(self, password_hash: str | None, password: str) -> bool:
        """Whether they belong together; as slow for None (an unknown name) as for a wrong password."""


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How long a session lasts, and how fast names may be tried (a bucket each for one name and for all)."""

    idle: timedelta = timedelta(minutes=20)
    absolute: timedelta = timedelta(hours=8)
    tries_for_a_name: int = 5
    tries_for_all: int = 30
    refill_s: float = 60.0
    page: int = 25
    zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The door is open. `token` is the session's secret: only its hash is kept."""

    token: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The door stays shut. wait_s: seconds before another try is looked at, 0.0 when one may try at once."""

    wait_s: float = 0.0


class DeskDoor:
    """Who comes in, stays, and goes."""

    def __init__(
        self, store: Store, live: LiveState, clock: Clock, passwords: Passwords, rules: DeskRules | None = None
    ) -> None:
        self._store, self._live, self._clock, self._passwords = store, live, clock, passwords
        self._rules = rules or DeskRules()

    async def add(self, name: str, password: str, cell: CellId | None) -> None:
        """The account exists, for one cell or (None) for all. Raises OperatorError."""
        if not NAME.fullmatch(name):
            raise OperatorError("a name of 2 to 40 small letters, digits, dots or dashes expected")
        if len(password) < SHORTEST_PASSWORD:
            raise OperatorError(f"a password of at least {SHORTEST_PASSWORD} characters expected")
        account = Supervisor(name, await self._passwords.hash(password), cell)
        async with self._store.unit() as unit:
            await unit.desk.add_supervisor(account)
            await unit.desk.write(self._clock.now(), "operator", "account.added", name)

    async def sign_in(self, name: str, password: str) -> SignedIn | TurnedAway:
        """A session for the right password; every try costs a token of the name's bucket, right or wrong."""
        if (wait_s := await self._wait(name)) > 0.0:
            return TurnedAway(wait_s)
        async with self._store.unit() as unit:
            account = await unit.desk.supervisor(name)
        if await self._passwords.agree(account.password_hash if account else None, password) and account:
            return SignedIn(await self._open(account))
        async with self._store.unit() as unit:
            await unit.desk.write(self._clock.now(), account.name if account else NOBODY, "sign-in.failed", "")
        return TurnedAway()

    async def who(self, token: str) -> Supervisor | None:
        """The account behind an open session, which thereby lives on, but never past its absolute end."""
        now, end = self._clock.now(), _end_of(token)
        if end is None or now >= end:
            return None
        async with self._store.unit() as unit:
            name = await unit.desk.session(_hash(token), now)
            if name is None:
                return None
            await unit.desk.open_session(_hash(token), name, min(now + self._rules.idle, end))
            return await unit.desk.supervisor(name)

    async def sign_out(self, token: str) -> None:
        """The session is gone."""
        now = self._clock.now()
        async with self._store.unit() as unit:
            name = await unit.desk.session(_hash(token), now)
            await unit.desk.close_session(_hash(token))
            if name is not None:
                await unit.desk.write(now, name, "sign-out", "")

    async def _wait(self, name: str) -> float:
        rules, now = self._rules, self._clock.now()
        rate = 1 / rules.refill_s
        of_all = await self._live.take("desk:all", rules.tries_for_all * rate, rules.tries_for_all, now)
        return max(of_all, await self._live.take(f"desk:{_hash(name)}", rate, rules.tries_for_a_name, now))

    async def _open(self, account: Supervisor) -> str:
        now = self._clock.now()
        token = f"{token_urlsafe(32)}.{int((now + self._rules.absolute).timestamp())}"
        async with self._store.unit() as unit:
            await unit.desk.open_session(_hash(token), account.name, now + self._rules.idle)
            await unit.desk.write(now, account.name, "sign-in", "")
        return token


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _end_of(token: str) -> datetime | None:
    """The absolute end that a token bears; a forged one changes the hash and opens nothing."""
    _, _, end = token.rpartition(".")
    return datetime.fromtimestamp(int(end), UTC) if re.fullmatch(r"\d{1,11}", end) else None


# --- reading -----------------------------------------------------------------------------------------


class CaseState(StrEnum):
    """Where a case stands, for those who look from outside."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the list. known and wanted: how many of the required facts are there."""

    alias: Alias
    cell: str
    state: CaseState
    phase: Phase
    age: timedelta
    known: int
    wanted: int
    verdict: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of the list; `next_offset` leads on, None at the end."""

    lines: tuple[CaseLine, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case with its transcript and what was learned."""

    case: Case
    line: CaseLine
    conversation: Conversation
    transcript: Sequence[Line]
    missing: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """The journal as this supervisor may read it; `is_whole`: no line was touched or taken away."""

    entries: tuple[JournalEntry, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class ServiceIdentity:
    """How officers recognise the counter's own account; None where nothing has been kept yet."""

    fingerprint: str | None
    verification: str | None


class ReadingRoom:
    """What a supervisor may read. A supervisor bound to a cell sees that cell only."""

    def __init__(self, store: Store, cells: Cells, clock: Clock, rules: DeskRules | None = None) -> None:
        self._store, self._cells, self._clock = store, cells, clock
        self._rules = rules or DeskRules()

    async def cases(self, reader: Supervisor, state: CaseState | None, offset: int) -> CasePage:
        """Newest first, from `offset` in the whole list."""
        async with self._store.unit() as unit:
            await self._journal(unit, reader, "cases.listed", state or "")
            found: list[CaseLine] = []
            async for place, case in _all_cases(unit, reader.cell, offset):
                if state is None or _state_of(case) is state:
                    if len(found) == self._rules.page:
                        return CasePage(tuple(found), place)
                    found.append(self._line(case, await unit.conversations.load(case.conversation)))
        return CasePage(tuple(found), None)

    async def open_case(self, reader: Supervisor, alias: Alias) -> OpenCase | None:
        """The case, None when there is none by this alias in the reader's cell (the try is journaled too)."""
        async with self._store.unit() as unit:
            case = await self._case(unit, reader, alias, "case.read")
            if case is None:
                return None
            conversation = await unit.conversations.load(case.conversation)
            lines = lines_of(await unit.conversations.recorded(case.conversation), self._rules.zone)
        missing = conversation.missing(self._required(case.cell))
        return OpenCase(case, self._line(case, conversation), conversation, lines, missing)

    async def file(self, reader: Supervisor, alias: Alias, file: FileId) -> tuple[bytes, str] | None:
        """A photo of the case: bytes and media type."""
        async with self._store.unit() as unit:
            case = await self._case(unit, reader, alias, "photo.seen")
            return await unit.files.get(case.conversation, file) if case else None

    async def journal(self, reader: Supervisor, limit: int = 200) -> JournalPage:
        """The newest lines; one bound to a cell reads their own acts and those on the cell's cases."""
        async with self._store.unit() as unit:
            await self._journal(unit, reader, "journal.read", "")
            entries = [one for one in await unit.desk.journal(limit) if await _may_see(unit, reader, one)]
            return JournalPage(tuple(entries), await unit.desk.journal_is_whole())

    async def identity(self, reader: Supervisor) -> ServiceIdentity:
        """What the officers' side kept of its own identity."""
        async with self._store.unit() as unit:
            await self._journal(unit, reader, "identity.seen", "")
            kept = [await unit.secrets.get(name) for name in ("matrix.fingerprint", "matrix.verification")]
        fingerprint, verification = (value.decode("utf-8", "replace") if value else None for value in kept)
        return ServiceIdentity(fingerprint, verification)

    def cell_of(self, reader: Supervisor) -> Cell | None:
        """The cell that the reader is bound to."""
        return self._cells.get(reader.cell) if reader.cell else None

    # --- within --------------------------------------------------------------------------------------

    async def _case(self, unit: Unit, reader: Supervisor, alias: Alias, action: str) -> Case | None:
        case = await unit.cases.by_alias(alias)
        if case is None or reader.cell not in (None, case.cell):
            await self._journal(unit, reader, "case.refused", case.alias if case else "")
            return None
        await self._journal(unit, reader, action, case.alias)
        return case

    async def _journal(self, unit: Unit, reader: Supervisor, action: str, subject: str) -> None:
        await unit.desk.write(self._clock.now(), reader.name, action, subject)

    def _line(self, case: Case, conversation: Conversation) -> CaseLine:
        required = self._required(case.cell)
        cell = self._cells.get(case.cell)
        return CaseLine(
            case.alias,
            cell.name if cell else case.cell,
            _state_of(case),
            conversation.phase,
            self._clock.now() - case.opened_at,
            len(required) - len(conversation.missing(required)),
            len(required),
            case.verdict,
        )

    def _required(self, cell_id: CellId) -> tuple[Fact, ...]:
        return self._cells.questionnaire(self._cells.get(cell_id) or self._cells.default()).required


async def _all_cases(unit: Unit, cell: CellId | None, offset: int) -> AsyncIterator[tuple[int, Case]]:
    """Every case from `offset` on with its place, read a hundred at a time."""
    for start in count(offset, 100):
        cases = await unit.cases.all(cell, 100, start)
        for place, case in enumerate(cases, start):
            yield place, case
        if len(cases) < 100:
            return


def _state_of(case: Case) -> CaseState:
    if case.closed_at is not None:
        return CaseState.CLOSED
    return CaseState.TAKEN if case.taken_by else CaseState.WAITING


async def _may_see(unit: Unit, reader: Supervisor, entry: JournalEntry) -> bool:
    if reader.cell is None or entry.actor == reader.name:
        return True
    case = await unit.cases.by_alias(Alias(entry.subject)) if entry.subject else None
    return case is not None and case.cell == reader.cell
