"""Whose a phone, an e-mail or a handle is: the traffickers' (`contact`) or the writer's own (`identite_declarant`)."""

import re
from functools import cache

from nlu.contacts import Contact
from nlu.phrases import Found, Phrases, load
from nlu.wording import Wording

Range = tuple[int, int]

_THEIRS = re.compile(
    r"(?:son|leur|leurs|ses|il|ils|elle|dealer|vendeur|livreur|livre|livrent|commande|commandes|commander|menu|mec|gars|du|"
    r"ce|celui|certain|pub|affiche|tag|sticker|carte|cartes|promo|autocollants|vend|vendent|recrute|contacter|appeler|"
    r"expediteur|pseudo|tourne|repond|standard|gagnez|annonce|flyer) (?:[^ .!?]+ ){0,6}$"
)
_THEIRS_AFTER = re.compile(
    r"(?:,|:|et)? ?(?:pas le mien|il|ils|elle|on|c est (?:sa|son|leur)|pour|tu|pas a moi|livre|vend|envoie|avec un)\b"
)
_MINE_AFTER = re.compile(
    r"(?:,|:|et)? ?(?:c est (?:le mien|moi|mon)|est a moi|si (?:besoin|vous|il|tu)|mais repondez|cherche)\b"
)


@cache
def _phrases() -> Phrases:
    return load("identite.txt")


def own_contacts(
    wording: Wording, contacts: list[Contact], names: list[Range], *, trafficking: bool, asked: str | None
) -> list[bool]:
    """For each contact, whether it is the writer's own."""
    cues = [cue for cue in _phrases().found(wording) if cue.label == "joindre"]
    return [_is_own(wording, contact, cues, names, trafficking, asked) for contact in contacts]


def _is_own(
    wording: Wording, contact: Contact, cues: list[Found], names: list[Range], trafficking: bool, asked: str | None
) -> bool:
    here = wording.covered(contact.start, contact.end)
    first, after = here.start, here.stop
    before = "".join(word + " " for word in wording.words[max(0, first - 8) : first])
    behind = "".join(word + " " for word in wording.words[after : after + 6])
    if _MINE_AFTER.match(behind) or re.search(r"\bmoi c est $", before):
        return True
    if any(0 <= first - cue.after <= 6 or cue.first <= first < cue.after for cue in cues):
        return not re.search(r"\b(?:leur|son|sa|dealer|vendeur) ", before)
    if _THEIRS_AFTER.match(behind):
        return False
    if any(0 <= first - end <= 2 or 0 <= begin - after <= 2 for begin, end in names):
        return True
    if names and contact.kind == "phone" and not _THEIRS.search(before):
        return True
    if contact.kind == "mail":
        return not _THEIRS.search(before)
    if "merci" in wording.words or "cordialement" in wording.words:
        return not trafficking
    if _THEIRS.search(before) or trafficking or asked in ("contact", "autre", "personne", "produit"):
        return False
    return contact.kind == "phone" and not re.search(
        r"whatsapp|signal|telegram", wording.original[contact.start : contact.end].lower()
    )
