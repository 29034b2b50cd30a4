"""Taking trays and bays out of service, and back, from a command line. At the screens `station.core.service` does it, and
`station.core.outages_page` asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from db.records.record import Record
from db.records.service import BayInService, BayOutOfService, TrayInService, TrayOutOfService
from station.values import EventRow, Outage

Bays = Mapping[str, frozenset[str]]  # openings by machine

STORE_TIMEOUT_S = 30.0
MOST_CHARACTERS = 60  # a reason has to fit on the row of an order
# The reasons of the screen. The record keeps the code, each screen says it in its language; a command line says any text.
BAY_REASONS = ("out_damaged", "out_blocked", "out_spill", "out_inspection", "out_other")
TRAY_REASONS = (*BAY_REASONS[:-1], "out_weight", "out_other")

# Of trays that no order gets anything of yet (`station.go_live`): to be filled, or to be counted after an import.
FIRST_FILL = "out_first_fill"
OPENING_CHECK = "out_opening_check"


@dataclass(frozen=True, slots=True)
class OutageSeen:
    """What is out of service, and who said so last: `person` is "" for a command line, `name` "" where it was erased."""

    outage: Outage
    person: str = ""
    name: str = ""


class OutageError(Exception):
    """Nothing was changed. `code`: unknown_tray, unknown_machine, which_machine (more than one has it), unknown_bay, no_reason,
    in_service."""

    def __init__(self, code: str, about: str) -> None:
        super().__init__(f"{code} {about}".strip())
        self.code = code
        self.about = about

    @property
    def sentence(self) -> str:
        """For a person at a command line."""
        return _SENTENCES[self.code].format(about=self.about)


_SENTENCES = {
    "unknown_tray": "there is no tray {about}",
    "unknown_machine": "there is no machine {about}",
    "which_machine": "say which machine with --machine: {about}",
    "unknown_bay": "the settings know no bay {about}",
    "no_reason": "a reason is needed",
    "in_service": "{about} is in service",
}


class OutageStore(Protocol):
    """What is needed of the store."""

    def machines(self) -> tuple[str, ...]: ...

    def tray_numbers(self, machine: str) -> frozenset[int]: ...

    def outages(self, machine: str) -> tuple[Outage, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """A tray by its number, or a bay by its opening; `machine` may be empty where only one can be meant."""

    machine: str = ""
    tray: int | None = None
    opening: str = ""


def clean_reason(reason: str) -> str:
    """The reason as it is kept and shown: one line, not too long."""
    return " ".join(reason.split())[:MOST_CHARACTERS]


def take_out(store: OutageStore, which: Which, reason: str, *, bays: Bays | None = None) -> Which:
    """Out of service, for this reason. Raises OutageError, StoreError. Blocks.

    `bays` are the openings of the machines that somebody knows; of another machine any name is taken.
    """
    found, said = _found(store, which), clean_reason(reason)
    known = (bays or {}).get(found.machine)
    if found.opening and known is not None and found.opening not in known:
        raise OutageError("unknown_bay", f"{found.opening} (known: {', '.join(sorted(known))})")
    if not said:
        raise OutageError("no_reason", "")
    if found.tray is not None:
        record: Record = TrayOutOfService(machine=found.machine, tray=found.tray, reason=said)
    else:
        record = BayOutOfService(machine=found.machine, opening=found.opening, reason=said)
    store.append([record]).result(STORE_TIMEOUT_S)
    return found


def take_back(store: OutageStore, which: Which) -> Which:
    """Back in service. Raises OutageError, also for what is in service, and StoreError. Blocks."""
    found = _found(store, which)
    out = {(each.tray, each.opening) for each in store.outages(found.machine)}
    if (found.tray, found.opening) not in out:
        raise OutageError("in_service", str(found.tray or found.opening))
    if found.tray is not None:
        record: Record = TrayInService(machine=found.machine, tray=found.tray)
    else:
        record = BayInService(machine=found.machine, opening=found.opening)
    store.append([record]).result(STORE_TIMEOUT_S)
    return found


def _found(store: OutageStore, which: Which) -> Which:
    """The same with its machine."""
    machines = store.machines()
    if which.machine and which.machine not in machines:
        raise OutageError("unknown_machine", which.machine)
    mine = [each for each in machines if which.machine in ("", each)]
    if which.tray is not None:
        mine = [each for each in mine if which.tray in store.tray_numbers(each)]
        if not mine:
            raise OutageError("unknown_tray", str(which.tray))
    if len(mine) != 1:
        raise OutageError("which_machine", ", ".join(mine))
    return Which(machine=mine[0], tray=which.tray, opening=which.opening)
