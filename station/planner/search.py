"""The beam: of the next visits, the course that leaves most done in least time.

Levels are visits. A state's value, in s: what its lines were worth to work, what is gained by orders that have begun, less the
time to its last visit's end, less what open orders still cost: `rest_s * sqrt(trays)` each. An open order's remaining trays
cost less than one visit each, for others need them, too; the root fits what exact optima showed (docs/planner.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from station.planner.limits import may_admit, may_end
from station.planner.outlook import Extent, Orders, Outlook

ROOTS = tuple(sqrt(count) for count in range(1025))

Path = tuple["Path | None", int, tuple[int, ...]]


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


@dataclass(slots=True)
class State:
    """A moment between visits. `clock` is (end of the visit before, tray in the other position, end of the last visit, its tray,
    when the lift is free); `first` is the tray with which the course began."""

    value: float
    works: Orders
    waiting: tuple[int, ...]
    clock: tuple[float, int | None, float, int | None, float]
    lines: int
    begun: int
    ended: int
    kept: tuple[int, ...]
    first: int
    path: Path | None


def search(outlook: Outlook, extent: Extent) -> Plan:
    """The whole search at once."""
    plan = Plan()
    for each in levels(outlook, extent):
        plan = each
    return plan


def levels(outlook: Outlook, extent: Extent) -> Iterator[Plan]:
    """The search level by level, with the best plan so far after each: a level is short enough for a thread that must not
    stall."""
    beam = [root_of(outlook)]
    whole: State | None = None  # the best course to the end of all orders
    states = 0
    for _ in range(extent.visits):
        found: dict[tuple[Orders, int | None], State] = {}
        for state in beam:
            for bit in likely_trays(state, outlook, extent.trays):
                states += 1
                after = after_visit(state, bit, outlook)
                if after is None:
                    continue
                if not after.works and not after.waiting:
                    whole = after if whole is None or after.value > whole.value else whole
                    continue
                key = (after.works, after.clock[3])
                known = found.get(key)
                if known is None or known.value < after.value:
                    found[key] = after
        beam = sorted(found.values(), key=lambda each: -each.value)[: extent.width]
        if whole is not None and (not beam or whole.value >= beam[0].value):
            yield _plan([whole, *beam], states)
        elif beam:
            yield _plan(beam, states)
        if not beam:
            return


def root_of(outlook: Outlook) -> State:
    """The moment of the decision."""
    clock = (0.0, outlook.other, outlook.here_until_s, outlook.here, outlook.lift_s)
    return State(0.0, outlook.works, outlook.waiting, clock, 0, 0, outlook.ended, outlook.kept, -1, None)


def _plan(beam: list[State], states: int) -> Plan:
    best = beam[0]
    other = next((each for each in beam if each.first != best.first), None)
    steps = []
    path = best.path
    while path is not None:
        steps.append(Step(path[1], path[2]))
        path = path[0]
    return Plan(tuple(reversed(steps)), best.value, best.value - other.value if other else 0.0, states)


def likely_trays(state: State, outlook: Outlook, most: int) -> list[int]:
    """The trays with most votes (1/r² of each open order), as bits."""
    votes: dict[int, float] = {}
    for turn, mask in state.works:
        left = mask.bit_count()
        if left == 1 and outlook.most is not None and not _may_end(turn, state.works, state, outlook.most):
            continue
        vote = 1.0 / (left * left)
        while mask:
            low = mask & -mask
            votes[low] = votes.get(low, 0.0) + vote
            mask ^= low
    return sorted(votes, key=votes.__getitem__, reverse=True)[:most]


def after_visit(state: State, bit: int, outlook: Outlook) -> State | None:
    """The state after a visit of this tray (as a bit): every open line taken, free places given away, the clock moved on."""
    tray = bit.bit_length() - 1
    lines_on, most = outlook.lines_on, outlook.most
    taken, union = 0, bit
    works: list[tuple[int, int]] = []
    ended, kept = state.ended, state.kept
    free = outlook.places - len(state.works) - len(kept)
    for at, order in enumerate(state.works):
        turn, mask = order
        if mask & bit:
            taken += lines_on[turn][tray]
            if mask == bit:
                left = (*works, *state.works[at:])
                if most is None or may_end(turn, ended, _unended(left, state.waiting, turn), most):
                    ended += 1
                    free += 1
                    if outlook.in_sequence:
                        kept = (*kept, turn)
                        free -= 1
                    continue
                taken -= 1
            else:
                mask ^= bit
            works.append((turn, mask))
        else:
            works.append(order)
        union |= mask
    if not taken:
        return None
    waiting, begun = state.waiting, state.begun
    admitted: tuple[int, ...] = ()
    while True:
        if kept:
            first = works[0][0] if works else (waiting[0] if waiting else 1 << 60)
            still = tuple(turn for turn in kept if turn > first)
            free += len(kept) - len(still)
            kept = still
        if free <= 0 or not waiting:
            break
        turn = _best_order(waiting, union, len(works), ended, outlook)
        at = waiting.index(turn)
        waiting = waiting[:at] + waiting[at + 1 :]
        admitted = (*admitted, turn)
        begun += outlook.lines[turn]
        mask = outlook.masks[turn]
        if mask & bit:
            taken += lines_on[turn][tray]
            mask ^= bit
        if mask or most is not None:
            works.append((turn, mask or bit))
            works.sort()
            union |= mask
            free -= 1
            if not mask:
                taken -= 1
        elif outlook.in_sequence:
            kept = (*kept, turn)
            free -= 1
        if not mask and most is None:
            ended += 1
    clock = _clock(state, tray, taken, outlook)
    rest = 0.0
    for _, mask in works:
        rest += ROOTS[mask.bit_count()]
    lines = state.lines + taken
    weights = outlook.weights
    value = outlook.line_s * lines + weights.begun_s * begun - clock[2] - weights.rest_s * rest
    value -= weights.kept_s * len(kept)
    first = state.first if state.path else tray
    return State(value, tuple(works), waiting, clock, lines, begun, ended, kept, first, (state.path, tray, admitted))


def _clock(state: State, tray: int, taken: int, outlook: Outlook) -> tuple[float, int | None, float, int | None, float]:
    """The machine and the operator through one more visit."""
    before_s, other, end_s, last, lift_s = state.clock
    times = outlook.times
    visit_s = outlook.visit_s + outlook.line_s * taken
    if tray == last:
        return before_s, other, end_s + visit_s, tray, lift_s
    if outlook.positions == 1:
        begins_s = max(end_s, lift_s)
        ready_s = begins_s + (times.first[tray] if last is None else times.exchange[last][tray])
        return end_s, None, ready_s + visit_s, tray, ready_s
    if tray == other:
        return end_s, last, end_s + visit_s, tray, lift_s
    begins_s = max(before_s, lift_s)
    ready_s = begins_s + (times.first[tray] if other is None else times.exchange[other][tray])
    return end_s, last, max(ready_s, end_s) + visit_s, tray, ready_s


def _best_order(waiting: tuple[int, ...], union: int, open_orders: int, ended: int, outlook: Outlook) -> int:
    """The waiting order with the fewest new trays a line, within the rules."""
    if outlook.in_sequence:
        return waiting[0]
    masks, lines, usual, most = outlook.masks, outlook.lines, outlook.usual, outlook.most
    best, least = waiting[0], 1e9
    absent = ~union
    for turn in waiting:
        new = ((masks[turn] & absent).bit_count() - usual[turn]) / lines[turn]
        if new < least and (most is None or may_admit(turn, waiting, open_orders=open_orders, ended=ended, most=most)):
            best, least = turn, new
    return best


def _may_end(turn: int, works: Orders, state: State, most: int) -> bool:
    return may_end(turn, state.ended, _unended(works, state.waiting, turn), most)


def _unended(works: Orders, waiting: tuple[int, ...], turn: int) -> list[int]:
    """Turns that have not ended, up to this one; the lowest first."""
    older = [each for each, _ in works if each <= turn]
    for each in waiting:
        if each > turn:
            break
        older.append(each)
    older.sort()
    return older
