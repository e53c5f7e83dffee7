"""Suspects, when the phrase says something: number, age, clothes, looks, relation, nickname. The determiner is kept.

Relative clauses are cut; descriptions joined by commas are one span; a bare "un gars" says nothing.
"""

import re
from functools import cache

from nlu import lexicon
from nlu.phrases import Found, Phrases, load
from nlu.places import is_name_like, is_plain
from nlu.wording import MARKS, MASKED, Wording

Range = tuple[int, int]

_DETERMINERS = frozenset("un une le la les l des du mon ma mes son sa ses leur leurs notre nos ce cet cette ces".split())
_NUMBERS = frozenset("deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt plusieurs".split())
_PREMODIFIERS = frozenset(
    "grand grande petit petite gros grosse vieux vieille jeune jeunes tres autre autres meme memes certain certaine ancien "
    "ancienne faux fausse plus grands petits beau belle bel espece sorte gros".split()
)
_SPECIFIC = frozenset("meme memes ancien ancienne faux plus autre grand petit gros vieux jeune petite grande grosse vieille".split())
_LINKS = frozenset("a au aux avec en de d du des".split())
_CUT = frozenset("qui que qu dont ou quand car mais il elle ils elles et est sont a ont fait font vend vendent".split())
_AGE = re.compile(r"\d{1,2}")
_BARE_ADULTS = frozenset("dealer dealers vendeur vendeurs guetteur guetteurs client livreur livreurs jeunes personnes bande groupe equipe".split())


@cache
def _phrases() -> Phrases:
    return load("personnes.txt")


@cache
def _words(section: str) -> frozenset[str]:
    kept, inside = [], False
    for row in lexicon.lines("personnes.txt"):
        if row.startswith("["):
            inside = row == f"[{section}]"
        elif inside:
            kept.append(row)
    return frozenset(kept)


def find_persons(wording: Wording, *, asked: bool) -> list[Range]:
    """Ranges of words that describe suspects, in order.

    asked: the person was just asked for, so that a bare head ("un homme") is an answer.
    """
    heads = {i: f for i, f in _phrases().longest(wording).items() if f.label in ("tete", "plein")}
    found: list[Range] = []
    index = 0
    while index < len(wording):
        span = _described(wording, index, heads, asked) or _nickname(wording, index) or _attribute(wording, index, asked)
        if span:
            found.append(span)
            index = span[1]
        else:
            index += 1
    return found


def _described(wording: Wording, index: int, heads: dict[int, Found], asked: bool) -> Range | None:
    """A determiner or a number, a head, and what is said of it."""
    word, at = wording.word(index), index
    counted = word in _NUMBERS or (word.isdigit() and len(word) < 3)
    if not (word in _DETERMINERS or counted or (asked and index == 0 and index in heads)):
        return None
    if not (asked and index == 0 and index in heads):
        at += 1
    if wording.word(at) in _NUMBERS or (wording.word(at).isdigit() and at > index):
        counted, at = True, at + 1
    if wording.word(at) in ("ou", "a") and (wording.word(at + 1) in _NUMBERS or wording.word(at + 1).isdigit()):
        at += 2
    special = False
    while wording.word(at) in _PREMODIFIERS and (at + 1 in heads or wording.word(at + 1) in _PREMODIFIERS):
        special |= wording.word(at) in _SPECIFIC
        at += 1
    head = heads.get(at)
    if head is None:
        return None
    end = _modified(wording, head.after)
    says = special or head.label == "plein" or end > head.after
    text = wording.word(head.first)
    if counted and text not in ("personnes", "fois", "clients", "client"):
        says = True
    if text in ("client", "clients", "eleves", "enfants", "agent", "collegues") and end == head.after:
        return None
    if not says and not (asked and text not in _BARE_ADULTS):
        return None
    if text in ("personne",) and end == head.after:
        return None
    return index, end


def _modified(wording: Wording, at: int) -> int:
    """The end of the qualities that follow a head."""
    while at < len(wording):
        step = _quality(wording, at)
        if step == at and wording.word(at) in (",", "et"):
            ahead = _quality(wording, at + 1)
            step = ahead if ahead > at + 1 else at
        if step == at:
            return at
        at = step
    return at


def _quality(wording: Wording, at: int) -> int:
    """The end of one quality at `at`: an adjective, an age, clothes, a relation."""
    word = wording.word(at)
    if word in ("de", "d", "du") or _AGE.fullmatch(word) or word in ("la", "environ", "une", "vingtaine", "age", "agee"):
        if (end := _age(wording, at)) > at:
            return end
    if word in _words("qualite") and word not in ("plus", "moins", "bien", "tout", "tres", "mal"):
        return at + 1
    if word in ("tres", "plutot", "assez", "bien", "mal", "plus") and wording.word(at + 1) in _words("qualite"):
        return at + 2
    if word in _LINKS and (end := _clothes(wording, at + 1)) > at + 1:
        return end
    if word in ("du", "de", "d", "des") and (end := _relation(wording, at + 1)) > at + 1:
        return end
    if word in _words("habit") and wording.word(at - 1) in (",", "et"):
        return _clothes(wording, at)
    if word in ("dit", "surnomme", "surnommee", "prenomme", "nomme") and is_name_like(wording, at + 1):
        return _name(wording, at + 1)
    if word == '"' and (end := _quoted(wording, at)) > at:
        return end
    return at


def _age(wording: Wording, at: int) -> int:
    """ "d'une quarantaine d'annees", "de 16-17 ans", "la trentaine", "25 ans"."""
    text = "".join(word + " " for word in wording.words[at : at + 9])
    found = re.match(
        r"(?:(?:de|d|age de|agee de|environ|entre|dans) )*(?:(?:une?|la) )?(?:(?:petite|bonne|grosse) )?"
        r"(?:(?:ving|tren|quaran|cinquan|soixan|septan)taine (?:d annees |bien \w+ |passee )?"
        r"|\d\d?(?: (?:a|ou|et|,)? ?\d\d?)? (?:ans|piges|berges) (?:environ |max |maximum |a peu pres |tout au plus )?"
        r"|(?:seize|dix sept|dix huit|vingt|trente|quarante|cinquante|soixante)(?: \w+)? ans )",
        text,
    )
    return at + len(found[0].split()) if found else at


def _clothes(wording: Wording, at: int) -> int:
    first = at
    while wording.word(at) in ("un", "une", "le", "la", "les", "l", "des", "de", "du", "son", "sa", "ses", "grosse", "gros", "grande", "grand", "petite", "petit", "longue", "long", "vieux", "vieille", "meme", "faux"):
        at += 1
    if wording.word(at) not in _words("habit"):
        return first
    at += 1
    while at < len(wording):
        word = wording.word(at)
        if word in _words("qualite") or word in ("verte", "nike", "de", "a") and wording.word(at + 1) in _words("qualite") | _words("habit") | {"marque", "foot", "cheval", "travail", "dos", "capuche"}:
            at += 1
        elif word in ("dos", "cheval", "travail", "marque", "foot", "cuir", "jean", "noir", "capuche", "carreaux", "rayures", "sport", "ski") and wording.word(at - 1) in ("de", "a", "en"):
            at += 1
        elif word in ("en", "sur", "dans") and wording.word(at + 1) in ("cuir", "jean", "laine", "arriere", "cou", "main", "le", "la", "l"):
            body = at + 2 if wording.word(at + 1) in ("le", "la", "l") else at + 1
            if wording.word(body) in ("cou", "main", "visage", "joue", "bras", "tete", "front", "nez", "cuir", "jean", "laine", "arriere", "menton", "oeil", "sourcil", "jambe", "dos", "crane", "nuque"):
                at = body + 1
            else:
                return at
        elif word in ("au", "a") and wording.word(at + 1) in ("cou", "visage", "menton", "sourcil", "front", "bras", "nez", "oreille", "l", "la"):
            at += 3 if wording.word(at + 1) in ("l", "la") else 2
        else:
            return at
    return at


def _relation(wording: Wording, at: int) -> int:
    """ "le fils du boulanger", "la copine de Momo", "le gardien du lycee": one noun or a name."""
    first = at
    while wording.word(at) in ("la", "le", "l", "les", "mon", "ma", "notre"):
        at += 1
    word = wording.word(at)
    if not word or word in MARKS or word == MASKED or (is_plain(word) and word not in ("voisin", "police")):
        return first
    if wording.word(at).isdigit():
        return at + 1
    return _name(wording, at) if is_name_like(wording, at) else at + 1


def _name(wording: Wording, at: int) -> int:
    end = at
    while end - at < 4 and (
        is_name_like(wording, end) or (wording.word(end) in ("le", "la", "de", "du", "l") and is_name_like(wording, end + 1) and end > at)
    ):
        end += 1
    return end


def _quoted(wording: Wording, at: int) -> int:
    for end in range(at + 2, min(at + 6, len(wording))):
        if wording.words[end] == '"':
            return end + 1
    return at


def _nickname(wording: Wording, index: int) -> Range | None:
    """ "surnomme Biscuit", "un certain Kader", "on l'appelle Nono"."""
    for cue in _phrases().found_at(wording, index):
        if cue.label != "surnom":
            continue
        at = cue.after
        first = cue.first if wording.word(cue.first) in ("un", "une") else at
        while wording.word(at) in ("est", "c", '"', ":"):
            at += 1
            first = at if first != cue.first else first
        end = at
        if wording.word(at) in ("le", "la", "l") and (is_name_like(wording, at + 1) or wording.word(at + 1).isalpha()):
            end = at + 2
        elif is_name_like(wording, at):
            end = _name(wording, at)
        if end > at and wording.word(cue.after - 1) != "m":
            return first, _modified(wording, end)
    return None


_HOLDERS = frozenset("il elle ils elles lui".split())
_HOLDING = frozenset("a avait porte portait ont portent avec est".split())


def _attribute(wording: Wording, index: int, asked: bool) -> Range | None:
    """ "il a une cicatrice a la joue": what is said of a pronoun."""
    holds = wording.word(index - 2) in _HOLDERS and wording.word(index - 1) in _HOLDING
    if not (holds or (asked and (index == 0 or wording.word(index - 1) in (",", "avec", ".", "en", "et")))):
        return None
    if (end := _age(wording, index)) > index:
        return index, _modified(wording, end)
    word = wording.word(index)
    if word in ("un", "une", "des", "le", "la", "les") or word in _words("habit"):
        end = _clothes(wording, index)
        if end > index and word in _words("habit") | {"un", "une", "des", "les"}:
            return index, _modified(wording, end)
    if (asked or wording.word(index - 1) == "est") and word in _words("qualite") and word not in ("bien", "mal", "tout", "plus", "moins", "tres", "type"):
        return index, _modified(wording, index + 1)
    return None
