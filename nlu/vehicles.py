"""Vehicles: kind, make, model, colour, plate and the marks that tell them apart, without article."""

import re
from collections.abc import Sequence
from functools import cache

from nlu import lexicon
from nlu.lexicon import words
from nlu.negation import is_denied
from nlu.phrases import Found, Phrases, load
from nlu.wording import MARKS, Wording

Range = tuple[int, int]

_ARTICLES = words("un une le la les l des du de d sa son leur leurs ses en cette ce ces deux trois quatre 2 3 4 cinq")
_LINKS = words("de d a en sans avec au aux")
_AFTER_LINK = words("un une le la les l des ses 2 deux")
_RIDDEN = words(
    "velo velos moto motos scooter scooters scoot trottinette trottinettes trott quad bateau zodiac camion taxi"
)
_COUNTRIES = words(
    "belgique suisse allemagne espagne italie hollande luxembourg pologne roumanie bulgarie portugal angleterre "
    "lituanie hongrie slovaquie tchequie france"
)
_PLATE_CUES = words("plaque plaques immatricule immatriculee immatriculation immat")
_PARTIAL = re.compile(r"[a-z]{1,3}|\d{2,4}\**|\*+|[a-z]{2}\d{3}[a-z]{2}|[\d*]{2,4}|[a-z]\*+")
_BARE = words(
    "voiture voitures vehicule vehicules bus car train caisse plaque taxi velo velos moto "
    "scooter camion auto tire coupe"
)
_NOT_PLATE = words("la le un une et ou de du des je il on ne en au qui que est pas j l d ils ca a y se si")
_OWN = words("mon ma mes notre nos")
_MODELS_NEEDING_CUE = re.compile(
    r"\d{2,4}|[a-z]\d|tt|mini|man|up|bolt|zip|range|smart|spring|espace|expert|partner|master|daily|logan|fr|giant|dl|mg|swift|civic|focus|transit|cayenne|leon|seat|polo|golf"
)


@cache
def _phrases() -> Phrases:
    return load("vehicules.txt")


@cache
def _words(section: str) -> frozenset[str]:
    rows, kept, inside = lexicon.lines("vehicules.txt"), [], False
    for row in rows:
        if row.startswith("["):
            inside = row == f"[{section}]"
        elif inside:
            kept.append(row)
    return frozenset(kept)


def find_vehicles(wording: Wording, plates: Sequence[tuple[int, int]], *, asked: bool) -> list[Range]:
    """Ranges of words that name vehicles; `plates` are original spans, taken in when adjacent, alone otherwise."""
    marked = [wording.covered(*plate) for plate in plates]
    starts = {words.start: words.stop for words in marked if words}
    heads = {i: f for i, f in _phrases().longest(wording).items() if f.label in ("tete", "marque")}
    found: list[Range] = []
    index = 0
    while index < len(wording):
        span = _at(wording, index, heads, starts, asked)
        if span is None:
            index += 1
            continue
        if not _is_excluded(wording, span[0]):
            found.append(span)
        index = max(span[1], index + 1)
    return found


def _is_excluded(wording: Wording, first: int) -> bool:
    return is_denied(wording, first) or wording.word(first - 1) in _OWN


def _at(wording: Wording, index: int, heads: dict[int, Found], plates: dict[int, int], asked: bool) -> Range | None:
    if index in plates:
        return index, plates[index]
    head = heads.get(index)
    if head is None:
        return None
    before = wording.word(index - 1)
    text = " ".join(wording.words[head.first : head.after])
    cued = before in _ARTICLES or before in ("", ",", ".", ":", "et", "+", "/", "(") or asked
    if _MODELS_NEEDING_CUE.fullmatch(text) and head.label == "marque":
        follows = wording.word(head.after) in _words("suite") or head.after in plates
        if text.isdigit() or len(text) < 3:
            if not follows and not (asked and before in ("", "une", "un")):
                return None
        elif not (follows or before in ("une", "un", "sa", "son", "la") or wording.capital(index)):
            return None
    end = _grown(wording, head.after, heads, plates)
    if text in _PLATE_CUES:
        return _plate_alone(wording, head.after, max(end, _plate(wording, head.after, plates)), plates)
    ridden = before in ("en", "a") and text in _RIDDEN
    if end == head.after and head.label == "tete" and not asked and text in _BARE and not ridden:
        return None
    cued = cued or ridden
    if not cued and end == head.after and head.label == "tete":
        return None
    first = index
    while (
        first
        and wording.word(first - 1) in _words("avant")
        and not wording.word(first - 1).startswith(("deux", "trois"))
    ):
        first -= 1
    return first, end


def _country(wording: Wording, at: int) -> int:
    """ "immatriculee en Belgique", "aux Pays-Bas"."""
    if wording.word(at) not in ("en", "au", "aux"):
        return at
    if wording.words[at + 1 : at + 3] == ("pays", "bas"):
        return at + 3
    return at + 2 if wording.word(at + 1) in _COUNTRIES else at


def _plate_alone(wording: Wording, first: int, end: int, plates: dict[int, int]) -> Range | None:
    """ "la plaque commence par GK": the plate, without the word that announces it."""
    while first < end and not (first in plates or _is_piece(wording, first)):
        first += 1
    return (
        (first, end)
        if first < end and any(c.isdigit() or c == "*" for w in wording.words[first:end] for c in w)
        else None
    )


def _is_piece(wording: Wording, index: int) -> bool:
    word = wording.word(index)
    return bool(_PARTIAL.fullmatch(word)) and word not in _NOT_PLATE and word not in ("par", "fin", "est")


def _grown(wording: Wording, at: int, heads: dict[int, Found], plates: dict[int, int]) -> int:
    suite, after_link = _words("suite"), _words("apres")
    while at < len(wording):
        word = wording.word(at)
        if at in plates:
            at = plates[at]
        elif at in heads and heads[at].label == "marque":
            at = heads[at].after
        elif at - 1 in heads and heads[at - 1].label == "marque" and wording.capital(at) and word.isalpha():
            at += 1
        elif word in _PLATE_CUES and (abroad := _country(wording, at + 1)) > at + 1:
            at = abroad
        elif word in _PLATE_CUES:
            if (end := _plate(wording, at + 1, plates)) > at + 1:
                at = end
            elif wording.word(at + 1) in suite:
                at += 2
            else:
                return at
        elif (
            word in suite
            or (
                re.fullmatch(r"\d|\d{3}[a-z]?|x\d|[a-z]\d", word)
                and wording.word(at + 1) not in ("h", "heures", "fois", "personnes", "mecs", "jours", "km")
            )
        ) or (
            word == ","
            and (at + 1 in plates or (wording.word(at + 1) in suite and wording.word(at + 1) not in ("plaque",)))
        ):
            at += 1
        elif (
            word == ","
            and wording.word(at + 1) in ("plaque", "immatriculee", "immatricule")
            and (end := _plate(wording, at + 2, plates)) > at + 2
        ) or (word in _LINKS and (end := _linked(wording, at + 1, after_link)) > at + 1):
            at = end
        elif word == "et" and wording.word(at + 1) in suite:
            at += 2
        else:
            return at
    return at


def _linked(wording: Wording, at: int, after_link: frozenset[str]) -> int:
    """ "sans plaque", "avec un phare casse", "de location"."""
    first = at
    while wording.word(at) in _AFTER_LINK:
        at += 1
    if wording.word(at) not in after_link:
        return first
    at += 1
    while wording.word(at) in _words("suite") or wording.word(at) in (
        "arriere",
        "avant",
        "gauche",
        "droit",
        "droite",
        "teintees",
        "teinte",
        "fumees",
        "brise",
        "eteints",
    ):
        at += 1
    return at


def _plate(wording: Wording, at: int, plates: dict[int, int]) -> int:
    """The end of a whole or partial plate after "plaque ..."."""
    start = at
    while (
        wording.word(at)
        in ("en", "qui", "finit", "fini", "finissant", "par", "commence", "commencant", "avec", "c", "est", ":")
        and at - start < 4
    ):
        at += 1
    if at in plates:
        return plates[at]
    end = at
    while (
        end - at < 4
        and _PARTIAL.fullmatch(wording.word(end))
        and wording.word(end) not in _NOT_PLATE
        and wording.word(end) not in MARKS
    ):
        end += 1
    return (
        end if end > at and any(char.isdigit() or char == "*" for w in wording.words[at:end] for char in w) else start
    )
