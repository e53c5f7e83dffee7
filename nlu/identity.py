"""Who the writer is, wherever they say it: name, exact home, a role that singles them out.

Privacy rests on this module, not on a model: what it finds overrides everything else and is masked before storage.
Whose a phone or a handle is, is judged in nlu/ownership.py.
"""

import re
from collections.abc import Callable
from functools import cache, cached_property
from itertools import pairwise

from nlu.lexicon import words
from nlu.names import TITLES, given_names, is_full_name, name_end, titled_name
from nlu.phrases import Found, Phrases, load
from nlu.place_words import is_name_like, is_plain
from nlu.places import find_places
from nlu.spelling import mended_into
from nlu.strangers import are_two_strangers, unbroken
from nlu.wording import MARKS, MASKED, Wording

Range = tuple[int, int]

_EXACT = re.compile(r"\d{1,4}[a-d]?|vingt|trente|quarante|cinquante|soixante|septante|huitante|nonante|cent")
_FLOOR = re.compile(r"\d{1,2}(?:er|e|eme|ieme)|premier|second|deuxieme|troisieme|\w{2,9}ieme|dernier|rez|rdc")
"""A floor said in words or figures; beside "etage" it singles a home out as a number does."""
_ROOMS = words("appartement porte appart logement villa numero chambre box boite etage")
_LINKS = words("de du des d au a aux")
_ARTICLES = words("la le les l")
_SELF = re.compile(
    r"(?:je suis|j suis|moi|ici|en tant que|nous sommes|c est|signe|tant que)(?: [,:])?(?: (?:la|le|l|un|une|donc))*$"
)
_DOOR = words("etage appartement porte gauche droite villa logement appt")
_QUALIFIERS = words("liberal liberale cp badge agree agreee matricule")
_COMMON_TRADES = words("conducteur conductrice chauffeur vendeur gardien serveur animatrice animateur")
_COMMON_PLACES = words("bus tram taxi car gymnase parking centre nuit")
_GREETINGS = (
    "bonjour", "bonsoir", "salut", "coucou", "allo", "hello", "bjr", "bsr", "slt", "police", "madame", "monsieur",
    "mesdames", "messieurs", "la", "le", ",", ".", "!",
)  # fmt: skip
_ANYONE = words(
    "citoyen citoyenne habitant habitante riverain riveraine resident residente usager parent temoin client cliente "
    "voisin voisine commercant commercante maman papa locataire personne collegue salarie salariee employe employee"
)
_CUES = words(
    "suis appelle apelle appele mappelle mapelle mappele mapel mappel nomme prenomme habite habitons adresse domicilie "
    "signe signee soussigne soussignee cordialement numero bonjour bonsoir"
)
_KIN = words("mere pere tante oncle soeur frere femme epouse cousine cousin ex grand")


@cache
def _phrases() -> Phrases:
    return load("identite.txt")


def find_identity(wording: Wording, *, asked: str | None) -> list[Range]:
    """Ranges of words that tell who the writer is (contacts apart), in order and not overlapping."""
    found: list[Range] = []
    search = _Search(wording, asked)
    cues = sorted(_phrases().found(search.cued), key=lambda cue: (cue.first, -cue.after))
    spans = [search.finders[cue.label](cue) for cue in cues if cue.label in search.finders]
    for span in [*spans, search.opening(), search.signature(), *search.children(), *search.doors()]:
        if (
            span is not None
            and span[0] < span[1] <= len(wording)
            and all(span[1] <= a or span[0] >= b for a, b in found)
        ):
            found.append(span)
    return sorted(found)


class _Search:
    """One message being searched for its writer."""

    def __init__(self, wording: Wording, asked: str | None) -> None:
        self.w = wording
        self.cued = mended_into(wording, _CUES)  # names are read as they were typed
        self.asked = asked
        self._places: list[Range] | None = None
        self.finders: dict[str, Callable[[Found], Range | None]] = {
            "nom": self.announced,
            "nom_plein": self.full,
            "nom_salut": self.greeted,
            "nom_titre": self.titled,
            "apres_nom": self.before_me,
            "apres_titre": self.on_the_line,
            "office": self.office,
            "matricule": self.badge,
            "tenir": self.kept_place,
            "parente": self.kin,
            "adresse": self.home,
            "chez_moi": self.beside_home,
            "role": self.role,
        }

    @property
    def places(self) -> list[Range]:
        if self._places is None:
            self._places = find_places(self.w, asked=True)
        return self._places

    # names ------------------------------------------------------------------

    def announced(self, cue: Found) -> Range | None:
        """ "je m'appelle ...", "cordialement, ...": whatever follows is a name."""
        if self.asked == "personne" and ":" in self.w.words[cue.first : cue.after]:
            return None  # "nom : Karim": of whom they were asked about
        first = self._past(cue.after, (":", ",", '"', "est", "c", "?"))
        sure = not self.w.word(cue.after - 1).startswith("soussigne")
        end = titled_name(self.w, first, sure=sure)
        if sure and end == first and self.w.word(first) in TITLES:  # "cordialement m. dupont"
            named = self._past(first + 1, (".",))
            after = name_end(self.w, named, sure=True)
            end = after if after > named else first
        if not sure and not (self.w.capital(first) or self.w.word(first) in given_names()):
            return None
        return (first, self.extended(unbroken(self.w, end))) if end > first else None

    def full(self, cue: Found) -> Range | None:
        """ "je suis Sonia Marechaux", "moi c'est Titi": only what cannot be anything but a name."""
        if self.w.word(cue.after - 1) in TITLES:
            return None
        first = self._past(cue.after, (":", ",", '"', "("))
        end = titled_name(self.w, first, sure=False)
        text = " ".join(self.cued.words[cue.first : cue.after])
        if end == first or not self._believed(text, first, end):
            return None
        return first, self.extended(end)

    def _believed(self, cue: str, first: int, end: int) -> bool:
        if is_full_name(self.w, first, end):
            return True
        given = self.w.word(first) in given_names()
        if cue.replace(" ,", "").startswith(("moi c est", "c est moi")) or cue == "moi":
            return given or (cue.endswith("c est") and self.w.word(end) in ("", *MARKS))
        if cue.startswith("ici") or cue in ("je suis", "moi je suis"):
            named = end - first > 1 and self.w.capital(first) and self.w.capital(first + 1)
            if not cue.startswith("ici"):
                named = named or (are_two_strangers(self.w, first, end) and not self._is_place(first))
            return given or (named and not self._is_place(first) and not self._is_acronym(first))
        return given

    def _is_acronym(self, index: int) -> bool:
        return self.w.original[self.w.starts[index] : self.w.ends[index]].isupper()

    def _is_place(self, index: int) -> bool:
        return any(first <= index < end for first, end in self._named_places)

    @cached_property
    def _named_places(self) -> list[Range]:
        return find_places(self.w)

    def greeted(self, cue: Found) -> Range | None:
        """ "bonjour c'est Mathilde ...", "merci bien, Jeanne ..."."""
        first = cue.after
        if cue.first > 2 and self.w.word(cue.first) not in ("merci", "mci"):
            return None
        opens = self.w.words[first - 2 : first] == ("c", "est") and cue.first == 0
        if opens and self.w.word(first) not in TITLES and not self._opens_alone(first):
            return None
        end = titled_name(self.w, first, sure=False)
        known = self.w.word(first) in given_names() or is_full_name(self.w, first, end)
        alone = self.asked is None and self.w.word(first - 1) in ("est", "c", "ici", "moi") and end == len(self.w)
        known = known or (alone and self.w.capital(first) and not self._is_place(first))
        if end == first or not known or (self.w.word(first) in ("madame", "monsieur") and end - first < 2):
            return None
        return first, self.extended(end)

    def _opens_alone(self, first: int) -> bool:
        """ "c'est Dylan de la boulangerie, je vous dis ...", not "c'est Dylan qui vend"."""
        return self.asked is None and self.w.word(name_end(self.w, first, sure=False)) in (
            "",
            ",",
            ".",
            "je",
            "j",
            "du",
            "de",
            MASKED,
        )

    def titled(self, cue: Found) -> Range | None:
        """ "retirez mon nom, Mme Heloise Tardieu": a full name only."""
        end = titled_name(self.w, cue.after, sure=False)
        return (cue.after, end) if is_full_name(self.w, cue.after, end) else None

    def before_me(self, cue: Found) -> Range | None:
        """ "Sofiane, c'est moi"."""
        after = cue.first - 1 if self.w.word(cue.first - 1) == "," else cue.first
        for first in range(max(0, after - 3), after):
            if self.w.word(first) in given_names() and name_end(self.w, first, sure=False) == after:
                return first, after
        return None

    def on_the_line(self, cue: Found) -> Range | None:
        """ "Mr Ozouf a l'appareil"."""
        for first in range(max(0, cue.first - 4), cue.first):
            if titled_name(self.w, first, sure=False) == cue.first:
                return first, cue.first
        return None

    def badge(self, cue: Found) -> Range | None:
        """ "matricule 558 213": a number of one's own."""
        before = self.w.words[max(0, cue.first - 6) : cue.first]
        mine = bool({"je", "j", "moi", "mon", "suis", "ici"} & set(before)) or self.w.word(cue.first - 1) in (
            "",
            ",",
            ".",
        )
        return (cue.first, cue.after) if mine else None

    def kept_place(self, cue: Found) -> Range | None:
        """ "je tiens le snack Le Bosphore": one's own business."""
        for first, end in self.places:
            if first in (cue.after, cue.after + 1) and self._is_specific(first, end) and end - first > 1:
                return first, end
        return None

    def kin(self, cue: Found) -> Range | None:
        """ "moi c'est sa tante Ghislaine": the name, or the relation when it is all that is said."""
        end = name_end(self.w, cue.after, sure=False)
        return (cue.after, end) if end > cue.after else (cue.after - 2, cue.after)

    def opening(self) -> Range | None:
        """A full name that opens the message and stands alone or before an address: "Paulette Gerardin, au 7 ..."."""
        first = self._past(0, _GREETINGS)
        end = titled_name(self.w, first, sure=False)
        answers = self.asked in ("personne", "lieu", "produit")
        addressed = self.asked == "personne" and self._address_at(end + 1) > end + 1
        if (end == first or not is_full_name(self.w, first, end) or answers) and not addressed:
            return self._named_role(first)
        if self.w.word(end) not in ("", ",", ":", ".", MASKED, "je", "j"):
            return None
        return first, self.extended(end)

    def _named_role(self, first: int) -> Range | None:
        """ "Priscilla, la coiffeuse de Bourg-Argental : ...", "Theo 06 ..."."""
        if self.w.word(first) in given_names() and self.w.word(first + 1) == MASKED:
            return first, first + 1
        if self.w.word(first) not in given_names() or self.w.word(first + 1) != ",":
            return None
        end = self.extended(first + 1)
        if self._signs_with_contact(first + 2):
            return first, first + 1
        return (first, end) if end > first + 2 and self.w.word(end) in (":", ".", ",", "") else None

    def _signs_with_contact(self, at: int) -> bool:
        """ "Faustine, caissiere, <mail>": a word or two between the name and a number or an address of one's own."""
        comma = next((i for i in range(at, at + 4) if self.w.word(i) == ","), 0)
        return bool(comma) and self.w.word(comma + 1) == MASKED

    def signature(self) -> Range | None:
        """A name that closes the message: ". Josiane Perrault", "bisous Momone"."""
        end = len(self.w)
        while end and self.w.words[end - 1] in MARKS:
            end -= 1
        for first in range(max(2, end - 4), end):
            before = self.w.word(first - 1)
            if before not in (".", ",", "!", "?"):
                continue
            if titled_name(self.w, first, sure=False) == end and (
                is_full_name(self.w, first, end) or (self._is_polite() and self.w.word(first) in given_names())
            ):
                return (first, end) if before != "," or self._is_polite() or first > 6 else None
        return self._signed_with_home(end)

    def _signed_with_home(self, end: int) -> Range | None:
        """ ". Mme Yvette Couderc, 22 bis impasse du Four, Millau." as the last sentence."""
        first = max((i + 1 for i in range(end) if self.w.words[i] in (".", "!", "?")), default=0)
        name = titled_name(self.w, first, sure=False)
        is_named = first > 2 and name > first and is_full_name(self.w, first, name)
        return (first, end) if is_named and name < end and self.extended(name) == end else None

    def _is_polite(self) -> bool:
        return any(
            word in ("merci", "cordialement", "bisous", "cdt", "salutations", "effacez", "supprimez")
            for word in self.w.words
        )

    def children(self) -> list[Range]:
        """ "mon fils Nolan": the child names the parent."""
        return [
            (i, name_end(self.w, i + 1, sure=False))
            for i, word in enumerate(self.w.words)
            if word in ("fils", "fille") and self.w.word(i - 1) in ("mon", "ma") and self.w.word(i + 1) in given_names()
        ]

    def extended(self, end: int) -> int:
        """A name with the role, the floor or the address that follows it."""
        at = end + 1 if self.w.word(end) == "," else end
        if at > end and self.w.word(at) == self.w.word(end - 1) in given_names():
            end = max(end, name_end(self.w, at, sure=True))  # "Serge, Serge Quillevere"
            at = end + 1 if self.w.word(end) == "," else end
        after_noun = at + 2 if self.w.word(at + 1) == "," else at
        for place in (at, after_noun):
            if place > end and (address := self._address_at(place)) > place:
                return self._to_the_door(address)
        start = at + 1 if self.w.word(at) in _ARTICLES else at
        ends = [self._complement(c.after) for c in _phrases().found_at(self.w, start) if c.label == "role"]
        if start > at and not ends and not is_plain(self.w.word(start)):
            ends = [self._complement(start + 1)]  # "Jo, le cordonnier de la rue aux Ours"
        if ends and max(ends) > start + 1:
            return max(ends)
        if self.w.word(end) in ("du", "de") and (after := self._complement(end)) > end + 1:
            return after
        return end

    def _address_at(self, at: int) -> int:
        begins = self._past(at, ("au", "a", "le"))
        return next((end for first, end in self.places if first == begins and self._is_exact(first, end)), at)

    # home -------------------------------------------------------------------

    def home(self, cue: Found) -> Range | None:
        """ "j'habite au 12 rue ...", "mon adresse c'est ..."."""
        at = self._past(cue.after, (":", ",", "au", "a", "dans", "le", "la", "l", "du", "c", "est", "quoi", '"'))
        for first, end in self.places:
            if (first <= at < end or first == at + 1) and first >= cue.first and self._is_exact(first, end):
                return first, self._to_the_door(end)
        return None

    def beside_home(self, cue: Found) -> Range | None:
        """ "12 rue des Tilleuls, c'est chez moi"."""
        for first, end in self.places:
            if (0 <= cue.first - end <= 2 or 0 <= first - cue.after <= 2) and self._is_exact(first, end):
                return first, self._to_the_door(end)
        return None

    def doors(self) -> list[Range]:
        """An address down to the door, in a message that speaks of one's own home."""
        if not any(cue.label == "chez_moi" for cue in _phrases().found(self.w)):
            return []
        return [
            (first, end)
            for first, end in self.places
            if self._is_exact(first, end)
            and _DOOR & set(self.w.words[first:end])
            and self.w.word(first - 1) not in ("face", "cote", "derriere", "devant")
        ]

    def _to_the_door(self, end: int) -> int:
        """ ", appt 112", ", 2e etage gauche"."""
        at = end + 1 if self.w.word(end) == "," else end
        return next((after for first, after in self.places if first == at), end)

    def _is_exact(self, first: int, end: int) -> bool:
        words = self.w.words[first:end]
        if any(_FLOOR.fullmatch(word) for word in words) and _DOOR & set(words):
            return True
        numbered = any(_EXACT.fullmatch(word) for word in words[:-1]) or any(
            _EXACT.fullmatch(b) and (a in _ROOMS or a not in _LINKS) for a, b in pairwise(words)
        )
        return numbered and end - first > 1

    # role -------------------------------------------------------------------

    def role(self, cue: Found) -> Range | None:
        """ "je suis la gardienne du 9 rue ...": said of oneself, and tied to a place or a name."""
        if not self._said_of_oneself(cue):
            return None
        definite = self.w.word(cue.first - 1) in _ARTICLES or self.w.word(cue.first).startswith("seul")
        end = self._complement(cue.after)
        if end <= cue.after + 1:
            return None
        loose = self.w.word(cue.first) in _COMMON_TRADES and not definite
        if loose and (self.w.word(cue.after + 1) in _COMMON_PLACES or not self._is_specific(cue.after, end)):
            return None
        vague = not definite and (self.w.word(cue.after + 1) in ("un", "une") or self.w.word(cue.after) in ("a", "d"))
        if vague or not (definite or self._is_specific(cue.after, end)):
            return None
        return cue.first, end

    def office(self, cue: Found) -> Range | None:
        """ "je suis la seule dentiste de Maurs": the one who holds it, whatever the trade, tied to a named place."""
        noun = cue.after - 1
        if self.w.word(cue.first) == "en" and not self._speaks_of_oneself(cue.first):
            return None
        if is_plain(self.w.word(noun)) or self.w.word(noun) in _KIN | _ANYONE or self.w.word(noun) in MARKS:
            return None
        end = self._complement(cue.after)
        is_tied = end > cue.after + 1 and self._is_specific(cue.after, end)
        first = noun - 1 if self.w.word(noun - 1).startswith("seul") else noun
        return (first, end) if is_tied and self.w.word(end) not in ("qui", "que") else None

    def _speaks_of_oneself(self, index: int) -> bool:
        """ "En tant que gardien de ...", "je vous écris en tant que ...", not "il travaille en tant que ..."."""
        return self.w.sentence_start(index) or bool({"je", "j"} & set(self.w.words[max(0, index - 4) : index]))

    def _is_specific(self, first: int, end: int) -> bool:
        return any(
            _EXACT.fullmatch(self.w.word(i)) or self.w.capital(i) or is_name_like(self.w, i) for i in range(first, end)
        )

    def _said_of_oneself(self, cue: Found) -> bool:
        joined = " ".join(self.w.words[max(0, cue.first - 5) : cue.first])
        kin = self.w.word(cue.first) in _KIN
        if self.w.word(cue.after) in ("qui", "que") or self.w.word(self._complement(cue.after)) in ("qui", "que"):
            return False
        if (found := _SELF.search(joined)) and not kin:
            opens = cue.first < 4 or found[0].split()[0] != "c"
            return opens and not (self.asked and found[0].startswith("c est"))
        end = self._complement(cue.after)
        if self.w.words[end : end + 3] == ("c", "est", "moi") or self.w.words[end : end + 1] == ("ici",):
            return True
        opens = self.w.sentence_start(cue.first) and self.asked is None and not kin
        said = self.w.words[end : end + 2] in ((",", "je"), (",", "j")) or self.w.word(end) == "ici"
        return opens and (said or cue.first == 0) and self._is_specific(cue.after, end)

    def _complement(self, at: int) -> int:
        """The end of "du 18 rue des Dahlias", "de l'association Les Mains Ouvertes", "de la tournee 6"."""
        end = at
        while self.w.word(end) in _LINKS or (end == at and self.w.word(end) in _QUALIFIERS):
            ahead = end + 1
            while self.w.word(ahead) in _ARTICLES or self.w.word(ahead) in ("un", "une", "notre", "ce", "mon", "ma"):
                ahead += 1
            after = max((stop for first, stop in self.places if first in (ahead, ahead - 1, end + 1)), default=0)
            after = max(after, self._noun(ahead))
            if after == ahead:
                return end
            end = next((stop for first, stop in self.places if first == after), after)
            end = self._to_the_link(end)
        return end

    def _to_the_link(self, end: int) -> int:
        """ "Secours populaire de Vierzon", "Saint-Amans-la-Lande": one more word, or a hyphen, before the next link."""
        while 0 < end < len(self.w) and self.w.original[self.w.ends[end - 1] : self.w.starts[end]] == "-":
            end += 1
        ahead, link = self.w.word(end), self.w.word(end + 1)
        goes_on = ahead.isalpha() and not is_plain(ahead) and ahead not in _LINKS and link in _LINKS
        return end + 1 if goes_on and self.w.capital(end + 2) else end

    def _noun(self, at: int) -> int:
        """One noun with the capitals, numbers and adjectives that follow it."""
        word = self.w.word(at)
        if (
            not word
            or word in MARKS
            or word == MASKED
            or (is_plain(word) and word != "nuit")
            or (word[0].isdigit() and len(word) > 10)
        ):
            return at
        end = at + 1
        while end < len(self.w) and (
            is_name_like(self.w, end)
            or self.w.capital(end)
            or _EXACT.fullmatch(self.w.word(end))
            or re.fullmatch(r"\d+[a-z]+", self.w.word(end))
        ):
            end += 1
        return end

    def _past(self, at: int, words: tuple[str, ...]) -> int:
        while at < len(self.w) and self.w.word(at) in words:
            at += 1
        return at
