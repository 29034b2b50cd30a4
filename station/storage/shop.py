"""A machine as the proposals see it: trays with what a visit costs, stock in compartments, and the last orders. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from station.planner.own_machine import OwnMachine
from station.planner.problem import Lift
from station.planner.travel import times_of
from station.rules import storage as fitness
from station.rules.handling import weight_g
from station.values import Compartment, Item, Place, Stock, StockStatus, Tray


@dataclass(frozen=True, slots=True)
class Holding:
    """All that lies in one compartment, of one item in one lot and of one owner; what is mixed there is no holding."""

    place: Place
    item: str
    stock: tuple[Stock, ...]

    @property
    def quantity(self) -> int:
        return sum(each.quantity for each in self.stock)

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for what may lie together."""
        return self.item, self.stock[0].key.lot, self.stock[0].key.owner


@dataclass(frozen=True)
class Shop:
    """`baskets` are the items of each order of the last `days`; `visit_s` what the lift needs for a visit of each tray, there and
    back; `shut` are places that nothing is moved from or to."""

    trays: Mapping[int, Tray]
    items: Mapping[str, Item]
    stock: tuple[Stock, ...]
    baskets: tuple[frozenset[str], ...]
    days: float
    visit_s: Mapping[int, float]
    shut: frozenset[Place] = frozenset()

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """What may be moved: free, in the book with more than nothing, not promised to another station."""
        cells: dict[Place, list[Stock]] = {}
        for each in self.stock:
            if each.quantity:
                cells.setdefault(each.place, []).append(each)
        found = (
            Holding(place, lying[0].key.item, tuple(lying)) for place, lying in cells.items() if self._is_movable(place, lying)
        )
        return tuple(sorted(found, key=lambda each: (each.place.tray, each.place.compartment)))

    @cached_property
    def of_item(self) -> Mapping[str, tuple[Holding, ...]]:
        """The holdings of each item."""
        found: dict[str, tuple[Holding, ...]] = {}
        for each in self.holdings:
            found[each.item] = (*found.get(each.item, ()), each)
        return found

    @cached_property
    def picks(self) -> Mapping[str, int]:
        """In how many orders each item was."""
        return Counter(item for basket in self.baskets for item in basket)

    @cached_property
    def load_g(self) -> Mapping[int, int]:
        """What lies on each tray."""
        found: Counter[int] = Counter()
        for each in self.stock:
            if each.key.item in self.items and each.quantity > 0:
                found[each.place.tray] += weight_g(self.items[each.key.item], each.quantity)
        return found

    @cached_property
    def empty(self) -> tuple[Place, ...]:
        """Compartments in which nothing lies."""
        full = {each.place for each in self.stock if each.quantity}
        machine = next((each.machine for each in self.trays.values()), "")
        places = (Place(machine, tray.number, cell.label) for tray in self.trays.values() for cell in tray.compartments)
        return tuple(each for each in places if each not in full and each not in self.shut and each.tray in self.visit_s)

    def after(self, moves: Iterable[tuple[Place, Place]]) -> Shop:
        """The machine once all of these compartments' goods lie in the others."""
        to = dict(moves)
        return replace(self, stock=tuple(replace(each, place=to.get(each.place, each.place)) for each in self.stock))

    def cell(self, place: Place) -> Compartment | None:
        tray = self.trays.get(place.tray)
        return tray.compartment(place.compartment) if tray is not None else None

    def takes(self, place: Place, holding: Holding, *, less_g: int = 0) -> bool:
        """Whether a compartment can take a holding: as wide and deep as the one it lies in, of its class and height, and the tray
        bears it once `less_g` have left it."""
        there, here = self.cell(place), self.cell(holding.place)
        item = self.items.get(holding.item)
        if there is None or here is None or item is None or place in self.shut:
            return False
        tray, moved_g = self.trays[place.tray], weight_g(item, holding.quantity)
        is_large = there.width_mm >= here.width_mm and there.depth_mm >= here.depth_mm
        is_same = place.tray == holding.place.tray
        bears = not tray.max_weight_g or is_same or self.load_g.get(place.tray, 0) - less_g + moved_g <= tray.max_weight_g
        is_open = (there.access, tray.access) == (here.access, self.trays[holding.place.tray].access)
        return is_large and bears and is_open and not fitness.why_not(item, tray, there)

    def weight_g(self, holding: Holding) -> int:
        return weight_g(self.items[holding.item], holding.quantity)

    def _is_movable(self, place: Place, lying: Sequence[Stock]) -> bool:
        keys = {(each.key.item, each.key.lot, each.key.owner) for each in lying}
        is_sound = all(each.quantity > 0 and each.key.status is StockStatus.FREE and not each.held for each in lying)
        is_known = lying[0].key.item in self.items and place.tray in self.visit_s and self.cell(place) is not None
        return len(keys) == 1 and is_sound and is_known and place not in self.shut


def visit_times(machine: OwnMachine) -> dict[int, float]:
    """Seconds that the lift needs to bring each tray and to take it back; for a carousel the mean turn from the others."""
    times = times_of(machine.machine)
    if isinstance(machine.machine, Lift):
        return {tray: 2 * times.first[slot] for tray, slot in machine.slots.items()}
    return {tray: sum(row[slot] for row in times.exchange) / len(times.exchange) for tray, slot in machine.slots.items()}
