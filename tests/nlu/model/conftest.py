"""One trained reader for all tests of the model: it takes a second to load."""

import pytest

from nlu.model.runtime import TrainedReader


@pytest.fixture(scope="session")
def model() -> TrainedReader:
    return TrainedReader()
