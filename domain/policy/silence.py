"""What the counter does when nobody says anything: a draft lives a short, stated time, then it is gone."""

from datetime import timedelta

from domain import events as e
from domain.conversation import Conversation
from domain.events import Event
from domain.phases import BEFORE_FILING, Phase

DRAFTS = BEFORE_FILING | {Phase.HORS_PERIMETRE}
"""Phases whose words nobody has confirmed: they expire."""


def decide_on_silence(conversation: Conversation, silent_for: timedelta, draft_life: timedelta) -> list[Event]:
    """Abandon a draft after `draft_life`; otherwise nothing.

    The citizen is not written to: a message that nobody expects may be read by somebody else on their phone.
    """
    if conversation.phase in DRAFTS and silent_for >= draft_life and not conversation.officer_present:
        return [e.Abandoned()]
    return []
