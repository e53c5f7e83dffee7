"""Suspects, when the phrase says something: number, age, clothes, looks, relation, nickname. The determiner is kept.

Relative clauses are cut; descriptions joined by commas are one span; a bare "un gars" says nothing.
"""

import re
from functools import cache

from nlu import data, lexicon
from nlu.lexicon import words
from nlu.names import given_names
from nlu.phrases import Found, Phrases, load
from nlu.place_words import is_name_like, is_plain
from nlu.wording import MARKS, MASKED, Wording

Range = tuple[int, int]

_INDEFINITE = words("un une des")
_DEFINITE = words("le la les l du ce cet cette ces")
_OWN = words("mon ma mes notre nos")
_THEIR = words("son sa ses leur leurs")
_DETERMINERS = _INDEFINITE | _DEFINITE | _OWN | _THEIR
_NUMBERS = words("deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt plusieurs")
_COLLECTIVES = words("dizaine douzaine quinzaine vingtaine trentaine poignee bande groupe equipe")
_PREMODIFIERS = words(
    "grand grande petit petite gros grosse vieux vieille jeune jeunes tres autre autres meme "
    "memes certain certaine ancien ancienne faux fausse plus grands petits beau belle bel "
    "espece sorte bon bonne propre"
)
_TELLING = words(
    "meme memes ancien ancienne faux fausse grand petit gros vieux jeune petite grande grosse vieille propre"
)
_NOT_TELLING_OF = words("autre autres certain certaine bon bonne sorte espece")
_NEVER_ALONE = words(
    "client clients eleves eleve enfants agent agents collegues collegue personne personnes "
    "gens ouvriers vendeur vendeurs dealer dealers guetteur guetteurs livreur livreurs jeunes "
    "bande groupe equipe jeune gars type types mec mecs homme hommes noir blanc silhouette tete"
)
_SUFFIXES = re.compile(r"[a-z]{3,}(?:eur|euse|ier|iere|ien|ienne|iste|ard|arde|ais|aise|ois|oise|atrice|ain|aine|ot)")
_NOT_PEOPLE = words(
    "quartier escalier palier cahier papier ascenseur moteur scooter tracteur fois mois trois jamais main demain train "
    "pain heure terrain copain metier dernier premier chantier hier entier panier grenier sentier ordinateur "
    "distributeur coeur odeur couleur peur fleur valeur erreur conteneur parking mur velo bois relais mais "
    "semaine centaine dizaine vingtaine trentaine quarantaine cinquantaine soixantaine quinzaine"
)
_LINKS = words("a au aux avec en de d du des sans")
_INNER = words("de d du a au aux en sans sur dans")
_DEEDS = words(
    "vend vends deal deale cache planque garde stocke livre cultive trempe transporte "
    "ravitaille guette bicrave charbonne participe range refourgue revend"
)
_MATTERS = words("or cuir jean laine travers brosse argent toile velours moins plastique")
_AGE = re.compile(
    r"(?:(?:de|d|age de|agee de|environ|entre|dans|a peine|moins de|plus de|a) )*"
    r"(?:(?:une?|la) )?(?:(?:petite|bonne|grosse) )?"
    r"(?:(?:ving|tren|quaran|cinquan|soixan|septan)taine (?:d annees |bien \w+ |passee )?"
    r"|\d\d?(?: (?:a|ou|et|,)? ?\d\d?)? (?:ans|an|piges|berges) (?:environ |max |maximum |a peu pres |tout au plus )?"
    r"|(?:douze|treize|quatorze|quinze|seize|dix sept|dix huit|vingt|trente|quarante|cinquante|soixante)"
    r"(?: (?:ou|a|et))?(?: \w+)?(?: \w+)? ans )"
)


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


@cache
def _wear() -> frozenset[str]:
    return _words("habit") | _words("habit_plus")


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for line in lexicon.lines("verbes.txt") for word in line.split())


def find_persons(wording: Wording, *, asked: bool) -> list[Range]:
    """Ranges of words that describe suspects, in order.

    asked: the person was just asked for, so that a bare head ("un homme") is an answer.
    """
    finder = _Finder(wording, asked=asked)
    found: list[Range] = []
    index = 0
    while index < len(wording):
        span = finder.described(index) or finder.nickname(index) or finder.attribute(index)
        if span and span[1] > span[0]:
            found.append(span)
            index = span[1]
        else:
            index += 1
    if not found and asked and (name := finder.whole_name()):
        found.append(name)
    return found


class _Finder:
    """One message being searched for people."""

    def __init__(self, wording: Wording, *, asked: bool) -> None:
        self.w = wording
        self.asked = asked
        self.heads = {i: f for i, f in _phrases().longest(wording).items() if f.label in ("tete", "plein")}

    # a head and what is said of it --------------------------------------------

    def described(self, index: int) -> Range | None:
        """A determiner or a number, a head, and what is said of it."""
        at, counted = self._determined(index)
        if at < 0:
            return None
        telling = False
        while self.w.word(at) in _PREMODIFIERS and (
            at + 1 in self.heads or self.w.word(at + 1) in _PREMODIFIERS or is_name_like(self.w, at + 1)
        ):
            telling |= self.w.word(at) in _TELLING
            at += 1
        head = self.heads.get(at)
        if head is None:
            return self._by_suffix(index, at) or self._premodified_name(index, at, telling)
        end = self.modified(head.after)
        if not self._says(index, head, end, counted=counted, telling=telling):
            return None
        return index, end

    def _determined(self, index: int) -> tuple[int, bool]:
        """Where the head would be, and whether people are counted; (-1, False) when no phrase opens here."""
        word, at = self.w.word(index), index
        if self.asked and index in self.heads and (index == 0 or self.w.word(index - 1) in (",", ".", "et")):
            return index, False
        counted = word in _NUMBERS or (word.isdigit() and len(word) < 3)
        if not (counted or word in _DETERMINERS):
            return -1, False
        at += 1
        if word in ("une", "la") and self.w.word(at) in _COLLECTIVES and self.w.word(at + 1) in ("de", "d"):
            return at + 2, True
        while self.w.word(at) in _NUMBERS or (self.w.word(at).isdigit() and len(self.w.word(at)) < 3):
            counted, at = True, at + 1
        if (
            counted
            and self.w.word(at) in ("ou", "a")
            and (self.w.word(at + 1) in _NUMBERS or self.w.word(at + 1).isdigit())
        ):
            at += 2
        return at, counted

    def _says(self, index: int, head: Found, end: int, *, counted: bool, telling: bool) -> bool:
        """Whether the phrase tells something about a suspect."""
        word, text = self.w.word(index), self.w.word(head.first)
        bare = end == head.after
        if self.asked:
            return not (bare and text in ("personne", "personnes", "gens", "tete"))
        if word in _OWN:
            return self.w.word(end) in _DEEDS or self.w.word(end + 1) in _DEEDS
        if bare and (
            text
            in ("client", "clients", "eleves", "enfants", "agent", "collegues", "personne", "fois", "tete", "agents")
        ):
            return False
        if counted or not bare:
            return True
        if word in _DEFINITE:
            return telling and text not in _NEVER_ALONE
        return (
            telling
            or (head.label == "plein" and word not in ("des",))
            or (word in _THEIR and text not in ("tete", "client", "clients"))
        )

    def _by_suffix(self, index: int, at: int) -> Range | None:
        """ "un camionneur chauve", "un menuisier, cicatrice a la levre": a trade that a description follows."""
        word = self.w.word(at)
        if self.w.word(index) in _OWN or not _SUFFIXES.fullmatch(word) or word in _NOT_PEOPLE or self.w.capital(at):
            return None
        end = self.modified(at + 1, strict=True)
        return (index, end) if end > at + 1 else None

    def _premodified_name(self, index: int, at: int, telling: bool) -> Range | None:
        """ "le gros Thierry"."""
        named = telling and is_name_like(self.w, at) and self.w.capital(at)
        return (index, self.modified(self.name(at))) if named else None

    # qualities ---------------------------------------------------------------

    def modified(self, at: int, *, strict: bool = False) -> int:
        """The end of the qualities that follow a head. strict: no mere complement ("de ...") opens them."""
        first = at
        while at < len(self.w):
            step = self.quality(at, opening=strict and at == first)
            if step == at and self.w.word(at) in (",", "et", "(", "avec"):
                ahead = self.listed(at + 1)
                step = ahead if ahead > at + 1 else at
            if step == at:
                return at
            at = step
        return at

    def quality(self, at: int, *, opening: bool = False) -> int:
        """The end of one quality at `at`: an adjective, an age, clothes, a relation."""
        word = self.w.word(at)
        if (end := self.age(at)) > at:
            return end
        if word in _words("qualite") and word not in (
            "plus",
            "moins",
            "bien",
            "tout",
            "tres",
            "mal",
            "type",
            "corpulence",
        ):
            return self._attached(at + 1)
        if word in ("tres", "plutot", "assez", "bien", "mal", "plus", "tout", "toute", "tous") and self.w.word(
            at + 1
        ) in _words("qualite"):
            return at + 2
        if word in ("en", "avec", "sans", "a", "au", "aux") and (end := self.outfit(at)) > at:
            return end
        if word in ("du", "de", "d", "des") and not opening and (end := self.relation(at)) > at:
            return end
        if word in ("dit", "surnomme", "surnommee", "prenomme", "nomme") and is_name_like(self.w, at + 1):
            return self.name(at + 1)
        if word == '"' and (end := self._quoted(at)) > at:
            return end
        if is_name_like(self.w, at) and self.w.capital(at) and not opening and at - 1 in self.heads:
            return self.name(at)
        return at

    def listed(self, at: int) -> int:
        """A quality after a comma: ", lunettes rondes", ", la quarantaine", ", cicatrice au menton"."""
        if (end := self.quality(at)) > at and self.w.word(at) not in ("du", "de", "d", "des", "a", "au", "aux"):
            return end
        first = at
        if self.w.word(at) in ("un", "une", "des", "les", "la", "le", "toujours") and self.w.word(at + 1) in _wear():
            at += 1
        if (
            self.w.word(at)
            in ("gros", "grosse", "petit", "petite", "grand", "grande", "longue", "grandes", "vieux", "vieille")
            and self.w.word(at + 1) in _wear()
        ):
            at += 1
        if self.w.word(at) not in _wear():
            return first
        if (
            self.w.word(first) in ("un", "une")
            and self.w.word(first - 1) == "et"
            and self.w.word(at) in ("chien", "pitbull", "sac")
        ):
            return first
        return self.noun_group(at)

    def age(self, at: int) -> int:
        """ "d'une quarantaine d'annees", "de 16-17 ans", "la trentaine", "25 ans"."""
        if not (
            self.w.word(at) in ("de", "d", "la", "environ", "une", "age", "agee", "entre", "a", "moins", "plus")
            or self.w.word(at)[:1].isdigit()
            or self.w.word(at).endswith("aine")
        ):
            return at
        found = _AGE.match(self.w.joined, self.w.at[at])
        return self.w.index(found.end() - 1) + 1 if found else at

    def outfit(self, at: int) -> int:
        """ "en survetement gris", "avec une bassine de poissons", "a la casquette rouge", "aux cheveux longs"."""
        link, ahead = self.w.word(at), at + 1
        while self.w.word(ahead) in (
            "un",
            "une",
            "le",
            "la",
            "les",
            "l",
            "des",
            "de",
            "son",
            "sa",
            "ses",
            "leur",
            "leurs",
        ) or (
            self.w.word(ahead)
            in (
                "gros",
                "grosse",
                "petit",
                "petite",
                "grand",
                "grande",
                "long",
                "longue",
                "vieux",
                "vieille",
                "faux",
                "meme",
                "grands",
                "grandes",
                "petits",
                "petites",
            )
        ):
            ahead += 1
        word = self.w.word(ahead)
        if not word or word in MARKS or word == MASKED or word in _verbs() or word[0].isdigit():
            return at
        if word in _wear():
            return self.noun_group(ahead)
        loose = (link == "avec" and ahead > at + 1) or (link == "en" and ahead == at + 1)
        if loose and word not in _NOT_WORN and not is_plain(word) and (word in data.ordinary_words() or link == "avec"):
            return self.noun_group(ahead)
        return at

    def noun_group(self, at: int) -> int:
        """A noun with its adjectives and complements: "sacoche Lacoste en travers", "scorpion tatoue dans le cou"."""
        first = at
        at += 1
        while at < len(self.w) and at - first < 8:
            word = self.w.word(at)
            if word in MARKS or word == MASKED or (word in _verbs() and word not in ("a", "en", "sans", "sous")):
                return at
            if word in _INNER and (end := self._inner(at)) > at:
                at = end
            elif (
                word in _words("qualite")
                or self.w.capital(at)
                or (word in _wear() and self.w.word(at - 1) not in _INNER)
            ) or (
                word not in _INNER and not is_plain(word) and word not in _DETERMINERS and _ADJECTIVE.fullmatch(word)
            ):
                at += 1
            else:
                return at
        return at

    def _inner(self, at: int) -> int:
        """ "de ski", "a fleurs", "dans le cou", "sur la joue", "sans manches", "en or"."""
        ahead = at + 1
        while self.w.word(ahead) in ("la", "le", "l", "les"):
            ahead += 1
        word = self.w.word(ahead)
        if not word.isalpha() or (word in _verbs() and word not in _wear()):
            return at
        if self.w.word(at) in ("sur", "dans"):
            return ahead + 1 if word in _wear() | {"cote", "tete", "travers", "crane"} else at
        if self.w.word(at) == "en":
            return ahead + 1 if word in _MATTERS else at
        if self.w.word(at) in ("du", "des", "au", "aux") and word not in _wear() and not self.w.capital(ahead):
            return at
        if is_plain(word):
            return at
        return ahead + 1

    def _attached(self, at: int) -> int:
        """ "tatoue dans le cou", "barbu a lunettes" are reached by the next step; "de taille moyenne" here."""
        if (
            self.w.word(at) in ("dans", "sur")
            and self.w.word(at + 1) in ("le", "la", "l", "les")
            and self.w.word(at + 2) in _wear()
        ):
            return at + 3
        return at

    def relation(self, at: int) -> int:
        """ "le fils du boulanger", "la copine de Momo", "la dame du rez-de-chaussee": nouns or a name."""
        end = at
        while self.w.word(end) in ("de", "d", "du", "des") and end - at < 6:
            ahead = end + 1
            while self.w.word(ahead) in ("la", "le", "l", "les", "mon", "ma", "notre", "en"):
                ahead += 1
            word = self.w.word(ahead)
            if (
                not word
                or word in MARKS
                or word == MASKED
                or word in _verbs()
                or (is_plain(word) and word not in ("voisin", "face", "bas", "haut", "coin", "cote"))
            ):
                return end
            end = self.name(ahead) if is_name_like(self.w, ahead) else ahead + 1
            if self.w.words[ahead : ahead + 3] == ("rez", "de", "chaussee"):
                end = ahead + 3
        return end

    def name(self, at: int) -> int:
        """The end of a name or nickname."""
        end = at
        while end - at < 4 and (
            is_name_like(self.w, end)
            or (end > at and self.w.word(end) in ("le", "la", "de", "du", "l") and is_name_like(self.w, end + 1))
        ):
            end += 1
        return end

    def _quoted(self, at: int) -> int:
        for end in range(at + 2, min(at + 6, len(self.w))):
            if self.w.words[end] == '"':
                return end + 1
        return at

    # names and attributes -----------------------------------------------------

    def nickname(self, index: int) -> Range | None:
        """ "surnomme Biscuit", "un certain Kader", "on l'appelle Nono"."""
        for cue in _phrases().found_at(self.w, index):
            if cue.label != "surnom" or (self.w.word(cue.first) == "s" and self.w.word(cue.first - 1) in ("ca", "je")):
                continue
            keeps = self.w.word(cue.first) in ("un", "une")
            at = cue.after
            while self.w.word(at) in ("est", "c", '"', ":"):
                at += 1
            end = at
            if (
                self.w.word(at) in ("le", "la", "l")
                and self.w.word(at + 1).isalpha()
                and self.w.word(at + 1) not in _verbs()
            ):
                end = self.name(at + 1) if is_name_like(self.w, at + 1) else at + 2
            elif is_name_like(self.w, at):
                end = self.name(at)
            if end > at:
                return cue.first if keeps else at, self.modified(end)
        return None

    def attribute(self, index: int) -> Range | None:
        """ "il a une cicatrice a la joue": what is said of a pronoun."""
        holds = self.w.word(index - 2) in _HOLDERS and self.w.word(index - 1) in _HOLDING
        if not (
            holds
            or (self.asked and (index == 0 or self.w.word(index - 1) in (",", "avec", ".", "en", "et", "est", "genre")))
        ):
            return None
        if (end := self.age(index)) > index:
            return index, self.modified(end)
        word = self.w.word(index)
        ahead = index + 1 if word in ("un", "une", "des", "les", "la", "le") else index
        if self.w.word(ahead) in ("gros", "grosse", "petit", "petite", "grand", "grande", "longue", "longs"):
            ahead += 1
        if self.w.word(ahead) in _wear() and self.w.word(ahead) not in (
            "chien",
            "sac",
            "scooter",
            "velo",
            "trottinette",
            "noir",
            "blanc",
            "type",
            "main",
            "mains",
            "chiens",
        ):
            return index, self.modified(self.noun_group(ahead))
        is_said = self.asked or self.w.word(index - 1) == "est"
        if is_said and word in _words("qualite") and word not in _HOLLOW and not is_plain(word):
            return index, self.modified(self._attached(index + 1))
        return None

    def whole_name(self) -> Range | None:
        """A short answer that is nothing but a name: "Momo la Fouine"."""
        first, end = 0, len(self.w)
        while first < end and self.w.words[first] in ("c", "est", "un", "surnom", ":", '"'):
            first += 1
        while end > first and self.w.words[end - 1] in MARKS:
            end -= 1
        named = (
            end - first <= 4 and first < end and (is_name_like(self.w, first) or self.w.word(first) in given_names())
        )
        return (
            (first, end)
            if named
            and all(
                is_name_like(self.w, i)
                or self.w.word(i) in ("le", "la", "de", "l", "et")
                or self.w.word(i) in given_names()
                for i in range(first, end)
            )
            else None
        )


_HOLDERS = words("il elle ils elles lui")
_HOLDING = words("a avait porte portait ont portent avec est")
_HOLLOW = words("bien mal tout plus moins tres type assez plutot court long")
_NOT_WORN = words(
    "train voiture scooter moto velo bas haut face permanence gare ville semaine plein journee "
    "soiree fin debut direction provenance vacances cours groupe bande plus moins dehors "
    "liquide cash especes voitures scooters taxi bus metro tram camion mains tete main "
    "compagnie prison question rapport fait effet general personne place route garde bagarre "
    "courant colere fuite cachette retrait ligne attente terrasse bout marge chemin ete hiver "
    "automne mai juin juillet aout face plastique boucle vente train argent sachet sachets "
    "drogue produit came sac sacs paquet paquets"
)
_ADJECTIVE = re.compile(
    r"[a-z]+(?:es?|ant|ante|ants|ent|eux|euse|ique|ble|al|ale|if|ive|ard|arde|et|ette|s|oir|ur|u|us|ue|ues|is|ise|isse|ait|ade|al|el|elle|on|onne)"
)
