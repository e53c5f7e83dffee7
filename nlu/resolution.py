"""A named place as far as it can be resolved: number, street, landmark, commune. Nothing is looked up outside."""

import re
from collections.abc import Iterable

from domain.reading import Place
from nlu import gazetteer
from nlu.lexicon import words
from nlu.wording import Wording

_STREETS = words(
    "rue avenue av boulevard bd allee allees chemin impasse quai cours place route rte ruelle "
    "square passage esplanade faubourg chaussee dreve traverse montee sentier promenade clos "
    "venelle"
)
_OF_REGION = {
    "11": "75", "24": "45", "27": "25", "28": "76", "32": "59", "44": "67", "52": "44", "53": "35", "75": "33",
    "76": "31", "84": "69", "93": "13",
}  # fmt: skip
"""A département of each région that has school holidays of zone A, B or C (Corsica has its own)."""
_DEPARTEMENT = re.compile(r"\(?((?:0[1-9]|[1-8]\d|9[0-5])|2[ab]|97[1-6])\)?")


def resolve_place(wording: Wording, first: int, after: int) -> Place:
    """The place of words first..after-1; `precise` when a number, a street or a landmark is named."""
    original = wording.original
    text = original[slice(*wording.span(first, after))]
    town = _town(wording, first, after)
    until = town[0] if town else after
    street = next((i for i in range(first, until) if wording.words[i] in _STREETS), None)
    number = wording.words[street - 1] if street is not None and street > first else None
    found = _commune(wording, town) if town else None
    named = _text(wording, street, until) if street is not None else None
    landmark = _text(wording, first, until) if street is None and until > first else None
    return Place(
        text=text,
        number=number if number and number[0].isdigit() else None,
        street=named,
        landmark=landmark,
        commune=found.name if found else None,
        code=found.code if found else None,
        departement=_departement(wording, town[1], after) if town else None,
        precise=bool(named or landmark),
    )


def _commune(wording: Wording, town: tuple[int, int]) -> gazetteer.Commune | None:
    name = " ".join(wording.words[slice(*town)])
    return gazetteer.commune(name) or gazetteer.commune(gazetteer.nearest(name) or "")


def _text(wording: Wording, first: int, after: int) -> str:
    while after - 1 > first and wording.words[after - 1] in (",", "a", "de", "du", "au", "en", "d", "("):
        after -= 1
    return wording.original[slice(*wording.span(first, after))]


def _town(wording: Wording, first: int, after: int) -> tuple[int, int] | None:
    """The last commune named, when nothing but a postcode follows it."""
    for index in range(after - 1, first - 1, -1):
        length = 0 if _names_a_street(wording, first, index) else gazetteer.longest_at(wording, index)
        if length and index + length <= after and gazetteer.commune(" ".join(wording.words[index : index + length])):
            tail = wording.words[index + length : after]
            if all(word[0].isdigit() or word in ("(", ")", ",") for word in tail):
                return _widest(wording, first, index, index + length)
    last = wording.words[after - 1]
    if wording.word(after - 2) in ("a", "sur", "") or after - first == 1:
        return (after - 1, after) if last.isalpha() and gazetteer.nearest(last) else None
    return None


def _names_a_street(wording: Wording, first: int, index: int) -> bool:
    """ "rue de l'Ange", "rue de Dole": what follows a street type at once is its name, not the town it lies in."""
    before = index - 1
    while before > first and wording.words[before] in ("de", "du", "des", "d", "l", "la", "le", "les"):
        before -= 1
    return first <= before < index - 1 and wording.words[before] in _STREETS


def _widest(wording: Wording, first: int, index: int, end: int) -> tuple[int, int]:
    """ "Vaulx-en-Velin" rather than "Velin": the leftmost name that ends at the same word."""
    for start in range(first, index):
        if start + gazetteer.longest_at(wording, start) == end:
            return start, end
    return index, end


def school_departement(wording: Wording, places: Iterable[tuple[int, int]]) -> str | None:
    """A département that has the school holidays of the first place that tells its own: by its number, its postcode,
    or its commune, all départements of a région being in one zone."""
    for first, after in places:
        town = _town(wording, first, after)
        told = _departement(wording, town[1], after) if town else _postcode(wording, first, after)
        commune = _commune(wording, town) if town else None
        if found := told or _OF_REGION.get(commune.region if commune else ""):
            return found
    return None


def _departement(wording: Wording, first: int, after: int) -> str | None:
    for word in wording.words[first:after]:
        if found := _DEPARTEMENT.fullmatch(word):
            return found[1]
        if re.fullmatch(r"\d{5}", word):
            return word[:2]
    return None


def _postcode(wording: Wording, first: int, after: int) -> str | None:
    return next((word[:2] for word in wording.words[first:after] if re.fullmatch(r"\d{5}", word)), None)
