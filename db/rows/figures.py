"""What was worked in a quarter of an hour, added up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuarter:
    """What one person did from `at` on for a quarter of an hour; `closed` lines ended, `lines` of them with goods."""

    at: datetime
    operator: str
    closed: int = 0
    lines: int = 0
    shorts: int = 0
    trays: int = 0
    wrong_scans: int = 0
    lift_ms: int = 0
    operator_ms: int = 0
    host_ms: int = 0
    empty_ms: int = 0
