"""Cleaned files, sealed under their conversation's key (port Files)."""

from typing import Final

import sqlalchemy as sa

from domain.ids import ConversationId, FileId
from storage.keyring import Keyring
from storage.schema import file as files
from storage.transaction import Transaction
from storage.upsert import insert_or_replace

_PUT: Final = insert_or_replace(files, ["conversation", "id"])
_GET: Final = sa.select(files.c.sealed, files.c.media_type).where(
    files.c.conversation == sa.bindparam("whose"), files.c.id == sa.bindparam("which")
)


_MOVED: Final = sa.delete(files).where(
    files.c.conversation == sa.bindparam("whose"), files.c.id == sa.bindparam("which")
)


class SqlFiles:
    """Files of at most a few megabytes, kept beside the events and gone with them."""

    def __init__(self, transaction: Transaction, keyring: Keyring) -> None:
        self._transaction = transaction
        self._keyring = keyring

    async def put(self, conversation: ConversationId, file: FileId, content: bytes, media_type: str) -> None:
        seal = await self._keyring.of(conversation)
        sealed = seal.close(content, "file", conversation, file)
        row = {"conversation": conversation, "id": file, "media_type": media_type, "sealed": sealed}
        self._transaction.write(_PUT, row)

    async def move(self, file: FileId, old: ConversationId, new: ConversationId) -> None:
        """The file belongs to the new conversation, under its key."""
        found = await self.get(old, file)
        if found is not None:
            await self.put(new, file, *found)
            self._transaction.write(_MOVED, {"whose": old, "which": file})

    async def get(self, conversation: ConversationId, file: FileId) -> tuple[bytes, str] | None:
        found = await self._transaction.one(_GET, {"whose": conversation, "which": file})
        if found is None:
            return None
        seal = await self._keyring.of(conversation)
        return seal.open(found.sealed, "file", conversation, file), found.media_type
