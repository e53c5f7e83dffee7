"""Officers' questions that seek to know who writes are held back until an officer confirms them.

The writer was promised that no name is needed; a question that asks for one must be a decision, not a habit.
"""

import re
import unicodedata

_WHAT = (
    r"\b(nom|prenom|identite|adresse|numero|telephone|portable|mail|e-mail|courriel|coordonnees|age|date de naissance"
    r"|profession|metier|employeur|etage|appartement|domicile|compte|pseudo)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(quel|quelle|donne\w*|indique\w*|communique\w*|precise\w*|connaitre|avoir|besoin de)\b"
        rf".{{0,30}}\b(votre|vos|ton|ta|tes)\b.{{0,12}}{_WHAT}",
        r"\b(comment|comme) (vous appelez|tu t'appelle|t'appelles|vous nomm)",
        r"\bqui (etes[- ]vous|es[- ]tu)\b",
        r"\b(ou|a quelle adresse|a quel etage|dans quel (immeuble|batiment|appartement))"
        r".{0,20}\b(habitez|habites|residez|vivez|logez)[- ]?(vous|tu)?\b",
        r"\b(habitez|residez|travaillez|logez)[- ]vous\b.{0,40}\?",
        r"\bvotre (nom|prenom|identite|adresse|numero|telephone|e-?mail|courriel|domicile)\b.{0,30}\?",
        r"\b(vous joindre|vous rappeler|vous appeler|vous rencontrer)\b",
        r"\bdepuis (votre|quelle) (fenetre|balcon|appartement)\b",
    )
)


def seeks_identity(text: str) -> bool:
    """Whether these words ask the citizen who or where they are. Errs on the side of asking the officer again."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("’", "'")
    return any(pattern.search(plain) for pattern in _PATTERNS)
