"""The recap for officers who come late: the facts, then who said what, with times to the hour."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain.conversation import Conversation
from domain.messages import ToOfficers
from handlers import markup
from handlers.card import as_html, as_text, card_of
from handlers.ports import Recorded
from handlers.room import compact, label_of
from handlers.staff_time import in_words
from handlers.voice import Voice

MOST_CHARACTERS = 12_000
"""Of transcript in one recap: with its HTML it stays well under the 64 KiB of a Matrix event."""

Line = tuple[str, str]
"""(who, what); an empty `who` is a time."""


def recap_letter(voice: Voice, conversation: Conversation, recorded: Sequence[Recorded]) -> ToOfficers:
    """Facts and transcript; the oldest lines are cut when there is too much."""
    title = voice.say("room-recap-title", alias=str(conversation.alias or ""))
    lines = _last(voice, list(_lines(voice, recorded))) or [("", voice.say("room-recap-empty"))]
    card = card_of(voice, conversation)
    text = "\n".join(f"{who} : {what}" if who else what for who, what in lines)
    html = "<br>".join(markup.named(who, what) if who else markup.grey(what) for who, what in lines)
    return ToOfficers(
        f"{title}\n{as_text(card)}\n\n{text}",
        "recap",
        html=f"<em>{markup.words(title)}</em><br>{as_html(card)}<hr>{html}",
    )


def _lines(voice: Voice, recorded: Sequence[Recorded]) -> Iterator[Line]:
    last_time = ""
    for one in recorded:
        say = _SAYS.get(type(one.event))
        line = say(voice, one.event) if say else None
        if line is None:
            continue
        if (time := in_words(voice, one.at)) != last_time:
            last_time = time
            yield "", time
        yield line


def _last(voice: Voice, lines: list[Line]) -> list[Line]:
    kept, length = list[Line](), 0
    for line in reversed(lines):
        length += len(line[0]) + len(line[1]) + 3
        if length > MOST_CHARACTERS:
            kept.append(("", voice.say("room-recap-cut")))
            break
        kept.append(line)
    return kept[::-1]


def _spoke(voice: Voice, event: e.CitizenSpoke) -> Line:
    return voice.say("room-citizen-edits" if event.edits else "room-citizen"), event.text


def _tapped(voice: Voice, event: e.CitizenTapped) -> Line | None:
    label = label_of(voice, event.choice)
    return (voice.say("room-citizen-button"), label) if label else None


def _photo(voice: Voice, event: e.CitizenSentPhoto) -> Line:
    return "", voice.say("room-citizen-photo")


def _counter(voice: Voice, event: e.CounterSaid) -> Line:
    return voice.say("room-counter"), compact(event.text)


def _officer(voice: Voice, event: e.OfficerSpoke) -> Line:
    return voice.say("room-officer", service=voice.service(event.service)), event.text


# Any: each function takes its own event type, which the key of the table guarantees.
_SAYS: Mapping[type, Callable[[Voice, Any], Line | None]] = MappingProxyType({
    e.CitizenSpoke: _spoke, e.CitizenTapped: _tapped, e.CitizenSentPhoto: _photo, e.CounterSaid: _counter,
    e.OfficerSpoke: _officer,
})  # fmt: skip
