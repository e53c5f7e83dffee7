"""Products named or described: substance, slang or look, without article or quantity."""

from functools import cache

from nlu.lexicon import words
from nlu.negation import is_denied
from nlu.phrases import Found, Phrases, load
from nlu.wording import Wording

_COLOURS = words(
    "blanc bleu vert rouge rose jaun brun marron beige gris noir orange violet ocre transparent mouss clair fonce "
    "multicolore sech veget"
)
_ARTICLES = words(
    "la le de du des d l leur leurs sa son ses ces cette vend vendent vendre deal fume fument "
    "fumer sniff sniffe sniffent prend prennent propose proposent achete achetent livre livrent "
    "demande demander a en"
)
_PARTITIVE = words("de du des d vend vendent vendre deal fume fument sniffe propose proposent prend")
_LOUD = words("c jaune blanche brune verte marron frappe dure mousse base filtre neige")
_FORM_OF = ("en", "forme", "de")


@cache
def _phrases() -> Phrases:
    return load("produits.txt")


def find_products(wording: Wording, *, asked: bool) -> list[tuple[int, int]]:
    """Word ranges of products, in order, not overlapping; denied ones ("pas du shit") left out.

    asked: the product was just asked for, so that a bare common word ("blanche") is one.
    """
    best: dict[int, Found] = {}
    for found in _phrases().found(wording):
        if _holds(wording, found, asked) and (found.first not in best or found.after > best[found.first].after):
            best[found.first] = found
    spans: list[tuple[int, int]] = []
    for first in sorted(best):
        if spans and first < spans[-1][1]:
            continue
        span = _grown(wording, first, best[first].after)
        if not is_denied(wording, span[0]):
            spans.append(span)
    return spans


def _holds(wording: Wording, found: Found, asked: bool) -> bool:
    back = found.first - 1
    while wording.word(back) in ("petit", "petits", "petite", "petites"):
        back -= 1
    before = wording.word(back)
    if len(wording.word(found.first)) == 1 and wording.word(found.after) in ("est", "etait", "ete"):
        return False
    if found.label == "sur":
        return True
    if found.label == "forme":
        return _is_look(wording.word(found.after)) and before not in ("sac", "sacs", "boite")
    if wording.capital(found.first) and found.first and before not in (".", "!", "?", ":"):
        return False
    alone = found.first == 0 and found.after >= len(wording) - 1
    if asked:
        return alone or before in _ARTICLES or before in (",", "et", "ou", '"', ".", "est")
    if found.first and wording.word(found.first) in _LOUD:
        return _is_sold(wording, found.first)
    return before in _PARTITIVE


def _is_sold(wording: Wording, index: int) -> bool:
    """ "de la blanche", "vend de la c", "du filtre": a colour or a letter that stands for a product."""
    before, two = wording.word(index - 1), wording.word(index - 2)
    after = wording.word(index + 1)
    partitive = before in ("du", '"') or (before == "la" and two in ("de", "vend", "vendent", "passe", "dla"))
    return partitive and not wording.capital(index + 1) and not _is_look(after)


def _is_look(word: str) -> bool:
    return any(word.startswith(colour) for colour in _COLOURS)


def _grown(wording: Wording, first: int, after: int) -> tuple[int, int]:
    while wording.word(first - 1) in ("petit", "petits", "petite", "petites") and first:
        first -= 1
    while _is_look(wording.word(after)) or (wording.word(after) == "et" and _is_look(wording.word(after + 1))):
        after += 1
    if wording.words[after : after + 3] == _FORM_OF and after + 3 < len(wording):
        after += 4
    return first, after
