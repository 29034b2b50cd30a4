"""Reads from the store what just-in-time has brought. Blocking and long: never on the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from station.jit.brought import LOT_HELD, PICKED, RECEIVED, Brought, Held, Space, brought_of, space_of
from station.jit.desk import BUFFER_SET
from station.jit.facts import assumptions_of
from station.jit.reading import EVER, JitReader, own_facts
from station.jit.stock_days import by_item
from station.jit_settings import JitSettings
from station.values import Item, Stock, StockChange, StockStatus, Tray


class BroughtReader(JitReader, Protocol):
    """The part of the store that is asked."""

    def trays(self, machine: str) -> tuple[Tray, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of how many days, parted at which day (None: when the first buffer was applied at the bay, else in the middle)."""

    days: int
    since: date | None
    idle_days: int


def read_brought(
    reader: BroughtReader, settings: JitSettings, asked: Asked, *, now: datetime
) -> tuple[Brought, tuple[Space, ...]]:
    """What was brought, and how full the machines are now."""
    today, stock = now.date(), reader.stock()
    first = now - timedelta(days=asked.days)
    found = brought_of(
        held_of(reader, stock, days=asked.days, today=today),
        reader.facts(kinds=(RECEIVED, LOT_HELD, PICKED), first=first, until=now + timedelta(seconds=1)),
        cost=assumptions_of(settings).cost,
        days=asked.days,
        since=asked.since or _applied(reader, first=first, now=now) or today - timedelta(days=asked.days // 2),
        today=today,
        idle_days=asked.idle_days,
    )
    used = [(each.place.machine, each.place.tray, each.place.compartment) for each in stock if each.quantity > 0]
    spaces = [
        space_of(machine, reader.trays(machine), ((tray, cell) for name, tray, cell in used if name == machine))
        for machine in reader.machines()
    ]
    return found, tuple(spaces)


def held_of(reader: BroughtReader, stock: Sequence[Stock], *, days: int, today: date) -> tuple[Held, ...]:
    """Every item of which the value is known, with its free stock and how that changed."""
    free: dict[str, int] = {}
    for each in stock:
        if each.key.status is StockStatus.FREE:
            free[each.key.item] = free.get(each.key.item, 0) + each.quantity
    items, changes = reader.items(), by_item(reader.stock_changes(days=days, today=today))
    facts = own_facts(items, stock, reader.loops(), ())
    return tuple(
        _held(each, max(0, free.get(each.code, 0)), facts[each.code].maximum, changes.get(each.code, ()), days)
        for each in items
        if each.unit_value and (free.get(each.code) or each.code in changes)
    )


def _held(item: Item, now: int, maximum: float | None, changes: Sequence[StockChange], days: int) -> Held:
    scale = 10**item.decimals
    moved = tuple(changes)
    return Held(
        item=item.code,
        now=now,
        changes=moved,
        unit_value_minor=item.unit_value / scale,
        top=None if maximum is None else round(maximum * scale),
        use_per_day=sum(-each.delta for each in moved if each.delta < 0) / days,
    )


def _applied(reader: BroughtReader, *, first: datetime, now: datetime) -> date | None:
    """The day on which a buffer was applied for the first time, where it lies in these days."""
    marks = [each.at for each in reader.facts(kinds=(BUFFER_SET,), first=EVER, until=now + timedelta(seconds=1))]
    return min(marks).date() if marks and min(marks) > first else None
