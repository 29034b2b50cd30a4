"""Goods that lie where a tray is to be divided anew: empty compartments that take them. Blocks for reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from db.records.moves import MovePlanned
from station.storage.accepting import records_of
from station.storage.proposal import Kind, Move, Proposal
from station.storage.shop import Shop
from station.values import Item, Load, Outage, Place, PlannedMove, Stock, Tray


class AwayStore(Protocol):
    """What is needed of the store."""

    def trays(self, machine: str) -> tuple[Tray, ...]: ...

    def items_named(self, codes: Collection[str]) -> tuple[Item, ...]: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def loads(self, machine: str | None = None) -> tuple[Load, ...]: ...

    def outages(self, machine: str) -> tuple[Outage, ...]: ...

    def planned_moves(self, machine: str) -> tuple[PlannedMove, ...]: ...


def away_from(store: AwayStore, machine: str, tray: int, labels: Collection[str]) -> tuple[tuple[MovePlanned, ...], int]:
    """A move for all that lies in each of these compartments, to an empty compartment of another tray, the smallest that takes
    it; and of how many compartments the goods have no place, or cannot be moved by plan (held, mixed, a load). What is planned
    already is not planned again."""
    moves = store.planned_moves(machine)
    shop = _shop(store, machine, moves)
    planned = {each.from_place for each in moves}
    wanted = {Place(machine, tray, label) for label in labels} - planned
    free, found = [each for each in shop.empty if each.tray != tray], list[Move]()
    for holding in (each for each in shop.holdings if each.place in wanted):
        fitting = [each for each in free if shop.takes(each, holding)]
        if fitting:
            place = min(fitting, key=lambda each: (_ground(shop, each), each.tray, each.compartment))
            free.remove(place)
            found.append(Move(holding.item, holding.place, place, holding.quantity))
    proposal = Proposal(kind=Kind.CLEAR, moves=tuple(found), saved_s_a_day=0.0, cost_s=0.0)
    return records_of(shop, [proposal]), len(wanted) - len(found)


def _shop(store: AwayStore, machine: str, moves: Collection[PlannedMove]) -> Shop:
    """The machine without its orders and times: what lies where, and what is shut."""
    trays = {each.number: each for each in store.trays(machine)}
    stock = tuple(each for each in store.stock() if each.place.machine == machine)
    out = {each.tray for each in store.outages(machine) if each.tray is not None}
    shut = {Place(machine, number, cell.label) for number in out & trays.keys() for cell in trays[number].compartments}
    taken = {each.to_place for each in moves} | {each.place for each in store.loads(machine)}
    items = {each.code: each for each in store.items_named({each.key.item for each in stock})}
    visits = dict.fromkeys(trays, 0.0)
    return Shop(trays=trays, items=items, stock=stock, baskets=(), days=1.0, visit_s=visits, shut=frozenset(shut | taken))


def _ground(shop: Shop, place: Place) -> int:
    cell = shop.cell(place)
    return cell.width_mm * cell.depth_mm if cell is not None else 0
