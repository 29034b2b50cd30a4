"""What is said of a load before it goes in, and known of one that comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPlan:
    """What is known of a load that goes in or out. `take_at` is UTC, None when nobody has said it; `ceiling` is how many may wait
    for its consumer, None for any number; `put_at` (UTC) is since when it lies there, None before it does."""

    load: str
    production_order: str = ""
    operation: str = ""
    consumer: str = ""
    take_at: datetime | None = None
    ceiling: int | None = None
    over_ceiling: bool = False
    put_at: datetime | None = None

    @property
    def title(self) -> str:
        """Order and operation, in no language; the load's own code where nobody has said them."""
        return " / ".join(each for each in (self.production_order, self.operation) if each) or self.load
