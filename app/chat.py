"""`guichet chat`: be the citizen in a terminal. `--json` speaks the line protocol of docs/protocols.md.

The whole house runs: intake, lanes, reader, policy, sealed store, postman; only the messenger is a terminal.
"""

import json
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from app.clock import FixedClock, SystemClock
from app.counter import Counter, Parts
from app.parts import open_parts
from bots.terminal import SOURCE, TERMINAL, Collected, TerminalChannel
from domain import messages as m
from domain.errors import RuleBroken
from domain.ids import ConversationId, MessageRef
from handlers.knowledge import known
from handlers.lanes import Lanes
from handlers.ports import Arrival, Clock


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back of one line, and what the counter knows now."""

    letters: tuple[Collected, ...]
    knowledge: dict[str, Any]
    """JSON, as documented in docs/protocols.md."""


class Talk:
    """One citizen at the counter."""

    def __init__(self, counter: Counter, channel: TerminalChannel, count: int) -> None:
        self._counter, self._channel, self._count = counter, channel, count
        self._lanes: Lanes = counter.lanes()
        self._postman = counter.postman_to_citizens(channel)
        self._conversation: ConversationId | None = None

    async def say(self, content: m.CitizenContent) -> Answered:
        """One line in; everything the counter answers."""
        self._count += 1
        ref = MessageRef(str(self._count))
        said = m.FromCitizen(content, self._counter.parts.clock.now(), ref)
        cursor = (SOURCE, str(self._count))
        await self._counter.door.accept([Arrival(SOURCE, str(self._count), said, TERMINAL)], cursor)
        await self._lanes.drain()
        async with self._counter.parts.store.unit() as unit:
            self._conversation = await unit.vault.conversation_of(TERMINAL) or self._conversation
        await self._postman.drain()
        return Answered(tuple(self._channel.drain()), await self._knowledge())

    async def _knowledge(self) -> dict[str, Any]:
        if self._conversation is None:
            raise RuleBroken("a conversation expected after a turn")
        async with self._counter.parts.store.unit() as unit:
            conversation = await unit.conversations.load(self._conversation)
        cells = self._counter.parts.cells
        cell = cells.get(conversation.cell) or cells.default()
        return known(conversation, cells.questionnaire(cell)) | {
            "case": conversation.alias if conversation.filed else None
        }


@asynccontextmanager
async def talk(state: Path | None, clock: Clock) -> AsyncIterator[Talk]:
    """A counter for one terminal; `state` keeps it between calls, else everything is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="guichet-chat-") as folder:
        file = state or Path(folder) / "chat.db"
        async with open_parts(file, file.with_name(file.name + ".key"), clock) as parts:
            counter = Counter(_plain(parts))
            async with parts.store.unit() as unit:
                count = int(await unit.cursors.get(SOURCE) or 0)
            yield Talk(counter, TerminalChannel(), count)


class _PlainTokens:
    """In a terminal a button is named by its choice."""

    def token(self, conversation: ConversationId, choice: str) -> str:
        return choice

    def choice(self, conversation: ConversationId, token: str, choices: Sequence[str]) -> str | None:
        return token if token in choices else None


def _plain(parts: Parts) -> Parts:
    return replace(parts, tokens=_PlainTokens())


# --- lines ---------------------------------------------------------------------------------------


def content_of(line: str) -> m.CitizenContent:
    """A line of the protocol: JSON {"text"} | {"button"} | {"location": [lat, lon]}, or plain text."""
    try:
        said = json.loads(line)
    except ValueError:
        said = line
    if not isinstance(said, dict):
        return text_content(line)
    if "button" in said:
        return m.Tapped(str(said["button"]))
    if "location" in said:
        latitude, longitude = said["location"]
        return m.Pinned(float(latitude), float(longitude))
    return text_content(str(said.get("text", "")))


LONGEST_TEXT = 4096
"""Characters, as on Telegram."""


def text_content(text: str) -> m.CitizenContent:
    """A command if it begins like one of ours, a refusal if too long, else free words."""
    if len(text) > LONGEST_TEXT:
        return m.SentRefused(m.RefusedKind.TOO_LONG)
    head, _, rest = text.strip().partition(" ")
    if head.startswith("/") and head[1:].lower() in list(m.Command):
        return m.Commanded(m.Command(head[1:].lower()), rest.strip())
    return m.Said(text)


def objects(answered: Answered) -> Iterator[dict[str, Any]]:
    """One JSON object per bot message."""
    for collected in answered.letters:
        letter = collected.letter
        yield {
            "text": letter.text,
            "buttons": [{"label": button.label, "id": button.choice} for button in letter.buttons],
            "asks": letter.asks,
            "notice": letter.notice,
            **{key: answered.knowledge[key] for key in ("phase", "facts", "case")},
        }


async def run_json(lines: TextIO, out: TextIO, state: Path | None, now: FixedClock | None) -> None:
    """The line protocol until the end of input."""
    async with talk(state, now or SystemClock()) as citizen:
        for line in lines:
            if not line.strip():
                continue
            answered = await citizen.say(content_of(line.rstrip("\n")))
            for one in objects(answered):
                print(json.dumps(one, ensure_ascii=False), file=out)
            print(json.dumps({"turn_end": True}), file=out, flush=True)


async def run_terminal(state: Path | None, now: FixedClock | None) -> None:
    """For a person: buttons are numbered, a number taps one."""
    async with talk(state, now or SystemClock()) as citizen:
        buttons: tuple[m.Button, ...] = ()
        print("Vous parlez au guichet. Écrivez votre message ; un chiffre choisit un bouton ; Ctrl-D pour partir.\n")
        while line := _ask():
            answered = await citizen.say(_by_number(line.strip(), buttons))
            for collected in answered.letters:
                buttons = collected.letter.buttons or buttons
                print(_screen(collected.letter))


def _ask() -> str:
    try:
        return input("> ") or " "
    except EOFError:
        return ""


def _by_number(line: str, buttons: tuple[m.Button, ...]) -> m.CitizenContent:
    if line.isdigit() and 0 < int(line) <= len(buttons):
        return m.Tapped(buttons[int(line) - 1].choice)
    return text_content(line)


def _screen(letter: m.ToCitizen) -> str:
    lines = "\n".join(f"  {line}" for line in letter.text.splitlines())
    numbered = "".join(f"\n    [{i}] {button.label}" for i, button in enumerate(letter.buttons, 1))
    return f"{lines}{numbered}\n"


def is_interactive() -> bool:
    """Whether a person sits at this terminal."""
    return sys.stdin.isatty()
