"""In which order tasks are worked so that each tray comes once: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from station.task import Task
from station.values import Place, Tray

Trays = Mapping[tuple[str, int], Tray]  # by (machine, number)

Position = tuple[bool, int, int, tuple[tuple[int, str], ...]]

_NUMBER = re.compile(r"([0-9]+)")


def sort_by_tray(tasks: Sequence[Task], tray_at_bay: int | None, *, trays: Trays | None = None) -> tuple[Task, ...]:
    """The tasks, tray by tray: the tray at the bay first, then each tray where it first appears in the given urgency.

    On a tray from left to right, in each column from front to back, so that hand and light travel once over it. Tasks at one
    compartment keep their order. A place that `trays` does not know comes after the known ones, by its label. What is to be
    counted because the tray was moved without the station comes after the tray's work.
    """
    rank: dict[tuple[str, int], int] = {}
    for task in tasks:
        rank.setdefault((task.place.machine, task.place.tray), len(rank))
    known = trays or {}

    def key(task: Task) -> tuple[bool, int, bool, Position]:
        carrier = (task.place.machine, task.place.tray)
        return task.place.tray != tray_at_bay, rank[carrier], task.is_count_due, position_key(task.place, known)

    return tuple(sorted(tasks, key=key))


def in_rank(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """The same, with what belongs to a sequence first and rank by rank, however often the trays change for that."""
    ranked = sorted((each for each in tasks if each.rank), key=lambda each: (each.sequence, each.rank, each.number))
    return (*ranked, *(each for each in tasks if not each.rank))


def position_key(place: Place, trays: Trays) -> Position:
    """Sorts places of one tray: position from the left, then from the front; label as a person reads it (C2 before C10)."""
    tray = trays.get((place.machine, place.tray))
    found = tray.compartment(place.compartment) if tray else None
    if found is None:
        return True, 0, 0, natural(place.compartment)
    return False, found.x_mm, found.y_mm, natural(place.compartment)


def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Sorts labels as a person reads them: C2 before C10."""
    parts = _NUMBER.split(label)
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts)
