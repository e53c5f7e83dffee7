"""What happened in a conversation, in the past tense. A conversation is the fold of these (conversation.replay).

Each event is stored sealed under the conversation's own key; the ones that `speak` make the transcript.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from domain.ids import Alias, CellId, FileId, MessageRef, OfficerId
from domain.messages import Button, RefusedKind
from domain.questionnaire import Doubt, Fact
from domain.reading import Fait, Topic, Value


class Origin(StrEnum):
    """How a fact was learned."""

    SAID = "said"
    BUTTON = "button"
    PIN = "pin"
    OFFICER = "officer"


class Notice(StrEnum):
    """What the counter tells without asking; each has its text in the catalogue (`notice-<name>`)."""

    WELCOME = "welcome"
    EMERGENCY = "urgence"
    EMERGENCY_AGAIN = "urgence-again"
    NUISANCE = "nuisance"
    NUISANCE_AGAIN = "nuisance-again"
    IDENTITY = "identite"
    CHARTER = "charter"
    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    BACK_AGAIN = "back-again"
    NOTED = "noted"
    PASSED_ON = "passed-on"
    NO_AGENT = "no-agent"
    AGENT_ASKED = "agent-asked"
    AGENT_JOINED = "agent-joined"
    AGENT_LEFT = "agent-left"
    HELP = "help"
    PRIVACY = "privacy"
    LANGUAGE = "language"
    STOPPED = "stopped"
    STOPPED_FILED = "stopped-filed"
    ERASED = "erased"
    CANCELLED = "cancelled"
    KEPT = "kept"
    NOTHING_TO_ERASE = "nothing-to-erase"
    EXPIRED = "expired"
    CLOSED = "closed"
    ALREADY_CLOSED = "already-closed"
    STATUS = "status"
    STATUS_UNKNOWN = "status-unknown"
    PHOTO_KEPT = "photo-kept"
    PIN_FORGOTTEN = "pin-forgotten"
    DELAYED = "delayed"


class Asked(StrEnum):
    """Questions that ask for no single fact."""

    CONFIRMATION = "confirmation"
    ANYTHING_ELSE = "autre"
    CANCEL = "cancel"
    WHAT_TO_CORRECT = "what-to-correct"
    IS_PLACE_OF_FACTS = "is-place"
    UNCLEAR = "unclear"
    NARRATIVE = "narrative"
    DOUBT = "doubt"


class Verdict(StrEnum):
    """How an officer closes a case."""

    EXPLOITABLE = "exploitable"
    NOT_EXPLOITABLE = "non_exploitable"
    OUT_OF_SCOPE = "hors_perimetre"


# --- opening, language ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    """A citizen came to the counter of a cell."""

    cell: CellId
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The citizen chose a language of the catalogue."""

    language: str


# --- the citizen's voice -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CitizenSpoke:
    """Free words, what identifies the writer already masked. edits: they correct an earlier message."""

    text: str
    ref: MessageRef | None = None
    edits: bool = False


@dataclass(frozen=True, slots=True)
class CitizenTapped:
    """A button of ours was tapped."""

    choice: str


@dataclass(frozen=True, slots=True)
class CitizenPinned:
    """A place on the map, not yet confirmed as the place of the facts."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """The pin was not the place of the facts; its coordinates are blanked."""


@dataclass(frozen=True, slots=True)
class CitizenSentPhoto:
    """A photo, re-encoded and sealed; its caption is a CitizenSpoke of its own."""

    file: FileId
    album: str | None = None


@dataclass(frozen=True, slots=True)
class ThingRefused:
    """Something came that the counter does not take; nothing of it was kept."""

    kind: RefusedKind


@dataclass(frozen=True, slots=True)
class IdentityMasked:
    """`count` passages that would tell who writes were masked before anything was kept."""

    count: int


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """The citizen can no longer be written to."""


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """The citizen can be written to again."""


# --- what the counter learned --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactLearned:
    """A fact was said. replaces: what was held before is taken back (the history stays in the events)."""

    fact: Fact
    text: str
    value: Value = None
    origin: Origin = Origin.SAID
    confidence: float = 1.0
    replaces: bool = False
    source: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class FactUnknown:
    """The citizen does not know: an answer like another, distinct from not asked and from declined."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class FactDeclined:
    """The citizen would rather not say, or passed."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class FactAbsent:
    """The citizen says that there is none ("non, il arrive à pied")."""

    fact: Fact
    text: str


@dataclass(frozen=True, slots=True)
class FactWithdrawn:
    """The citizen takes a fact back without giving another."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class FaitsNoted:
    """What kinds of conduct the words assert."""

    faits: tuple[Fait, ...]


# --- what the counter does -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """One fact is asked for. again: the same question put again after an interruption, not a new attempt."""

    fact: Fact
    again: bool = False
    buttons_only: bool = False


@dataclass(frozen=True, slots=True)
class Wondered:
    """A question that asks for no single fact (see Asked)."""

    what: Asked


@dataclass(frozen=True, slots=True)
class Doubted:
    """What was read of a fact is not sure: the citizen is asked which it is."""

    fact: Fact
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class QuestionExplained:
    """Why the pending question is put was told."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """Something was told; `detail` is a key or a number for the catalogue, never free words."""

    notice: Notice
    detail: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A question of the citizen's was answered."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The counter could make nothing of the message."""


@dataclass(frozen=True, slots=True)
class CounterSaid:
    """The exact words the counter used, for the transcript."""

    text: str
    buttons: tuple[Button, ...] = ()


# --- turning points ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SummaryShown:
    """The plain summary was shown; it waits for confirmation."""


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """The citizen confirmed (or an officer had joined and took the report): it is a case now."""

    alias: Alias
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """The receipt code was shown once; only its keyed hash is kept."""


@dataclass(frozen=True, slots=True)
class AgentWanted:
    """The citizen asks for a human; the case is opened unconfirmed so that one can join."""

    alias: Alias


@dataclass(frozen=True, slots=True)
class EmergencyDeclared:
    """Words of danger were read: the emergency notice came first."""


@dataclass(frozen=True, slots=True)
class EmergencyOver:
    """The citizen goes on after the notice."""


@dataclass(frozen=True, slots=True)
class Redirected:
    """Nuisance only: sent to 17 or the town; nothing said is kept."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """Facts came after a redirection or an end: the counter is open again."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The draft's time ran out; what was said is erased."""


@dataclass(frozen=True, slots=True)
class Erased:
    """The citizen had it erased; the skeleton stays for statistics."""

    kept_by_officers: bool = False


# --- the officers' voice -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfficerJoined:
    """A first officer answers: from now on the counter is silent."""

    service: str


@dataclass(frozen=True, slots=True)
class OfficerSpoke:
    """Words for the citizen, under a neutral name."""

    text: str
    officer: OfficerId
    service: str
    ref: MessageRef


@dataclass(frozen=True, slots=True)
class OfficerSentFile:
    """A file for the citizen."""

    file: FileId
    media_type: str
    officer: OfficerId
    service: str
    ref: MessageRef
    caption: str = ""


@dataclass(frozen=True, slots=True)
class OfficerNoted:
    """An internal note; it never leaves the room."""

    text: str
    officer: OfficerId


@dataclass(frozen=True, slots=True)
class OfficerHeld:
    """A question that seeks the writer's identity waits for `!confirmer`."""

    text: str
    officer: OfficerId
    service: str
    ref: MessageRef


@dataclass(frozen=True, slots=True)
class OfficerReleased:
    """The held question was confirmed by an officer."""

    officer: OfficerId


@dataclass(frozen=True, slots=True)
class OfficerWithdrew:
    """The officer took a message back; `in_time` when it had not left yet."""

    ref: MessageRef
    in_time: bool


@dataclass(frozen=True, slots=True)
class OfficerOrdered:
    """A command that changes nothing (`!aide`, `!statut` ...), an unknown one, or one that was refused: answered."""

    name: str
    officer: OfficerId
    argument: str = ""


@dataclass(frozen=True, slots=True)
class OfficerUnreadable:
    """Something an officer wrote could not be decrypted: they are asked to send it again."""

    ref: MessageRef


@dataclass(frozen=True, slots=True)
class CaseTaken:
    """An officer takes the case in charge."""

    officer: OfficerId
    service: str


@dataclass(frozen=True, slots=True)
class OfficerLeft:
    """The officer hands the conversation back to the counter."""

    officer: OfficerId


@dataclass(frozen=True, slots=True)
class OfficerAskedFact:
    """An officer has the counter ask for a fact, in its own neutral words."""

    fact: Fact
    officer: OfficerId


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """An officer closed the case."""

    verdict: Verdict
    outcome: str
    officer: OfficerId


Event: TypeAlias = (
    ConversationStarted | LanguageChosen
    | CitizenSpoke | CitizenTapped | CitizenPinned | PinForgotten | CitizenSentPhoto | ThingRefused
    | IdentityMasked | DoorClosed | DoorOpened
    | FactLearned | FactUnknown | FactDeclined | FactAbsent | FactWithdrawn | FaitsNoted
    | QuestionAsked | Wondered | Doubted | QuestionExplained | NoticeGiven | QuestionAnswered | NotUnderstood
    | CounterSaid
    | SummaryShown | ReportFiled | ReceiptGiven | AgentWanted | EmergencyDeclared | EmergencyOver
    | Redirected | CameBack | Abandoned | Erased
    | OfficerJoined | OfficerSpoke | OfficerSentFile | OfficerNoted | OfficerHeld | OfficerReleased
    | OfficerWithdrew | OfficerOrdered | OfficerUnreadable | CaseTaken | OfficerLeft | OfficerAskedFact
    | CaseClosed
)  # fmt: skip
"""Everything that can happen. The codec (storage/codec.py) refuses an event that is not listed here."""
