"""What is written of received goods, and of a compartment that is divided for them, on a reader thread."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from db.errors import ORDER_ENDED, SERIAL_TAKEN, Kind, StoreError
from db.records.files import Imported
from db.records.printing import LabelQueued
from db.records.record import Record
from station.core.effects import Divide, Receive
from station.core.inputs import Input
from station.flows.divide import Divided
from station.flows.receipt_state import FindPhoto, KeepPhoto, PhotoFound, PhotoKept, ReceiptBooked
from station.printing.rules import PERSON, new_job
from station.receipt_photos import Photos
from station.receiving import receiving_tray
from station.values import EventRow, Order, Tray

logger = logging.getLogger(__name__)

STORE_TIMEOUT_S = 60.0
NO_STORE = "D402"
CHANGED = (ORDER_ENDED, SERIAL_TAKEN)  # somebody was quicker: the person is told, and says it anew


class ReceiptStore(Protocol):
    """What receipts need of the store."""

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def import_trays(self, trays: Sequence[Tray], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]: ...

    def append(
        self, records: Sequence[Record], *, operator: str = "", role: str = "", planned: Sequence[Order] = ()
    ) -> Future[tuple[EventRow, ...]]: ...


def receive(store: ReceiptStore | None, asked: Receive, *, station: str, quarantine: str) -> ReceiptBooked:
    """Write one step of a receipt; the code of a store that refuses it. Raises what is a bug."""
    if store is None:
        return ReceiptBooked(NO_STORE)
    try:
        _know_places(store, receiving_tray(station, quarantine))
        done = store.append(asked.records, operator=asked.operator, role=asked.role, planned=asked.planned)
        rows = done.result(STORE_TIMEOUT_S)
    except StoreError as error:
        if error.kind is Kind.BUG:
            raise
        level = logging.INFO if error.code in CHANGED else logging.WARNING
        logger.log(level, "a receipt was not written: %s", error)
        return ReceiptBooked(error.code, error.about)
    return ReceiptBooked(rows=rows)


def _know_places(store: ReceiptStore, tray: Tray) -> None:
    """The receiving place is a place of the site like any other before anything lies there."""
    known = store.tray(tray.machine, tray.number)
    if known is not None and {each.label for each in known.compartments} >= {each.label for each in tray.compartments}:
        return
    sha256 = hashlib.sha256(repr(tray).encode()).hexdigest()
    record = Imported(what="tray", file=tray.machine, sha256=sha256, rows=len(tray.compartments), rejected=0)
    store.import_trays((tray,), record).result(STORE_TIMEOUT_S)


def photo(photos: Photos | None, asked: FindPhoto | KeepPhoto) -> Input:
    """The newest photo, or the one that is to be attached."""
    match asked:
        case FindPhoto():
            return photos.newest() if photos is not None else PhotoFound("")
        case KeepPhoto(file):
            return photos.keep(file) if photos is not None else PhotoKept(file)


class LayoutStore(Protocol):
    """What a new layout needs of the store."""

    def divide(
        self, before: Tray, after: Tray, records: Sequence[Record], *, label: str, operator: str = "", role: str = ""
    ) -> Future[str]: ...


class LabelQueue(Protocol):
    """A printer as far as it is asked for a label."""

    name: str
    kind: str

    def wake(self) -> None: ...


def divide(store: LayoutStore | None, asked: Divide, printers: Sequence[LabelQueue]) -> Divided:
    """Take the new layout over and ask every label printer for the new label, in one transaction. Raises what is a bug."""
    tray, record = asked.wish.after.number, asked.wish.record
    if store is None:
        return Divided(tray, NO_STORE)
    label_printers = [each for each in printers if each.kind == "zpl"]
    about = {"of_machine": record.machine, "of_tray": record.tray, "of_compartment": record.new}
    labels = [
        LabelQueued(job=new_job(), printer=each.name, label="compartment", cause=PERSON, **about)  # type: ignore[arg-type]
        for each in label_printers
    ]
    wish, by = asked.wish, {"operator": asked.operator, "role": asked.role}
    try:
        why = store.divide(wish.before, wish.after, (record, *labels), label=record.compartment, **by).result(STORE_TIMEOUT_S)
    except StoreError as error:
        if error.kind is Kind.BUG:
            raise
        logger.warning("a new layout was not written: %s", error)
        return Divided(tray, error.code)
    for each in label_printers:
        each.wake()
    return Divided(tray, why)
