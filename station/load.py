"""Loads on their way in or out: what is said of one, its task, its place, and how many may wait for one consumer. Pure.

Work in progress and finished orders share the trays with stock, and nothing else: no order asks for a load, and a compartment
that holds one takes no stock. The ceiling is the WIP limit of a pull loop (Hopp and Spearman, Factory Physics, CONWIP): at it,
nothing more goes in for that consumer until something is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from station.load_plan import LoadPlan
from station.task import Mode, Task
from station.tray_order import position_key
from station.values import Item, Load, Place, Stock, StockKey, Tray

_ORDER_OPERATION = re.compile(r"[/\s]+")
SOON_S = 1800  # a load is due so long before its planned time at the latest


def plan_of(load: Load) -> LoadPlan:
    """What was said of a load when it went in."""
    return LoadPlan(
        load=load.load,
        production_order=load.production_order,
        operation=load.operation,
        consumer=load.consumer,
        take_at=load.take_at,
        put_at=load.put_at,
    )


def load_task(plan: LoadPlan, place: Place, mode: Mode) -> Task:
    """One scan in, one scan out: a task of one piece whose code is the load's own."""
    return Task(
        mode=mode,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=Item(code=plan.load, name=plan.title, unit=""),
        key=StockKey(item=plan.load),
        place=place,
        quantity=1,
        line_asked=1,
        destination=plan.consumer,
        load=plan,
    )


def waiting_for(consumer: str, loads: Sequence[Load]) -> int:
    """How many loads wait for this consumer."""
    return sum(each.consumer == consumer for each in loads)


def is_at_ceiling(consumer: str, loads: Sequence[Load], ceilings: Mapping[str, int]) -> bool:
    """Whether nothing more may go in for this consumer. Without a ceiling of its own it has none."""
    return consumer in ceilings and waiting_for(consumer, loads) >= ceilings[consumer]


def loads_of(text: str, loads: Sequence[Load]) -> tuple[Load, ...]:
    """The loads of a production order, or of one of its operations: "FA-1", "FA-1/20" or "FA-1 20"."""
    named = tuple(_ORDER_OPERATION.sub(" ", text).split())
    return tuple(
        each
        for each in loads
        if each.production_order and (text == each.production_order or named == (each.production_order, each.operation))
    )


def is_late(load: Load, now: datetime) -> bool:
    """Whether its consumer should have it already."""
    return load.take_at is not None and load.take_at < now


def is_due(load: Load, now: datetime) -> bool:
    """Whether it is to be taken about now."""
    return load.take_at is not None and load.take_at <= now + timedelta(seconds=SOON_S)


def propose_load_place(
    consumer: str,
    *,
    trays: Sequence[Tray],
    stock: Sequence[Stock],
    loads: Sequence[Load],
    exclude: Collection[Place] = (),
    tray_at_bay: int | None = None,
) -> Place | None:
    """The best empty compartment: on the tray at the bay, else on one that holds loads of the same consumer (they leave in one
    visit), else on any that holds loads, the largest compartment first. None when no compartment is empty."""
    taken = {each.place for each in stock if each.quantity != 0} | {each.place for each in loads} | set(exclude)
    same = {(each.place.machine, each.place.tray) for each in loads if each.consumer == consumer}
    any_load = {(each.place.machine, each.place.tray) for each in loads}
    by_number = {(tray.machine, tray.number): tray for tray in trays}
    free = [
        (Place(tray.machine, tray.number, each.label), each.width_mm * each.depth_mm)
        for tray in trays
        for each in tray.compartments
        if Place(tray.machine, tray.number, each.label) not in taken
    ]

    def rank(found: tuple[Place, int]) -> tuple[object, ...]:
        place, area_mm2 = found
        carrier = (place.machine, place.tray)
        return place.tray != tray_at_bay, carrier not in same, carrier not in any_load, -area_mm2, position_key(place, by_number)

    return min(free, key=rank)[0] if free else None
