"""What people need when the station is dead, as the store had it at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.rows.bays import Outage
from db.rows.items import Item
from db.rows.orders import Order
from db.rows.stock import Stock
from db.rows.trays import Tray


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyFacts:
    """`orders` are open, the most urgent first; `stock` is of all machines, the oldest first; `items` by code."""

    station: str
    orders: tuple[Order, ...]
    stock: tuple[Stock, ...]
    trays: tuple[Tray, ...]
    outages: tuple[Outage, ...]
    items: Mapping[str, Item]
