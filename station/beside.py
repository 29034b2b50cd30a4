"""What the booking of a task without an order means beside its movement: an account, another status, a count to come. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from db.records.record import Record
from db.records.stock import Moved, Picked, Put
from db.records.taken import CompartmentDue, GivenBack, Returned, TakenOut
from station.values import StockKey, StockStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`account` (hand or tool) of `holder`, or of a `job`: a pick goes on it, a put comes off it, as it was taken under `was`.
    `becomes`: of a pick, the goods stay in the compartment under this status, or go on into the hand under it where there is an
    account. `of_order` and `of_line`: a put brings back what was taken for them. `goes_on`: what is put here was only found here,
    and goes on into the hand in the same step. `count_why`: the compartment is to be counted at its next visit. `needs_second`:
    another person confirms it, whatever the item says."""

    account: str = ""
    holder: str = ""
    job: str = ""
    due_at: str = ""
    was: StockKey | None = None
    condition: str = ""
    becomes: StockStatus | None = None
    of_order: str = ""
    of_line: str = ""
    goes_on: bool = False
    count_why: str = ""
    needs_second: bool = False


def with_beside(records: Sequence[Record], beside: Beside | None) -> tuple[Record, ...]:
    """The records of a task's booking, all of one transaction: each movement told as what it is, and what follows it."""
    if beside is None:
        return tuple(records)
    told = tuple(each for record in records for each in _told(record, beside))
    moved = next((each for each in told if isinstance(each, Picked | Put)), None)
    return told if moved is None or not beside.count_why else (*told, _due(moved, beside.count_why))


def _told(record: Record, beside: Beside) -> tuple[Record, ...]:
    match record:
        case Picked() if beside.becomes is not None and beside.account:
            held = _changed(record, beside.becomes)
            return record, held, _taken_on(held, beside)
        case Picked() if beside.becomes is not None:
            return record, _changed(record, beside.becomes)
        case Picked() if beside.account:
            return (TakenOut(**_facts(record), **_account(beside), due_at=beside.due_at),)
        case Put() if beside.goes_on:
            return record, _taken_on(record, beside)
        case Put() if beside.account:
            return (_given_back(record, beside),)
        case Put() if beside.of_order:
            return (Returned(**_facts(record), of_order=beside.of_order, of_line=beside.of_line),)
        case _:
            return (record,)


def _facts(record: Record) -> dict[str, Any]:
    return asdict(record)


def _account(beside: Beside) -> dict[str, Any]:
    return {"account": beside.account, "holder": beside.holder, "job": beside.job}


def _place_of(record: Moved) -> dict[str, Any]:
    """Place, visit and key, as every stock event has them."""
    return {each.name: getattr(record, each.name) for each in fields(Moved)}


def _changed(record: Picked, status: StockStatus) -> Put:
    """The same goods in the same compartment, under another status."""
    where = _place_of(record) | {"status": str(status)}
    return Put(**where, quantity=record.quantity, proof=record.proof, scanner=record.scanner, second=record.second)


def _taken_on(record: Put, beside: Beside) -> TakenOut:
    where = _place_of(record)
    return TakenOut(**where, quantity=record.quantity, proof=record.proof, scanner=record.scanner, **_account(beside))


def _given_back(record: Put, beside: Beside) -> GivenBack:
    """Off the account under the key that it was taken with."""
    was = beside.was or StockKey(item=record.item)
    known: dict[str, Any] = {"was_lot": was.lot, "was_serial": was.serial, "was_status": str(was.status)}
    return GivenBack(**_facts(record), **_account(beside), **known, condition=beside.condition)


def _due(moved: Picked | Put, why: str) -> CompartmentDue:
    return CompartmentDue(
        machine=moved.machine,
        tray=moved.tray,
        compartment=moved.compartment,
        why=why,
        item=moved.item,
        quantity=moved.quantity,
    )
