"""The fewest visits that a set of orders needs, by exact search: the planner is held against it on small sets, and never uses it.

Orders get places in turn (as the published optima have it). State: what open orders still need, and how many have a place. A
visit takes every open line of its tray, and a free place is filled at once; both never make it worse. Visits of a tray that no
unopened order needs must come once anyway, so only the others cost, and they are taken as soon as they are safe. What is sure to
follow: before another order opens, one of the open ones must end, and of its visits only the last may still become free.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

State = tuple[tuple[int, ...], int]

MOST_STATES = 400_000  # about ten seconds; the published sets need 200,000 at the most


class NotProvenError(Exception):
    """More states than were allowed."""


def fewest_visits(masks: Sequence[int], places: int, *, most_states: int = MOST_STATES) -> int:
    """`masks` are the trays of each order as bits, in turn. Raises NotProvenError."""
    later = [0] * (len(masks) + 1)
    for at in range(len(masks) - 1, -1, -1):
        later[at] = later[at + 1] | masks[at]
    start = _settled((tuple(masks[:places]), min(places, len(masks))), masks, later)
    queue = [(_sure(start, masks), -start[1], 0, start)]
    cost = {start: 0}
    looked_at = 0
    while queue:
        _, _, so_far, state = heapq.heappop(queue)
        if so_far > cost[state]:
            continue
        if not state[0]:
            return later[0].bit_count() + so_far
        looked_at += 1
        if looked_at > most_states:
            raise NotProvenError(f"{most_states} states were not enough")
        for bit in _wanted(state[0]):
            visited = _visited(state, bit, masks)
            dear = so_far + (1 if later[visited[1]] & bit else 0)
            after = _settled(visited, masks, later)
            if dear < cost.get(after, 1 << 30):
                cost[after] = dear
                heapq.heappush(queue, (dear + _sure(after, masks), -after[1], dear, after))
    raise AssertionError("no end was reached")


def _sure(state: State, masks: Sequence[int]) -> int:
    """So many visits will cost at the least."""
    works, opened = state
    return max(0, min(mask.bit_count() for mask in works) - 1) if works and opened < len(masks) else 0


def _wanted(works: Sequence[int]) -> list[int]:
    """The trays that open orders need, each as a bit."""
    wanted = 0
    for mask in works:
        wanted |= mask
    found = []
    while wanted:
        found.append(wanted & -wanted)
        wanted &= wanted - 1
    return found


def _visited(state: State, bit: int, masks: Sequence[int]) -> State:
    works, opened = state
    left = [mask & ~bit for mask in works]
    open_orders = [mask for mask in left if mask]
    free = len(left) - len(open_orders)
    while free and opened < len(masks):
        mask = masks[opened] & ~bit
        opened += 1
        if mask:
            open_orders.append(mask)
            free -= 1
    return tuple(sorted(open_orders)), opened


def _settled(state: State, masks: Sequence[int], later: Sequence[int]) -> State:
    """With all safe trays visited: an open order needs them and no unopened one does."""
    state = tuple(sorted(state[0])), state[1]
    while True:
        safe = next((bit for bit in _wanted(state[0]) if not bit & later[state[1]]), 0)
        if not safe:
            return state
        state = _visited(state, safe, masks)
