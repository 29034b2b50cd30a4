"""Positions of a sequence that stay empty: ranks are never renumbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOpened(Record):
    """The part of this rank is not here: its rack position stays empty and marked. `missing` is what the line still lacks."""

    kind: ClassVar[str] = "gap_opened"
    order: str
    line: str
    sequence: str
    rank: int
    item: str
    missing: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReleased(Record):
    """The ranks after it may leave. `released_by` is a person's id, or "host" for the consumer's own word."""

    kind: ClassVar[str] = "gap_released"
    order: str
    line: str
    sequence: str
    rank: int
    released_by: str
    reason: str = ""
