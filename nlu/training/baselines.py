"""`python -m nlu.training.baselines`: what others would build from the same messages, measured the same way.

    python -m nlu.training.baselines [FILE.jsonl ...] [--shares 0.25 0.5 1] [--epochs N] [--out FILE.json]

spaCy (blank French: text categories and named entities, its own defaults) and character n-grams weighted by rarity with
logistic regression (intents and faits only). Both are told the fact that was asked, as a word before the message.
Without a file, the held-out tenth of the corpus. Needs the `train` extra.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.reading import Entity, EntityType, Fait, Intent
from nlu.training.evaluate import KINDS
from nlu.training.messages import Message, read_corpus, read_messages, split
from nlu.training.metrics import Answer, measure
from nlu.training.moment import SEED
from nlu.training.noise import noisy

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[[Message], Answer]
Train = Callable[[Sequence[Message], int], Read]

SURE = 0.5


def _led(message: Message) -> tuple[str, int]:
    """The message behind the fact asked, and how many characters that put before it."""
    lead = f"{message.asked or 'rien'} : "
    return lead + message.text, len(lead)


def train_ngrams(messages: Sequence[Message], epochs: int) -> Read:
    """Characters by two to five, weighted by rarity; one logistic regression for intents, one a fait."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    def pieces() -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode", min_df=2
        )

    texts = [_led(m)[0] for m in messages]
    intents = make_pipeline(pieces(), LogisticRegression(C=20.0, max_iter=300))
    intents.fit(texts, [m.intent.value for m in messages])
    faits = make_pipeline(pieces(), OneVsRestClassifier(LogisticRegression(C=20.0, max_iter=300)))
    faits.fit(texts, [[int(f in m.faits) for f in Fait] for m in messages])

    def read(message: Message) -> Answer:
        text = [_led(message)[0]]
        said = faits.predict(text)[0]
        asserted = tuple(f for f, is_said in zip(Fait, said, strict=True) if is_said)
        return Answer(Intent(intents.predict(text)[0]), (), asserted)

    return read


def train_spacy(messages: Sequence[Message], epochs: int) -> Read:
    """spaCy's own default pipelines over a blank French tokeniser: one for intents and spans, one for faits."""
    reading = _taught(("textcat", "ner"), messages, epochs)
    asserting = _taught(("textcat_multilabel",), messages, epochs)

    def read(message: Message) -> Answer:
        text, lead = _led(message)
        doc, cats = reading(text), asserting(text).cats
        faits = tuple(f for f in Fait if cats.get(f.value, 0.0) >= SURE)
        found = [(EntityType(e.label_), e.start_char - lead, e.end_char - lead) for e in doc.ents]
        spans = tuple(Entity(kind, start, end, message.text[start:end]) for kind, start, end in found if start >= 0)
        return Answer(max(Intent, key=lambda i: doc.cats.get(i.value, 0.0)), spans, faits)

    return read


def _taught(parts: Sequence[str], messages: Sequence[Message], epochs: int) -> "Language":
    """A trained pipeline of these parts; dropout 0.2, batches that grow from 8 to 64."""
    import spacy
    from spacy.training import Example
    from spacy.util import compounding, fix_random_seed, minibatch

    fix_random_seed(SEED)
    rng = random.Random(SEED)
    pipeline = spacy.blank("fr")
    for part in parts:
        pipeline.add_pipe(part)
    taught = [Example.from_dict(pipeline.make_doc(_led(m)[0]), _gold(pipeline, m, "ner" in parts)) for m in messages]
    optimiser = pipeline.initialize(lambda: taught)
    for _ in range(epochs):
        rng.shuffle(taught)
        for few in minibatch(taught, compounding(8.0, 64.0, 1.002)):
            pipeline.update(few, sgd=optimiser, drop=0.2)
    return pipeline


def _gold(pipeline: "Language", message: Message, with_intent: bool) -> dict[str, object]:
    """What spaCy is taught of a message; a span that cuts one of its words is widened to the word."""
    if not with_intent:
        return {"cats": {f.value: float(f in message.faits) for f in Fait}}
    text, lead = _led(message)
    doc = pipeline.make_doc(text)
    spans: list[tuple[int, int, str]] = []
    for e in message.entities:
        words = doc.char_span(e.start + lead, e.end + lead, alignment_mode="expand")
        if words is not None and (not spans or words.start_char >= spans[-1][1]):
            spans.append((words.start_char, words.end_char, e.type.value))
    return {"entities": spans, "cats": {i.value: float(i is message.intent) for i in Intent}}


BASELINES: dict[str, Train] = {"n-grams": train_ngrams, "spaCy": train_spacy}


def curve(
    kept: Sequence[Message], sets: dict[str, list[Message]], shares: Sequence[float], epochs: int
) -> list[dict[str, object]]:
    """One row a baseline, share of the messages, set and kind of noise; printed as they come."""
    rows: list[dict[str, object]] = []
    shuffled = list(kept)
    random.Random(SEED).shuffle(shuffled)
    for share in shares:
        few = shuffled[: round(share * len(shuffled))]
        for name, train in BASELINES.items():
            read = train(few, epochs)
            for label, messages in sets.items():
                rows += _rows(read, messages, {"reader": name, "set": label, "messages": len(few)})
    return rows


def _rows(read: Read, messages: Sequence[Message], about: dict[str, object]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for kind in ("clean", "all noise"):
        rng = random.Random(SEED)
        said = [noisy(m, rng, KINDS[kind]) if KINDS[kind] else m for m in messages]
        told = measure(said, [read(m) for m in said])
        rows.append({**about, "noise": kind, **told.row()})
        print(rows[-1], flush=True)
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures of the baselines. arguments: those of the command line when None."""
    parser = argparse.ArgumentParser(
        prog="python -m nlu.training.baselines", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--shares", type=float, nargs="*", default=[1.0])
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--out", type=Path)
    said = parser.parse_args(arguments)
    kept, held = split(read_corpus())
    sets = {"held out": held, **{path.stem: read_messages(path) for path in said.files}}
    rows = curve(kept, sets, said.shares, said.epochs)
    if said.out:
        said.out.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
