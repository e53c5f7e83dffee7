"""The reader that the counter uses, with and without a model beside the rules."""

import threading

from domain.reading import Entity, EntityType, Fait, Intent, Reading
from nlu.blend import Proposal, blended
from nlu.reader import GuichetReader
from nlu.rules import RulesReader

from .conftest import AT

TEXT = "machin truc au square"


async def test_reads_by_rules_without_a_model() -> None:
    reading = await GuichetReader(None).read("ça vend au square", None, AT)
    assert reading == RulesReader().read("ça vend au square", asked=None, at=AT)


async def test_believes_a_surer_model() -> None:
    def model(text: str, asked: str | None, said: Reading) -> Proposal:
        return Proposal(Intent.NUISANCE, 0.99, (Entity(EntityType.PERSONNE, 0, 6, text[:6], 0.9),), ())

    reading = await GuichetReader(model).read(TEXT, None, AT)
    assert reading.intent is Intent.NUISANCE
    assert [entity.text for entity in reading.of(EntityType.PERSONNE)] == ["machin"]


async def test_a_late_model_is_not_waited_for() -> None:
    gate = threading.Event()

    def model(text: str, asked: str | None, said: Reading) -> Proposal:
        gate.wait(30)
        return Proposal(Intent.HORS_SUJET, 1.0, (), ())

    reading = await GuichetReader(model, limit_s=0.01).read(TEXT, None, AT)
    gate.set()
    assert reading == RulesReader().read(TEXT, asked=None, at=AT)


async def test_a_model_at_fault_leaves_the_rules() -> None:
    def model(text: str, asked: str | None, said: Reading) -> Proposal:
        raise RuntimeError("weights")

    reading = await GuichetReader(model).read(TEXT, None, AT)
    assert reading == RulesReader().read(TEXT, asked=None, at=AT)


def test_a_model_never_silences_danger() -> None:
    text = "au secours il a un couteau"
    rules = RulesReader().read(text, asked=None, at=AT)
    reading = blended(text, None, rules, Proposal(Intent.HORS_SUJET, 1.0, (), ()), AT)
    assert reading.intent is Intent.URGENCE
    assert reading.urgent


def test_a_model_never_unmasks_the_writer() -> None:
    text = "je m'appelle Solène Arquembourg"
    rules = RulesReader().read(text, asked=None, at=AT)
    proposed = Entity(EntityType.LIEU, 13, 31, text[13:31], 1.0)
    reading = blended(text, None, rules, Proposal(Intent.SIGNALER, 1.0, (proposed,), (Fait.GUET,)), AT)
    assert [entity.type for entity in reading.entities] == [EntityType.IDENTITE_DECLARANT]
