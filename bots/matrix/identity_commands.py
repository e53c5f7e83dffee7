"""What an operator does with the bot's identity by hand: make, show, restore, reset; with the role stopped."""

from dataclasses import dataclass

from bots.matrix.client import HouseClient, close_crypto_store
from bots.matrix.identity import Identity, settle_strays
from bots.matrix.safe import Safe
from bots.matrix.session import logged_in
from bots.matrix.settings import MatrixSettings
from bots.matrix.signing import BadRecoveryCopy, Role, SigningKeys
from domain.errors import OperatorError, RoleStopped
from handlers.ports import Store


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """fingerprint: for officers to compare. recovery_copy: to be printed and locked away; shown when made."""

    user_id: str
    fingerprint: str
    recovery_copy: str | None = None
    is_published: bool = True

    def __repr__(self) -> str:
        return f"IdentityCard(fingerprint={self.fingerprint!r})"


async def identity_init(settings: MatrixSettings, store: Store, password: str) -> IdentityCard:
    """Logged in, identity made (or ours confirmed), device signed. The password is used here and kept nowhere."""
    safe, client = Safe(store), await _client(settings, Safe(store), password)
    try:
        keys = await Identity(client, safe).ensure(password)
        await settle_strays(client, settings.stray_devices, password)
    except RoleStopped as error:
        raise OperatorError(str(error)) from error
    finally:
        await _close(client)
    return IdentityCard(settings.user_id, keys.fingerprint, keys.recovery_copy())


async def identity_show(settings: MatrixSettings, store: Store) -> IdentityCard:
    """Our identity, and whether the server shows the same."""
    safe = Safe(store)
    keys = await safe.signing_keys()
    if keys is None:
        raise OperatorError("no identity is kept here: run `init`, or `restore` with the recovery copy")
    client = await _client(settings, safe, settings.password)
    try:
        shown = await Identity(client, safe).own_keys()
    finally:
        await _close(client)
    return IdentityCard(settings.user_id, keys.fingerprint, None, shown.master == keys.public(Role.MASTER))


async def identity_restore(settings: MatrixSettings, store: Store, recovery_copy: str) -> IdentityCard:
    """The identity of the recovery copy is ours again and signs this device.

    Raises OperatorError for a miscopied one, or one of another identity than the server shows; nothing changes then.
    """
    keys, safe = _typed(recovery_copy), Safe(store)
    client = await _client(settings, safe, settings.password)
    try:
        identity = Identity(client, safe)
        shown = await identity.own_keys()
        if shown.master not in (None, keys.public(Role.MASTER)):
            raise OperatorError("this recovery copy is of another identity than the one that the server shows")
        await safe.keep_signing_keys(keys)
        await identity.ensure(settings.password)
    finally:
        await _close(client)
    return IdentityCard(settings.user_id, keys.fingerprint)


async def identity_reset(settings: MatrixSettings, store: Store, password: str) -> IdentityCard:
    """A new identity takes the place of the old one. Costs: every officer who had verified the bot must do so again,
    and cannot write until then with a strict client. Never done without an operator.
    """
    safe = Safe(store)
    client = await _client(settings, safe, password)
    try:
        keys, identity = SigningKeys.new(), Identity(client, safe)
        await safe.keep_next_signing_keys(keys)  # should we stop right after publishing, they are not lost
        await identity.publish(keys, password)
        await safe.keep_signing_keys(keys)
        await identity.ensure(password)
    finally:
        await _close(client)
    return IdentityCard(settings.user_id, keys.fingerprint, keys.recovery_copy())


def _typed(recovery_copy: str) -> SigningKeys:
    try:
        return SigningKeys.from_recovery_copy(recovery_copy)
    except BadRecoveryCopy as error:
        raise OperatorError(str(error)) from error


async def _client(settings: MatrixSettings, safe: Safe, password: str | None) -> HouseClient:
    try:
        return await logged_in(settings, safe, password)
    except RoleStopped as error:
        raise OperatorError(str(error)) from error


async def _close(client: HouseClient) -> None:
    await client.close()
    close_crypto_store(client)
