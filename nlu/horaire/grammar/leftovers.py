"""What is a time only by its surroundings: a month by itself, a weekday after "depuis", two moments joined."""

from ..dated import Away, Dated, OnDate, SeasonOf, Shortly, Weekday
from ..engine import Found, Piece, Stage
from ..meaning import Clock, DaySet, Length
from .clocks import of_number

STAGE = Stage({"BOUND": "[depuis jusque avant apres partir vers entre]"})


@STAGE.rule("date", "en month", "(?<=[depuis jusque avant apres partir vers ce])(le|en)? month")
@STAGE.rule("date", "(?<!num)(le|de)? month", bare_only=True)
def _month(found: Found) -> OnDate:
    return OnDate(month=found.one("month"))


@STAGE.rule("date", "(le|en|ce)? season", bare_only=True)
def _season(found: Found) -> SeasonOf:
    return SeasonOf(found.one("season"), how="this" if found.has("ce") else None)


@STAGE.rule("date", "ce season")
def _this_season(found: Found) -> SeasonOf:
    return SeasonOf(found.one("season"), how="this")


@STAGE.rule("date", "(?<=[depuis jusque])days")
def _bound_day(found: Found) -> Dated | None:
    """ "Depuis lundi" is one Monday, the last."""
    days: DaySet = found.one("days")
    one = len(days.days) == 1 and days.det in ("bare", "the") and days.nth is None
    return Weekday(min(days.days), "last") if one else None


_MOMENT = "(date a? clock part_of_day?|clock date part_of_day?|clock days part_of_day?|clock part_of_day|date part_of_day|days a? clock|date|clock)"


def _joint(pieces: list[Piece]) -> int:
    """Where the second moment begins; the "à" between a day and its hour is not it."""
    joints = [i for i in range(1, len(pieces) - 1) if pieces[i].kind in ("a", "jusque", "et", "dash")]
    whole = [i for i in joints if not (pieces[i - 1].kind in ("date", "days") and pieces[i + 1].kind == "clock")]
    return whole[0] if whole else 0


@STAGE.rule("moments", f"(de|entre) {_MOMENT} (a|jusque|et|dash) {_MOMENT}", f"{_MOMENT} (a|jusque|dash) {_MOMENT}")
def _moments(found: Found) -> tuple[list[Piece], list[Piece]] | None:
    """Two moments, each with a day or an hour: "de 20h hier soir à 4h ce matin"."""
    edge = _joint(found.pieces)
    if not edge:
        return None
    left, right = found.pieces[:edge], found.pieces[edge + 1 :]
    if found.pieces[edge].kind == "et" and found.pieces[0].kind != "entre":
        return None
    keep = ("date", "clock", "days", "part_of_day")
    sides = [p for p in left if p.kind in keep], [p for p in right if p.kind in keep]
    return sides if sides[0] and sides[1] else None


@STAGE.rule("clock", "(?<=[part_of_day date days])(a|et) num(?!(unit|money|month|num|h|x|fois|dash|de))", "(?<=part_of_day)a num(?!(unit|money|month|num|h|fois))")
@STAGE.rule("clock", "(?<=part_of_day)num(?=(stop|comma|$))", bare_only=True)
def _number_of_hours(found: Found) -> Clock | None:
    return of_number(found.one("num"))


@STAGE.rule("open", "deictic(?=$)", bare_only=True)
def _later(found: Found) -> Away | None:
    return Away(Length(seconds=600, grain="minute"), 1) if found.one("deictic") == "later" else None


@STAGE.rule("now", "deictic")
def _shortly(found: Found) -> Shortly | None:
    return Shortly() if found.one("deictic") == "shortly" else None
