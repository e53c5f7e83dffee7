"""Which hours go with which days: the items of a schedule, gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .habits import HOURS
from .meaning import WEEK
from .phrases import Item


@dataclass(slots=True)
class Group:
    """Days and the hours that go with them. hours_first: the hours were said before any day."""

    days: list[Item] = field(default_factory=list)
    hours: list[Item] = field(default_factory=list)
    hours_first: bool = False


def gather(items: Sequence[Item]) -> list[Group]:
    """The groups of a schedule, in order.

    Days after a complete group open a new one ("du lundi au vendredi 17h-22h et le samedi 14h-22h"); hours said
    first wait for their days ("18h-22h en semaine, 18h-3h ven et sam").
    """
    groups = [Group()]
    for index, item in enumerate(items):
        if item.kind == "days":
            _add_days(groups, item)
        elif item.kind in HOURS:
            _add_hours(groups, item, items[index + 1 :])
    return [group for group in groups if group.days or group.hours]


def _add_days(groups: list[Group], item: Item) -> None:
    here = groups[-1]
    if item.role == "also":
        if (here.days and item.value.calendar) or any(group.days for group in groups):
            here.days.append(item)
        return
    if here.days and here.hours and not _narrows(here, item):
        groups.append(Group(days=[item]))
        return
    here.days.append(item)


def _add_hours(groups: list[Group], item: Item, rest: Sequence[Item]) -> None:
    here = groups[-1]
    if here.days and here.hours and here.hours_first and any(later.kind == "days" for later in rest):
        groups.append(Group(hours=[item], hours_first=True))
        return
    here.hours_first |= not here.days and not here.hours
    here.hours.append(item)


def _narrows(group: Group, item: Item) -> bool:
    """Whether more days only narrow the group: "tous les jours de 18h à 20h en semaine"."""
    days = item.value.days
    every = all(day.value.days == WEEK for day in group.days)
    return every and not item.joined and not item.apart and bool(days) and days < WEEK
