"""What a message does, decided by ordered rules over phrases (lexicon/intentions.txt and its neighbours).

The order is the policy: danger first, then what the writer does to their report (drop, change, confirm), then what
they say of themselves (do not know, ask, greet), and only then whether the matter is for the counter at all.
"""

import re
from dataclasses import dataclass
from functools import cache

from domain.reading import Entity, EntityType, Fait, Intent, Topic
from nlu.lexicon import words
from nlu.phrases import Phrases, load
from nlu.wording import MARKS, Wording

_ABOUT_US = re.compile(
    r"\b(?:vous|votre|vos|ici|message|messages|service|signalement|signaler|brigade|cellule|bot|plainte) "
)
_EMOJI = {
    "👍": Intent.CONFIRMER,
    "✅": Intent.CONFIRMER,
    "👌": Intent.CONFIRMER,
    "✔": Intent.CONFIRMER,
    "👎": Intent.INFIRMER,
    "❌": Intent.INFIRMER,
    "🤷": Intent.NE_SAIT_PAS,
    "🤐": Intent.NE_SAIT_PAS,
    "🙏": Intent.REMERCIER,
    "👋": Intent.SALUER,
    "🖕": Intent.HORS_SUJET,
    "🆘": Intent.URGENCE,
}
_FACTS = frozenset(
    (
        EntityType.LIEU,
        EntityType.HORAIRE,
        EntityType.PRODUIT,
        EntityType.PERSONNE,
        EntityType.VEHICULE,
        EntityType.CONTACT,
    )
)
_CLOSED = frozenset(("confirmation", "autre", "vehicule", "personne", "produit", "depuis", "contact"))
_NEGATIVE_OPENINGS = words("non nan nn nope negatif pas aucun aucune")
_WANTED = {
    "lieu": EntityType.LIEU,
    "horaire": EntityType.HORAIRE,
    "produit": EntityType.PRODUIT,
    "personne": EntityType.PERSONNE,
    "vehicule": EntityType.VEHICULE,
}
_CONTRAST = words("mais sinon juste apres enfin genre dirais")
_TURNING = words("non nan nn pas en finalement pardon attendez oui c voiture presque plutot erreur")
_SOLD = frozenset(
    (
        Fait.POINT_DE_DEAL,
        Fait.LIVRAISON,
        Fait.CULTURE,
        Fait.GUET,
        Fait.BLANCHIMENT,
        Fait.RECRUTEMENT_MINEURS,
        Fait.TRANSPORT,
    )
)
_ASKING = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|svp|et|mais|euh|alors|bon|dites|dis|madame|monsieur) ,? ?)*"
    r"(?:est ce|qu est|comment|combien|pourquoi|quand|qui |quel|ou (?:est|va|part|es)"
    r"|c est (?:anonyme|quoi|vraiment|bien|qui|legal|payant|obligatoire|grave|police|ouvert|possible)"
    r"|faut il|dois je|puis je|peut on|peut il|suis je|serai je|vais je|y a t il|existe t il|avez vous|etes vous"
    r"|vous (?:etes|avez|gardez|voyez|voulez|allez|pouvez|transmettez|localisez|etiez|faites)"
    r"|on (?:peut|risque|est)|je (?:risque|peux|serai)|j ai le droit|si je|ca (?:sert|change|part|va|donne))"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a message when its intent is decided. `bare`: no word left but marks and masks."""

    wording: Wording
    labels: frozenset[str]
    topics: frozenset[str]
    nuisance: frozenset[str]
    outside: frozenset[str]
    facts: frozenset[EntityType]
    faits: tuple[Fait, ...]
    asked: str | None
    urgent: bool
    owns: bool
    opens_unknown: bool

    @property
    def length(self) -> int:
        """Words, marks apart."""
        return sum(word not in MARKS for word in self.wording.words)

    @property
    def opening(self) -> str:
        """The first word that is no greeting and no mark."""
        return next(
            (
                w
                for w in self.wording.words
                if w not in MARKS
                and w
                not in ("bonjour", "bonsoir", "euh", "bah", "ben", "ah", "bon", "alors", "mais", "enfin", "oh", "hein")
            ),
            "",
        )

    @property
    def asks(self) -> bool:
        """Whether it is put as a question."""
        return "?" in self.wording.words or "interroge" in self.topics or bool(_ASKING.match(self.wording.joined))

    @property
    def changes(self) -> bool:
        """Whether it changes what was recorded: said so, or a "not this, that" where nothing else is expected."""
        if "corriger" in self.labels:
            return True
        if "corriger_faible" not in self.labels:
            return False
        if self.asked == "confirmation":
            return True
        return self.length <= (8 if self.asked is None else 12) and self.opening in _TURNING and bool(self.facts)


@cache
def _loaded(name: str) -> Phrases:
    return load(name)


def signs(
    wording: Wording, entities: tuple[Entity, ...], faits: tuple[Fait, ...], asked: str | None, *, urgent: bool
) -> Signs:
    """Everything the rules below look at."""
    kinds = {entity.type for entity in entities}
    found = list(_loaded("intentions.txt").found(wording))
    return Signs(
        wording,
        frozenset(f.label for f in found),
        frozenset(_loaded("questions.txt").labels(wording)),
        frozenset(_loaded("nuisance.txt").labels(wording)),
        frozenset(_loaded("hors_sujet.txt").labels(wording)),
        frozenset(kinds & _FACTS),
        faits,
        asked,
        urgent,
        EntityType.IDENTITE_DECLARANT in kinds,
        any(f.label == "ne_sait_pas" and f.first < 4 for f in found),
    )


def decide(s: Signs) -> tuple[Intent, float]:
    """The intent and how sure the rules are, 0..1."""
    for rule, sure in _RULES:
        if (intent := rule(s)) is not None:
            return intent, sure
    return Intent.SIGNALER, 0.4


def _wordless(s: Signs) -> Intent | None:
    if any(word[0].isalnum() for word in s.wording.words):
        return None
    found = [intent for mark, intent in _EMOJI.items() if mark in s.wording.original]
    if found:
        return found[0]
    return Intent.SALUER if "?" in s.wording.words else (Intent.SIGNALER if s.facts else Intent.HORS_SUJET)


def _emergency(s: Signs) -> Intent | None:
    return Intent.URGENCE if s.urgent else None


def _drop(s: Signs) -> Intent | None:
    if "annuler" not in s.labels or {"reprendre", "terminer"} & s.labels:
        return None
    if "annuler_net" in s.labels and s.length < 25 and not ("?" in s.wording.words and s.topics):
        return Intent.ANNULER
    if "corriger" in s.labels and (s.facts or s.asked == "confirmation"):
        return None
    if s.asks and s.length > 4:
        return None
    return Intent.ANNULER


def _at_summary(s: Signs) -> Intent | None:
    """Answers to the summary: yes, no, a change, thanks."""
    if s.asked != "confirmation":
        return None
    if s.asks and not s.facts and "confirmer" not in s.labels and "infirmer" not in s.labels and not s.changes:
        return None if s.topics else Intent.HORS_SUJET if "autre" in s.outside else Intent.QUESTION
    if "?" in s.wording.words and s.topics and not s.facts:
        return Intent.QUESTION
    if s.changes and (s.facts or "corriger" in s.labels or s.opening in ("oui", "ok", "tout")):
        return Intent.CORRIGER
    refuses = s.opening in _NEGATIVE_OPENINGS or "infirmer" in s.labels
    if refuses:
        return Intent.CORRIGER if s.facts and not _denies_only(s) else Intent.INFIRMER
    if "confirmer" in s.labels:
        return Intent.CONFIRMER
    if s.facts:
        return Intent.CORRIGER
    for label, intent in (
        ("remercier", Intent.REMERCIER),
        ("saluer", Intent.SALUER),
        ("ne_sait_pas", Intent.NE_SAIT_PAS),
    ):
        if label in s.labels:
            return intent
    return None


def _denies_only(s: Signs) -> bool:
    """ "non ce n'est pas a Roubaix": what is named is what is denied."""
    return s.wording.joined.count(" pas ") > 0 and " , " not in s.wording.joined.rstrip(" .!") + " "


def _question(s: Signs) -> Intent | None:
    topics = s.topics - {"interroge"}
    if not s.asks or (s.faits and len(s.facts) >= 2 and s.length > 12 and s.asked is None):
        return None
    if s.asked not in (None, "confirmation") and s.facts and "?" not in s.wording.words:
        return None
    if "ne_sait_pas" in s.labels and s.asked not in (None, "confirmation") and "interroge" not in s.topics:
        return None
    if "?" not in s.wording.words and len(s.facts) > 1 and s.length > 14:
        return None
    if "saluer" in s.labels and not topics and s.length < 12:
        return Intent.SALUER
    if "insulte" in s.outside and not topics:
        return None
    if s.asked == "produit" and s.facts and not topics:
        return None
    if topics and not (s.outside & {"autre", "spam"} and topics <= {"autre", "delai", "charte", "suite"}):
        return Intent.QUESTION
    if s.asked is not None and not s.facts:
        return Intent.QUESTION if "ne_sait_pas" not in s.labels else None
    about_us = _ABOUT_US.search(s.wording.joined) or "interroge" in s.topics
    return Intent.QUESTION if about_us and not s.outside and (not s.facts or s.length < 20) else None


def _unknown(s: Signs) -> Intent | None:
    if "ne_sait_pas" not in s.labels or s.asked in (None, "confirmation"):
        return None
    if s.opens_unknown and not _CONTRAST & set(s.wording.words) and len(s.facts) < 2 and not s.changes:
        return Intent.NE_SAIT_PAS
    wanted = _WANTED.get(s.asked)
    if wanted in s.facts or s.faits or len(s.facts) > 1:
        return None
    return Intent.NE_SAIT_PAS


def _change(s: Signs) -> Intent | None:
    if not s.changes or (s.length > 18 and (s.faits or len(s.facts) > 2)):
        return None
    if s.asked in (None, "autre") and not s.facts and not s.owns and s.length > 14:
        return None
    return Intent.CORRIGER


def _closed(s: Signs) -> Intent | None:
    """Yes or no to a question that can be answered so."""
    if s.asked is None and s.length > 4:
        return None
    if s.facts:
        return None
    refuses = {"infirmer", "terminer"} & s.labels or s.opening in ("non", "nan", "nope", "aucun", "aucune")
    if refuses and (s.asked in _CLOSED or s.length < 5):
        return Intent.REMERCIER if "remercier" in s.labels and s.opening not in ("non",) else Intent.INFIRMER
    if "confirmer" in s.labels and s.opening not in ("merci",) and (s.length < 9 or s.opening in ("oui", "ok", "si")):
        if "remercier" in s.labels and s.opening == "ok":
            return Intent.REMERCIER
        return Intent.CONFIRMER
    return None


def _courtesy(s: Signs) -> Intent | None:
    if s.facts or s.faits or "annonce" in s.labels:
        return None
    if "remercier" in s.labels and s.length < 25 and not s.outside:
        return Intent.REMERCIER
    if (
        "saluer" in s.labels
        and not s.topics
        and s.length < 14
        and not s.nuisance - {"seulement"}
        and not (s.outside - {"autre"})
    ):
        return Intent.SALUER
    return None


def _disturbance(s: Signs) -> Intent | None:
    if "seulement" in s.nuisance and "nuisance" in s.nuisance and s.asked != "confirmation" and s.length < 60:
        return Intent.NUISANCE
    if s.asked not in (None, "comportement", "autre"):
        return None
    if "seulement" in s.nuisance and s.length < 60:
        return Intent.NUISANCE if "nuisance" in s.nuisance or s.asked is None else None
    if "nuisance" not in s.nuisance:
        return None
    if "trafic" in s.nuisance and "juste" not in s.nuisance:
        return None
    if set(s.faits) & _SOLD or EntityType.PRODUIT in s.facts:
        return None
    return Intent.NUISANCE


def _outside(s: Signs) -> Intent | None:
    if s.asked not in (None, "autre") and s.facts:
        return None
    told = bool(s.facts and s.faits) or len(s.facts) > 1
    strong = s.outside & {"spam", "insulte", "imagine", "fini", "opinion"}
    if "imagine" in strong and s.asked is None:
        return Intent.HORS_SUJET
    if strong and not (told and (s.length > 14 or "fini" not in strong)):
        return Intent.HORS_SUJET
    if "autre" in s.outside and not s.faits:
        return Intent.HORS_SUJET
    if s.owns and not s.facts and not s.faits and s.length < 14:
        return Intent.HORS_SUJET
    return None


def _report(s: Signs) -> Intent | None:
    if "agent" in s.labels and not s.facts and not s.faits:
        return Intent.QUESTION
    if "reprendre" in s.labels:
        return Intent.SIGNALER
    if s.facts or s.faits or "annonce" in s.labels or "trafic" in s.nuisance:
        return Intent.SIGNALER
    return (
        Intent.SIGNALER
        if s.asked in ("lieu", "horaire", "comportement", "produit", "personne", "vehicule", "depuis", "contact")
        else None
    )


def _nothing(s: Signs) -> Intent | None:
    if s.asks:
        return Intent.QUESTION if s.topics - {"interroge"} else Intent.HORS_SUJET
    return Intent.HORS_SUJET if s.asked in (None, "autre") else None


_RULES = (
    (_wordless, 0.9),
    (_emergency, 0.95),
    (_drop, 0.85),
    (_at_summary, 0.85),
    (_question, 0.75),
    (_unknown, 0.8),
    (_disturbance, 0.75),
    (_change, 0.7),
    (_closed, 0.8),
    (_courtesy, 0.8),
    (_outside, 0.65),
    (_report, 0.8),
    (_nothing, 0.5),
)


def topic(s: Signs) -> Topic:
    """What a question is about; AUTRE when nothing tells."""
    for name in Topic:
        if name.value in s.topics and name is not Topic.AUTRE:
            return name
    return Topic.AUTRE


def wants_agent(s: Signs) -> bool:
    """Whether the writer asks for a human."""
    return "agent" in s.labels and not ({"robot"} & s.topics and "?" in s.wording.words)


def resumes(s: Signs) -> bool:
    """Whether the writer wants to go on."""
    return "reprendre" in s.labels


_ADDS = words("ajoutez ajouter ajoute rajoutez rajouter rajoute")


def adds(s: Signs) -> bool:
    """Whether the writer adds to what was said rather than replaces it."""
    return any(word in _ADDS for word in s.wording.words) or " aussi " in f" {s.wording.joined}"
