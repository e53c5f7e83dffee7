"""Figures on annotated messages: intents, spans (exact, and relaxed at half of both), faits, urgency, identity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.reading import Entity, EntityType, Fait, Intent
from nlu.training.messages import Message


@dataclass
class Tally:
    """Right, wanted and given, by class."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)

    def f1(self, name: str | None = None) -> float:
        """The F1 of one class, or of all together; 1.0 when nothing was wanted nor given."""
        right, wanted, given = ((c.total() if name is None else c[name]) for c in (self.right, self.wanted, self.given))
        return 2 * right / (wanted + given) if wanted + given else 1.0

    def recall(self, name: str) -> float:
        """The share of one class that was found; 1.0 when there was none."""
        return self.right[name] / self.wanted[name] if self.wanted[name] else 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What some reader answered to one message."""

    intent: Intent
    entities: tuple[Entity, ...]
    faits: tuple[Fait, ...]


@dataclass
class Figures:
    """All figures over a set of messages."""

    intents: Tally = field(default_factory=Tally)
    exact: Tally = field(default_factory=Tally)
    relaxed: Tally = field(default_factory=Tally)
    faits: Tally = field(default_factory=Tally)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    masked: int = 0
    to_mask: int = 0
    alarms: int = 0
    count: int = 0

    @property
    def accuracy(self) -> float:
        """The share of right intents."""
        return self.intents.right.total() / max(1, self.count)

    @property
    def masking(self) -> float:
        """The share of the writers' identities wholly covered."""
        return self.masked / self.to_mask if self.to_mask else 1.0

    def row(self) -> dict[str, float]:
        """The figures by name, three decimals."""
        told = {"intent": self.accuracy, "exact": self.exact.f1(), "relaxed": self.relaxed.f1()}
        told |= {"faits": self.faits.f1(), "identity": self.masking, "urgence": self.intents.recall("urgence")}
        return {name: round(value, 3) for name, value in told.items()}

    def line(self) -> str:
        """The figures in one line."""
        return (
            f"intent {self.accuracy:.3f} exact {self.exact.f1():.3f} relaxed {self.relaxed.f1():.3f} "
            f"faits {self.faits.f1():.3f} lieu {self.relaxed.f1('lieu'):.3f} horaire {self.relaxed.f1('horaire'):.3f} "
            f"identity {self.masking:.3f} urgence {self.intents.recall('urgence'):.3f} alarms {self.alarms}"
        )


def measure(messages: Sequence[Message], answers: Iterable[Answer]) -> Figures:
    """The figures of these answers, one a message, in order."""
    figures = Figures()
    for message, answer in zip(messages, answers, strict=True):
        _intent(figures, message, answer)
        for tally, share in ((figures.exact, 1.0), (figures.relaxed, 0.5)):
            tally.right.update(pairs(message.entities, answer.entities, share))
            tally.wanted.update(e.type.value for e in message.entities)
            tally.given.update(e.type.value for e in answer.entities)
        figures.faits.right.update(f.value for f in message.faits if f in answer.faits)
        figures.faits.wanted.update(f.value for f in message.faits)
        figures.faits.given.update(f.value for f in answer.faits)
        _identity(figures, message, answer)
    return figures


def _intent(figures: Figures, message: Message, answer: Answer) -> None:
    figures.count += 1
    figures.intents.wanted[message.intent.value] += 1
    figures.intents.given[answer.intent.value] += 1
    figures.confusions[message.intent.value, answer.intent.value] += 1
    if answer.intent is message.intent:
        figures.intents.right[message.intent.value] += 1
    elif answer.intent is Intent.URGENCE:
        figures.alarms += 1


def _identity(figures: Figures, message: Message, answer: Answer) -> None:
    given = [e for e in answer.entities if e.type is EntityType.IDENTITE_DECLARANT]
    for wanted in message.entities:
        if wanted.type is EntityType.IDENTITE_DECLARANT:
            letters = [i for i in range(wanted.start, wanted.end) if message.text[i].isalnum()]
            figures.to_mask += 1
            figures.masked += all(any(e.start <= i < e.end for e in given) for i in letters)


def pairs(wanted: Sequence[Entity], given: Sequence[Entity], share: float) -> list[str]:
    """The types of the spans found, one to one, best overlaps first."""
    ranked = []
    for w in wanted:
        for g in given:
            both = min(w.end, g.end) - max(w.start, g.start)
            longest = max(w.end - w.start, g.end - g.start)
            if w.type is g.type and both >= share * longest:
                ranked.append((both / longest, w, g))
    taken: set[int] = set()
    found = []
    for _, w, g in sorted(ranked, key=lambda pair: -pair[0]):
        if id(w) not in taken and id(g) not in taken:
            taken |= {id(w), id(g)}
            found.append(w.type.value)
    return found
