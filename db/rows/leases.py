"""The orders that the site database has given to this station."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HeldLease:
    """An order that only this station may work. After `until` the site may offer it elsewhere, as long as nobody touched it."""

    order: str
    until: datetime
