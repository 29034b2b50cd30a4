"""What was asked of an item, by the day it was needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AskedDay:
    """What pick lines asked of an item for one day (UTC), less what came back of it later; a scaled integer, below zero where
    more came back than the day asked."""

    item: str
    day: date
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The demand of some days. `undated`: lines without a need-by time of which nobody knows when they were worked; `in_service`:
    the days, by number from the first, in which the record has an event."""

    asked: tuple[AskedDay, ...]
    undated: int
    first: date
    in_service: frozenset[int]


@dataclass(frozen=True, slots=True)
class StockChange:
    """By how much an item's free stock changed on a day (UTC), a scaled integer. `is_loaded`: opening stock was loaded that day,
    so that nobody knows what there was before."""

    item: str
    day: date
    delta: int
    is_loaded: bool
