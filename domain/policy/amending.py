"""What a message takes back of what was said before, whatever the reader made of it.

The counter knows the words it holds, so it sees them denied ("c'est pas de la coke") where a reader, who does not know
them, may not. Taken back is only what was denied: the other things said of the same fact stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from domain import events as e
from domain.conversation import Conversation, FactEntry, Mention
from domain.events import Origin
from domain.questionnaire import Fact
from domain.reading import Entity, Place, Reading, Value
from domain.schedule import FRENCH_DAYS, Schedule

_DENIED = r"\b(?:pas|jamais) (?:(?:de|du|des|la|le|les|un|une|en|dans|sur|vers|a|au|aux) |[dl]['’] ?)*"
_EXCEPT = r"(?:^|[,.;:!(] *|\b(?:mais|et|attention|enfin|sauf) )(?:pas |sauf )(?:le |les )?"
_DAY = re.compile(rf"{_EXCEPT}({'|'.join(FRENCH_DAYS.values())})s?\b")
_HOUR_DENIED = re.compile(rf"{_DENIED}(\d{{1,2}} ?(?:h|heures?|:) ?\d{{0,2}})")
_SHORTEST = 3
"""Letters from which words may be put right inside a narrative: "rue", never "à"."""


def plain(text: str) -> str:
    """Casefolded, without accents; as long as the text for the letters of French."""
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in text.casefold())
    return "".join(letters)


def refuted(held: FactEntry, text: str, reading: Reading) -> tuple[Mention, ...]:
    """What of `held` the message takes back, by its own words or as the reader saw it."""
    if reading.adds:
        return ()
    rejected = [plain(word) for word in reading.rejected]
    said = plain(text)
    return tuple(m for m in held.mentions if _is_refuted(plain(m.text), said, rejected))


def _is_refuted(held: str, said: str, rejected: Iterable[str]) -> bool:
    hours = (hour for hour in _HOUR_DENIED.findall(said) if re.search(rf"(?<!\d){hour}(?!\d)", held))
    return denies(said, held) or any(hours) or any(word in held for word in rejected)


def denies(said: str, held: str) -> bool:
    """Whether a (plain) message says "not that": "c'est pas de la coke", never "pas que de la coke"."""
    return bool(held) and re.search(rf"{_DENIED}{re.escape(held)}\b", said) is not None


def denied_fact(facts: Mapping[Fact, FactEntry], text: str) -> Fact | None:
    """The fact of which a message denies a word that is held ("oups, pas Dijon" after "gare de Dijon")."""
    said = plain(text)
    for fact, entry in facts.items():
        words = _LONG_WORD.findall(plain(entry.text)) if entry.is_known and fact is not Fact.COMPORTEMENT else []
        if any(denies(said, word) for word in words):
            return fact
    return None


_LONG_WORD = re.compile(r"\w{4,}")


def kept(fact: Fact, held: FactEntry, fallen: Iterable[Mention]) -> Iterator[e.FactLearned]:
    """The events that leave of a fact what did not fall."""
    gone = list(fallen)
    origin = Origin(held.state.value)
    for number, one in enumerate(m for m in held.mentions if m not in gone):
        yield e.FactLearned(fact, one.text, one.value, origin, one.confidence, number == 0, one.source)


# --- days ----------------------------------------------------------------------------------------


def without_days(held: FactEntry | None, text: str, rejected: Iterable[str]) -> Schedule | None:
    """The schedule that is held less the days that the message excepts; None when it excepts none of them."""
    value = held.value if held is not None and held.is_known else None
    if held is None or not isinstance(value, Schedule) or len(held.mentions) > 1:
        return None
    named = {*_DAY.findall(plain(text)), *(word.split()[-1].rstrip("s") for word in map(plain, rejected) if word)}
    days = tuple(day for day, name in FRENCH_DAYS.items() if name in named and day in value.days)
    return value.without(days) if days and len(days) < len(value.days) else None


# --- towns ---------------------------------------------------------------------------------------


def in_same_town(held: Value, newer: Entity, said: str) -> tuple[str, Value]:
    """The new place, in the town that was said before: another street is no other town."""
    place = newer.value
    if not isinstance(held, Place) or not isinstance(place, Place) or held.commune is None or place.commune:
        return newer.text, place
    town = re.search(rf"(?:\ba |[,(] ?){re.escape(plain(held.commune))}\b", plain(held.text))
    if town is None or not place.precise or denies(plain(said), plain(held.commune)):
        return newer.text, place
    text = f"{newer.text}, {held.commune}"
    return text, replace(place, text=text, commune=held.commune, code=held.code, departement=held.departement)


# --- the narrative -------------------------------------------------------------------------------


def retold(conversation: Conversation, fallen: Iterable[Mention], now: str | None) -> Iterator[e.FactLearned]:
    """The narrative, where it still says what was put right: "au 11 [corrigé : 13 rue Mermoz]" is no contradiction.

    now: what is held instead; None when it was only taken out.
    """
    told = conversation.facts.get(Fact.COMPORTEMENT)
    mark = f"[corrigé : {now}]" if now else "[retiré]"
    gone = [m.text for m in fallen if len(m.text) >= _SHORTEST and plain(m.text) not in plain(now or "")]
    if told is None or not told.is_known:
        return
    texts = [_marked(m.text, gone, mark) for m in told.mentions]
    if texts == [m.text for m in told.mentions]:
        return
    for number, (one, text) in enumerate(zip(told.mentions, texts, strict=True)):
        origin = Origin(told.state.value)
        yield e.FactLearned(Fact.COMPORTEMENT, text, one.value, origin, one.confidence, number == 0, one.source)


def _marked(text: str, gone: Iterable[str], mark: str) -> str:
    for words in gone:
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _: mark, text, flags=re.IGNORECASE)
    return text.replace(f"{mark}, {mark}", mark)
