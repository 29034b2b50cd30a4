"""Where a stock record books: the fields that every one of them has (`db.records.stock.Moved`)."""

from __future__ import annotations

from typing import TypedDict

from station.values import Place, StockKey


class Where(TypedDict):
    """Place, visit, stock key, and the line that it is for ("" for none)."""

    machine: str
    tray: int
    compartment: str
    visit: int
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    order: str
    line: str


def where_of(place: Place, key: StockKey, *, visit: int = 0, order: str = "", line: str = "") -> Where:
    """`visit` 0: not during a visit of the tray."""
    return Where(
        machine=place.machine,
        tray=place.tray,
        compartment=place.compartment,
        visit=visit,
        item=key.item,
        lot=key.lot,
        serial=key.serial,
        owner=key.owner,
        status=str(key.status),
        order=order,
        line=line,
    )
