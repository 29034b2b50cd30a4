"""What a label says when it is its turn: read from the store then, so that names and shorts are those of the moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from station.flows.other_task import DAMAGED_HELD
from station.labels.values import (
    ButtonLabel,
    CompartmentLabel,
    ItemLabel,
    KanbanLabel,
    Label,
    PackingSlip,
    Printed,
    SlipLine,
    ToteLabel,
    TrayLabel,
)
from station.receiving import is_only_booked
from station.record_reader import RecordReader
from station.undone import standing
from station.values import EventRow, Item, LineState, Order, OrderLine, Place, PrintJob, Tray

MOVED = ("picked", "put")


class LabelFacts(RecordReader, Protocol):
    """What labels need of the store (`db.library.Library`)."""

    def item(self, code: str) -> Item | None: ...

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def order(self, order: str) -> Order | None: ...


@dataclass(frozen=True, slots=True)
class LabelReading:
    """Blocks for some reads. `utc` is the moment that stands on a slip."""

    facts: LabelFacts
    utc: Callable[[], datetime]

    def labels_of(self, job: PrintJob) -> tuple[Printed, ...] | None:
        """The labels of a job, () where there is nothing to print; None where what it is about is not known here. Raises
        StoreError."""
        found = self._labels(job)
        return None if found is None else tuple(Printed(label=each, copy=job.copy) for each in found)

    def _labels(self, job: PrintJob) -> tuple[Label, ...] | None:
        about = job.about
        match job.label:
            case "compartment" if about.tray is not None:
                return (CompartmentLabel(place=Place(about.machine, about.tray, about.compartment)),)
            case "tray" if about.tray is not None:
                tray = self.facts.tray(about.machine, about.tray)
                return (TrayLabel(machine=about.machine, tray=about.tray, name=tray.name if tray else ""),)
            case "tote":
                return self._tote(job)
            case "kanban":
                return (self._kanban(job),)
            case "item" if about.visit and about.tray is not None:
                return self._items_of_visit(about.machine, about.tray, about.visit)
            case "item":
                return (self._item(job),)
            case "button":
                return (ButtonLabel(word=about.word),)
            case "packing_slip":
                slip = self._slip(about.order)
                return None if slip is None else (slip,)
            case _:
                return None

    def _tote(self, job: PrintJob) -> tuple[Label, ...] | None:
        """Of an order its destination is the tote; without one the tote bears the order's name."""
        if job.about.tote:
            return (ToteLabel(tote=job.about.tote, order=job.about.order),)
        order = self.facts.order(job.about.order)
        if order is None:
            return None
        return (ToteLabel(tote=order.destination or order.order, order=order.order, destination=order.destination),)

    def _kanban(self, job: PrintJob) -> KanbanLabel:
        about = job.about
        item = self.facts.item(about.item)
        return KanbanLabel(card=about.card, item_code=about.item, item=item, quantity=about.quantity or 0)

    def _item(self, job: PrintJob) -> ItemLabel:
        about = job.about
        place = Place(about.machine, about.tray, about.compartment) if about.tray is not None and about.compartment else None
        return ItemLabel(
            item_code=about.item,
            item=self.facts.item(about.item),
            lot=about.lot,
            serial=about.serial,
            quantity=about.quantity,
            order=about.order,
            place=place,
            at=job.queued_at,
        )

    def _items_of_visit(self, machine: str, tray: int, visit: int) -> tuple[Label, ...]:
        """One for each thing that left the tray, or came, in its visit."""
        rows = self.facts.events(kinds=MOVED, machine=machine, tray=tray, limit=None)
        told = [(data_of(row), row.at) for row in standing(rows)]
        return tuple(self._moved(data, at) for data, at in told if data["visit"] == visit and not lies_where_it_lay(data))

    def _moved(self, data: Any, at: datetime) -> ItemLabel:
        order = self.facts.order(data["order"]) if data["order"] else None
        return ItemLabel(
            item_code=data["item"],
            item=self.facts.item(data["item"]),
            lot=data["lot"],
            serial=data["serial"],
            quantity=data["quantity"],
            order=data["order"],
            destination=order.destination if order is not None else "",
            at=at,
        )

    def _slip(self, name: str) -> PackingSlip | None:
        order = self.facts.order(name)
        if order is None:
            return None
        moved: dict[str, dict[str, int]] = {}
        for row in standing(self.facts.events(kinds=("picked", "line_closed"), order=name, limit=None)):
            if row.kind == "line_closed":
                continue
            data = data_of(row)
            lots = moved.setdefault(data["line"], {})
            named = data["lot"] or data["serial"]
            lots[named] = lots.get(named, 0) + data["quantity"]
        own = [each for each in order.lines if each.state is not LineState.MOVED]  # the slip of the other order has those
        lines = tuple(self._slip_line(each, moved.get(each.line, {})) for each in own)
        return PackingSlip(order=order.order, destination=order.destination, lines=lines, at=self.utc(), host_key=order.host_key)

    def _slip_line(self, line: OrderLine, lots: dict[str, int]) -> SlipLine:
        is_gone = line.state is LineState.CANCELLED and not line.reason
        return SlipLine(
            line=line.line,
            item_code=line.item,
            item=self.facts.item(line.item),
            asked=line.quantity,
            done=line.done_quantity,
            state=line.state.value,
            reason="cancelled" if is_gone else line.reason,
            lots=tuple(sorted(lots.items())),
        )


def lies_where_it_lay(data: Any) -> bool:
    """Whether a movement changed the status alone: what is on the goods holds."""
    return is_only_booked(data["machine"], data["reason"]) or data["reason"] == DAMAGED_HELD


def data_of(row: EventRow) -> Any:
    """The facts of an event."""
    return json.loads(row.body)["data"]
