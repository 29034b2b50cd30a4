"""The proposals: moves that save lift time, most first, with what they cost; second homes; compartments to be emptied. Pure.

A move is into an empty compartment, or an exchange with what is asked for less. Proposals are made one after the other, each as
if those before it were done, so that the first few of them are worth doing alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from station.storage.lift_time import LiftTime
from station.storage.shop import Holding, Shop
from station.values import Place

HAND_S: Final = 45.0  # to take goods out of one compartment and put them down in another, beside the lift
LOOKED_AT: Final = 80  # items that are asked for most
MOST: Final = 40  # proposals
MOST_DAYS: Final = 30.0  # until a move has paid for itself
LEAST_SHARE: Final = 0.5  # of an item's stock that a second home gets


class Kind(StrEnum):
    """What is proposed."""

    NEARER = "nearer"  # into an empty compartment
    EXCHANGE = "exchange"  # two items change places
    SECOND_HOME = "second_home"  # a part of the stock
    TOGETHER = "together"  # the same stock in another compartment
    CLEAR = "clear"  # the last ones of a tray


@dataclass(frozen=True, slots=True)
class Move:
    """Goods of one compartment to another."""

    item: str
    from_place: Place
    to_place: Place
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`saved_s_a_day` of lift time by the orders of the last days; `cost_s` of lift and hand to do it. `frees`: a compartment, or
    a tray (CLEAR), that is empty afterwards."""

    kind: Kind
    moves: tuple[Move, ...]
    saved_s_a_day: float
    cost_s: float
    frees: int = 0

    @property
    def payback_days(self) -> float | None:
        """After so many days it has paid for itself; None where it saves no time."""
        return self.cost_s / self.saved_s_a_day if self.saved_s_a_day > 0 else None


def re_slotting(shop: Shop, *, most: int = MOST, most_days: float = MOST_DAYS) -> Iterator[Proposal]:
    """The best move, then the best one after it, as long as one pays."""
    time = LiftTime(shop)
    for _ in range(most):
        best = max(_tries(shop, time), key=worth, default=None)
        if best is None or not _pays(best, most_days):
            return
        yield best
        shop = shop.after([(each.from_place, each.to_place) for each in best.moves])
        time.move({item: _homes(shop, item) for item in {each.item for each in best.moves}})


def second_homes(shop: Shop, *, most: int = MOST, most_days: float = MOST_DAYS) -> Iterator[Proposal]:
    """Items of which a half should lie on another tray too, each for itself."""
    time, found = LiftTime(shop), list[Proposal]()
    for holding in _asked_most(shop):
        if len(time.homes(holding.item)) != 1 or holding.quantity < 2 or holding.stock[0].key.serial:
            continue
        half = int(holding.quantity * LEAST_SHARE)
        part = replace(holding, stock=(replace(holding.stock[0], quantity=half),))
        tries = []
        for place in _one_a_tray(shop.empty):
            if place.tray != holding.place.tray and shop.takes(place, part):
                saved_s = -time.by({holding.item: time.homes(holding.item) | {place.tray}}) / shop.days
                move = Move(holding.item, holding.place, place, half)
                tries.append(_proposal(shop, Kind.SECOND_HOME, (move,), saved_s))
        best = max(tries, key=worth, default=None)
        if best is not None and _pays(best, most_days):
            found.append(best)
    yield from sorted(found, key=worth, reverse=True)[:most]


def _tries(shop: Shop, time: LiftTime) -> Iterator[Proposal]:
    """For each item that is asked for much: an empty compartment on each tray, or an exchange with the least asked one there."""
    for holding in _asked_most(shop):
        for place in _fitting(shop, holding):
            homes = {holding.item: _homes(shop, holding.item, without=holding.place, plus=place.tray)}
            move = Move(holding.item, holding.place, place, holding.quantity)
            yield _proposal(shop, Kind.NEARER, (move,), -time.by(homes) / shop.days)
        for other in _exchangeable(shop, holding):
            homes = {
                holding.item: _homes(shop, holding.item, without=holding.place, plus=other.place.tray),
                other.item: _homes(shop, other.item, without=other.place, plus=holding.place.tray),
            }
            moves = (
                Move(holding.item, holding.place, other.place, holding.quantity),
                Move(other.item, other.place, holding.place, other.quantity),
            )
            yield _proposal(shop, Kind.EXCHANGE, moves, -time.by(homes) / shop.days)


def _asked_most(shop: Shop) -> list[Holding]:
    asked = [each for each in shop.holdings if shop.picks.get(each.item)]
    return sorted(asked, key=lambda each: (-shop.picks[each.item], each.item, each.place.tray))[:LOOKED_AT]


def _fitting(shop: Shop, holding: Holding) -> Iterator[Place]:
    """The first empty compartment of each other tray that takes it."""
    seen: set[int] = {holding.place.tray}
    for place in shop.empty:
        if place.tray not in seen and shop.takes(place, holding):
            seen.add(place.tray)
            yield place


def _exchangeable(shop: Shop, holding: Holding) -> Iterator[Holding]:
    """On each other tray the least asked item with which it can change places."""
    best: dict[int, Holding] = {}
    for other in shop.holdings:
        asked, tray = shop.picks.get(other.item, 0), other.place.tray
        if tray == holding.place.tray or other.item == holding.item or asked >= shop.picks[holding.item]:
            continue
        if tray in best and shop.picks.get(best[tray].item, 0) <= asked:
            continue
        mine_g, its_g = shop.weight_g(holding), shop.weight_g(other)
        if shop.takes(other.place, holding, less_g=its_g) and shop.takes(holding.place, other, less_g=mine_g):
            best[tray] = other
    yield from best.values()


def _homes(shop: Shop, item: str, *, without: Place | None = None, plus: int | None = None) -> frozenset[int]:
    trays = {each.place.tray for each in shop.of_item.get(item, ()) if each.place != without}
    return frozenset(trays | ({plus} if plus is not None else set()))


def _one_a_tray(places: Sequence[Place]) -> list[Place]:
    return list({each.tray: each for each in reversed(places)}.values())


def _proposal(shop: Shop, kind: Kind, moves: tuple[Move, ...], saved_s: float) -> Proposal:
    return Proposal(kind=kind, moves=moves, saved_s_a_day=saved_s, cost_s=cost_of(shop, moves))


def cost_of(shop: Shop, moves: Sequence[Move]) -> float:
    """Lift and hand: each tray that is touched comes once for a move; of an exchange the first one comes once more."""
    trays = [tray for each in moves for tray in (each.from_place.tray, each.to_place.tray)]
    visits = [tray for at, tray in enumerate(trays) if at == 0 or tray != trays[at - 1]]
    return sum(shop.visit_s.get(tray, 0.0) for tray in visits) + HAND_S * len(moves)


def _pays(each: Proposal, most_days: float) -> bool:
    return each.payback_days is not None and each.payback_days <= most_days


def worth(each: Proposal) -> tuple[float, float]:
    """What it saves in a month, less what it costs; the shorter way to it of equals."""
    return 30 * each.saved_s_a_day - each.cost_s, -each.cost_s
