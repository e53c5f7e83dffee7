"""What the model learns from: spans stay on their words through every change, and samples are fresh but repeatable."""

import random
from collections.abc import Callable

import pytest

from domain.reading import Entity, EntityType, Fait, Intent
from nlu.training import noise
from nlu.training.fillers import Fillers
from nlu.training.grammar import Generator, off_topic, refilled
from nlu.training.messages import Message, read_corpus, split
from nlu.training.metrics import Answer, measure

CORPUS = read_corpus()
SAMPLE = CORPUS[::40]


def _whole(message: Message) -> bool:
    inside = all(message.text[e.start : e.end] == e.text for e in message.entities)
    apart = all(a.end <= b.start for a, b in zip(message.entities, message.entities[1:], strict=False))
    return inside and apart


def test_every_annotation_lies_on_its_words() -> None:
    assert len(CORPUS) > 3000
    assert all(_whole(message) for message in CORPUS)


@pytest.mark.parametrize("mix", noise.MIXES)
def test_noise_keeps_spans_on_their_words(mix: tuple[noise.Change, ...]) -> None:
    rng = random.Random(1)
    for message in SAMPLE:
        changed = noise.noisy(message, rng, mix)
        assert _whole(changed)
        assert [e.type for e in changed.entities] == [e.type for e in message.entities]


@pytest.mark.parametrize(
    ("change", "said", "becomes"),
    [
        (noise.no_accents, "à l'école", "a l'ecole"),
        (noise.no_marks, "oui, à 18:30. merci !", "oui à 18:30 merci "),
        (noise.upper, "devant l'église", "DEVANT L'ÉGLISE"),
    ],
)
def test_noise_does_what_it_says(change: Callable[[str, random.Random], str], said: str, becomes: str) -> None:
    assert change(said, random.Random(1)) == becomes


def test_other_fillers_keep_the_sentence() -> None:
    message = CORPUS[0]
    other = refilled(message, Fillers(CORPUS, random.Random(2)), share=1.0)
    assert _whole(other)
    first = message.entities[0]
    assert other.text[: first.start] == message.text[: first.start]
    assert other.text != message.text


def test_generated_messages_are_whole_and_repeatable() -> None:
    def made(seed: int) -> list[Message]:
        return Generator(Fillers(CORPUS, random.Random(seed))).messages(200)

    assert all(_whole(message) for message in made(1))
    assert made(1) == made(1) != made(2)
    assert {kind for m in made(1) for kind in (e.type for e in m.entities)} == set(EntityType)


def test_an_identity_stays_one_of_its_sort() -> None:
    fillers = Fillers(CORPUS, random.Random(3))
    assert "@" in fillers.fill(EntityType.IDENTITE_DECLARANT, "p.lemercier@exemple.org")
    assert fillers.fill(EntityType.IDENTITE_DECLARANT, "06 39 98 02 55")[0] == "0"
    assert fillers.fill(EntityType.IDENTITE_DECLARANT, "curé de la paroisse") == "curé de la paroisse"


def test_plain_sentences_are_off_topic() -> None:
    (message,) = off_topic(["Il faut cultiver notre jardin."], random.Random(1), 5)
    assert (message.intent, message.entities) == (Intent.HORS_SUJET, ())


def test_held_out_messages_are_never_trained_on() -> None:
    kept, held = split(CORPUS)
    assert len(kept) + len(held) == len(CORPUS)
    assert not {id(m) for m in kept} & {id(m) for m in held}


def test_figures_of_a_known_answer() -> None:
    text = "shit gare de Dole"
    wanted = (Entity(EntityType.PRODUIT, 0, 4, "shit"), Entity(EntityType.LIEU, 5, 17, "gare de Dole"))
    given = (Entity(EntityType.PRODUIT, 0, 4, "shit"), Entity(EntityType.LIEU, 5, 12, "gare de"))
    told = measure(
        [Message(text, None, Intent.SIGNALER, wanted, (Fait.GUET,))],
        [Answer(Intent.URGENCE, given, (Fait.GUET, Fait.CULTURE))],
    )
    assert (told.accuracy, told.alarms) == (0.0, 1)
    assert told.exact.f1() == 0.5
    assert told.relaxed.f1() == 1.0
    assert told.faits.f1() == pytest.approx(2 / 3)
