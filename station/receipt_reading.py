"""What the store is asked for a receipt: what was announced, what goods a label means, who waits for them, where the rest goes.

Blocking; made and used on a reader thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from station.core.page_inputs import GoodsRead, HeldLotsRead, PutAwayPlaced, ReceiptsRead
from station.flows.receipt_state import FindWanted, OffersFound, PutAway
from station.flows.turn import LotStockFound
from station.held_lots import LotPlace, held_lots, to_hold
from station.ports import Library
from station.put_reading import PutPlaces, as_proposed
from station.receipt_cards import against, card_of
from station.receipt_offers import wanted
from station.receipt_values import Announced, Goods, Waiting
from station.receiving import PUT_AWAY, is_receiving, receiving_place
from station.rules.issue import in_turn
from station.scan import clean
from station.scan_label import label_of
from station.scan_name import items_meant
from station.task import Mode, Task
from station.undone import standing
from station.usable_stock import Terms
from station.values import Item, LineState, Order, OrderKind, OrderLine, OrderState, Place, Stock, StockKey, StockStatus
from station.zones import ZoneKind

RECENT = 500  # receipts that are looked through for when goods came
_OPEN = (LineState.OPEN, LineState.SKIPPED)
_AT_WORK = (OrderState.RELEASED, OrderState.STARTED)


def without_receipts(orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders that are worked at trays: what is to come in is not in the work list."""
    return tuple(each for each in orders if each.kind is not OrderKind.RECEIPT)


@dataclass(frozen=True, slots=True)
class ReceiptReading:
    """Reads for one station. `places` reads the machine's trays anew, `terms` are those of the person who works."""

    library: Library
    machine: str
    station: str
    places: Callable[[], PutPlaces]
    terms: Callable[[], Terms]
    zones: tuple[str, ...] = ()  # places without a lift beside the machine

    def receipts(self) -> ReceiptsRead:
        """What is to come, and what lies at the receiving place."""
        announced = [Announced(order, line) for order in self._receipts() for line in order.lines if line.state in _OPEN]
        codes = {each.line.item for each in announced}
        waiting = self._waiting()
        items = {each.code: each for each in self.library.items_named(codes)}
        return ReceiptsRead(tuple(announced), waiting, items)

    def goods(self, text: str, *, is_badge: Callable[[str], bool]) -> GoodsRead:
        """What a label means: the items, and the open lines that these goods may be of. A site may register any code as a badge:
        the whole text, and each part that would become a lot or a serial."""
        items, label = items_meant(text, self.library), label_of(text)
        if any(part and is_badge(part) for part in (clean(text), label.lot, label.serial)):
            return GoodsRead(text, is_badge=True)
        if card := card_of(text):
            return self._of_card(text, card)
        if len(items) != 1:
            return GoodsRead(text, items=items, is_damaged=not label.is_valid)
        item = items[0]
        lots = (label.lot, "") if label.lot else None
        lines = [Announced(order, line) for order in self._receipts() for line in order.lines]
        mine = [each for each in lines if each.line.item == item.code and each.line.state in _OPEN]
        fitting = tuple(each for each in mine if lots is None or each.line.lot in lots)
        dated = self.library.lots_with_expiry(item.code)
        named = clean(text)
        is_label = label.is_structured or named in (item.code, *item.barcodes) or bool(label.gtin)
        stock = self.library.stock_of_item(item.code)
        days = {each.key.lot: each.expiry for each in stock if each.key.lot and each.expiry is not None}
        known = GoodsRead(text, items=items, announced=fitting, dated_lots=dated, last_days=days, held=self._held(item.code))
        return replace(known, label=label, is_label=is_label)

    def _of_card(self, text: str, card: str) -> GoodsRead:
        """What was announced against a kanban card, and is still to come."""
        lines = [Announced(order, line) for order in self._receipts() for line in order.lines if line.state in _OPEN]
        mine = against(card, lines)
        items = self.library.items_named({each.line.item for each in mine})
        dated = self.library.lots_with_expiry(items[0].code) if len(items) == 1 else frozenset()
        held = self._held(items[0].code) if len(items) == 1 else frozenset()
        return GoodsRead(text, items=tuple(items), announced=mine, dated_lots=dated, is_label=True, card=card, held=held)

    def _held(self, item: str) -> frozenset[tuple[str, str]]:
        """The lots of an item that a defect holds, each with its owner."""
        return frozenset((each.lot, each.owner) for each in self.library.lot_holds() if each.item == item)

    def wanted(self, asked: FindWanted) -> OffersFound:
        """Who waits for these goods."""
        goods = asked.goods
        new = Stock(
            place=receiving_place(self.station),
            key=goods.key,
            quantity=asked.quantity,
            expiry=goods.expiry or self._expiry(goods.item, goods.lot),
            received_at=asked.received_at,
        )
        stock = [
            each for each in self.library.stock_of_item(goods.item.code) if each.place.machine in (self.machine, *self.zones)
        ]
        totes = {each.order: each for each in self.library.totes()}
        orders = without_receipts(self.library.open_orders())
        offered = partial(wanted, new, goods.item, orders=orders, terms=self.terms(), totes=totes)
        beside = self._beside(goods)
        alone = offered(stock=stock)
        first = next((each.key for each in in_turn(goods.item, beside) if offered(stock=[*stock, each]) != alone), None)
        return OffersFound(goods.key, offered(stock=[*stock, *beside]) if first else alone, first)

    def _beside(self, goods: Goods) -> list[Stock]:
        """What else of the item lies at the receiving place, since its last receipt."""
        waiting = [each for each in self._waiting() if each.item.code == goods.item.code and each.stock.key != goods.key]
        return [
            replace(
                each.stock,
                received_at=each.received_at,
                expiry=each.stock.expiry or self._expiry(each.item, each.stock.key.lot),
            )
            for each in waiting
            if each.stock.key.status is StockStatus.FREE
        ]

    def _expiry(self, item: Item, lot: str) -> date | None:
        """What was said of the lot before."""
        known = (each.expiry for each in self.library.stock_of_item(item.code) if lot and each.key.lot == lot)
        return next((each for each in known if each is not None), None)

    def put_away(self, asked: PutAway, *, tray_at_bay: int | None) -> PutAwayPlaced:
        """The task that puts so much away from the receiving place; no task where no compartment fits."""
        item = self.library.item(asked.key.item)
        if item is None:
            return PutAwayPlaced(asked, None)
        task = put_away_task(item, asked.key, asked.quantity, at=receiving_place(self.station))
        if asked.waits:
            found = self.places().in_zones(ZoneKind.RECEIVING, item, task.key, asked.quantity)
            return PutAwayPlaced(asked, as_proposed(task, found) if found else None)
        return PutAwayPlaced(asked, self.placed(task, asked.quantity, exclude=set(), tray_at_bay=tray_at_bay))

    def placed(self, task: Task, quantity: int, *, exclude: set[Place], tray_at_bay: int | None) -> Task | None:
        """The task at the best place for so much; None where none fits."""
        line = OrderLine(order="", line="", item=task.item.code, quantity=quantity, lot=task.key.lot, owner=task.key.owner)
        places = self.places()
        found = places.of(
            task.item, line, quantity, exclude=exclude, tray_at_bay=tray_at_bay, status=task.key.status, serial=task.key.serial
        )
        return as_proposed(replace(task, quantity=quantity), found) if found else None

    def lot_stock(self, task: Task) -> LotStockFound:
        """Where the lot of a task lies: in the machine, and at the receiving place."""
        found = to_hold(self._of_this_bay(self.library.stock_of_item(task.item.code)), task.key, task.place)
        return LotStockFound(
            task, tuple(LotPlace(each.place, each.key, each.quantity, self._visit(each.place)) for each in found)
        )

    def held_lots(self) -> HeldLotsRead:
        """What is on quality hold here."""
        stock = [each for each in self._of_this_bay(self.library.stock()) if each.key.status is StockStatus.QUALITY_HOLD]
        holds = self.library.lot_holds()
        items = self.library.items_named({each.key.item for each in stock} | {each.item for each in holds})
        visits = {each.place.tray: self._visit(each.place) for each in stock if not is_receiving(each.place.machine)}
        return HeldLotsRead(held_lots(stock, items, visits, holds))

    def _of_this_bay(self, stock: Sequence[Stock]) -> tuple[Stock, ...]:
        here = receiving_place(self.station)
        machines = (self.machine, *self.zones)
        return tuple(each for each in stock if each.place.machine in machines or each.place == here)

    def _visit(self, place: Place) -> int:
        return 0 if is_receiving(place.machine) else self.library.visit_of(place.machine, place.tray)

    def _receipts(self) -> tuple[Order, ...]:
        orders = self.library.open_orders()
        return tuple(each for each in orders if each.kind is OrderKind.RECEIPT and each.state in _AT_WORK)

    def _waiting(self) -> tuple[Waiting, ...]:
        """What lies at the receiving place, with the time of its receipt."""
        here = receiving_place(self.station)
        stock = [each for each in self.library.stock_at(here) if each.quantity > 0]
        if not stock:
            return ()
        items = {each.code: each for each in self.library.items_named({each.key.item for each in stock})}
        came = self._came()
        return tuple(
            Waiting(stock=each, item=items[each.key.item], received_at=_came_at(each, came))
            for each in stock
            if each.key.item in items
        )

    def _came(self) -> dict[tuple[str, str, str], datetime]:
        """When goods were received last, by item, lot and serial."""
        rows = standing(self.library.events(kinds=("received", "booking_undone"), limit=RECENT, newest_first=True))
        found: dict[tuple[str, str, str], datetime] = {}
        for row in rows:
            data = json.loads(row.body)["data"]
            found.setdefault((data["item"], data["lot"], data["serial"]), row.at)
        return found


def _came_at(stock: Stock, came: dict[tuple[str, str, str], datetime]) -> datetime:
    key = stock.key
    known = came.get((key.item, key.lot, key.serial)) or stock.received_at
    return known if known is not None else datetime.min.replace(tzinfo=UTC)


def put_away_task(item: Item, key: StockKey, quantity: int, *, at: Place) -> Task:
    """Goods go from the receiving place into a compartment: direct work, whose place is still to be proposed."""
    return Task(
        mode=Mode.PUT,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=item,
        key=key,
        place=at,
        quantity=quantity,
        line_asked=quantity,
        reason=PUT_AWAY,
        note="" if key.status is StockStatus.FREE else str(key.status),
        source=at,
    )
