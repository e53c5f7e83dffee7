"""The label sets of the model and their order in its outputs. Adding a label means training again."""

from domain.reading import EntityType, Fait, Intent

INTENTS = tuple(Intent)
FAITS = tuple(Fait)
TYPES = tuple(EntityType)
TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
"""BIO tags: `O`, then B and I of each type, so that B of type k is 1 + 2k and I is 2 + 2k."""

ASKED = (
    "lieu",
    "horaire",
    "comportement",
    "produit",
    "personne",
    "vehicule",
    "contact",
    "identite_declarant",
    "depuis",
    "confirmation",
    "autre",
)
"""What the counter may have asked for; any other word is told to the model as `autre`."""

MAX_TOKENS = 512
"""Longer messages are read in pieces (see `nlu.model.runtime`); 99.9 % of the corpus is shorter."""


def begins(kind: int) -> int:
    """The tag that opens a span of the type at this place in TYPES."""
    return 1 + 2 * kind


def continues(kind: int) -> int:
    """The tag that goes on with a span of the type at this place in TYPES."""
    return 2 + 2 * kind


def kind_of(tag: int) -> int | None:
    """The place in TYPES of a tag's type, None for `O`."""
    return (tag - 1) // 2 if tag else None
