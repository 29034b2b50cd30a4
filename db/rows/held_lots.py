"""Lots that a defect holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LotHold:
    """Nothing of this lot leaves for an order, and what comes of it is held, since then (UTC)."""

    item: str
    lot: str
    owner: str
    reason: str
    since: datetime
