"""Numbers and ordinals in letters, Belgian and Swiss tens included. Folded spelling; the value comes first."""

from typing import Any

NUMBERS: dict[Any, str] = {
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
ORDINALS: dict[Any, str] = {
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
# "Une dizaine de jours".
ROUND_NUMBERS: dict[Any, str] = {8: "huitaine", 10: "dizaine", 12: "douzaine", 20: "vingtaine", 30: "trentaine"}
