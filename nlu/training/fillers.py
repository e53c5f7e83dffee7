"""What can stand in each slot: gazetteers and small phrase grammars (fillers.txt), no name is learnt by heart."""

import gzip
import random
import re
import string
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from domain.reading import EntityType
from nlu.training.messages import Message

_SECTION = {
    EntityType.LIEU: "place",
    EntityType.HORAIRE: "time",
    EntityType.PRODUIT: "product",
    EntityType.PERSONNE: "person",
    EntityType.VEHICULE: "vehicle",
    EntityType.CONTACT: "contact",
}
_OWN = (
    (re.compile(r".*@.*\..*"), "mail"),
    (re.compile(r"[\d .+]{9,}"), "phone"),
    (re.compile(r"\d+,? .*"), "home"),
    (re.compile(r"[A-ZÉÈÀ][\w-]+( [A-ZÉÈÀ][\w-]+)?"), "name"),
)
"""What an identity looks like, and what may take its place; a role or anything else stays as it is."""

_SLOT = re.compile(r"\{(?:(\d+)-(\d+)|(\w+))\}")


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "fillers.txt").read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    found = {}
    for name, body in re.findall(r"^\[(\w+)\]\n([^\[]*)", rows, flags=re.M):
        options = [option.strip("\n") for option in body.replace("|\n", "|").strip("\n").split("|")]
        found[name] = tuple("" if option.strip() == "-" else option.strip() for option in options)
    return found


class Fillers:
    """Draws a filler of each slot; more than half are spans of the hand-written messages themselves."""

    def __init__(self, messages: Sequence[Message], rng: random.Random) -> None:
        self.rng = rng
        self._seen: dict[EntityType, list[str]] = defaultdict(list)
        for message in messages:
            for entity in message.entities:
                self._seen[entity.type].append(entity.text)
        with gzip.open(str(resources.files("nlu.data") / "communes.tsv.gz"), "rt", encoding="utf-8") as lines:
            self._communes = [line.split("\t")[0] for line in lines]

    def fill(self, kind: EntityType, like: str = "") -> str:
        """A filler of this type; `like`: what it replaces, so that a phone stays a phone."""
        if kind is EntityType.IDENTITE_DECLARANT:
            return self._identity(like)
        if kind is not EntityType.CONTACT and self.rng.random() < 0.6 and self._seen[kind]:
            return self.rng.choice(self._seen[kind])
        return self.draw(_SECTION[kind])

    def draw(self, section: str) -> str:
        """One option of a section of fillers.txt, its own slots filled."""
        chosen = self.rng.choice(_sections()[section])
        return re.sub(r"\s+", " ", _SLOT.sub(self._slot, chosen)).strip()

    def _slot(self, found: re.Match[str]) -> str:
        low, high, name = found.groups()
        if low:
            return str(self.rng.randint(int(low), int(high)))
        if name == "letter":
            return self.rng.choice(string.ascii_uppercase)
        return self._commune() if name == "commune" else self.draw(name)

    def _commune(self) -> str:
        """A town of France or Belgium, large ones more often."""
        reach = self.rng.choice((100, 1000, len(self._communes)))
        return self.rng.choice(self._communes[:reach])

    def _identity(self, like: str) -> str:
        section = next((section for form, section in _OWN if form.fullmatch(like)), None)
        return self.draw(section) if section else like
