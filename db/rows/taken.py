"""Goods that are out of their compartment on somebody's account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.rows.stock import StockKey

HAND, TOOL = "hand", "tool"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """So much of a stock key, as it was taken out in `machine`. `account`: hand (to be put down) or tool (lent). `holder` is a
    person's id, "" where a `job` has it. `due_at`: when a tool is to be back."""

    account: str
    holder: str
    job: str
    key: StockKey
    machine: str
    quantity: int
    since: datetime
    due_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        return self.due_at is not None and now > self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPick:
    """What is left of the picks of one stock key for a line after what came back of it; `at` is the newest pick."""

    order: str
    line: str
    key: StockKey
    quantity: int
    at: datetime
