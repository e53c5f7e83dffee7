"""What is denied or taken back: "pas du shit", "jamais le dimanche", "sans voiture", "aucun scooter"."""

from nlu.lexicon import words
from nlu.wording import Wording

_DENIALS = words("pas jamais aucun aucune sans ni plus point")
_BETWEEN = words("de du des d la le les l un une au aux a dans sur vers forcement vraiment tout que vu eu ete encore")


def is_denied(wording: Wording, index: int) -> bool:
    """Whether the noun at a word index stands under a negation, articles and prepositions between them."""
    place = index - 1
    while place >= 0 and wording.words[place] in _BETWEEN:
        place -= 1
    word = wording.word(place)
    if word == "plus" and wording.word(place - 1) not in ("n", "ne"):
        return False
    if word == "point" and wording.word(place + 1) in ("de", "d"):
        return False
    return word in _DENIALS and not _is_only(wording, place)


def _is_only(wording: Wording, place: int) -> bool:
    """ "pas que", "pas seulement", "pas loin de" affirm."""
    return wording.word(place + 1) in ("que", "seulement", "loin", "mal")
