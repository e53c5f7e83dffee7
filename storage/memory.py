"""Conversations already replayed, so that a turn does not open sixty events again."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from domain.conversation import Conversation
from domain.ids import ConversationId

KEPT: Final = 2_000
"""Conversations held in memory; about 5 kB each."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the row says of a conversation's contents; the memory counts only while both agree."""

    seq: int
    revision: int


class Memory:
    """The last conversations used, each with the stamp of its row."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._known: OrderedDict[ConversationId, tuple[Stamp, Conversation]] = OrderedDict()

    def recall(self, conversation: ConversationId, stamp: Stamp) -> Conversation | None:
        """The conversation if it is remembered with this very stamp."""
        found = self._known.get(conversation)
        if found is None or found[0] != stamp:
            return None
        self._known.move_to_end(conversation)
        return found[1]

    def keep(self, conversation: Conversation, stamp: Stamp) -> None:
        """Remember it, and forget the one unused for longest."""
        self._known[conversation.id] = (stamp, conversation)
        self._known.move_to_end(conversation.id)
        if len(self._known) > self._kept:
            self._known.popitem(last=False)

    def revision_of(self, conversation: Conversation) -> int | None:
        """The revision under which this very state is remembered, None when it is not."""
        found = self._known.get(conversation.id)
        return found[0].revision if found is not None and found[0].seq == conversation.seq else None

    def forget(self, conversation: ConversationId) -> None:
        """Hold nothing of it any more."""
        self._known.pop(conversation, None)
