"""The beam: of the next visits, the course that leaves most done in least time. Levels are visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from station.planner.course import State, built, likely_trays, root_of, weighed
from station.planner.outlook import Extent, Orders, Outlook
from station.planner.ruled import after_ruled, ruled_trays

_VALUE = attrgetter("value")
Key = tuple[Orders, int | None]


@dataclass(frozen=True, slots=True)
class Step:
    """A visit of a plan, and the orders that get a place in it."""

    tray: int
    admitted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The best course found. `ahead_s`: by how much it is worth more than the best one that begins with another tray."""

    steps: tuple[Step, ...] = ()
    value: float = 0.0
    ahead_s: float = 0.0
    states: int = 0


def search(outlook: Outlook, extent: Extent) -> Plan:
    """The whole search at once."""
    best: list[State] = []
    states = 0
    for best, states in _levels(outlook, extent):  # noqa: B007 - the last level is what counts
        pass
    return _plan(best, states)


def levels(outlook: Outlook, extent: Extent) -> Iterator[Plan]:
    """The search level by level, with the best plan so far after each: a level is short enough for a thread that must not
    stall."""
    for best, states in _levels(outlook, extent):
        yield _plan(best, states)


def some_ahead(outlook: Outlook, extent: Extent, start: State | None = None) -> tuple[State | None, int]:
    """The best course from `start` on, as its last state, and how many visits were weighed. It is to the end of all orders where
    the visits suffice."""
    best: list[State] = []
    states = 0
    for best, states in _levels(outlook, extent, start):  # noqa: B007 - the last level is what counts
        pass
    return (best[0] if best else None), states


def _levels(outlook: Outlook, extent: Extent, start: State | None = None) -> Iterator[tuple[list[State], int]]:
    """After each level: courses, the best one first, and how many visits were weighed so far."""
    beam = [start or root_of(outlook)]
    whole: State | None = None  # the best course to the end of all orders
    states = 0
    is_ruled = outlook.in_sequence or outlook.most is not None
    for _ in range(extent.visits):
        beam, ends, tried = (_ruled_level if is_ruled else _free_level)(beam, outlook, extent)
        states += tried
        whole = max((*ends, *([whole] if whole else ())), key=_VALUE, default=None)
        if whole is not None and (not beam or whole.value >= beam[0].value):
            yield [whole, *beam], states
        elif beam:
            yield beam, states
        if not beam:
            return


def _free_level(beam: list[State], outlook: Outlook, extent: Extent) -> tuple[list[State], list[State], int]:
    """The best states after one more visit, those in which nothing is left, and how many were weighed."""
    found = []
    ends = []
    for state in beam:
        left = len(state.waiting)
        for bit in likely_trays(state, extent.trays):
            worth = weighed(state, bit, outlook)
            if worth[2] == left and worth[4] < 0.5:  # an open order adds 1 at least
                ends.append(built(state, bit, worth, outlook))
            else:
                found.append((worth[0], state, bit, worth))
    found.sort(key=itemgetter(0), reverse=True)
    kept: dict[Key, State] = {}
    for _, state, bit, worth in found:
        after = built(state, bit, worth, outlook)
        key = (after.works, after.clock[3])
        if key not in kept:
            kept[key] = after
            if len(kept) == extent.width:
                break
    return list(kept.values()), ends, len(found) + len(ends)


def _ruled_level(beam: list[State], outlook: Outlook, extent: Extent) -> tuple[list[State], list[State], int]:
    """The same where rules bind the orders."""
    kept: dict[Key, State] = {}
    ends = []
    tried = 0
    for state in beam:
        for bit in ruled_trays(state, outlook, extent.trays):
            tried += 1
            after = after_ruled(state, bit, outlook)
            if after is None:
                continue
            if not after.works and not after.waiting:
                ends.append(after)
                continue
            key = (after.works, after.clock[3])
            known = kept.get(key)
            if known is None or known.value < after.value:
                kept[key] = after
    return sorted(kept.values(), key=_VALUE, reverse=True)[: extent.width], ends, tried


def _plan(best: list[State], states: int) -> Plan:
    if not best:
        return Plan(states=states)
    first = best[0]
    other = next((each for each in best if each.first != first.first), None)
    steps = []
    path = first.path
    while path is not None:
        steps.append(Step(path[1], path[2]))
        path = path[0].path
    return Plan(tuple(reversed(steps)), first.value, first.value - other.value if other else 0.0, states)
