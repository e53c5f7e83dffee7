"""The facts said back in plain sentences: what is known, what is not, in the citizen's own words."""

import re
from collections.abc import Iterator

from domain.conversation import Conversation, FactEntry, FactState, Mention
from domain.questionnaire import Fact
from domain.schedule import Schedule, says_every_day
from handlers.voice import Voice

_WITHOUT_WORDS = {
    FactState.UNKNOWN: "summary-unknown",
    FactState.DECLINED: "summary-declined",
    FactState.ABSENT: "summary-absent",
}


def summary(voice: Voice, conversation: Conversation) -> str:
    """Everything held and what is missing, with the question whether it is right."""
    lines = list(_lines(voice, conversation))
    foot = "summary-foot-agent" if conversation.officer_present or conversation.alias is not None else "summary-foot"
    return "\n".join([voice.say("summary-head"), *(lines or [voice.say("summary-empty")]), voice.say(foot)])


def facts_in_order(voice: Voice, conversation: Conversation) -> tuple[Fact, ...]:
    """The facts that were spoken of or are required, in the questionnaire's order, then the others."""
    asked = [question.fact for question in voice.questionnaire.questions]
    wanted = [f for f in asked if f in conversation.facts or f in voice.questionnaire.required]
    return (*wanted, *(fact for fact in Fact if fact in conversation.facts and fact not in asked))


def words_of(entry: FactEntry, voice: Voice | None = None, fact: Fact | None = None) -> str:
    """What is held of one fact: schedules in plain French, ready-made answers in the citizen's language."""
    return ", ".join(dict.fromkeys(_words(mention, entry.state, voice, fact) for mention in entry.mentions))


def _lines(voice: Voice, conversation: Conversation) -> Iterator[str]:
    for fact in facts_in_order(voice, conversation):
        yield _line(voice, fact, conversation.facts.get(fact))
    if conversation.photos:
        yield voice.say("summary-photos", count=len(conversation.photos))


def _line(voice: Voice, fact: Fact, entry: FactEntry | None) -> str:
    name = voice.fact(fact)
    if entry is None:
        return voice.say("summary-missing", fact=name)
    if entry.state in _WITHOUT_WORDS:
        return voice.say(_WITHOUT_WORDS[entry.state], fact=name)
    return voice.say("summary-line", fact=name, text=words_of(entry, voice, fact).rstrip(" ."))


def _words(mention: Mention, state: FactState, voice: Voice | None, fact: Fact | None) -> str:
    if voice is not None and fact is not None and state is FactState.BUTTON:
        return _label_of(mention.text, voice, fact) or mention.text
    if isinstance(mention.value, Schedule) and _adds_nothing(mention.value.words, mention.text):
        return mention.value.words
    return mention.text


def _adds_nothing(words: str, said: str) -> bool:
    """Plain words that name no hour, no date and no days that were not said.

    "Depuis plusieurs mois" said back as a date, or "le soir vers 20h" as "tous les jours", would be an invention put
    into their mouth.
    """
    invents_days = "tous les jours" in words and not says_every_day(said)
    return bool(words) and not invents_days and set(_NUMBER.findall(words)) <= set(_NUMBER.findall(said))


_NUMBER = re.compile(r"\d+")


def _label_of(meaning: str, voice: Voice, fact: Fact) -> str | None:
    """The label of the ready-made answer with this (French) meaning, for those who do not read French."""
    question = voice.questionnaire.question(fact)
    if question is None or voice.language == "fr":
        return None
    return next(
        (voice.say(f"answer-label-{fact}-{key}") for key, said in question.meanings.items() if said == meaning), None
    )
