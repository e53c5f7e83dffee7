"""From a reading to facts: what is learned, what it replaces, and what is kept in the citizen's own words.

The last value said wins where the citizen corrects; where they add, both stay. The history is in the events.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from domain import events as e
from domain.conversation import Conversation, FactEntry, Mention
from domain.events import Event, Origin
from domain.ids import MessageRef
from domain.policy.amending import in_same_town, kept, refuted, retold, without_days
from domain.policy.turn import Turn
from domain.questionnaire import FACT_OF, Fact, Questionnaire
from domain.reading import Entity, Intent, Place, Reading, Value
from domain.schedule import Schedule
from domain.vehicle import with_plate

GUESSED = 0.4
"""Confidence of an answer kept as it was written because the reader found nothing in it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message ready to be learned from: masked text, its reading, and where it came from."""

    text: str
    reading: Reading
    source: MessageRef | None = None
    origin: Origin = Origin.SAID
    corrects: bool = False
    """It edits an earlier message: what that message had said is replaced."""


def learn(turn: Turn, heard: Heard, asked: Fact | None) -> frozenset[Fact]:
    """Learn every fact of the message; returns the facts it spoke of."""
    if heard.reading.faits:
        turn.happened(e.FaitsNoted(heard.reading.faits))
    spoken: set[Fact] = set()
    before = turn.now
    for event in _facts(turn, heard, asked):
        turn.happened(event)
        spoken.add(event.fact)
    _learn_conduct(turn, heard, asked, spoken)
    _except_days(turn, heard, spoken)
    _withdraw_rejected(turn, heard, spoken)
    _put_narrative_right(turn, before, heard)
    return frozenset(spoken)


def keep_words(turn: Turn, fact: Fact, heard: Heard) -> None:
    """Keep an answer as it was written: the reader found nothing in it, but it was said."""
    entry = turn.now.facts.get(fact)
    is_correction = entry is not None and entry.is_known
    turn.happened(
        e.FactLearned(fact, heard.text, None, heard.origin, GUESSED, replaces=is_correction, source=heard.source)
    )


# --- entities ------------------------------------------------------------------------------------


def _facts(turn: Turn, heard: Heard, asked: Fact | None) -> Iterator[e.FactLearned]:
    seen: set[Fact] = set()
    for entity in heard.reading.entities:
        fact = _told_by(entity, asked)
        if fact is None or not _is_believed(entity, fact, asked, turn.questionnaire):
            continue
        yield from _learned(turn.now.facts.get(fact), fact, entity, heard, asked, is_first=fact not in seen)
        seen.add(fact)


def fact_of(entity: Entity) -> Fact | None:
    """The fact that an entity speaks of: a bare "depuis" tells since when, not at what time."""
    is_since = isinstance(entity.value, Schedule) and entity.value.kind == "since"
    return Fact.DEPUIS if is_since and not _has_hours(entity.value) else FACT_OF.get(entity.type)


def _told_by(entity: Entity, asked: Fact | None) -> Fact | None:
    """The fact that an entity speaks of, after this question: "2 mois" tells since when, if that was asked."""
    fact = fact_of(entity)
    tells_since = asked is Fact.DEPUIS and fact is Fact.HORAIRE and not _has_hours(entity.value)
    return Fact.DEPUIS if tells_since else fact


def _has_hours(value: Value) -> bool:
    return isinstance(value, Schedule) and bool(value.clock or value.days or value.opening_hours)


def _is_believed(entity: Entity, fact: Fact, asked: Fact | None, questionnaire: Questionnaire) -> bool:
    """What was hardly read of a required fact is held too: the counter confirms it before the summary."""
    return entity.confidence >= questionnaire.floor or fact is asked or fact in questionnaire.required


def _learned(
    held: FactEntry | None, fact: Fact, entity: Entity, heard: Heard, asked: Fact | None, *, is_first: bool
) -> Iterator[e.FactLearned]:
    fallen = _fallen(held, heard, is_asked=fact is asked) if is_first else ()
    if held is not None and held.is_known and not fallen and _says_nothing_new(held, entity.text):
        return
    stays = held is not None and held.is_known and 0 < len(fallen) < len(held.mentions)
    if held is not None and stays:
        yield from kept(fact, held, fallen)
        held = replace(held, mentions=fallen)
    text, value = _joined(held, entity, heard, replaces=bool(fallen))
    replaces = bool(fallen) and not stays
    yield e.FactLearned(fact, text, value, heard.origin, entity.confidence, replaces, heard.source)


def _fallen(held: FactEntry | None, heard: Heard, *, is_asked: bool) -> tuple[Mention, ...]:
    """What of a fact is taken back: an edit's own words, what was denied, or all of it in a plain correction."""
    if held is None or not held.mentions:
        return ()
    if heard.corrects:
        return tuple(mention for mention in held.mentions if mention.source == heard.source)
    if heard.reading.adds:
        return ()
    is_corrected = is_asked or heard.reading.intent is Intent.CORRIGER
    return refuted(held, heard.text, heard.reading) or (held.mentions if is_corrected else ())


def _joined(held: FactEntry | None, entity: Entity, heard: Heard, *, replaces: bool) -> tuple[str, Value]:
    """What is put right keeps what was not meant: the days of a schedule, the make of a car, the town of a street."""
    if held is not None and replaces and fact_of(entity) is Fact.VEHICULE:
        return with_plate(held.text, entity.text), entity.value
    if held is not None and replaces and fact_of(entity) is Fact.LIEU:
        return in_same_town(held.value, entity, heard.text)
    if held is None or not isinstance(held.value, Schedule) or not isinstance(entity.value, Schedule):
        return entity.text.strip(" ,;:"), entity.value
    refined = held.value.refined_by(entity.value)
    return (refined.text, refined) if replaces else (entity.text, refined)


def _says_nothing_new(held: FactEntry, text: str) -> bool:
    return text.casefold() in held.text.casefold()


# --- conduct -------------------------------------------------------------------------------------


def _learn_conduct(turn: Turn, heard: Heard, asked: Fact | None, spoken: set[Fact]) -> None:
    words = _conduct_words(heard, asked, spoken)
    held = turn.now.facts.get(Fact.COMPORTEMENT)
    if not words or _only_corrects_others(held, heard, asked, spoken):
        return
    replaces = bool(_fallen(held, heard, is_asked=asked is Fact.COMPORTEMENT))
    if held is None or replaces or not _says_nothing_new(held, words):
        turn.happened(
            e.FactLearned(Fact.COMPORTEMENT, words, None, heard.origin, replaces=replaces, source=heard.source)
        )
    spoken.add(Fact.COMPORTEMENT)


def _conduct_words(heard: Heard, asked: Fact | None, spoken: set[Fact]) -> str:
    """What was done, in the citizen's words: the whole answer when it was asked for, else the clauses that say it."""
    reading = heard.reading
    tells = asked is Fact.COMPORTEMENT and reading.intent in (Intent.SIGNALER, Intent.CORRIGER)
    if tells and (reading.conduct or reading.faits or not spoken):
        return heard.text
    return " ; ".join(heard.text[start:end].strip() for start, end in reading.conduct)


def _only_corrects_others(held: FactEntry | None, heard: Heard, asked: Fact | None, spoken: set[Fact]) -> bool:
    """ "En fait ils vendent le mardi": the day is put right; what was told of the deed stays as it was told."""
    is_plain = heard.reading.intent is Intent.CORRIGER and not heard.reading.adds and not heard.corrects
    is_told = held is not None and held.is_known and asked is not Fact.COMPORTEMENT
    return is_plain and is_told and bool(spoken)


# --- what is taken back --------------------------------------------------------------------------


def _except_days(turn: Turn, heard: Heard, spoken: set[Fact]) -> None:
    """ "Mais pas le lundi": that day goes, the others stay."""
    held = turn.now.facts.get(Fact.HORAIRE)
    tells = heard.reading.intent in (Intent.SIGNALER, Intent.CORRIGER) and not heard.reading.adds
    left = without_days(held, heard.text, heard.reading.rejected) if tells else None
    if left is not None and held is not None:
        turn.happened(e.FactLearned(Fact.HORAIRE, left.text, left, heard.origin, held.confidence, True, heard.source))
        spoken.add(Fact.HORAIRE)


def _put_narrative_right(turn: Turn, before: Conversation, heard: Heard) -> None:
    """What was taken back of a place, a time or a product is marked where the narrative still says it."""
    if heard.corrects:
        return
    is_correction = heard.reading.intent is Intent.CORRIGER
    for fact, held in before.facts.items():
        now = turn.now.facts.get(fact)
        stands = now.mentions if now is not None and now.is_known else ()
        fallen = held.mentions if is_correction else refuted(held, heard.text, heard.reading)
        gone = [mention for mention in fallen if mention not in stands] if held.is_known else []
        if gone and fact is not Fact.COMPORTEMENT:
            new = ", ".join(mention.text for mention in stands if mention not in held.mentions)
            turn.happened(*retold(turn.now, gone, new or None))


def _withdraw_rejected(turn: Turn, heard: Heard, spoken: set[Fact]) -> None:
    """A value taken back without another in its place ("enlevez la voiture"): who takes it out is not asked for it."""
    for fact in _withdrawn(turn, heard, spoken):
        held = turn.now.facts[fact]
        fallen = () if heard.corrects else refuted(held, heard.text, heard.reading)
        if 0 < len(fallen) < len(held.mentions):
            turn.happened(*kept(fact, held, fallen))
        else:
            turn.happened(e.FactWithdrawn(fact))
            if not heard.corrects and fact not in turn.questionnaire.required:
                turn.happened(e.FactUnknown(fact))
        spoken.add(fact)


def _withdrawn(turn: Turn, heard: Heard, spoken: set[Fact]) -> Sequence[Fact]:
    facts = turn.now.facts
    if heard.corrects:
        return [
            f for f, entry in facts.items()
            if f not in spoken and entry.mentions and all(m.source == heard.source for m in entry.mentions)
            and heard.source is not None
        ]  # fmt: skip
    if heard.reading.intent is not Intent.CORRIGER:
        return []
    rejected = [word.casefold() for word in heard.reading.rejected]
    said = [
        f for f, entry in facts.items()
        if f not in spoken and f is not Fact.COMPORTEMENT and entry.is_known
        and refuted(entry, heard.text, heard.reading)
    ]  # fmt: skip
    named = {fact for word in rejected for fact in named_facts(word.partition(" ")[0])}
    return said or [f for f, entry in facts.items() if f not in spoken and f in named and entry.is_known]


def named_facts(words: str) -> frozenset[Fact]:
    """The facts that words call by their name: "la voiture", "l'heure", "le lieu"."""
    said = set(_WORD.findall(words.casefold().replace("é", "e").replace("è", "e")))
    return frozenset(fact for fact, names in _NAMES.items() if said & names)


_WORD = re.compile(r"[^\W_]+")
_NAMES: Mapping[Fact, frozenset[str]] = MappingProxyType({
    Fact.LIEU: frozenset({"lieu", "lieux", "endroit", "adresse"}),
    Fact.HORAIRE: frozenset({"horaire", "horaires", "heure", "heures", "moment", "jour", "jours", "date"}),
    Fact.COMPORTEMENT: frozenset({"comportement", "faits", "description"}),
    Fact.PRODUIT: frozenset({"produit", "produits", "drogue"}),
    Fact.PERSONNE: frozenset({"personne", "personnes", "gens", "signalement"}),
    Fact.VEHICULE: frozenset({"vehicule", "vehicules", "voiture", "voitures", "immatriculation"}),
    Fact.DEPUIS: frozenset({"depuis", "debut", "duree"}),
    Fact.CONTACT: frozenset({"contact", "compte", "numero", "pseudo"}),
})  # fmt: skip


def pin_learned(latitude: float, longitude: float) -> Event:
    """The place of the facts, pinned on the map and confirmed (degrees, five decimals: about a metre)."""
    text = f"{latitude:.5f}, {longitude:.5f}"
    place = Place(text, latitude=latitude, longitude=longitude, precise=True)
    return e.FactLearned(Fact.LIEU, text, place, Origin.PIN, replaces=False)
