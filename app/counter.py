"""The counter put together: use cases over a store, a reader, and whatever channels this process serves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from handlers.carriers import ToCitizens, ToRooms
from handlers.citizen import CitizenCounter
from handlers.delivery import Postman
from handlers.forgetting import Lives
from handlers.intake import FrontDoor
from handlers.lanes import Lanes
from handlers.letterbox import Letterbox
from handlers.officer import OfficerCounter
from handlers.ports import (
    Cells,
    CitizenChannel,
    Clock,
    Ids,
    LiveState,
    OfficerChannel,
    Reader,
    Store,
    Tokens,
)
from handlers.rooms import RoomKeeper
from handlers.upkeep import NightWatch
from handlers.wording import CounterWording


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the use cases are built from; each field is a port or a value from the settings."""

    store: Store
    cells: Cells
    wording: CounterWording
    reader: Reader
    live: LiveState
    clock: Clock
    ids: Ids
    tokens: Tokens
    lives: Lives = field(default_factory=Lives)
    grace: timedelta = timedelta(seconds=3)
    owner: str = "one"
    """Stable across restarts, so that a killed process takes its own lanes and roles up again at once."""


class Counter:
    """The use cases of one process."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.letters = Letterbox(parts.wording, parts.tokens, parts.live, parts.grace, parts.lives)
        self.door = FrontDoor(parts.store, parts.cells, parts.clock, parts.ids, parts.live, parts.lives.contact)

    def lanes(self, channel: CitizenChannel | None = None, on_turn: Callable[[], None] = lambda: None) -> Lanes:
        """Who handles what came in. channel: where the typing sign is shown."""
        p = self.parts
        citizens = CitizenCounter(p.store, p.cells, p.reader, self.letters, p.tokens, p.ids, p.clock, channel, p.lives)
        officers = OfficerCounter(p.store, p.cells, self.letters, p.clock)
        return Lanes(p.store, citizens, officers, self.letters, p.live, p.clock, p.owner, on_turn=on_turn)

    def postman_to_citizens(self, channel: CitizenChannel) -> Postman:
        """Who writes to citizens."""
        p = self.parts
        return Postman(p.store, ToCitizens(channel, p.wording), p.live, p.clock)

    def postman_to_rooms(self, channel: OfficerChannel) -> Postman:
        """Who writes to the officers' rooms."""
        p = self.parts
        return Postman(p.store, ToRooms(channel), p.live, p.clock)

    def room_keeper(self, channel: OfficerChannel) -> RoomKeeper:
        """Who opens and leaves the officers' rooms."""
        return RoomKeeper(self.parts.store, self.parts.cells, channel, self.parts.live)

    def night_watch(self, on_round: Callable[[], None] = lambda: None) -> NightWatch:
        """Who forgets what has had its time."""
        p = self.parts
        return NightWatch(p.store, p.cells, self.letters, p.clock, p.lives, on_round)
