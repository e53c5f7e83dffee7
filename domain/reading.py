"""What the reader understood of one message. A proposal: the citizen confirms, the counter never assumes."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from domain.schedule import Schedule


class Intent(StrEnum):
    """What a message does (shared conventions: docs/annotation.md)."""

    SIGNALER = "signaler"
    URGENCE = "urgence"
    NUISANCE = "nuisance"
    QUESTION = "question"
    CONFIRMER = "confirmer"
    INFIRMER = "infirmer"
    NE_SAIT_PAS = "ne_sait_pas"
    CORRIGER = "corriger"
    ANNULER = "annuler"
    SALUER = "saluer"
    REMERCIER = "remercier"
    HORS_SUJET = "hors_sujet"


class EntityType(StrEnum):
    """What a span of the message names."""

    LIEU = "lieu"
    HORAIRE = "horaire"
    PRODUIT = "produit"
    PERSONNE = "personne"
    VEHICULE = "vehicule"
    CONTACT = "contact"
    IDENTITE_DECLARANT = "identite_declarant"


class Fait(StrEnum):
    """What kind of conduct the message asserts."""

    POINT_DE_DEAL = "point_de_deal"
    LIVRAISON = "livraison"
    TRANSPORT = "transport"
    STOCKAGE = "stockage"
    CULTURE = "culture"
    GUET = "guet"
    CONSOMMATION = "consommation"
    BLANCHIMENT = "blanchiment"
    RECRUTEMENT_MINEURS = "recrutement_mineurs"
    ARME_VIOLENCE = "arme_violence"


class Topic(StrEnum):
    """What a citizen's own question is about; each has its answer in the catalogue (`answer-<topic>`)."""

    ANONYMAT = "anonymat"
    QUI_LIT = "qui-lit"
    SUITE = "suite"
    CONSERVATION = "conservation"
    DELAI = "delai"
    POURQUOI = "pourquoi"
    ROBOT = "robot"
    AGENT = "agent"
    URGENCE = "urgence"
    NUISANCE = "nuisance"
    PLAINTE = "plainte"
    RECOMPENSE = "recompense"
    EFFACER = "effacer"
    PHOTO = "photo"
    TEMOIN = "temoin"
    LOI = "loi"
    CHARTE = "charte"
    AUTRE = "autre"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as far as it could be resolved. `code` is an INSEE, NIS or GeoNames id; coordinates only from a pin."""

    text: str
    number: str | None = None
    street: str | None = None
    landmark: str | None = None
    commune: str | None = None
    code: str | None = None
    departement: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precise: bool = False


Value: TypeAlias = Place | Schedule | str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the original text: `text[start:end]`, end exclusive, confidence 0..1."""

    type: EntityType
    start: int
    end: int
    text: str
    confidence: float = 1.0
    value: Value = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span expected with 0 <= start < end, got {self.start}, {self.end}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence expected within 0..1, got {self.confidence}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read. Entities in order and never overlapping.

    conduct: spans (start, end) of the clauses that describe what was done ("il vend devant le tabac"),
        empty when the message only announces ("je veux signaler un trafic").
    urgent: danger named by the deterministic layer, model or not; it wins over `intent`.
    adds: the writer adds to what was said ("ajoutez que ...") rather than replaces it.
    resumes: the writer wants to go on ("je continue finalement").
    wants_agent: the writer asks for a human.
    """

    intent: Intent
    intent_confidence: float = 1.0
    entities: tuple[Entity, ...] = ()
    faits: tuple[Fait, ...] = ()
    conduct: tuple[tuple[int, int], ...] = ()
    topic: Topic | None = None
    lang: str = "fr"
    urgent: bool = False
    adds: bool = False
    resumes: bool = False
    wants_agent: bool = False
    rejected: tuple[str, ...] = field(default=())
    """Values that the writer takes back ("pas la gare routière"), as written."""

    def of(self, kind: EntityType) -> tuple[Entity, ...]:
        """The entities of one type, in order."""
        return tuple(entity for entity in self.entities if entity.type is kind)

    @property
    def of_report(self) -> bool:
        """Whether it names what only a report about drugs names: a product, or a dealer's handle."""
        return bool(self.of(EntityType.PRODUIT) or self.of(EntityType.CONTACT))
