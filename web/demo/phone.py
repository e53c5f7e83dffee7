"""The citizens' phones of the demonstration: a messenger in memory that speaks to the intake as any other edge does."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import Blocked, Refused
from domain.ids import Contact, FileId, MessageRef
from domain.messages import (
    Button,
    CitizenContent,
    ClosedDoor,
    Command,
    Commanded,
    Edited,
    EraseChat,
    FromCitizen,
    Photographed,
    Pinned,
    RefusedKind,
    Said,
    SentRefused,
    Tapped,
    ToCitizen,
)
from handlers.ports import Arrival, Clock, Intake
from web.demo.live import Live

SOURCE = "demo"
LONGEST_TEXT = 4096
"""Characters, as on Telegram (Bot API, sendMessage)."""

CleanPhoto = Callable[[bytes], Awaitable[tuple[bytes, str] | None]]
"""Re-encodes a photo: clean bytes and media type, None when these bytes are not a photo."""


class UnknownThing(LookupError):
    """The page named a phone, a room, a message or a button that is not there."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on a phone's screen. `mine`: written by the citizen. `file`: shown under /phones/<n>/files/<file>."""

    ref: MessageRef
    mine: bool
    at: datetime
    text: str = ""
    kind: str = "text"
    buttons: tuple[Button, ...] = ()
    tapped: str | None = None
    edited: bool = False
    lost: bool = False
    officer: bool = False
    notice: str | None = None
    file: FileId | None = None
    quote: MessageRef | None = None
    place: tuple[float, float] | None = None


@dataclass(slots=True)
class Phone:
    """One phone: its screen, its pictures, whether it blocked the counter."""

    number: int
    bubbles: dict[MessageRef, Bubble] = field(default_factory=dict)
    files: dict[FileId, tuple[bytes, str]] = field(default_factory=dict)
    blocked: bool = False
    typing: int = 0
    """Counts the times the counter began to write; the page shows dots when it grows."""

    @property
    def contact(self) -> Contact:
        """The address of this phone."""
        return Contact(f"{SOURCE}:{self.number}")

    def bubble(self, ref: MessageRef) -> Bubble:
        """A message on the screen. Raises UnknownThing."""
        try:
            return self.bubbles[ref]
        except KeyError:
            raise UnknownThing("no such message on this phone") from None


class DemoPhones:
    """Phones in memory: what their owners do goes to the intake, what the counter sends lands on their screens."""

    def __init__(self, intake: Intake, clock: Clock, live: Live) -> None:
        self._intake = intake
        self._clock = clock
        self._live = live
        self._phones: dict[int, Phone] = {}
        self._run = secrets.token_hex(4)
        self._count = 0

    # --- what the page asks --------------------------------------------------------------------------

    def numbers(self) -> Sequence[int]:
        """Every phone, oldest first."""
        return tuple(self._phones)

    def phone(self, number: int) -> Phone:
        """The phone with this number. Raises UnknownThing."""
        try:
            return self._phones[number]
        except KeyError:
            raise UnknownThing(f"no phone number {number}") from None

    def add(self) -> int:
        """A new phone with an empty screen; its number."""
        number = max(self._phones, default=0) + 1
        self._phones[number] = Phone(number)
        self._live.changed("phones", f"phone:{number}")
        return number

    # --- what a citizen does -------------------------------------------------------------------------

    async def say(self, number: int, text: str) -> None:
        """The citizen sends words or a /command."""
        if len(text) > LONGEST_TEXT:
            await self.send_refused(number, RefusedKind.TOO_LONG)
            return
        bubble = self._bubble(text)
        await self._show_and_hand_in(number, bubble, _content_of(text))

    async def tap(self, number: int, ref: MessageRef, choice: str) -> None:
        """The citizen taps a button that stands under the message `ref`, old or new."""
        phone = self.phone(number)
        bubble = phone.bubble(ref)
        if choice not in {button.choice for button in bubble.buttons}:
            raise UnknownThing("no such button under this message")
        self._put(phone, replace(bubble, tapped=choice))
        await self._hand_in(phone, Tapped(choice), None)

    async def edit(self, number: int, ref: MessageRef, text: str) -> None:
        """The citizen says one of their messages again in other words."""
        phone = self.phone(number)
        bubble = phone.bubble(ref)
        if not bubble.mine or bubble.kind != "text":
            raise UnknownThing("only a text of one's own can be edited")
        self._put(phone, replace(bubble, text=text, edited=True))
        await self._hand_in(phone, Edited(text), ref)

    async def pin(self, number: int, latitude: float, longitude: float) -> None:
        """The citizen sends a place on the map."""
        place = (latitude, longitude)
        await self._show_and_hand_in(number, self._bubble(kind="pin", place=place), Pinned(*place))

    async def photograph(self, number: int, raw: bytes, caption: str, clean: CleanPhoto) -> None:
        """The citizen sends a photo; bytes that are no photo are refused by the counter."""
        cleaned = await clean(raw)
        if cleaned is None:
            await self.send_refused(number, RefusedKind.BAD_PHOTO)
            return
        file = FileId(secrets.token_hex(16))
        self.phone(number).files[file] = cleaned
        bubble = self._bubble(caption, kind="photo", file=file)
        await self._show_and_hand_in(number, bubble, Photographed(file, caption), {file: cleaned})

    async def send_refused(self, number: int, kind: RefusedKind) -> None:
        """The citizen sends something that the counter does not take (a contact, a voice message ...)."""
        await self._show_and_hand_in(number, self._bubble(kind=f"refused-{kind}"), SentRefused(kind))

    async def set_door(self, number: int, is_open: bool) -> None:
        """The citizen blocks the counter, or lets it in again."""
        phone = self.phone(number)
        phone.blocked = not is_open
        self._changed(phone)
        await self._hand_in(phone, ClosedDoor(open=is_open), None)

    # --- CitizenChannel ------------------------------------------------------------------------------

    async def send(self, contact: Contact, letter: ToCitizen, file: tuple[bytes, str] | None) -> tuple[MessageRef, ...]:
        """The letter is on the phone's screen. Raises Blocked."""
        phone = self._phone_of(contact)
        if phone.blocked:
            raise Blocked("this phone blocked the counter")
        bubble = _bubble_of(letter, self._new_ref(), self._clock.now(), file)
        if letter.file and file:
            phone.files[letter.file] = file
        self._put(phone, bubble)
        return (bubble.ref,)

    async def typing(self, contact: Contact) -> None:
        """The phone shows that an answer is being prepared."""
        phone = self._phone_of(contact)
        phone.typing += 1
        self._changed(phone)

    async def erase(self, contact: Contact, letter: EraseChat) -> int:
        """The messages named are gone from the screen, with their files; how many."""
        phone = self._phone_of(contact)
        gone = [phone.bubbles.pop(ref) for ref in letter.refs if ref in phone.bubbles]
        for bubble in gone:
            if bubble.file:
                phone.files.pop(bubble.file, None)
        self._changed(phone)
        return len(gone)

    # --- within --------------------------------------------------------------------------------------

    def _phone_of(self, contact: Contact) -> Phone:
        """The phone at this address, switched on again if the house was restarted meanwhile."""
        source, _, number = contact.partition(":")
        if source != SOURCE or not number.isdecimal():
            raise Refused(f"a {SOURCE} address expected", "unknown_address")
        if int(number) not in self._phones:
            self._phones[int(number)] = Phone(int(number))
            self._live.changed("phones")
        return self._phones[int(number)]

    def _new_ref(self) -> MessageRef:
        self._count += 1
        return MessageRef(f"{self._run}-{self._count}")

    def _bubble(
        self, text: str = "", *, kind: str = "text", file: FileId | None = None,
        place: tuple[float, float] | None = None,
    ) -> Bubble:  # fmt: skip
        return Bubble(self._new_ref(), True, self._clock.now(), text, kind, file=file, place=place)

    async def _show_and_hand_in(
        self,
        number: int,
        bubble: Bubble,
        content: CitizenContent,
        files: dict[FileId, tuple[bytes, str]] | None = None,
    ) -> None:
        phone = self.phone(number)
        self._put(phone, bubble)
        try:
            await self._hand_in(phone, content, bubble.ref, files)
        except Exception:
            self._put(phone, replace(bubble, lost=True))
            raise

    async def _hand_in(
        self,
        phone: Phone,
        content: CitizenContent,
        ref: MessageRef | None,
        files: dict[FileId, tuple[bytes, str]] | None = None,
    ) -> None:
        message = FromCitizen(content, self._clock.now(), ref, "fr")
        arrival = Arrival(SOURCE, self._new_ref(), message, contact=phone.contact, files=files or {})
        await self._intake.accept([arrival])

    def _put(self, phone: Phone, bubble: Bubble) -> None:
        phone.bubbles[bubble.ref] = bubble
        self._changed(phone)

    def _changed(self, phone: Phone) -> None:
        self._live.changed(f"phone:{phone.number}", f"known:{phone.number}")


def _content_of(text: str) -> Said | Commanded:
    """A command of ours when the text is one, plain words otherwise."""
    head, _, argument = text.strip().partition(" ")
    name = head.removeprefix("/").lower()
    if head.startswith("/") and name in {command.value for command in Command}:
        return Commanded(Command(name), argument.strip())
    return Said(text)


def _bubble_of(letter: ToCitizen, ref: MessageRef, at: datetime, file: tuple[bytes, str] | None) -> Bubble:
    return Bubble(
        ref,
        mine=False,
        at=at,
        text=letter.text,
        kind=_kind_of(file),
        buttons=letter.buttons,
        officer=letter.from_officer,
        notice=letter.notice,
        file=letter.file if file else None,
        quote=letter.reply_to,
    )


def _kind_of(file: tuple[bytes, str] | None) -> str:
    if file is None:
        return "text"
    return "photo" if file[1].startswith("image/") else "file"
