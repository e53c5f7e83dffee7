"""Where a conversation stands, and the one table of what may happen where.

The life of a conversation goes from the welcome (accueil) through free recall (recit), single questions, the
summary (recapitulatif) and the filing (depose) to an officer and the end (clos). Beside it lie the emergency, the
redirection of nuisance, drafts whose time ran out and what the citizen had erased. The diagram docs/phases.md is drawn
from these tables.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain import events as e
from domain.errors import NotAllowedHere
from domain.events import Asked, Event


class Phase(StrEnum):
    """Where a conversation stands."""

    ACCUEIL = "accueil"
    RECIT = "recit"
    QUESTIONS = "questions"
    RECAPITULATIF = "recapitulatif"
    DEPOSE = "depose"
    AVEC_UN_AGENT = "avec_un_agent"
    CLOS = "clos"
    URGENCE = "urgence"
    HORS_PERIMETRE = "hors_perimetre"
    ABANDONNE = "abandonne"
    EFFACE = "efface"


BEFORE_FILING = frozenset({Phase.ACCUEIL, Phase.RECIT, Phase.QUESTIONS, Phase.RECAPITULATIF, Phase.URGENCE})
ENDED = frozenset({Phase.CLOS, Phase.ABANDONNE, Phase.EFFACE})

# --- what may happen where -----------------------------------------------------------------------
#
# STAYS: events that may happen in that phase and leave it as it is. MOVES: events that lead on.
# A pair found in neither is a mistake of ours and raises NotAllowedHere.

_ANYWHERE: frozenset[type[Event]] = frozenset({
    e.LanguageChosen, e.CitizenSpoke, e.CitizenTapped, e.ThingRefused, e.IdentityMasked,
    e.DoorClosed, e.DoorOpened, e.NoticeGiven, e.CounterSaid, e.QuestionAnswered,
})  # fmt: skip
_LEARNING: frozenset[type[Event]] = frozenset({
    e.FactLearned, e.FactUnknown, e.FactDeclined, e.FactAbsent, e.FactWithdrawn, e.FaitsNoted,
    e.CitizenPinned, e.PinForgotten, e.CitizenSentPhoto,
})  # fmt: skip
_OFFICERS: frozenset[type[Event]] = frozenset({
    e.OfficerNoted, e.OfficerHeld, e.OfficerOrdered, e.OfficerWithdrew, e.OfficerUnreadable,
    e.CaseTaken, e.OfficerReleased,
})  # fmt: skip
_ASKING: frozenset[type[Event]] = frozenset({e.Wondered, e.NotUnderstood, e.QuestionExplained})

STAYS: Mapping[Phase, frozenset[type[Event]]] = MappingProxyType({
    Phase.ACCUEIL: _ANYWHERE | _LEARNING | _ASKING | {e.ConversationStarted},
    Phase.RECIT: _ANYWHERE | _LEARNING | _ASKING | _OFFICERS,
    Phase.QUESTIONS: _ANYWHERE | _LEARNING | _ASKING | _OFFICERS | {e.QuestionAsked, e.AgentWanted},
    Phase.RECAPITULATIF: _ANYWHERE | _LEARNING | _ASKING | _OFFICERS | {e.SummaryShown, e.AgentWanted},
    Phase.DEPOSE: _ANYWHERE | _LEARNING | _ASKING | _OFFICERS | {e.ReceiptGiven},
    Phase.AVEC_UN_AGENT: _ANYWHERE | _LEARNING | _OFFICERS
    | {e.OfficerSpoke, e.OfficerSentFile, e.OfficerAskedFact, e.ReportFiled, e.ReceiptGiven, e.Wondered},
    Phase.CLOS: _ANYWHERE | _OFFICERS,
    Phase.URGENCE: _ANYWHERE | _LEARNING | _OFFICERS | {e.Wondered, e.EmergencyDeclared},
    Phase.HORS_PERIMETRE: _ANYWHERE | _OFFICERS | {e.Wondered},
    Phase.ABANDONNE: _ANYWHERE | _OFFICERS,
    Phase.EFFACE: _ANYWHERE | _OFFICERS,
})  # fmt: skip

_ENDINGS: dict[type[Event], Phase] = {
    e.EmergencyDeclared: Phase.URGENCE,
    e.Abandoned: Phase.ABANDONNE,
    e.Erased: Phase.EFFACE,
}
_ASKS: dict[type[Event], Phase] = {
    e.QuestionAsked: Phase.QUESTIONS,
    e.SummaryShown: Phase.RECAPITULATIF,
    e.Doubted: Phase.QUESTIONS,
}
_ANSWERED: dict[type[Event], Phase] = {
    e.OfficerJoined: Phase.AVEC_UN_AGENT,
    e.CaseClosed: Phase.CLOS,
}

MOVES: Mapping[Phase, Mapping[type[Event], Phase]] = MappingProxyType({
    Phase.ACCUEIL: {**_ENDINGS, **_ASKS, e.Wondered: Phase.RECIT, e.Redirected: Phase.HORS_PERIMETRE,
                    e.AgentWanted: Phase.QUESTIONS},
    Phase.RECIT: {**_ENDINGS, **_ASKS, **_ANSWERED, e.Redirected: Phase.HORS_PERIMETRE,
                  e.AgentWanted: Phase.QUESTIONS},
    Phase.QUESTIONS: {**_ENDINGS, **_ASKS, **_ANSWERED, e.Redirected: Phase.HORS_PERIMETRE,
                      e.ReportFiled: Phase.DEPOSE},
    Phase.RECAPITULATIF: {**_ENDINGS, **_ASKS, **_ANSWERED, e.ReportFiled: Phase.DEPOSE},
    Phase.DEPOSE: {**_ANSWERED, e.Erased: Phase.EFFACE, e.Abandoned: Phase.ABANDONNE},
    Phase.AVEC_UN_AGENT: {e.CaseClosed: Phase.CLOS, e.Erased: Phase.EFFACE,
                          e.OfficerLeft: Phase.DEPOSE, e.Abandoned: Phase.ABANDONNE},
    Phase.CLOS: {e.Erased: Phase.EFFACE},
    Phase.URGENCE: {**_ASKS, **_ANSWERED, e.EmergencyOver: Phase.QUESTIONS, e.Erased: Phase.EFFACE,
                    e.Abandoned: Phase.ABANDONNE, e.Redirected: Phase.HORS_PERIMETRE},
    Phase.HORS_PERIMETRE: {**_ANSWERED, e.EmergencyDeclared: Phase.URGENCE, e.CameBack: Phase.RECIT,
                           e.Erased: Phase.EFFACE, e.Abandoned: Phase.ABANDONNE},
    Phase.ABANDONNE: {},
    Phase.EFFACE: {},
})  # fmt: skip


def phase_after(phase: Phase, event: Event) -> Phase:
    """Where `event` leads from `phase`. Raises NotAllowedHere when the tables do not know the pair."""
    kind = type(event)
    if kind in MOVES[phase] and not _stays_in_welcome(phase, event):
        return MOVES[phase][kind]
    if kind in STAYS[phase]:
        return phase
    raise NotAllowedHere(f"{kind.__name__} is not expected in phase {phase}")


def _stays_in_welcome(phase: Phase, event: Event) -> bool:
    """Only the call for free recall leads from the welcome to the narrative; other asides stay."""
    is_aside = isinstance(event, e.Wondered) and event.what is not Asked.NARRATIVE
    return phase is Phase.ACCUEIL and is_aside
