"""Which stock leaves first: first in first out, first expired first out, or last in first out. Pure.

The rule binds: another lot leaves first only by a person's right and reason (`station.flows.departure`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from station.rules.shelf_life import expiry_of
from station.values import IssueRule, Item, Stock

_FOREVER = date.max
Turn = tuple[bool, float | int, float]


def in_turn(item: Item, stock: Sequence[Stock]) -> list[Stock]:
    """The stock as it leaves; what is equal keeps the given order. FEFO: unknown expiry last, and of one day what came first."""
    return sorted(stock, key=lambda each: turn_of(item, each))


def turn_of(item: Item, stock: Stock) -> Turn:
    """What sorts stock by the item's rule."""
    age = _age(stock.received_at)
    if item.issue_rule is IssueRule.FEFO:
        expiry = expiry_of(item, stock)
        return expiry is None, (expiry or _FOREVER).toordinal(), age
    return False, 0, -age if item.issue_rule is IssueRule.LIFO else age


def _age(received_at: datetime | None) -> float:
    """When it came. Nobody knows: before all that is known."""
    return received_at.timestamp() if received_at else 0.0


def batch_of(stock: Stock) -> tuple[str, date | None]:
    """What leaves together, from the fewest compartments: a lot; without a lot, what came on one day."""
    if stock.key.lot or stock.received_at is None:
        return stock.key.lot, None
    return "", stock.received_at.date()
