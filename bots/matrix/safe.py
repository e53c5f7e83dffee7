"""Where the role keeps its small secrets: the session, the pickle key of the crypto store, the signing seeds."""

import json
import secrets
from dataclasses import dataclass

from bots.matrix.signing import SigningKeys
from handlers.ports import Store

SESSION, PICKLE_KEY = "matrix.session", "matrix.pickle_key"
SEEDS, NEXT_SEEDS = "matrix.signing_seeds", "matrix.signing_seeds.next"


@dataclass(frozen=True, slots=True)
class Session:
    """A login: who, which device, and its access token."""

    user_id: str
    device_id: str
    token: str

    def __repr__(self) -> str:
        return f"Session(device_id={self.device_id!r})"


@dataclass(frozen=True, slots=True)
class Safe:
    """The store's Secrets port, in the role's own terms. Everything in it is sealed by the store."""

    store: Store

    async def session(self) -> Session | None:
        """The login that we keep, None before the first one."""
        raw = await self._get(SESSION)
        values = None if raw is None else json.loads(raw)
        return None if values is None else Session(**values)

    async def keep_session(self, session: Session) -> None:
        """From now on this login is ours."""
        values = {"user_id": session.user_id, "device_id": session.device_id, "token": session.token}
        await self._set(SESSION, json.dumps(values).encode())

    async def forget_session(self) -> None:
        """The next start logs in anew (the crypto store was lost: there is nothing to go on with)."""
        await self._set(SESSION, b"null")

    async def pickle_key(self) -> str:
        """The key of the crypto store, made at random the first time."""
        raw = await self._get(PICKLE_KEY)
        if raw is None:
            raw = secrets.token_urlsafe(32).encode()
            await self._set(PICKLE_KEY, raw)
        return raw.decode()

    async def signing_keys(self) -> SigningKeys | None:
        """The identity that we keep, None before it was made or restored."""
        raw = await self._get(SEEDS)
        return None if raw is None else SigningKeys(raw)

    async def keep_signing_keys(self, keys: SigningKeys) -> None:
        """From now on this identity is ours."""
        await self._set(SEEDS, keys.seeds)

    async def next_signing_keys(self) -> SigningKeys | None:
        """The identity that a reset was about to publish, None when there never was one."""
        raw = await self._get(NEXT_SEEDS)
        return None if raw is None else SigningKeys(raw)

    async def keep_next_signing_keys(self, keys: SigningKeys) -> None:
        """Kept before it is published: the server may show it although our call was cut short."""
        await self._set(NEXT_SEEDS, keys.seeds)

    async def _get(self, name: str) -> bytes | None:
        async with self.store.unit() as unit:
            return await unit.secrets.get(name)

    async def _set(self, name: str, value: bytes) -> None:
        async with self.store.unit() as unit:
            await unit.secrets.set(name, value)
