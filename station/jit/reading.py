"""Reads from the store what just-in-time figures are made from. Blocking, and some of it long: never on the event loop."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from station.figures.bay import RECORDS
from station.jit.deliveries import FEWEST, RECEIVED, by_item, deliveries
from station.jit.desk import BUFFER_SET, DeskFacts, marks_of
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.history import series_of
from station.jit.source import Source
from station.jit.suppliers import Delivery, performance
from station.jit_settings import JitSettings
from station.pull.told import MINUTES_A_DAY, internal_ratio
from station.values import Demand, EventFact, Item, Order, Outage, PullLoop, PullSignal, Stock, StockChange, StockStatus

COUNTS = 2000  # the newest, of which the accuracy of the inventory is told
WORKED_DAYS = 28  # of which the bay's capacity is told


EVER = datetime(1970, 1, 1, tzinfo=UTC)


class JitReader(Protocol):
    """The part of the store that is asked."""

    def items(self) -> tuple[Item, ...]: ...

    def demand(self, *, first: date, days: int) -> Demand: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def counts_lately(self, most: int) -> tuple[tuple[int, int], ...]: ...

    def signals_since(self, since: datetime) -> tuple[PullSignal, ...]: ...

    def stock_changes(self, *, days: int, today: date) -> tuple[StockChange, ...]: ...

    def loops(self) -> tuple[PullLoop, ...]: ...

    def open_orders(self) -> tuple[Order, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def machines(self) -> tuple[str, ...]: ...

    def outages(self, machine: str) -> tuple[Outage, ...]: ...

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...


def source_of(
    reader: JitReader, settings: JitSettings, *, now: datetime, period_days: float | None = None, stock_days: int = 0
) -> Source:
    """The demand up to yesterday with what is known of its items, and of the store's stock its changes of so many days."""
    days_each = max(1, round(period_days or settings.period_days))
    periods = max(1, settings.history_days // days_each)
    first = now.date() - timedelta(days=periods * days_each)  # today is not over
    since = datetime.combine(first, time(), UTC)
    items = reader.items()
    demand = reader.demand(first=first, days=periods * days_each)
    signals = reader.signals_since(since)
    delivered = deliveries_of(reader, signals, since=since, now=now)
    return Source(
        series=series_of(demand, {each.code: each.decimals for each in items}, period_days=days_each, periods=periods),
        facts=own_facts(items, reader.stock(), reader.loops(), delivered),
        given=assumptions_of(settings),
        period_days=float(days_each),
        undated=demand.undated,
        counted=reader.counts_lately(COUNTS),
        internal=internal_ratio(signals),
        changes=reader.stock_changes(days=stock_days, today=now.date()) if stock_days else (),
        deliveries=delivered,
        worked=reader.facts(kinds=RECORDS, first=now - timedelta(days=WORKED_DAYS), until=now),
    )


def desk_facts(reader: JitReader, settings: JitSettings, *, now: datetime, with_orders: bool = True) -> DeskFacts:
    """What the buffers of loops, and exposure, need beside the source. Only exposure needs the orders, which may be very many."""
    return DeskFacts(
        loops=reader.loops(),
        signals=reader.signals_since(now - timedelta(days=settings.history_days)),
        marks=marks_of(reader.facts(kinds=(BUFFER_SET,), first=EVER, until=now + timedelta(seconds=1))),
        orders=reader.open_orders() if with_orders else (),
        items={each.code: each for each in reader.items()},
        outages=tuple(each for machine in reader.machines() for each in reader.outages(machine)),
    )


def deliveries_of(reader: JitReader, signals: Iterable[PullSignal], *, since: datetime, now: datetime) -> tuple[Delivery, ...]:
    """What suppliers delivered since then."""
    goods = reader.facts(kinds=(RECEIVED,), first=since, until=now)
    names = dict.fromkeys(each.data["order"] for each in goods if each.data["order"])
    orders = {name: order for name in names if (order := reader.order(name)) is not None}
    return deliveries(signals, orders, goods)


def own_facts(
    items: Sequence[Item], stock: Sequence[Stock], loops: Sequence[PullLoop], delivered: Sequence[Delivery]
) -> dict[str, ItemFacts]:
    """What the store knows of its items: value, free stock, today's rule and the agreed lead time of a supplier's loop, and from
    three deliveries on what his deliveries really took."""
    free: dict[str, int] = {}
    for each in stock:
        if each.key.status is StockStatus.FREE:
            free[each.key.item] = free.get(each.key.item, 0) + each.quantity
    agreed = {each.item: each for each in loops if each.is_active and each.supplier}
    measured: dict[str, list[tuple[str, tuple[Delivery, ...]]]] = {}
    for (supplier, item), rows in by_item(delivered).items():
        measured.setdefault(item, []).append((supplier, rows))
    return {
        each.code: _measured(_of_loop(_plain(each, free), agreed.get(each.code), each), measured.get(each.code, []))
        for each in items
    }


def _plain(item: Item, free: dict[str, int]) -> ItemFacts:
    return ItemFacts(
        item=item.code,
        unit_value=float(item.unit_value) if item.unit_value else None,
        on_hand=max(0, free.get(item.code, 0)) / 10**item.decimals,
    )


def _of_loop(facts: ItemFacts, loop: PullLoop | None, item: Item) -> ItemFacts:
    if loop is None:
        return facts
    scale = 10**item.decimals
    is_watched = loop.trigger_at is not None
    return replace(
        facts,
        supplier=loop.supplier,
        lead_time_days=loop.lead_time_min / MINUTES_A_DAY if loop.lead_time_min else None,
        minimum=(loop.trigger_at or 0) / scale if is_watched else None,
        maximum=loop.up_to / scale if is_watched else loop.cards * loop.container / scale,
    )


def _measured(facts: ItemFacts, rows: list[tuple[str, tuple[Delivery, ...]]]) -> ItemFacts:
    """With what the deliveries say; of several suppliers the one of the loop, or who delivered most."""
    own = [each for each in rows if each[0] == facts.supplier] or sorted(rows, key=lambda each: -len(each[1]))[:1]
    if not own or len(own[0][1]) < FEWEST:
        return facts
    supplier, found = own[0]
    done = performance(found)
    return replace(
        facts,
        supplier=supplier,
        otif=done.otif,
        lead_time_days=facts.lead_time_days if done.lead_time_days is None else done.lead_time_days,
        lead_time_sd_days=done.lead_time_sd_days,
    )
