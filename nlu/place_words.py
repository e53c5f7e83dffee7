"""The small words of places: what opens, links, numbers and ends their names, and what may be a name at all."""

import re
from functools import cache

from nlu import data, lexicon
from nlu.lexicon import words
from nlu.wording import MARKS, MASKED, Wording

ROAD = re.compile(r"(?:a|n|d|e|rn|rd|m|cd)\d{1,4}[a-z]?")
ROAD_LETTERS = words("a n d e rn rd")
NUMBER = re.compile(r"\d{1,5}[a-z]?|[a-h]\d{1,3}")
ORDINAL = re.compile(r"\d{1,2}(?:e|er|ere|em|eme|ieme|nd|nde)")
ORDINALS = words(
    "premier premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme "
    "dixieme onzieme douzieme dernier derniere second seconde rez"
)
LEVELS = words(
    "etage etages sous niveau porte cave rang rangee box hall sortie rue virage arret gauche droite chaussee"
)
NUMERALS = words(
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingt trente quarante cinquante soixante septante octante huitante nonante cent vingts"
)
ADJACENT = words(
    "hall bat batiment bloc escalier tour niveau etage porte box quai place parking cage sous rdc sortie entree arret"
)
BIS = words("bis ter quater b")
OF = words("de du des d")
TO = words("a au aux")
ARTICLES = words("la le les l")
DETERMINERS = words(
    "la le les l un une du des de d au aux mon ma mes notre nos votre vos son sa ses leur leurs "
    "ce cet cette ces chaque deux trois quatre"
)
PREPOSITIONS = words(
    "a au aux dans sur sous devant derriere vers chez contre entre depuis par jusqu en et ou cote pres face"
)
NAMING = words("a sur vers de d depuis entre et cote pour a+la jusqu vient viens direct")
POSSESSIVES = words("mon ma mes notre nos votre vos")
LOCATIVES = words(
    "a au aux dans sur sous devant derriere vers chez contre entre depuis par jusqu cote face et , ( : ds travers"
)
OF_PLACE = words(
    "pres cote face bas haut pied fond bout sortie sort sortent loin autour hors long interieur "
    "sein dessus dessous partir niveau abords proximite entree vient viennent depuis coin angle "
    "devant derriere milieu environs"
)
NOT_BEFORE = words("il elle on ils elles ca qui se s je j tu me m te en sans comme pas sur+place")
UNITS = words(
    "ans an euros euro h heures heure min minutes fois jours jour mois kilos kg kilo g grammes "
    "mecs types jeunes gars personnes hommes garcons filles femmes balles eur pourcent semaines "
    "secondes s metres m km sachets clients"
)
MONTHS = words("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
COLOURS = words("jaune rouge bleu bleue vert verte blanc blanche gris grise noir noire rose orange beige marron")
BRANDS = words("total shell esso avia elf bp sncf ratp tec stib ilevia indigo vinci effia star tcl tbm")
QUALITIES = words(
    "abandonne abandonnee abandonnes desaffecte desaffectee desaffectes souterrain souterraine "
    "vide vides squatte squattee municipal municipale sncf nord sud est ouest gauche droite "
    "haut bas central centrale neuf neuve vieux vieille public publique couvert couverte "
    "routier routiere commercial commerciale pieton pietonne pietonnier maternelle primaire "
    "industriel industrielle desaffectees principal principale prive privee scolaire agricole "
    "communal communale gratuit payant exterieur exterieure interieur interieure universitaire "
    "professionnel mural murees mure muree ferroviaire maritime medical automatique artisanal "
    "synthetique designe relais grillage condamne condamnee social sociale fluvial fluviale "
    "forestiere internationale international national sportif sportive polyvalente paroissial "
    "paroissiale equestre naturiste militaire elementaire"
)
AFTER_NUMBER = frozenset(("", *MARKS, *OF, *TO, "bte", "boite", "en", "je", "c", "il", "ils", "et"))
PART_ALONE = words("entree entrees sortie sorties")
OPEN_NAMES = words(
    "residence residences cite quartier lycee college ecole place parc square hotel camping "
    "domaine clos zac lotissement foyer creche stade gymnase bar cafe resto restaurant tabac "
    "pharmacie arret station terminus tour bois hameau village mas lieu impasse villa bat "
    "batiment bloc rue avenue allee boulevard chemin route pont quai cours"
)


@cache
def plain_words() -> frozenset[str]:
    """Function words, slang and product names: they end a name."""
    names = ("outils.txt", "produits.txt", "argot.txt")
    return frozenset(w for name in names for line in lexicon.lines(name) for w in line.split())


@cache
def complements() -> frozenset[str]:
    """Words that may follow "de" or "a" in the name of a spot."""
    rows, kept = lexicon.lines("lieux.txt"), []
    for row in rows[rows.index("[complement]") + 1 :]:
        kept.append(row)
    return frozenset(kept)


def is_plain(word: str) -> bool:
    """Whether a word ends a name when it has no capital."""
    return word in plain_words() or word in MARKS or word == MASKED


_VERB = re.compile(r"(?:[^e]ent|aient)$")
"""Ends of verbs ("bloquent"), in a word without a capital."""


def is_name_like(wording: Wording, index: int) -> bool:
    """Whether a word may be part of a proper name: a capital, or a word that is no ordinary French."""
    word = wording.word(index)
    if not word or word in MARKS or word == MASKED:
        return False
    if wording.capital(index):
        return not (wording.sentence_start(index) and word in data.ordinary_words())
    if not word.isalpha() or len(word) < 3 or is_plain(word) or _VERB.search(word):
        return False
    return word not in data.ordinary_words()


@cache
def lead_names() -> frozenset[str]:
    """First names and titles that another name follows ("rue victor hugo", "rue du general leclerc")."""
    return frozenset(word for line in lexicon.lines("prenoms.txt") for word in line.split())
