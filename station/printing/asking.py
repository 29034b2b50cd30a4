"""Labels that a command line asks for: put into the queue of a printer, which the station empties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import fields
from typing import Any, Protocol

from db.projections.printing import PREFIX
from db.records.printing import LabelQueued
from db.records.record import Record
from station.printing.rules import PERSON, new_job
from station.values import EventRow, LabelAbout

LABELS = ("compartment", "tray", "tote", "kanban", "item", "button", "packing_slip")
STORE_S = 30.0
MOST = 2000
_KINDS = {each.name: int if "int" in str(each.type) else str for each in fields(LabelAbout)}


class PrintAskStore(Protocol):
    """What is needed of the store."""

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


def ask_prints(store: PrintAskStore, printer: str, jobs: Sequence[Any]) -> tuple[str, ...]:
    """The names of the jobs. Each is a mapping with `label` and what of `LabelAbout` it needs. Raises ValueError, and then
    nothing is asked for; StoreError."""
    if len(jobs) > MOST:
        raise ValueError(f"{len(jobs)} labels, at most {MOST} at once")
    records = tuple(_queued(printer, each) for each in jobs)
    store.append(records).result(STORE_S)
    return tuple(each.job for each in records)


def _queued(printer: str, asked: Any) -> LabelQueued:
    if not isinstance(asked, Mapping) or asked.get("label") not in LABELS:
        raise ValueError(f"no label: {asked!r}"[:200])
    about: dict[str, Any] = {}
    for name, value in asked.items():
        if name == "label":
            continue
        if name not in _KINDS or not isinstance(value, _KINDS[name]) or isinstance(value, bool):
            raise ValueError(f"{name} is {value!r}"[:200])
        about[PREFIX + name] = value
    return LabelQueued(job=new_job(), printer=printer, label=str(asked["label"]), cause=PERSON, **about)
