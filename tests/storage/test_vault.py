"""Who can be reached where."""

from datetime import timedelta
from pathlib import Path

from domain.ids import Contact, MessageRef
from handlers.ports import Target
from storage.sealing import Keys, Purpose
from storage.sql import SqlStore
from tests.storage.conftest import Place
from tests.storage.words import CELL, CONTACT, KEYS, NOW, ONE, SOON, TWO, begin

LATER = NOW + timedelta(days=30)


async def bind(store: SqlStore, contact: Contact = CONTACT, expires_at: object = LATER) -> None:
    async with store.unit() as unit:
        await unit.vault.bind(contact, ONE, expires_at)  # type: ignore[arg-type]  # a test's shorthand


async def test_an_address_is_found_both_ways(store: SqlStore) -> None:
    await begin(store)
    await bind(store)
    async with store.unit() as unit:
        assert await unit.vault.conversation_of(CONTACT) == ONE
        assert await unit.vault.contact_of(ONE) == CONTACT
        assert await unit.vault.conversation_of(Contact("telegram:1")) is None
        assert await unit.vault.contact_of(TWO) is None


async def test_an_address_speaks_in_one_conversation_only(store: SqlStore) -> None:
    await begin(store, ONE, TWO)
    await bind(store)
    async with store.unit() as unit:
        await unit.vault.remember_ref(ONE, MessageRef("1"))
        await unit.vault.bind(CONTACT, TWO, LATER)
    async with store.unit() as unit:
        assert await unit.vault.conversation_of(CONTACT) == TWO
        assert await unit.vault.contact_of(ONE) is None
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == []


async def test_a_conversation_has_one_address_only(store: SqlStore) -> None:
    """Somebody who goes on from another account is answered there."""
    await begin(store)
    await bind(store)
    await bind(store, Contact("telegram:2"))
    async with store.unit() as unit:
        assert await unit.vault.contact_of(ONE) == "telegram:2"
        assert await unit.vault.conversation_of(CONTACT) is None


async def test_binding_twice_keeps_what_is_known(store: SqlStore) -> None:
    await begin(store)
    await bind(store)
    async with store.unit() as unit:
        await unit.vault.remember_ref(ONE, MessageRef("1"))
    await bind(store)
    async with store.unit() as unit:
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == ["1"]


async def test_a_forgotten_address_is_gone_with_its_traces(store: SqlStore) -> None:
    await begin(store)
    await bind(store)
    async with store.unit() as unit:
        await unit.vault.remember_ref(ONE, MessageRef("1"))
        await unit.vault.forget(ONE)
    async with store.unit() as unit:
        assert await unit.vault.contact_of(ONE) is None
        assert await unit.vault.conversation_of(CONTACT) is None
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == []


async def test_addresses_expire(store: SqlStore) -> None:
    await begin(store)
    await bind(store, expires_at=SOON)
    async with store.unit() as unit:
        await unit.vault.remember_ref(ONE, MessageRef("1"))
        assert await unit.vault.expire(NOW) == 0
        await unit.vault.extend(ONE, LATER)
    async with store.unit() as unit:
        assert await unit.vault.expire(SOON) == 0
        assert await unit.vault.expire(LATER) == 1
    async with store.unit() as unit:
        assert await unit.vault.contact_of(ONE) is None
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == []


async def test_without_the_key_nobody_can_look_an_address_up(place: Place, store: SqlStore) -> None:
    """The hash by which an address is found is keyed: a thief cannot try all phone numbers."""
    await begin(store)
    await bind(store)
    theirs = Keys(bytes(32)).mark(Purpose.CONTACT, CONTACT)
    assert theirs != KEYS.mark(Purpose.CONTACT, CONTACT)
    assert CONTACT.encode() not in place.raw()
    assert b"777000111" not in place.raw()


# --- the vault in a database of its own ------------------------------------------------------------


async def test_the_vault_may_live_apart(place: Place, tmp_path: Path) -> None:
    vault = tmp_path / "vault.db"
    store = await place.open(vault_url=f"sqlite:///{vault}")
    await begin(store)
    await bind(store)
    async with store.unit() as unit:
        assert await unit.vault.conversation_of(CONTACT) == ONE
        assert await unit.vault.contact_of(ONE) == CONTACT
        await unit.vault.remember_ref(ONE, MessageRef("1"))
        assert await unit.deliveries.refs(ONE, Target.CITIZEN) == ["1"]
    assert await store.is_well()


async def test_an_address_whose_conversation_was_never_made_is_bound_anew(place: Place, tmp_path: Path) -> None:
    """The vault was committed, the house was not: what came is repeated by the platform and finds no conversation."""
    store = await place.open(vault_url=f"sqlite:///{tmp_path / 'vault.db'}")
    await bind(store)
    async with store.unit() as unit:
        assert await unit.vault.conversation_of(CONTACT) is None
        await unit.conversations.create(TWO, CELL.id, NOW)
        await unit.vault.bind(CONTACT, TWO, LATER)
    async with store.unit() as unit:
        assert await unit.vault.conversation_of(CONTACT) == TWO
