"""What the writer wants taken out, and words that only look like deeds."""

import pytest

from .conftest import Read


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("Enlevez la moto, je n'en suis pas sûr", ("moto",)),
        ("vous pouvez retirer le véhicule svp", ("véhicule",)),
        ("supprimez la voiture noire c'était un taxi", ("voiture noire",)),
        ("oui c'est juste", ()),
    ],
)
def test_says_what_is_to_be_taken_out(read: Read, text: str, rejected: tuple[str, ...]) -> None:
    assert read(text, "confirmation").rejected == rejected


def test_keeps_no_entity_of_what_is_taken_out(read: Read) -> None:
    found = read("enlevez la Clio grise du parking", "confirmation")
    assert not any("Clio" in entity.text for entity in found.entities)
    assert found.rejected == ("Clio grise",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("il a un snap : livre.25", 0),
        ("il livre des pizzas et autre chose", 1),
        ("un type deale à la sortie", 1),
        ("je veux signaler un point de deal", 0),
        ("ils fabriquent des cachets dans la cave", 1),
    ],
)
def test_tells_deeds_from_names(read: Read, text: str, told: int) -> None:
    assert len(read(text, "autre").conduct) == told
