"""What looks like a time and is not: streets, doors, names, ages, prices, telephone numbers, greetings.

Each row is a pattern on the folded text; what its group `no` covers (or the whole match) is never read as a
time. The patterns hold no nested repetition. The caller may hide more (`masked`), such as places found by others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .engine import Piece
from .folding import Folded

_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
)
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_NUMBER = r"(?:\d{1,2}(?:er)?|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt)"
_STREET = (
    r"(?:rues?|avenue|av|boulevard|bd|bld|place|pl|square|allees?|impasse|chemin|quai|cours|passage|ecole|gymnase|lycee|"
    r"college|stade|metro|station|arret|residence|cite|quartier|parc|pont|faubourg|fg|villa|sentier|route|esplanade|"
    r"promenade|rond.point|caserne|salle|bar|cafe|pharmacie|hotel|brasserie|boulangerie|cinema|theatre|canal|porte|"
    r"clinique|hopital|parking|jardin|maison|foyer|centre|club|tour|immeuble|restaurant|journal|tabac|champ|pizzeria|kebab)"
)
_OF = r"(?:de la |de l'|du |des |de |d')"
_NOT_RANGE = r"(?! (?:a|au|jusqu|matin|soir|apres|midi|et|dernier|prochain)\b| ?-)"
_BLOCK = r"(?:batiment|bat|bt|cage|bloc|escalier|esc|apt|appt|appart|appartement|chambre|lot|villa)"
_NUMBERED = (
    r"(?:porte|entree|tour|hall|box|local|numero|n°|no|ligne|bus|tram|voie|quai|emplacement|page|etage|immeuble|place|"
    r"parking|cave|boite|route|autoroute|rocade|sortie|departement|groupe|section|division|tranche|taille|clio|peugeot|"
    r"audi|bmw|mercedes|golf|renault|zone|article|chapitre|code|lycee|numéro|digicode|interphone|iphone|samsung)"
)
_ROWS = (
    # places named after a date, a day or a part of the day
    rf"\b{_STREET}[ -]{_OF}?(?:la )?{_NUMBER}[ -]{_MONTH}(?: \d{{4}})?",
    rf"\b{_STREET}[ -](?:{_OF})(?:{_DAY}|{_MONTH}|midi|minuit|soir|matin|nuit|jour|nuits|jours|noel|toussaint){_NOT_RANGE}\b",
    rf"\b{_STREET}[ -]{_OF}?(?:saint|st|sainte)[ -][a-z]+",
    r"\bchamp[ -]?de[ -]?mars\b|\bchamp de mars\b",
    rf"\bdu {_NUMBER} {_MONTH} 19\d\d\b(?<=\b(?:rue)\b)",
    # doors, floors, buses, cars
    rf"\b{_BLOCK} ?(?:n ?°? ?)?\d{{1,3}}[a-z]?\b",
    rf"\b{_NUMBERED} ?(?:n ?°? ?)?\d{{1,4}}(?! ?h\b| ?h\d|\d|:| ?/| ?[-a] ?\d{{1,2}} ?h)[a-z]?\b",
    r"\b(?:au|le|du|n°|numero) ?(?P<no>\d{1,4})(?: ?(?:bis|ter))?,? (?:rue|avenue|av|bd|boulevard|place|allee|impasse|chemin|quai|route|cours|square)\b",
    r"\b(?:a|d|n|rn|rd|e)\d{1,4}\b",
    r"\bimmatricule\w* [\w-]+(?: \w+)?",
    r"\b(?:appel\w*|faire|compos\w*|fai[st]|contact\w*|joindre|tele?phon\w*) (?:le|au) (?:15|17|18|112|114|119)\b(?:(?: et| ou) (?:le )?\d{2,3})?",
    # people
    r"\b(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|maitre|docteur|dr|prenom|nomme\w*|surnomme\w*|appell?e\w*|appeler|appelait|dit|surnom)[. ]+(?P<no>"
    + rf"(?:{_MONTH}|{_DAY}|minuit|midi|noel|toussaint|printemps|ete|mars))\b",
    r"(?<!depuis )(?<!il y a )(?<!y a )(?<!dans )(?<!apres )(?<!tous les )(?<!ces )(?<!voila )(?<!pendant )(?<!ya )"
    r"\b(?:\d{1,3}(?: ?(?:-|a|ou|/) ?\d{1,3})?|seize|dix-huit|dix huit|vingt|trente|quarante|cinquante) ?ans\b(?! plus| apres)",
    r"\S{1,60}\.(?:xlsx?|pdf|docx?|png|jpe?g|txt|csv)\b",
    # measures and prices
    r"\b\d+ ?(?:€|euros?|eur|balles?|grammes?|gr|g|kgs?|kilos?|cm|km|metres?|m|%|ml|cl|litres?|cv|ch|mg|pers|personnes)\b(?!\d)",
    r"\b\d+ ?(?:€|%)",
    r"\b(?:a|de|environ) (?:\w+ )?\d+ ?(?:minutes?|min|mn|m|secondes?) (?:a pied|de marche|de route|en voiture|de la|du|de l'|d'ici|de chez|de mon|de ma|a velo)",
    r"\b\d+ ?(?:heures?|h) (?:a pied|de marche|de route|de train|en voiture|d'ici|d'avion)\b",
    r"\b\dm\d\d\b",
    # words of time in other senses
    r"\b(?:a|ai|as|ont|avons|avez|avait|avaient|aurait|auraient|avoir|ayant|aura|ayons|ais|deja|toujours|jamais|pas|bien|aussi|j ai|eu)(?: (?:pas|deja|encore|jamais|toujours|bien|aussi|donc|plus|tous|toutes|rien|ainsi|tout)){0,2}[ '-](?P<no>ete)\b",
    r"\b(?:bonne?|belle|excellente?|agreable|bon) (?:fin de )?(?:soiree|journee|nuit|soir|week.?end|apres.?midi|we|aprem|matinee|annee|semaine|fete|noel|vacances|continuation)\b",
    r"\b(?:boite|boites|oiseaux?|table|chemise|bar|bars|epicerie|equipe|poste|service|hopital|veilleuse|vie|gardien|travail|tarif|marche|train|sac|feu|vision|club|ecran|creme|shop|portier) de (?:nuit|jour)\b",
    r"\b(?:mise|mettre|remise|remettre|mis) a jour\b|\bau jour le jour\b|(?<!dans )(?<!depuis )(?<!a )(?<!chaque )\bun (?:beau )?jour\b(?! sur)|\bplein jour\b|\bgrand jour\b",
    r"\b(?:du|le) midi de la france\b|\b(?:canal|accent|gens) du midi\b|\bdans le midi\b|\bvient du midi\b",
    r"\b(?:journal|article|gratuit|quotidien)\b[^.,;]{0,12}\b\d+ minutes\b",
    r"\b(?:a|au|en) (?:la )?(?:meme )?seconde(?: a| main|s)?\b|\bclasse de seconde\b|\beleves? de seconde\b|\bla seconde\b|\ben seconde\b",
    r"\b(?:minute|seconde|heure)s? (?:supplementaires?|papillon)\b|\ba l'heure actuelle\b(?=$^)",
    r"\bbarres? (?:de )?mars\b|\bmardi gras\b(?=$^)|\bmars (?:et|ou) (?:de )?(?:lessive|snickers|twix)",
    r"\bfin de (?:mois difficile|serie|vie)\b|\ben fin de compte\b|\bfin du monde\b|\bdebut de (?:preuve|piste)\b",
    r"\bsans (?:fin|arret de travail)\b|\ba la (?:fin|longue)(?: (?:c|on|il|je|ca))\b",
    r"\bville d'un soir\b|\bcoup d'un soir\b|\bd'un jour a l'autre\b|\btous les jours que dieu\b(?=$^)",
    r"\bpar (?:heure|jour|semaine|mois|an|nuit)\b(?<!fois par jour)(?<!fois par semaine)(?<!fois par mois)(?<!fois par an)(?<!fois par nuit)(?<!soirs par semaine)(?<!jours par semaine)(?<!nuits par semaine)(?<!jours par mois)",
)
_PATTERNS = tuple(re.compile(row) for row in _ROWS)
# A name on a shop or a newspaper: both words with a capital, inside a sentence ("bar Le Dimanche", "Le Soir").
_TITLE = re.compile(r"(?<=[a-zéèà,;] )(?:Le|La) (?:Dimanche|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Soir|Matin|Midi|Jour|Minuit|Week-end)\b")


def not_times(folded: Folded) -> list[tuple[int, int]]:
    """The stretches of the folded text that are no times."""
    spans = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded.text):
            spans.append(match.span("no") if "no" in pattern.groupindex else match.span())
    if folded.places is None:
        spans += [match.span() for match in _TITLE.finditer(folded.written)]
    return spans


def hide(pieces: list[Piece], spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces, with those that touch a span made unknown."""
    if not spans:
        return pieces
    ordered = sorted(spans)
    kept, at = [], 0
    for piece in pieces:
        while at < len(ordered) and ordered[at][1] <= piece.start and ordered[at][0] <= piece.start:
            at += 1
        touched = any(start < piece.end and piece.start < end for start, end in ordered[at : at + 4])
        kept.append(Piece("x", None, piece.start, piece.end) if touched else piece)
    return kept
