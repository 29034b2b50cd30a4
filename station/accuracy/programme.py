"""The programme of counts: by class of what lies there and by what was not counted for long. Pure.

The class is that of the stock's worth (Dickie 1951): the items that make up the first 80 % of it are A, up to 95 % B, the rest C.
Each class has its own number of days in which each of its places is to be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station.jit.shares import ValueClass, abc
from station.values import ItemCounted


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOfCounts:
    """A class: its items, the places where they lie, of which `due` were not counted for `days`, and what they are worth."""

    name: str
    days: int
    items: int
    places: int
    due: int
    value: int
    due_items: tuple[str, ...] = ()


def programme(items: Sequence[ItemCounted], days: Sequence[int]) -> tuple[ClassOfCounts, ...]:
    """The classes A, B and C; `days` are theirs, and `due` of the items is in the same order."""
    of = abc({each.item: float(max(0, each.value)) for each in items})
    found = []
    for at, (name, allowed) in enumerate(zip(ValueClass, days, strict=True)):
        mine = [each for each in items if of[each.item] is name]
        found.append(
            ClassOfCounts(
                name=name.value,
                days=allowed,
                items=len(mine),
                places=sum(each.places for each in mine),
                due=sum(each.due[at] for each in mine),
                value=sum(each.value for each in mine),
                due_items=tuple(each.item for each in mine if each.due[at]),
            )
        )
    return tuple(found)
