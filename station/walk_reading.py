"""What is asked of the store for places without a lift: what waits there, and what of an order is worked on which side.

Blocking; made and used on a reader thread by `station.reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from station.allocation import OutOfService, StockByItem, Terms, allocate
from station.core.effects import Allocate
from station.count_reading import uncounted
from station.log_reading import counted_of
from station.ports import Library
from station.rules.rights import may
from station.task import Task
from station.usable_stock import Carrier
from station.values import Item, Lock, Order, OrderKind, OrderState, Place, Stock
from station.zones import Zones, walking_order

AT_WORK = (OrderState.RELEASED, OrderState.STARTED)
ON_ITEM = "item"
SIDES = ("place_reached", "motion_intended")  # the last of these tells on which side somebody worked


@dataclass(frozen=True, slots=True)
class WalkReading:
    """Reads for the zones of one station."""

    library: Library
    zones: Zones
    machine: str

    def waiting(
        self, orders: Sequence[Order], items: Mapping[str, Item], stock: StockByItem, out: OutOfService, terms: Terms
    ) -> tuple[Task, ...]:
        """What waits there, in walking order. The orders are taken in their urgency, so that nothing is promised twice."""
        able = [each for each in orders if each.state in AT_WORK]
        found = allocate(able, items=items, stock=stock, promised={}, out_of_service=out, terms=terms)
        on_foot = [each for each in found.tasks if each.place.machine in self.zones]
        counts = [each.order for each in able if each.kind is OrderKind.COUNT]
        left = uncounted(on_foot, counted_of(self.library, counts)) if counts and on_foot else on_foot
        return tuple(sorted(left, key=lambda each: walking_order(each.place, self.zones)))

    def parted(self, tasks: Sequence[Task], question: Allocate) -> tuple[tuple[Task, ...], tuple[Task, ...], bool]:
        """The tasks of the side that is asked for, those of the other one or of another machine, and whether it is on foot.
        What was left by a program that ended is taken up where somebody worked last."""
        on_foot = tuple(each for each in tasks if each.place.machine in self.zones)
        at_bay = tuple(each for each in tasks if each.place.machine == self.machine)
        away = tuple(each for each in tasks if each.place.machine not in (self.machine, *self.zones))
        if question.single is not None:
            of, at = question.single
            mine = tuple(each for each in on_foot if ((each.order, each.line), each.place) == (of, at))
            return mine, tuple(each for each in tasks if each not in mine), True
        is_walk = question.is_walk
        if question.is_resumed and on_foot:
            is_walk = not at_bay or self._walked_last()
        elif question.is_resumed and not tasks:
            is_walk = bool(self.zones) and self._walked_last()
        return (on_foot, at_bay + away, True) if is_walk else (at_bay, on_foot + away, False)

    def _walked_last(self) -> bool:
        rows = self.library.events(kinds=SIDES, limit=1, newest_first=True)
        return bool(rows) and rows[0].kind == SIDES[0]

    def on_this_side(self, stock: Sequence[Stock], place: Place) -> tuple[Stock, ...]:
        """The stock that the work at this place can go on to: at the bay, or on foot."""
        is_walk = place.machine in self.zones
        return tuple(each for each in stock if (each.place.machine in self.zones) == is_walk)

    def locks(self) -> dict[Carrier, tuple[Lock, ...]]:
        """The sections and places that ask for a right. A locked item locks itself alone: who stands before a shelf reaches all
        of it anyway, whatever lies there."""
        found: dict[Carrier, tuple[Lock, ...]] = {}
        for zone in self.zones:
            for lock in self.library.locks(zone):
                if lock.what != ON_ITEM:
                    found[zone, lock.tray] = (*found.get((zone, lock.tray), ()), lock)
        return found

    def closed(self, rights: Collection[str]) -> dict[Carrier, str]:
        """The sections that a person with these rights does not work at, and what they ask for."""
        closed = {
            carrier: next((each.right for each in locks if not may(each.right, rights)), "")
            for carrier, locks in self.locks().items()
        }
        return {carrier: right for carrier, right in closed.items() if right}
