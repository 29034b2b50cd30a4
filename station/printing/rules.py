"""Which labels follow from what is being written: at receipt, and at the end of a tray, a tote or an order. Pure but for the
memory of which trays were worked at. After a start it comes from the log (`recall`).

The label is asked for in the same transaction as what it follows from, so that none is lost and none is doubled; that it is also
printed is the business of its queue, which nothing at the bay waits for.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.records.machine import MotionIntended
from db.records.orders import OrderClosed
from db.records.printing import LabelQueued
from db.records.record import Record
from db.records.stock import Moved, Picked, Put
from db.records.taken import GivenBack
from db.records.totes import ToteClosed
from db.records.undo import PutBack
from station.flows.other_task import DAMAGED_HELD
from station.print_settings import PrinterSettings
from station.receiving import is_only_booked

TRAY_END, TOTE_END, ORDER_END, RECEIPT, PERSON = "tray_end", "tote_end", "order_end", "receipt", "person"
Tray = tuple[str, int]


def _is_receipt(put: Put) -> bool:
    """What only went from one place, or one status, to another has its label already."""
    return not isinstance(put, GivenBack) and put.reason != DAMAGED_HELD


def new_job() -> str:
    """A name that no other job has."""
    return uuid.uuid4().hex


@dataclass(slots=True)
class PrintRules:
    """The rules of all printers of a station. Used by whoever writes to the store, one at a time."""

    printers: Sequence[PrinterSettings]
    job: Callable[[], str] = new_job
    _worked: dict[Tray, int] = field(default_factory=dict)  # the visit in which something moved

    def recall(self, machine: str, tray: int, visit: int) -> None:
        """Something moved in this visit of the tray that is at the bay, before the program was started."""
        self._worked[machine, tray] = visit

    def follow(self, records: Sequence[Record]) -> tuple[LabelQueued, ...]:
        """The labels to be asked for with these records."""
        in_totes = {record.order for record in records if isinstance(record, ToteClosed)}
        return tuple(label for record in records for label in self._of(record, in_totes))

    def _of(self, record: Record, in_totes: Collection[str]) -> tuple[LabelQueued, ...]:
        match record:
            case Picked() | Put() if is_only_booked(record.machine, record.reason):
                return ()
            case PutBack():
                return ()  # nothing came in
            case Picked() | Put():
                self._worked[record.machine, record.tray] = record.visit
                return self._receipt(record) if isinstance(record, Put) and _is_receipt(record) else ()
            case ToteClosed(order=order, tote=tote):
                return self._all(TOTE_END, of_order=order, of_tote=tote)
            case OrderClosed(order=order):  # without a tote of its own the order's destination is one
                destination = () if order in in_totes else self._all(TOTE_END, of_order=order)
                return (*self._all(ORDER_END, of_order=order), *destination)
            case MotionIntended(verb="fetch" | "store"):
                return self._tray_left(record)
            case _:
                return ()

    def _receipt(self, put: Moved) -> tuple[LabelQueued, ...]:
        about: dict[str, Any] = {"of_machine": put.machine, "of_tray": put.tray, "of_compartment": put.compartment}
        about |= {"of_order": put.order, "of_item": put.item, "of_lot": put.lot, "of_serial": put.serial}
        return self._all(RECEIPT, **about, of_quantity=getattr(put, "quantity", None))

    def _tray_left(self, motion: MotionIntended) -> tuple[LabelQueued, ...]:
        """A tray goes back by its own name, or because another one is called to its place."""
        gone = [key for key in self._worked if key[0] == motion.machine and (motion.verb == "store") == (key[1] == motion.tray)]
        labels: list[LabelQueued] = []
        for machine, tray in gone:
            visit = self._worked.pop((machine, tray))
            for printer in self.printers:
                if printer.tray_end:
                    of_visit = visit if printer.tray_end == "item" else 0
                    about: dict[str, Any] = {"of_machine": machine, "of_tray": tray, "of_visit": of_visit}
                    labels.append(self._one(printer.name, printer.tray_end, TRAY_END, about))
        return tuple(labels)

    def _all(self, rule: str, **about: Any) -> tuple[LabelQueued, ...]:
        asked = ((printer.name, getattr(printer, rule)) for printer in self.printers)
        return tuple(self._one(name, label, rule, about) for name, label in asked if label)

    def _one(self, printer: str, label: str, cause: str, about: dict[str, Any]) -> LabelQueued:
        return LabelQueued(job=self.job(), printer=printer, label=label, cause=cause, **about)
