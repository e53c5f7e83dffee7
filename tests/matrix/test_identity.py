"""The bot's identity on the real Synapse: made once, checked at every start, never replaced by itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from bots.matrix.client import raw_call
from bots.matrix.identity import Identity, stray_devices
from bots.matrix.identity_commands import identity_init, identity_reset, identity_restore, identity_show
from bots.matrix.safe import Safe
from bots.matrix.session import logged_in
from bots.matrix.settings import StrayDevices
from bots.matrix.signing import Role, SigningKeys, is_signed_by
from domain.errors import OperatorError, RoleStopped
from tests.matrix.conftest import HouseMaker, OfficerMaker
from tests.matrix.house import MatrixHouse, stray_login

pytestmark = pytest.mark.servers


def without_password(house: MatrixHouse) -> None:
    house.changes["password"] = None


async def test_the_first_start_makes_and_signs(new_house: HouseMaker) -> None:
    """The server shows our identity and our device signed by it; later starts need no password."""
    house = await (await new_house()).start()
    client = house.bot._started.client
    shown = await Identity(client, Safe(house.store)).own_keys()
    keys = await Safe(house.store).signing_keys()
    assert keys is not None
    assert shown.master == keys.public(Role.MASTER)
    assert is_signed_by(shown.devices[client.device_id], client.user_id, keys.public(Role.SELF_SIGNING))
    device, fingerprint = client.device_id, house.bot.fingerprint
    without_password(house)
    await house.restart()
    assert (house.bot._started.client.device_id, house.bot.fingerprint) == (device, fingerprint)
    assert await stray_devices(house.bot._started.client) == []
    assert house.bot.health.is_ready(house.clock.now())


async def test_another_master_key_stops_the_role(new_house: HouseMaker) -> None:
    """When somebody has replaced the identity, the role refuses to start and says what to do."""
    house = await (await new_house()).start()
    client, safe = house.bot._started.client, Safe(house.store)
    await Identity(client, safe).publish(SigningKeys.new(), house.account.password)
    await house.stop()
    with pytest.raises(RoleStopped, match="another master key"):
        await house.bot.start()


async def test_an_identity_that_we_do_not_hold_stops_the_role(new_house: HouseMaker, tmp_path: Path) -> None:
    """An account that already has an identity is not given a second one."""
    first, second = await (await new_house()).start(), await new_house()
    await first.stop()
    second.account = first.account
    second.changes["stray_devices"] = StrayDevices.REMOVE
    await second.open()
    with pytest.raises(RoleStopped, match="do not hold"):
        await second.bot.start()


async def test_a_stray_device_stops_the_start_or_is_removed(new_house: HouseMaker, tmp_path: Path) -> None:
    """By default another login of the account stops the role; with the setting and the password it is removed."""
    house = await (await new_house()).start()
    await house.stop()
    async with stray_login(house.synapse, house.account, tmp_path):
        await house.close()
        await house.open()
        with pytest.raises(RoleStopped, match="other device"):
            await house.bot.start()
        house.changes["stray_devices"] = StrayDevices.REMOVE
        await house.restart()
        assert await stray_devices(house.bot._started.client) == []


async def test_a_lost_crypto_store_stops_the_role(new_house: HouseMaker) -> None:
    """A session without its crypto store does not start: it would replace the device's keys silently."""
    house = await (await new_house()).start()
    await house.stop()
    for file in (house.folder / "crypto").iterdir():
        file.unlink()
    with pytest.raises(RoleStopped, match="crypto store"):
        await house.bot.start()


async def test_a_wrong_password_stops_the_role(new_house: HouseMaker) -> None:
    """The first login with a wrong or missing password is told as such."""
    house = await new_house()
    house.changes["password"] = "mauvais"
    with pytest.raises(RoleStopped, match="password"):
        await (await house.open()).bot.start()
    without_password(house)
    with pytest.raises(RoleStopped, match="password"):
        await (await house.open()).bot.start()


async def test_the_recovery_copy_brings_the_identity_back(new_house: HouseMaker) -> None:
    """Database and device lost: with the printed copy a new installation has the same identity, without a reset."""
    old, new = await new_house(), await new_house()
    card = await identity_init(old.settings, old.store, old.account.password)
    assert card.recovery_copy is not None
    new.account = old.account
    new.changes["stray_devices"] = StrayDevices.REMOVE
    await new.open()
    shown = await identity_restore(new.settings, new.store, card.recovery_copy)
    assert shown.fingerprint == card.fingerprint
    await new.start()
    assert new.bot.fingerprint == card.fingerprint
    assert new.bot.health.is_device_signed
    later = await identity_show(new.settings, new.store)
    assert (later.fingerprint, later.recovery_copy) == (card.fingerprint, None)


async def test_a_wrong_copy_is_refused(new_house: HouseMaker) -> None:
    """The copy of another identity, or one with a misread letter, changes nothing."""
    house = await new_house()
    await identity_init(house.settings, house.store, house.account.password)
    kept = await Safe(house.store).signing_keys()
    other = SigningKeys.new().recovery_copy()
    with pytest.raises(OperatorError, match="another identity"):
        await identity_restore(house.settings, house.store, other)
    with pytest.raises(OperatorError, match="not copied right"):
        await identity_restore(house.settings, house.store, other[:-1] + ("2" if other[-1] == "3" else "3"))
    assert await Safe(house.store).signing_keys() == kept


async def test_a_reset_is_asked_for_and_needs_the_password(new_house: HouseMaker) -> None:
    """Only the command replaces an identity, and only with the account's password."""
    house = await (await new_house()).start()
    before = house.bot.fingerprint
    await house.stop()
    with pytest.raises(OperatorError, match="not accepted"):
        await identity_reset(house.settings, house.store, "mauvais")
    await house.bot.start()
    assert house.bot.fingerprint == before
    await house.stop()
    card = await identity_reset(house.settings, house.store, house.account.password)
    assert card.fingerprint != before
    await house.start()
    assert house.bot.fingerprint == card.fingerprint


async def test_a_reset_cut_short_is_finished_by_the_next_start(new_house: HouseMaker) -> None:
    """The program ended right after the server took the new identity: it is ours at the next start."""
    house = await (await new_house()).start()
    safe, keys = Safe(house.store), SigningKeys.new()
    await safe.keep_next_signing_keys(keys)
    await Identity(house.bot._started.client, safe).publish(keys, house.account.password)
    await house.restart()
    assert house.bot.fingerprint == keys.fingerprint


async def test_device_keys_of_the_server_are_compared_before_signing(new_house: HouseMaker) -> None:
    """Keys that the server made up for our own device are not signed."""
    house = await (await new_house()).start()
    safe = Safe(house.store)
    await house.stop()
    client = await logged_in(house.settings, safe)
    try:
        honest = client.olm.account.identity_keys
        assert set(honest) == {"ed25519", "curve25519"}
        identity = Identity(client, safe)
        keys = await safe.signing_keys()
        assert keys is not None
        shown = await identity.own_keys()
        device = {**shown.devices[client.device_id], "keys": {"ed25519:" + client.device_id: "AAAA"}}
        with pytest.raises(RoleStopped, match="other keys for our own device"):
            await identity._sign_device(keys, replace(shown, devices={client.device_id: device}))
        assert (await raw_call(client, "GET", "/account/whoami")).status == 200
    finally:
        await client.close()


async def test_the_password_is_not_kept(new_house: HouseMaker, new_officer: OfficerMaker) -> None:
    """The password is found nowhere: neither in the database nor in the crypto store."""
    house = await (await new_house(await new_officer())).start()
    await house.close()
    files = [file for file in house.folder.rglob("*") if file.is_file()]
    assert len(files) >= 3
    assert not any(house.account.password.encode() in file.read_bytes() for file in files)
    await house.open()
