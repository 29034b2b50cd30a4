"""The emergency list's facts, and whether they have changed."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection

from db.envelope import moment
from db.queries import events, items, orders, stock, trays
from db.rows.emergency import EmergencyFacts
from db.rows.orders import OrderState

# What changes open orders, stock, trays or what is out of service. A new kind of stock or order event belongs here too.
CHANGING = (
    "corrected",
    "counted",
    "imported",
    "line_closed",
    "line_skipped",
    "order_cancelled",
    "order_closed",
    "order_started",
    "picked",
    "put",
    "stock_loaded",
    "tray_out_of_service",
    "tray_in_service",
    "epoch_opened",
)
_NEWEST = """
SELECT max((SELECT max(n) FROM event WHERE kind = k.value)) FROM json_each(?) AS k
"""
_AT = "SELECT at FROM event WHERE n = ?"
_SITE = "SELECT count(*), coalesce(max(version), 0) FROM site_document"
_OPEN = (OrderState.RELEASED, OrderState.STARTED)


def facts(connection: Connection) -> EmergencyFacts:
    """All of it, of one moment when the caller is in one transaction."""
    machines = trays.machines(connection)
    return EmergencyFacts(
        station=events.station(connection),
        orders=orders.orders(connection, _OPEN),
        stock=stock.stock_by_age(connection),
        trays=tuple(tray for machine in machines for tray in trays.trays(connection, machine)),
        outages=tuple(outage for machine in machines for outage in trays.outages(connection, machine)),
        items={each.code: each for each in items.items(connection)},
    )


def mark(connection: Connection) -> str:
    """A text that is another one as soon as the list could be: asked often, so a few seeks and no reading."""
    newest = connection.exec_driver_sql(_NEWEST, (json.dumps(CHANGING),)).scalar() or 0
    count, version = connection.exec_driver_sql(_SITE).one()
    return f"{newest}/{count}/{version}"


def changed_at(connection: Connection) -> datetime | None:
    """When the newest event was written that may have changed the list."""
    newest = connection.exec_driver_sql(_NEWEST, (json.dumps(CHANGING),)).scalar()
    found = None if newest is None else connection.exec_driver_sql(_AT, (newest,)).scalar()
    return None if found is None else moment(found)
