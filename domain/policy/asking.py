"""What is asked next: one thing at a time, only what is missing, and never without end.

A question counts as an attempt when it is put because its fact is missing; it is put *again* (uncounted) only when the
citizen interrupted it. So the counter's own questions are bounded by the sum of `max_asks` whatever the citizen does.
"""

from domain import events as e
from domain.conversation import Conversation, Pending
from domain.events import Asked
from domain.phases import BEFORE_FILING
from domain.policy.doubts import next_doubt
from domain.policy.turn import Turn
from domain.questionnaire import Doubt, Fact, Question, Questionnaire

MOST_INSISTED = 5
"""How often in a row a question is put again after interruptions: a worried person may have a few questions first."""

BUTTONS_ONLY_AFTER = 2
"""Failures to understand before the counter offers buttons only (DESIGN 3.11)."""


def ask_next(turn: Turn) -> None:
    """Ask for what is missing and required, then what is not sure, then the rest, then show the summary."""
    conversation = turn.now
    if conversation.phase not in BEFORE_FILING:
        return
    question = next_question(conversation, turn.questionnaire)
    doubt = next_doubt(conversation, turn.questionnaire)
    if doubt is not None and not (question and question.required):
        turn.happened(e.Doubted(*doubt))
    elif question is not None:
        turn.happened(e.QuestionAsked(question.fact, buttons_only=is_lost(conversation)))
    elif _may_ask_anything_else(conversation, turn.questionnaire):
        turn.happened(e.Wondered(Asked.ANYTHING_ELSE))
    else:
        turn.happened(e.SummaryShown())


def next_question(conversation: Conversation, questionnaire: Questionnaire) -> Question | None:
    """The first question, in the questionnaire's order, whose fact nobody spoke of and that may still be put."""
    if conversation.wants_to_finish:
        return None
    for question in questionnaire.questions:
        asked = conversation.asks.get(question.fact, 0)
        is_new = asked == 0
        if question.fact in conversation.facts or asked >= question.max_asks:
            continue
        if is_new and conversation.questions >= questionnaire.max_questions:
            continue
        return question
    return None


def _may_ask_anything_else(conversation: Conversation, questionnaire: Questionnaire) -> bool:
    return (
        questionnaire.asks_anything_else
        and not conversation.asked_anything_else
        and not conversation.wants_to_finish
        and conversation.questions < questionnaire.max_questions
    )


def put_again(turn: Turn, pending: Pending) -> None:
    """Put the question that was pending once more, after an interruption; ask on if there was none."""
    if turn.now.phase not in BEFORE_FILING:
        return
    if isinstance(pending, Fact):
        _fact_again(turn, pending)
    elif pending is Asked.ANYTHING_ELSE and turn.now.invited_to_add:
        ask_next(turn)
    elif pending is Asked.CONFIRMATION:
        turn.happened(e.SummaryShown())
    elif pending is Asked.DOUBT:
        _doubt_again(turn)
    elif pending is not None:
        turn.happened(e.Wondered(pending))
    elif turn.now.facts or turn.now.faits:
        ask_next(turn)
    else:
        turn.happened(e.Wondered(Asked.NARRATIVE))


def _fact_again(turn: Turn, fact: Fact) -> None:
    """Whoever interrupts a question again and again does not want to answer it: it is let go."""
    if turn.now.insisted < MOST_INSISTED:
        turn.happened(e.QuestionAsked(fact, again=True, buttons_only=is_lost(turn.now)))
        return
    if fact not in turn.now.facts:
        turn.happened(e.FactDeclined(fact))
    ask_next(turn)


def _doubt_again(turn: Turn) -> None:
    doubt = turn.now.doubt
    if doubt is not None and doubt[0] in turn.now.facts:
        turn.happened(e.Doubted(*doubt))
    else:
        ask_next(turn)


def is_lost(conversation: Conversation) -> bool:
    """Whether the counter failed to understand often enough to go on with buttons only."""
    return conversation.misunderstood >= BUTTONS_ONLY_AFTER


def asked_for(conversation: Conversation) -> str | None:
    """What the reader is told was asked: a fact, "confirmation", "autre", or None."""
    pending = conversation.pending
    if pending is Asked.NARRATIVE:
        return Fact.COMPORTEMENT
    if isinstance(pending, Fact) or pending in (Asked.CONFIRMATION, Asked.ANYTHING_ELSE):
        return str(pending)
    if pending is Asked.DOUBT and conversation.doubt is not None:
        fact, doubt = conversation.doubt
        return str(Asked.CONFIRMATION if doubt is Doubt.IS_IT else fact)
    if pending in (Asked.CANCEL, Asked.IS_PLACE_OF_FACTS):
        return str(Asked.CONFIRMATION)
    return None
