"""One verification dialogue by emoji (SAS), the answering side, without any input or output.

nio 0.26 knows only the device messages of 2019 and commits to a hexadecimal digest where the specification wants
base64: no current client accepts it. This side also vouches for the master key, which is what verifies the *user*.
We confirm without looking: the officer compares the emoji with those on an independent screen. So this proves the bot
to the officer and nothing about the officer; no key of theirs is ever signed after it.
Source: Matrix specification, "Short Authentication String (SAS) verification".
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

import vodozemac
from nio.crypto.sas import Sas as NioEmoji

from bots.matrix.signing import canonical, unpadded

JsonObject = dict[str, Any]  # Any: JSON
Step = tuple[str, JsonObject]

METHOD, AGREEMENT, HASH = "m.sas.v1", "curve25519-hkdf-sha256", "sha256"
MACS = ("hkdf-hmac-sha256.v2", "hkdf-hmac-sha256")


class Phase(Enum):
    """Where the dialogue stands."""

    READY = "ready"
    STARTED = "started"
    KEYED = "keyed"
    DONE = "done"


class Broken(Exception):
    """The other side does not follow the dialogue; code: why, as the specification names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Party:
    """A user, a device, and its signing key (None when we do not know it)."""

    user: str
    device: str
    ed25519: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both screens must show: seven emoji with their names, and three numbers for screens without emoji."""

    officer: str
    emoji: tuple[tuple[str, str], ...]
    numbers: tuple[int, ...]


@dataclass
class Dialogue:
    """The answering side. `answer` takes one step of the officer and gives ours; raises Broken."""

    us: Party
    them: Party
    master: str
    transaction: str
    comparison: Comparison | None = None
    phase: Phase = Phase.READY
    _sas: Any = field(default=None, repr=False)  # Any: vodozemac has no types; each Sas serves once
    _secret: Any = field(default=None, repr=False)  # Any: as above
    _public: str = ""
    _mac: str = ""

    def ready(self) -> Step:
        """Our consent to a request."""
        return "ready", {"from_device": self.us.device, "methods": [METHOD]}

    def answer(self, step: str, content: JsonObject) -> list[Step]:
        """Our steps after this one of theirs."""
        expected = EXPECTED.get((self.phase, step))
        if expected is None:
            if step == "done" and self.phase is Phase.DONE:
                return []
            raise Broken("m.unexpected_message")
        return expected(self, content)

    def _start(self, content: JsonObject) -> list[Step]:
        macs, agreements = content.get("message_authentication_codes"), content.get("key_agreement_protocols")
        if content.get("method") != METHOD or not isinstance(macs, list) or not isinstance(agreements, list):
            raise Broken("m.unknown_method")
        mac = next((known for known in MACS if known in macs), None)
        if mac is None or AGREEMENT not in agreements or content.get("from_device") != self.them.device:
            raise Broken("m.unknown_method")
        self._sas, self._mac, self.phase = vodozemac.Sas(), mac, Phase.STARTED
        self._public = self._sas.public_key.to_base64()
        digest = hashlib.sha256(self._public.encode() + canonical_all(content)).digest()
        return [("accept", {
            "method": METHOD, "key_agreement_protocol": AGREEMENT, "hash": HASH, "message_authentication_code": mac,
            "short_authentication_string": ["decimal", "emoji"], "commitment": unpadded(digest),
        })]  # fmt: skip

    def _key(self, content: JsonObject) -> list[Step]:
        theirs = content.get("key")
        if not isinstance(theirs, str):
            raise Broken("m.invalid_message")
        try:
            self._secret = self._sas.diffie_hellman(vodozemac.Curve25519PublicKey.from_base64(theirs))
        except (vodozemac.SasException, vodozemac.KeyException, vodozemac.DecodeException, ValueError) as error:
            raise Broken("m.invalid_message") from error
        info = "|".join([
            "MATRIX_KEY_VERIFICATION_SAS", self.them.user, self.them.device, theirs,
            self.us.user, self.us.device, self._public, self.transaction,
        ])  # fmt: skip
        short = self._secret.bytes(info)
        emoji = tuple((str(sign), str(name)) for sign, name in (NioEmoji.emoji[at] for at in short.emoji_indices))
        self.comparison = Comparison(self.them.user, emoji, tuple(short.decimals))
        self.phase = Phase.KEYED
        return [("key", {"key": self._public})]

    def _codes(self, content: JsonObject) -> list[Step]:
        self._check(content)
        keys = {"ed25519:" + self.us.device: self.us.ed25519 or "", "ed25519:" + self.master: self.master}
        base = self._base(self.us, self.them)
        codes = {name: self._code(value, base + name) for name, value in keys.items()}
        self.phase = Phase.DONE
        names = self._code(",".join(sorted(keys)), base + "KEY_IDS")
        return [("mac", {"mac": codes, "keys": names}), ("done", {})]

    def _check(self, content: JsonObject) -> None:
        """Their codes must fit the secret; their own device must be among what they vouch for."""
        codes, base = content.get("mac"), self._base(self.them, self.us)
        if not isinstance(codes, dict) or not all(isinstance(name, str) for name in codes):
            raise Broken("m.invalid_message")
        if self._code(",".join(sorted(codes)), base + "KEY_IDS") != content.get("keys"):
            raise Broken("m.key_mismatch")
        name = "ed25519:" + self.them.device
        if self.them.ed25519 is not None and self._code(self.them.ed25519, base + name) != codes.get(name):
            raise Broken("m.key_mismatch")

    def _code(self, value: str, info: str) -> str:
        new = self._mac.endswith(".v2")
        calculate = self._secret.calculate_mac if new else self._secret.calculate_mac_invalid_base64
        return str(calculate(value, info))

    def _base(self, first: Party, second: Party) -> str:
        people = first.user + first.device + second.user + second.device
        return "MATRIX_KEY_VERIFICATION_MAC" + people + self.transaction


EXPECTED: Mapping[tuple[Phase, str], Callable[[Dialogue, JsonObject], list[Step]]] = MappingProxyType({
    (Phase.READY, "start"): Dialogue._start,
    (Phase.STARTED, "key"): Dialogue._key,
    (Phase.KEYED, "mac"): Dialogue._codes,
})  # fmt: skip
"""The only steps that may come in each phase; any other one ends the dialogue."""


def canonical_all(content: JsonObject) -> bytes:
    """Canonical JSON of the whole content, as the commitment wants it."""
    return canonical({**content})
