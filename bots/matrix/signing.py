"""Cross-signing keys of the bot's account: three Ed25519 seeds, their signatures, and the copy kept on paper.

Pure: no network, no disk. Key identifiers are *unpadded* base64 (padded ones are dropped silently by servers).
Source: Matrix specification, "Cross-signing" and "Signing JSON".
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

JsonObject = dict[str, Any]  # Any: what Matrix servers and clients put in JSON

SEED_BYTES = 32
CHECK_BYTES = 4
GROUP = 4
COPY_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Base58: without 0, O, I and l, which people confuse on paper."""


class Role(StrEnum):
    """What each key signs: the account, its devices, other people."""

    MASTER = "master"
    SELF_SIGNING = "self_signing"
    USER_SIGNING = "user_signing"


class BadRecoveryCopy(ValueError):
    """The characters typed are not a recovery copy of ours (a letter was misread, or a group is missing)."""


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The private half of the bot's identity. 96 bytes: master, self-signing and user-signing seeds."""

    seeds: bytes

    def __post_init__(self) -> None:
        if len(self.seeds) != SEED_BYTES * len(Role):
            raise ValueError(f"expected {SEED_BYTES * len(Role)} bytes of seeds, got {len(self.seeds)}")

    def __repr__(self) -> str:
        return f"SigningKeys(fingerprint={self.fingerprint})"

    @classmethod
    def new(cls) -> "SigningKeys":
        """Fresh keys from the system's random source."""
        return cls(secrets.token_bytes(SEED_BYTES * len(Role)))

    def public(self, role: Role) -> str:
        """The public key of a role, unpadded base64."""
        return unpadded(self._private(role).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @property
    def fingerprint(self) -> str:
        """The master key in groups of four: what people compare."""
        return grouped(self.public(Role.MASTER))

    def sign(self, role: Role, document: Mapping[str, Any], user_id: str) -> JsonObject:
        """A copy of `document` that bears our signature beside those it had."""
        tag = unpadded(self._private(role).sign(canonical(document)))
        return with_signature(document, user_id, "ed25519:" + self.public(role), tag)

    def public_objects(self, user_id: str) -> JsonObject:
        """The three public keys as `/keys/device_signing/upload` wants them."""
        keys = {role: self._public_object(role, user_id) for role in Role}
        return {
            "master_key": keys[Role.MASTER],
            "self_signing_key": self.sign(Role.MASTER, keys[Role.SELF_SIGNING], user_id),
            "user_signing_key": self.sign(Role.MASTER, keys[Role.USER_SIGNING], user_id),
        }

    def recovery_copy(self) -> str:
        """The seeds as groups of letters and digits, with a checksum, to be printed and locked away."""
        return grouped(base58(self.seeds + checksum(self.seeds)))

    @classmethod
    def from_recovery_copy(cls, typed: str) -> "SigningKeys":
        """The keys of a recovery copy; spaces and line ends do not matter. Raises BadRecoveryCopy."""
        raw = unbase58("".join(typed.split()), SEED_BYTES * len(Role) + CHECK_BYTES)
        seeds, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
        if not secrets.compare_digest(check, checksum(seeds)):
            raise BadRecoveryCopy("the recovery copy was not copied right: its last characters do not match the rest")
        return cls(seeds)

    def _private(self, role: Role) -> Ed25519PrivateKey:
        at = list(Role).index(role) * SEED_BYTES
        return Ed25519PrivateKey.from_private_bytes(self.seeds[at : at + SEED_BYTES])

    def _public_object(self, role: Role, user_id: str) -> JsonObject:
        public = self.public(role)
        return {"user_id": user_id, "usage": [role.value], "keys": {"ed25519:" + public: public}}


def canonical(document: Mapping[str, Any]) -> bytes:
    """Canonical JSON without `signatures` and `unsigned`: what is signed."""
    bare = {key: value for key, value in document.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def with_signature(document: Mapping[str, Any], user_id: str, key_id: str, tag: str) -> JsonObject:
    """A copy of `document` with one more signature."""
    signatures = {user: dict(tags) for user, tags in document.get("signatures", {}).items()}
    signatures.setdefault(user_id, {})[key_id] = tag
    return {**document, "signatures": signatures}


def is_signed_by(document: Mapping[str, Any], user_id: str, public: str) -> bool:
    """Whether `document` bears a right signature of `user_id` with the key `public`."""
    tag = document.get("signatures", {}).get(user_id, {}).get("ed25519:" + public)
    if not isinstance(tag, str):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(from_unpadded(public)).verify(from_unpadded(tag), canonical(document))
    except (InvalidSignature, ValueError):
        return False
    return True


def unpadded(raw: bytes) -> str:
    """Base64 without `=`."""
    return base64.b64encode(raw).decode().rstrip("=")


def from_unpadded(text: str) -> bytes:
    """The bytes of unpadded base64. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def grouped(text: str) -> str:
    """In groups of four, as people read keys aloud."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def checksum(raw: bytes) -> bytes:
    """Four bytes that catch a misread letter."""
    return hashlib.sha256(b"guichet recovery copy 1" + raw).digest()[:CHECK_BYTES]


def base58(raw: bytes) -> str:
    """The number that these bytes are, in base 58, most significant first."""
    number, letters = int.from_bytes(raw), ""
    while number:
        number, rest = divmod(number, len(COPY_ALPHABET))
        letters = COPY_ALPHABET[rest] + letters
    return letters


def unbase58(letters: str, size_bytes: int) -> bytes:
    """The bytes of a base 58 number. Raises BadRecoveryCopy."""
    number = 0
    for letter in letters:
        if letter not in COPY_ALPHABET:
            raise BadRecoveryCopy("the recovery copy holds a character that we never print (0, O, I, l or a sign)")
        number = number * len(COPY_ALPHABET) + COPY_ALPHABET.index(letter)
    try:
        return number.to_bytes(size_bytes)
    except OverflowError as error:
        raise BadRecoveryCopy("the recovery copy is too long: a group was typed twice?") from error
