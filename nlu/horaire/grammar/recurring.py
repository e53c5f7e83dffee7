"""Days that come back: "tous les soirs", "du lundi au vendredi", "un jeudi sur deux", "le 5 de chaque mois"."""

from ..conventions import SEASON_SELECTORS, TESTIMONY
from ..engine import Found, Stage
from ..meaning import MONTH_NAMES, WEEK, WEEKDAYS, WEEKEND, DaySet, Determiner, Every, Often, Season, Stay

STAGE = Stage({"DOW": "(dow|dab)", "ALL": "(tous|chaque)", "SEP": "(comma|et|ou|slash|dash)"})


def _run(first: int, last: int) -> frozenset[int]:
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


@STAGE.rule("stay", "de? le? DOW (a|de)? clock (a|jusque) le? DOW (a|de)? clock")
def _stay(found: Found) -> Stay:
    days, clocks = found.all("dow", "dab"), found.all("clock")
    return Stay(days[0], clocks[0].minute, days[1], clocks[1].minute or 1440)


@STAGE.rule("stay", "de le? DOW part_of_day (a|jusque) le? DOW part_of_day?", habit_only=True)
def _stay_of_parts(found: Found) -> Stay | None:
    """ "Du vendredi soir au dimanche soir"."""
    days, parts = found.all("dow", "dab"), found.all("part_of_day")
    windows = [TESTIMONY.window(part.name, part.edge) for part in parts]
    return Stay(days[0], windows[0][0], days[1], min(windows[1][1], 1440) if len(windows) > 1 else 1440)


@STAGE.rule(
    "days", "(de|entre)? le? DOW (a|dash|jusque|slash) (a|le)? DOW", "entre le DOW et le DOW", "de le? dows a le? dows"
)
def _day_range(found: Found) -> DaySet | None:
    first, last = found.all("dow", "dab", "dows")
    if found.has("slash") and (last - first) % 7 == 1:
        return DaySet(frozenset({first, last}), "the")
    return DaySet(_run(first, last), "the")


@STAGE.rule("often", "num (unit|counted) sur num", "(num part|num) part_of_day sur num")
def _so_many_of_seven(found: Found) -> Often | None:
    """ "Cinq jours sur sept"."""
    numbers = found.all("num")
    return Often(numbers[0], "week") if len(numbers) == 2 and numbers[1] == 7 and 1 < numbers[0] < 7 else None


@STAGE.rule("days", "ALL le? clock(?!(a|dash))")
def _every_hours(found: Found) -> DaySet | None:
    """ "Toutes les deux heures"."""
    hours = found.one("clock").minute // 60
    fits = found.has("le") or found.one("tous") in ("tous les", "tt les")
    return DaySet(det="every", every=Every(hours, "hour")) if fits and 1 < hours < 13 else None


@STAGE.rule(
    "days",
    "(un|num) DOW sur num",
    "(un|num) (weekend|unit) sur num",
    "ALL le? num (weekend|dow|dows|unit)",
    "chaque num unit",
    "un fois sur num le DOW",
)
def _every_n(found: Found) -> DaySet | None:
    n = found.last("num")
    if len(found.all("num")) > 1 and found.one("num") != 1:
        return None
    unit = found.one("unit")
    if not 1 < n < 100:
        return None
    if found.has("dow", "dows", "dab"):
        return DaySet(frozenset({found.one("dow", "dows", "dab")}), "every", every=Every(n, "week"))
    if found.has("weekend"):
        return DaySet(WEEKEND, "every", every=Every(n, "week"), label="weekend")
    if unit in ("second", "minute"):
        return None
    if unit == "day" and n == 15:  # "tous les quinze jours" is every other week
        return DaySet(det="every", every=Every(2, "week"))
    return DaySet(WEEK if unit == "day" else frozenset(), "every", every=Every(n, unit))


@STAGE.rule("days", "ALL le? length")
def _every_length(found: Found) -> DaySet | None:
    length = found.one("length")
    for size, unit in ((length.months, "month"), (length.days, "day"), (length.seconds // 3600, "hour")):
        if size:
            return _every(size, unit, length.grain)
    return None


def _every(size: int, unit: str, grain: str) -> DaySet | None:
    per = {"week": 7, "year": 12, "quarter": 3, "half": 6}.get(grain, 1)
    if unit == "day" and size == 15:
        size, unit, per = 14, "week", 7
    elif per > 1 and size % per == 0:
        unit = grain if grain in ("week", "year", "quarter") else unit
        size = size // per if grain in ("week", "year", "quarter") else size
        per = 1
    if unit == "week" and per == 7:
        size //= 7
    if unit == "quarter":
        unit, size = "month", size * 3
    if size < 1:
        return None
    return DaySet(
        WEEK if unit == "day" else frozenset(),
        "every",
        every=Every(size, unit) if (size, unit) != (1, "day") else None,
    )


@STAGE.rule(
    "often",
    "num a num fois par unit",
    "(num|un|plusieurs) fois (par|slash|a|dans) (le|un)? unit",
    "(num|un|plusieurs) fois (par|a)? (chaque)? (le)? unit",
    "(num|un|plusieurs) (unit|part_of_day) par unit",
)
def _often(found: Found) -> Often:
    number = 1 if found.has("un") and not found.has("num") else found.one("num")
    return Often(None if found.has("plusieurs") else number, found.last("unit"))


_DETERMINERS: tuple[tuple[str, Determiner], ...] = (("tous", "every"), ("chaque", "every"), ("le", "the"))


def _det(found: Found) -> Determiner:
    return next((det for kind, det in _DETERMINERS if found.has(kind)), "bare")


@STAGE.rule("days", "ALL le? unit (de le? unit)?(?!de date)", "alldays", "tls unit")
def _all_units(found: Found) -> DaySet | None:
    unit = found.one("unit")
    if found.has("alldays") or unit == "day":
        return DaySet(WEEK, "every")
    if unit in ("second", "minute"):
        return None
    if found.one("tous") in ("toute", "tout", "tte") and unit in ("week", "year"):
        return DaySet(WEEK, "every")
    if found.has("tous") and not found.has("le") and found.one("tous") not in ("tous les", "tt les"):
        return None
    if unit == "quarter":
        return DaySet(det="every", every=Every(3, "month"))
    return DaySet(det="every", every=Every(1, unit))


@STAGE.rule("days", "adverb")
def _adverb(found: Found) -> DaySet:
    unit, n = found.one("adverb")
    return DaySet(WEEK, "every") if (unit, n) == ("day", 1) else DaySet(det="every", every=Every(n, unit))


@STAGE.rule("days", "(de|en|le|ALL le?|ALL)? weekdays", "(dans|en) le? weekdays")
def _weekdays(found: Found) -> DaySet:
    return DaySet(WEEKDAYS, "every" if found.has("tous", "chaque") else "the", label="week")


@STAGE.rule("days", "(?<=part_of_day)(de|en) unit")
def _of_the_week(found: Found) -> DaySet | None:
    """ "Chaque soir de semaine"."""
    return DaySet(WEEKDAYS, "the", label="week") if found.one("unit") == "week" else None


@STAGE.rule("days", "ALL le? weekend", "(le|a le|en|de)? weekend")
def _weekends(found: Found) -> DaySet:
    det = "plural" if found.one("le") == "les" and not found.has("tous", "chaque") else _det(found)
    return DaySet(WEEKEND, det, label="weekend")


@STAGE.rule("days", "ALL le? holiday", "(le|en|dans|de|a)? (le|de)? holiday")
def _holidays(found: Found) -> DaySet:
    return DaySet(det="the", calendar=(found.one("holiday"),))


@STAGE.rule("off", "le? (dow|dows) (x|fill|le)? (gone|pas(?=(x|fill|stop|comma|le|$)))")
def _day_off(found: Found) -> DaySet | None:
    """ "Dimanche rien à signaler": nothing that day; the words between are few."""
    between = sum(p.end - p.start for p in found.pieces if p.kind == "x")
    return DaySet(frozenset({found.one("dow", "dows")}), "the") if between <= 12 else None


@STAGE.rule("days", "pas le? dow comma le? dow(?!(comma|et|ou|dow))", habit_only=True)
def _rather(found: Found) -> DaySet:
    """ "Pas mardi, jeudi": the second corrects the first."""
    return DaySet(frozenset({found.last("dow")}), "the" if found.pieces[-2].kind == "le" else "bare")


@STAGE.rule(
    "days",
    "ALL le? (dow|dows|dab)(SEP? (ALL)? le? (dow|dows|dab))*",
    "(le|de|a)? (dow|dows|dab)((SEP)* le? (dow|dows|dab))+",
    "(le|de|a)? (dow|dows)",
    "(le|de|a)? dab(?=(part_of_day|a? clock|hours))",
    "(?<=[sauf par])le? dab",
)
def _day_list(found: Found) -> DaySet | None:
    kinds = [piece.kind for piece in found.pieces]
    days = frozenset(found.all("dow", "dows", "dab"))
    det = _det(found)
    if det != "every" and "dows" in kinds:
        det = "plural"
    elif det == "the" and len(days) == 1 and kinds.count("le") == 0:
        det = "bare"
    return DaySet(days, det)


@STAGE.rule(
    "season_span",
    "(de|entre) month (a|et|jusque) month",
    "(de|en) (month) (a|jusque) (en)? month",
    "month (a|dash) month",
)
def _months(found: Found) -> Season:
    first, last = found.all("month")
    return Season(f"{MONTH_NAMES[first - 1]}-{MONTH_NAMES[last - 1]}", (first, last))


@STAGE.rule("off", "gone fill? days")
def _nobody(found: Found) -> DaySet | None:
    """ "Personne le lundi", "rien le week-end"."""
    days: DaySet = found.one("days")
    return days if days.det == "the" or days.label else None


@STAGE.rule("season_span", "(en|le|de)? month (comma month)? et (en|de|le)? month", habit_only=True)
def _listed_months(found: Found) -> Season:
    months = found.all("month")
    return Season(",".join(MONTH_NAMES[month - 1] for month in months))


@STAGE.rule("days", "le unit(?=(fill|hours|part_of_day))", habit_only=True)
def _working_week(found: Found) -> DaySet | None:
    """ "La semaine c'est 17h-19h": the days that are not the week-end."""
    return DaySet(WEEKDAYS, "the", label="week") if found.one("unit") == "week" else None


@STAGE.rule("season_span", "(?<=part_of_day)de season")
@STAGE.rule("season_span", "ALL le? season")
@STAGE.rule("season_span", "(le|en|dans le) season", habit_only=True)
def _season(found: Found) -> Season:
    return Season(SEASON_SELECTORS[found.one("season")])


@STAGE.rule("schoolterm", "(en|dans|a|le)* schooltime")
def _school_time(found: Found) -> bool:
    return True
