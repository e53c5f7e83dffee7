"""Cross-signing keys: signatures, canonical JSON, the copy on paper."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bots.matrix.signing import (
    BadRecoveryCopy,
    Role,
    SigningKeys,
    canonical,
    is_signed_by,
    unpadded,
    with_signature,
)

SEEDS = st.binary(min_size=96, max_size=96)
ME = "@guichet:cell.example"


def test_the_specification_vector() -> None:
    """Signing as in the appendix of the Matrix specification ("Test Vectors", the empty object and {"one": 1})."""
    seed = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"
    import base64

    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed + "="))
    tag = unpadded(private.sign(canonical({})))
    assert tag == "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"


def test_canonical_json_is_sorted_bare_and_keeps_accents() -> None:
    """Keys sorted, no spaces, UTF-8 as it is, without signatures and unsigned."""
    document = {"é": "à", "b": 1, "a": [True, None], "signatures": {"x": {}}, "unsigned": {"age": 3}}
    assert canonical(document) == '{"a":[true,null],"b":1,"é":"à"}'.encode()


@given(SEEDS)
def test_a_copy_brings_the_same_keys_back(seeds: bytes) -> None:
    """What is printed can be typed back, with any spaces."""
    keys = SigningKeys(seeds)
    copy = keys.recovery_copy()
    assert SigningKeys.from_recovery_copy(copy) == keys
    assert SigningKeys.from_recovery_copy(copy.replace(" ", "\n ")) == keys
    assert not set("0OIl") & set(copy)


@given(SEEDS, st.integers(0, 130), st.sampled_from("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"))
def test_a_misread_letter_is_noticed(seeds: bytes, at: int, letter: str) -> None:
    """One wrong letter anywhere is told, never taken for other keys."""
    copy = SigningKeys(seeds).recovery_copy().replace(" ", "")
    at %= len(copy)
    wrong = copy[:at] + letter + copy[at + 1 :]
    if wrong != copy:
        with pytest.raises(BadRecoveryCopy):
            SigningKeys.from_recovery_copy(wrong)


@pytest.mark.parametrize("typed", ["", "0OIl", "abc", "z" * 200, "ceci n'est pas une copie"])
def test_anything_else_is_refused(typed: str) -> None:
    """Not a copy at all."""
    with pytest.raises(BadRecoveryCopy):
        SigningKeys.from_recovery_copy(typed)


def test_public_objects_are_signed_by_the_master_key() -> None:
    """Self-signing and user-signing keys bear the master's signature; key ids are unpadded."""
    keys = SigningKeys.new()
    objects = keys.public_objects(ME)
    assert set(objects) == {"master_key", "self_signing_key", "user_signing_key"}
    for name in ("self_signing_key", "user_signing_key"):
        assert is_signed_by(objects[name], ME, keys.public(Role.MASTER))
    names = [name for one in objects.values() for name in one["keys"]]
    assert len(set(names)) == 3
    assert not any(name.endswith("=") for name in names)


def test_signatures_are_checked() -> None:
    """Another account, another key, a changed document or a malformed tag do not pass."""
    keys, other = SigningKeys.new(), SigningKeys.new()
    public = keys.public(Role.SELF_SIGNING)
    signed = keys.sign(Role.SELF_SIGNING, {"device_id": "A", "signatures": {ME: {"ed25519:A": "x"}}}, ME)
    assert is_signed_by(signed, ME, public)
    assert signed["signatures"][ME]["ed25519:A"] == "x"
    assert not is_signed_by(signed, "@other:cell.example", public)
    assert not is_signed_by(signed, ME, other.public(Role.SELF_SIGNING))
    assert not is_signed_by({**signed, "device_id": "B"}, ME, public)
    assert not is_signed_by(with_signature({"device_id": "A"}, ME, "ed25519:" + public, "?"), ME, public)


def test_keys_do_not_show_themselves() -> None:
    """A printed object holds the public fingerprint only."""
    keys = SigningKeys.new()
    assert repr(keys) == f"SigningKeys(fingerprint={keys.fingerprint})"
    assert keys.recovery_copy() not in repr(keys)
    with pytest.raises(ValueError, match="96 bytes"):
        SigningKeys(b"short")
