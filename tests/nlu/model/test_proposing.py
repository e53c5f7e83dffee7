"""From scores to spans: what the convention asks of them whatever the scores say."""

import re

import numpy as np
import pytest

from domain.reading import EntityType
from nlu.model.features import Features, Unit
from nlu.model.labels import TAGS, TYPES, begins, continues
from nlu.model.proposing import spans

PERSONNE = TYPES.index(EntityType.PERSONNE)


def _read(text: str, read: str) -> list[str]:
    """The spans where the network marks exactly `read` as a person: digits one by one, as the tokeniser cuts them."""
    units = [Unit(m.start(), m.end(), i) for i, m in enumerate(re.finditer(r"\d|\w+|[^\w\s]", text))]
    start = text.index(read)
    tags = np.zeros((len(units), len(TAGS)), dtype=np.float32)
    tags[:, 0] = 9
    inside = [i for i, unit in enumerate(units) if start <= unit.start and unit.end <= start + len(read)]
    for i in inside:
        tags[i, begins(PERSONNE) if i == inside[0] else continues(PERSONNE)] = 18
    part = Features([0] * len(units), [0] * len(units), units, 0)
    return [entity.text for entity in spans(text, part, tags)]


@pytest.mark.parametrize(("text", "read", "kept"), [
    ("un gars de 25 ans", "un gars de 2", "un gars de 25"), ("un gars de 2 5 ans", "un gars de 2", "un gars de 2"),
    ("deux types", "deux types", "deux types"), ("il a 25", "il a 2", "il a 25"),
])  # fmt: skip
def test_no_span_ends_inside_a_number(text: str, read: str, kept: str) -> None:
    assert _read(text, read) == [kept]
