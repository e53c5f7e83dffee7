"""What kind of conduct a message asserts, by its verbs and nouns, denials and hypotheses left out."""

from functools import cache

from domain.reading import Fait
from nlu.negation import is_denied
from nlu.phrases import Phrases, load
from nlu.wording import Wording


@cache
def _phrases() -> Phrases:
    return load("faits.txt")


def find_faits(wording: Wording) -> tuple[Fait, ...]:
    """The kinds of conduct asserted, in the order of the list."""
    labels = {f.label for f in _phrases().found(wording) if not is_denied(wording, f.first)}
    return tuple(fait for fait in Fait if fait.value in labels)
