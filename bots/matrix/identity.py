"""The identity that officers' clients see: published once, checked at every start, never replaced by itself.

An account without it is cut off both ways by clients that exclude unsigned devices; one whose master key changes
stops every officer who had verified it. So: sign before the first room, refuse to start unsigned, refuse another key.
Source: measured with matrix-js-sdk 43, see docs/decisions/0020-own-cross-signing.md
"""

from dataclasses import dataclass
from typing import Any

from bots.matrix.client import HouseClient, RawAnswer, done, raw_call
from bots.matrix.safe import Safe
from bots.matrix.settings import StrayDevices
from bots.matrix.signing import Role, SigningKeys, is_signed_by
from domain.errors import OperatorError, RoleStopped

JsonObject = dict[str, Any]  # Any: JSON of the server


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What the server shows of our own account. master: its public key, None when none was published."""

    master: str | None
    devices: dict[str, JsonObject]


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's identity on one logged-in client."""

    client: HouseClient
    safe: Safe

    async def ensure(self, password: str | None = None) -> SigningKeys:
        """Our device is signed by our own published identity, which is made at the very first start.

        Raises RoleStopped when the server shows another identity than ours: a human decides.
        """
        shown = await self.own_keys()
        keys = await self._kept(shown) or await self._first(shown)
        if shown.master not in (None, keys.public(Role.MASTER)):
            raise RoleStopped(
                "the server shows another master key than ours for the bot's account: expected "
                f"{keys.fingerprint}; find out who changed it, then `guichet matrix identity restore` or `reset`"
            )
        if shown.master is None:
            await self.publish(keys, password)
        await self._sign_device(keys, shown)
        return keys

    async def own_keys(self) -> OwnKeys:
        """What the server shows of our account now."""
        me = self.client.user_id
        body = done(await raw_call(self.client, "POST", "/keys/query", {"device_keys": {me: []}}), "keys.query")
        master = (body.get("master_keys") or {}).get(me)
        shown = next(iter(master["keys"].values())) if master else None
        return OwnKeys(shown, (body.get("device_keys") or {}).get(me, {}))

    async def publish(self, keys: SigningKeys, password: str | None) -> None:
        """The public keys are on the server. Replacing others asks for the account's password (OperatorError)."""
        body = keys.public_objects(self.client.user_id)
        answer = await raw_call(self.client, "POST", "/keys/device_signing/upload", body)
        if answer.status == 401 and "session" in answer.body:
            proof = password_proof(self.client.user_id, password, answer)
            answer = await raw_call(self.client, "POST", "/keys/device_signing/upload", {**body, "auth": proof})
        if answer.status == 401:
            raise OperatorError("the password of the bot's account was not accepted")
        done(answer, "device_signing.upload")

    async def _kept(self, shown: OwnKeys) -> SigningKeys | None:
        """Ours; or those of a reset that was cut short after the server had taken them."""
        after_reset = await self.safe.next_signing_keys()
        if after_reset is not None and after_reset.public(Role.MASTER) == shown.master:
            await self.safe.keep_signing_keys(after_reset)
        return await self.safe.signing_keys()

    async def _first(self, shown: OwnKeys) -> SigningKeys:
        if shown.master is not None:
            raise RoleStopped(
                "the bot's account already has an identity that we do not hold: `guichet matrix identity restore` "
                "with its recovery copy, or `reset` (officers will have to accept the new one)"
            )
        keys = SigningKeys.new()
        await self.safe.keep_signing_keys(keys)  # kept first: published and then lost, it would be lost for good
        return keys

    async def _sign_device(self, keys: SigningKeys, shown: OwnKeys) -> None:
        me, device_id = self.client.user_id, self.client.device_id
        device = shown.devices.get(device_id)
        if device is None or not self._is_this_device(device):
            raise RoleStopped("the server shows other keys for our own device than those of our crypto store")
        if is_signed_by(device, me, keys.public(Role.SELF_SIGNING)):
            return
        bare = {key: value for key, value in device.items() if key != "unsigned"}
        signed = keys.sign(Role.SELF_SIGNING, {**bare, "signatures": {}}, me)
        answer = await raw_call(self.client, "POST", "/keys/signatures/upload", {me: {device_id: signed}})
        if done(answer, "signatures.upload").get("failures"):  # failures come with status 200
            raise RoleStopped("the server did not accept the signature of our device")

    def _is_this_device(self, device: JsonObject) -> bool:
        """Compared before signing: we must never sign keys that the server made up."""
        mine, device_id = self.client.olm.account.identity_keys, self.client.device_id
        wanted = {f"ed25519:{device_id}": mine["ed25519"], f"curve25519:{device_id}": mine["curve25519"]}
        names = (device.get("user_id"), device.get("device_id"))
        return device.get("keys") == wanted and names == (self.client.user_id, device_id)


def password_proof(user_id: str, password: str | None, asked: RawAnswer) -> JsonObject:
    """What user-interactive authentication wants. Raises OperatorError without a password."""
    if password is None:
        raise OperatorError("the server asks for the password of the bot's account: give it for this command only")
    who = {"type": "m.id.user", "user": user_id}
    return {"type": "m.login.password", "identifier": who, "password": password, "session": asked.body["session"]}


# --- devices of our account that are not ours ------------------------------------------------------


async def stray_devices(client: HouseClient) -> list[str]:
    """Devices logged in to our account besides this one."""
    body = done(await raw_call(client, "GET", "/devices"), "devices")
    return sorted(one["device_id"] for one in body.get("devices", []) if one["device_id"] != client.device_id)


async def settle_strays(client: HouseClient, rule: StrayDevices, password: str | None) -> None:
    """No device but ours is logged in; raises RoleStopped when one is and may not or cannot be removed.

    A stray, unsigned device of a bot that officers have verified stops them from writing (measured).
    """
    strays = await stray_devices(client)
    if strays and rule is StrayDevices.REMOVE:
        await remove_devices(client, strays, password)
        strays = await stray_devices(client)
    if strays:
        raise RoleStopped(
            f"{len(strays)} other device(s) are logged in to the bot's account: remove them "
            "(another installation, an old login, or somebody who has the password), then start again"
        )


async def remove_devices(client: HouseClient, devices: list[str], password: str | None) -> None:
    """These devices are logged out; the server asks for the password."""
    body: JsonObject = {"devices": devices}
    answer = await raw_call(client, "POST", "/delete_devices", body)
    if answer.status == 401 and "session" in answer.body:
        proof = password_proof(client.user_id, password, answer)
        answer = await raw_call(client, "POST", "/delete_devices", {**body, "auth": proof})
    done(answer, "delete_devices")
