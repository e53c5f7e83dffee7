"""Words for the parts of the day and the hours that have a name. Folded spelling; the value comes first."""

from typing import Any

PARTS: dict[Any, str] = {
    "matin": "matin, matins, matinee, matinees, mat, matn, matain, mattin",
    "aprem": (
        "apres midi, d apres midi, d aprem, apres midis, aprem, aprems, apremidi, apm, ap midi, aprm, apres "
        "m, aprè midi, apresmidi, ap m, apres mid, ap mi"
    ),
    "soir": "soir, soirs, soiree, soirees, soire, soirr, souar",
    "nuit": "nuit, nuits, nuitee",
    "journee": "journee, journees, journe, plein jour",
    "matin_soir": "matin au soir, matin jusqu au soir",
    "midi_part": "temps de midi, heure de midi, l heure de midi, pause de midi, pause dejeuner, midis",
    "dejeuner": "dejeuner, heure du dejeuner, repas de midi",
    "petit_dej": "petit dejeuner, petit dej",
    "diner": "diner, heure du diner, souper",
    "travail": "travail, boulot, taf",
    "aurore": "aurore",
    "gouter": "heure du gouter, l heure du gouter",
}
# First and last minute of hours that a place's habits fix: French schools end between 16:00 and 17:00.
EVENTS: dict[Any, str] = {
    (960, 1020): (
        "sortie de l ecole, sortie des ecoles, sortie des classes, sortie des cours, sortie de classe, sortie "
        "du college, sortie du lycee, sortie de cours, apres les cours, apres l ecole, apres la classe, apres "
        "le college, apres le lycee, apres cours, fin des cours, fin de l ecole, heure de la sortie, la "
        "sortie d ecole, sortie d ecole, sortie ecole, sortie du bahut, fin de cours, heure des mamans"
    ),
    (480, 510): "entree de l ecole, entree des classes, rentree des classes du matin, ouverture de l ecole",
    (600, 630): "recre, recree, recreation",
}
# Places whose opening and closing are hours that only the neighbours know.
PLACES_OF_CLOSING = (
    "bar, cafe, magasin, magasins, commerce, commerces, tabac, supermarche, centre commercial, restaurant, "
    "boite, discotheque, pub, epicerie, marche, boulangerie, bureaux, usine, gare, metro, night shop, club, "
    "kebab, lidl"
)
NAMED_HOURS: dict[tuple[str, Any], str] = {
    ("noon", 720): "midi",
    ("noon", 1440): "minuit, minui, mini8",
    ("sun", "sunset"): (
        "tombee de la nuit, tombe de la nuit, tomber de la nuit, nuit tombee, nuit tombante, nuit tombe, "
        "coucher du soleil, tombee du jour, coucher de soleil, crepuscule, tombee de nuit, la nuit tombee, "
        "a la brune, entre chien et loup, la nuit tombante, qu il fait nuit, qu il fait noir, tombee la nuit, "
        "que la nuit tombe, quand "
        "il fait nuit, quand il fait noir, quand la nuit tombe, que le "
        "soleil se couche"
    ),
    ("sun", "sunrise"): (
        "lever du jour, lever du soleil, lever de soleil, aube, chant du coq, petit jour, point du jour, "
        "levee du jour, "
        "levee du soleil, aurores"
    ),
    ("late", None): "pas d heure, pas dheure, point d heure, tres tard dans la nuit",
    ("always", None): (
        "jour et nuit, nuit et jour, le jour et la nuit, la nuit et le jour, le jour comme la nuit, sans "
        "interruption, non stop, h24 7j, vingt quatre heures sur vingt "
        "quatre, en continu, a toute heure, a toute heure du jour et de la nuit, de jour comme de nuit, du "
        "matin au soir et du soir au matin, jours et nuits, a toutes les heures, jour comme de nuit"
    ),
    ("pedge", ("matin", "dawn")): "petit matin, petits matins, grand matin",
}
