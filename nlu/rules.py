"""The reader that needs no model: deterministic finders first, then rules. Always present; pure CPU.

Order matters. What identifies the writer is found first and hides its words from all later finders; places are cut
out before times ("rue du 8 mai 1945").
"""

from collections.abc import Iterable
from datetime import datetime

from domain.reading import Entity, EntityType, Intent, Reading, Value
from nlu import conduct, intents
from nlu.contacts import Contact, find_contacts, find_plates
from nlu.danger import Danger, danger_in
from nlu.faits import find_faits
from nlu.folding import fold
from nlu.identity import find_identity
from nlu.language import language
from nlu.ownership import own_contacts
from nlu.persons import find_persons
from nlu.places import find_places
from nlu.products import find_products
from nlu.resolution import resolve_place, school_departement
from nlu.retraction import taken_back
from nlu.schedules import read_times
from nlu.spelling import respelt
from nlu.vehicles import find_vehicles
from nlu.wording import Wording, read_words

Span = tuple[int, int]
Range = tuple[int, int]

_SILENT = frozenset((Intent.HORS_SUJET, Intent.SALUER, Intent.REMERCIER, Intent.ANNULER))
"""Intents whose messages carry the writer's identity only (docs/annotation.md)."""


class RulesReader:
    """Reads a message by rules alone."""

    def read(self, text: str, *, asked: str | None, at: datetime) -> Reading:
        """The reading of one message; never raises on any text. `at`: when it was said, for "hier" and the like."""
        typed = read_words(text)
        lang = language(typed)
        wording = respelt(typed) if lang == "fr" else typed
        found = _Findings(text, typed, wording, asked, at)
        entities = found.entities()
        faits = find_faits(wording, {entity.type for entity in entities})
        danger = danger_in(wording)
        signs = intents.signs(wording, entities, faits, asked, urgent=danger is not Danger.NONE)
        intent, confidence = intents.decide(signs)
        kept, rejected = taken_back(wording, entities, intent)
        return Reading(
            intent=intent,
            intent_confidence=confidence,
            entities=_allowed(kept, intent),
            faits=faits if intent in _TELLING else (),
            conduct=conduct.find_conduct(wording) if intent in _TELLING else (),
            topic=intents.topic(signs) if intent is Intent.QUESTION else None,
            lang=lang,
            urgent=danger is Danger.SURE,
            adds=intents.adds(signs),
            resumes=intents.resumes(signs),
            wants_agent=intents.wants_agent(signs),
            rejected=rejected,
        )


_TELLING = frozenset((Intent.SIGNALER, Intent.URGENCE, Intent.CORRIGER))


def _allowed(entities: tuple[Entity, ...], intent: Intent) -> tuple[Entity, ...]:
    if intent not in _SILENT:
        return entities
    return tuple(e for e in entities if e.type is EntityType.IDENTITE_DECLARANT)


class _Findings:
    """The entities of one message, found in the order of their right to its words."""

    def __init__(self, text: str, typed: Wording, wording: Wording, asked: str | None, at: datetime) -> None:
        self.text, self.typed, self.wording, self.asked, self.at = text, typed, wording, asked, at
        self.folded = fold(text)
        self.found: list[Entity] = []

    def entities(self) -> tuple[Entity, ...]:
        """All entities, in order, never overlapping."""
        plates = find_plates(self.folded, self.text)
        contacts = find_contacts(self.folded, self.wording)
        hidden = self.typed.masked((c.start, c.end) for c in contacts)
        names = find_identity(hidden, asked=self.asked)
        self._identities(contacts, names)
        hidden = self._hidden(plates)
        self._ranges(EntityType.PRODUIT, find_products(hidden, asked=self.asked == "produit"))
        hidden = self._hidden(plates)
        places = find_places(hidden, asked=self.asked == "lieu")
        self._times(places, plates)
        self._vehicles(plates)
        self._persons(places, plates)
        self._ranges(EntityType.LIEU, find_places(self._hidden(plates), asked=self.asked == "lieu"))
        return tuple(sorted(self.found, key=lambda entity: entity.start))

    def _hidden(self, plates: Iterable[Span]) -> Wording:
        return self.wording.masked([*((e.start, e.end) for e in self.found), *plates])

    def _identities(self, contacts: list[Contact], names: list[Span]) -> None:
        trafficking = bool(find_faits(self.wording) or find_products(self.wording, asked=False))
        owned = own_contacts(self.typed, contacts, names, trafficking=trafficking, asked=self.asked)
        self._ranges(EntityType.IDENTITE_DECLARANT, names)
        for contact, own in zip(contacts, owned, strict=True):
            kind = EntityType.IDENTITE_DECLARANT if own else EntityType.CONTACT
            self._add(kind, contact.start, contact.end, contact.value)

    def _times(self, ranges: list[Range], plates: list[Span]) -> None:
        places = [self.wording.span(*place) for place in ranges]
        masked = [*places, *plates, *((e.start, e.end) for e in self.found), *self._verbs_of_sale()]
        departement = school_departement(self.wording, ranges) if "vacances" in self.wording.words else None
        asked = self.asked == "horaire"
        for start, end, schedule in read_times(self.wording, masked, self.at, asked=asked, departement=departement):
            if self._is_free(start, end, places):
                self._add(EntityType.HORAIRE, start, end, schedule)

    def _persons(self, places: list[Range], plates: list[Span]) -> None:
        """People before places that only tell whose they are ("la dame du quatrieme"), after those with a name."""
        asked = self.asked == "personne"
        firm = [] if asked else [p for p in places if p[1] - p[0] > 2 or any(self.wording.capitals[slice(*p)])]
        hidden = self._hidden([*plates, *(self.wording.span(*place) for place in firm)])
        self._ranges(EntityType.PERSONNE, find_persons(hidden, asked=asked))

    @staticmethod
    def _is_free(start: int, end: int, places: list[Span]) -> bool:
        """Whether a time is not mostly the name of a place; "a la sortie du college" may hold one."""
        return all(end <= a or start >= b or b - a < end - start for a, b in places)

    def _verbs_of_sale(self) -> list[Span]:
        """ "vend" is no Friday here."""
        w = self.wording
        return [w.span(i, i + 1) for i, word in enumerate(w.words) if word in _NO_TIMES]

    def _vehicles(self, plates: list[Span]) -> None:
        hidden = self.wording.masked((e.start, e.end) for e in self.found)
        self._ranges(EntityType.VEHICULE, find_vehicles(hidden, plates, asked=self.asked == "vehicule"))

    def _ranges(self, kind: EntityType, ranges: Iterable[tuple[int, int]]) -> None:
        for first, after in ranges:
            value = resolve_place(self.wording, first, after) if kind is EntityType.LIEU else None
            self._add(kind, *self.wording.span(first, after), value)

    def _add(self, kind: EntityType, start: int, end: int, value: Value) -> None:
        if all(end <= e.start or start >= e.end for e in self.found):
            self.found.append(Entity(kind, start, end, self.text[start:end], _SURE[kind], value))


_NO_TIMES = frozenset(("vend", "vends"))
_SURE = {
    EntityType.LIEU: 0.75,
    EntityType.HORAIRE: 0.85,
    EntityType.PRODUIT: 0.85,
    EntityType.PERSONNE: 0.6,
    EntityType.VEHICULE: 0.8,
    EntityType.CONTACT: 0.9,
    EntityType.IDENTITE_DECLARANT: 0.9,
}
"""How often each kind was right on the hand-written corpus, rounded down (precision of the relaxed spans)."""
