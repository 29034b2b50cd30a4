"""Accepted proposals become planned moves, which the bay offers among its other work when nobody waits for an order."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from db.records.moves import MovePlanned, MovesDropped
from db.records.record import Record
from station.values import EventRow, Place, PlannedMove, Tray

STORE_TIMEOUT_S = 30.0
MOST = 200


class MoveError(Exception):
    """Nothing is planned. `code`: no_moves, unknown_place, nothing_there, planned_already; `about` names the place."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code} {about}".rstrip())
        self.code = code
        self.about = about


class MoveStore(Protocol):
    """What is needed of the store."""

    def planned_moves(self, machine: str) -> tuple[PlannedMove, ...]: ...

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


def plan_moves(store: MoveStore, moves: Sequence[MovePlanned], *, operator: str = "") -> int:
    """Write them down, all or none; how many there are. Raises MoveError, StoreError."""
    if not 0 < len(moves) <= MOST:
        raise MoveError("no_moves")
    known = {(each.from_place, each.key.item) for name in {each.machine for each in moves} for each in store.planned_moves(name)}
    for each in moves:
        here, there = Place(each.machine, each.tray, each.compartment), Place(each.machine, each.to_tray, each.to_compartment)
        for place in (here, there):
            tray = store.tray(place.machine, place.tray)
            if tray is None or tray.compartment(place.compartment) is None:
                raise MoveError("unknown_place", f"{place.tray} {place.compartment}")
        if each.quantity <= 0:
            raise MoveError("nothing_there", f"{here.tray} {here.compartment}")
        if (here, each.item) in known:
            raise MoveError("planned_already", f"{here.tray} {here.compartment}")
    store.append(moves, operator=operator).result(STORE_TIMEOUT_S)
    return len(moves)


def drop_moves(store: MoveStore, machine: str, *, operator: str = "") -> int:
    """Drop all planned moves of a machine; how many there were."""
    count = len(store.planned_moves(machine))
    if count:
        store.append((MovesDropped(machine=machine),), operator=operator).result(STORE_TIMEOUT_S)
    return count
