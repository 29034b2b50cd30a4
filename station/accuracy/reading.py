"""Accuracy, the places that nobody counted this year, and the value of the stock at a moment, as the record has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.accuracy.counts import RECORDS, SeenCount, Source, counts_of
from station.accuracy.share import Accuracy, Compared, judged
from station.values import EventFact, HeldAt, Item, Place, Stock


class ItemStore(Protocol):
    """What is asked of the store to say what goods are worth."""

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...


class AccuracyStore(ItemStore, Protocol):
    """What is asked of the store."""

    def facts(self, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def machines(self) -> tuple[str, ...]: ...

    def held_at(self, machine: str, at: datetime) -> tuple[HeldAt, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """A place with stock that was not counted in the year, and when it was last, None for never in the record's stock."""

    place: Place
    items: tuple[str, ...]
    counted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What lay of an item in all machines at a moment, and what it was worth then at today's value of a piece."""

    item: str
    quantity: int
    value: int
    places: int


def read_accuracy(
    store: AccuracyStore, *, first: datetime, until: datetime, tolerance: float
) -> tuple[tuple[str, Source, Accuracy], ...]:
    """By month (like "2026-11", local time) and source, the oldest first; then of the whole time as ""."""
    return by_month(store, counts_of(store.facts(kinds=RECORDS, first=first, until=until)), tolerance=tolerance)


def by_month(
    store: ItemStore, counts: Sequence[SeenCount], *, tolerance: float = 0.0
) -> tuple[tuple[str, Source, Accuracy], ...]:
    """These counts by month (local time) and source, the oldest first; then all of them as ""."""
    values = _values(store, {each.item for each in counts})
    months: defaultdict[tuple[str, Source], list[Compared]] = defaultdict(list)
    for each in counts:
        compared = Compared(book=each.book, counted=each.counted, value=values.get(each.item, 0.0))
        months[each.at.astimezone().strftime("%Y-%m"), each.source].append(compared)
        months["", each.source].append(compared)
    ordered = sorted(months, key=lambda key: (not key[0], key[0], list(Source).index(key[1])))
    return tuple((*key, judged(months[key], tolerance=tolerance)) for key in ordered)


def read_uncounted(store: AccuracyStore, *, since: datetime, now: datetime) -> tuple[tuple[Uncounted, ...], int]:
    """The places with stock that no count reached since then, by place; and how many places have stock."""
    counted = {_place(each) for each in counts_of(store.facts(kinds=RECORDS, first=since, until=now))}
    stock: defaultdict[Place, list[Stock]] = defaultdict(list)
    for each in store.stock():
        stock[each.place].append(each)
    missing = [
        Uncounted(
            place=place,
            items=tuple(sorted({each.key.item for each in lying})),
            counted_at=max((each.counted_at for each in lying if each.counted_at is not None), default=None),
        )
        for place, lying in stock.items()
        if (place.machine, place.tray, place.compartment) not in counted
    ]
    return tuple(sorted(missing, key=lambda each: (each.place.machine, each.place.tray, each.place.compartment))), len(stock)


def read_worth(store: AccuracyStore, *, at: datetime) -> tuple[Worth, ...]:
    """Every item that lay anywhere at that moment, the dearest first."""
    held: defaultdict[str, list[HeldAt]] = defaultdict(list)
    for machine in store.machines():
        for each in store.held_at(machine, at):
            held[each.item].append(each)
    values = _values(store, held)
    found = [_worth(item, lying, values.get(item, 0.0)) for item, lying in held.items()]
    return tuple(sorted(found, key=lambda each: (-each.value, each.item)))


def _worth(item: str, lying: Sequence[HeldAt], value: float) -> Worth:
    quantity = sum(each.quantity for each in lying)
    places = len({(each.tray, each.compartment) for each in lying})
    return Worth(item=item, quantity=quantity, value=round(quantity * value), places=places)


def _values(store: ItemStore, codes: Iterable[str]) -> Mapping[str, float]:
    """Of the smallest unit of each item, in minor units of money; 0 where it is not known."""
    return {each.code: each.unit_value / 10**each.decimals for each in store.items_named(set(codes))}


def _place(count: SeenCount) -> tuple[str, int, str]:
    return count.cell[:3]
