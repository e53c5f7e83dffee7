"""Words for days, months, seasons, feasts and lengths. Folded spelling; the value comes first."""

from typing import Any

# Monday is 0. Short forms that are also other words ("mer", "jeu", "il vend") are below, in SHORT_WEEKDAYS.
WEEKDAYS: dict[Any, str] = {
    0: "lundi, lun, lndi, lundy",
    1: "mardi, mrdi, mardy",
    2: "mercredi, merc, mercr, mercrdi, mecredi, mercedi",
    3: "jeudi, jeud, jeudy",
    4: "vendredi, ven, vendr, vendrdi, vendredy",
    5: "samedi, samdi, samedy",
    6: "dimanche, dim, dimanch, dimache, dimenche",
}
PLURAL_WEEKDAYS: dict[Any, str] = {
    0: "lundis",
    1: "mardis",
    2: "mercredis",
    3: "jeudis",
    4: "vendredis",
    5: "samedis",
    6: "dimanches",
}
# Days only beside another day, a date or an hour, or with a dot: "mer." is Wednesday, "la mer" is not.
SHORT_WEEKDAYS: dict[Any, str] = {
    1: "mar",
    2: "mer",
    3: "jeu",
    4: "vend",
    5: "sam",
}
MONTHS: dict[Any, str] = {
    1: "janvier, janv, jan, janvie",
    2: "fevrier, fevr, fev, fevier",
    3: "mars",
    4: "avril, avr, avri",
    5: "mai",
    6: "juin",
    7: "juillet, juil, jui, juill",
    8: "aout, aou, aoutt",
    9: "septembre, sep, septembr",
    10: "octobre, oct, octobr",
    11: "novembre, nov, novembr",
    12: "decembre, dec, decembr",
}
UNITS: dict[Any, str] = {
    "second": "seconde, secondes, sec, secs",
    "minute": "minute, minutes, min, mins, mn, mns",
    "hour": "heure, heures, hrs, hr, heur, heurs",
    "day": "jour, jours, jrs, jr, journee entiere",
    "week": "semaine, semaines, sem, semaien",
    "fortnight": "quinzaine, quinzaines, quinzaine de jours",
    "month": "mois",
    "quarter": "trimestre, trimestres",
    "half": "semestre, semestres",
    "year": "an, ans, annee, annees",
    "decade": "decennie, decennies",
    "century": "siecle, siecles",
}
SEASONS: dict[Any, str] = {
    "spring": "printemps",
    "summer": "ete, etes",
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
# Days from today.
RELATIVE_DAYS: dict[Any, str] = {
    0: "aujourd hui, aujourdhui, ajd, auj, aujourdui, ojd, ce jour, aujourd hui meme",
    -1: "hier, yer, hyer",
    -2: "avant hier, avanthier, avt hier",
    -3: "avant avant hier",
    1: "demain, dem1, 2main",
    2: "apres demain, surlendemain, apresdemain",
}
DEICTIC: dict[Any, str] = {
    "now": "maintenant, mtn, mnt, a l instant, tout de suite, la tout de suite, immediatement",
    "this_moment": "en ce moment, en ce moment meme, actuellement, a l heure actuelle",
    "shortly": "tout a l heure, tt a l heure, taleur, a l instant meme, toute a l heure",
    "later": "plus tard, ulterieurement, un peu plus tard",
}
# (unit, how many).
ADVERBS: dict[Any, str] = {
    ("day", 1): "quotidiennement, quotidien, quotidienne, journellement, journalier, journaliere",
    ("week", 1): "hebdomadaire, hebdomadairement, hebdo",
    ("week", 2): "bihebdomadaire",
    ("month", 1): "mensuel, mensuelle, mensuellement",
    ("month", 2): "bimensuel, bimensuels, bimestriel, bimestrielle",
    ("month", 3): "trimestriel, trimestrielle, trimestriellement",
    ("month", 6): "semestriel, semestrielle, semestriellement",
    ("year", 1): "annuel, annuelle, annuellement",
}
# (kind, value): groups of days with a name.
NAMED_DAYS: dict[tuple[str, Any], str] = {
    ("sept", 7): "sept",
    ("weekend", None): "week end, week ends, weekend, weekends, we, wk, wkd, wknd, wikend, week nd, wekend, wends, wes",
    ("weekdays", None): (
        "lu ve, l v, lun a ven, en semaine, jours de semaine, jour de semaine, jours ouvrables, jours ouvres, "
        "jour ouvrable, jours de la semaine, en smaine, en sem"
    ),
    ("alldays", None): "tlj, tlsj, tous les jours, ts les jrs, ttljrs, toulejour",
    ("tls", None): "tls",
    ("holiday", "PH"): "jours feries, jour ferie, feries, ferie, jours ferie, les jours feries, jour feries",
    ("holiday", "SH"): (
        "vacances scolaires, vacances, vacance, vacs, vacances scolaire, conges scolaires, vac scolaires, "
        "vacs scolaires"
    ),
    ("schooltime", None): "periode scolaire, temps scolaire, periodes scolaires",
    ("pm", "pm"): "p m, mp",
    ("pm_short", "pm"): "p",
    ("pm", "am"): "a m",
    ("money", None): "euros, euro",
    ("when", None): "quand il, quand ils, s il, quand, si",
}
