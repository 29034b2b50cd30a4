"""Loads: work in progress and finished orders that wait in the machine. They are no item's stock, and no order asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.rows.trays import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A load as it lies in its compartment now. `load` is the code on it; `production_order` and `operation` say what it is for,
    `consumer` who takes it on, `take_at` when (UTC). What nobody has said is "" or None."""

    load: str
    place: Place
    production_order: str = ""
    operation: str = ""
    consumer: str = ""
    put_at: datetime
    take_at: datetime | None = None
