"""An import on its way into the store: cut into pieces, so that bookings go between them (docs/decisions/0016)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from db.envelope import moment_text
from db.records.files import ImportBegun, Imported
from db.records.stock import StockLoaded
from db.rows.stock import Stock

PIECE_ROWS = 50  # some 5 ms of the writer's time: no booking waits longer for an import

T = TypeVar("T")


def cut(things: Sequence[T], rows_of: Callable[[T], int] = lambda thing: 0) -> tuple[tuple[T, ...], ...]:
    """Pieces of about PIECE_ROWS rows, in the given order; at least one piece. A thing (an order with its lines) is never cut."""
    pieces: list[list[T]] = [[]]
    rows = 0
    for each in things:
        more = 1 + rows_of(each)  # its own row and those under it
        if pieces[-1] and rows + more > PIECE_ROWS:
            pieces.append([])
            rows = 0
        pieces[-1].append(each)
        rows += more
    return tuple(map(tuple, pieces))


def begin(imported: Imported) -> ImportBegun:
    """What is told with the first piece of several."""
    return ImportBegun(
        what=imported.what, file=imported.file, sha256=imported.sha256, rows=imported.rows, rejected=imported.rejected
    )


def loaded(stock: Stock) -> StockLoaded:
    """A row of a stock file as the log has it."""
    return StockLoaded(
        machine=stock.place.machine,
        tray=stock.place.tray,
        compartment=stock.place.compartment,
        visit=0,
        item=stock.key.item,
        lot=stock.key.lot,
        serial=stock.key.serial,
        owner=stock.key.owner,
        status=stock.key.status.value,
        counted=stock.quantity,
        expiry=stock.expiry.isoformat() if stock.expiry else "",
        received_at=moment_text(stock.received_at) if stock.received_at else "",
    )
