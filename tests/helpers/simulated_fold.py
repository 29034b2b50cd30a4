"""What a simulated site makes of the events: stock in the order of custody, orders and who may work them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Cell = tuple[str, int, str, str, str, str, str, str]
MOVED = ("picked", "put", "corrected", "counted", "stock_loaded")
OF_ORDERS = ("picked", "put", "line_skipped", "line_closed", "order_started", "order_left", "order_closed", "order_cancelled")
NAMES = ("machine", "tray", "compartment", "item", "lot", "serial", "owner", "status")


@dataclass
class Row:
    """Anything that goes down: its version and the transaction that changed it last."""

    version: int = 0
    xid: int = 0


@dataclass
class StockRow(Row):
    quantity: int = 0
    since: str = ""
    counted_at: str | None = None
    movements: list[tuple[Any, ...]] = field(default_factory=list)  # (place in the order of custody, kind, amount, at)


@dataclass
class CustodyRow(Row):
    visit: int = 0  # the highest that anything told
    held_visit: int = 0  # the highest that a fetch or a person named: it says who has the tray
    station: str = ""
    opening: str = ""
    is_out: bool = False


@dataclass
class DocumentRow(Row):
    body: Any = None


@dataclass
class LeaseRow(Row):
    fence: int = 0
    until: Any = None
    state: str = "held"


@dataclass
class OrderBook:
    kind: str = ""
    state: str = "released"
    is_touched: bool = False
    is_released: bool = True
    station: str | None = None
    until: Any = None
    fence: int = 0
    floor: int = 0
    ended_by: set[str] = field(default_factory=set)  # stations
    lines: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class ChainRow:
    number: int
    events: list[Any] = field(default_factory=list)  # Told
    arrived: list[int] = field(default_factory=list)
    folded: int = 0


@dataclass
class State:
    """The whole site database. A deep copy of it is a backup."""

    server_epoch: str = "server-1"
    xid: int = 100
    purged: int = 0
    fence_floor: int = 0
    chains: dict[str, dict[str, ChainRow]] = field(default_factory=dict)
    documents: dict[tuple[str, str], DocumentRow] = field(default_factory=dict)
    leases: dict[tuple[str, str], LeaseRow] = field(default_factory=dict)
    orders: dict[str, OrderBook] = field(default_factory=dict)
    stock: dict[Cell, StockRow] = field(default_factory=dict)
    custody: dict[tuple[str, int], CustodyRow] = field(default_factory=dict)
    reservations: dict[tuple[str, str, Cell], tuple[str, int]] = field(default_factory=dict)
    arrivals: dict[tuple[str, int, int, str], int] = field(default_factory=dict)
    station_visits: dict[tuple[str, str, int], int] = field(default_factory=dict)
    retold: set[tuple[str, str, int, str]] = field(default_factory=set)
    exceptions: list[tuple[str, str]] = field(default_factory=list)
    arrived: int = 0

    def touch(self, row: Row) -> None:
        row.version += 1
        row.xid = self.xid


def fold(state: State) -> None:
    """All events that came and were not folded yet, station by station."""
    for station in sorted(state.chains):
        for epoch, chain in state.chains[station].items():
            for seq in range(chain.folded + 1, len(chain.events) + 1):
                body = _read(chain.events[seq - 1].body)
                if body is not None:
                    _one(state, (station, epoch, chain, seq), body, is_again=False)
                chain.folded = seq


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _one(state: State, place: tuple[str, str, ChainRow, int], body: Any, *, is_again: bool) -> None:
    kind, data = body.get("kind"), body.get("data", {})
    if kind in MOVED:
        _movement(state, place, body)
    elif kind in ("motion_ended", "tray_told"):
        _custody(state, place[0], body)
    elif kind == "retold":
        _retold(state, place, data)
        return
    if data.get("order") and kind in OF_ORDERS:
        _order(state, place[0], body)


def _retold(state: State, place: tuple[str, str, ChainRow, int], data: Any) -> None:
    station = place[0]
    chain = state.chains[station].get(data["epoch"])
    has = chain is not None and data["seq"] <= len(chain.events) and chain.events[data["seq"] - 1].hash == data["hash"]
    key = (station, data["epoch"], data["seq"], data["hash"])
    if has or key in state.retold:
        return
    state.retold.add(key)
    _one(state, place, _read(data["body"]), is_again=True)


def _movement(state: State, place: tuple[str, str, ChainRow, int], body: Any) -> None:
    station, _, chain, seq = place
    data = body["data"]
    cell: Cell = tuple(data[name] for name in NAMES)  # type: ignore[assignment]
    known = (station, cell[0], cell[1])
    visit = state.station_visits[known] = max(data["visit"], state.station_visits.get(known, data["visit"]))
    arrived = state.arrivals.setdefault((cell[0], cell[1], visit, station), chain.arrived[seq - 1])
    amount = data["counted"] if body["kind"] in ("counted", "stock_loaded") else data.get("delta", data.get("quantity"))
    row = state.stock.setdefault(cell, StockRow())
    row.movements.append(((visit, arrived, station, chain.number, seq), body["kind"], amount, body["at"]))
    row.movements.sort(key=lambda each: each[0])
    reckon(row)
    state.touch(row)
    tray = state.custody.setdefault((cell[0], cell[1]), CustodyRow())
    if data["visit"] > tray.visit:
        tray.visit = data["visit"]
        state.touch(tray)


def reckon(row: StockRow) -> None:
    """The book from all its movements."""
    row.quantity, row.since, row.counted_at = 0, "", None
    for _, kind, amount, at in row.movements:
        was = row.quantity
        is_reset = kind in ("counted", "stock_loaded")
        row.quantity = amount if is_reset else was + (-amount if kind == "picked" else amount)
        if row.quantity == 0:
            row.since, row.counted_at = "", None
            continue
        row.since = row.since if was else at
        row.counted_at = at if is_reset else row.counted_at if was else None


def _custody(state: State, station: str, body: Any) -> None:
    data = body["data"]
    if body["kind"] == "motion_ended" and data["outcome"] != "done":
        return
    if data["tray"] is None or data.get("verb") == "store":
        _stored(state, station, data)
    elif data.get("verb", "fetch") == "fetch":
        _fetched(state, station, data)


def _fetched(state: State, station: str, data: Any) -> None:
    known, told = (station, data["machine"], data["tray"]), data["visit"]
    state.station_visits[known] = max(told, state.station_visits.get(known, 0))
    row = state.custody.setdefault((data["machine"], data["tray"]), CustodyRow())
    takes_over = row.held_visit < told or (row.held_visit == told and row.station in ("", station))
    if takes_over:
        row.held_visit, row.station, row.opening, row.is_out = told, station, data["opening"], True
    if takes_over or row.visit < told:
        row.visit = max(row.visit, told)
        state.touch(row)


def _stored(state: State, station: str, data: Any) -> None:
    for (machine, _), row in state.custody.items():
        if (machine, row.station, row.opening, row.is_out) == (data["machine"], station, data["opening"], True):
            row.is_out = False
            state.touch(row)


def _order(state: State, station: str, body: Any) -> None:
    data, kind, fence = body["data"], body["kind"], body.get("fence")
    order = data["order"]
    book = state.orders.setdefault(order, OrderBook(floor=state.fence_floor))
    book.is_touched = True
    lease = state.leases.get((order, station))
    if fence is not None and fence < book.fence and (book.station != station or lease is None or lease.fence != fence):
        state.exceptions.append(("stale_fence", f"{order}/{station}/{fence}"))
    if kind == "picked":
        _use(state, order, data)
    if kind in ("order_closed", "order_cancelled"):
        if book.state in ("closed", "cancelled"):
            state.exceptions.append(("order_ended_twice", order))
        book.ended_by.add(station)
        book.state = "closed" if kind == "order_closed" else "cancelled"
        end_lease(state, order)
    elif kind == "order_started" and book.state == "released":
        book.state = "started"
    elif kind == "order_left" and book.state == "started":
        book.state = "released"


def _use(state: State, order: str, data: Any) -> None:
    cell: Cell = tuple(data[name] for name in NAMES)  # type: ignore[assignment]
    key = (order, data["line"], cell)
    if key in state.reservations:
        station, quantity = state.reservations.pop(key)
        if quantity > data["quantity"]:
            state.reservations[key] = (station, quantity - data["quantity"])
        state.touch(state.stock[cell])


def end_lease(state: State, order: str) -> None:
    """Nobody's any more; what was promised to it is free."""
    for (name, _), lease in state.leases.items():
        if name == order and lease.state == "held":
            lease.state = "ended"
            state.touch(lease)
    state.orders[order].station = None
    _free(state, order)


def _free(state: State, order: str) -> None:
    for key in [key for key in state.reservations if key[0] == order]:
        del state.reservations[key]
        state.touch(state.stock[key[2]])


def reserve_again(state: State, order: str, station: str) -> None:
    """The order was changed by the station that holds it: the fence stays, and the stock is promised anew."""
    _free(state, order)
    book = state.orders[order]
    for line in book.lines if book.kind == "pick" else ():
        _reserve(state, order, line, station)


def give_lease(state: State, order: str, station: str, until: Any) -> LeaseRow:
    """To this station, under a new fence; its stock is promised."""
    end_lease(state, order)
    book = state.orders[order]
    book.fence = max(book.fence, book.floor) + 1
    book.station, book.until = station, until
    lease = state.leases.setdefault((order, station), LeaseRow())
    lease.fence, lease.until, lease.state = book.fence, until, "held"
    state.touch(lease)
    for line in book.lines if book.kind == "pick" else ():
        _reserve(state, order, line, station)
    return lease


def _reserve(state: State, order: str, line: dict[str, Any], station: str) -> None:
    missing = line["quantity"]
    for cell, free in available(state, line):
        if missing > 0:
            state.reservations[order, line["line"], cell] = (station, min(free, missing))
            state.touch(state.stock[cell])
            missing -= free


def available(state: State, line: dict[str, Any]) -> list[tuple[Cell, int]]:
    """What of the line's item nobody was promised, oldest first."""
    found = []
    for cell, row in state.stock.items():
        free = row.quantity - sum(q for key, (_, q) in state.reservations.items() if key[2] == cell)
        if cell[3] == line["item"] and cell[7] == "free" and free > 0:
            found.append((cell, free))
    return sorted(found, key=lambda each: (state.stock[each[0]].since, each[0][1:3]))


def can_serve(state: State, book: OrderBook) -> bool:
    """Of a pick every line must find something."""
    return book.kind != "pick" or all(available(state, line) for line in book.lines)
