"""Every word the reader knows, in one place: folded spelling to (kind, value).

A phrase is written with spaces; in a text its words may also be joined by a hyphen or an apostrophe
("après-midi", "jusqu'à"). The longest phrase wins. Chat spellings stand beside the full ones.
"""

from __future__ import annotations

from typing import Any

Entry = tuple[str, Any]  # the value's type depends on the kind


def _each(kind: str, words: dict[Any, str]) -> dict[str, Entry]:
    return {word: (kind, value) for value, many in words.items() for word in many.split(", ")}


def _flat(kind: str, words: str) -> dict[str, Entry]:
    return {word: (kind, word) for word in words.split(", ")}


# Monday is 0. Short forms that are also other words ("mer", "jeu", "il vend") are below, in SHORT_WEEKDAYS.
WEEKDAYS = {
    0: "lundi, lun, lndi, lundy",
    1: "mardi, mrdi, mardy",
    2: "mercredi, merc, mercr, mercrdi, mecredi, mercedi",
    3: "jeudi, jeud, jeudy",
    4: "vendredi, ven, vendr, vendrdi, vendredy",
    5: "samedi, samdi, samedy",
    6: "dimanche, dim, dimanch, dimache, dimenche",
}
PLURAL_WEEKDAYS = {
    0: "lundis",
    1: "mardis",
    2: "mercredis",
    3: "jeudis",
    4: "vendredis",
    5: "samedis",
    6: "dimanches",
}
# Days only beside another day, a date or an hour, or with a dot: "mer." is Wednesday, "la mer" is not.
SHORT_WEEKDAYS = {1: "mar", 2: "mer", 3: "jeu", 4: "vend", 5: "sam"}
MONTHS = {
    1: "janvier, janv, jan, janvie",
    2: "fevrier, fevr, fev, fevier",
    3: "mars",
    4: "avril, avr, avri",
    5: "mai",
    6: "juin",
    7: "juillet, juil, jui, juill, juillet",
    8: "aout, aou, aoutt",
    9: "septembre, sep, septembr",
    10: "octobre, oct, octobr",
    11: "novembre, nov, novembr",
    12: "decembre, dec, decembr",
}
# Words that may end with a dot: "lun.", "sept.", "env.".
ABBREVIATIONS = frozenset(
    "lun mar mer merc jeu ven vend sam dim janv jan fevr fev avr juil jui juill aou sept sep oct nov dec "
    "env min sem h hr hrs av apr ap".split()
)
UNITS = {
    "second": "seconde, secondes, sec, secs",
    "minute": "minute, minutes, min, mins, mn, mns",
    "hour": "heure, heures, hrs, hr, heur, heurs",
    "day": "jour, jours, jrs, jr, journee entiere",
    "week": "semaine, semaines, sem, semaien, semaines",
    "fortnight": "quinzaine, quinzaines",
    "month": "mois",
    "quarter": "trimestre, trimestres",
    "half": "semestre, semestres",
    "year": "an, ans, annee, annees",
    "decade": "decennie, decennies",
    "century": "siecle, siecles",
}
PARTS = {
    "matin": "matin, matins, matinee, matinees, mat, matn, matain, mattin",
    "aprem": (
        "apres midi, d apres midi, d aprem, apres midis, aprem, aprems, apremidi, apm, ap midi, aprm, apres m, aprè midi, "
        "apresmidi, ap m, apres mid, ap mi"
    ),
    "soir": "soir, soirs, soiree, soirees, soire, soirr, souar",
    "nuit": "nuit, nuits, nuitee",
    "journee": "journee, journees, journe",
    "matin_soir": "matin au soir, matin jusqu au soir",
    "midi_part": "temps de midi, heure de midi, l heure de midi, pause de midi, pause dejeuner",
    "dejeuner": "dejeuner, heure du dejeuner, repas de midi",
    "petit_dej": "petit dejeuner, petit dej",
    "diner": "diner, heure du diner, souper",
    "travail": "travail, boulot, taf",
    "aurore": "aurore",
    "gouter": "gouter",
}
NUMBERS = {
    0: "zero",
    2: "deux",
    3: "trois",
    4: "quatre, quat",
    5: "cinq",
    6: "six",
    8: "huit",
    9: "neuf",
    10: "dix",
    11: "onze",
    12: "douze",
    13: "treize",
    14: "quatorze",
    15: "quinze",
    16: "seize",
    20: "vingt, vingts",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    70: "septante",
    80: "huitante, octante",
    90: "nonante",
    100: "cent, cents",
    1000: "mille, mil",
}
ORDINALS = {
    1: "premier, premiere, premiers, premieres",
    2: "deuxieme, second, deuxiemes",
    3: "troisieme",
    4: "quatrieme",
    5: "cinquieme",
    6: "sixieme",
    7: "septieme",
    8: "huitieme",
    9: "neuvieme",
    10: "dixieme",
    11: "onzieme",
    12: "douzieme",
    20: "vingtieme",
}
SEASONS = {
    "spring": "printemps",
    "summer": "ete",
    "autumn": "automne, automnes",
    "winter": "hiver, hivers",
}
# Fixed feasts are (month, day); the movable ones are names known to calendar_days.py.
FEASTS: dict[Any, str] = {
    (12, 25): "noel, jour de noel, nowel",
    (12, 24): "veille de noel, reveillon de noel, reveillon noel, soir de noel",
    (1, 1): "jour de l an, nouvel an, jour de lan, premier de l an, le nouvel an",
    (12, 31): "saint sylvestre, st sylvestre, veille du jour de l an, veille du nouvel an, reveillon du nouvel an",
    (11, 1): "toussaint, jour de la toussaint",
    (5, 1): "fete du travail, jour du travail",
    (7, 14): "fete nationale, quatorze juillet",
    (8, 15): "assomption",
    (11, 11): "armistice, jour de l armistice",
    (1, 6): "epiphanie",
    (9, 1): "rentree, rentree scolaire, rentree des classes, rentree de septembre",
    (2, 14): "saint valentin, st valentin, jour de la saint valentin",
    (3, 17): "saint patrick, st patrick, jour de la saint patrick",
    (10, 31): "halloween",
    (4, 22): "jour de la terre",
    (4, 1): "poisson d avril",
    (6, 21): "fete de la musique",
    (2, 2): "chandeleur",
    "easter": "paques, dimanche de paques",
    "easter_monday": "lundi de paques",
    "ascension": "ascension, jeudi de l ascension",
    "pentecost": "pentecote, dimanche de pentecote",
    "whit_monday": "lundi de pentecote",
    "good_friday": "vendredi saint",
    "shrove_tuesday": "mardi gras",
    "ash_wednesday": "mercredi des cendres",
    "mothers": "fete des meres",
    "fathers": "fete des peres",
    "thanksgiving": "thanksgiving, thanks giving, action de grace",
    "black_friday": "black friday, vendredi noir",
}
# (days from today); a quarter or half of the day may follow ("hier soir").
RELATIVE_DAYS = {
    0: "aujourd hui, aujourdhui, ajd, auj, aujourdui, ojd, ce jour, aujourd hui meme",
    -1: "hier, yer, hyer",
    -2: "avant hier, avanthier, avt hier",
    -3: "avant avant hier",
    1: "demain, dem1, 2main",
    2: "apres demain, surlendemain, apresdemain",
}
DEICTIC = {
    "now": "maintenant, mtn, mnt, a l instant, tout de suite, la tout de suite, immediatement",
    "this_moment": "en ce moment, en ce moment meme, actuellement, a l heure actuelle",
    "shortly": "tout a l heure, tt a l heure, taleur, a l instant meme, toute a l heure",
    "later": "plus tard, ulterieurement",
}
ADVERBS = {
    ("day", 1): "quotidiennement, quotidien, quotidienne, journellement, journalier, journaliere",
    ("week", 1): "hebdomadaire, hebdomadairement, hebdo",
    ("week", 2): "bimensuel_, bihebdomadaire",
    ("month", 1): "mensuel, mensuelle, mensuellement",
    ("month", 2): "bimensuel, bimensuels, bimestriel, bimestrielle",
    ("month", 3): "trimestriel, trimestrielle, trimestriellement",
    ("month", 6): "semestriel, semestrielle, semestriellement",
    ("year", 1): "annuel, annuelle, annuellement",
}
# Hours that a place's habits fix; French schools end between 16:00 and 17:00 (probe convention: 16-17, about).
EVENTS = {
    (960, 1020): (
        "sortie de l ecole, sortie des ecoles, sortie des classes, sortie des cours, sortie de classe, "
        "sortie du college, sortie du lycee, sortie de cours, apres les cours, apres l ecole, apres la classe, "
        "apres le college, apres le lycee, apres cours, fin des cours, fin de l ecole, heure de la sortie, "
        "la sortie d ecole, sortie d ecole, sortie ecole, sortie du bahut, fin de cours, heure des mamans"
    ),
    (480, 510): "entree de l ecole, entree des classes, rentree des classes du matin, ouverture de l ecole",
    (600, 630): "recre, recree, recreation",
}
PLACES_OF_CLOSING = (
    "bar, cafe, magasin, magasins, commerce, commerces, tabac, supermarche, centre commercial, restaurant, boite, "
    "discotheque, pub, epicerie, marche, boulangerie, bureaux, usine, gare, metro, night shop, club, kebab, lidl"
)
WORDS: dict[str, Entry] = {
    **_each("dow", WEEKDAYS),
    **_each("dows", PLURAL_WEEKDAYS),
    **_each("dab", SHORT_WEEKDAYS),
    "sept": ("sept", 7),
    **_each("month", MONTHS),
    **_each("unit", UNITS),
    **_each("part", PARTS),
    **_each("nw", NUMBERS),
    **_each("ord", ORDINALS),
    **_each("season", SEASONS),
    **_each("feast", FEASTS),
    **_each("rel", RELATIVE_DAYS),
    **_each("deictic", DEICTIC),
    **_each("adverb", ADVERBS),
    **_each("event", EVENTS),
    # small words
    **_flat("le", "le, la, les, l, lé, els, ls"),
    **_flat("un", "un, une"),
    **_flat("de", "de, d, du, des"),
    **_flat("a", "a, au, aux"),
    **_flat("en", "en"),
    **_flat("dans", "dans, ds, pendant, pdt, durant, pendent, lors, au cours, sur"),
    **_flat("ce", "ce, cet, cette, ces, cte, st, sette, c t"),
    **_flat("et", "et, puis, puis aussi, et aussi, ainsi que, et puis, ensuite, plus"),
    **_flat("ou", "ou, ou bien"),
    **_flat("mais", "mais, ms"),
    **_flat(
        "vers",
        "vers, environ, vr, vers environ, aux alentours, aux alentours de, aux environs, autour, autour de, "
        "approximativement, env, a peu pres, grosso modo, plus ou moins, vers les, sur les coups, sur le coup, "
        "aux environs de, dans les eaux, disons vers, a environ, plutot vers",
    ),
    **_flat("pile", "pile, precises, precise, precisement, exactement, tapantes, tapante, petantes, pile poil"),
    **_flat("entre", "entre, entr, ent"),
    **_flat(
        "jusque",
        "jusque, jusqu, jusqua, jusqu a, jusqu au, jusqu aux, jusqu en, jusqe, jusk, jusca, juska, jusque a, "
        "jusquau, jusqu aux alentours de",
    ),
    **_flat(
        "depuis",
        "depuis, dpuis, dps, dpui, depui, depuis environ, depuis le mois de, ca fait, cela fait, depuis pres, depuis au moins",
    ),
    **_flat("avant", "avant, avt, d avant, au plus tard, pas plus tard"),
    **_flat("apres", "apres, aprs, apre, au dela"),
    **_flat(
        "partir",
        "a partir, a partir de, a partir du, a partir des, apartir de, apartir, a compter, a compter de, "
        "partir de, a part1 de, des partir de, a partr de, au plus tot, a partire de",
    ),
    **_flat(
        "ily",
        "il y a, ya, y a, il ya, iya, y avait, il y avait, voila, voici, y a de ca, il y a de ca, il y a a peu pres, "
        "il y a environ, il y a plus, il y a pres",
    ),
    **_flat("ici", "d ici, d ici a, dici"),
    **_flat("hui", "en huit"),
    **_flat(
        "sauf",
        "sauf, excepte, hormis, hors, a part, a par, apart, a l exception, a l exception de, mis a part, sof, "
        "en dehors, en dehors de, sans compter, saufs, exeption, a l exclusion",
    ),
    **_flat("pas", "pas, jamais, jms"),
    **_flat(
        "meme",
        "meme, y compris, mm, meme pendant, compris, aussi, egalement",
    ),
    **_flat(
        "surtout",
        "surtout, surtt, srtt, principalement, essentiellement, notamment, le plus souvent, en particulier, "
        "particulierement, plus particulierement, majoritairement, la plupart du temps, spécialement, plutot, "
        "souvent",
    ),
    **_flat("seul", "uniquement, seulement, exclusivement, que, rien que"),
    **_flat("tous", "tous, tout, toutes, toute, ts, tt, tou, tte, ttes, tts, ttt, tous les, tt les"),
    **_flat("chaque", "chaque, chak, chq, chaq, chake, chacun des, n importe quel, n importe quelle, chaques"),
    **_flat("fois", "fois, x"),
    **_flat("plusieurs", "plusieurs, plsr, qq, quelques, quelque, deux trois, deux ou trois, plusieur, maintes"),
    **_flat("par", "par"),
    **_flat("pour", "pour, pr, pendant que"),
    **_flat("next", "prochain, prochaine, prochains, prochaines, prochaini, qui vient, a venir, pro, qui arrive"),
    **_flat("follow", "suivant, suivante, suivants, suivantes, d apres, qui suit, qui suivent"),
    **_flat(
        "last",
        "dernier, derniere, derniers, dernieres, passe, passee, passees, passes, precedent, precedente, "
        "precedents, precedentes, ecoule, ecoulee, ecoules, ecoulees, d avant",
    ),
    **_flat("debut", "debut, debuts, commencement, dbut"),
    **_flat("milieu", "milieu, mi, beau milieu, plein milieu, plein, pleine"),
    **_flat("fin", "fin, fins, f1"),
    **_flat("tot", "tot, tres tot, assez tot, de bonne heure, plus tot, tot dans, aux aurores"),
    **_flat("tard", "tard, tres tard, assez tard, tard dans"),
    "un peu plus tard": ("deictic", "later"),
    **_flat("demie", "demie, demi, et demie, et demi"),
    **_flat("quart", "quart, quarts"),
    **_flat("moins", "moins"),
    **_flat("sur", "sur"),
    **_flat("passe_de", "passe de, passees de, passé de, passes de"),
    **_flat("quoi", "n importe quand"),
    **_flat("entier", "entier, entiere, entiers, entieres, complet, complete"),
    **_flat("reste", "reste"),
    **_flat("starting", "commencant, qui commence, debutant, qui debute"),
    **_flat("running", "en cours, courante, courant, actuelle, actuel"),
    **_flat("veille", "veille"),
    **_flat("lendemain", "lendemain"),
    **_flat("annee_scol", "annee scolaire"),
    # days
    "semaine_": ("weekdays", None),
    **{
        word: ("weekend", None)
        for word in "week end, week ends, weekend, weekends, we, wk, wkd, wknd, wikend, week nd, wekend, wends, wes".split(
            ", "
        )
    },
    **{
        word: ("weekdays", None)
        for word in (
            "en semaine, jours de semaine, jour de semaine, jours ouvrables, jours ouvres, la semaine_, "
            "jour ouvrable, jours de la semaine, soirs de semaine_, en smaine, en sem"
        ).split(", ")
    },
    **{word: ("alldays", None) for word in "tlj, tlsj, tous les jours, ts les jrs, ttljrs, toulejour".split(", ")},
    "tls": ("tls", None),
    **{
        word: ("holiday", "PH")
        for word in "jours feries, jour ferie, feries, ferie, jours ferie, les jours feries, jour feries".split(", ")
    },
    **{
        word: ("holiday", "SH")
        for word in (
            "vacances scolaires, vacances, vacance, vacs, vacances scolaire, conges scolaires, vac scolaires, vacs scolaires"
        ).split(", ")
    },
    **{word: ("schooltime", None) for word in "periode scolaire, temps scolaire, periodes scolaires".split(", ")},
    # times of day with a name
    "midi": ("noon", 720),
    "midis": ("part", "midi_part"),
    "minuit": ("noon", 1440),
    "minui": ("noon", 1440),
    "mini8": ("noon", 1440),
    **{
        word: ("sun", "sunset")
        for word in (
            "tombee de la nuit, tombe de la nuit, tomber de la nuit, nuit tombee, nuit tombante, nuit tombe, coucher du soleil, "
            "tombee du jour, coucher de soleil, crepuscule, tombee de nuit, la nuit tombee, brune, la nuit tombante, "
            "qu il fait nuit, qu il fait noir, tombee la nuit, que la nuit tombe, que le soleil se couche"
        ).split(", ")
    },
    **{
        word: ("sun", "sunrise")
        for word in (
            "lever du jour, lever du soleil, lever de soleil, aube, petit jour, point du jour, levee du jour, "
            "petit matin_, levee du soleil, aurores"
        ).split(", ")
    },
    **{word: ("late", None) for word in "pas d heure, pas dheure, point d heure, tres tard dans la nuit".split(", ")},
    **{
        word: ("always", None)
        for word in (
            "jour et nuit, nuit et jour, sans interruption, non stop, h24 7j, vingt quatre heures sur vingt quatre, "
            "en continu, a toute heure, a toute heure du jour et de la nuit, a longueur de journee_, de jour comme de nuit, "
            "du matin au soir et du soir au matin, jours et nuits, a toutes les heures, jour comme de nuit"
        ).split(", ")
    },
    # gaps that do not break a schedule
    **_flat(
        "fill",
        "c est, c, sinon, ils sont la, ils sont, ils viennent, il vient, il est la, par exemple, "
        "en gros, ca commence, sa commence, sa comence, ca comence, sa comance, ca debute, ils commencent, il fait, ils font, presque, quasi, quasiment, "
        "ca vend, ca deale, ca dure, ils vendent, ca tourne, disons, genre, c etait, en fait, voire, "
        "fini, soit, on va dire, il y est, y est, quand meme, enfin, je dirais, a mon avis, je crois, sont la, est la, dit on, "
        "on les voit, ils restent, ils y sont, de presence, sans arret, sans discontinuer, sans pause",
    ),
    **_flat(
        "habit",
        "toujours, en general, generalement, tout le temps, normalement, habituellement, d habitude, regulierement, "
        "frequemment, en principe, la majorite du temps, tres souvent, tres regulierement",
    ),
    **_flat("gone", "rien, personne, ferme, fermee, repos, conge, calme, absent, absents, relache, c est mort, jour off"),
    **_flat("tantot", "tantot, tantots"),
    **{word: ("pedge", ("matin", "dawn")) for word in ("petit matin", "petits matins", "grand matin")},
    "pm": ("pm", "pm"),
    "p m": ("pm", "pm"),
    "mp": ("pm", "pm"),
    "p": ("pm_short", "pm"),
    "am": ("pm", "am"),
    "a m": ("pm", "am"),
    "h": ("hmark", "h"),
    "euros": ("money", None),
    "euro": ("money", None),
    "quand il": ("when", None),
    "quand ils": ("when", None),
    "s il": ("when", None),
    "quand": ("when", None),
    "si": ("when", None),
}
WORDS.update(
    {
        f"{head} {article} {place}": ("closing", head)
        for head in ("fermeture", "ouverture")
        for article in ("du", "de la", "des", "de l")
        for place in PLACES_OF_CLOSING.split(", ")
    }
)
# Spellings marked with a final underscore are reserved: they keep a table complete and match nothing.
WORDS = {word: entry for word, entry in WORDS.items() if not word.endswith("_")}
