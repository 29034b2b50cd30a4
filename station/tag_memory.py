"""The rows of the work list that were made last: an order's is made anew only when something that it hangs on has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from station.allocation import StockByItem
from station.values import Item, Order
from station.view.work import OrderTag
from station.work_list import Circumstances, in_working_order, is_late, tag_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    given: Circumstances = field(default_factory=Circumstances)
    items: Mapping[str, Item] = field(default_factory=dict)
    stock: StockByItem = field(default_factory=dict)
    tags: Mapping[str, tuple[Order, OrderTag]] = field(default_factory=dict)


class TagMemory:
    """Of fifty thousand waiting lines a booking changes a few. Used by several reading threads: each exchanges the whole memory
    at once, so that none sees half of another's."""

    def __init__(self) -> None:
        self._seen = _Seen()

    def tags(
        self, orders: Sequence[Order], given: Circumstances, *, items: Mapping[str, Item], stock: StockByItem, now: datetime
    ) -> tuple[OrderTag, ...]:
        """The work list in working order, as if each row had just been made."""
        seen = self._seen if self._seen.given == given else _Seen()
        changed = _changed(seen.items, items) | _changed(seen.stock, stock)
        found: dict[str, tuple[Order, OrderTag]] = {}
        for order in orders:
            before, tag = seen.tags.get(order.order, (None, None))
            if tag is None or before != order or any(line.item in changed for line in order.lines):
                tag = tag_of(order, given, items=items, stock=stock, now=now)
            elif tag.is_late != is_late(order, now):
                tag = replace(tag, is_late=is_late(order, now))
            found[order.order] = order, tag
        self._seen = _Seen(given=given, items=items, stock=stock, tags=found)
        return in_working_order(tag for _, tag in found.values())


def _changed(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    return {code for code in before.keys() | now.keys() if before.get(code) != now.get(code)}
