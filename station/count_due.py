"""Trays that were moved without the station: marked, they are counted at their next visit. For command lines and screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from db.records.count_due import CountDue
from db.records.record import Record
from station.outages import STORE_TIMEOUT_S, OutageError, clean_reason
from station.values import CountAsked, EventRow, Stock

# Why something was done without the station. The record keeps the code, each screen says it in its language; a person who chooses
# "other" says it in his own words, and so does a command line.
LATE_REASONS = ("late_station_down", "late_power_cut", "late_network", "late_other")
OTHER = LATE_REASONS[-1]
FOUND = "found_at_bay"  # the machine reports a tray at the bay that nobody called here


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayToCount:
    """A tray with what is still to be counted on it: in how many compartments, why, and since when."""

    tray: int
    why: str
    since: datetime
    places: int


class CountDueStore(Protocol):
    """What is needed of the store."""

    def machines(self) -> tuple[str, ...]: ...

    def tray_numbers(self, machine: str) -> frozenset[int]: ...

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


def trays_to_count(asked: Iterable[CountAsked]) -> tuple[TrayToCount, ...]:
    """What is to be counted, tray by tray."""
    by_tray: dict[int, list[CountAsked]] = {}
    for each in asked:
        by_tray.setdefault(each.place.tray, []).append(each)
    return tuple(
        TrayToCount(
            tray=tray,
            why=max(due, key=lambda each: each.since).why,
            since=max(each.since for each in due),
            places=len({each.place.compartment for each in due}),
        )
        for tray, due in sorted(by_tray.items())
    )


def mark(store: CountDueStore, trays: Sequence[int], why: str, *, machine: str = "") -> dict[str, object]:
    """Mark these trays, or all of the machine (none named): what is on them is counted at their next visit. One transaction.
    Raises OutageError, StoreError. Blocks."""
    machines = [each for each in store.machines() if machine in ("", each)]
    if machine and not machines:
        raise OutageError("unknown_machine", machine)
    if len(machines) != 1:
        raise OutageError("which_machine", ", ".join(machines))
    known, said = store.tray_numbers(machines[0]), clean_reason(why)
    if unknown := sorted(set(trays) - known):
        raise OutageError("unknown_tray", ", ".join(map(str, unknown)))
    if not said:
        raise OutageError("no_reason", "")
    marked = sorted(set(trays) or known)
    store.append([CountDue(machine=machines[0], tray=each, why=said) for each in marked]).result(STORE_TIMEOUT_S)
    stocked = [each for each in marked if store.stock_on_tray(machines[0], each)]
    return {"machine": machines[0], "trays": marked, "why": said, "with_stock": stocked}
