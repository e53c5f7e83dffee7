"""Who the writer is, wherever they say it: name, way to be reached, exact home, a role that singles them out.

Privacy rests on this module, not on a model: what it finds overrides everything else and is masked before storage.
"""

import re
from functools import cache

from nlu import data
from nlu.contacts import Contact
from nlu.phrases import Found, Phrases, load
from nlu.places import find_places, is_plain
from nlu.wording import MARKS, MASKED, Wording

Range = tuple[int, int]

_TITLES = frozenset(
    "monsieur madame mme mr m mlle mademoiselle docteur dr maitre me adjudant abbe soeur papa maman tata tonton".split()
)
_PARTICLES = frozenset("de la le du des ben bel el d van der den von da dos di".split())
_CUES_NEEDING_NAME = frozenset(("je suis", "moi", "ici", "c est moi", "moi c est", "salutations", "i am", "ik ben"))
_CLOSINGS = frozenset(
    ("cordialement", "cordialement ,", "bien cordialement", "cdt", "cdlt", "bien a vous", "sinceres salutations", "respectueusement")
)
_NOT_NAMES = frozenset(
    "pas tres bien trop tout toujours desole desolee sur sure certain certaine un une le la les en au a dans chez temoin "
    "inquiet inquiete anonyme voisin voisine plus belge francais francaise ici de du enceinte".split()
)
_EXACT = re.compile(r"\d{1,4}[a-d]?")


@cache
def _phrases() -> Phrases:
    return load("identite.txt")


@cache
def _given_names() -> frozenset[str]:
    from nlu import lexicon

    return frozenset(word for line in lexicon.lines("prenoms.txt") for word in line.split())


def find_identity(wording: Wording) -> list[Range]:
    """Ranges of words that tell who the writer is (contacts apart), in order and not overlapping."""
    found: list[Range] = []
    cues = sorted(_phrases().found(wording), key=lambda cue: (cue.first, -cue.after))
    for cue in cues:
        span = _FINDERS[cue.label](wording, cue)
        if span is not None and all(span[1] <= a or span[0] >= b for a, b in found):
            found.append(span)
    if (signature := _signature(wording)) and all(signature[1] <= a or signature[0] >= b for a, b in found):
        found.append(signature)
    return sorted(found)


def _name(wording: Wording, cue: Found) -> Range | None:
    text = " ".join(wording.words[cue.first : cue.after])
    first = cue.after
    if wording.word(cue.after - 1) in _TITLES:
        first = cue.after - 1
    while wording.word(first) in (":", ",", '"', "est", "c") and first < len(wording):
        first += 1
    at = first + 1 if wording.word(first) in _TITLES else first
    if text in _CLOSINGS and wording.word(at) == ".":
        first = at = at + 1
    end = _name_end(wording, at, sure=text not in _CUES_NEEDING_NAME)
    if end == at or (text in ("moi", "je suis", "ici") and not _is_full_name(wording, at, end, text)):
        return None
    return first, end


def _is_full_name(wording: Wording, first: int, end: int, cue: str) -> bool:
    """ "je suis Sonia Marechaux" but not "je suis Belge": a given name, or two capitals, and no place."""
    given = wording.word(first) in _given_names()
    if cue == "moi":
        return given and wording.word(end) in (",", "(", "", ".")
    return given or end - first > 1


def _name_end(wording: Wording, at: int, *, sure: bool) -> int:
    """The end of a personal name that begins at `at`, or `at`."""
    end = at
    while end < len(wording) and end - at < 5:
        word = wording.word(end)
        if _in_name(wording, end, sure=sure and end == at):
            end += 1
        elif word in _PARTICLES and end > at and _in_name(wording, end + 1, sure=False):
            end += 1
        elif word == "." and end > at and len(wording.word(end - 1)) == 1 and wording.capital(end + 1):
            end += 1
        else:
            break
    return end


def _in_name(wording: Wording, index: int, *, sure: bool) -> bool:
    word = wording.word(index)
    if not word or word in MARKS or word == MASKED or word in _NOT_NAMES:
        return False
    if word in _given_names() or wording.capital(index):
        return True
    if not word.isalpha() or is_plain(word):
        return False
    return (len(word) > 2 and word not in data.ordinary_words()) or (sure and len(word) > 3 and _short_end(wording, index))


def _short_end(wording: Wording, index: int) -> bool:
    return wording.word(index + 1) in ("", *MARKS, "et")


def _address(wording: Wording, cue: Found) -> Range | None:
    at = cue.after
    while wording.word(at) in (":", ",", "au", "a", "dans", "le", "la", "l", "du", "c", "est", "quoi", "numero"):
        at += 1
    for first, end in find_places(wording, asked=True):
        if first in (at, at - 1) or (first < at < end and first >= cue.first):
            exact = any(_EXACT.fullmatch(word) for word in wording.words[first:end])
            return (first, end) if exact and not _is_only_town(wording, first, end) else None
    return None


def _is_only_town(wording: Wording, first: int, end: int) -> bool:
    return all(re.fullmatch(r"\d{2,5}|[a-z]+", w) for w in wording.words[first:end]) and (
        end - first < 3 and not re.fullmatch(r"\d{1,4}[a-d]?", wording.words[first])
        and wording.words[first] not in ("appartement", "porte", "appart", "logement", "villa", "numero", "chambre", "box")
    )


def _role(wording: Wording, cue: Found) -> Range | None:
    """ "je suis la gardienne du 9 rue ...": said of oneself, and tied to a place or a name."""
    if not _said_of_oneself(wording, cue.first):
        return None
    if wording.word(cue.first) in ("fils", "fille", "mere", "pere", "femme", "mari", "frere", "soeur", "voisin", "voisine", "copine", "copain", "ex"):
        return None
    link = cue.after
    if wording.word(link) not in ("de", "du", "des", "d", "au", "a"):
        return None
    for first, end in find_places(wording, asked=True):
        if link < first <= link + 2:
            specific = any(_EXACT.fullmatch(w) for w in wording.words[first:end]) or any(
                wording.capital(i) for i in range(first, end)
            )
            unknown = any(w.isalpha() and w not in data.ordinary_words() and not is_plain(w) for w in wording.words[first:end])
            return (cue.first, end) if specific or unknown or wording.word(cue.first - 1) in ("la", "le") else None
    return None


def _said_of_oneself(wording: Wording, first: int) -> bool:
    before = wording.words[max(0, first - 4) : first]
    joined = " ".join(before)
    return bool(
        re.search(r"(?:je suis|moi|ici|en tant que|nous sommes|c est)(?: (?:la|le|l|,|un|une))?$", joined)
        or (first <= 1)
    )


def _signature(wording: Wording) -> Range | None:
    """A name alone that closes a message of some length: ". Josiane Perrault"."""
    end = len(wording)
    while end and wording.words[end - 1] in MARKS:
        end -= 1
    first = end
    while first and (wording.capital(first - 1) or wording.word(first - 1) in _TITLES):
        first -= 1
    if not 1 <= end - first <= 4 or first < 5 or wording.word(first - 1) not in (".", ",", "!", "?"):
        return None
    at = first + 1 if wording.word(first) in _TITLES else first
    named = wording.word(at) in _given_names() or wording.word(first) in _TITLES
    return (first, end) if named and at < end else None


_FINDERS = {"nom": _name, "adresse": _address, "role": _role, "joindre": lambda wording, cue: None}


def own_contacts(wording: Wording, contacts: list[Contact], names: list[Range], *, trafficking: bool, asked: str | None) -> list[bool]:
    """For each contact, whether it is the writer's own rather than the traffickers'."""
    cues = [cue for cue in _phrases().found(wording) if cue.label == "joindre"]
    return [_is_own(wording, contact, cues, names, trafficking, asked) for contact in contacts]


_THEIRS = re.compile(
    r"(?:son|leur|leurs|ses|il|ils|elle|on|dealer|vendeur|livreur|livre|livrent|commande|commandes|commander|compte|menu|du mec|du gars|"
    r"de ce|celui|numero du|pub|affiche|tag|sticker|carte|promo|vend|vendent|recrute|contacte|contacter|appelle|appeler) (?:[^ .!?]+ ){0,6}$"
)


def _is_own(
    wording: Wording, contact: Contact, cues: list[Found], names: list[Range], trafficking: bool, asked: str | None
) -> bool:
    here = wording.covered(contact.start, contact.end)
    first, after = here.start, here.stop
    if any(-2 <= first - cue.after <= 6 and _same_sentence(wording, cue.first, first) for cue in cues):
        return True
    if any(0 <= first - end <= 2 or 0 <= begin - after <= 2 for begin, end in names):
        return True
    if any(0 <= cue.first - after <= 2 for cue in cues):
        return True
    before = "".join(word + " " for word in wording.words[max(0, first - 8) : first])
    if _THEIRS.search(before) or asked == "contact":
        return False
    if contact.kind == "mail":
        return True
    return not trafficking


def _same_sentence(wording: Wording, first: int, after: int) -> bool:
    return not any(word in ("!", "?") for word in wording.words[first:after])
