"""Who is believed, the rules or the model, fact by fact.

The model has read what the rules think (their tags are given to it as hints), so its spans are already a judgement
over theirs: it is believed on spans that depend on the sentence. The rules keep what has a form (contacts, plates),
what privacy rests on (the writer's identity), what must never be missed (danger), and what the writer takes back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from domain.reading import Entity, EntityType, Fait, Intent, Reading, Topic
from domain.schedule import Schedule
from nlu import conduct, intents
from nlu.contacts import find_plates
from nlu.folding import fold
from nlu.resolution import resolve_place
from nlu.schedules import spelt_schedules
from nlu.spelling import respelt
from nlu.wording import Wording, read_words

OWNED = frozenset((EntityType.CONTACT, EntityType.IDENTITE_DECLARANT))
"""Found by their form: the rules' spans stand whatever the model says."""

SILENT = frozenset((Intent.HORS_SUJET, Intent.SALUER, Intent.REMERCIER, Intent.ANNULER))
"""Intents whose messages carry the writer's identity only (docs/annotation.md)."""

TELLING = frozenset((Intent.SIGNALER, Intent.URGENCE, Intent.CORRIGER))
_FLOORS = {Intent.ANNULER: 0.8}
"""How sure the model must be to drop a report by itself; the rules' own word needs no floor."""

COURTESIES = frozenset((Intent.SALUER, Intent.REMERCIER))
"""Never all that a message does where something was told: "le dimanche matin, merci"."""

DISMISSING = frozenset((Intent.HORS_SUJET, Intent.NUISANCE))
DISMISSAL_FLOOR = 0.5
REPORT_FLOOR = 0.6
CERTAIN = 1.1
"""A report put aside is lost; small talk taken for a report costs one more question. The second floor: what the rules
found is of drugs."""

ALARM_WITH_WORDS = 0.3
ALARM_ALONE = 0.5
"""How likely the model must hold danger where the rules found weak signs of it, or none. A missed emergency costs a
life, a false alarm one tap; measured in docs/model.md."""

IDENTITY_FLOOR = 0.5
"""The model adds an identity to mask from here on: a mask too many costs less than a name that leaks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model read, with confidences 0..1; spans in `str` offsets of the original."""

    intent: Intent
    intent_confidence: float
    entities: tuple[Entity, ...]
    faits: tuple[Fait, ...]
    alarm: float | None = None
    """How likely danger is, 0..1; None where the model has no opinion of it."""


def blended(text: str, asked: str | None, rules: Reading, model: Proposal, at: datetime) -> Reading:
    """The reading of a message, from what the rules and the model made of it. at: when it was said."""
    intent, confidence = _intent(rules, model)
    wording = cache(lambda: respelt(read_words(text)))  # a third of a millisecond, and rarely needed
    entities = _with_rejected(rules, model) if rules.rejected else _entities(rules.entities, model.entities, asked)
    if intent in SILENT:
        entities = [e for e in entities if e.type is EntityType.IDENTITE_DECLARANT]
    return replace(
        rules,
        intent=intent,
        intent_confidence=confidence,
        entities=tuple(_valued(entity, rules.entities, wording, at) for entity in entities),
        faits=model.faits if intent in TELLING else (),
        conduct=_conduct(rules, wording) if intent in TELLING else (),
        topic=rules.topic or _topic(wording(), asked) if intent is Intent.QUESTION else None,
    )


def _intent(rules: Reading, model: Proposal) -> tuple[Intent, float]:
    """Danger first; then the model, which knows the rules' guess, where it is sure enough for what would follow."""
    if _is_alarming(rules, model):
        return Intent.URGENCE, rules.intent_confidence if rules.urgent else model.alarm or 0.5
    if rules.resumes or model.intent_confidence < _floor(rules, model):
        calm = Intent.SIGNALER if rules.intent is Intent.URGENCE else rules.intent
        return calm, rules.intent_confidence
    return model.intent, model.intent_confidence


def _floor(rules: Reading, model: Proposal) -> float:
    """How sure the model must be: more so to put aside a message in which the rules found something to report."""
    told = rules.intent in TELLING and bool(rules.entities or rules.faits)
    if told and model.intent in COURTESIES:
        return CERTAIN
    if told and model.intent in DISMISSING:
        return REPORT_FLOOR if rules.faits or rules.of_report else DISMISSAL_FLOOR
    return _FLOORS.get(model.intent, 0.0)


def _with_rejected(rules: Reading, model: Proposal) -> list[Entity]:
    """The rules know what was taken back: the model's spans that touch none of it, then theirs that nobody holds."""
    kept = _entities(rules.entities, [e for e in model.entities if not _holds(e.text, rules.rejected)], None)
    kept += [entity for entity in rules.entities if _is_free(entity, kept)]
    return sorted(kept, key=lambda entity: entity.start)


def _holds(text: str, rejected: Iterable[str]) -> bool:
    """Whether a span holds words that the writer has taken back, or lies within them."""
    said = text.casefold()
    return any(word.casefold() in said or said in word.casefold() for word in rejected if word)


def _is_alarming(rules: Reading, model: Proposal) -> bool:
    """Words that tell danger for sure stand; weaker ones, or none, need the model to think it possible, or likely."""
    if rules.urgent or model.alarm is None:
        return rules.urgent or rules.intent is Intent.URGENCE
    if rules.resumes:
        return False
    return model.alarm >= (ALARM_WITH_WORDS if rules.intent is Intent.URGENCE else ALARM_ALONE)


def _conduct(rules: Reading, wording: Callable[[], Wording]) -> tuple[tuple[int, int], ...]:
    """What was done; the rules have looked already where they too took the message for a report."""
    return rules.conduct if rules.intent in TELLING else conduct.find_conduct(wording())


def _topic(wording: Wording, asked: str | None) -> Topic:
    return intents.topic(intents.signs(wording, (), (), asked, urgent=False))


def _entities(rules: Iterable[Entity], model: Iterable[Entity], asked: str | None) -> list[Entity]:
    """The rules' own kinds whole, the model's spans that leave them untouched, then plates nobody holds, and what the
    rules found of the fact asked for where the model found none: an answer that is lost is asked for again.
    """
    rules, model = tuple(rules), tuple(model)
    sure = (e for e in model if e.type is not EntityType.IDENTITE_DECLARANT or e.confidence >= IDENTITY_FLOOR)
    proposed = [_to_its_end(entity, rules, model) for entity in sure]
    kept = [_masked_wider(entity, proposed) for entity in rules if entity.type in OWNED]
    kept += [entity for entity in proposed if _is_free(entity, kept)]
    if not any(entity.type.value == asked for entity in kept):
        kept += [entity for entity in rules if entity.type.value == asked and _is_free(entity, kept)]
    for entity in rules:
        if entity.type is EntityType.VEHICULE and find_plates(fold(entity.text), entity.text):
            kept = _with_plate(entity, kept)
    return sorted(kept, key=lambda entity: entity.start)


def _to_its_end(entity: Entity, rules: Iterable[Entity], model: Iterable[Entity]) -> Entity:
    """The model's span up to where the rules saw the same thing end: "rue" of "rue Cuvier". None is lost by it."""
    longer = [r for r in rules if r.type is entity.type and r.start == entity.start and r.end > entity.end]
    if not longer or any(o is not entity and not _is_free(o, longer[:1]) for o in model):
        return entity
    return replace(entity, end=longer[0].end, text=longer[0].text)


def _masked_wider(found: Entity, proposed: Iterable[Entity]) -> Entity:
    """Who writes, as far as either tells: "Tonio" and "Tonio du camping des Peupliers" mask the longer."""
    if found.type is not EntityType.IDENTITE_DECLARANT:
        return found
    wider = (e for e in proposed if e.type is found.type and e.start <= found.start and found.end <= e.end)
    return max((found, *wider), key=lambda entity: entity.end - entity.start)


def _is_free(entity: Entity, kept: Iterable[Entity]) -> bool:
    return all(entity.end <= other.start or entity.start >= other.end for other in kept)


def _with_plate(found: Entity, kept: list[Entity]) -> list[Entity]:
    """`kept` with the span that holds a plate: a plate is never lost nor cut."""
    touched = [e for e in kept if not _is_free(e, (found,))]
    if any(e.type in OWNED or (e.start <= found.start and found.end <= e.end) for e in touched):
        return kept
    return [*(e for e in kept if e not in touched), found]


def _valued(entity: Entity, rules: Iterable[Entity], wording: Callable[[], Wording], at: datetime) -> Entity:
    """The entity with its value: the rules' own where they read the same words, else read again."""
    if entity.value is not None:
        return entity
    same = [r for r in rules if r.type is entity.type and r.value is not None and _mostly(entity, r)]
    if same:
        return replace(entity, value=same[0].value)
    if entity.type is EntityType.HORAIRE:
        return replace(entity, value=_schedule(entity, wording(), at))
    if entity.type is EntityType.LIEU:
        words = wording().covered(entity.start, entity.end)
        return replace(entity, value=resolve_place(wording(), words.start, words.stop)) if words else entity
    return entity


def _schedule(entity: Entity, wording: Wording, at: datetime) -> Schedule:
    """The span read as a time, all else hidden; a time that only an event tells is kept as said."""
    around = [(0, entity.start), (entity.end, len(wording.original))]
    found = spelt_schedules(wording, [(start, end) for start, end in around if start < end], at)
    if found:
        return replace(found[0][1], text=entity.text)
    return Schedule(text=entity.text, kind="recurrent", certain=False, ambiguous=("hours",))


def _mostly(a: Entity, b: Entity) -> bool:
    both = min(a.end, b.end) - max(a.start, b.start)
    return 2 * both >= max(a.end - a.start, b.end - b.start)
