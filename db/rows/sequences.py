"""Empty positions of sequences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A rank that was left empty. `released_by` "": nobody has let the line go on; `filled_at` None: it is empty still."""

    order: str
    line: str
    sequence: str
    rank: int
    reason: str
    released_by: str
    since: datetime
    filled_at: datetime | None = None
