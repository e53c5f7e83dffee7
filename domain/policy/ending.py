"""How a report ends: filed, cancelled or erased. Shared by answers, buttons and commands."""

from domain import events as e
from domain.events import Asked, Notice
from domain.ids import Alias
from domain.phases import BEFORE_FILING, ENDED, Phase
from domain.policy.turn import Turn

UNNAMED = Alias("")
"""The store names a case when it is saved; until then an event carries this."""


def file_report(turn: Turn) -> None:
    """The citizen confirmed the summary: the report is filed and its receipt given once."""
    turn.happened(e.ReportFiled(UNNAMED), e.ReceiptGiven())


def wonder_cancel(turn: Turn) -> None:
    """Ask once whether everything shall really be erased."""
    turn.happened(e.Wondered(Asked.CANCEL))


def cancel(turn: Turn) -> None:
    """The report is dropped and nothing of it is kept."""
    turn.happened(e.Erased(), e.NoticeGiven(Notice.CANCELLED))


def erase(turn: Turn) -> None:
    """Erase what can be erased: a draft wholly, a filed report as long as no officer works with it."""
    if turn.now.phase in ENDED - {Phase.CLOS}:
        turn.happened(e.NoticeGiven(Notice.NOTHING_TO_ERASE))
        return
    is_draft = turn.now.phase in BEFORE_FILING | {Phase.HORS_PERIMETRE}
    with_officers = turn.now.officer_present or turn.now.taken_by is not None or turn.now.phase is Phase.CLOS
    kept = not is_draft and with_officers
    notice = e.NoticeGiven(Notice.ERASED, "kept" if kept else "all")
    turn.happened(e.Erased(kept_by_officers=kept), notice)
