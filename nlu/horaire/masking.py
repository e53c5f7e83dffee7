"""What looks like a time and is not: streets, doors, names, ages, prices, telephone numbers, greetings.

Each row of the tables is a pattern on the folded text; what its group `no` covers, or else the whole match, is never
read as a time. No row nests two repetitions. The caller may hide more (`masked`), such as places found by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .engine import Piece
from .folding import Folded

_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_NUMBER = (
    r"(?:\d{1,2}(?:er)?|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|"
    r"quinze|seize|vingt)"
)
_STREET = (
    r"(?:rues?|avenue|av|boulevard|bd|bld|place|pl|square|allees?|impasse|chemin|quai|cours|passage|ecole|"
    r"gymnase|lycee|college|stade|metro|station|arret|residence|cite|quartier|parc|pont|faubourg|fg|villa|"
    r"sentier|route|esplanade|promenade|rond.point|caserne|salle|bar|cafe|pharmacie|hotel|brasserie|"
    r"boulangerie|cinema|theatre|canal|porte|clinique|hopital|parking|jardin|maison|foyer|centre|club|tour|"
    r"immeuble|restaurant|journal|tabac|champ|pizzeria|kebab|gare)"
)
_OF = r"(?:de la |de l'|du |des |de |d')"
_NOT_RANGE = r"(?! (?:a|au|jusqu|matin|soir|apres|midi|et|dernier|prochain)\b| ?-)"
_BLOCK = r"(?:batiment|bat|bt|cage|bloc|escalier|esc|apt|appt|appart|appartement|chambre|lot|villa)"
_NUMBERED = (
    r"(?:porte|entree|tour|hall|box|local|numero|n°|no|ligne|bus|tram|voie|quai|emplacement|page|etage|"
    r"immeuble|place|parking|cave|boite|route|autoroute|rocade|sortie|departement|groupe|section|division|"
    r"tranche|taille|clio|peugeot|audi|bmw|mercedes|golf|renault|zone|article|chapitre|code|lycee|digicode|"
    r"interphone|iphone|samsung)"
)
_NOT_HOUR = r"(?! ?h\b| ?h\d|\d|:| ?/| ?[-a] ?\d{1,2} ?h)"

PLACES = (
    # named after a date, a day or a part of the day
    rf"\b{_STREET}[ -]{_OF}?(?:la )?{_NUMBER}[ -]{_MONTH}(?: \d{{4}})?",
    rf"\b{_STREET}[ -]{_OF}(?:{_DAY}|{_MONTH}|midi|minuit|soir|matin|nuits?|jours?|noel|toussaint){_NOT_RANGE}\b",
    rf"\b{_STREET}[ -]{_OF}?(?:saint|st|sainte)[ -][a-z]+",
    r"\bchamp[ -]?de[ -]?mars\b",
    r"\b(?:du|le) midi de la france\b|\b(?:accent|gens) du midi\b|\bdans le midi\b|\bvient du midi\b",
    # doors, floors, buses, roads, cars
    rf"\b{_BLOCK} ?(?:n ?°? ?)?\d{{1,3}}[a-z]?\b",
    rf"\b{_NUMBERED} ?(?:n ?°? ?)?\d{{1,4}}{_NOT_HOUR}[a-z]?\b",
    r"\b(?:au|le|du|n°|numero) ?(?P<no>\d{1,4})(?: ?(?:bis|ter))?,? "
    r"(?:rue|avenue|av|bd|boulevard|place|allee|impasse|chemin|quai|route|cours|square)\b",
    r"\b(?:a|d|n|rn|rd|e)\d{1,4}\b",
    r"\bimmatricule\w* [\w-]+(?: \w+)?",
)
PEOPLE = (
    r"\b(?:appel\w*|faire|compos\w*|fai[st]|contact\w*|joindre|tele?phon\w*) (?:le|au) "
    r"(?:15|17|18|112|114|119)\b(?:(?: et| ou) (?:le )?\d{2,3})?",
    r"\b(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|maitre|docteur|dr|prenom|nomme\w*|surnomme\w*|appell?e\w*|"
    rf"appeler|appelait|dit|surnom)[. ]+(?P<no>{_MONTH}|{_DAY}|minuit|midi|noel|toussaint|printemps|ete)\b",
    # ages, unless the years are a length of time
    r"\b(?=[\dsdvtqcn])"
    r"(?<!depuis )(?<!il y a )(?<!y a )(?<!dans )(?<!apres )(?<!tous les )(?<!ces )(?<!voila )(?<!pendant )(?<!ya )"
    r"(?:\d{1,3}(?: ?(?:-|a|ou|/) ?\d{1,3})?|seize|dix-huit|dix huit|vingt|trente|quarante|cinquante|soixante|"
    r"septante|quatre-vingts?|nonante) ?ans\b"
    r"(?! plus| apres)",
    # greetings and wishes
    r"\b(?:bonne?|belle|excellente?|agreable) (?:fin de )?(?:soiree|journee|nuit|soir|week.?end|apres.?midi|we|aprem|"
    r"matinee|annee|semaine|fete|noel|vacances|continuation)\b",
)
MEASURES = (
    r"\b\d+ ?(?:€|%)",
    r"\b\d+ ?(?:euros?|eur|balles?|grammes?|gr|g|kgs?|kilos?|cm|km|metres?|m|ml|cl|litres?|cv|ch|mg|pers|personnes)\b"
    r"(?!\d)",
    r"\b\d+ ?(?:euros?|€|balles?)? (?P<no>la (?:journee|nuit|semaine|soiree))\b",
    r"\b\dm\d\d\b",
    r"\b(?:a|de|environ) (?:\w+ )?\d+ ?(?:minutes?|min|mn|m|secondes?) "
    r"(?:a pied|de marche|de route|en voiture|de la|du|de l'|d'ici|de chez|de mon|de ma|a velo)",
    r"\b\d+ ?(?:heures?|h) (?:a pied|de marche|de route|de train|en voiture|d'ici|d'avion)\b",
    r"\S{1,60}\.(?:xlsx?|pdf|docx?|png|jpe?g|txt|csv)\b",
    r"\b(?:journal|article|gratuit|quotidien)\b[^.,;]{0,12}\b\d+ minutes\b",
)
# Words of time in other senses.
SENSES = (
    # "noir mat"; "infirmière de nuit", but "ils vendent de nuit"
    r"\b(?:noire?s?|gris\w*|blanch?e?|bleue?|verte?|rouge|kaki|peinture|repein\w* en|en) (?P<no>mat)\b",
    r"\b(?!(?:vend\w*|deal\w*|livr\w*|pass\w*|tourn\w*|charbonn\w*|vienn\w+|vient|surtout|que|plutot|et|ou|souvent|"
    r"uniquement|seulement|comme|bicrav\w*|c'est|la|fins?|debut|milieu|tombee|coeur|tard|tot)\b)"
    r"[a-z]+ (?P<no>de (?:nuit|jour))\b(?! comme)",
    r"\b(?:pere|bonnet|sapin|cadeaux?|marche|boules?|repas) (?:de )?(?P<no>noel)\b",
    r"\b(?:village|colonies?|club|maison|location|suis|est|etais?|sommes|partis?|partir|part) "
    r"(?:en |de )?(?P<no>vacances)\b",
    # "été" the participle
    r"\b(?:a|ai|as|ont|avons|avez|avait|avaient|aurait|auraient|avoir|ayant|aura|ais|deja|toujours|jamais|eu)"
    r"(?: (?:pas|deja|encore|jamais|toujours|bien|aussi|donc|plus|tous|toutes|rien|ainsi|tout)){0,2}[ '-](?P<no>ete)\b",
    r"\b(?:boites?|oiseaux?|table|chemise|bars?|epicerie|equipe|poste|service|hopital|veilleuse|vie|gardien|travail|"
    r"tarif|marche|train|sac|feu|vision|club|ecran|creme|shop|portier) de (?:nuit|jour)\b",
    r"\b(?:mise|mettre|remise|remettre|mis) a jour\b|\bau jour le jour\b|\bgrand jour\b",
    r"\b(?=un )(?<!dans )(?<!depuis )(?<!a )(?<!chaque )un (?:beau )?jour\b(?! sur)|\bd'un jour a l'autre\b",
    r"\b(?:a|au|en) (?:la )?(?:meme )?seconde(?: a| main|s)?\b|\b(?:classe|eleves?) de seconde\b|\bla seconde\b",
    r"\b(?:minute|seconde|heure)s? (?:supplementaires?|papillon)\b",
    r"\bbarres? (?:de )?mars\b|\bmars (?:et|ou) (?:de )?(?:lessive|snickers|twix)",
    r"\bplanete mars\b",
    r"\bfin de (?:mois difficile|serie|vie)\b|\ben fin de compte\b|\bfin du monde\b|\bdebut de (?:preuve|piste)\b",
    r"\bsans fin\b|\ba la (?:fin|longue) (?:c|on|il|je|ca)\b|\b(?:coup|ville) d'un soir\b",
    r"\b(?=par )(?<!fois )(?<!soirs )(?<!jours )(?<!nuits )(?<!matins )(?<!soir )(?<!jour )(?<!nuit )(?<!\dx )(?<!x )"
    r"par (?:heure|jour|semaine|mois|an|nuit)\b",
)
_PATTERNS = tuple(re.compile(row) for row in (*PLACES, *PEOPLE, *MEASURES, *SENSES))
# The name of a shop or a newspaper: both words with a capital inside a sentence ("bar Le Dimanche", "Le Soir").
_TITLE = re.compile(
    r"(?<=[a-zéèà,;] )(?:Le|La) "
    r"(?:Dimanche|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Soir|Matin|Midi|Jour|Minuit|Week-end)\b"
)
Span = tuple[int, int]


def not_times(folded: Folded) -> list[Span]:
    """The stretches of the folded text that are no times."""
    spans = [
        match.span("no") if "no" in pattern.groupindex else match.span()
        for pattern in _PATTERNS
        for match in pattern.finditer(folded.text)
    ]
    titles = _TITLE.finditer(folded.written) if folded.places is None else ()
    return [*spans, *(match.span() for match in titles)]


def hide(pieces: Iterable[Piece], spans: Sequence[Span]) -> list[Piece]:
    """The pieces, with those that touch a span made unknown."""
    if not spans:
        return list(pieces)
    merged = _merged(spans)
    kept, at = [], 0
    for piece in pieces:
        while at < len(merged) and merged[at][1] <= piece.start:
            at += 1
        touched = at < len(merged) and merged[at][0] < piece.end
        kept.append(Piece("x", None, piece.start, piece.end) if touched else piece)
    return kept


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
