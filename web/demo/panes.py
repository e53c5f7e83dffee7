"""What each pane of the demonstration shows now, as plain values ready for the page."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from domain.conversation import FactState
from domain.ids import Alias, Contact, ConversationId
from domain.messages import Mark
from domain.phases import Phase
from domain.questionnaire import Fact
from web import words
from web.demo.markup import tree
from web.demo.phone import Bubble, DemoPhones
from web.demo.room import DemoRooms, Entry

Pane = dict[str, Any]  # Any: JSON for the page
Knowledge = Callable[[ConversationId], Awaitable[Mapping[str, Any]]]  # Any: JSON of handlers/knowledge.py
Whereabouts = Callable[[Contact], Awaitable[ConversationId | None]]
"""The conversation that a phone is now in."""


class Panes:
    """Draws a pane by its name: "phones", "phone:<n>", "known:<n>", "rooms", "room:<alias>"."""

    def __init__(
        self, phones: DemoPhones, rooms: DemoRooms | None, knowledge: Knowledge, conversation_of: Whereabouts
    ) -> None:
        self._phones = phones
        self._rooms = rooms
        self._knowledge = knowledge
        self._conversation_of = conversation_of

    def names(self) -> Sequence[str]:
        """Every pane that there is now."""
        phones = [f"phone:{number}" for number in self._phones.numbers()]
        rooms = [f"room:{alias}" for alias in self._rooms.aliases()] if self._rooms else []
        return ("phones", *phones, "rooms", *rooms, *self._known_names())

    def expand(self, names: Sequence[str]) -> Sequence[str]:
        """The same names, "known" standing for every phone's knowledge, none twice."""
        all_names = [one for name in names for one in (self._known_names() if name == "known" else [name])]
        return tuple(dict.fromkeys(all_names))

    async def draw(self, name: str) -> Pane:
        """The pane as it is now, with its own name under "pane"."""
        kind, _, key = name.partition(":")
        return {"pane": kind, "key": key, **await self._content(kind, key)}

    async def _content(self, kind: str, key: str) -> Pane:
        if kind == "known":
            return await self._known(int(key))
        drawers: dict[str, Callable[[str], Pane]] = {
            "phones": self._phone_list, "phone": self._phone, "rooms": self._room_list, "room": self._room,
        }  # fmt: skip
        return drawers[kind](key)

    def _known_names(self) -> list[str]:
        return [f"known:{number}" for number in self._phones.numbers()]

    def _phone_list(self, _: str) -> Pane:
        return {"phones": list(self._phones.numbers())}

    def _phone(self, key: str) -> Pane:
        phone = self._phones.phone(int(key))
        return {
            "blocked": phone.blocked,
            "typing": phone.typing,
            "bubbles": [_bubble(phone.number, bubble) for bubble in phone.bubbles.values()],
        }

    def _room_list(self, _: str) -> Pane:
        return {"rooms": list(self._rooms.aliases()) if self._rooms else []}

    def _room(self, key: str) -> Pane:
        assert self._rooms is not None
        room = self._rooms.room(Alias(key))
        officers = [{"id": one.id, "service": one.service} for one in self._rooms.officers(room.alias)]
        entries = [_entry(room.alias, entry) for entry in room.entries.values()]
        return {"left": room.is_left, "officers": officers, "entries": entries}

    async def _known(self, number: int) -> Pane:
        conversation = await self._conversation_of(self._phones.phone(number).contact)
        if conversation is None:
            return {"started": False, "facts": [], "missing": [], "steps": _steps(Phase.ACCUEIL), "aside": None}
        return {"started": True, **_known(await self._knowledge(conversation))}


def _bubble(number: int, bubble: Bubble) -> Pane:
    return {
        "ref": bubble.ref,
        "mine": bubble.mine,
        "at": bubble.at.isoformat(),
        "text": bubble.text,
        "kind": bubble.kind,
        "buttons": [{"label": button.label, "choice": button.choice} for button in bubble.buttons],
        "tapped": bubble.tapped,
        "edited": bubble.edited,
        "lost": bubble.lost,
        "officer": bubble.officer,
        "notice": bubble.notice,
        "file": f"/phones/{number}/files/{bubble.file}" if bubble.file else None,
        "quote": bubble.quote,
        "place": bubble.place,
    }


def _entry(alias: Alias, entry: Entry) -> Pane:
    return {
        "ref": entry.ref,
        "kind": entry.kind,
        "text": entry.text,
        "tree": tree(entry.html) if entry.html else None,
        "at": entry.at.isoformat(),
        "sender": entry.sender,
        "service": entry.service,
        "file": f"/rooms/{alias}/files/{entry.file}" if entry.file else None,
        "media_type": entry.media_type,
        "quote": entry.quote,
        "mark": _mark(entry.mark) if entry.mark else None,
        "edited": entry.edited,
        "withdrawn": entry.withdrawn,
    }


MARKS = {
    Mark.QUEUED: ("wait", "en attente d’envoi"),
    Mark.ACCEPTED: ("good", "remis"),
    Mark.FAILED: ("bad", "non remis"),
    Mark.BLOCKED: ("bad", "la personne a fermé la conversation"),
    Mark.CANCELLED: ("off", "annulé avant l’envoi"),
    Mark.HELD: ("wait", "retenu, à confirmer"),
}
"""Tone and words of a mark: the page draws its sign itself, for screens without emoji."""


def _mark(mark: Mark) -> Pane:
    tone, name = MARKS[mark]
    return {"sign": mark.value, "tone": tone, "name": name}


def _known(knowledge: Mapping[str, Any]) -> Pane:  # Any: JSON
    phase = Phase(knowledge["phase"])
    return {
        "facts": [_fact(Fact(name), fact) for name, fact in knowledge["facts"].items()],
        "missing": [words.FACTS[Fact(name)] for name in knowledge["missing"]],
        "steps": _steps(phase),
        "aside": None if phase in words.MAIN_ROAD else words.PHASES[phase],
        "alias": knowledge.get("case"),
    }


def _fact(fact: Fact, held: Mapping[str, Any]) -> Pane:  # Any: JSON
    state = FactState(held["state"])
    return {
        "fact": fact.value,
        "label": words.FACTS[fact],
        "text": held["text"],
        "detail": _detail(held.get("value"), held["text"]),
        "state": state.value,
        "state_words": words.FACT_STATES[state],
    }


_TELLING = ("words", "opening_hours", "commune", "street", "landmark")


def _detail(value: object, text: str) -> str:
    """What the reader made of the words, when it says more than they do."""
    if isinstance(value, Mapping):
        told = [str(value[key]) for key in _TELLING if value.get(key)]
        return " · ".join(dict.fromkeys(one for one in told if one != text))
    return value if isinstance(value, str) and value != text else ""


def _steps(phase: Phase) -> list[Pane]:
    here = words.MAIN_ROAD.index(phase) if phase in words.MAIN_ROAD else -1
    return [
        {"label": words.PHASES[step], "state": "done" if place < here else "here" if place == here else "ahead"}
        for place, step in enumerate(words.MAIN_ROAD)
    ]
