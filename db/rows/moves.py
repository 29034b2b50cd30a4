"""A move that is planned, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from db.rows.stock import StockKey
from db.rows.trays import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMove:
    """`quantity` of a stock key from one compartment to another. `is_taken`: it is out of the first one and was not put into the
    other yet, as far as the record tells."""

    from_place: Place
    to_place: Place
    key: StockKey
    quantity: int
    saves_ms: int = 0
    is_taken: bool = False
