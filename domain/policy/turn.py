"""One turn: the events so far and the conversation they make, so that each step sees what the one before did."""

from domain.conversation import Conversation, evolve
from domain.events import Event, IdentityMasked
from domain.questionnaire import Questionnaire


class Turn:
    """Collects what happens in one turn; `now` is the conversation after all of it."""

    def __init__(self, conversation: Conversation, questionnaire: Questionnaire) -> None:
        self.before = conversation
        self.now = conversation
        self.questionnaire = questionnaire
        self.events: list[Event] = []

    def happened(self, *events: Event) -> None:
        """Append events in order; raises NotAllowedHere if the phase does not accept one."""
        for event in events:
            self.now = evolve(self.now, event)
            self.events.append(event)

    @property
    def has_masked(self) -> bool:
        """Whether something that tells who writes was masked in this turn."""
        return any(isinstance(event, IdentityMasked) for event in self.events)
