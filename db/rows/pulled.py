"""What a rule of pull decided, to be written in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from db.records.record import Record
from db.rows.orders import Order


@dataclass(frozen=True, slots=True)
class Pulled:
    """Events, and the orders that are released with them."""

    records: tuple[Record, ...] = ()
    orders: tuple[Order, ...] = ()

    def __add__(self, more: Pulled) -> Pulled:
        return Pulled((*self.records, *more.records), (*self.orders, *more.orders))
