"""A course of visits under rules: orders in a sequence, or bound in their displacement (`course` has the free ones).

Which order gets a place depends on what has ended, so each visit is played whole.
"""

from __future__ import annotations

from station.planner.course import ROOTS, State, clock_after, votes_of
from station.planner.limits import may_admit, may_end
from station.planner.outlook import Orders, Outlook


def ruled_trays(state: State, outlook: Outlook, most: int) -> list[int]:
    """The trays with most votes of orders that may be worked on, as bits."""
    bound, works = outlook.most, state.works
    if bound is not None:
        works = tuple(each for each in works if each[1].bit_count() > 1 or _may_end(each[0], works, state, bound))
    votes = votes_of(works)
    return sorted(votes, key=votes.__getitem__, reverse=True)[:most]


def after_ruled(state: State, bit: int, outlook: Outlook) -> State | None:
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
            first = works[0][0] if works else 1 << 60
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
    clock = clock_after(state.clock, tray, taken, outlook)
    rest = 0.0
    for _, mask in works:
        rest += ROOTS[mask.bit_count()]
    lines = state.lines + taken
    weights = outlook.weights
    value = outlook.line_s * lines + weights.begun_s * begun - clock[2] - weights.rest_s * rest
    value -= weights.kept_s * len(kept)
    first = state.first if state.path else tray
    return State(value, tuple(works), waiting, clock, lines, begun, ended, kept, rest, first, (state, tray, admitted))


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
