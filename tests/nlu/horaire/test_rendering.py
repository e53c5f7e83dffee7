"""What is said back can be read again, and reads the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.horaire import EveryN, Frequency, Horaire, parse, render
from nlu.horaire.schedules import days_selector

REFERENCE = datetime(2026, 3, 18, 20, 15)
HALF_HOURS = st.integers(0, 47).map(lambda step: step * 30)
DAY_SETS = st.frozensets(st.integers(0, 6), min_size=1)


def clock(minute: int) -> str:
    """HH:MM, midnight as an end being 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def windows(draw: st.DrawFn) -> str:
    """One window: a range (past midnight too), an open evening, the whole day."""
    start, end = draw(HALF_HOURS), draw(HALF_HOURS.map(lambda m: m or 1440))
    if start == end:
        return "00:00-24:00"
    return draw(st.sampled_from([f"{clock(start)}-{clock(end)}", f"{clock(start or 60)}+", "sunset-24:00"]))


@st.composite
def schedules(draw: st.DrawFn) -> Horaire:
    """A weekly schedule, with exceptions, a beginning and a stress now and then."""
    days = draw(DAY_SETS)
    since = draw(st.none() | st.dates(date(2024, 1, 1), date(2026, 3, 1)))
    prefix = f"{since:%Y} {since:%b} {since:%d}+ " if since else ""
    off = draw(st.sampled_from(["", "; PH off", "; SH off"]))
    hours = draw(windows())
    stress = draw(st.none() | st.sampled_from(sorted(days))) if len(days) > 1 else None
    return recurrent(
        f"{prefix}{days_selector(days)} {hours}{off}",
        from_=datetime(since.year, since.month, since.day).isoformat() if since else None,
        grain="day" if since else None,
        emphasis=None if stress is None else days_selector([stress]),
    )


def recurrent(expression: str | None, **beside: object) -> Horaire:
    """A recurrent value that no text holds yet."""
    return Horaire(0, 0, "", "recurrent", opening_hours=expression, **beside)  # type: ignore[arg-type]  # test rows


def value(horaire: Horaire) -> tuple[object, ...]:
    """What a value says, without its place in a text and the parser's doubts."""
    h = horaire
    return (h.kind, h.from_, h.to, h.grain, h.approx_minutes, h.opening_hours, h.every_n, h.emphasis, h.frequency)


def read_again(horaire: Horaire) -> list[tuple[object, ...]]:
    """The values read in what was said back."""
    return [value(found) for found in parse(render(horaire), reference=REFERENCE)]


@given(schedules())
def test_a_schedule_said_back_reads_the_same(horaire: Horaire) -> None:
    """parse(render(x)) = x for weekly schedules."""
    assert read_again(horaire) == [value(horaire)], render(horaire)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["day", "hour", "minute", "week", "month"]),
)
def test_a_date_said_back_reads_the_same(at: datetime, grain: str) -> None:
    """parse(render(x)) = x for points, down to the minute."""
    cut = {"hour": 0, "minute": at.minute or 30}
    day = datetime(at.year, at.month, at.day)
    start = {
        "day": day,
        "week": day - timedelta(days=at.weekday()),
        "month": day.replace(day=1),
    }.get(grain) or day.replace(hour=at.hour, minute=cut[grain])
    if grain in cut and (start.hour, start.minute) == (0, 0):
        start = start.replace(hour=1)
    point = Horaire(0, 0, "", "point", from_=start.isoformat(), grain=grain)
    assert read_again(point) == [value(point)], render(point)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 23))
def test_an_interval_said_back_reads_the_same(at: datetime, length: int) -> None:
    """parse(render(x)) = x for intervals of hours and of days."""
    start = at.replace(minute=0, second=0, microsecond=0)
    hours = Horaire(0, 0, "", "interval", start.isoformat(), (start + timedelta(hours=length)).isoformat(), "hour")
    assert read_again(hours) == [value(hours)], render(hours)
    day = start.replace(hour=0)
    days = Horaire(0, 0, "", "interval", day.isoformat(), (day + timedelta(days=length + 1)).isoformat(), "day")
    assert read_again(days) == [value(days)], render(days)


ROWS = [
    (recurrent("24/7"), "jour et nuit"),
    (recurrent("Mo-Sa 18:00-23:00"), "tous les jours sauf le dimanche, de 18 h à 23 h"),
    (
        recurrent("Mo-Fr 17:00-22:00; Sa 14:00-24:00"),
        "du lundi au vendredi, de 17 h à 22 h et le samedi, de 14 h à minuit",
    ),
    (recurrent("Fr 19:30-20:30", approx_minutes=30, every_n=EveryN(2, "week")), "un vendredi sur deux, vers 20 h"),
    (recurrent("Mo-Su 18:00-20:00", every_n=EveryN(2, "day")), "un jour sur deux, de 18 h à 20 h"),
    (recurrent("Sa,Su", every_n=EveryN(2, "week")), "un week-end sur deux"),
    (recurrent("Tu,Th", every_n=EveryN(2, "week")), "le mardi et le jeudi, une semaine sur deux"),
    (recurrent("Sa[1] 14:00-18:00"), "le premier samedi du mois, de 14 h à 18 h"),
    (recurrent(None, frequency=Frequency(2, "week")), "deux fois par semaine"),
    (recurrent(None, frequency=Frequency(None, "week")), "plusieurs fois par semaine"),
    (recurrent('"toutes les deux semaines"', every_n=EveryN(2, "week")), "toutes les deux semaines"),
    (recurrent("Oct-Mar Mo-Su 17:00+"), "d’octobre à mars, tous les jours, à partir de 17 h"),
    (recurrent("Jun 21-Sep 22"), "en été"),
    (recurrent("Jul,Aug Mo-Su 18:00-23:00"), "en juillet et août, tous les jours, de 18 h à 23 h"),
    (recurrent("Su,PH 10:00-18:00"), "le dimanche et les jours fériés, de 10 h à 18 h"),
    (Horaire(0, 0, "", "point", "18:00:00", grain="hour", approx_minutes=30), "vers 18 h"),
    (Horaire(0, 0, "", "since", "2026-02-25T00:00:00", grain="day"), "depuis le mercredi 25 février 2026"),
    (Horaire(0, 0, "", "until", to="02:00:00", grain="hour"), "jusqu'à 2 h"),
]


@pytest.mark.parametrize(("horaire", "words"), ROWS)
def test_says_it_in_plain_french(horaire: Horaire, words: str) -> None:
    """Each value has one plain sentence, and that sentence has this value."""
    assert render(horaire) == words
    assert read_again(horaire) == [value(horaire)]


def test_repeats_the_words_when_there_is_no_value() -> None:
    """An event of unknown date is said back as it was written."""
    unknown = Horaire(0, 16, "depuis le départ du gardien", "since", certain=False)
    assert render(unknown) == "depuis le départ du gardien"
