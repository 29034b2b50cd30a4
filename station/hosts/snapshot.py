"""The stock of a station at one moment, by item, lot and owner: what a host compares its own with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from station.allocation import OPEN_STATES
from station.values import Item, Order, OrderKind, OrderLine, Stock

Key = tuple[str, str, str]  # item, lot, owner


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """`quantity` is the book in the item's smallest unit, whatever its place and status; `coming` and `going` what open orders
    still put in and take out."""

    item: Item
    lot: str
    owner: str
    quantity: int = 0
    coming: int = 0
    going: int = 0

    @property
    def key(self) -> Key:
        return self.item.code, self.lot, self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """`seq` of `epoch` is the last event that is in it: the cut-off."""

    at: datetime
    station: str
    epoch: str
    seq: int
    rows: tuple[StockRow, ...]


class SnapshotStore(Protocol):
    """What a snapshot is made from."""

    def items(self) -> tuple[Item, ...]: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def open_orders(self) -> tuple[Order, ...]: ...

    def head(self) -> tuple[str, int, str]: ...


def snapshot(store: SnapshotStore, station: str, now: datetime) -> Snapshot:
    """The stock now. What is booked while it is read shows as a head that moved: then it is read again."""
    while True:
        epoch, seq, _ = store.head()
        rows = rows_of({each.code: each for each in store.items()}, store.stock(), store.open_orders())
        if store.head()[:2] == (epoch, seq):
            return Snapshot(at=now, station=station, epoch=epoch, seq=seq, rows=rows)


def rows_of(items: dict[str, Item], stock: Iterable[Stock], orders: Iterable[Order]) -> tuple[StockRow, ...]:
    """Summed by item, lot and owner, in that order."""
    found: dict[Key, StockRow] = {}

    def row(item: str, lot: str, owner: str) -> StockRow:
        known = items.get(item) or Item(code=item, name="")
        return found.get((item, lot, owner)) or StockRow(item=known, lot=lot, owner=owner)

    for each in stock:
        one = row(each.key.item, each.key.lot, each.key.owner)
        found[one.key] = replace(one, quantity=one.quantity + each.quantity)
    for order in orders:
        for line in order.lines:
            if line.state in OPEN_STATES:
                one = row(line.item, line.lot, line.owner)
                found[one.key] = _with_line(one, order, line)
    return tuple(found[key] for key in sorted(found))


def _with_line(row: StockRow, order: Order, line: OrderLine) -> StockRow:
    left = max(0, line.quantity - line.done_quantity)
    if order.kind is OrderKind.PICK:
        return replace(row, going=row.going + left)
    return replace(row, coming=row.coming + left) if order.kind in (OrderKind.PUT, OrderKind.RECEIPT) else row
