"""What the counter tells without asking: one letter for every Notice, its words chosen by the notice's detail."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.events import Notice
from domain.messages import Button, ToCitizen
from domain.phases import Phase
from domain.questionnaire import Choice
from handlers.questions import languages
from handlers.voice import Voice

STANDING: Mapping[str, str] = MappingProxyType({
    Phase.ACCUEIL: "none", Phase.RECIT: "draft", Phase.QUESTIONS: "draft", Phase.RECAPITULATIF: "draft",
    Phase.URGENCE: "draft", Phase.DEPOSE: "filed", Phase.AVEC_UN_AGENT: "taken", Phase.CLOS: "closed",
    Phase.HORS_PERIMETRE: "none", Phase.ABANDONNE: "erased", Phase.EFFACE: "erased",
})  # fmt: skip
"""How a phase is told to the citizen (`notice-status-<standing>`)."""

KINDS: Mapping[Notice, str] = MappingProxyType({
    Notice.EMERGENCY: "urgence", Notice.EMERGENCY_AGAIN: "urgence",
    Notice.NUISANCE: "nuisance", Notice.NUISANCE_AGAIN: "nuisance", Notice.IDENTITY: "identite",
})  # fmt: skip
"""Notices that other programs must be able to tell apart (ToCitizen.notice)."""


def notice(voice: Voice, told: Notice, detail: str) -> ToCitizen:
    """The letter of one notice."""
    return ToCitizen(
        _WORDS.get(told, _plain)(voice, told, detail), _buttons(voice, told, detail), notice=KINDS.get(told)
    )


# --- words ---------------------------------------------------------------------------------------


def _plain(voice: Voice, told: Notice, detail: str) -> str:
    """The notice's own words for this detail where it has any (e.g. `notice-erased-kept`)."""
    special = f"notice-{told}-{detail}"
    return voice.say(special if detail and voice.knows(special) else f"notice-{told}")


def _by_standing(voice: Voice, told: Notice, detail: str) -> str:
    return _plain(voice, told, STANDING.get(detail, detail))


def _joined(voice: Voice, told: Notice, detail: str) -> str:
    if not detail:
        return voice.say("notice-agent-joined")
    return voice.say("notice-agent-joined-service", service=voice.service(detail))


def _language(voice: Voice, told: Notice, detail: str) -> str:
    return voice.say("notice-language-chosen" if detail else "notice-language")


def _no_agent(voice: Voice, told: Notice, detail: str) -> str:
    hours = voice.cell.hours
    return voice.say("notice-no-agent-hours", hours=hours) if hours else voice.say("notice-no-agent")


def _expired(voice: Voice, told: Notice, detail: str) -> str:
    return voice.say("notice-expired", hours=voice.limits.draft_hours)


def privacy(voice: Voice, told: Notice = Notice.PRIVACY, detail: str = "") -> str:
    """What is kept and how long, said from the configuration that is running, line by line."""
    limits = voice.limits
    spoken = ", ".join(voice.say(f"language-{code}") for code in limits.languages)
    return "\n".join((
        *map(voice.say, ("privacy-head", "privacy-robot", "privacy-officers", "privacy-not-seen")),
        *map(voice.say, ("privacy-telegram", "privacy-justice", "privacy-nuisance")),
        voice.say("privacy-draft", hours=limits.draft_hours),
        voice.say("privacy-report", days=voice.cell.retention_days),
        voice.say("privacy-contact", days=limits.contact_days),
        voice.say("privacy-photos", kept="yes" if limits.keeps_photos else "no"),
        voice.say("privacy-refused"),
        voice.say("privacy-languages", languages=spoken),
        voice.say("privacy-rights"),
    ))  # fmt: skip


_WORDS: Mapping[Notice, Callable[[Voice, Notice, str], str]] = MappingProxyType({
    Notice.STATUS: _by_standing, Notice.BACK_AGAIN: _by_standing, Notice.AGENT_JOINED: _joined,
    Notice.LANGUAGE: _language, Notice.NO_AGENT: _no_agent, Notice.EXPIRED: _expired, Notice.PRIVACY: privacy,
})  # fmt: skip


# --- buttons -------------------------------------------------------------------------------------


def _buttons(voice: Voice, told: Notice, detail: str) -> tuple[Button, ...]:
    if told is Notice.WELCOME or (told is Notice.LANGUAGE and not detail):
        return languages(voice)
    if told in (Notice.BACK_AGAIN, Notice.STATUS) and STANDING.get(detail) in ("closed", "erased"):
        return (voice.button(Choice.NEW_REPORT),)
    return tuple(voice.button(choice, label) for choice, label in _AFTER.get(told, ()))


_AFTER: Mapping[Notice, tuple[tuple[Choice, str | None], ...]] = MappingProxyType({
    Notice.EMERGENCY: ((Choice.CONTINUE, None), (Choice.DELETE, None)),
    Notice.EMERGENCY_AGAIN: ((Choice.CONTINUE, None), (Choice.DELETE, None)),
    Notice.NUISANCE: ((Choice.CONTINUE, "button-report-drugs"),),
    Notice.NUISANCE_AGAIN: ((Choice.CONTINUE, "button-report-drugs"),),
    Notice.CLOSED: ((Choice.NEW_REPORT, None),),
    Notice.ALREADY_CLOSED: ((Choice.NEW_REPORT, None),),
    Notice.ERASED: ((Choice.NEW_REPORT, None),),
    Notice.CANCELLED: ((Choice.NEW_REPORT, None),),
    Notice.STOPPED: ((Choice.NEW_REPORT, None),),
})  # fmt: skip
"""What one may tap after a notice that leaves nothing pending."""
