"""Where chance comes from: the operating system's generator."""

import secrets
from typing import Final

from domain.ids import ConversationId

ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
"""27 signs: no vowels (no words come out), none of 0, 1 and L that a hand confuses with letters."""
GROUPS: Final = 3
GROUP_LENGTH: Final = 4


class SystemIds:
    """Identifiers that nobody can guess (port Ids)."""

    def conversation(self) -> ConversationId:
        """128 random bits as 32 hex digits."""
        return ConversationId(secrets.token_hex(16))

    def receipt(self) -> str:
        """A code such as "K7QM-3XWT-9HPR": 12 signs of 27, that is 57 bits."""
        return "-".join(_group() for _ in range(GROUPS))


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
