"""Which compartment is worth a count of a few seconds while its tray is at the bay anyway. Pure.

The risk of a stock is a sum of points, each for one way in which a book goes wrong:

    days since it was counted / 30, at most 12 (never counted: 12)
    + half a point for each movement since then, at most 10
    + 4 when the book says two pieces or fewer: the next order may find nothing
    + 6 when one of its last counts was off the book, or waited for a second person

What was counted this month, has hardly moved and was right is below LEAST_RISK and never offered. Only what can be counted in the
time is: pieces, at most MOST_PIECES of them. What a piece is worth the station does not know, so it is no part of the sum.

The budget is of the last hour, by the record: every offer in it, taken or passed, has used its seconds. What was passed is not
offered again for a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from db.records.stock import Corrected, Counted, CountHeld, CountOfferPassed, Picked, Put, StockLoaded
from station.task import OFFERED
from station.values import EventRow, Item, Stock

LEAST_RISK = 2.0
MOST_PIECES = 20
PASSED_FOR = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
COUNTS_LOOKED_AT = 3  # so many of the last counts say whether its book is often wrong
MAKES_OFFER_KINDS = (Counted.kind, CountHeld.kind, CountOfferPassed.kind)
_COUNTS = (Counted.kind, CountHeld.kind)
_MOVES = (Picked.kind, Put.kind, Corrected.kind)

Cell = tuple[str, str, str, str, str, str]  # compartment, item, lot, serial, owner, status


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBudget:
    """So many seconds of an hour may go into offered counts, each of which takes `each_s`. 0: none is offered."""

    per_hour_s: int = 0
    each_s: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the record has of one stock: movements since its last count, how many of its counts were looked at, whether one of
    them was off, and when an offer was passed."""

    moves: int = 0
    counts: int = 0
    was_off: bool = False
    passed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stock on the tray, with its item and what the record has of it."""

    stock: Stock
    item: Item
    history: History = field(default_factory=History)


def risk(each: Candidate, now: datetime) -> float:
    """How likely the book is wrong, in points (see above)."""
    counted_at, one = each.stock.counted_at, 10**each.item.decimals
    days = 360.0 if counted_at is None else max(0.0, (now - counted_at) / timedelta(days=1))
    points = min(12.0, days / 30) + min(10.0, each.history.moves / 2)
    points += 4.0 if each.stock.quantity <= 2 * one else 0.0
    return points + (6.0 if each.history.was_off else 0.0)


def choose(candidates: Iterable[Candidate], *, spent_s: int, budget: OfferBudget, now: datetime) -> Candidate | None:
    """The one with the highest risk, of equals the first by compartment; None when nothing is worth it, or no time is left."""
    if spent_s + budget.each_s > budget.per_hour_s:
        return None
    able = [each for each in candidates if _is_quick(each) and not _was_passed(each, now)]
    worth = [each for each in able if risk(each, now) >= LEAST_RISK]
    return min(worth, key=lambda each: (-risk(each, now), cell_of(each.stock)), default=None)


def spent_s(rows: Iterable[EventRow], budget: OfferBudget, now: datetime) -> int:
    """What offers of the last hour have used, from events of MAKES_OFFER_KINDS."""
    offers = [row for row in rows if row.at > now - AN_HOUR and _data(row).get("reason") == OFFERED]
    return len(offers) * budget.each_s


def histories(rows: Sequence[EventRow]) -> dict[Cell, History]:
    """What these events of a tray, newest first, say of each stock on it."""
    found: dict[Cell, History] = {}
    for row in rows:
        data = _data(row)
        if row.kind in (*_COUNTS, *_MOVES, StockLoaded.kind, CountOfferPassed.kind):
            cell = _cell(data)
            found[cell] = _older(found.get(cell, History()), row, data)
    return found


def cell_of(stock: Stock) -> Cell:
    key = stock.key
    return (stock.place.compartment, key.item, key.lot, key.serial, key.owner, str(key.status))


def _older(so_far: History, row: EventRow, data: Mapping[str, Any]) -> History:
    """The same with one more event, which is older than those before."""
    if row.kind == CountOfferPassed.kind:
        return replace(so_far, passed_at=so_far.passed_at or row.at)
    if row.kind in _MOVES:
        return so_far if so_far.counts else replace(so_far, moves=so_far.moves + 1)
    if so_far.counts >= COUNTS_LOOKED_AT:
        return so_far
    is_off = row.kind == CountHeld.kind or data.get("book", data["counted"]) != data["counted"]
    return replace(so_far, counts=so_far.counts + 1, was_off=so_far.was_off or is_off)


def _is_quick(each: Candidate) -> bool:
    return each.item.decimals == 0 and each.stock.quantity <= MOST_PIECES and not each.stock.key.serial


def _was_passed(each: Candidate, now: datetime) -> bool:
    passed_at = each.history.passed_at
    return passed_at is not None and passed_at > now - PASSED_FOR


def _cell(data: Mapping[str, Any]) -> Cell:
    return (data["compartment"], data["item"], data["lot"], data["serial"], data["owner"], data["status"])


def _data(row: EventRow) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(row.body)["data"]
    return data
