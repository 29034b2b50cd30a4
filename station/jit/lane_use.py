"""What a lane carries, from the store: what lies behind it, who is served over it, what is under way and what consumers hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.jit.exposed import in_days
from station.jit.exposure import Asked
from station.jit.facts import ItemFacts
from station.jit.lanes import BETWEEN, Closed, Held, Lane
from station.jit.loop_buffers import size_of
from station.values import Order, OrderKind, PullLoop, PullSignal, Stock, StockStatus

UNDER_WAY = ("picked", "handed_over")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneUse:
    """What is read beside the source. `machines` are all places with trays, also without stock."""

    orders: tuple[Order, ...] = ()
    stock: tuple[Stock, ...] = ()
    loops: tuple[PullLoop, ...] = ()
    signals: tuple[PullSignal, ...] = ()
    machines: tuple[str, ...] = ()

    @property
    def consumers(self) -> frozenset[str]:
        asked = {each.destination for each in self.orders if each.kind is OrderKind.PICK}
        inside = {each.consumer for each in self.loops if not each.supplier}
        called = {each.consumer for each in self.signals if not each.supplier}
        return frozenset(asked | inside | called) - {""}


def closed_of(lane: Lane, use: LaneUse, facts: Mapping[str, ItemFacts], scales: Mapping[str, int], days: float | None) -> Closed:
    """The lane with all that it carries."""
    behind: dict[str, float] = {}
    for each in use.stock:
        if each.key.status is StockStatus.FREE and (not lane.source or each.place.machine == lane.source):
            behind[each.key.item] = behind.get(each.key.item, 0.0) + each.quantity / scales.get(each.key.item, 1)
    is_supplier = bool(lane.source) and lane.source in _suppliers(use, facts)
    return Closed(
        lane=lane,
        days=days,
        behind={} if is_supplier or lane.name else behind,
        suppliers=frozenset({lane.source}) if is_supplier else frozenset(),
    )


def known_lanes(use: LaneUse, facts: Mapping[str, ItemFacts]) -> tuple[str, ...]:
    """The lanes that there are: named ones, those of suppliers, and those of machines and consumers."""
    names = sorted({each.lane for each in facts.values() if each.lane})
    inside = [f"{machine}{BETWEEN}{consumer}" for machine in sorted(use.machines) for consumer in sorted(use.consumers)]
    return (*names, *(f"{each}{BETWEEN}" for each in sorted(_suppliers(use, facts))), *inside)


def is_known(lane: Lane, use: LaneUse, facts: Mapping[str, ItemFacts]) -> bool:
    """Whether anything runs on it."""
    if lane.name:
        return any(each.lane == lane.name for each in facts.values())
    is_source = not lane.source or lane.source in _suppliers(use, facts) or lane.source in use.machines
    return is_source and (not lane.consumer or lane.consumer in use.consumers) and bool(lane.source or lane.consumer)


def under_way(signals: Iterable[PullSignal], scales: Mapping[str, int], now: datetime) -> tuple[Asked, ...]:
    """What is picked and has not arrived."""
    return tuple(
        Asked(
            order=each.order or each.signal,
            line="",
            item=each.item,
            quantity=(each.done or each.quantity) / scales.get(each.item, 1),
            in_days=in_days(each.need_by, now),
            consumer=each.consumer,
            is_under_way=True,
        )
        for each in signals
        if each.is_open and not each.supplier and each.state in UNDER_WAY
    )


def held_of(loops: Iterable[PullLoop], signals: Sequence[PullSignal], scales: Mapping[str, int]) -> tuple[Held, ...]:
    """What consumers hold by their cards: what is not asked for anew."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for each in loops:
        if each.is_active and not each.supplier and each.use_per_day:
            asked = sum(signal.quantity for signal in signals if signal.is_open and signal.loop == each.loop)
            size, use = found.get((each.consumer, each.item), (0, 0))
            found[each.consumer, each.item] = size + max(0, size_of(each) - asked), use + each.use_per_day
    return tuple(
        Held(
            consumer=consumer,
            item=item,
            on_hand=size / scales.get(item, 1),
            use_per_day=use / scales.get(item, 1),
        )
        for (consumer, item), (size, use) in found.items()
    )


def _suppliers(use: LaneUse, facts: Mapping[str, ItemFacts]) -> set[str]:
    announced = {each.supplier for each in use.orders if each.kind is OrderKind.RECEIPT}
    return ({each.supplier for each in facts.values()} | announced | {each.supplier for each in use.loops}) - {""}
