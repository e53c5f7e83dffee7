"""The questions of a cell: which facts, in what order, with which buttons, and how often at most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.reading import EntityType


class Fact(StrEnum):
    """What a report is made of."""

    LIEU = "lieu"
    HORAIRE = "horaire"
    COMPORTEMENT = "comportement"
    PRODUIT = "produit"
    PERSONNE = "personne"
    VEHICULE = "vehicule"
    DEPUIS = "depuis"
    CONTACT = "contact"


FACT_OF = {
    EntityType.LIEU: Fact.LIEU,
    EntityType.HORAIRE: Fact.HORAIRE,
    EntityType.PRODUIT: Fact.PRODUIT,
    EntityType.PERSONNE: Fact.PERSONNE,
    EntityType.VEHICULE: Fact.VEHICULE,
    EntityType.CONTACT: Fact.CONTACT,
}
"""Which fact an entity speaks of; the writer's identity speaks of none."""


class Choice(StrEnum):
    """The buttons that every question may carry; a fact's own answers are "<fact>:<key>" (see `answer_choice`)."""

    DONT_KNOW = "ne-sait-pas"
    SKIP = "passer"
    WHY = "pourquoi"
    FINISH = "terminer"
    CONFIRM = "confirmer"
    CORRECT = "corriger"
    DELETE = "supprimer"
    NOTHING_MORE = "rien-de-plus"
    YES = "oui"
    NO = "non"
    CONTINUE = "continuer"
    TELL_AGAIN = "raconter"
    AGENT = "agent"
    NEW_REPORT = "nouveau"
    ERASE = "effacer"


class Doubt(StrEnum):
    """What is not sure of a fact that was read, and what one question settles."""

    IS_IT = "is-it"
    HALF_DAY = "half-day"
    HABIT = "habit"
    HOURS = "hours"


DOUBT_ANSWERS = {
    Doubt.IS_IT: (Choice.YES, Choice.NO),
    Doubt.HALF_DAY: ("doute:matin", "doute:soir"),
    Doubt.HABIT: ("doute:une-fois", "doute:chaque-semaine"),
    Doubt.HOURS: (),
}
"""The choices that settle a doubt at a tap."""


def answer_choice(fact: Fact, key: str) -> str:
    """The choice that stands for a ready-made answer, e.g. "horaire:soir"."""
    return f"{fact}:{key}"


def correct_choice(fact: Fact) -> str:
    """The choice "correct this fact", e.g. "corriger:lieu"."""
    return f"{Choice.CORRECT}:{fact}"


def language_choice(language: str) -> str:
    """The choice of a language, e.g. "langue:nl"."""
    return f"langue:{language}"


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to ask for. answers: keys of ready-made answers (labels in the catalogue, meaning in `meanings`)."""

    fact: Fact
    required: bool = False
    max_asks: int = 1
    answers: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What the reader is given when a ready-made answer is tapped, in French ("tous les soirs")."""

    def __post_init__(self) -> None:
        if not 1 <= self.max_asks <= 2:
            raise ValueError(f"{self.fact}: max_asks expected 1 or 2, got {self.max_asks}")
        if missing := set(self.answers) - set(self.meanings):
            raise ValueError(f"{self.fact}: answers without meaning: {sorted(missing)}")


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions in the order asked. floor: below this confidence (0..1) a fact is confirmed, not assumed."""

    name: str
    questions: tuple[Question, ...]
    max_questions: int = 8
    max_buttons: int = 6
    floor: float = 0.5
    asks_anything_else: bool = True

    def __post_init__(self) -> None:
        facts = [question.fact for question in self.questions]
        if len(set(facts)) != len(facts):
            raise ValueError(f"questionnaire {self.name}: a fact is asked for twice: {facts}")
        if not any(question.required for question in self.questions):
            raise ValueError(f"questionnaire {self.name}: at least one required fact expected")

    def question(self, fact: Fact) -> Question | None:
        """The question for a fact, None when this questionnaire never asks for it."""
        return next((one for one in self.questions if one.fact is fact), None)

    @property
    def required(self) -> tuple[Fact, ...]:
        """The facts without which a report is incomplete."""
        return tuple(question.fact for question in self.questions if question.required)

    def choices(self) -> Iterator[str]:
        """Every choice that a button of this questionnaire may stand for."""
        yield from Choice
        yield from (choice for choices in DOUBT_ANSWERS.values() for choice in choices if choice not in list(Choice))
        for question in self.questions:
            yield correct_choice(question.fact)
            yield from (answer_choice(question.fact, key) for key in question.answers)
        yield from (language_choice(language) for language in LANGUAGES)


LANGUAGES = ("fr", "en", "nl")
