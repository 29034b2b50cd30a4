"""The work list: what waits at this bay, and what keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from station.bay_reading import BayReading
from station.core.effects import ReadOrders, ReadOutageWork
from station.core.inputs import OrdersRead, OutageWorkRead
from station.count_due import trays_to_count
from station.drift import told_of
from station.elsewhere import OtherBays
from station.flows.lines import COUNT_HELD
from station.flows.sequence_ahead import open_ranks
from station.host_changes import held_by_host
from station.log_reading import outages_seen, who_started, who_was_asked
from station.outage_work import work_of_bay, work_of_tray
from station.receipt_reading import without_receipts
from station.rules.rights import by_tray
from station.tag_memory import TagMemory
from station.taken_seen import taken_seen
from station.values import HeldCount, Item, Order, OrderState, Place, Stock
from station.view.message import Message
from station.view.work import OrderTag
from station.work_list import Circumstances, by_item
from station.zones import Zones, place_text


def _with_held(tags: Sequence[OrderTag], held: Sequence[HeldCount], zones: Zones) -> tuple[OrderTag, ...]:
    """The orders' rows, which say what of them waits for a different person. It keeps nobody from the rest."""
    said: dict[str, list[Message]] = {}
    for each in held:
        said.setdefault(each.order, []).append(Message(_held_code(each.place, zones), params=_held_params(each.place)))
    return tuple(replace(each, blocked=(*each.blocked, *said[each.order])) if each.order in said else each for each in tags)


def _held_code(place: Place, zones: Zones) -> str:
    return f"missing_{COUNT_HELD}_zone" if place.machine in zones else f"missing_{COUNT_HELD}"


def _held_params(place: Place) -> dict[str, str | int]:
    return {"compartment": place.compartment, "tray": place.tray, "place": place_text(place)}


@dataclass(frozen=True, slots=True)
class WorkListReading:
    """The orders, as the store is at the moment of the question. `tags` remembers the rows that were made last."""

    bay: BayReading
    tags: TagMemory

    def orders(self, question: ReadOrders, now: datetime) -> OrdersRead:
        """The work list, and what was open when the station stopped."""
        bay, library, machine = self.bay, self.bay.library, self.bay.machine
        orders = without_receipts(library.open_orders())
        items, stock = self._items_of(orders), self._stock_of(orders)
        given = self._given(items)
        held_orders = [each.order for each in orders if each.state is OrderState.HELD]
        known = OrdersRead(
            _with_held(self.tags.tags(orders, given, items=items, stock=stock, now=now), self._held(), bay.zones),
            trays=library.tray_numbers(machine),
            due=bay.wear(now).due,
            drift=told_of(library, machine),
            outages=outages_seen(library, library.outages(machine)),
            counts_due=trays_to_count(library.counts_due(machine)),
            approvals=library.approvals(),
            counts_held=bay.counts().held(),
            other_bays=self.other_bays(),
            locks=by_tray(library.locks(machine)),
            dead_lamps=library.dead_lamps(),
            held=frozenset(held_orders),
            blocks=given.terms.held,
            host_changes=held_by_host(library, held_orders),
            released_gaps=bay.released_gaps(),
            ahead=open_ranks(orders),
            taken=taken_seen(library, *bay.machines),
            moves=library.planned_moves(machine),
        )
        if bay.zones:
            waits = bay.walks.waiting(orders, items, stock, given.out_of_service, given.terms)
            known = replace(known, zone_tasks=waits, zone_locks=bay.walks.locks())
        return self._with_started(known, orders) if question.with_started else known

    def _with_started(self, known: OrdersRead, orders: Sequence[Order]) -> OrdersRead:
        library = self.bay.library
        started = tuple(order.order for order in orders if order.state is OrderState.STARTED)
        checks = tuple(each for name in self.bay.machines for each in library.zero_checks(name))
        owner = who_started(library, started) or who_was_asked(library, checks)
        return replace(known, started=started, started_by=owner, has_checks=bool(checks), with_started=True)

    def _given(self, items: Mapping[str, Item]) -> Circumstances:
        """A person's rights only where something waits that asks for one: else the rows are the same for everybody."""
        gaps = frozenset((each.order, each.line) for each in self.bay.library.gaps())
        out, terms = self.bay.out_of_service(), self.bay.terms()
        if not any(each.access for each in items.values()):
            terms = replace(terms, rights=None)
        return Circumstances(out_of_service=out, terms=terms, gaps=gaps, zones=frozenset(self.bay.zones))

    def _items_of(self, orders: Sequence[Order]) -> dict[str, Item]:
        return self.bay.items({line.item for order in orders for line in order.lines})

    def _stock_of(self, orders: Sequence[Order]) -> dict[str, list[Stock]]:
        codes = {line.item for order in orders for line in order.lines}
        return by_item(self.bay.reachable(self.bay.library.stock_of_items(codes)))

    def _held(self) -> list[HeldCount]:
        return [each for name in self.bay.machines for each in self.bay.library.counts_held(name)]

    def other_bays(self) -> OtherBays:
        """What is known of the machine's other bays."""
        trays = {each.tray: each for each in self.bay.elsewhere()}
        return OtherBays(trays=trays, visits=self.bay.library.tray_visits(self.bay.machine), is_site_away=self.bay.is_site_away())

    def outage_work(self, question: ReadOutageWork) -> OutageWorkRead:
        """What becomes of the open work when this tray, or this bay, goes out of service."""
        orders = without_receipts(self.bay.library.open_orders())
        items, stock = self._items_of(orders), self._stock_of(orders)
        out = self.bay.out_of_service()
        if question.tray is None:
            mine = {code: [each for each in lying if each.place.machine == self.bay.machine] for code, lying in stock.items()}
            return OutageWorkRead(None, work_of_bay(orders, items=items, stock=mine, out_of_service=out))
        work = work_of_tray(orders, items=items, stock=stock, out_of_service=out, machine=self.bay.machine, tray=question.tray)
        return OutageWorkRead(question.tray, work)
