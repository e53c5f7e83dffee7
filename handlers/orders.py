"""Answers to officers' commands that change nothing, that were refused, or that do not exist."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.conversation import Conversation
from handlers.card import missing_of, state_of, taken_of
from handlers.voice import Voice


def answer(voice: Voice, conversation: Conversation, name: str) -> str:
    """What the room reads; "" for a command that the use case answers itself (`!resume`)."""
    return _ANSWERS.get(name, _plain)(voice, conversation, name)


def _plain(voice: Voice, conversation: Conversation, name: str) -> str:
    return voice.say(f"room-order-{name}" if name in _PLAIN else "room-order-unknown")


def _status(voice: Voice, conversation: Conversation, name: str) -> str:
    lines = [state_of(voice, conversation), taken_of(voice, conversation), missing_of(voice, conversation)]
    if not conversation.door_open:
        lines.append(voice.say("room-door-closed"))
    return "\n".join(lines)


def _facts(voice: Voice, conversation: Conversation, name: str) -> str:
    return voice.say(
        "room-order-demander", facts=", ".join(question.fact for question in voice.questionnaire.questions)
    )


def _nothing(voice: Voice, conversation: Conversation, name: str) -> str:
    return ""


_PLAIN = frozenset({"aide", "renvoyer", "rendre", "confirmer", "clore", "ended", "door-closed"})
_ANSWERS: Mapping[str, Callable[[Voice, Conversation, str], str]] = MappingProxyType({
    "statut": _status, "demander": _facts, "resume": _nothing,
})  # fmt: skip
