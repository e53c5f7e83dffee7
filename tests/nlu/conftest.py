"""What the reader's tests share: one reader and one reference time."""

from collections.abc import Callable
from datetime import datetime

import pytest

from domain.reading import Reading
from nlu.rules import RulesReader

AT = datetime(2026, 3, 18, 20, 15)  # a Wednesday evening

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads a message by rules."""
    reader = RulesReader()

    def one(text: str, asked: str | None = None) -> Reading:
        return reader.read(text, asked=asked, at=AT)

    return one
