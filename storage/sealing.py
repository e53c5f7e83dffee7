"""Encryption at rest: one key file, and from it a key for every purpose. AES-256-GCM, each value bound to its place.

A sealed value is `nonce (12 bytes) + ciphertext + tag (16 bytes)`. The place it was written for (table, row, sequence)
is bound in as associated data, so that a value moved elsewhere no longer opens. Every conversation has a random key of
its own, wrapped by its cell's key: destroying that wrapped key is what erasing means (docs/decisions/0011).
"""

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import OperatorError, SealBroken
from domain.ids import CellId, ConversationId

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TOKEN_BYTES: Final = 16
"""A button's name: 16 bytes, 22 characters of base64url (the Bot API allows 64 bytes, the ports ask for 40)."""


class Purpose(StrEnum):
    """What a derived key is for; no key serves two purposes."""

    CELL = "cell"
    VAULT = "vault"
    CONTACT = "contact"
    RECEIPT = "receipt"
    ARRIVAL = "arrival"
    SECRET = "secret"
    PARKED = "parked"
    TOKEN = "token"
    REFERENCE = "reference"
    OFFICER = "officer"
    JOURNAL = "journal"
    LIVE = "live"
    CHECK = "check"


class Seal:
    """Closes and opens values with one key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, plain: bytes, *place: str | int) -> bytes:
        """The sealed value; it opens only for the same place."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _bound(place))

    def open(self, sealed: bytes, *place: str | int) -> bytes:
        """What was sealed for that place. Raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(place))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"a sealed value of {place[0]!r} does not open with our key") from error


def _bound(place: tuple[str | int, ...]) -> bytes:
    """The place as bytes; 0x1F separates parts and occurs in none of our identifiers."""
    return "\x1f".join(map(str, place)).encode()


class Keys:
    """Every key of the house, derived (HKDF-SHA256, RFC 5869) from one master key of 32 bytes."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise OperatorError(f"a master key of {KEY_BYTES} bytes expected, got {len(master)}: see `guichet keys`")
        self._master = master
        self._derived: dict[tuple[Purpose, str], bytes] = {}
        self._seals: dict[tuple[Purpose, str], Seal] = {}

    @classmethod
    def load_or_make(cls, path: Path | str) -> "Keys":
        """The keys of this file; made at first start, readable by its owner only. Raises OperatorError."""
        file = Path(path)
        try:
            return cls.from_base64(file.read_text("ascii"))
        except FileNotFoundError:
            return cls._make(file)
        except (OSError, UnicodeDecodeError) as error:
            raise OperatorError(f"the key file {file} could not be read: {type(error).__name__}") from error

    @classmethod
    def _make(cls, file: Path) -> "Keys":
        master = secrets.token_bytes(KEY_BYTES)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(base64.b64encode(master) + b"\n")
                out.flush()
                os.fsync(out.fileno())
        except FileExistsError:
            return cls.load_or_make(file)
        except OSError as error:
            raise OperatorError(f"the key file {file} could not be made: {type(error).__name__}") from error
        return cls(master)

    @classmethod
    def from_base64(cls, text: str) -> "Keys":
        """The keys of a master key given as base64. Raises OperatorError."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except binascii.Error as error:
            raise OperatorError("the master key is not base64 (44 characters expected)") from error

    @property
    def fingerprint(self) -> str:
        """16 hex digits by which an operator tells one key from another; it opens nothing."""
        return self.mark(Purpose.CHECK, "fingerprint")[:8].hex()

    def seal(self, purpose: Purpose, of: str = "") -> Seal:
        """The seal of one purpose (`of`: which cell)."""
        found = self._seals.get((purpose, of))
        if found is None:
            found = self._seals[purpose, of] = Seal(self._key(purpose, of))
        return found

    def mark(self, purpose: Purpose, *parts: str | int) -> bytes:
        """A keyed hash (HMAC-SHA256, 32 bytes) by which a value is found again but never read."""
        return hmac.digest(self._key(purpose), _bound(parts), sha256)

    def _key(self, purpose: Purpose, of: str = "") -> bytes:
        found = self._derived.get((purpose, of))
        if found is None:
            derive = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"guichet/1/{purpose}/{of}".encode())
            found = self._derived[purpose, of] = derive.derive(self._master)
        return found

    def new_conversation_key(self, cell: CellId, conversation: ConversationId) -> tuple[bytes, Seal]:
        """A fresh key for a conversation: wrapped by its cell's key (for the store), and ready for use."""
        key = secrets.token_bytes(KEY_BYTES)
        wrapped = self.seal(Purpose.CELL, cell).close(key, "conversation", conversation)
        return wrapped, Seal(key)

    def unwrap(self, wrapped: bytes, cell: CellId, conversation: ConversationId) -> Seal:
        """The conversation's key, ready for use. Raises SealBroken."""
        return Seal(self.seal(Purpose.CELL, cell).open(wrapped, "conversation", conversation))


class ButtonTokens:
    """Opaque names of buttons (port Tokens): a keyed hash of conversation and choice, so that a tap tells nothing."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def token(self, conversation: ConversationId, choice: str) -> str:
        """The button's name in this conversation: 22 characters."""
        mark = self._keys.mark(Purpose.TOKEN, conversation, choice)[:TOKEN_BYTES]
        return base64.urlsafe_b64encode(mark).rstrip(b"=").decode()

    def choice(self, conversation: ConversationId, token: str, choices: Sequence[str]) -> str | None:
        """Which of these choices the token names here, None when it names none of them."""
        return next((one for one in choices if self._names(conversation, one, token)), None)

    def _names(self, conversation: ConversationId, choice: str, token: str) -> bool:
        return hmac.compare_digest(self.token(conversation, choice).encode(), token.encode())
