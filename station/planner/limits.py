"""How far an order may end from its turn: what may end now, and which order may get a place, so that no later one must break it.

`unended` are the turns of released orders that have not ended, lowest first; `ended` is how many have. An order that ends now has
the position `ended`; each older one that is left ends one later at the best.
"""

from __future__ import annotations

from collections.abc import Sequence


def may_end(turn: int, ended: int, unended: Sequence[int], most: int | None) -> bool:
    """Whether this order may end now, and all older ones still within `most` positions of their turns."""
    if most is None:
        return True
    if turn > ended + most:
        return turn == unended[0]
    for behind, older in enumerate(unended):
        if older >= turn:
            return True
        if ended + 1 + behind > older + most:
            return False
    return True


def may_admit(turn: int, waiting: Sequence[int], *, open_orders: int, ended: int, most: int | None) -> bool:
    """Whether this waiting order may get a place: all open orders and it can end before the other waiting ones must."""
    if most is None:
        return True
    if turn != waiting[0] and turn > ended + most:
        return False
    for behind, older in enumerate(waiting):
        if older >= turn:
            return True
        if ended + open_orders + 1 + behind > older + most:
            return False
    return True
