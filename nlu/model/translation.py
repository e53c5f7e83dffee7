"""From the labels of somebody else's checkpoint to ours: a table, and the operator's own lines over it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

OUTSIDE = "O"
_MARKED = re.compile(r"(?P<mark>[BIESLU])-(?P<name>.+)")
"""BIO, BIOES and BILOU write a mark before the type; some checkpoints write the type alone."""
_OPENING = frozenset("BSU")

KNOWN: Mapping[str, str] = {
    "loc": "lieu",
    "location": "lieu",
    "gpe": "lieu",
    "fac": "lieu",
    "address": "lieu",
    "per": "personne",
    "pers": "personne",
    "person": "personne",
    "date": "horaire",
    "time": "horaire",
    "veh": "vehicule",
    "vehicle": "vehicule",
    "drug": "produit",
}
"""What common label sets call what we name otherwise (CoNLL, WikiNER, Quaero, OntoNotes, literary NER)."""

Ours = TypeVar("Ours", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Label(Generic[Ours]):
    """A label of the checkpoint. meaning: None for what names nothing of ours; opens: it begins a new span.

    is_vouched: the checkpoint uses our word, or the operator translated it; else it is our guess from KNOWN.
    """

    name: str
    meaning: Ours | None
    opens: bool = False
    is_vouched: bool = False


def translated(labels: Sequence[str], ours: type[Ours], label_map: Mapping[str, str]) -> tuple[Label[Ours], ...]:
    """The checkpoint's labels in its order. label_map: the operator's words (any case), "" to drop a label."""
    told = {name.lower(): mine for name, mine in label_map.items()}
    return tuple(_label(label, ours, told) for label in labels)


def _label(label: str, ours: type[Ours], told: Mapping[str, str]) -> Label[Ours]:
    marked = _MARKED.fullmatch(label) if label.lower() not in told else None
    name = marked["name"] if marked else label
    own = {one.value: one for one in ours}
    vouched = told.get(name.lower(), name.lower())
    meaning = own.get(vouched) or (own.get(KNOWN.get(vouched, "")) if name.lower() not in told else None)
    return Label(name, meaning, bool(marked and marked["mark"] in _OPENING), vouched in own)


def dropped(labels: Sequence[Label[Ours]], label_map: Mapping[str, str]) -> list[str]:
    """The names that mean nothing here and that the operator did not drop on purpose."""
    quiet = {OUTSIDE.lower(), *(name.lower() for name, mine in label_map.items() if not mine)}
    return sorted({label.name for label in labels if label.meaning is None and label.name.lower() not in quiet})
