"""Rows of a stock file to stock: what lies in a compartment now. A reset point, like a count."""

from __future__ import annotations

from station.imports.fields import MAX_CODE, Fields
from station.imports.known import Known
from station.imports.report import ErrorList
from station.imports.serials import StockOf, refuse_second_homes
from station.imports.table import Table
from station.tracking import piece
from station.values import Item, Place, Stock, StockKey, StockStatus

REQUIRED = frozenset({"machine", "tray", "compartment", "item", "quantity"})
COLUMNS = REQUIRED | {"lot", "serial", "owner", "status", "expiry", "received_at"}


def read_stock(table: Table, errors: ErrorList, *, known: Known, stock_of: StockOf) -> dict[int, Stock]:
    """The stock by its line; a second row of the same stock at the same place is refused, and a serial in a second place."""
    found: dict[int, Stock] = {}
    seen: set[tuple[Place, StockKey]] = set()
    lots: dict[tuple[str, str], Stock] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        stock = _stock(fields, known)
        if stock and (stock.place, stock.key) in seen:
            fields.refuse("compartment", "duplicate")
        if stock:
            _check_lot(fields, stock, lots.setdefault((stock.key.item, stock.key.lot), stock))
        if stock and fields.is_good:
            seen.add((stock.place, stock.key))
            found[row.line] = stock
    return refuse_second_homes(found, errors, stock_of=stock_of)


def _stock(fields: Fields, known: Known) -> Stock | None:
    place = known.place(fields)
    item = known.item(fields)
    if item is None:
        return None
    key = StockKey(
        item=item.code,
        lot=fields.text("lot", longest=MAX_CODE),
        serial=fields.text("serial", longest=MAX_CODE),
        owner=fields.text("owner", longest=MAX_CODE) or "own",
        status=fields.choice("status", StockStatus, StockStatus.FREE),
    )
    quantity = fields.quantity("quantity", item.decimals)
    _check_tracking(fields, item, key, quantity=quantity)
    expiry, received_at = fields.day("expiry"), fields.moment("received_at")
    return Stock(place=place, key=key, quantity=quantity, expiry=expiry, received_at=received_at)


def _check_lot(fields: Fields, stock: Stock, first: Stock) -> None:
    """When it came and how long it is good is said of a lot, the same in all rows of it."""
    for name in ("expiry", "received_at"):
        said, before = getattr(stock, name), getattr(first, name)
        if said and not stock.key.lot:
            fields.refuse(name, "not_allowed", allowed="empty: it is said of a lot, and the row names none")
        elif said != before and stock.key.lot:
            fields.refuse(name, "not_allowed", allowed=f"{before or 'empty'}, as the first row of this lot says")


def _check_tracking(fields: Fields, item: Item, key: StockKey, *, quantity: int) -> None:
    if item.lot_tracked and not key.lot:
        fields.refuse("lot", "missing", allowed="the lot, because the item is tracked by lot")
    if item.serial_tracked and not key.serial:
        fields.refuse("serial", "missing", allowed="the serial, because the item is tracked by serial")
    if key.serial and quantity not in (0, piece(item)):
        fields.refuse("quantity", "out_of_range", allowed="1 of each serial, or 0 when it is gone")
