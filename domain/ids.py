"""Identifiers. `Alias` and `Contact` can never be interchanged: that is the anonymity, held by types."""

from typing import NewType

ConversationId = NewType("ConversationId", str)
"""Random and opaque (32 hex digits); tells nothing of the person."""

Alias = NewType("Alias", str)
"""The neutral name of a case that people read aloud, e.g. "S-0042"."""

Contact = NewType("Contact", str)
"""Where a letter reaches the citizen, e.g. "telegram:123". Lives in the vault only; never in this package's values."""

CellId = NewType("CellId", str)
"""The joint cell that answers, e.g. "vaucluse"; the name of its file in config/cells."""

OfficerId = NewType("OfficerId", str)
"""An officer's account on the officers' side, e.g. "@a.martin:cell.example". Shown to officers, never to citizens."""

RoomId = NewType("RoomId", str)
"""A room on the officers' side."""

FileId = NewType("FileId", str)
"""A cleaned file kept sealed in the store."""

MessageRef = NewType("MessageRef", str)
"""A platform's own name for one message, needed for corrections, withdrawals and deletions only."""
