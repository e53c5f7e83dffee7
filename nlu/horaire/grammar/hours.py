"""Windows of the day: "de 18h à 23h", "entre midi et deux", "à partir de 22h", "jusqu'à 2h", "tôt le matin"."""

from dataclasses import replace

from ..conventions import APPROX_MINUTES
from ..dated import Near, NightOf, PartOn
from ..engine import Found, Stage
from ..meaning import Clock, Determiner, Every, Hours, Part
from .clocks import in_part, of_number

STAGE = Stage({"TO": "(a|dash|slash|jusque)", "EDGE": "(debut|milieu|fin|tot|tard)", "NUM": "num"})

_EDGES = {"debut": "early", "milieu": "middle", "fin": "late", "tot": "early", "tard": "late"}
_LATE = Clock(1440)


def _between(start: Clock, end: Clock) -> Hours:
    """A window; midnight is 24:00 as an end and 00:00 as a start."""
    if end.minute == 0:
        end = replace(end, minute=1440)
    if start.minute == 1440:
        start = replace(start, minute=0)
    return Hours("between", start, end, max(start.approx, end.approx))


@STAGE.rule("hours", "(de|des|entre|partir) le? clock (de? le? part)? (TO|et) (a|le|de)? clock", "clock (TO) le? clock")
def _clock_range(found: Found) -> Hours | None:
    start, end = found.all("clock")
    if found.has("et") and not found.has("entre"):
        return None
    if found.has("slash") and not (start.minute < end.minute or end.minute in (0, 1440)):
        return None
    if found.has("part"):
        start = in_part(start, found.one("part"))
    return _between(start, end)


@STAGE.rule(
    "hours",
    "(de|entre) le? num (TO|et) le? clock",
    "num (TO) le? clock(?!de unit)",
    "(de|entre)? clock (TO) num(?!(unit|x|money|month|num|h|dow))",
    "entre clock et num(?!(unit|x|money|month|num|h))",
    "(?<=part)de num a num(?!(unit|x|money|month))",
    "de num a num(?=(comma|stop|$|part|le part|date|de part|et le part|rel|dans|vers|ce|le dow|tous|chaque))",
    "entre num et num(?=(comma|stop|$|part|le part|date|de part|dow|rel|dans|ce|le dow|tous|chaque))",
)
def _number_range(found: Found) -> Hours | None:
    numbers = [p for p in found.pieces if p.kind in ("num", "clock")]
    if found.has("et") and not found.has("entre"):
        return None
    start, end = (of_number(p.value) if p.kind == "num" else p.value for p in numbers)
    if start is None or end is None:
        return None
    if numbers[0].kind == "clock" and numbers[1].kind == "num" and end.minute < start.minute:
        moved = end.minute + 720
        end = replace(end, minute=moved) if moved > start.minute else end
    return _between(start, end)


@STAGE.rule(
    "hours",
    "(?<=[dow date])num dash num(?!(month|unit|x|num|dash|money))",
    "(a|de)? num (a|dash) num(?=(stop|comma|$))",
    bare_only=True,
)
def _bare_numbers(found: Found) -> Hours | None:
    start, end = (of_number(number) for number in found.all("num"))
    if start is None or end is None or (start.minute >= end.minute and start.minute > 720):
        return None
    return _between(start, end)


@STAGE.rule("hours", "hours vers", "hours comma vers(?!clock)")
def _about_window(found: Found) -> Hours:
    hours: Hours = found.one("hours")
    return replace(hours, approx=APPROX_MINUTES)


@STAGE.rule("hours", "clock clock(?!(a|dash|jusque))", habit_only=True)
def _side_by_side(found: Found) -> Hours | None:
    """ "18h 22h", telegraphic."""
    start, end = found.all("clock")
    plain = not (start.sun or end.sun or start.approx or end.approx)
    return _between(start, end) if plain and start.minute < end.minute else None


@STAGE.rule(
    "hours",
    "(de|partir|des) le? clock (comma|et)? jusque a? late",
    "(de|partir|des)? le? clock (a|jusque|dash) (tot|tard|late)",
)
def _to_late(found: Found) -> Hours:
    return Hours("between", found.one("clock"), _LATE, note="jusqu'à pas d'heure")


@STAGE.rule("hours", "jusque (a|de)? (late|tard) (dans le? part)?")
def _until_late(found: Found) -> Hours:
    return Hours("until", end=_LATE, note="jusqu'à pas d'heure")


@STAGE.rule("hours", "jusque (a|le|de|vers)? le? clock", "avant le? clock", "(a|de) le clock et avant")
def _until(found: Found) -> Hours:
    end = found.one("clock")
    return Hours(
        "until", end=replace(end, minute=1440) if end.minute == 0 else end, approx=end.approx, note=found.pieces[0].kind
    )


@STAGE.rule("hours", "last clock")
def _past(found: Found) -> Hours | None:
    """ "Passé minuit"."""
    clock: Clock = found.one("clock")
    return Hours("from", clock, approx=clock.approx) if found.one("last") == "passe" else None


@STAGE.rule(
    "hours",
    "partir (de|le)? le? clock",
    "apres (le|de)? le? clock",
    "clock (et|ou) (tard|apres|tous|deictic)",
    "clock et plus",
    "de le? clock(?!(a|jusque|dash))",
)
def _from(found: Found) -> Hours | None:
    start = found.one("clock")
    if found.pieces[0].kind == "de" and found.pieces[0].value != "des":  # "dès 22h", never "de 22h"
        return None
    return Hours("from", start, approx=start.approx)


@STAGE.rule("clock", "a? le? event (de|a) clock")
def _event_at(found: Found) -> Clock:
    """ "La récré de 15h20": the hour said wins."""
    clock: Clock = found.one("clock")
    return clock


@STAGE.rule("counted", "un part(?!(par|sur))", habit_only=True)
@STAGE.rule("counted", "(num|plusieurs) part(?!(par|sur))", "autre (part|unit)")
def _counted(found: Found) -> bool:
    """ "Trois soirs de suite" is no time of day."""
    return True


@STAGE.rule("hours", "a? le? event", "event")
def _event(found: Found) -> Hours:
    start, end = found.one("event")
    return Hours("between", Clock(start), Clock(end), approx=APPROX_MINUTES, usual=True)


_INTRODUCED: dict[str, Determiner] = {
    "le": "the",
    "ce": "this",
    "dans": "in",
    "en": "in",
    "tous": "every",
    "chaque": "every",
}


def _determiner(found: Found) -> Determiner:
    for piece in found.pieces:
        if piece.kind == "part":
            break
        if piece.kind == "tous":
            plural = piece.value.endswith("s") and piece.value not in ("tts",)
            return "every" if plural or not found.has("le") else "whole"
        if piece.kind in _INTRODUCED:
            return _INTRODUCED[piece.kind]
    return "bare"


@STAGE.rule(
    "part_of_day",
    "(en|a|de|dans)? le? EDGE (de|dans|a|le|en)? (de|le|ce)? part",
    "(dans|en)? le? part (tot|tard)",
    "(tot|tard) (dans|a|en|le)? (le|ce)? part",
    "deictic dans le? part",
    "de le part tot",
)
def _edge_of_part(found: Found) -> Part | None:
    if found.has("deictic"):
        return Part(found.one("part"), None, "in") if found.one("deictic") == "later" else None
    edge = next((_EDGES[p.kind] for p in found.pieces if p.kind in _EDGES), None)
    return Part(found.one("part"), edge, "this" if found.has("ce") else "in")


@STAGE.rule("part_of_day", "(avant|apres) le? part", "a le? part(?=(stop|comma|$|x))", "a x part")
def _beside_part(found: Found) -> Part | None:
    name = found.one("part")
    if name in ("dejeuner", "petit_dej", "diner", "travail", "gouter"):
        edge = "before" if found.has("avant") else "after" if found.has("apres") else None
        if edge is None and name in ("travail", "gouter"):
            return None
        return Part(name, edge, "in")
    return None


@STAGE.rule("night", "le? part (last|next)", "le? (last|next) part")
def _night_near(found: Found) -> NightOf | PartOn | None:
    """ "La nuit dernière" began yesterday evening."""
    part, last = found.one("part"), found.has("last")
    if part == "nuit":
        return NightOf(Near("day", -1 if last else 0))
    return PartOn(part, Near("day", -1 if last else 1))


@STAGE.rule("part_of_day", "(a|en|le|tous|chaque)? le? pedge")
def _edge_word(found: Found) -> Part:
    """ "Au petit matin"."""
    part, edge = found.one("pedge")
    return Part(part, edge, "every" if found.has("tous", "chaque") else "in")


@STAGE.rule("part_of_day", "(?<=[dow dows dab rel date])le? tantot", "(tous|chaque) le? tantot")
def _afternoon(found: Found) -> Part:
    """ "Samedi tantôt" is Saturday afternoon, in Belgium and the North."""
    return Part("aprem", None, "every" if found.has("tous", "chaque") else "bare")


@STAGE.rule("part_of_day", "un part sur num")
def _every_other(found: Found) -> Part | None:
    n = found.one("num")
    return Part(found.one("part"), None, "every", Every(n, "day")) if 1 < n < 100 else None


@STAGE.rule(
    "part_of_day",
    "tous le part entier?",
    "(tous|chaque) le? de? part",
    "(dans|de|a|en) (le|ce)? part",
    "ce part",
    "le part entier",
    "le part",
    "part",
)
def _part(found: Found) -> Part | None:
    name, det = found.one("part"), _determiner(found)
    if found.has("entier"):
        det = "whole"
    if name in ("travail", "aurore") and det in ("bare", "the"):
        return None if name == "travail" else Part(name, None, det)
    if found.pieces[0].kind == "de" and det in ("bare", "the"):
        det = "the"
    return Part(name, "whole" if det == "whole" and name == "journee" else None, det)
