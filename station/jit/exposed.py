"""What stands and what is asked for, as exposure is judged by it: from the store's stock, its receipts to come and its orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from station.jit.assortment import Assortment
from station.jit.exposure import Asked, Stocked
from station.jit.source import Source
from station.values import Order, OrderKind


def stocked(
    source: Source, orders: Sequence[Order], *, now: datetime, assortment: Assortment | None = None
) -> tuple[Stocked, ...]:
    """The items whose stock is known, with what open receipts announce of them."""
    scales = {each.item: each.scale for each in source.series}
    coming: dict[str, list[tuple[float, float]]] = {}
    suppliers: dict[str, str] = {}
    for order in orders:
        for line in order.lines if order.kind is OrderKind.RECEIPT else ():
            rest = (line.quantity - line.done_quantity) / scales.get(line.item, 1)
            if rest > 0:
                coming.setdefault(line.item, []).append((in_days(order.need_by, now), rest))
                suppliers[line.item] = order.supplier
    per_day = {each.item: each.measured.per_day for each in (assortment or source.analysed()).items}
    return tuple(
        Stocked(
            item=item,
            on_hand=facts.on_hand,
            use_per_day=per_day.get(item, 0.0),
            arrivals=tuple(coming.get(item, ())),
            supplier=facts.supplier or suppliers.get(item, ""),
            lane=facts.lane,
            unit_value=facts.unit_value,
        )
        for item, facts in source.facts.items()
        if facts.on_hand is not None
    )


def lines_of(orders: Sequence[Order], source: Source, *, now: datetime) -> tuple[Asked, ...]:
    """What open pick orders still need, by their need-by time; without one it is needed now."""
    scales = {each.item: each.scale for each in source.series}
    return tuple(
        Asked(
            order=order.order,
            line=line.line,
            item=line.item,
            quantity=(line.quantity - line.done_quantity) / scales.get(line.item, 1),
            in_days=in_days(order.need_by, now),
            consumer=order.destination,
        )
        for order in orders
        if order.kind is OrderKind.PICK
        for line in order.lines
        if line.state.value in ("open", "skipped") and line.quantity > line.done_quantity
    )


def in_days(need_by: datetime | None, now: datetime) -> float:
    """How many days there are; none where nobody said by when, or where it is over."""
    return 0.0 if need_by is None else max(0.0, (need_by - now).total_seconds() / 86_400)
