"""What suppliers delivered against what was asked of them, from the signals, the announced receipts and the goods that came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from station.jit.suppliers import Delivery
from station.values import EventFact, Order, OrderKind, PullSignal

RECEIVED = "received"  # the record of goods that came
CARD_PREFIX = "BLK-"
FEWEST = 3  # deliveries, before a supplier's own figures stand in for what was agreed


@dataclass(slots=True)
class _Came:
    """What came of one request: all of it, what of it was rejected, and when the last of it came."""

    supplier: str
    received: int = 0
    rejected: int = 0
    last: datetime | None = None


def deliveries(signals: Iterable[PullSignal], orders: Mapping[str, Order], goods: Iterable[EventFact]) -> tuple[Delivery, ...]:
    """One for each signal to a supplier that ended with goods, and for each line of a receipt that nothing of ours had asked for.

    A receipt without a signal says when it was due, not when it was asked: its lead time is not known. Without a due day it is
    left out. What is still to come is no delivery yet.
    """
    told = tuple(goods)
    asked = [each for each in signals if each.supplier and each.need_by is not None]
    own = {name for each in asked for name in _names(each)}
    return (*_of_signals(asked, told), *_of_receipts(orders, [each for each in told if each.data["reference"] not in own]))


def _names(signal: PullSignal) -> tuple[str, ...]:
    """By which a receipt may name the signal."""
    return (signal.signal, *((signal.card, CARD_PREFIX + signal.card) if signal.card else ()))


def _of_signals(asked: list[PullSignal], goods: tuple[EventFact, ...]) -> list[Delivery]:
    found = []
    for each in asked:
        steps = dict(each.steps)
        came = steps.get("received")
        if came is None or each.need_by is None:
            continue
        began = steps.get("sent", each.raised_at)
        rejected = sum(
            fact.data["quantity"]
            for fact in goods
            if fact.data["verdict"] == "reject"
            and fact.data["item"] == each.item
            and fact.data["reference"] in _names(each)
            and each.raised_at <= fact.at <= came
        )
        found.append(
            Delivery(
                supplier=each.supplier,
                item=each.item,
                asked_on=began.date(),
                due_on=each.need_by.date(),
                received_on=came.date(),
                asked=each.quantity,
                received=each.done + rejected,
                rejected=rejected,
            )
        )
    return found


def _of_receipts(orders: Mapping[str, Order], goods: list[EventFact]) -> list[Delivery]:
    came: dict[tuple[str, str], _Came] = {}
    for fact in goods:
        data = fact.data
        key = data["order"], data["line"]
        if not data["order"]:
            continue
        found = came.setdefault(key, _Came(data["supplier"]))
        found.received += data["quantity"]
        found.rejected += data["quantity"] if data["verdict"] == "reject" else 0
        found.last = fact.at
    return [made for (order, line), each in came.items() if (made := _receipt(orders.get(order), line, each)) is not None]


def _receipt(order: Order | None, line: str, came: _Came) -> Delivery | None:
    if order is None or order.kind is not OrderKind.RECEIPT or order.need_by is None or came.last is None:
        return None
    announced = next((each for each in order.lines if each.line == line), None)
    supplier = order.supplier or came.supplier
    if announced is None or not supplier:
        return None
    return Delivery(
        supplier=supplier,
        item=announced.item,
        asked_on=None,
        due_on=order.need_by.date(),
        received_on=came.last.date(),
        asked=announced.quantity,
        received=came.received,
        rejected=came.rejected,
    )


def by_item(found: Iterable[Delivery]) -> dict[tuple[str, str], tuple[Delivery, ...]]:
    """By supplier and item."""
    sums: dict[tuple[str, str], list[Delivery]] = {}
    for each in found:
        sums.setdefault((each.supplier, each.item), []).append(each)
    return {key: tuple(sums[key]) for key in sorted(sums)}
