"""Passwords of the desk: Argon2id, beside the event loop, as slow for unknown names as for known ones."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Implements handlers.supervisor.Passwords with Argon2id (RFC 9106, low-memory profile)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """A salted hash that carries its own parameters."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def agree(self, password_hash: str | None, password: str) -> bool:
        """Whether the password made this hash; None is compared with a hash of nobody's, at the same cost."""
        agrees = await asyncio.to_thread(self._verify, password_hash or await self._hash_of_nobody(), password)
        return agrees and password_hash is not None

    async def _hash_of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = await self.hash("a password that belongs to nobody")
        return self._nobody

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
