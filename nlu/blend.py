"""Who is believed, the rules or a model, fact by fact.

The rules own what has a form (contacts, identity, plates) and what must never be missed (danger); a model may add the
intent and the spans that depend on the sentence, when it is surer than the rules.
"""

from dataclasses import dataclass, replace

from domain.reading import Entity, EntityType, Fait, Intent, Reading

_RULES_ONLY = frozenset((EntityType.CONTACT, EntityType.IDENTITE_DECLARANT, EntityType.HORAIRE))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model read, with confidences 0..1; spans in `str` offsets of the original."""

    intent: Intent
    intent_confidence: float
    entities: tuple[Entity, ...]
    faits: tuple[Fait, ...]


def blended(rules: Reading, model: Proposal) -> Reading:
    """The reading of the rules, with what the model is surer of."""
    surer = not rules.urgent and model.intent_confidence > rules.intent_confidence
    return replace(
        rules,
        intent=model.intent if surer else rules.intent,
        intent_confidence=max(rules.intent_confidence, model.intent_confidence) if surer else rules.intent_confidence,
        entities=_entities(rules.entities, model.entities),
        faits=tuple(fait for fait in Fait if fait in model.faits or fait in rules.faits),
    )


def _entities(rules: tuple[Entity, ...], model: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The rules' own kinds whole, then the surest of the others without overlap."""
    owned = [entity for entity in rules if entity.type in _RULES_ONLY]
    rest = [entity for entity in (*rules, *model) if entity.type not in _RULES_ONLY]
    kept: list[Entity] = []
    for entity in (*owned, *sorted(rest, key=lambda e: -e.confidence)):
        if all(entity.end <= other.start or entity.start >= other.end for other in kept):
            kept.append(entity)
    return tuple(sorted(kept, key=lambda e: e.start))
