"""Where it happens: streets, spots, parts of buildings, roads, communes, and names after a preposition of place.

A span is the smallest noun phrase without its article; pieces that name the same place and are parted only by a comma
or by de, du, des, a, au are one span (docs/annotation.md). `find_places` gives ranges of words, in order.
"""

import re
from functools import cache, lru_cache

from nlu import data, gazetteer
from nlu.phrases import Found, Phrases, load
from nlu.place_words import (
    ADJACENT,
    AFTER_NUMBER,
    ARTICLES,
    BIS,
    BRANDS,
    COLOURS,
    DETERMINERS,
    LEVELS,
    LOCATIVES,
    MONTHS,
    NAMING,
    NOT_BEFORE,
    NUMBER,
    NUMERALS,
    OF,
    OF_PLACE,
    OPEN_NAMES,
    ORDINAL,
    ORDINALS,
    PART_ALONE,
    POSSESSIVES,
    PREPOSITIONS,
    QUALITIES,
    ROAD,
    ROAD_LETTERS,
    TO,
    UNITS,
    complements,
    is_name_like,
    is_plain,
    lead_names,
)
from nlu.wording import MARKS, MASKED, Wording

Range = tuple[int, int]


@cache
def _phrases() -> Phrases:
    return load("lieux.txt")


@lru_cache(8_192)
def _is_idle(word: str) -> bool:
    known = word in NUMERALS or word in ORDINALS or word in ROAD_LETTERS or gazetteer.opens_a_name(word)
    return word.isalpha() and word in data.ordinary_words() and not known


class _Finder:
    """One message being searched for places."""

    def __init__(self, wording: Wording, *, asked: bool) -> None:
        self.w = wording
        self.asked = asked
        heads: dict[int, Found] = {}
        for found in _phrases().found(wording):
            if found.label == "complement":
                continue
            kept = heads.get(found.first)
            if kept is None or (found.after, found.label == "rue") > (kept.after, kept.label == "rue"):
                heads[found.first] = found
        self.heads = heads

    def all(self) -> list[Range]:
        found: list[Range] = []
        index = 0
        while index < len(self.w):
            end = self.opening(index)
            if end > index:
                end = self.chained(end)
                found.append((index, end))
                index = end
            else:
                index += 1
        return found

    def opening(self, index: int) -> int:
        """The end of the piece that opens a span at `index`, or `index`."""
        word = self.w.words[index]
        if word in MARKS or word == MASKED or (not self.w.capitals[index] and self._opens_nothing(index, word)):
            return index
        for finder in (self.address, self.road, self.level, self.headed, self.town, self.named):
            if (end := finder(index, False)) > index:
                return end
        return index

    def _opens_nothing(self, index: int, word: str) -> bool:
        """Whether a word without a capital is plain French that no finder knows: most are, and are left at once."""
        return index not in self.heads and _is_idle(word)

    def continuing(self, index: int) -> int:
        """The same for a piece that goes on a span, after its link."""
        for finder in (self.address, self.road, self.level, self.headed, self.town, self.proper):
            if (end := finder(index, True)) > index:
                return end
        return index

    def chained(self, end: int) -> int:
        """The end of a span once the pieces linked to it are taken in."""
        while True:
            link = self.link(end)
            if link < 0 or (after := self.continuing(link)) <= link:
                return end
            end = after

    def link(self, index: int) -> int:
        """Where a linked piece would begin, or -1."""
        word, after = self.w.word(index), self.w.word(index + 1)
        if word == "direction" and self.town(index + 1, True) > index + 1:
            return index + 1
        if word == ",":
            if after in TO:
                town = self._past_article(index + 2)
                return town if self.town(town, True) > town else -1
            return -1 if self._are_two_streets(index) else index + 1
        if word in OF or word in TO:
            return self._past_article(index + 1)
        return index if word and word not in MARKS and self._may_touch(index) else -1

    def _are_two_streets(self, comma: int) -> bool:
        """ "rue Pasteur, boulevard Foch": a list, not one place."""
        head = self.heads.get(comma + 1)
        if head is None or head.label != "rue":
            return False
        back = range(max(0, comma - 6), comma)
        return any(
            i in self.heads and self.heads[i].label == "rue" and self.w.word(i - 1) not in OF | ARTICLES for i in back
        )

    def _may_touch(self, index: int) -> bool:
        """Whether a piece may follow another with nothing between: "bar ferme" is no farm."""
        head = self.heads.get(index)
        return head is None or head.label in ("rue", "nomme") or self.w.capital(index) or self.w.word(index) in ADJACENT

    def _past_article(self, index: int) -> int:
        return index + 1 if self.w.word(index) in ARTICLES else index

    # pieces -----------------------------------------------------------------

    def address(self, index: int, linked: bool) -> int:
        """ "12 bis rue des Lilas"."""
        at = index
        while self.w.word(at) in NUMERALS and at - index < 4:
            at += 1
        if at == index and not re.fullmatch(r"\d{1,4}[a-d]?", self.w.word(at)):
            return index
        at = max(at, index + 1)
        if self.w.word(at) in BIS:
            at += 1
        if self.w.word(at) == "," or (self.w.word(at) == "de" and self.w.word(at + 1) == "la"):
            at += 1 if self.w.word(at) == "," else 2
        head = self.heads.get(at)
        if head is not None and head.label == "rue" and (end := self.street(head)) > head.after:
            return end
        return index

    def road(self, index: int, linked: bool) -> int:
        """ "A36", "RN 57", "autoroute A9" (the last through its head)."""
        word, after = self.w.word(index), self.w.word(index + 1)
        before = self.w.word(index - 1)
        if ROAD.fullmatch(word) and (linked or before in PREPOSITIONS | DETERMINERS or self.asked):
            return index + 1
        spaced = word in ROAD_LETTERS and after.isdigit() and len(after) < 5
        if spaced and (word in ("rn", "rd") or before in ("l", "la", "autoroute", "route")):
            return index + 2 if self.w.word(index + 2) not in UNITS else index
        return index

    def level(self, index: int, linked: bool) -> int:
        """ "2e etage", "troisieme sous-sol gauche"."""
        word = self.w.word(index)
        if not (ORDINAL.fullmatch(word) or word in ORDINALS):
            return index
        at = index + 1
        if self.w.word(at) not in LEVELS:
            bare = ORDINAL.fullmatch(word) and self.w.word(index - 1) == "au"
            ends = self._ends(at) or (is_plain(self.w.word(at)) and self.w.word(at) not in MONTHS)
            return at if bare and ends else index
        while self.w.word(at) in LEVELS or (
            self.w.word(at) in ("sol", "de", "a") and self.w.word(at + 1) in LEVELS | {"chaussee"}
        ):
            at += 1
        if self.w.word(at) == "sol":
            at += 1
        if self.w.word(at) in ("gauche", "droite"):
            at += 1
        return at

    def headed(self, index: int, linked: bool) -> int:
        """A piece opened by a word of lieux.txt."""
        head = self.heads.get(index)
        if head is None or (not linked and not self._may_open(head)):
            return index
        if head.label == "rue":
            end = self.street(head)
            if end > head.after:
                return end
            return self.grown(head) if self._also_spot(head) and (linked or self._is_located(index)) else index
        if head.label == "nomme":
            end = self.grown(head)
            return end if end > head.after else index
        if head.label == "partie":
            return self.part(head)
        if self.w.word(index) == "numero" and not (
            self.w.word(index + 1).isdigit() and self.w.word(index - 1) in ("au", "le", "du")
        ):
            return index
        end = self.grown(head)
        if end > head.after or head.after - head.first > 1 or linked or self._is_located(head.first):
            return end
        link = self.link(end)
        return end if link > end and self.continuing(link) > link else index

    def _is_located(self, index: int) -> bool:
        """Whether a spot without a name stands where a place does: "derriere le parking", not "le parking est cher"."""
        if self.asked or len(self.w) < 6:
            return self.w.word(index - 1) not in POSSESSIVES
        before = [self.w.word(index - back) for back in range(1, 4)]
        if self.w.word(index) in ("fenetre", "balcon", "fenetres") and {"je", "j", "on"} & set(
            self.w.words[max(0, index - 6) : index]
        ):
            return False
        if before[0] in LOCATIVES:
            return True
        if before[0] not in DETERMINERS or before[0] in POSSESSIVES:
            return False
        if before[0] in ("du", "des") or (before[0] in ARTICLES and before[1] == "de"):
            return bool({before[1], before[2]} & OF_PLACE)
        return before[1] in LOCATIVES

    def _also_spot(self, head: Found) -> bool:
        return any(f.label == "seul" and f.after == head.after for f in _phrases().found_at(self.w, head.first))

    def _may_open(self, head: Found) -> bool:
        before, two = self.w.word(head.first - 1), self.w.word(head.first - 2)
        if (
            self.w.word(head.first) in ("gare", "gares")
            and self.w.original[self.w.ends[head.first] - 1] in "éÉèe"
            and before not in DETERMINERS | {"en"}
        ):
            return False
        if self._is_instead(head) or (self.w.word(head.first) == "ave" and before in ("un", "des", "les")):
            return False
        if self.w.word(head.first) == "tour" and two in ("faire", "fait", "font", "faisait", "fais"):
            return False
        if head.label in ("rue", "nomme") and before not in NOT_BEFORE:
            return True
        if before in NOT_BEFORE and not self.w.capital(head.first):
            return before == "en" and self.w.word(head.first) == "gare"
        if before in DETERMINERS or before in PREPOSITIONS or self.w.capital(head.first):
            return True
        if before in ("", ",", ".", ":", "(", '"', "!", ";"):
            return True
        return head.after - head.first > 1 or two in PREPOSITIONS or self.asked or self.grown(head) > head.after

    def _is_instead(self, head: Found) -> bool:
        """ "À la place du cadenas": the square of nothing that is a place."""
        if self.w.word(head.first) != "place" or self.w.words[max(0, head.first - 2) : head.first] != ("a", "la"):
            return False
        named = self._past_article(head.after + 1)
        return self.w.word(head.after) in OF and not self.w.capital(named) and named not in self.heads

    def part(self, head: Found) -> int:
        """ "entree du parking", "fond de l'allee": a part counts with the whole it belongs to."""
        link = head.after
        if self.w.word(link) in OF:
            at = self._past_article(link + 1)
            if (end := self.continuing(at)) > at:
                return end
            if self.w.word(at) in complements():
                return at + 1
        if self.w.word(head.first) in PART_ALONE and (self.asked or self._numbered(link) > link):
            return self._numbered(link)
        if self.w.word(head.first) == "entree" and self.w.words[head.first - 2 : head.first] == ("a", "l"):
            return head.after
        spot = self._also_spot(head) and self._is_located(head.first)
        return self.grown(head) if spot else head.first

    def street(self, head: Found) -> int:
        """The end of a street's name, or the end of its head when it has none."""
        at = head.after
        start = at
        while self.w.word(at) in OF or self.w.word(at) in ARTICLES:
            at += 1
        if self._date(at) > at:
            return self._date(at)
        if self._word_of_name(at, forced=True):
            return self._house_after(self.name(at + 1, lead=at))
        if (
            at == start
            and self._numbered(at) > at
            and self.w.word(head.first) in ("quai", "pont", "allee", "voie", "ch")
        ):
            return self._numbered(at)
        return head.after

    def _house_after(self, at: int) -> int:
        """The number after the street, as Belgians write it: "rue Haute 55, boite 3"."""
        end = self._numbered(at)
        if (end > at and self.w.word(at)[0].isdigit() and self.w.word(end) in AFTER_NUMBER) or end > at + 1:
            at = end
        if self.w.word(at) == "," and self.w.word(at + 1) in ("boite", "bte") and self.w.word(at + 2).isdigit():
            at += 3
        return at

    def _date(self, at: int) -> int:
        day, month, year = self.w.word(at), self.w.word(at + 1), self.w.word(at + 2)
        if re.fullmatch(r"\d{1,2}(?:er)?|onze|huit|quatre|quatorze|premier", day) and month in MONTHS:
            return at + 3 if re.fullmatch(r"(?:19|18|20)?\d\d", year) else at + 2
        return at

    def _word_of_name(self, at: int, *, forced: bool) -> bool:
        word = self.w.word(at)
        if not word or word in MARKS or word == MASKED:
            return False
        if self.w.capital(at) or is_name_like(self.w, at):
            return True
        return forced and word.isalpha() and len(word) > 2 and not is_plain(word)

    def name(self, at: int, lead: int) -> int:
        """The end of a proper name that goes on at `at`."""
        while at < len(self.w) and at - lead < 8:
            if is_name_like(self.w, at):
                at += 1
            elif self.w.word(at) in OF | ARTICLES | {"et", "sur", "sous", "a", "aux", "en"}:
                ahead = at + 1
                while self.w.word(ahead) in ARTICLES | OF:
                    ahead += 1
                if not self.w.capital(ahead) or self.w.sentence_start(ahead):
                    return at
                at = ahead + 1
            elif self._after_title(at):
                at += 1
            else:
                return at
        return at

    def _after_title(self, at: int) -> bool:
        """ "rue victor hugo", "rue du general leclerc": a second word goes with a first name or a title."""
        before = self.w.word(at - 1)
        return before in lead_names() and self.w.word(at).isalpha() and not is_plain(self.w.word(at))

    def grown(self, head: Found) -> int:
        """The end of a spot or a whole with its number, name, quality and complement."""
        at = head.after
        opens = self.w.word(head.first) in OPEN_NAMES or head.label == "nomme"
        while at < len(self.w):
            word = self.w.word(at)
            if (end := self._numbered(at)) > at:
                at = end
            elif word in QUALITIES and not (word == "est" and not self._ends(at + 1)):
                at += 1
            elif is_name_like(self.w, at) and (self.w.capital(at) or opens or at > head.after):
                at = self.name(at + 1, lead=at)
            elif (
                (word == '"' and (end := self._quoted(at)) > at)
                or (word in OF | TO | ARTICLES and (end := self._complement(at, opens)) > at)
                or (word == "cote" and (end := self._side(at + 1)) > at + 1)
            ):
                at = end
            elif (word in COLOURS and at == head.after) or (self._is_brand(at) and at == head.after):
                at += 1
            elif word in ("en", "sans") and self.w.word(at + 1) in (
                "ruine",
                "ruines",
                "nom",
                "beton",
                "travaux",
                "contrebas",
            ):
                at += 2
            else:
                return at
        return at

    def _side(self, at: int) -> int:
        """ "cote mairie", "cote rue de Dole": what follows "cote" without an article."""
        word = self.w.word(at)
        if word in DETERMINERS or word in OF or (is_plain(word) and word not in ("porte",)):
            return at
        if at in self.heads and self.heads[at].label != "complement" and (end := self.headed(at, True)) > at:
            return end
        return at + 1 if word.isalpha() and len(word) > 2 else at

    def _is_brand(self, at: int) -> bool:
        """A word after a spot that no dictionary holds: "abribus ilevia", "station total"."""
        word = self.w.word(at)
        return word in BRANDS or (len(word) > 3 and is_name_like(self.w, at) and word not in lead_names())

    def _ends(self, at: int) -> bool:
        return self.w.word(at) in ("", *MARKS)

    def _quoted(self, at: int) -> int:
        for end in range(at + 2, min(at + 7, len(self.w))):
            if self.w.words[end] == '"':
                return end + 1
        return at

    def _numbered(self, at: int) -> int:
        word, after = self.w.word(at), self.w.word(at + 1)
        if word in ("n", "no", "numero") and NUMBER.fullmatch(after):
            return at + 2
        if at and self.w.word(at - 1) == "numero" and word in NUMERALS:
            return at + 2 if after in NUMERALS else at + 1
        if NUMBER.fullmatch(word) and after not in UNITS and not (word.isdigit() and after == "h"):
            return at + 1
        letter = len(word) == 1 and word.isalpha() and word not in "alndsjmtcy"
        if (letter or (len(word) == 1 and word.isalpha() and self.w.capital(at))) and word != "y":
            return at + 1
        return at

    def _complement(self, at: int, opens: bool) -> int:
        """ "local a velos", "cite de la Castellane", "residence des acacias"."""
        ahead = self._past_article(at + 1) if self.w.word(at) not in ARTICLES else at + 1
        word = self.w.word(ahead)
        if ahead in self.heads and not self.w.capital(ahead):
            return at
        if (
            self.w.word(at) == "du"
            and (NUMBER.fullmatch(word) or ORDINAL.fullmatch(word))
            and self.w.word(ahead + 1) not in UNITS | MONTHS
        ):
            return ahead + 1
        if is_name_like(self.w, ahead):
            return self.name(ahead + 1, lead=ahead)
        if self.w.word(at) in ARTICLES:
            if opens and at and word.isalpha() and not is_plain(word) and len(word) > 3:
                return ahead + 1 if self.w.capital(at) else at
            return at
        if word in complements():
            return ahead + 1
        if self.w.word(at) in OF and word.isalpha() and len(word) > 2 and not is_plain(word):
            return self.name(ahead + 1, lead=ahead) if ahead not in self.heads else at
        if self.w.word(at) in TO and word in ("volets", "toit", "portail", "facade", "grille"):
            end = ahead + 1
            while self.w.word(end) in COLOURS or self.w.word(end) in (
                "bleus",
                "verts",
                "rouges",
                "de",
                "tole",
                "fermes",
                "mauves",
                "blancs",
            ):
                end += 1
            return end
        return at

    def town(self, index: int, linked: bool) -> int:
        """A commune or a place abroad."""
        if re.fullmatch(r"\d{5}", self.w.word(index)) and (length := gazetteer.longest_at(self.w, index + 1)):
            return index + 1 + length
        length = gazetteer.longest_at(self.w, index)
        if not length:
            return self._misspelt_town(index)
        word, before = self.w.word(index), self.w.word(index - 1)
        opens = self.w.sentence_start(index) and length == 1 and word in data.ordinary_words()
        if opens and not self.asked:
            return index
        if self.w.capital(index):
            if before in ("monsieur", "madame", "mme", "m", "mr", "saint"):
                return index
            return self._town_end(index + length)
        if length == 1 and (word in data.ordinary_words() or is_plain(word)) and not self.w.capital(index):
            return index
        if length == 1 and word in lead_names():
            return index
        if word in ARTICLES and not self.w.capital(index):
            return index
        if not any(self._is_distinctive(i) for i in range(index, index + length)):
            return index
        cued = linked or self.asked or before in NAMING or self.w.sentence_start(index) or length > 1
        return self._town_end(index + length) if cued or before in (",", "(") else index

    def _misspelt_town(self, index: int) -> int:
        """ "a besanson": a word that is no French, after "a" or "sur", near the name of a commune."""
        cued = self.w.word(index - 1) in ("a", "sur", "vers", "de") and not self.w.capital(index)
        if cued and is_name_like(self.w, index) and gazetteer.nearest(self.w.word(index)):
            return self._town_end(index + 1)
        return index

    def _is_distinctive(self, index: int) -> bool:
        word = self.w.word(index)
        return self.w.capital(index) or (
            word not in data.ordinary_words() and index not in self.heads and len(word) > 2
        )

    def _town_end(self, at: int) -> int:
        """ "Saint-Denis, 93", "Dole 39100", "Lyon 3e", "Saint-Amans-la-Lande"."""
        at = self._hyphened(at)
        word = self.w.word(at)
        if re.fullmatch(r"\d{5}|\d{1,2}(?:e|eme|er)", word):
            return at + 1
        if re.fullmatch(r"\d\d", word) and self._ends(at + 1):
            return at + 1
        if word == "(" and re.fullmatch(r"\d{2,5}|2a|2b", self.w.word(at + 1)):
            return at + 2
        if word in ("nord", "sud", "est", "centre", "ville") and self._ends(at + 1):
            return at + 1
        if word == "rive" and self.w.word(at + 1) in ("droite", "gauche"):
            return at + 2
        return at

    def _is_no_place(self, word: str) -> bool:
        """ "sur Snapchat", "a Enzo": a capital, but no place."""
        return word in lead_names() or is_plain(word)

    def _hyphened(self, at: int) -> int:
        """The end of a hyphenated name, whatever its parts."""
        while (
            0 < at < len(self.w)
            and self.w.original[self.w.ends[at - 1] : self.w.starts[at]] == "-"
            and self.w.word(at).isalpha()
        ):
            at += 1
        return at

    def named(self, index: int, linked: bool) -> int:
        """A proper name after a preposition of place, or alone when the place was asked for."""
        before, two, word = self.w.word(index - 1), self.w.word(index - 2), self.w.word(index)
        if self.w.capital(index) and not self.w.sentence_start(index) and not self._is_no_place(word):
            cued = before in ("a", "au", "aux", "sur", "vers", "cote", "derriere", "devant", "chez", "dans") or (
                before in ("la", "le", "les", "l")
                and two in ("a", "sur", "vers", "derriere", "devant", "dans", "cote", "face")
            )
            if cued:
                return self.name(index + 1, lead=index)
        return index

    def proper(self, index: int, linked: bool) -> int:
        """A capitalised name that goes on a span."""
        if self.w.capital(index) and is_name_like(self.w, index) and self.w.word(index - 1) in OF | ARTICLES | TO:
            return self.name(index + 1, lead=index)
        return index


def find_places(wording: Wording, *, asked: bool = False) -> list[Range]:
    """Ranges of words that name places, in order.

    asked: the place was just asked for, so that weaker signs are enough.
    """
    return _Finder(wording, asked=asked).all()
