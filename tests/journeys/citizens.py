"""Scripted citizens (citizens_fr.jsonl) and how one is played: an opening, answers, and twists at their moment.

A twist is said as soon as its trigger holds (`when_asked:<fact>`, `at_confirmation`, `after_turn:<n>` once every
earlier twist was said); else comes the answer to what is asked. `expect` tells in fixed phrases what must follow; see
faults().
"""

import json
import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FACTS = ("lieu", "horaire", "comportement", "produit", "personne", "vehicule")
MOST_TURNS = 25
_OVER = ("depose", "efface", "clos")

Script = dict[str, Any]  # Any: JSON
Say = Callable[[str, int], Awaitable[list[dict[str, Any]]]]
"""Says a line after so many minutes of silence; returns the counter's messages in the form of `guichet chat --json`."""


def scripts() -> list[Script]:
    """Every scripted citizen."""
    file = Path(__file__).with_name("citizens_fr.jsonl")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said, the twist it came from, and what the counter answered."""

    said: str
    twist: Script | None
    messages: list[dict[str, Any]]

    @property
    def asks(self) -> str | None:
        return next((m["asks"] for m in reversed(self.messages) if m["asks"]), None)

    @property
    def phase(self) -> str:
        return str(self.messages[-1]["phase"]) if self.messages else ""

    @property
    def notices(self) -> set[str]:
        return {m["notice"] for m in self.messages if m["notice"]}

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.messages[-1]["facts"]) if self.messages else {}

    def holds(self, fact: str) -> bool:
        """Whether a fact is known, not only answered."""
        return fact in self.facts and self.facts[fact]["state"] not in ("unknown", "declined", "absent")

    def said_of(self, fact: str) -> str:
        """What is held of a fact, ready to be searched."""
        if not self.holds(fact):
            return ""
        entry = self.facts[fact]
        return plain(f"{entry['text']} {json.dumps(entry['value'], ensure_ascii=False)}")


def plain(text: str) -> str:
    """Casefolded, without accents, hyphens opened, hours written "18h"."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    bare = re.sub(r"[-\s]+", " ", "".join(c for c in letters if not unicodedata.combining(c)))
    return re.sub(r"\b0?(\d{1,2}) ?(?:heures?|h|:) ?(\d\d)?(?!\w)", lambda h: f"{h[1]}h{h[2] or ''}", bare)


# --- playing ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Played:
    """One citizen's conversation so far."""

    script: Script
    turns: list[Turn] = field(default_factory=list)

    def next_line(self) -> tuple[str, Script | None] | None:
        """What the citizen says now; None when they have done."""
        if not self.turns:
            return self.script["opening"], None
        last = self.turns[-1]
        if last.phase == "depose" or len(self.turns) >= MOST_TURNS:
            return None
        said = [turn.twist for turn in self.turns if turn.twist is not None]
        for rank, twist in enumerate(self.script["twists"]):
            if twist not in said and self._is_time(twist["when"], said, rank):
                return twist["say"], twist
        return self._answer(last)

    def _is_time(self, when: str, said: list[Script], rank: int) -> bool:
        trigger, _, of = when.partition(":")
        if trigger == "after_turn":
            return len(self.turns) >= int(of) and len(said) >= rank
        return self.turns[-1].asks == ("confirmation" if trigger == "at_confirmation" else of)

    def _answer(self, last: Turn) -> tuple[str, None] | None:
        if last.asks is not None:
            return self.script["answers"].get(last.asks) or "je sais pas", None
        if last.phase in (*_OVER, "hors_perimetre", "urgence"):
            return None
        wants_out = "cancelled" in (last.twist or {}).get("expect", "")
        return ("oui, annulez" if wants_out else "d'accord"), None


async def play(script: Script, say: Say) -> Played:
    """Plays one citizen to the end."""
    played = Played(script)
    while (line := played.next_line()) is not None:
        text, twist = line
        played.turns.append(Turn(text, twist, await say(text, (twist or {}).get("silence_min", 0))))
    return played


# --- judging ---------------------------------------------------------------------------------------


def broken_promises(played: Played) -> Iterator[str]:
    """What must hold whatever was understood: it ends, files what was confirmed, keeps no identity, hears danger."""
    turns, expect = played.turns, played.script["expect"]
    if len(turns) >= MOST_TURNS:
        yield f"no end after {turns[-1].said!r}"
    filed = next((k for k, turn in enumerate(turns) if turn.phase == "depose"), None)
    if filed is not None and turns[filed - 1].asks != "confirmation":
        yield f"filed without a confirmed summary, after {turns[filed].said!r}"
    if filed is not None and expect["outcome"] != "submitted":
        yield f"filed, {expect['outcome']} expected"
    written = plain(json.dumps([turn.messages for turn in turns], ensure_ascii=False))
    yield from (f"{secret!r} came back" for secret in expect.get("must_not_store", []) if plain(secret) in written)
    for turn in turns:
        if turn.twist and "emergency notice" in turn.twist["expect"] and turn.messages[0]["notice"] != "urgence":
            yield f"no emergency notice after {turn.said!r}"
    if turns[-1].phase == "recapitulatif":
        yield "left at the summary"


def faults(played: Played) -> Iterator[str]:
    """What a reader of the transcript would find wrong with what was understood."""
    turns, expect = played.turns, played.script["expect"]
    yield from _of_outcome(turns, expect["outcome"])
    asked = [message["asks"] for turn in turns for message in turn.messages if message["asks"]]
    yield from (f"asked for {fact}, which was told" for fact in expect["must_not_ask"] if fact in asked)
    for number, turn in enumerate(turns):
        if turn.twist:
            yield from (f"after {turn.said!r}: {fault}" for fault in _of_twist(turn.twist["expect"], turns, number))
    if expect["outcome"] == "submitted":
        yield from _of_report(turns[-1], expect)


def _of_outcome(turns: list[Turn], outcome: str) -> Iterator[str]:
    reached = {
        "submitted": turns[-1].phase == "depose",
        "cancelled": turns[-1].phase == "efface",
        "redirected": any("nuisance" in turn.notices for turn in turns),
        "emergency": any("urgence" in turn.notices for turn in turns),
    }
    if not reached[outcome]:
        yield f"{outcome} expected, ended in {turns[-1].phase}"


def _of_report(last: Turn, expect: Script) -> Iterator[str]:
    for key, wanted in expect.items():
        fact, _, how = key.partition("_")
        if how not in ("contains", "not_contains"):
            continue
        held = last.said_of(fact)
        for words in wanted:
            has = any(plain(one) in held for one in words.split("|"))
            if has != (how == "contains"):
                yield f"{fact} {how} {words!r}: {held!r}"


def _of_twist(expect: str, turns: list[Turn], number: int) -> Iterator[str]:
    now, before = turns[number], turns[number - 1]
    named = re.search(r"slots? (.+?) (?:both )?filled", expect)
    for fact in FACTS:
        if named and fact in named[1] and not now.holds(fact):
            yield f"{fact} not heard"
        if f"correction applied to {fact}" in expect and now.said_of(fact) == before.said_of(fact):
            yield f"{fact} not corrected"
        if f"{fact} asked again" in expect and now.asks != fact:
            yield f"{fact} not asked again, but {now.asks}"
    if "pending question asked again" in expect and now.asks != before.asks:
        yield f"{before.asks} not asked again, but {now.asks}"
    if "summary shown" in expect and now.asks != "confirmation":
        yield f"no summary, but {now.asks}"
    if "identity warning" in expect and "identite" not in now.notices:
        yield "no identity warning"
    if "redirect nuisance" in expect and "nuisance" not in now.notices:
        yield "not redirected"
    if "question answered" in expect and len("".join(m["text"] for m in now.messages)) < 80:
        yield "no answer"
