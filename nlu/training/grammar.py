"""New messages: hand-written ones with other fillers, and clauses put together. Fresh samples from every seed."""

import random
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from domain.reading import Entity, EntityType, Fait, Intent
from nlu.training.fillers import Fillers
from nlu.training.messages import Message

_SLOTS = {
    "lieu": EntityType.LIEU,
    "horaire": EntityType.HORAIRE,
    "produit": EntityType.PRODUIT,
    "personne": EntityType.PERSONNE,
    "vehicule": EntityType.VEHICULE,
    "contact": EntityType.CONTACT,
}
_OWN = {"identite": "name", "identite_tel": "phone", "identite_mail": "mail", "identite_adresse": "home"}
_SPLIT = re.compile(r"\{(\w+)\}")


def refilled(message: Message, fillers: Fillers, share: float = 0.4) -> Message:
    """The message with about this share of its spans replaced by others of their type."""
    parts: list[str] = []
    spans: list[Entity] = []
    at = length = 0
    for entity in message.entities:
        between = message.text[at : entity.start]
        inside = fillers.fill(entity.type, entity.text) if fillers.rng.random() < share else entity.text
        parts += [between, inside]
        start = length + len(between)
        spans.append(Entity(entity.type, start, start + len(inside), inside))
        length, at = start + len(inside), entity.end
    parts.append(message.text[at:])
    return Message("".join(parts), message.asked, message.intent, tuple(spans), message.faits, message.voice)


@cache
def _phrases() -> dict[str, list[tuple[tuple[Fait, ...], str]]]:
    found: dict[str, list[tuple[tuple[Fait, ...], str]]] = {}
    section = ""
    for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = []
            continue
        faits, bar, clause = line.partition("|")
        told = tuple(Fait(name.strip()) for name in faits.split(",") if name.strip()) if bar else ()
        found[section].append((told, clause.strip() if bar else line.strip()))
    return found


class Generator:
    """Composes messages clause by clause."""

    def __init__(self, fillers: Fillers) -> None:
        self._fillers, self._rng = fillers, fillers.rng

    def messages(self, count: int) -> list[Message]:
        """So many reports and answers."""
        return [self._answer() if self._rng.random() < 0.25 else self._report() for _ in range(count)]

    def _report(self) -> Message:
        rng, phrases = self._rng, _phrases()
        chosen = [((), text) for _, text in rng.sample(phrases["intro"], rng.choice((0, 1, 1, 2)))]
        chosen += rng.sample(phrases["fact"], rng.choice((1, 1, 2)))
        chosen += rng.sample(phrases["more"], rng.choice((0, 1, 1, 2)))
        if rng.random() < 0.15:
            chosen.append(rng.choice(phrases["identity"]))
        if rng.random() < 0.3:
            chosen.append(rng.choice(phrases["tail"]))
        return self._said(chosen, None)

    def _answer(self) -> Message:
        asked = self._rng.choice(("lieu", "horaire", "personne", "vehicule", "produit"))
        return self._said([self._rng.choice(_phrases()[f"answer:{asked}"])], asked)

    def _said(self, clauses: Iterable[tuple[Sequence[Fait], str]], asked: str | None) -> Message:
        text, spans, faits = "", list[Entity](), set[Fait]()
        for told, clause in clauses:
            faits.update(told)
            if text:
                text += " " if text[-1] in ",.:" else self._rng.choice((". ", ", ", " ", "\n", " et "))
            for place, part in enumerate(_SPLIT.split(clause)):
                text = self._slot(part, text, spans) if place % 2 else text + part
        return Message(text, asked, Intent.SIGNALER, tuple(spans), tuple(f for f in Fait if f in faits), "generated")

    def _slot(self, name: str, text: str, spans: list[Entity]) -> str:
        if name == "prep_lieu":
            text += self._fillers.draw("near") + " "
            name = "lieu"
        if name in _OWN:
            kind, said = EntityType.IDENTITE_DECLARANT, self._fillers.draw(_OWN[name])
        else:
            kind, said = _SLOTS[name], self._fillers.fill(_SLOTS[name])
        spans.append(Entity(kind, len(text), len(text) + len(said), said))
        return text + said


def off_topic(sentences: Sequence[str], rng: random.Random, count: int) -> list[Message]:
    """Sentences of books and debates: nothing for the counter."""
    fit = [s for s in sentences if 15 < len(s) < 160]
    return [Message(s, None, Intent.HORS_SUJET, (), (), "background") for s in rng.sample(fit, min(count, len(fit)))]
