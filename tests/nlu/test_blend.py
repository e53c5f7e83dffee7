"""Who is believed where the rules and the model differ: proposals made by hand, so that no weight decides."""

from dataclasses import replace

import pytest

from domain.reading import Entity, EntityType, Intent, Reading
from nlu.blend import Proposal, blended

from .conftest import AT

OWN = EntityType.IDENTITE_DECLARANT


def _entity(text: str, words: str, kind: EntityType, confidence: float = 0.9) -> Entity:
    start = text.index(words)
    return Entity(kind, start, start + len(words), words, confidence)


@pytest.mark.parametrize(("found", "proposed", "masked"), [
    ("Tonio", "Tonio du camping des Peupliers", "Tonio du camping des Peupliers"),
    ("Tonio du camping", "Tonio", "Tonio du camping"), ("Tonio", "camping", "Tonio"),
])  # fmt: skip
def test_who_writes_is_masked_as_far_as_either_tells(found: str, proposed: str, masked: str) -> None:
    text = "Salut c'est Tonio du camping des Peupliers"
    rules = Reading(Intent.SALUER, 0.9, entities=(_entity(text, found, OWN),))
    model = Proposal(Intent.SALUER, 0.9, (_entity(text, proposed, OWN),), ())
    assert blended(text, None, rules, model, AT).of(OWN)[0].text == masked


def test_a_weak_word_of_danger_that_the_model_does_not_believe_is_a_report() -> None:
    """The model would put it aside, which the rules' finds forbid: what is left is a report, no alarm."""
    text = "Fusillade dans GTA ce soir"
    rules = Reading(Intent.URGENCE, 0.8, entities=(_entity(text, "ce soir", EntityType.HORAIRE),))
    model = Proposal(Intent.HORS_SUJET, 0.45, (), (), alarm=0.09)
    assert blended(text, None, rules, model, AT).intent is Intent.SIGNALER
    believed = replace(model, alarm=0.4)
    assert blended(text, None, rules, believed, AT).intent is Intent.URGENCE
