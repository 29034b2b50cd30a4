"""Going live: trays that no order gets anything of until a person has released them at the bay.

Such a tray is out of service with a reason of its own, so all that allocates, plans and proposes leaves it alone already. With
the first fill it is filled by hand, place by place; with the opening check its stock was imported, and each of it is counted
at the tray's next visit. What was begun is in the record: it goes on after any end of the program, at any bay of the machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from db.records.count_due import CountDue
from db.records.record import Record
from db.records.service import TrayOutOfService
from station.control import BAD_REQUEST, ControlError
from station.count_due import CountDueStore
from station.outages import FIRST_FILL, OPENING_CHECK, STORE_TIMEOUT_S, OutageError
from station.values import Outage

REASONS: Final = {"first_fill": FIRST_FILL, "opening_check": OPENING_CHECK}


class GoLiveStore(CountDueStore, Protocol):
    """What is needed of the store."""

    def outages(self, machine: str) -> tuple[Outage, ...]: ...


def begin(store: GoLiveStore, what: str, trays: Sequence[int], *, machine: str = "") -> dict[str, object]:
    """Take these trays out of service until they are released; none named: of the machine's trays in service those without stock
    (`first_fill`), or those with some (`opening_check`), which is to be counted then. One transaction. Raises OutageError,
    StoreError. Blocks."""
    if what not in REASONS:
        raise ControlError(BAD_REQUEST, "what is neither first_fill nor opening_check")
    machines = [each for each in store.machines() if machine in ("", each)]
    if len(machines) != 1:
        raise OutageError("unknown_machine" if machine else "which_machine", machine or ", ".join(machines))
    known = store.tray_numbers(machines[0])
    if unknown := sorted(set(trays) - known):
        raise OutageError("unknown_tray", ", ".join(map(str, unknown)))
    chosen = sorted(set(trays)) or _usual(store, what, machines[0], known)
    records: list[Record] = [TrayOutOfService(machine=machines[0], tray=each, reason=REASONS[what]) for each in chosen]
    if what == "opening_check":
        records += [CountDue(machine=machines[0], tray=each, why=OPENING_CHECK) for each in chosen]
    if records:
        store.append(records).result(STORE_TIMEOUT_S)
    return {"machine": machines[0], "trays": chosen, "what": what}


def _usual(store: GoLiveStore, what: str, machine: str, known: frozenset[int]) -> list[int]:
    out = {each.tray for each in store.outages(machine)}
    wants_stock = what == "opening_check"
    return [each for each in sorted(known - out) if bool(store.stock_on_tray(machine, each)) == wants_stock]


def unreleased(out: Mapping[int, str]) -> tuple[int, ...]:
    """Of the trays that are out of service, and why, those that wait for their release; the lowest first."""
    return tuple(sorted(tray for tray, why in out.items() if why in REASONS.values()))


def trays_of(args: Mapping[str, object]) -> list[int]:
    """The trays of a request. Raises ControlError."""
    found = args.get("trays")
    trays = [each for each in found if isinstance(each, int)] if isinstance(found, list) else []
    if not isinstance(found, list) or len(trays) != len(found) or not isinstance(args.get("machine") or "", str):
        raise ControlError(BAD_REQUEST, "trays is no list of numbers")
    return trays
