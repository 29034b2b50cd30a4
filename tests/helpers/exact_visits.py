"""The fewest visits that a set of orders needs, by exact search: the oracle for the planner on small sets.

Orders get places in turn (as the published optima have it). State: what open orders still need, and how many have a place. A
visit takes every open line of its tray, and a free place is filled at once; both never make it worse. Visits of a tray that no
unopened order needs must come once anyway, so only the others cost, and they are taken as soon as they are safe.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

State = tuple[tuple[int, ...], int]


def fewest_visits(masks: Sequence[int], places: int) -> int:
    """`masks` are the trays of each order as bits, in turn."""
    later = [0] * (len(masks) + 1)
    for at in range(len(masks) - 1, -1, -1):
        later[at] = later[at + 1] | masks[at]
    start = _settled(tuple(masks[:places]), min(places, len(masks)), masks, later)
    queue: list[tuple[int, int, State]] = [(0, -start[1], start)]
    cost = {start: 0}
    while queue:
        so_far, _, state = heapq.heappop(queue)
        if so_far > cost[state]:
            continue
        works, opened = state
        if not works:
            return later[0].bit_count() + so_far
        wanted = 0
        for mask in works:
            wanted |= mask
        while wanted:
            bit = wanted & -wanted
            wanted ^= bit
            after = _settled(*_visited(works, opened, bit, masks), masks, later)
            dear = so_far + (1 if later[_opened_by(works, opened, bit, masks)] & bit else 0)
            if dear < cost.get(after, 1 << 30):
                cost[after] = dear
                heapq.heappush(queue, (dear, -after[1], after))
    raise AssertionError("no end was reached")


def _visited(works: tuple[int, ...], opened: int, bit: int, masks: Sequence[int]) -> State:
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


def _opened_by(works: tuple[int, ...], opened: int, bit: int, masks: Sequence[int]) -> int:
    return _visited(works, opened, bit, masks)[1]


def _settled(works: tuple[int, ...], opened: int, masks: Sequence[int], later: Sequence[int]) -> State:
    """With all safe trays visited: an open order needs them and no unopened one does."""
    works = tuple(sorted(works))
    while True:
        wanted = 0
        for mask in works:
            wanted |= mask
        safe = wanted & ~later[opened]
        if not safe:
            return works, opened
        works, opened = _visited(works, opened, safe & -safe, masks)
