"""One transaction: statements that need no answer wait and travel with the next that does.

A trip to the database (a thread for SQLite, a socket for PostgreSQL) costs as much as the statement or more. So
`write` only queues; `rows`, `one` and `changed` carry the queue along, in order; `commit` carries the rest. The
transaction itself begins with the first trip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

import sqlalchemy as sa

from domain.errors import StorageGone
from storage.faults import ours

Params = Mapping[str, Any]  # Any: column values of every type
Found = sa.Row[Any]  # Any: a row of whatever was selected


class Wish(Enum):
    """What the last statement of a trip is asked for."""

    NOTHING = auto()
    ROWS = auto()
    COUNT = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One statement with its parameters; a list of them is one batch."""

    statement: sa.Executable
    params: Params | Sequence[Params]


class Line(Protocol):
    """A connection of one engine, kept for one transaction."""

    async def run(self, steps: Sequence[Step], wish: Wish) -> "Answer":
        """Begin if need be, carry the steps out in order, answer the last one."""

    async def commit(self, steps: Sequence[Step], *, lasting: bool) -> None:
        """Carry the steps out, then commit; `lasting`: it outlives a power cut when this returns."""

    async def undo(self) -> None:
        """Leave nothing of this transaction; never raises."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows or a count, as wished."""

    rows: Sequence[Found] = ()
    count: int = 0


class Transaction:
    """Statements in order over one line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: list[Step] = []
        self._has_written = False
        self._must_last = False

    def note(self, statement: sa.Executable, params: Params | Sequence[Params]) -> None:
        """As `write`, for what a power cut may take back without harm (leases)."""
        self._has_written = True
        self._waiting.append(Step(statement, params))

    def write(self, statement: sa.Executable, params: Params | Sequence[Params]) -> None:
        """The statement will have run before anything later is answered, at the latest with the commit."""
        self._has_written = self._must_last = True
        self._waiting.append(Step(statement, params))

    async def rows(self, statement: sa.Executable, params: Params | None = None) -> Sequence[Found]:
        """Everything that the statement gives."""
        return (await self._ask(Step(statement, params or {}), Wish.ROWS)).rows

    async def one(self, statement: sa.Executable, params: Params | None = None) -> Found | None:
        """The first row, None when there is none."""
        found = await self.rows(statement, params)
        return found[0] if found else None

    async def changed(self, statement: sa.Executable, params: Params) -> int:
        """How many rows the statement changed."""
        return (await self._ask(Step(statement, params), Wish.COUNT)).count

    async def _ask(self, step: Step, wish: Wish) -> Answer:
        if step.statement.is_dml:
            self._has_written = self._must_last = True
        steps, self._waiting = [*self._waiting, step], []
        with ours():
            return await self._line.run(steps, wish)

    async def commit(self) -> None:
        """Everything lasts from here on. Raises StorageGone."""
        if not self._has_written:
            await self.undo()
            return
        steps, self._waiting = self._waiting, []
        with ours():
            await self._line.commit(steps, lasting=self._must_last)

    async def undo(self) -> None:
        """Nothing of this transaction remains."""
        self._waiting = []
        await self._line.undo()


def carry_out(connection: sa.Connection, steps: Sequence[Step], wish: Wish) -> Answer:
    """Run the steps in order on this connection; the answer is the last one's."""
    result: sa.CursorResult[Any] | None = None  # Any: rows of the last statement
    for step in steps:
        result = connection.execute(step.statement, step.params)
    if result is None or wish is Wish.NOTHING:
        return Answer()
    return Answer(rows=result.all()) if wish is Wish.ROWS else Answer(count=result.rowcount)


def lost_race(what: str) -> StorageGone:
    """Another process wrote in between: nothing of this transaction may last."""
    return StorageGone(f"{what} was changed by another process in between; the work is done again")
