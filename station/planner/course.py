"""A course of visits under search: its state between two visits, what the next visit makes of it, and what that is worth.

A state's value, in s: what its lines were worth to work, what is gained by orders that have begun, less the time to its last
visit's end, less what open orders still cost: `rest_s * sqrt(trays)` each. An open order's remaining trays cost less than one
visit each, for others need them, too; the root fits what exact optima showed (docs/planner.md).

A visit is weighed first, with additions alone, and only what the beam keeps is built. Which orders get the places that come free
is the same for all visits that a state may have next, so it is found once (`Queue`). Under rules of sequence or displacement it
is not: `ruled` plays those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from station.planner.outlook import Orders, Outlook

ROOTS = tuple(sqrt(count) for count in range(1025))
VOTES = (0.0, *(1.0 / count**2 for count in range(1, 1025)))

Clock = tuple[float, int | None, float, int | None, float]
Path = tuple["State", int, tuple[int, ...]]  # the state before, the tray visited, the orders that got a place
Worth = tuple[float, int, int, int, float, Clock]  # value, lines taken, orders admitted, lines begun, rest, clock


@dataclass(slots=True)
class State:
    """A moment between visits. `clock` is (end of the visit before, tray in the other position, end of the last visit, its tray,
    when the lift is free); `rest` sums the roots of open orders; `first` is the tray with which the course began."""

    value: float
    works: Orders
    waiting: tuple[int, ...]
    clock: Clock
    lines: int
    begun: int
    ended: int
    kept: tuple[int, ...]
    rest: float
    first: int
    path: Path | None
    queue: Queue | None = None


class Queue:
    """Which waiting orders get the next places of a state, one after the other: each has the fewest new trays a line."""

    __slots__ = ("_coming", "_outlook", "turns", "waiting")

    def __init__(self, state: State, outlook: Outlook) -> None:
        self._outlook = outlook
        self._coming = 0
        for _, mask in state.works:
            self._coming |= mask
        self.turns: list[int] = []
        self.waiting = [state.waiting]

    def at(self, number: int) -> int | None:
        """The turn of this one; None where no more wait."""
        while len(self.turns) <= number:
            waiting = self.waiting[-1]
            if not waiting:
                return None
            turn = self._best(waiting)
            at = waiting.index(turn)
            self.turns.append(turn)
            self.waiting.append(waiting[:at] + waiting[at + 1 :])
            self._coming |= self._outlook.masks[turn]
        return self.turns[number]

    def _best(self, waiting: tuple[int, ...]) -> int:
        masks, lines, usual = self._outlook.masks, self._outlook.lines, self._outlook.usual
        best, least, absent = waiting[0], 1e9, ~self._coming
        for turn in waiting:
            new = ((masks[turn] & absent).bit_count() - usual[turn]) / lines[turn]
            if new < least:
                best, least = turn, new
        return best


def root_of(outlook: Outlook) -> State:
    """The moment of the decision."""
    clock = (0.0, outlook.other, outlook.here_until_s, outlook.here, outlook.lift_s)
    rest = sum(ROOTS[mask.bit_count()] for _, mask in outlook.works)
    return State(0.0, outlook.works, outlook.waiting, clock, 0, 0, outlook.ended, outlook.kept, rest, -1, None)


@lru_cache(maxsize=1 << 16)
def lows(mask: int) -> tuple[int, ...]:
    """The bits of a mask, each alone; the same masks come again and again."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low)
        mask ^= low
    return tuple(found)


def votes_of(works: Orders) -> dict[int, float]:
    """What each tray (as a bit) is voted for: 1/r² by each order that needs it."""
    votes: dict[int, float] = {}
    for _, mask in works:
        bits = lows(mask)
        vote = VOTES[len(bits)]
        for low in bits:
            votes[low] = votes.get(low, 0.0) + vote
    return votes


def likely_trays(state: State, most: int) -> list[int]:
    """The trays with most votes, as bits."""
    votes = votes_of(state.works)
    return sorted(votes, key=votes.__getitem__, reverse=True)[:most]


def weighed(state: State, bit: int, outlook: Outlook) -> Worth:
    """What a visit of this tray (as a bit, which an open order needs) would be worth: every open line is taken, free places are
    given away, the clock is moved on."""
    tray, lines_on = bit.bit_length() - 1, outlook.lines_on
    taken, rest, free = 0, state.rest, outlook.places - len(state.works)
    for turn, mask in state.works:
        if mask & bit:
            taken += lines_on[turn][tray]
            count = mask.bit_count()
            rest += ROOTS[count - 1] - ROOTS[count]
            if count == 1:
                free += 1
    admitted, begun = 0, state.begun
    if free > 0 and state.waiting:
        queue = state.queue = state.queue or Queue(state, outlook)
        while free > 0 and (turn := queue.at(admitted)) is not None:  # type: ignore[assignment]
            admitted += 1
            begun += outlook.lines[turn]
            mask = outlook.masks[turn]
            if mask & bit:
                taken += lines_on[turn][tray]
                mask ^= bit
            if mask:
                free -= 1
                rest += ROOTS[mask.bit_count()]
    clock = clock_after(state.clock, tray, taken, outlook)
    weights = outlook.weights
    value = outlook.line_s * (state.lines + taken) + weights.begun_s * begun - clock[2] - weights.rest_s * rest
    return value, taken, admitted, begun, rest, clock


def built(state: State, bit: int, worth: Worth, outlook: Outlook) -> State:
    """The state after a visit that was weighed."""
    value, taken, admitted, begun, rest, clock = worth
    works = []
    for order in state.works:
        mask = order[1]
        if not mask & bit:
            works.append(order)
        elif mask != bit:
            works.append((order[0], mask ^ bit))
    ended = state.ended + len(state.works) - len(works)
    turns: tuple[int, ...] = ()
    waiting = state.waiting
    if admitted:
        queue = state.queue or Queue(state, outlook)
        turns, waiting = tuple(queue.turns[:admitted]), queue.waiting[admitted]
        for turn in turns:
            mask = outlook.masks[turn] & ~bit
            if mask:
                works.append((turn, mask))
        works.sort()
        ended = state.ended + len(state.works) + admitted - len(works)
    tray = bit.bit_length() - 1
    path = (state, tray, turns)
    first = state.first if state.path else tray
    return State(value, tuple(works), waiting, clock, state.lines + taken, begun, ended, state.kept, rest, first, path)


def clock_after(clock: Clock, tray: int, taken: int, outlook: Outlook) -> Clock:
    """The machine and the operator through one more visit."""
    before_s, other, end_s, last, lift_s = clock
    times = outlook.times
    visit_s = outlook.visit_s + outlook.line_s * taken
    if tray == last:
        return before_s, other, end_s + visit_s, tray, lift_s
    if outlook.positions == 1:
        begins_s = end_s if end_s > lift_s else lift_s
        ready_s = begins_s + (times.first[tray] if last is None else times.exchange[last][tray])
        return end_s, None, ready_s + visit_s, tray, ready_s
    if tray == other:
        return end_s, last, end_s + visit_s, tray, lift_s
    begins_s = before_s if before_s > lift_s else lift_s
    ready_s = begins_s + (times.first[tray] if other is None else times.exchange[other][tray])
    return end_s, last, (ready_s if ready_s > end_s else end_s) + visit_s, tray, ready_s
