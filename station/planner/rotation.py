"""One order on a carousel: the shortest way past all its bins, in closed form."""

from __future__ import annotations

from collections.abc import Sequence


def best_rotation(start: int, bins: Sequence[int], size: int) -> tuple[int, ...]:
    """The order of bins with the least rotation, from bin `start` of a loop of `size`.

    The bins cut the loop into gaps; one gap is never passed. Going round it, the shorter side first, costs
    `loop - gap + min(left, right)`, where left and right are the ways to the gap's two ends. The best gap gives the best way.
    """
    ahead = sorted({(each - start) % size for each in bins})
    if not ahead:
        return ()
    ends = [0, *ahead, size]

    def cost(gap: int) -> int:
        right, left = ends[gap], size - ends[gap + 1]
        return right + left + min(right, left)

    gap = min(range(len(ends) - 1), key=cost)
    right, left = ahead[:gap], list(reversed(ahead[gap:]))
    first_right = ends[gap] <= size - ends[gap + 1]
    way = [*right, *left] if first_right else [*left, *right]
    return tuple((each + start) % size for each in way)


def turned(start: int, bins: Sequence[int], size: int) -> int:
    """How many bins pass when these are visited in this order, each by the shorter way."""
    total, at = 0, start
    for each in bins:
        steps = abs(each - at)
        total += min(steps, size - steps)
        at = each
    return total
