"""What the desk says of things that happened: one table from the transcript's and the journal's keys to French."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from domain.events import Verdict
from domain.messages import RefusedKind
from domain.questionnaire import Fact
from handlers.supervisor import CaseState
from handlers.transcript import Line
from web import words

HAPPENED: Mapping[str, str] = MappingProxyType({
    "started": "La personne arrive au guichet.",
    "language": "Langue choisie : {detail}.",
    "edited": "Message corrigé par la personne",
    "tapped": "Bouton",
    "pinned": "Un point sur la carte. Il n’est montré ici qu’une fois confirmé comme lieu des faits.",
    "pin-forgotten": "Le point n’était pas le lieu des faits : il est oublié.",
    "photo": "Une photo",
    "refused": "Refusé, rien n’est gardé : {detail}.",
    "masked": "Passages qui désignaient la personne, masqués avant tout enregistrement : {detail}.",
    "door-closed": "La personne a fermé la conversation.",
    "door-opened": "La personne a rouvert la conversation.",
    "filed": "Signalement déposé sous le nom {detail}.",
    "receipt": "Code de suivi montré une fois.",
    "agent-wanted": "La personne demande un agent.",
    "emergency": "Danger déclaré : les numéros d’urgence ont été donnés d’abord.",
    "emergency-over": "La conversation reprend après l’urgence.",
    "redirected": "Hors périmètre : réorienté, rien n’est gardé.",
    "came-back": "La conversation reprend.",
    "abandoned": "Brouillon expiré : son contenu est effacé.",
    "erased": "Effacé à la demande de la personne.",
    "joined": "Un agent rejoint la conversation ({detail}). Le guichet se tait.",
    "file": "Un fichier pour la personne",
    "held": "Retenu : cette question cherche à identifier la personne",
    "released": "La question retenue est confirmée par un agent.",
    "withdrew-in-time": "Message d’agent retiré avant l’envoi.",
    "withdrew-too-late": "Message d’agent retiré, mais déjà parti.",
    "ordered": "Commande : !{detail}",
    "unreadable": "Message d’agent illisible (chiffrement) : redemandé.",
    "taken": "Dossier pris en charge ({detail}).",
    "left": "L’agent rend la conversation au guichet.",
    "asked-fact": "Un agent fait demander : {detail}.",
    "closed": "Dossier clos : {detail}.",
})  # fmt: skip

VERDICTS: Mapping[str, str] = MappingProxyType({
    Verdict.EXPLOITABLE: "exploitable",
    Verdict.NOT_EXPLOITABLE: "non exploitable",
    Verdict.OUT_OF_SCOPE: "hors périmètre",
})  # fmt: skip

STATES: Mapping[CaseState, str] = MappingProxyType({
    CaseState.WAITING: "En attente",
    CaseState.TAKEN: "Pris en charge",
    CaseState.CLOSED: "Clos",
})  # fmt: skip

_REFUSED: Mapping[str, str] = MappingProxyType({
    RefusedKind.CONTACT: "un contact",
    RefusedKind.LIVE_LOCATION: "une position en direct",
    RefusedKind.DOCUMENT: "un document",
    RefusedKind.VOICE: "un message vocal",
    RefusedKind.VIDEO: "une vidéo",
    RefusedKind.STICKER: "un autocollant",
    RefusedKind.POLL: "un sondage",
    RefusedKind.TOO_LONG: "un message trop long",
    RefusedKind.BAD_PHOTO: "une image illisible",
    RefusedKind.OTHER: "un envoi d’un autre genre",
})  # fmt: skip

_DETAILS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "refused": _REFUSED,
    "closed": VERDICTS,
    "asked-fact": {fact.value: label.lower() for fact, label in words.FACTS.items()},
})  # fmt: skip

ACTIONS: Mapping[str, str] = MappingProxyType({
    "sign-in": "s’est connecté",
    "sign-in.failed": "échec de connexion",
    "sign-out": "s’est déconnecté",
    "cases.listed": "a lu la liste",
    "case.read": "a lu le dossier",
    "case.refused": "accès refusé au dossier",
    "photo.seen": "a vu une photo du dossier",
    "journal.read": "a lu le journal",
    "identity.seen": "a lu l’identité du service",
    "account.added": "compte créé ou changé",
})  # fmt: skip


def happened(line: Line) -> str:
    """The sentence for a line's key, "" for plain words."""
    if not line.key:
        return ""
    detail = _DETAILS.get(line.key, {}).get(line.detail, line.detail)
    return HAPPENED[line.key].format(detail=detail)


def action(key: str) -> str:
    """What was done, in French; other parts of the house journal too, their keys are shown as they are."""
    return ACTIONS.get(key, key)


_AGES = (
    (timedelta(days=60), timedelta(days=30), "{} mois"),
    (timedelta(days=14), timedelta(days=7), "{} semaines"),
    (timedelta(days=2), timedelta(days=1), "{} jours"),
    (timedelta(hours=2), timedelta(hours=1), "{} heures"),
)


def age(length: timedelta) -> str:
    """How long ago, coarsely: a supervisor needs no minutes."""
    for least, unit, form in _AGES:
        if length >= least:
            return form.format(length // unit)
    return "1 heure" if length >= timedelta(hours=1) else "moins d’une heure"


def wait(seconds: float) -> str:
    """A wait, rounded up to what a person counts in."""
    if seconds <= 60:
        return "une minute"
    return f"{int(seconds // 60) + 1} minutes"


def completeness(known: int, wanted: int) -> str:
    """ "2 informations sur 3"."""
    return f"{known} information{'s' if known > 1 else ''} sur {wanted}"


def fact_label(fact: Fact) -> str:
    """The name of a fact."""
    return words.FACTS[fact]
