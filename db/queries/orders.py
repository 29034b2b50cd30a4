"""Orders with their lines, in one statement however many there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, text

from db.envelope import moment
from db.queries.order_memory import OrderMemory, OrderRow
from db.rows.items import Inspect
from db.rows.orders import KitPart, LineState, Order, OrderKind, OrderLine, OrderState
from db.rows.trays import Place

# The lines of an order are one text: SQLite makes it while it lets other threads run, and one text is soon compared.
_ORDER = """
SELECT o."order", o.kind, o.host_key, o.destination, o.need_by, o.priority, o.is_express, o.sequence, o.split_of,
    o.supplier, o.reference, o.inspect, coalesce(n.state, 'released'), (
    SELECT json_group_array(json_array(l.position, l.line, l.item, l.quantity, l.host_key, l.lot, l.owner, l.machine, l.tray,
        l.compartment, l.note, l.min_remaining_days, coalesce(d.state, 'open'), coalesce(d.done_quantity, 0),
        coalesce(d.reason, ''), l.rank, l.kit, l.kit_line, l.kit_asked, l.kit_each, l.inspect))
    FROM site_order_line AS l
    LEFT JOIN now_line AS d ON d."order" = l."order" AND d.line = l.line
    WHERE l."order" = o."order")
FROM site_order AS o LEFT JOIN now_order AS n ON n."order" = o."order"
"""
_ENDED = """SELECT "order" FROM now_order WHERE "order" IN ({}) AND state IN ('closed', 'cancelled', 'held')"""
_KNOWN = """
SELECT EXISTS (SELECT 1 FROM site_order WHERE "order" = :name) OR EXISTS (
    SELECT 1 FROM event WHERE kind = 'order_split' AND body ->> '$.data.into' = :name)
"""
_URGENCY = ' ORDER BY o.is_express DESC, o.need_by IS NULL, o.need_by, o.priority, o."order"'
_SETTLED = {LineState.CONFIRMED, LineState.SHORT, LineState.CANCELLED, LineState.MOVED}


def orders(
    connection: Connection, states: Collection[OrderState] | None = None, memory: OrderMemory | None = None
) -> tuple[Order, ...]:
    """Orders in these states (None: all), the most urgent first: by need-by time, priority, name."""
    wanted = tuple(each.value for each in (OrderState if states is None else states))
    marks = ", ".join("?" * len(wanted))
    rows = connection.exec_driver_sql(_ORDER + f" WHERE coalesce(n.state, 'released') IN ({marks})" + _URGENCY, wanted).all()
    return (memory or OrderMemory()).orders((tuple(row) for row in rows), _order)


def order(connection: Connection, name: str) -> Order | None:
    """One order in whatever state."""
    row = connection.exec_driver_sql(_ORDER + ' WHERE o."order" = ?', (name,)).first()
    return None if row is None else _order(tuple(row))


def is_known(connection: Connection, name: str) -> bool:
    """Whether an order of this name is here, or was once split off here, wherever it went."""
    return bool(connection.execute(text(_KNOWN), {"name": name}).scalar_one())


def ended(connection: Connection, names: Collection[str]) -> tuple[str, ...]:
    """Those of the orders that nobody may start: closed, cancelled or held."""
    marks = ", ".join("?" * len(names))
    return tuple(connection.exec_driver_sql(_ENDED.format(marks), tuple(names)).scalars())


def _line(order: str, order_state: OrderState, row: Sequence[Any]) -> OrderLine:
    (
        _,
        line,
        item,
        quantity,
        host_key,
        lot,
        owner,
        machine,
        tray,
        compartment,
        note,
        min_days,
        state,
        done,
        reason,
        rank,
        *kit,
        inspect,
    ) = row
    line_state = LineState(state)
    if order_state == OrderState.CANCELLED and line_state not in _SETTLED:
        line_state = LineState.CANCELLED
    return OrderLine(
        order=order,
        line=line,
        item=item,
        quantity=quantity,
        host_key=host_key,
        lot=lot,
        owner=owner,
        place=None if machine is None else Place(machine, tray, compartment or ""),
        note=note,
        min_remaining_days=min_days,
        rank=rank,
        kit=KitPart(*kit) if kit[0] else None,
        inspect=Inspect(inspect),
        state=line_state,
        done_quantity=done,
        reason=reason,
    )


def _order(row: OrderRow) -> Order:
    (
        name,
        kind,
        host_key,
        destination,
        need_by,
        priority,
        is_express,
        sequence,
        split_of,
        supplier,
        reference,
        inspect,
        state,
        lines,
    ) = row
    order_state = OrderState(state)
    return Order(
        order=name,
        kind=OrderKind(kind),
        host_key=host_key,
        destination=destination,
        need_by=None if need_by is None else moment(need_by),
        priority=priority,
        is_express=bool(is_express),
        sequence=sequence,
        split_of=split_of,
        supplier=supplier,
        reference=reference,
        inspect=Inspect(inspect),
        state=order_state,
        lines=tuple(_line(name, order_state, each) for each in sorted(json.loads(lines))),
    )
