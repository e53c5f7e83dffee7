"""One counter's voice: the catalogue in the citizen's language, with what the cell's protocol says of itself."""

from dataclasses import dataclass

from domain.case import Cell
from domain.messages import Button
from domain.questionnaire import Fact, Questionnaire
from handlers.ports import Catalogue

SERVICES = ("police", "gendarmerie", "douanes")
"""Services that have a name of their own in the catalogues; any other is "another service"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the running configuration promises, so that the privacy text says it and nothing else.

    zone: the time zone of the times that staff read (IANA name).
    """

    draft_hours: int = 24
    contact_days: int = 30
    keeps_photos: bool = True
    languages: tuple[str, ...] = ("fr",)
    zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Voice:
    """Says sentences of the catalogue in one language, for one cell."""

    catalogue: Catalogue
    language: str
    cell: Cell
    questionnaire: Questionnaire
    limits: Limits

    def say(self, key: str, **values: str | int) -> str:
        """The sentence, with the cell's country, services, photo rule and delays at hand for every catalogue entry."""
        at_hand: dict[str, str | int] = {
            "country": self.cell.country,
            "services": self.services,
            "photos": "yes" if self.limits.keeps_photos else "no",
            "hours": self.limits.draft_hours,
            "days": self.cell.retention_days,
        }
        return self.catalogue.say(self.language, key, **(at_hand | values))

    def knows(self, key: str) -> bool:
        """Whether the sentence exists, here or in French (every sentence exists in French first)."""
        return self.catalogue.has(self.language, key) or self.catalogue.has("fr", key)

    def button(self, choice: str, label: str | None = None) -> Button:
        """A button with its own label, or with that of another catalogue entry."""
        return Button(self.say(label or f"button-{choice.replace(':', '-')}"), choice)

    def fact(self, fact: Fact) -> str:
        """The name of a fact at the head of a line."""
        return self.say(f"fact-{fact}")

    def fact_in_text(self, fact: Fact) -> str:
        """The name of a fact inside a sentence."""
        return self.say(f"fact-{fact}-in-text")

    def service(self, service: str) -> str:
        """The neutral name of a service."""
        return self.say(f"service-{service if service in SERVICES else 'other'}")

    @property
    def services(self) -> str:
        """Who reads, as the cell's protocol says it."""
        present = dict.fromkeys(officer.service for officer in self.cell.officers) or dict.fromkeys(SERVICES)
        names = (self.catalogue.say(self.language, f"service-{s if s in SERVICES else 'other'}") for s in present)
        return ", ".join(dict.fromkeys(names))
