"""Personal names: where one begins and ends, told from ordinary words by capitals, given names and titles."""

from functools import cache

from nlu import data, lexicon
from nlu.lexicon import words
from nlu.place_words import is_plain
from nlu.wording import MARKS, MASKED, Wording

TITLES = words(
    "monsieur madame mme mr m mlle mademoiselle docteur dr maitre me adjudant abbe soeur papa "
    "maman tata tonton capitaine major lieutenant professeur"
)
_PARTICLES = words("de la le du des ben bel el d van der den von da dos di")
_NEVER = words(
    "pas tres bien trop tout toujours desole desolee sur sure certain certaine un une la le les "
    "en au a dans chez temoin inquiet inquiete anonyme voisin voisine plus "
    "mon ma mes son sa mais et si ils il elle je on ca c est belge francais "
    "francaise ici de du enceinte police gendarmerie distinguees distinguee distingues "
    "respectueuses meilleures revoila savez commissaire agent merci bonjour bonsoir procureur "
    "madame monsieur prefet commandant"
)
_RANKS = words(
    "saint sainte general marechal colonel pere frere soeur abbe president docteur professeur "
    "capitaine commandant sergent amiral an jan el ion luc"
) - {"luc", "jan"}


@cache
def given_names() -> frozenset[str]:
    """First names, folded (lexicon/prenoms.txt)."""
    words = {word for line in lexicon.lines("prenoms.txt") for word in line.split()}
    return frozenset(words - TITLES - _NEVER - _RANKS)


def name_end(wording: Wording, at: int, *, sure: bool) -> int:
    """The end of a personal name that begins at `at`, or `at`. sure: the words before announce a name."""
    end = at
    while end < len(wording) and end - at < 5:
        word = wording.word(end)
        if (
            _in_name(wording, end, sure=sure and end == at)
            or (end > at and _is_particle(wording, end))
            or (word == "." and end > at and len(wording.word(end - 1)) == 1 and wording.capital(end + 1))
        ):
            end += 1
        else:
            break
    return end


def _is_particle(wording: Wording, index: int) -> bool:
    """ "Hubert de La Motte", "Karim ben Salah"; "la" and "le" before a capital only."""
    word = wording.word(index)
    if word not in _PARTICLES or not _in_name(wording, index + 1, sure=False):
        return word in _PARTICLES and wording.capital(index) and wording.capital(index + 1)
    return word not in ("la", "le") or wording.capital(index + 1)


def titled_name(wording: Wording, at: int, *, sure: bool) -> int:
    """The same, a title before the name taken in; a title alone is no name."""
    first = at
    while wording.word(first) in TITLES and first - at < 2 and _is_title(wording, first):
        first += 1
    end = name_end(wording, first, sure=sure or first > at)
    return end if end > first else at


def _is_title(wording: Wording, index: int) -> bool:
    """ "Me" is a title before a capital only."""
    return wording.word(index) not in ("me", "m") or (wording.capital(index) and wording.capital(index + 1))


def is_full_name(wording: Wording, first: int, end: int) -> bool:
    """A given name and another, or a title and a name, or two capitals that open on a given name."""
    if wording.word(first) in TITLES:
        return end - first > 1
    return end - first > 1 and wording.word(first) in given_names()


def _in_name(wording: Wording, index: int, *, sure: bool) -> bool:
    word = wording.word(index)
    if not word or word in MARKS or word == MASKED or word in _NEVER or not word[0].isalpha():
        return False
    if word in given_names() or wording.capital(index):
        return True
    if not word.isalpha() or is_plain(word):
        return False
    if len(word) > 2 and word not in data.ordinary_words():
        return True
    return sure and len(word) > 3 and wording.word(index + 1) in ("", *MARKS, "et")
