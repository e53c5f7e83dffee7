"""What the network is shown: every message clean and in changed forms, generated ones, and plain sentences."""

import random
from collections.abc import Callable, Sequence

from nlu.model.features import Reader
from nlu.rules import RulesReader
from nlu.training.examples import Example, examples
from nlu.training.fillers import Fillers
from nlu.training.grammar import Generator, off_topic, refilled
from nlu.training.messages import Message
from nlu.training.noise import noisy, roughened

GENERATED = 1000
BACKGROUND = 150
"""How many messages the grammar and the plain text add to an epoch (3,392 hand-written ones without the held-out)."""

Progress = Callable[[int, int], None]


def forms(message: Message, fillers: Fillers) -> list[Message]:
    """The message itself, roughened twice, with other fillers, and with other fillers roughened."""
    rng = fillers.rng
    other = refilled(message, fillers, 0.5)
    return [message, noisy(message, rng), noisy(message, rng), refilled(message, fillers), noisy(other, rng)]


def pools(
    messages: Sequence[Message], sentences: Sequence[str], reader: Reader, seed: int, progress: Progress
) -> list[list[Example]]:
    """One pool of equivalent examples a message; an epoch draws one of each."""
    rng, rules = random.Random(seed), RulesReader()
    fillers = Fillers(messages, rng)
    made = [forms(message, fillers) for message in messages]
    added = Generator(fillers).messages(GENERATED) + off_topic(sentences, rng, BACKGROUND)
    made += [[message, noisy(message, rng)] for message in added]
    found = []
    for place, group in enumerate(made):
        found.append(examples(group, reader, rules))
        progress(place + 1, len(made))
    return found


def digits(text: str, rng: random.Random) -> str:
    """The text with half of its digits drawn anew: plain French corpora spell their numbers."""
    return "".join(str(rng.randrange(10)) if c.isdigit() and rng.random() < 0.5 else c for c in text)


def _perhaps_rough(text: str, share: float, rng: random.Random) -> str:
    return roughened(text, rng) if rng.random() < share else text


def reading_matter(own: Sequence[str], plain: Sequence[str], rng: random.Random, turns: int = 8) -> list[str]:
    """Text for masked pre-training: the messages several times with other digits, among plain sentences.

    A share of both is roughened, so that a word and its hurried spellings come to mean the same.
    """
    mixed = [_perhaps_rough(digits(text, rng), 0.4, rng) for _ in range(turns) for text in own]
    mixed += [_perhaps_rough(text, 0.2, rng) for text in plain]
    rng.shuffle(mixed)
    return mixed
