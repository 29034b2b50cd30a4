"""What may be done about a case, and the records that do it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from db.records.record import Record
from db.records.review import CaseAnswered, CounterBooked
from station.exceptions.case import LOSSES, Case
from station.exceptions.losses import RESETS
from station.values import EventFact, Stock

COUNT, COUNTER_BOOK, DISMISS = "count_case", "counter_book", "dismiss"
COUNTER_REASONS: Final = ("booked_wrong", "counted_wrong", "goods_turned_up")
DISMISS_REASONS: Final = ("case_explained", "case_settled", "case_no_fault")
REASONS: Final = {COUNTER_BOOK: COUNTER_REASONS, DISMISS: DISMISS_REASONS}


def steps_of(case: Case, *, since: Iterable[EventFact], stock: Iterable[Stock]) -> tuple[str, ...]:
    """What may be done about it. `since` are the resets of its tray from its moment on, `stock` what the book has on that tray.
    What was counted or corrected anew is not booked back any more, nor what would leave less than nothing."""
    if not case.event or case.answer:
        return ()
    steps = [COUNT] if case.item else []
    if case.kind in LOSSES and case.tray is not None and not _is_reset(case, since) and _book(case, stock) >= case.quantity:
        steps.append(COUNTER_BOOK)
    return (*steps, DISMISS)


def dismissed(case: Case, reason: str) -> tuple[Record, ...]:
    """Nothing is to be done about it."""
    return (_answer(case, "dismissed", reason),)


def counted(case: Case, order: str) -> tuple[Record, ...]:
    """It is counted: the order stands in the work list."""
    return (_answer(case, "counted", "count_ordered", order),)


def counter_booked(case: Case, reason: str) -> tuple[Record, ...]:
    """The opposite is booked. What the book has by then the log knows."""
    booked = CounterBooked(
        machine=case.machine,
        tray=case.tray or 0,
        compartment=case.compartment,
        visit=0,
        item=case.item,
        lot=case.lot,
        serial=case.serial,
        owner=case.owner,
        status=case.status,
        reason=reason,
        remaining=0,
        counters=case.event,
        takes_back=case.quantity,
    )
    return booked, _answer(case, "counter_booked", reason)


def _answer(case: Case, step: str, reason: str, order: str = "") -> CaseAnswered:
    return CaseAnswered(case=case.event, what=case.kind.value, step=step, reason=reason, value=case.value, order=order)


def _is_reset(case: Case, since: Iterable[EventFact]) -> bool:
    return any(
        fact.kind in RESETS
        and fact.id != case.event
        and fact.at >= case.at
        and (fact.data["compartment"], fact.data["item"]) == (case.compartment, case.item)
        for fact in since
    )


def _book(case: Case, stock: Iterable[Stock]) -> int:
    wanted = (case.compartment, case.item, case.lot, case.serial, case.owner, case.status)
    return sum(
        each.quantity
        for each in stock
        if wanted == (each.place.compartment, each.key.item, each.key.lot, each.key.serial, each.key.owner, str(each.key.status))
    )
