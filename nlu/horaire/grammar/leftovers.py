"""What is a time only by its surroundings: a month by itself, a weekday after "depuis", two moments joined."""

from ..dated import Away, Dated, Near, OnDate, SeasonOf, Shortly, Side, Weekday
from ..engine import Found, Piece, Stage
from ..meaning import Clock, DaySet, Length
from .clocks import of_number

STAGE = Stage({"BOUND": "[depuis jusque avant apres partir vers entre]"})


@STAGE.rule("date", "en month", "(?<=[depuis jusque avant apres partir vers ce])(le|en)? month")
@STAGE.rule("date", "(?<!num)(le|de)? month", bare_only=True)
def _month(found: Found) -> OnDate:
    return OnDate(month=found.one("month"))


@STAGE.rule("open", "date (ou|et) (deictic|tard|et|apres)(?!(date|clock|le|num))")
def _or_later(found: Found) -> Dated:
    return _of(found)


@STAGE.rule("until", "date (ou|et) (tot|avant)(?!(date|clock|le|num))")
def _or_earlier(found: Found) -> Dated:
    return _of(found)


def _of(found: Found) -> Dated:
    dated: Dated = found.one("date")
    return dated


@STAGE.rule("date", "(deictic|tot|tard) (dans|de|a|en)? date")
def _side(found: Found) -> Side | None:
    date = found.one("date")
    later = found.has("deictic", "tard")
    return Side(later, date) if isinstance(date, Near) and not date.count and date.unit != "day" else None


@STAGE.rule("date", "(?<![fois par])le unit(?!(de|x|num|next|last))", bare_only=True)
def _present_unit(found: Found) -> Near | None:
    return Near(found.one("unit")) if found.one("unit") in ("week", "year") else None


@STAGE.rule("date", "(dans le|le|en|ce)? season", bare_only=True)
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


_MOMENT = (
    "(date a? clock part_of_day?|clock date part_of_day?|clock days part_of_day?|clock part_of_day|"
    "date part_of_day|days a? clock|date|clock)"
)


def _joint(pieces: list[Piece]) -> int:
    """Where the second moment begins; the "à" between a day and its hour is not it."""
    joints = [i for i in range(1, len(pieces) - 1) if pieces[i].kind in ("a", "jusque", "et", "dash")]
    return next((i for i in joints if _stands_alone(pieces[:i], pieces[i + 1 :])), 0)


def _stands_alone(left: list[Piece], right: list[Piece]) -> bool:
    """Whether the right side is more than the hour of the left one ("hier à 4h" is one moment)."""
    said = any(piece.kind == "clock" for piece in left)
    return said or any(piece.kind in ("date", "days", "part_of_day") for piece in right)


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


@STAGE.rule(
    "clock",
    "(?<=[part_of_day date days])(a|et) num(?!(unit|money|month|num|h|x|fois|dash|de))",
    "(?<=part_of_day)a num(?!(unit|money|month|num|h|fois))",
)
@STAGE.rule("clock", "a num(?=comma? part_of_day)")
@STAGE.rule("clock", "(?<=part_of_day)num(?=(stop|comma|$))", "num(?=part_of_day)", bare_only=True)
def _number_of_hours(found: Found) -> Clock | None:
    return of_number(found.one("num"))


@STAGE.rule("open", "deictic(?=$)", bare_only=True)
def _later(found: Found) -> Away | None:
    return Away(Length(seconds=600, grain="minute"), 1) if found.one("deictic") == "later" else None


@STAGE.rule("lone", "^length(?=$)", bare_only=True)
def _lone(found: Found) -> Length:
    """A length that is the whole text: how long ago, for who looks back."""
    length: Length = found.one("length")
    return length


@STAGE.rule("now", "deictic", "tantot")
def _shortly(found: Found) -> Shortly | None:
    return Shortly() if found.has("tantot") or found.one("deictic") == "shortly" else None
