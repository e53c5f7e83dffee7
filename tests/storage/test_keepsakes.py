"""Receipts, files, cursors, secrets, and what cannot be read yet."""

import pytest

from domain.ids import FileId
from handlers.ports import ParkedItem
from storage.chance import ALPHABET, SystemIds
from storage.sql import SqlStore
from tests.storage.conftest import Place
from tests.storage.words import NOW, ONE, SOON, TWO, begin


async def test_a_receipt_is_found_as_it_was_written_by_hand(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.receipts.give(ONE, "K7QM-3XWT-9HPR")
    async with store.unit() as unit:
        for written in ("K7QM-3XWT-9HPR", "k7qm 3xwt 9hpr", " K7QM3XWT9HPR. "):
            assert await unit.receipts.find(written) == ONE
        assert await unit.receipts.find("K7QM-3XWT-9HPX") is None
        assert await unit.receipts.find("") is None


async def test_a_thief_finds_no_receipt(place: Place, store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.receipts.give(ONE, "K7QM-3XWT-9HPR")
    assert b"K7QM" not in place.raw()


def test_receipts_are_hard_to_guess_and_easy_to_write() -> None:
    codes = {SystemIds().receipt() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 14 and set(code) <= set(ALPHABET) | {"-"} for code in codes)
    assert len(ALPHABET) ** 12 >= 2**50
    assert not set(ALPHABET) & set("01OIL")


def test_conversation_ids_are_opaque() -> None:
    ids = {SystemIds().conversation() for _ in range(500)}
    assert len(ids) == 500
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in ids)


async def test_a_file_is_kept_sealed(place: Place, store: SqlStore) -> None:
    await begin(store)
    content = b"\x89PNG canari " * 500
    async with store.unit() as unit:
        await unit.files.put(ONE, FileId("a"), content, "image/png")
    async with store.unit() as unit:
        assert await unit.files.get(ONE, FileId("a")) == (content, "image/png")
        assert await unit.files.get(ONE, FileId("b")) is None
        assert await unit.files.get(TWO, FileId("a")) is None
    assert b"canari" not in place.raw()


async def test_cursors_move_on(store: SqlStore) -> None:
    async with store.unit() as unit:
        assert await unit.cursors.get("matrix") is None
        await unit.cursors.set("matrix", "s1")
        await unit.cursors.set("matrix", "s2")
        await unit.cursors.set("telegram", "9")
    async with store.unit() as unit:
        assert (await unit.cursors.get("matrix"), await unit.cursors.get("telegram")) == ("s2", "9")


async def test_secrets_are_sealed(place: Place, store: SqlStore) -> None:
    async with store.unit() as unit:
        assert await unit.secrets.get("matrix-session") is None
        await unit.secrets.set("matrix-session", b"old")
        await unit.secrets.set("matrix-session", b"syt_canari_token")
    async with store.unit() as unit:
        assert await unit.secrets.get("matrix-session") == b"syt_canari_token"
    assert b"canari" not in place.raw()


@pytest.mark.parametrize("payload", [b"canari", b"", b"\x00\xff\x00canari"])
async def test_what_cannot_be_read_yet_is_parked(place: Place, store: SqlStore, payload: bytes) -> None:
    async with store.unit() as unit:
        await unit.parked.add("matrix", "$2", payload, SOON)
        await unit.parked.add("matrix", "$1", b"first", NOW)
        await unit.parked.add("matrix", "$2", b"again", SOON)
        await unit.parked.add("other", "$3", b"", NOW)
    assert b"canari" not in place.raw()
    async with store.unit() as unit:
        first, second = await unit.parked.all("matrix")
        assert (first, second) == (ParkedItem("$1", b"first", NOW), ParkedItem("$2", payload, SOON))
        await unit.parked.drop("matrix", "$1")
        assert await unit.parked.all("matrix") == [second]
