"""Numbers in letters, as people say them when they dictate: "vingt-deux", "septante et un", "deux mille dix-sept"."""

from ..engine import Found, Stage

STAGE = Stage()


def _add(total: int, part: int) -> int | None:
    """The number with one more word, or None when the word begins another number ("deux trois")."""
    below = total % 100
    if part == 1000:
        return total * 1000 if 0 < total < 1000 else None
    if part == 100:
        return total - total % 100 + below * 100 if 0 < below < 10 else None
    if part == 20 and below == 4:
        return total - 4 + 80
    if part >= 100 or (total and part >= 20 and below):
        return None
    if below == 0 or (below % 10 == 0 and below >= 20 and part < 10):
        return total + part
    if below in (60, 80) and 10 <= part < 20:
        return total + part
    return total + part if below == 10 and 7 <= part <= 9 else None


def spelled(words: list[int]) -> int | None:
    """The number that these words make, or None when they make none or several."""
    total = 0
    for index, word in enumerate(words):
        if index and word == 0:
            return None
        if index == 0:
            total = word
            continue
        grown = _add(total, word)
        if grown is None:
            return None
        total = grown
    return total


@STAGE.rule("num", "(nw|sept) nw? nw? nw? (nw|sept)", "nw nw nw nw", "(nw|sept) nw (nw|sept)", "nw (nw|sept)")
def _several(found: Found) -> int | None:
    return spelled([7 if p.kind == "sept" else p.value for p in found.pieces])


@STAGE.rule("num", "nw et (un|nw)")
def _and_one(found: Found) -> int | None:
    tens: int = found.pieces[0].value
    last = found.pieces[-1]
    unit = 1 if last.kind == "un" else last.value
    if unit == 1 and tens in (20, 30, 40, 50, 60, 70, 90):
        return tens + 1
    return tens + 11 if tens == 60 and unit == 11 else None


@STAGE.rule("num", "num nw")
def _tail(found: Found) -> int | None:
    whole, last = found.all("num", "nw")
    return spelled([whole, last]) if whole % 1000 == 0 and whole else None


@STAGE.rule("num", "nw")
def _one_word(found: Found) -> int:
    value: int = found.one("nw")
    return value


@STAGE.rule(
    "month",
    "(?<=[num ord un])de? sept",
    "sept(?=stop? year)",
    "(?<=[en de depuis])sept(?!(unit|hmark|num|month|a|fois))",
    "(?<=slash)sept",
)
def _september(found: Found) -> int:
    return 9


@STAGE.rule("num", "sept")
def _seven(found: Found) -> int:
    return 7


@STAGE.rule("year", "num(?!(unit|hmark|h|money|fois))")
def _year(found: Found) -> int | None:
    number: int = found.one("num")
    return number if 1900 <= number < 2200 else None
