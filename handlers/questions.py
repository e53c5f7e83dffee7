"""Questions and their buttons: at most `max_buttons`, "I don't know" and "finish" always among those of a fact."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.conversation import Conversation
from domain.events import Asked
from domain.messages import Button, ToCitizen
from domain.questionnaire import DOUBT_ANSWERS, Choice, Doubt, Fact, answer_choice, correct_choice, language_choice
from handlers.summary import facts_in_order, summary
from handlers.voice import Voice

# --- one fact ------------------------------------------------------------------------------------


def question(voice: Voice, conversation: Conversation, fact: Fact, *, buttons_only: bool = False) -> ToCitizen:
    """Ask for one fact; the second attempt is put in other words. `conversation` has counted this attempt already."""
    is_second = conversation.asks.get(fact, 0) > 1
    lines = [voice.say(f"ask-{fact}-again" if is_second else f"ask-{fact}")]
    if buttons_only:
        lines.append(voice.say("buttons-only"))
    extra = Choice.AGENT if buttons_only else Choice.WHY
    return ToCitizen("\n".join(lines), _buttons_of(voice, fact, extra), asks=str(fact))


def asked_by_officer(voice: Voice, conversation: Conversation, fact: Fact) -> ToCitizen:
    """The counter asks in its own neutral words for an officer."""
    asked = question(voice, conversation, fact)
    return ToCitizen(f"{voice.say('officer-asks')}\n{asked.text}", asked.buttons, asks=asked.asks)


def _buttons_of(voice: Voice, fact: Fact, extra: Choice) -> tuple[Button, ...]:
    most = voice.questionnaire.max_buttons
    asked = voice.questionnaire.question(fact)
    keys = asked.answers[: most - 2] if asked else ()
    answers = [Button(voice.say(f"answer-label-{fact}-{key}"), answer_choice(fact, key)) for key in keys]
    room = [voice.button(extra)] if len(answers) + 2 < most else []
    return (*answers, voice.button(Choice.DONT_KNOW), *room, voice.button(Choice.FINISH))


# --- what asks for no single fact ------------------------------------------------------------------


def wonder(voice: Voice, conversation: Conversation, what: Asked) -> ToCitizen:
    """The question `what` with its buttons."""
    return _WONDERS[what](voice, conversation)


def confirmation(voice: Voice, conversation: Conversation) -> ToCitizen:
    """The summary, to be confirmed, corrected or deleted."""
    buttons = tuple(map(voice.button, (Choice.CONFIRM, Choice.CORRECT, Choice.DELETE)))
    return ToCitizen(summary(voice, conversation), buttons, asks=str(Asked.CONFIRMATION))


def languages(voice: Voice) -> tuple[Button, ...]:
    """The other languages of the counter, each in its own words."""
    return tuple(voice.button(language_choice(code)) for code in voice.limits.languages if code != voice.language)


def _narrative(voice: Voice, conversation: Conversation) -> ToCitizen:
    buttons = (voice.button(Choice.DONT_KNOW), voice.button(Choice.FINISH))
    return ToCitizen(voice.say("wonder-narrative"), buttons, asks=str(Fact.COMPORTEMENT))


def _anything_else(voice: Voice, conversation: Conversation) -> ToCitizen:
    buttons = (voice.button(Choice.NOTHING_MORE), voice.button(Choice.FINISH))
    return ToCitizen(voice.say("wonder-autre"), buttons, asks=str(Asked.ANYTHING_ELSE))


def _cancel(voice: Voice, conversation: Conversation) -> ToCitizen:
    buttons = (voice.button(Choice.YES, "button-cancel-yes"), voice.button(Choice.NO, "button-cancel-no"))
    return ToCitizen(voice.say("wonder-cancel"), buttons)


def _what_to_correct(voice: Voice, conversation: Conversation) -> ToCitizen:
    facts = facts_in_order(voice, conversation)[: voice.questionnaire.max_buttons - 1]
    named = tuple(Button(voice.fact(fact), correct_choice(fact)) for fact in facts)
    return ToCitizen(voice.say("wonder-what-to-correct"), (*named, voice.button(Choice.CONFIRM)))


def _is_place(voice: Voice, conversation: Conversation) -> ToCitizen:
    buttons = (
        voice.button(Choice.YES, "button-place-yes"),
        voice.button(Choice.NO),
        voice.button(Choice.DONT_KNOW),
        voice.button(Choice.FINISH),
    )
    return ToCitizen(voice.say("wonder-is-place"), buttons, asks=str(Fact.LIEU))


def _unclear(voice: Voice, conversation: Conversation) -> ToCitizen:
    buttons = tuple(map(voice.button, (Choice.TELL_AGAIN, Choice.AGENT, Choice.FINISH)))
    return ToCitizen(voice.say("wonder-unclear"), buttons)


def doubt(voice: Voice, conversation: Conversation, fact: Fact, which: Doubt) -> ToCitizen:
    """What was read and is not sure, in the citizen's own words, with the answers that settle it."""
    held = conversation.facts.get(fact)
    said = held.text if held else ""
    key = f"doubt-{which}-{fact}" if which is Doubt.IS_IT else f"doubt-{which}"
    return ToCitizen(
        voice.say(key, said=said),
        (*map(voice.button, DOUBT_ANSWERS[which]), voice.button(Choice.DONT_KNOW), voice.button(Choice.FINISH)),
    )


_WONDERS: Mapping[Asked, Callable[[Voice, Conversation], ToCitizen]] = MappingProxyType({
    Asked.CONFIRMATION: confirmation, Asked.ANYTHING_ELSE: _anything_else, Asked.CANCEL: _cancel,
    Asked.WHAT_TO_CORRECT: _what_to_correct, Asked.IS_PLACE_OF_FACTS: _is_place, Asked.UNCLEAR: _unclear,
    Asked.NARRATIVE: _narrative,
})  # fmt: skip
