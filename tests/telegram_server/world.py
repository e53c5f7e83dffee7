"""What exists on the far side: people, private chats, messages, files, and the journal of all that happened.

A private chat has the identifier of its person. Message identifiers are one sequence for the bot, as
in Telegram's private chats. The journal is what a citizen's screen showed, in order.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from .bell import Bell
from .clock import Clock
from .files import FileStore
from .shapes import ApiError, Json, bad_request


@dataclass
class Person:
    """A Telegram account; the bot may write to it once it has spoken, until it blocks the bot."""

    user: Json
    has_started: bool = False
    has_blocked: bool = False
    is_deactivated: bool = False

    @property
    def chat(self) -> Json:
        """The private chat with this person, as messages show it."""
        shown = ("id", "first_name", "last_name", "username")
        return {**{k: self.user[k] for k in shown if k in self.user}, "type": "private"}


@dataclass
class Stored:
    """A message of a chat: its present form, and the forms it had before."""

    wire: Json
    is_from_bot: bool
    earlier: list[Json] = field(default_factory=list)
    is_deleted: bool = False


@dataclass
class Query:
    """A tap waiting for answerCallbackQuery."""

    chat_id: int
    asked_at: float
    is_answered: bool = False


class World:
    """People, messages and files; every line of the journal rings the bell."""

    def __init__(self, bot: Json, clock: Clock, bell: Bell) -> None:
        self.bot = bot
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.messages: dict[int, dict[int, Stored]] = {}
        self.files = FileStore()
        self.queries: dict[str, Query] = {}
        self.journal: list[Json] = []
        self._by_chat: dict[int, list[Json]] = {}
        self.next_message_id = 1
        self._bell = bell

    def reach(self, chat_id: int | str) -> Person:
        """The person to whom the bot writes; ApiError 400 or 403 as Telegram would."""
        person = self._find(chat_id)
        if person is None or not person.has_started:
            raise bad_request("chat not found")
        if person.is_deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if person.has_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return person

    def _find(self, chat_id: int | str) -> Person | None:
        # Private chats can't be named by @username in the Bot API: only channels and groups can.
        return self.people.get(chat_id) if isinstance(chat_id, int) else None

    def take_message_id(self) -> int:
        """A new message identifier."""
        taken = self.next_message_id
        self.next_message_id += 1
        return taken

    def keep(self, wire: Json, *, is_from_bot: bool) -> Stored:
        """The message is in its chat."""
        stored = Stored(wire, is_from_bot)
        self.messages.setdefault(wire["chat"]["id"], {})[wire["message_id"]] = stored
        return stored

    def message(self, chat_id: int, message_id: int) -> Stored | None:
        """The message, unless it was deleted or never was."""
        stored = self.messages.get(chat_id, {}).get(message_id)
        return None if stored is None or stored.is_deleted else stored

    def note(self, kind: str, chat_id: int, **facts: object) -> None:
        """The journal has one more line, and the bell rings."""
        line: Json = {"seq": len(self.journal) + 1, "at": self.clock.now(), "kind": kind}
        line.update({"chat_id": chat_id, **facts})
        self.write(line)
        self._bell.ring()

    def write(self, line: Json) -> None:
        """The line is in the journal, and under its chat."""
        self.journal.append(line)
        self._by_chat.setdefault(line["chat_id"], []).append(line)

    def lines(self, chat_id: int | None, after: int) -> list[Json]:
        """Journal lines after number `after`, of one chat or of all."""
        if chat_id is None:
            return self.journal[after:]
        own = self._by_chat.get(chat_id, [])
        return own[bisect_right(own, after, key=lambda line: int(line["seq"])) :]
