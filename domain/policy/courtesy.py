"""What is answered to a greeting, to thanks, to a good-bye and to "I am back"."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.events import Notice
from domain.policy.learning import Heard
from domain.reading import Intent

COURTESIES: Mapping[Intent, Notice] = MappingProxyType({
    Intent.SALUER: Notice.GREETING, Intent.REMERCIER: Notice.THANKS,
})  # fmt: skip
_FAREWELLS = (
    "revoir", "bonne soir", "bonne nuit", "bonne journ", "bonne continuation", "à bientôt", "a bientot", "à plus",
    "ciao", "bye", "adieu", "tot ziens",
)  # fmt: skip


def courtesy_of(heard: Heard) -> Notice:
    """The notice for a message whose intent is one of COURTESIES."""
    if heard.reading.resumes:
        return Notice.BACK_AGAIN
    leaves = any(sign in heard.text.casefold() for sign in _FAREWELLS)
    return Notice.FAREWELL if leaves and heard.reading.intent is Intent.SALUER else COURTESIES[heard.reading.intent]
