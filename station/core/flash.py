"""What is flashed once a booking is durable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.loads import LoadMissed, LoadMoved, LoadPut
from db.records.orders import LineClosed
from db.records.receipts import LotHeld
from db.records.record import Record
from db.records.stock import Counted, CountHeld, Moved, Picked, Put
from station.flows.turn import Booked
from station.task import Task
from station.view.message import Level, Message


def flash_of(task: Task | None, records: Sequence[Record]) -> Message | None:
    """What will be flashed once the booking is durable: what is reported missing, else what was moved or counted at the task's
    compartment. A line that ends short is told before the tray leaves: nobody shall learn of it from the host."""
    short = [record for record in records if isinstance(record, LineClosed) and record.outcome == "short"]
    if short:
        return _short_flash(task, short)
    if task is not None and (held := next((each for each in records if isinstance(each, LotHeld)), None)) is not None:
        return Message("lot_is_held", Level.ACT, {"item": held.item, "lot": held.lot, "count": held.places})
    if task is not None and (load := next((each for each in records if isinstance(each, LoadMoved)), None)) is not None:
        return _load_flash(load)
    if task is None or not any(isinstance(record, Moved) for record in records):
        return None
    is_moved = any(isinstance(record, Picked | Put) for record in records)
    is_held = any(isinstance(record, CountHeld) for record in records)
    counted = "count_waits" if is_held else "booked_count" if _is_counted(records) else "booked_check"
    code = f"booked_{task.word}" if is_moved else counted
    return Message(code, Level.NOTE, {"item": task.item.code, "compartment": task.place.compartment})


def _load_flash(load: LoadMoved) -> Message:
    what = "missing" if isinstance(load, LoadMissed) else "in" if isinstance(load, LoadPut) else "out"
    return Message(f"booked_load_{what}", Level.NOTE, {"item": load.load, "compartment": load.compartment})


def named(flash: Message, booked: Booked) -> Message:
    """With the event that it tells of: two bookings of the same item in the same place are two."""
    return replace(flash, params={**flash.params, "event": booked.event})


def _is_counted(records: Sequence[Record]) -> bool:
    """A correction alone is no count: the book may have been right."""
    return any(isinstance(record, Counted) for record in records)


def _short_flash(task: Task | None, short: Sequence[LineClosed]) -> Message:
    """One line by its item and what is missing, several by their number."""
    if task is None or len(short) > 1:
        return Message("booked_shorts", Level.ACT, {"count": len(short)})
    missing = short[0].asked - short[0].done_quantity
    measure: dict[str, str | int] = {"missing": missing, "decimals": task.item.decimals, "unit": task.item.unit}
    return Message("booked_short", Level.ACT, {"item": task.item.code, **measure})
