"""From nothing to a logged-in, encrypted, signed client. A login is made once: a second one would be a stray device."""

import structlog

from bots.matrix.client import HouseClient, close_crypto_store, new_client, silence_libraries
from bots.matrix.errors import checked, house_errors
from bots.matrix.identity import Identity, settle_strays
from bots.matrix.safe import Safe, Session
from bots.matrix.settings import MatrixSettings
from bots.matrix.signing import SigningKeys
from domain.errors import Refused, RoleStopped

log = structlog.get_logger(__name__)


async def open_session(settings: MatrixSettings, safe: Safe) -> tuple[HouseClient, SigningKeys]:
    """A client whose device is signed by our identity, alone on its account. Raises RoleStopped otherwise."""
    client = await logged_in(settings, safe, settings.password)
    try:
        keys = await Identity(client, safe).ensure(settings.password)
        await settle_strays(client, settings.stray_devices, settings.password)
    except BaseException:
        await client.close()
        close_crypto_store(client)
        raise
    log.info("matrix.session_open", device=client.device_id)
    return client, keys


async def logged_in(settings: MatrixSettings, safe: Safe, password: str | None = None) -> HouseClient:
    """A client with its crypto store open and its device keys uploaded. password: for the first login only."""
    silence_libraries()
    client = new_client(settings, await safe.pickle_key())
    try:
        await _enter(client, settings, safe, password)
        if client.olm is None:  # it would write in the clear, and Synapse would accept that
            raise RoleStopped("no crypto store could be opened: expected matrix-nio with encryption and a store folder")
        if client.should_upload_keys:
            with house_errors("keys.upload"):
                checked(await client.keys_upload(), "keys.upload")
    except BaseException:
        await client.close()
        close_crypto_store(client)
        raise
    return client


async def _enter(client: HouseClient, settings: MatrixSettings, safe: Safe, password: str | None) -> None:
    kept = await safe.session()
    if kept is not None and kept.user_id != settings.user_id:
        raise RoleStopped("the kept Matrix session is of another account than the one in the settings")
    if kept is None:
        kept = await _first_login(client, settings.device_name, password)
        await safe.keep_session(kept)
    elif not any(settings.store_path.glob("*.db")):
        raise RoleStopped("the crypto store of the Matrix session is gone: restore it together with the database")
    if not client.logged_in or client.olm is None:
        client.restore_login(kept.user_id, kept.device_id, kept.token)


async def _first_login(client: HouseClient, device_name: str, password: str | None) -> Session:
    if password is None:
        raise RoleStopped("the first login needs the password of the bot's account")
    try:
        with house_errors("login"):
            answer = checked(await client.login(password, device_name=device_name), "login")
    except Refused as error:
        raise RoleStopped("the server did not accept the account or the password of the bot") from error
    return Session(answer.user_id, answer.device_id, answer.access_token)
