"""What becomes of the open work when a tray or a bay goes out of service: pure, from the stock as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station.allocation import OutOfService, StockByItem, allocate
from station.flows.lines import OUT_OF_SERVICE
from station.values import Item, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageWork:
    """Open lines that would wait until it is back in service, and those that would be planned from other homes."""

    waits: int
    elsewhere: int = 0


def work_of_tray(
    orders: Sequence[Order],
    *,
    items: Mapping[str, Item],
    stock: StockByItem,
    out_of_service: OutOfService,
    machine: str,
    tray: int,
) -> OutageWork:
    """The lines whose tasks are on this tray now. Each order is looked at as if it were the next one started, as on the work
    list."""
    carrier = (machine, tray)
    without = {**out_of_service, carrier: OUT_OF_SERVICE}
    waits = elsewhere = 0
    for order in orders:
        now = allocate([order], items=items, stock=stock, promised={}, out_of_service=out_of_service)
        touched = {task.line for task in now.tasks if (task.place.machine, task.place.tray) == carrier}
        if not touched:
            continue
        then = allocate([order], items=items, stock=stock, promised={}, out_of_service=without)
        waiting = touched & {each.line for each in then.missing if each.reason == OUT_OF_SERVICE}
        waits += len(waiting)
        elsewhere += len(touched - waiting)
    return OutageWork(waits=waits, elsewhere=elsewhere)


def work_of_bay(
    orders: Sequence[Order], *, items: Mapping[str, Item], stock: StockByItem, out_of_service: OutOfService
) -> OutageWork:
    """Every line that could be worked at this bay now."""
    lines = 0
    for order in orders:
        now = allocate([order], items=items, stock=stock, promised={}, out_of_service=out_of_service)
        lines += len({task.line for task in now.tasks} | {line.line for line in now.unplaced})
    return OutageWork(waits=lines)
