"""Answers to what the counter asked: one table from the pending question to the step that takes the answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain import events as e
from domain.conversation import FactEntry, Pending
from domain.events import Asked, Notice, Origin
from domain.phases import Phase
from domain.policy.amending import denied_fact, plain
from domain.policy.asking import MOST_INSISTED, ask_next, put_again
from domain.policy.doubts import choice_said, settle
from domain.policy.ending import erase, file_report
from domain.policy.learning import Heard, keep_words, learn, named_facts, pin_learned
from domain.policy.turn import Turn
from domain.questionnaire import DOUBT_ANSWERS, Doubt, Fact
from domain.reading import Intent

_YES_NO_TELLS = (Intent.SIGNALER, Intent.CORRIGER, Intent.CONFIRMER, Intent.INFIRMER, Intent.NE_SAIT_PAS)


def answer_pending(turn: Turn, heard: Heard) -> None:
    """Take the message as an answer to what is pending."""
    pending = turn.now.pending
    if isinstance(pending, Fact):
        _answer_fact(turn, pending, heard)
    elif pending is not None:
        _ANSWERS[pending](turn, heard)


# --- one fact ------------------------------------------------------------------------------------


def _answer_fact(turn: Turn, fact: Fact, heard: Heard) -> None:
    intent = heard.reading.intent
    spoken = learn(turn, heard, fact)
    if fact in spoken:
        _go_on(turn)
    elif is_puzzled(heard.text) and turn.now.asks.get(fact, 0) < _MOST_WAYS:
        turn.happened(e.QuestionAsked(fact))
    elif intent is Intent.NE_SAIT_PAS:
        turn.happened(e.FactDeclined(fact) if declines(heard.text) else e.FactUnknown(fact))
        _go_on(turn)
    elif intent is Intent.INFIRMER:
        _there_is_none(turn, fact, heard)
    elif spoken:
        _answered_something_else(turn, fact)
    elif intent is Intent.CONFIRMER and _may_be_put_otherwise(turn, fact):
        turn.happened(e.QuestionAsked(fact))
    elif (denied := denied_fact(turn.now.facts, heard.text)) and turn.now.insisted < MOST_INSISTED:
        turn.happened(e.QuestionAsked(denied, again=True))
    else:
        _nothing_found(turn, fact, heard)


def _there_is_none(turn: Turn, fact: Fact, heard: Heard) -> None:
    """ "No" says that there is none where there may be none; to a required fact, that it will not be said.

    "No" to "what can you say of the people?" tells that nothing can be said of them, never that there was nobody.
    """
    if fact in turn.questionnaire.required:
        turn.happened(e.FactDeclined(fact))
    elif fact in MAY_BE_NONE:
        turn.happened(e.FactAbsent(fact, heard.text))
    else:
        turn.happened(e.FactUnknown(fact))
    ask_next(turn)


MAY_BE_NONE = frozenset({Fact.VEHICULE, Fact.CONTACT})
"""Facts of which there may well be none."""


def _answered_something_else(turn: Turn, fact: Fact) -> None:
    """Facts came, but not the one asked for: it is asked for again if it may be, else let go."""
    if _may_be_put_otherwise(turn, fact):
        turn.happened(e.QuestionAsked(fact))
    else:
        ask_next(turn)


def _may_be_put_otherwise(turn: Turn, fact: Fact) -> bool:
    """Whether a question that is put once may be put again in other words: "yes" names no vehicle."""
    question = turn.questionnaire.question(fact)
    return question is not None and question.max_asks == 1 and turn.now.asks.get(fact, 0) < 2


def _go_on(turn: Turn) -> None:
    """Back to the question that was put aside to put another fact right, else to the next one."""
    aside = turn.now.paused
    if isinstance(aside, Fact) and aside not in turn.now.facts:
        put_again(turn, aside)
    else:
        ask_next(turn)


_MOST_WAYS = 2
"""In how many ways the catalogue puts a question."""


def is_puzzled(words: str) -> bool:
    """Whether the question was not understood: it is put in other words."""
    said = plain(words)
    return any(sign in said for sign in _PUZZLED) and len(said.split()) <= _FEW


_PUZZLED = ("comprends pas", "comprend pas", "pas compris", "quelle question", "ca veut dire quoi")
_FEW = 8
"""Words of a message that says nothing but that."""


def declines(words: str) -> bool:
    """Whether "I would rather not say" is said, which is not "I do not know"."""
    said = plain(words)
    return any(sign in said for sign in _DECLINES)


_DECLINES = (
    "prefere pas", "prefere ne pas", "prefere le garder", "veux pas", "souhaite pas", "pas envie", "refuse",
    "dirai rien", "dirai pas", "dis rien", "passe mon tour", "no comment", "joker",
)  # fmt: skip
"""Ways of not answering, casefolded and without accents."""


def _nothing_found(turn: Turn, fact: Fact, heard: Heard) -> None:
    """The reader found nothing: ask once more for a required fact; then keep the words as they are."""
    question = turn.questionnaire.question(fact)
    may_ask_more = question is not None and turn.now.asks.get(fact, 0) < question.max_asks
    tells = heard.reading.intent in (Intent.SIGNALER, Intent.CORRIGER)
    is_known = fact in turn.now.facts and turn.now.facts[fact].is_known
    if may_ask_more and not is_known:
        turn.happened(e.NotUnderstood())
        ask_next(turn)
    elif tells:
        keep_words(turn, fact, heard)
        ask_next(turn)
    elif heard.reading.intent is Intent.HORS_SUJET and not is_known and _may_be_put_otherwise(turn, fact):
        turn.happened(e.NotUnderstood(), e.QuestionAsked(fact))
    else:
        turn.happened(e.NotUnderstood())
        _let_go(turn, fact, is_known=is_known)


def _let_go(turn: Turn, fact: Fact, *, is_known: bool) -> None:
    if not is_known:
        turn.happened(e.FactDeclined(fact))
    ask_next(turn)


# --- summary, anything else, free recall -----------------------------------------------------------


def _answer_summary(turn: Turn, heard: Heard) -> None:
    intent = heard.reading.intent
    if intent is Intent.CONFIRMER:
        file_report(turn)
        return
    spoken = learn(turn, heard, None)
    if spoken:
        ask_next(turn)
    elif intent in (Intent.INFIRMER, Intent.CORRIGER):
        turn.happened(e.Wondered(Asked.WHAT_TO_CORRECT))
    else:
        turn.happened(e.NotUnderstood(), e.SummaryShown())


def _answer_what_to_correct(turn: Turn, heard: Heard) -> None:
    spoken = learn(turn, _as_correction(heard), None)
    named = next((f for f in turn.now.facts if f in named_facts(heard.text)), None)
    if spoken or heard.reading.intent is Intent.CONFIRMER:
        turn.happened(e.SummaryShown())
    elif named is not None:
        turn.happened(e.QuestionAsked(named, again=True))
    else:
        turn.happened(e.NotUnderstood(), e.SummaryShown())


def _as_correction(heard: Heard) -> Heard:
    """A fact told in answer to "what is to be corrected?" takes the place of the one that is held."""
    if heard.reading.intent is not Intent.SIGNALER:
        return heard
    return replace(heard, reading=replace(heard.reading, intent=Intent.CORRIGER))


def _answer_anything_else(turn: Turn, heard: Heard) -> None:
    """What is added joins the report; "oui" alone invites to go on, once; anything else ends the questions."""
    intent = heard.reading.intent
    spoken = learn(turn, heard, None)
    if intent is Intent.CONFIRMER and not spoken and not turn.now.invited_to_add:
        turn.happened(e.Wondered(Asked.ANYTHING_ELSE))
        return
    if intent in (Intent.SIGNALER, Intent.CORRIGER) and not spoken:
        keep_words(turn, Fact.COMPORTEMENT, heard) if not _has_conduct(turn) else _add_words(turn, heard)
    ask_next(turn)


def _has_conduct(turn: Turn) -> bool:
    return Fact.COMPORTEMENT in turn.now.facts and turn.now.facts[Fact.COMPORTEMENT].is_known


def _add_words(turn: Turn, heard: Heard) -> None:
    turn.happened(e.FactLearned(Fact.COMPORTEMENT, heard.text, source=heard.source))


def _answer_narrative(turn: Turn, heard: Heard) -> None:
    """Free recall: whatever was told is learned; then the missing facts are asked for one by one."""
    spoken = learn(turn, heard, Fact.COMPORTEMENT)
    told_nothing = not spoken and not heard.reading.faits
    if told_nothing and heard.reading.intent not in _YES_NO_TELLS:
        turn.happened(e.NotUnderstood())
        _unclear_or_next(turn)
    else:
        ask_next(turn)


def _unclear_or_next(turn: Turn) -> None:
    if turn.now.misunderstood == 1:
        turn.happened(e.Wondered(Asked.UNCLEAR))
    else:
        ask_next(turn)


# --- interruptions -------------------------------------------------------------------------------


def _answer_cancel(turn: Turn, heard: Heard) -> None:
    """Only a clear yes erases. Anything else keeps the report and goes on."""
    intent = heard.reading.intent
    if intent in (Intent.ANNULER, Intent.CONFIRMER) and not heard.reading.resumes:
        _cancel_or_erase(turn)
        return
    paused = turn.now.paused
    spoken = learn(turn, heard, paused if isinstance(paused, Fact) else None)
    turn.happened(e.NoticeGiven(Notice.KEPT))
    _back_to(turn, paused, spoken)


def _cancel_or_erase(turn: Turn) -> None:
    if turn.now.phase is Phase.DEPOSE:
        erase(turn)
    else:
        turn.happened(e.Erased(), e.NoticeGiven(Notice.CANCELLED))


def _back_to(turn: Turn, paused: Pending, spoken: frozenset[Fact]) -> None:
    if paused in spoken:
        ask_next(turn)
    else:
        put_again(turn, paused)


def _answer_is_place(turn: Turn, heard: Heard) -> None:
    pin, paused, intent = turn.now.pin, turn.now.paused, heard.reading.intent
    if intent is Intent.CONFIRMER and pin is not None:
        turn.happened(pin_learned(pin.latitude, pin.longitude))
        _back_to(turn, paused, frozenset({Fact.LIEU}))
        return
    turn.happened(e.PinForgotten())
    if intent is Intent.INFIRMER:
        turn.happened(e.NoticeGiven(Notice.PIN_FORGOTTEN))
    spoken = learn(turn, heard, Fact.LIEU)
    _back_to(turn, paused, spoken)


def _answer_unclear(turn: Turn, heard: Heard) -> None:
    """They told it again: take it as an answer to what was pending before."""
    paused = turn.now.paused
    spoken = learn(turn, heard, paused if isinstance(paused, Fact) else Fact.COMPORTEMENT)
    if not spoken and heard.reading.intent is Intent.HORS_SUJET:
        turn.happened(e.NotUnderstood())
    if spoken or paused in (None, Asked.NARRATIVE):
        ask_next(turn)
    else:
        put_again(turn, paused)


def _answer_doubt(turn: Turn, heard: Heard) -> None:
    """Settled, taken back, told in other words, or left as it was said: the next question comes in any case."""
    if turn.now.doubt is not None:
        fact, doubt = turn.now.doubt
        if doubt is Doubt.IS_IT:
            _answer_is_it(turn, fact, heard)
        else:
            _answer_which(turn, doubt, heard)
    ask_next(turn)


def _answer_is_it(turn: Turn, fact: Fact, heard: Heard) -> None:
    intent = heard.reading.intent
    if intent is Intent.CONFIRMER:
        is_it(turn)
    elif fact not in learn(turn, heard, fact) and intent in (Intent.INFIRMER, Intent.CORRIGER):
        is_not_it(turn)


def _answer_which(turn: Turn, doubt: Doubt, heard: Heard) -> None:
    choice = choice_said(heard.text)
    if choice not in DOUBT_ANSWERS[doubt] or not settle(turn, choice, heard.origin):
        learn(turn, heard, None)


def is_it(turn: Turn) -> None:
    """What was hardly read is right."""
    fact, entry = _doubted_entry(turn)
    if fact is not None and entry is not None and entry.is_known:
        turn.happened(e.FactLearned(fact, entry.text, entry.value, Origin.SAID, replaces=True))


def is_not_it(turn: Turn) -> None:
    """What was hardly read is wrong: it is forgotten, and asked for like any missing fact."""
    fact, _ = _doubted_entry(turn)
    if fact is not None:
        turn.happened(e.FactWithdrawn(fact))


def _doubted_entry(turn: Turn) -> tuple[Fact | None, FactEntry | None]:
    if turn.now.doubt is None or turn.now.doubt[0] not in turn.now.facts:
        return None, None
    fact = turn.now.doubt[0]
    return fact, turn.now.facts[fact]


_ANSWERS: Mapping[Asked, Callable[[Turn, Heard], None]] = MappingProxyType({
    Asked.CONFIRMATION: _answer_summary, Asked.ANYTHING_ELSE: _answer_anything_else,
    Asked.NARRATIVE: _answer_narrative, Asked.CANCEL: _answer_cancel,
    Asked.WHAT_TO_CORRECT: _answer_what_to_correct, Asked.IS_PLACE_OF_FACTS: _answer_is_place,
    Asked.UNCLEAR: _answer_unclear, Asked.DOUBT: _answer_doubt,
})  # fmt: skip
