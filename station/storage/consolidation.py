"""The same stock in several compartments, and trays on which little is left: what can be put together. Pure.

How much a compartment holds nobody has said. So goods are put together only where the compartment has held as much before in the
book of today: the larger part and the smaller one must come to no more than twice the larger. A person sees whether it fits.
"""

from __future__ import annotations

from typing import Final

from station.storage.proposal import Kind, Move, Proposal, cost_of
from station.storage.shop import Holding, Shop
from station.values import Place

ALMOST_EMPTY: Final = 0.25  # of a tray's compartments are in use
MOST_OF_LARGER: Final = 0.5  # what is added to a compartment, of what lies there


def together(shop: Shop) -> tuple[Proposal, ...]:
    """The smaller part of the same stock to the larger one, where it is at most half of it; the most compartments freed first,
    then the least work."""
    groups: dict[tuple[str, str, str], list[Holding]] = {}
    for each in shop.holdings:
        groups.setdefault(each.key, []).append(each)
    found = []
    for holdings in groups.values():
        largest, *others = sorted(holdings, key=lambda each: (-each.quantity, each.place.tray, each.place.compartment))
        room = int(largest.quantity * MOST_OF_LARGER)
        for each in sorted(others, key=lambda each: each.quantity):
            if each.quantity <= room and shop.takes(largest.place, each):
                room -= each.quantity
                moves = (Move(each.item, each.place, largest.place, each.quantity),)
                found.append(Proposal(kind=Kind.TOGETHER, moves=moves, saved_s_a_day=0.0, cost_s=cost_of(shop, moves), frees=1))
    return tuple(sorted(found, key=lambda each: (each.cost_s, each.moves[0].item)))


def cleared(shop: Shop) -> tuple[Proposal, ...]:
    """Trays that can be emptied: all that lies there finds an empty compartment on a tray that stays. The fewest moves first."""
    by_tray: dict[int, list[Holding]] = {}
    for each in shop.holdings:
        by_tray.setdefault(each.place.tray, []).append(each)
    used = {each.place for each in shop.stock if each.quantity}
    few = [tray for tray in by_tray if _is_almost_empty(shop, tray, by_tray[tray], used)]
    free, found = list(shop.empty), list[Proposal]()
    for tray in sorted(few, key=lambda each: (len(by_tray[each]), -shop.visit_s[each], each)):
        taken: list[Move] = []
        for holding in by_tray[tray]:
            place = next(
                (each for each in free if each.tray not in few and each.tray in by_tray and shop.takes(each, holding)), None
            )
            if place is None:
                break
            free.remove(place)
            taken.append(Move(holding.item, holding.place, place, holding.quantity))
        if len(taken) == len(by_tray[tray]):
            moves = tuple(taken)
            found.append(Proposal(kind=Kind.CLEAR, moves=moves, saved_s_a_day=0.0, cost_s=cost_of(shop, moves), frees=1))
        else:
            free += [each.to_place for each in taken]
    return tuple(found)


def _is_almost_empty(shop: Shop, tray: int, holdings: list[Holding], used: set[Place]) -> bool:
    """Little lies there, and all of it can be moved."""
    here = sum(each.tray == tray for each in used)
    return here == len(holdings) and 0 < here <= ALMOST_EMPTY * len(shop.trays[tray].compartments)
