"""Values that the writer takes back: "pas la gare routiere, la gare SNCF", "chambre 14. Euh non, chambre 12".

What is denied is no entity of the message; its words are reported as rejected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from domain.reading import Entity, EntityType, Intent, Place, Value
from nlu.lexicon import words
from nlu.wording import MARKS, Wording

_DENIES = words("pas jamais plutot+que")
_REMOVES = words(
    "enlevez enlever enleve retirez retirer retire otez oter ote rayez rayer raye virez virer vire "
    "supprimez supprimer supprime effacez effacer efface"
)
_ARTICLES = words(
    "de du des d la le les l un une ce cet cette ces juste aussi donc seulement svp stp plait s il vous te"
)
_ENDS_OBJECT = words("je j il elle ils on c ce qui que qu parce car mais et puis ca svp stp s a pas du des de")
"""Words that end what is to be removed: "enlevez la moto, je n'en suis pas sur"."""
_BETWEEN = words("de du des d la le les l un une au aux a en dans sur")
_REPAIR = (
    ("euh", "non"),
    ("non", "pardon"),
    ("enfin", "non"),
    ("pardon",),
    ("je", "veux", "dire"),
    ("ou", "plutot"),
    ("non", ","),
    ("rectification",),
)
_CORRECTABLE = frozenset(
    (EntityType.LIEU, EntityType.HORAIRE, EntityType.PERSONNE, EntityType.VEHICULE, EntityType.PRODUIT)
)


def taken_back(
    wording: Wording, entities: tuple[Entity, ...], intent: Intent
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """The entities that stand, and the words of those that do not."""
    entities, numbers = _without_repaired_number(wording, entities)
    removed = tuple(_removed(wording))
    fallen = [e for e in entities if e.type in _CORRECTABLE and (_is_denied(wording, e) or _is_within(e, removed))]
    fallen += [
        first for first, second in pairwise(entities) if first not in fallen and _is_repaired(wording, first, second)
    ]
    kept = tuple(entity for entity in entities if entity not in fallen)
    objects = (wording.original[start:end] for start, end in removed if intent is Intent.CORRIGER)
    return kept, (*numbers, *objects, *(e.text for e in fallen if not _is_within(e, removed)))


def _removed(wording: Wording) -> Iterator[tuple[int, int]]:
    """Original spans of what the writer wants taken out: "enlevez la moto", "retirez le vehicule"."""
    for index, word in enumerate(wording.words):
        if word not in _REMOVES:
            continue
        first = index + 1
        while wording.word(first) in _ARTICLES:
            first += 1
        after = first
        while after < len(wording) and wording.words[after] not in MARKS and wording.words[after] not in _ENDS_OBJECT:
            after += 1
        if first < after:
            yield wording.span(first, after)


def _is_within(entity: Entity, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < entity.end and entity.start < end for start, end in spans)


def _without_repaired_number(
    wording: Wording, entities: tuple[Entity, ...]
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """ "hotel du Lac, chambre 14. Euh non, chambre 12": the hotel stands, its room 14 does not."""
    kept, numbers = list(entities), []
    for first, second in pairwise(entities):
        if first.type is not EntityType.LIEU or not _is_repaired(wording, first, second):
            continue
        words = wording.covered(first.start, first.end)
        head = wording.words[wording.covered(second.start, second.end).start]
        again = next((i for i in reversed(words) if wording.words[i] == head), words.start)
        if again > words.start:
            numbers.append(wording.original[wording.starts[words.stop - 1] : first.end])
            end = wording.ends[again - 2 if wording.words[again - 1] == "," else again - 1]
            text = wording.original[first.start : end]
            kept[kept.index(first)] = replace(first, end=end, text=text, value=_shortened(first.value, text))
    return tuple(kept), tuple(numbers)


def _shortened(value: Value, text: str) -> Value:
    return replace(value, text=text, landmark=text if value.landmark else None) if isinstance(value, Place) else value


def _is_denied(wording: Wording, entity: Entity) -> bool:
    place = wording.covered(entity.start, entity.end).start - 1
    while place >= 0 and wording.words[place] in _BETWEEN:
        place -= 1
    word = wording.word(place)
    if word == "non":
        return wording.word(place - 1) == "et" or wording.word(place + 1) in ("le", "la", "les", "de", "du")
    return word in _DENIES and wording.word(place + 1) not in ("que", "seulement", "loin", "mal")


def _is_repaired(wording: Wording, first: Entity, second: Entity) -> bool:
    """Two values of one kind with a repair between them and nothing else of weight."""
    if first.type is not second.type or first.type not in _CORRECTABLE:
        return False
    between = wording.words[
        wording.covered(first.start, first.end).stop : wording.covered(second.start, second.end).start
    ]
    plain = tuple(word for word in between if word not in (".", ",", "!"))
    return len(plain) <= 4 and any(_begins(plain, repair) for repair in _REPAIR)


def _begins(words: tuple[str, ...], repair: tuple[str, ...]) -> bool:
    wanted = tuple(word for word in repair if word != ",")
    return words[: len(wanted)] == wanted
