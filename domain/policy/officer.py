"""What the counter does when an officer writes in a case room.

What reaches the citizen: plain words and files of an officer of the cell. What never does: notes, commands, and a
question that seeks the writer's identity until an officer confirms it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain import messages as m
from domain.conversation import Conversation
from domain.discretion import seeks_identity
from domain.events import Event, Notice, Verdict
from domain.phases import Phase
from domain.policy.ending import UNNAMED
from domain.policy.turn import Turn
from domain.questionnaire import Fact, Questionnaire

ENDED = frozenset({Phase.CLOS, Phase.EFFACE, Phase.ABANDONNE})


def decide_on_officer(
    conversation: Conversation, told: m.FromOfficer, questionnaire: Questionnaire, *, left_already: bool = True
) -> list[Event]:
    """Everything that happens because an officer did something, in order; never empty.

    left_already: for a withdrawal, whether the letter had gone when it was taken back.
    """
    turn = Turn(conversation, questionnaire)
    if isinstance(told.content, m.Withdrew):
        turn.happened(e.OfficerWithdrew(told.ref, in_time=not left_already))
    else:
        _CONTENTS[type(told.content)](turn, told)
    return turn.events


# --- words and files -----------------------------------------------------------------------------


def _told(turn: Turn, told: m.FromOfficer) -> None:
    if not isinstance(told.content, m.Told):
        return
    if _cannot_reach(turn, told):
        return
    if seeks_identity(told.content.text):
        turn.happened(e.OfficerHeld(told.content.text, told.officer, told.service, told.ref))
        return
    _join(turn, told.service)
    turn.happened(e.OfficerSpoke(told.content.text, told.officer, told.service, told.ref))


def _shared(turn: Turn, told: m.FromOfficer) -> None:
    if not isinstance(told.content, m.Shared) or _cannot_reach(turn, told):
        return
    _join(turn, told.service)
    content = told.content
    turn.happened(
        e.OfficerSentFile(content.file, content.media_type, told.officer, told.service, told.ref, content.caption)
    )


def _cannot_reach(turn: Turn, told: m.FromOfficer) -> bool:
    """Nobody is there to read it: the officer is told at once instead of waiting for nothing."""
    if turn.now.phase in ENDED:
        turn.happened(e.OfficerOrdered("ended", told.officer))
        return True
    if not turn.now.door_open:
        turn.happened(e.OfficerOrdered("door-closed", told.officer, told.ref))
        return True
    return False


def _join(turn: Turn, service: str) -> None:
    """The first words of an officer: said on screen; from now on the counter is silent.

    What the citizen had told so far is filed unconfirmed: an officer has it before their eyes.
    """
    if turn.now.officer_present:
        return
    turn.happened(e.OfficerJoined(service), e.NoticeGiven(Notice.AGENT_JOINED, service))
    if not turn.now.filed:
        turn.happened(e.ReportFiled(turn.now.alias or UNNAMED, confirmed=False))


def _noted(turn: Turn, told: m.FromOfficer) -> None:
    if isinstance(told.content, m.Noted):
        turn.happened(e.OfficerNoted(told.content.text, told.officer))


def _unreadable(turn: Turn, told: m.FromOfficer) -> None:
    turn.happened(e.OfficerUnreadable(told.ref))


# --- commands ------------------------------------------------------------------------------------


def _ordered(turn: Turn, told: m.FromOfficer) -> None:
    if not isinstance(told.content, m.Ordered):
        return
    name = told.content.name.lower()
    if name in CHANGING and turn.now.phase in ENDED:
        turn.happened(e.OfficerOrdered("ended", told.officer))
    else:
        CHANGING.get(name, _answered)(turn, told, told.content.argument.strip())


def _answered(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    """Commands that change nothing, and unknown ones: answered in the room by the wording."""
    if isinstance(told.content, m.Ordered):
        turn.happened(e.OfficerOrdered(told.content.name.lower(), told.officer, argument))


def _take(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    turn.happened(e.CaseTaken(told.officer, told.service))


def _hand_back(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    if turn.now.phase is Phase.AVEC_UN_AGENT:
        turn.happened(e.OfficerLeft(told.officer), e.NoticeGiven(Notice.AGENT_LEFT))
    else:
        turn.happened(e.OfficerOrdered("rendre", told.officer))


def _note(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    turn.happened(e.OfficerNoted(argument, told.officer))


def _ask(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    """The counter asks for one fact in its own neutral words, for the officer."""
    if argument not in list(Fact) or turn.questionnaire.question(Fact(argument)) is None or not turn.now.door_open:
        turn.happened(e.OfficerOrdered("demander", told.officer, argument))
        return
    _join(turn, told.service)
    turn.happened(e.OfficerAskedFact(Fact(argument), told.officer))


def _confirm(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    held = turn.now.held
    if held is None:
        turn.happened(e.OfficerOrdered("confirmer", told.officer))
        return
    if _cannot_reach(turn, told):
        return
    turn.happened(e.OfficerReleased(told.officer))
    _join(turn, held.service)
    turn.happened(e.OfficerSpoke(held.text, held.officer, held.service, held.ref))


def _close(turn: Turn, told: m.FromOfficer, argument: str) -> None:
    verdict, _, outcome = argument.partition(" ")
    if verdict.lower() not in list(Verdict) or turn.now.phase not in _CLOSABLE:
        turn.happened(e.OfficerOrdered("clore", told.officer, verdict))
        return
    turn.happened(e.CaseClosed(Verdict(verdict.lower()), outcome.strip(), told.officer))
    turn.happened(e.NoticeGiven(Notice.CLOSED))


_CLOSABLE = frozenset(
    {
        Phase.RECIT,
        Phase.QUESTIONS,
        Phase.RECAPITULATIF,
        Phase.DEPOSE,
        Phase.AVEC_UN_AGENT,
        Phase.URGENCE,
        Phase.HORS_PERIMETRE,
    }
)

_Order = Callable[[Turn, m.FromOfficer, str], None]

CHANGING: Mapping[str, _Order] = MappingProxyType({
    "prendre": _take, "rendre": _hand_back, "note": _note, "demander": _ask, "confirmer": _confirm, "clore": _close,
})  # fmt: skip
"""Commands that change something; the others (aide, statut, resume, renvoyer) are only answered."""

# Any: each step narrows the content itself; the key of the table guarantees its kind.
_CONTENTS: Mapping[type, Callable[[Turn, m.FromOfficer], Any]] = MappingProxyType({
    m.Told: _told, m.Shared: _shared, m.Noted: _noted, m.Ordered: _ordered, m.Unreadable: _unreadable,
})  # fmt: skip
