"""The schedule parser: French expressions of time to dates, intervals and opening hours.

    from nlu.horaire import parse, render
    (found,) = parse("tous les soirs sauf le dimanche", reference=datetime(2026, 3, 18, 20, 15))
    found.opening_hours  # "Mo-Sa 18:00-23:00"

It needs nothing of the rest of the house. The guide is docs/horaire.md.
"""

from .reading import parse
from .rendering import render
from .result import EveryN, Frequency, Horaire

__all__ = ["EveryN", "Frequency", "Horaire", "parse", "render"]
