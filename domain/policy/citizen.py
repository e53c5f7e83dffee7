"""What the counter does when a citizen speaks: learn facts, then ask one thing, show the summary or file the report.

Read the tables from the bottom up: _CONTENTS (what came in), _INTENTS (what a message does), _PENDING (answers to a
question of ours), _CHOICES (buttons), _COMMANDS.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from domain import events as e
from domain import messages as m
from domain.conversation import Conversation
from domain.events import Asked, Event, Notice, Origin
from domain.masking import mask_identity
from domain.phases import BEFORE_FILING, ENDED, Phase
from domain.policy.answers import answer_pending, is_it, is_not_it
from domain.policy.asking import ask_next, put_again
from domain.policy.courtesy import COURTESIES, courtesy_of
from domain.policy.doubts import settle
from domain.policy.ending import UNNAMED, cancel, erase, file_report, wonder_cancel
from domain.policy.learning import Heard, learn, pin_learned
from domain.policy.turn import Turn
from domain.questionnaire import DOUBT_ANSWERS, LANGUAGES, Choice, Fact, Questionnaire
from domain.reading import Intent, Reading, Topic

NOTHING_READ = Reading(Intent.HORS_SUJET, 0.0)


def decide_on_citizen(
    conversation: Conversation,
    said: m.FromCitizen,
    reading: Reading,
    questionnaire: Questionnaire,
    standing: str = "",
) -> list[Event]:
    """Everything that happens because a citizen did something, in order; never empty.

    At most one question a turn, each fact asked for at most twice, so the counter's questions always end (property:
    tests/domain/test_policy.py). Words are masked here: no event carries what `reading` marks as identity.

    reading: of the text said, or of a button's meaning; NOTHING_READ for anything without words.
    standing: for /statut, what is known of the receipt's case, as a key of the catalogue.
    Raises NotAllowedHere if a step forgot what its phase accepts: a mistake of ours.
    """
    turn = Turn(conversation, questionnaire)
    if _is_back(conversation, said):
        turn.happened(e.DoorOpened())
    _CONTENTS[type(said.content)](turn, said, _Read(reading, standing))
    return turn.events


def _is_back(conversation: Conversation, said: m.FromCitizen) -> bool:
    """Whoever writes has not blocked the counter: the platform's own word of it may be late, or never come."""
    is_open = conversation.door_open or conversation.phase in ENDED
    return not is_open and not isinstance(said.content, m.ClosedDoor)


class _Read:
    """What the decision may look at besides the conversation."""

    def __init__(self, reading: Reading, standing: str) -> None:
        self.reading = reading
        self.standing = standing


# --- words ---------------------------------------------------------------------------------------


def _said(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if isinstance(said.content, m.Said):
        _words(turn, said.content.text, said, read.reading)


def _edited(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if isinstance(said.content, m.Edited):
        _words(turn, said.content.text, said, read.reading, edits=True)


def _words(turn: Turn, text: str, said: m.FromCitizen, reading: Reading, *, edits: bool = False) -> None:
    """Masked before kept; danger before anything else; then by phase and intent."""
    text, reading, masked = mask_identity(text, reading)
    is_urgent = reading.urgent or reading.intent is Intent.URGENCE
    turn.happened(e.CitizenSpoke(text, said.ref, edits))
    if is_urgent:
        _emergency(turn)
    if masked:
        turn.happened(e.IdentityMasked(masked), e.NoticeGiven(Notice.IDENTITY))
    heard = Heard(text, reading, said.ref, corrects=edits)
    if is_urgent:
        _learn_quietly(turn, heard)
    else:
        _BY_PHASE.get(turn.now.phase, _in_dialogue)(turn, heard)


def _emergency(turn: Turn) -> None:
    """The emergency notice at once. An emergency puts the questions aside until the citizen goes on."""
    again = turn.now.phase is Phase.URGENCE
    if turn.now.phase in BEFORE_FILING | {Phase.HORS_PERIMETRE}:
        turn.happened(e.EmergencyDeclared())
    turn.happened(e.NoticeGiven(Notice.EMERGENCY_AGAIN if again else Notice.EMERGENCY))


def _learn_quietly(turn: Turn, heard: Heard) -> None:
    if turn.now.phase not in _SEALED:
        pending = turn.now.pending
        learn(turn, heard, pending if isinstance(pending, Fact) else None)


_SEALED = frozenset({Phase.CLOS, Phase.EFFACE, Phase.ABANDONNE, Phase.HORS_PERIMETRE})
"""Phases that learn nothing."""


# --- by phase ------------------------------------------------------------------------------------


def _with_agent(turn: Turn, heard: Heard) -> None:
    """The counter is silent while an officer is there; it still listens for the card."""
    _learn_quietly(turn, heard)


def _after_filing(turn: Turn, heard: Heard) -> None:
    """What is added after filing goes to the officers; questions are still answered."""
    intent = heard.reading.intent
    if turn.now.pending is Asked.CANCEL:
        answer_pending(turn, heard)
    elif intent is Intent.ANNULER:
        wonder_cancel(turn)
    elif intent is Intent.QUESTION:
        turn.happened(e.QuestionAnswered(heard.reading.topic or Topic.AUTRE))
    elif intent in COURTESIES:
        turn.happened(e.NoticeGiven(courtesy_of(heard)))
    elif intent in (Intent.CONFIRMER, Intent.INFIRMER):
        _learn_quietly(turn, heard)
        turn.happened(e.NoticeGiven(Notice.NOTED))
    elif not _tells_only_who_writes(turn, heard.reading):
        _learn_quietly(turn, heard)
        turn.happened(e.NoticeGiven(Notice.PASSED_ON))


def _closed(turn: Turn, heard: Heard) -> None:
    turn.happened(e.NoticeGiven(Notice.ALREADY_CLOSED))


def _in_emergency(turn: Turn, heard: Heard) -> None:
    """Nothing is asked before the citizen goes on by telling more, by saying so, or by a tap."""
    reading = heard.reading
    tells = reading.intent in (Intent.SIGNALER, Intent.CORRIGER) and (reading.entities or reading.conduct)
    if reading.resumes or tells or reading.intent is Intent.CONFIRMER:
        _go_on_after_emergency(turn, heard)
    elif reading.intent is Intent.ANNULER:
        cancel(turn)
    elif reading.intent is Intent.REMERCIER:
        turn.happened(e.NoticeGiven(Notice.THANKS))
    else:
        turn.happened(e.NoticeGiven(Notice.EMERGENCY_AGAIN))


def _go_on_after_emergency(turn: Turn, heard: Heard | None) -> None:
    turn.happened(e.EmergencyOver())
    _welcome(turn)
    if heard is not None:
        pending = turn.now.pending
        spoken = learn(turn, heard, pending if isinstance(pending, Fact) else None)
        if pending in spoken or not isinstance(pending, Fact | Asked):
            ask_next(turn)
            return
    _resume(turn)


def _resume(turn: Turn) -> None:
    put_again(turn, turn.now.pending)


def _out_of_scope(turn: Turn, heard: Heard) -> None:
    """Nuisance was redirected and nothing is kept; facts about drugs open the counter again."""
    reading = heard.reading
    is_report = reading.intent in (Intent.SIGNALER, Intent.CORRIGER)
    if is_report and (reading.faits or reading.conduct or reading.of_report):
        turn.happened(e.CameBack())
        learn(turn, heard, None)
        ask_next(turn)
    elif reading.intent is Intent.ANNULER:
        cancel(turn)
    elif reading.intent is Intent.REMERCIER:
        turn.happened(e.NoticeGiven(Notice.THANKS))
    else:
        if reading.intent is Intent.QUESTION:
            turn.happened(e.QuestionAnswered(_beside_nuisance(reading.topic)))
        turn.happened(e.NoticeGiven(Notice.NUISANCE_AGAIN))


def _beside_nuisance(topic: Topic | None) -> Topic:
    return Topic.NUISANCE if topic in (None, Topic.AUTRE, Topic.SUITE) else topic


# --- in the dialogue -----------------------------------------------------------------------------


def _in_dialogue(turn: Turn, heard: Heard) -> None:
    """Welcome a newcomer, then do what the message does."""
    _welcome(turn)
    reading = heard.reading
    if reading.wants_agent:
        _want_agent(turn, heard)
        return
    if turn.now.pending is Asked.CANCEL:
        answer_pending(turn, heard)
        return
    if _tells_only_who_writes(turn, reading):
        _nothing_told(turn)
        return
    aside = _ASIDES.get(reading.intent)
    if aside is not None and not _is_an_answer(turn, heard):
        aside(turn, heard)
    elif turn.now.pending is not None:
        answer_pending(turn, heard)
    else:
        _first_words(turn, heard)


def _tells_only_who_writes(turn: Turn, reading: Reading) -> bool:
    """What is left once the writer's identity is masked answers nothing: it must not be kept as a fact."""
    is_told = bool(reading.entities or reading.conduct or reading.faits)
    return turn.has_masked and not is_told and reading.intent in (Intent.SIGNALER, Intent.HORS_SUJET)


def _nothing_told(turn: Turn) -> None:
    """The question stands; who had nothing but a name to add to the report has nothing to add."""
    if turn.now.pending is Asked.ANYTHING_ELSE:
        ask_next(turn)
    else:
        put_again(turn, turn.now.pending)


def _welcome(turn: Turn) -> None:
    if not turn.now.welcomed:
        turn.happened(e.NoticeGiven(Notice.WELCOME))


def _is_an_answer(turn: Turn, heard: Heard) -> bool:
    """Thanks or good-bye to "anything else?" is an answer: no."""
    return turn.now.pending is Asked.ANYTHING_ELSE and heard.reading.intent in COURTESIES


def _first_words(turn: Turn, heard: Heard) -> None:
    """Nothing was asked yet: facts lead to the next question, an announcement to free recall."""
    spoken = learn(turn, heard, None)
    if spoken or heard.reading.faits:
        ask_next(turn)
    else:
        turn.happened(e.Wondered(Asked.NARRATIVE))


def _question(turn: Turn, heard: Heard) -> None:
    """Answered, then the pending question is put again; what the question told is kept."""
    pending = turn.now.pending
    spoken = learn(turn, heard, None) if heard.reading.entities else frozenset()
    turn.happened(e.QuestionAnswered(heard.reading.topic or Topic.AUTRE))
    if pending in spoken:
        ask_next(turn)
    else:
        put_again(turn, pending)


def _courtesy(turn: Turn, heard: Heard) -> None:
    if turn.before.welcomed:
        turn.happened(e.NoticeGiven(courtesy_of(heard)))
    put_again(turn, turn.now.pending)


def _nuisance(turn: Turn, heard: Heard) -> None:
    """Nuisance only is redirected and nothing is kept; beside a report it is part of what was told."""
    if turn.now.has_a_report or heard.reading.faits or turn.now.phase is Phase.RECAPITULATIF:
        _told_beside(turn, heard)
    else:
        turn.happened(e.Redirected(), e.NoticeGiven(Notice.NUISANCE))


def _told_beside(turn: Turn, heard: Heard) -> None:
    told = replace(heard, reading=replace(heard.reading, intent=Intent.SIGNALER))
    if turn.now.pending is not None:
        answer_pending(turn, told)
    else:
        _first_words(turn, told)


def _give_up(turn: Turn, heard: Heard) -> None:
    """Nothing told yet: gone at once. Otherwise one question first: a slip must not erase a testimony."""
    if turn.now.facts or turn.now.faits or turn.now.photos:
        wonder_cancel(turn)
    else:
        cancel(turn)


def _quarrel_or_nothing(turn: Turn, heard: Heard) -> None:
    """Off topic: a quarrel gets the charter; the rest is an answer that was not understood, or none."""
    if heard.reading.topic is Topic.CHARTE:
        turn.happened(e.NoticeGiven(Notice.CHARTER))
        put_again(turn, turn.now.pending)
    elif turn.now.pending is not None:
        answer_pending(turn, heard)
    elif not turn.before.welcomed:
        turn.happened(e.Wondered(Asked.NARRATIVE))
    else:
        turn.happened(e.NotUnderstood(), e.Wondered(Asked.UNCLEAR))


def _want_agent(turn: Turn, heard: Heard) -> None:
    pending = turn.now.pending
    learn(turn, heard, None)
    call_agent(turn)
    put_again(turn, pending)


def call_agent(turn: Turn) -> None:
    """Open the case unconfirmed, so that an officer may join; said on screen."""
    if turn.now.alias is None and turn.now.phase in _MAY_CALL:
        turn.happened(e.AgentWanted(UNNAMED))
    turn.happened(e.NoticeGiven(Notice.AGENT_ASKED))


_MAY_CALL = frozenset({Phase.ACCUEIL, Phase.RECIT, Phase.QUESTIONS, Phase.RECAPITULATIF})

_Step = Callable[[Turn, Heard], None]

_ASIDES: Mapping[Intent, _Step] = MappingProxyType({
    Intent.QUESTION: _question, Intent.SALUER: _courtesy, Intent.REMERCIER: _courtesy,
    Intent.NUISANCE: _nuisance, Intent.ANNULER: _give_up, Intent.HORS_SUJET: _quarrel_or_nothing,
})  # fmt: skip
"""Intents that interrupt; the others answer what is pending or open the report."""

_BY_PHASE: Mapping[Phase, _Step] = MappingProxyType({
    Phase.AVEC_UN_AGENT: _with_agent, Phase.DEPOSE: _after_filing, Phase.CLOS: _closed,
    Phase.ABANDONNE: _closed, Phase.EFFACE: _closed,
    Phase.URGENCE: _in_emergency, Phase.HORS_PERIMETRE: _out_of_scope,
})  # fmt: skip


# --- buttons -------------------------------------------------------------------------------------


def _tapped(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    """A tap is honoured even on an old button; one that no longer means anything leads to what is pending."""
    if not isinstance(said.content, m.Tapped):
        return
    choice = said.content.choice
    turn.happened(e.CitizenTapped(choice))
    step = _CHOICES.get(choice)
    if step is not None:
        step(turn)
    else:
        _tapped_with_argument(turn, choice, read.reading)


def _tapped_with_argument(turn: Turn, choice: str, reading: Reading) -> None:
    head, _, rest = choice.partition(":")
    if head == "langue" and rest in LANGUAGES:
        _choose_language(turn, rest)
    elif head == Choice.CORRECT and rest in list(Fact):
        _ask_again(turn, Fact(rest))
    elif head == "doute":
        _settle_by_button(turn, choice)
    elif head in list(Fact) and (question := turn.questionnaire.question(Fact(head))) and rest in question.meanings:
        _answer_by_button(turn, Fact(head), question.meanings[rest], reading)
    else:
        _back_to_pending(turn)


def _answer_by_button(turn: Turn, fact: Fact, meaning: str, reading: Reading) -> None:
    if turn.now.phase in _SEALED | {Phase.URGENCE}:
        _back_to_pending(turn)
        return
    value = next((entity.value for entity in reading.entities if entity.type.value == fact.value), None)
    held = turn.now.facts.get(fact)
    replaces = held is None or not held.is_known or turn.now.pending is fact
    turn.happened(e.FactLearned(fact, meaning, value, Origin.BUTTON, replaces=replaces))
    _go_on(turn, fact)


def _settle_by_button(turn: Turn, choice: str) -> None:
    doubt = turn.now.doubt if turn.now.pending is Asked.DOUBT else None
    if doubt is not None and choice in DOUBT_ANSWERS[doubt[1]] and settle(turn, choice, Origin.BUTTON):
        ask_next(turn)
    else:
        _back_to_pending(turn)


def _go_on(turn: Turn, fact: Fact | None = None) -> None:
    """After an answer: the next question, unless another one is still pending."""
    if turn.now.phase not in BEFORE_FILING:
        turn.happened(e.NoticeGiven(Notice.PASSED_ON))
    elif isinstance(turn.now.pending, Asked) and turn.now.pending is not Asked.NARRATIVE and fact is not None:
        put_again(turn, turn.now.pending)
    else:
        ask_next(turn)


def _ask_again(turn: Turn, fact: Fact) -> None:
    if turn.now.phase in BEFORE_FILING - {Phase.URGENCE}:
        turn.happened(e.QuestionAsked(fact, again=True))
    else:
        _back_to_pending(turn)


def _back_to_pending(turn: Turn) -> None:
    """An old button whose time has passed: say where we are."""
    here = {Phase.HORS_PERIMETRE: Notice.NUISANCE_AGAIN, Phase.URGENCE: Notice.EMERGENCY_AGAIN}
    if turn.now.phase in BEFORE_FILING - {Phase.URGENCE}:
        put_again(turn, turn.now.pending)
    else:
        turn.happened(e.NoticeGiven(here.get(turn.now.phase, Notice.STATUS), str(turn.now.phase)))


def _dont_know(turn: Turn) -> None:
    _without_fact(turn, e.FactUnknown)


def _skip(turn: Turn) -> None:
    _without_fact(turn, e.FactDeclined)


def _without_fact(turn: Turn, kind: type[e.FactUnknown] | type[e.FactDeclined]) -> None:
    pending = turn.now.pending
    if isinstance(pending, Fact) and turn.now.phase not in _SEALED:
        turn.happened(kind(pending))
        _go_on(turn)
    elif pending in (Asked.NARRATIVE, Asked.DOUBT):
        ask_next(turn)
    else:
        _back_to_pending(turn)


def _why(turn: Turn) -> None:
    pending = turn.now.pending
    if isinstance(pending, Fact) and turn.now.phase is Phase.QUESTIONS:
        turn.happened(e.QuestionExplained(pending), e.QuestionAsked(pending, again=True))
    else:
        _back_to_pending(turn)


def _finish(turn: Turn) -> None:
    if turn.now.phase not in BEFORE_FILING - {Phase.URGENCE}:
        _back_to_pending(turn)
    elif any(entry.is_known for entry in turn.now.facts.values()):
        ask_next(turn)
    else:
        wonder_cancel(turn)


def _confirm(turn: Turn) -> None:
    if turn.now.phase is Phase.RECAPITULATIF:
        file_report(turn)
    else:
        _back_to_pending(turn)


def _correct(turn: Turn) -> None:
    if turn.now.phase in (Phase.RECAPITULATIF, Phase.QUESTIONS):
        turn.happened(e.Wondered(Asked.WHAT_TO_CORRECT))
    else:
        _back_to_pending(turn)


def _delete(turn: Turn) -> None:
    if turn.now.phase in BEFORE_FILING | {Phase.DEPOSE}:
        wonder_cancel(turn)
    else:
        _back_to_pending(turn)


def _yes(turn: Turn) -> None:
    by_pending = {Asked.CANCEL: erase, Asked.IS_PLACE_OF_FACTS: _pin_is_place, Asked.CONFIRMATION: _confirm,
                  Asked.DOUBT: _doubt_confirmed}  # fmt: skip
    by_pending.get(_asked(turn), _back_to_pending)(turn)


def _no(turn: Turn) -> None:
    by_pending = {Asked.CANCEL: keep, Asked.IS_PLACE_OF_FACTS: _pin_is_not_place, Asked.CONFIRMATION: _correct,
                  Asked.ANYTHING_ELSE: _nothing_more, Asked.DOUBT: _doubt_denied}  # fmt: skip
    by_pending.get(_asked(turn), _back_to_pending)(turn)


def _doubt_confirmed(turn: Turn) -> None:
    is_it(turn)
    ask_next(turn)


def _doubt_denied(turn: Turn) -> None:
    is_not_it(turn)
    ask_next(turn)


def _asked(turn: Turn) -> Asked:
    return turn.now.pending if isinstance(turn.now.pending, Asked) else Asked.UNCLEAR


def keep(turn: Turn) -> None:
    """The report is not cancelled after all."""
    paused = turn.now.paused
    turn.happened(e.NoticeGiven(Notice.KEPT))
    put_again(turn, paused)


def _nothing_more(turn: Turn) -> None:
    if turn.now.phase in BEFORE_FILING - {Phase.URGENCE} and turn.now.pending is not Asked.NARRATIVE:
        ask_next(turn)
    else:
        _back_to_pending(turn)


def _continue(turn: Turn) -> None:
    if turn.now.phase is Phase.URGENCE:
        _go_on_after_emergency(turn, None)
    elif turn.now.phase is Phase.HORS_PERIMETRE:
        turn.happened(e.CameBack(), e.Wondered(Asked.NARRATIVE))
    elif turn.now.pending is Asked.CANCEL:
        keep(turn)
    else:
        _back_to_pending(turn)


def _tell_again(turn: Turn) -> None:
    pending = turn.now.paused if turn.now.pending is Asked.UNCLEAR else turn.now.pending
    if turn.now.phase in BEFORE_FILING - {Phase.URGENCE}:
        put_again(turn, pending)
    else:
        _back_to_pending(turn)


def _agent(turn: Turn) -> None:
    pending = turn.now.paused if turn.now.pending is Asked.UNCLEAR else turn.now.pending
    call_agent(turn)
    put_again(turn, pending)


def _start_over(turn: Turn) -> None:
    """A new report begins in a conversation of its own: the use case opens it; here the tap is only recorded."""
    _back_to_pending(turn)


_CHOICES: Mapping[str, Callable[[Turn], None]] = MappingProxyType({
    Choice.DONT_KNOW: _dont_know, Choice.SKIP: _skip, Choice.WHY: _why, Choice.FINISH: _finish,
    Choice.CONFIRM: _confirm, Choice.CORRECT: _correct, Choice.DELETE: _delete,
    Choice.NOTHING_MORE: _nothing_more, Choice.YES: _yes, Choice.NO: _no, Choice.CONTINUE: _continue,
    Choice.TELL_AGAIN: _tell_again, Choice.AGENT: _agent, Choice.NEW_REPORT: _start_over, Choice.ERASE: erase,
})  # fmt: skip


# --- pins, photos, refusals, doors -----------------------------------------------------------------


def _pinned(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    """A pin may be the writer's own position: it is asked first, and forgotten if it is."""
    if not isinstance(said.content, m.Pinned):
        return
    if turn.now.phase in _SEALED | {Phase.URGENCE}:
        _back_to_pending(turn)
        return
    _welcome(turn)
    turn.happened(e.CitizenPinned(said.content.latitude, said.content.longitude))
    turn.happened(e.Wondered(Asked.IS_PLACE_OF_FACTS))


def _pin_is_place(turn: Turn) -> None:
    pin, paused = turn.now.pin, turn.now.paused
    if pin is None:
        _back_to_pending(turn)
        return
    turn.happened(pin_learned(pin.latitude, pin.longitude))
    if turn.now.phase not in BEFORE_FILING:
        turn.happened(e.NoticeGiven(Notice.PASSED_ON))
    elif paused in (None, Fact.LIEU, Asked.NARRATIVE):
        ask_next(turn)
    else:
        put_again(turn, paused)


def _pin_is_not_place(turn: Turn) -> None:
    paused = turn.now.paused
    turn.happened(e.PinForgotten(), e.NoticeGiven(Notice.PIN_FORGOTTEN))
    put_again(turn, paused)


def _photographed(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if not isinstance(said.content, m.Photographed):
        return
    if turn.now.phase in _SEALED:
        _back_to_pending(turn)
        return
    is_first = said.content.album is None or said.content.album != turn.now.album
    turn.happened(e.CitizenSentPhoto(said.content.file, album=said.content.album))
    if is_first and turn.now.phase is not Phase.AVEC_UN_AGENT:
        turn.happened(e.NoticeGiven(Notice.PHOTO_KEPT))
    if said.content.caption:
        _words(turn, said.content.caption, said, read.reading)
    elif is_first:
        _resume_if_asking(turn)


def _resume_if_asking(turn: Turn) -> None:
    if turn.now.phase in BEFORE_FILING - {Phase.URGENCE}:
        _welcome(turn)
        put_again(turn, turn.now.pending)


def _refused(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if isinstance(said.content, m.SentRefused):
        turn.happened(e.ThingRefused(said.content.kind))
        _resume_if_asking(turn)


def _door(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if isinstance(said.content, m.ClosedDoor):
        turn.happened(e.DoorOpened() if said.content.open else e.DoorClosed())


# --- commands ------------------------------------------------------------------------------------


def _commanded(turn: Turn, said: m.FromCitizen, read: _Read) -> None:
    if isinstance(said.content, m.Commanded):
        _COMMANDS[said.content.command](turn, said.content.argument, read.standing)


def _start(turn: Turn, argument: str, standing: str) -> None:
    if turn.now.phase in BEFORE_FILING and not turn.now.welcomed:
        turn.happened(e.NoticeGiven(Notice.WELCOME), e.Wondered(Asked.NARRATIVE))
    else:
        _told(turn, Notice.BACK_AGAIN, str(turn.now.phase))


def _told(turn: Turn, notice: Notice, detail: str = "") -> None:
    turn.happened(e.NoticeGiven(notice, detail))
    _resume_if_asking(turn)


def _help(turn: Turn, argument: str, standing: str) -> None:
    _told(turn, Notice.HELP)


def _privacy(turn: Turn, argument: str, standing: str) -> None:
    _told(turn, Notice.PRIVACY)


def _stop(turn: Turn, argument: str, standing: str) -> None:
    """Leave at once: a draft is erased, a filed report stays with the officers."""
    if turn.now.phase in BEFORE_FILING | {Phase.HORS_PERIMETRE}:
        turn.happened(e.Erased(), e.NoticeGiven(Notice.STOPPED))
    else:
        turn.happened(e.NoticeGiven(Notice.STOPPED_FILED))


def _erase(turn: Turn, argument: str, standing: str) -> None:
    erase(turn)


def _language(turn: Turn, argument: str, standing: str) -> None:
    code = argument.strip().lower()[:2]
    if code in LANGUAGES:
        _choose_language(turn, code)
    else:
        turn.happened(e.NoticeGiven(Notice.LANGUAGE))


def _choose_language(turn: Turn, code: str) -> None:
    turn.happened(e.LanguageChosen(code), e.NoticeGiven(Notice.LANGUAGE, code))
    _resume_if_asking(turn)


def _status(turn: Turn, argument: str, standing: str) -> None:
    if argument and not standing:
        _told(turn, Notice.STATUS_UNKNOWN)
    else:
        _told(turn, Notice.STATUS, standing or str(turn.now.phase))


_COMMANDS: Mapping[m.Command, Callable[[Turn, str, str], None]] = MappingProxyType({
    m.Command.START: _start, m.Command.AIDE: _help, m.Command.STOP: _stop, m.Command.EFFACER: _erase,
    m.Command.CONFIDENTIALITE: _privacy, m.Command.LANGUE: _language, m.Command.STATUT: _status,
})  # fmt: skip

# Any: each step takes the envelope and narrows its content itself; the key of the table guarantees the kind.
_CONTENTS: Mapping[type, Callable[[Turn, m.FromCitizen, Any], None]] = MappingProxyType({
    m.Said: _said, m.Edited: _edited, m.Tapped: _tapped, m.Pinned: _pinned, m.Photographed: _photographed,
    m.SentRefused: _refused, m.ClosedDoor: _door, m.Commanded: _commanded,
})  # fmt: skip
