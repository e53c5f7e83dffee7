"""What people say to the counter and what it sends back. No address anywhere: an edge or the vault holds those."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from domain.ids import FileId, MessageRef, OfficerId

# --- from a citizen ------------------------------------------------------------------------------


class Command(StrEnum):
    """The commands a citizen may type; `/start` may carry a cell code, `/statut` a receipt code."""

    START = "start"
    AIDE = "aide"
    STOP = "stop"
    EFFACER = "effacer"
    CONFIDENTIALITE = "confidentialite"
    LANGUE = "langue"
    STATUT = "statut"


class RefusedKind(StrEnum):
    """What the counter does not take; each has one clear sentence (`refused-<kind>`) and nothing is kept."""

    CONTACT = "contact"
    LIVE_LOCATION = "live-location"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    POLL = "poll"
    TOO_LONG = "too-long"
    BAD_PHOTO = "bad-photo"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """Free text, at most 4096 characters (Bot API limit)."""

    text: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button, by the id that the counter gave it (see questionnaire.Choice)."""

    choice: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """A static place on the map, degrees WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Photographed:
    """A photo already re-encoded (no metadata), kept sealed under `file`; `album` groups photos sent together."""

    file: FileId
    caption: str = ""
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A message said again in other words; the new text corrects the old one."""

    text: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command with its argument, "" when there is none."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SentRefused:
    """Something that the counter does not take; only its kind survives the edge."""

    kind: RefusedKind


@dataclass(frozen=True, slots=True)
class ClosedDoor:
    """The citizen blocked the bot, or (open=True) let it in again."""

    open: bool = False


CitizenContent: TypeAlias = Said | Tapped | Pinned | Photographed | Edited | Commanded | SentRefused | ClosedDoor


@dataclass(frozen=True, slots=True)
class FromCitizen:
    """One thing that a citizen did. `ref` names it on the platform; an edit bears the ref of what it corrects."""

    content: CitizenContent
    at: datetime
    ref: MessageRef | None = None
    language: str | None = None


# --- from an officer -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """Words for the citizen."""

    text: str
    replaces: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An internal note: `//`, a thread or `!note`. It never leaves the room."""

    text: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """A `!command` with its words; unknown names are answered with the list."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A file for the citizen, kept sealed under `file`; its name has been dropped."""

    file: FileId
    media_type: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Withdrew:
    """A redaction: the officer takes the message `ref` back."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The officer wrote something that could not be decrypted, even after a wait."""


OfficerContent: TypeAlias = Told | Noted | Ordered | Shared | Withdrew | Unreadable


@dataclass(frozen=True, slots=True)
class FromOfficer:
    """One thing that an officer did in a case room. For a withdrawal `ref` names the message taken back."""

    content: OfficerContent
    officer: OfficerId
    service: str
    at: datetime
    ref: MessageRef


# --- letters -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it says and the choice it stands for."""

    label: str
    choice: str


@dataclass(frozen=True, slots=True)
class ToCitizen:
    """A letter to the citizen, ready to be read.

    asks: the fact asked for, "confirmation", "autre", or None. notice: "urgence", "nuisance", "identite", or None.
    from_officer: a human wrote it (it is then worth sending twice rather than losing).
    protect: ask the platform to hinder forwarding.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    asks: str | None = None
    notice: str | None = None
    from_officer: bool = False
    protect: bool = False
    file: FileId | None = None
    reply_to: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class EraseChat:
    """Delete what can be deleted on the citizen's side: these messages, both ours and theirs."""

    refs: tuple[MessageRef, ...]


class Mark(StrEnum):
    """What became of an officer's message, put on it as a reaction: never any content."""

    QUEUED = "⏳"
    ACCEPTED = "✅"
    FAILED = "⚠️"
    BLOCKED = "🚫"
    CANCELLED = "↩️"
    HELD = "✋"


@dataclass(frozen=True, slots=True)
class ToOfficers:
    """Words for the case room. key: a letter sent under it before is edited (the case card stays one message).

    kind: "card", "citizen", "counter", "notice", "answer", "recap". `html` is a safe subset made by the wording.
    """

    text: str
    kind: str
    html: str | None = None
    key: str | None = None
    file: FileId | None = None
    media_type: str | None = None
    reply_to: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class PutMark:
    """Put `mark` on the officer's message `ref`."""

    ref: MessageRef
    mark: Mark


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """Leave the case room and forget it."""


CitizenLetter: TypeAlias = ToCitizen | EraseChat
RoomLetter: TypeAlias = ToOfficers | PutMark | CloseRoom
Letter: TypeAlias = CitizenLetter | RoomLetter
