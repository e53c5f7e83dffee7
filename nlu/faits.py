"""What kind of conduct a message asserts, by its verbs and nouns, denials left out."""

from collections.abc import Collection
from functools import cache

from domain.reading import EntityType, Fait
from nlu.negation import is_denied
from nlu.phrases import Phrases, load
from nlu.wording import Wording

_SETTING = frozenset((EntityType.LIEU, EntityType.PRODUIT, EntityType.HORAIRE))


@cache
def _phrases() -> Phrases:
    return load("faits.txt")


def find_faits(wording: Wording, named: Collection[EntityType] = ()) -> tuple[Fait, ...]:
    """The kinds of conduct asserted, in the order of the list.

    named: what the message names. A mere hint ("du trafic", "des sachets") is a sale only where a place, a product or
    a time goes with it: the guide has no fait for "un trafic" alone.
    """
    labels = {found.label for found in _phrases().found(wording) if not is_denied(wording, found.first)}
    if "indice" in labels and not labels & _OTHERS and _SETTING & set(named):
        labels.add(Fait.POINT_DE_DEAL.value)
    return tuple(fait for fait in Fait if fait.value in labels)


_OTHERS = {fait.value for fait in Fait} - {Fait.GUET.value, Fait.ARME_VIOLENCE.value, Fait.RECRUTEMENT_MINEURS.value}
