"""One citizen at a keyboard: letters are collected instead of sent."""

import asyncio
from dataclasses import dataclass

from domain.ids import Contact, MessageRef
from domain.messages import EraseChat, ToCitizen

TERMINAL = Contact("terminal:0")
SOURCE = "terminal"


@dataclass(frozen=True, slots=True)
class Collected:
    """A letter as it reached the terminal."""

    ref: MessageRef
    letter: ToCitizen
    file: tuple[bytes, str] | None = None


class TerminalChannel:
    """CitizenChannel that keeps letters, in order, until someone reads them."""

    def __init__(self) -> None:
        self._letters: asyncio.Queue[Collected] = asyncio.Queue()
        self._count = 0
        self._shown: set[MessageRef] = set()

    async def send(self, contact: Contact, letter: ToCitizen, file: tuple[bytes, str] | None) -> tuple[MessageRef, ...]:
        """The letter waits to be read."""
        self._count += 1
        ref = MessageRef(str(self._count))
        self._shown.add(ref)
        self._letters.put_nowait(Collected(ref, letter, file))
        return (ref,)

    async def typing(self, contact: Contact) -> None:
        """Nothing: a terminal shows no such thing."""

    async def erase(self, contact: Contact, letter: EraseChat) -> int:
        """These letters count as gone; how many had been shown. A terminal cannot unprint."""
        gone = self._shown.intersection(letter.refs)
        self._shown -= gone
        return len(gone)

    async def next(self) -> Collected:
        """The next letter, as soon as there is one."""
        return await self._letters.get()

    def drain(self) -> list[Collected]:
        """All letters that wait, in order; none is left."""
        found: list[Collected] = []
        while not self._letters.empty():
            found.append(self._letters.get_nowait())
        return found
