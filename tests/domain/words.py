"""Small makers for domain tests: a questionnaire, readings written by hand, and a citizen who speaks."""

from datetime import UTC, datetime

from domain import messages as m
from domain.conversation import Conversation, evolve
from domain.events import ConversationStarted, Event
from domain.ids import CellId, ConversationId
from domain.policy import decide_on_citizen
from domain.policy.citizen import NOTHING_READ
from domain.questionnaire import Fact, Question, Questionnaire
from domain.reading import Entity, EntityType, Fait, Intent, Reading, Topic

NOW = datetime(2026, 3, 18, 19, 15, tzinfo=UTC)

QUESTIONNAIRE = Questionnaire(
    "stupefiants",
    (
        Question(Fact.LIEU, required=True, max_asks=2),
        Question(Fact.HORAIRE, required=True, max_asks=2, answers=("soir",), meanings={"soir": "le soir"}),
        Question(Fact.COMPORTEMENT, required=True, max_asks=2),
        Question(Fact.PRODUIT),
        Question(Fact.PERSONNE),
        Question(Fact.VEHICULE),
        Question(Fact.DEPUIS),
    ),
)


def fresh() -> Conversation:
    """A conversation that has just begun."""
    return evolve(Conversation(ConversationId("c1")), ConversationStarted(CellId("vaucluse")))


def after(conversation: Conversation, *events: Event) -> Conversation:
    """The conversation after these events."""
    for event in events:
        conversation = evolve(conversation, event)
    return conversation


def reading(
    intent: Intent,
    text: str = "",
    *,
    faits: tuple[Fait, ...] = (),
    conduct: str = "",
    topic: Topic | None = None,
    urgent: bool = False,
    adds: bool = False,
    rejected: tuple[str, ...] = (),
    **entities: str,
) -> Reading:
    """A reading of `text` in which each keyword (lieu="...") names a span that the text holds."""
    found = sorted(
        (_entity(text, EntityType(kind), span) for kind, span in entities.items()), key=lambda one: one.start
    )
    start = text.find(conduct)
    return Reading(
        intent,
        entities=tuple(found),
        faits=faits,
        conduct=((start, start + len(conduct)),) if conduct else (),
        topic=topic,
        urgent=urgent,
        adds=adds,
        rejected=rejected,
    )


def _entity(text: str, kind: EntityType, span: str) -> Entity:
    start = text.index(span)
    return Entity(kind, start, start + len(span), span)


class Citizen:
    """Speaks to the counter and keeps what happened."""

    def __init__(self, conversation: Conversation | None = None) -> None:
        self.conversation = conversation or fresh()
        self.events: list[Event] = []

    def does(self, content: m.CitizenContent, read: Reading = NOTHING_READ, ref: str | None = None) -> list[Event]:
        """One turn; returns its events."""
        said = m.FromCitizen(content, NOW, m.MessageRef(ref) if ref else None)
        events = decide_on_citizen(self.conversation, said, read, QUESTIONNAIRE)
        self.conversation = after(self.conversation, *events)
        self.events += events
        return events

    def says(self, text: str, intent: Intent = Intent.SIGNALER, ref: str | None = None, **read: object) -> list[Event]:
        """Free words with a hand-written reading."""
        return self.does(m.Said(text), reading(intent, text, **read), ref)  # type: ignore[arg-type]  # test shorthand

    def taps(self, choice: str, read: Reading = NOTHING_READ) -> list[Event]:
        """One tap on a button."""
        return self.does(m.Tapped(choice), read)
