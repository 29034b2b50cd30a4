"""What is written on a reader thread: what a person taught, to its file (the form of a scanner, the calibration of the pointer),
and a late booking, by the store's writer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from db.errors import Kind, StoreError
from hardware.aiming.calibration import Calibration
from station.calibration_file import TaughtPointer
from station.core.effects import EnterLate, MakeCountOrder
from station.core.inputs import CalibrationKept, CountOrdered, FormKept, HeldSettled, OrderChanged
from station.count_orders import CountOrderError, CountOrderStore, order_count
from station.flows.late_draft import LateEntered
from station.held_counts import Decision, HeldStore, settle
from station.late import EnteredBy
from station.late_file import LateFileStore, enter_values
from station.order_acts import AskSite, OrderAct, OrderActError, OrderActStore, carry_out
from station.scan_form import ScanForm
from station.scan_forms import ScanForms


class CountStore(HeldStore, CountOrderStore, OrderActStore, Protocol):
    """What counts, and the acts on orders, need of the store beside the ledger."""


logger = logging.getLogger(__name__)

NOT_KEPT = "F603"
NO_STORE = "D402"


def keep_form(forms: ScanForms, source: str, form: ScanForm) -> FormKept:
    """Keep how this scanner says its codes; why not, where it could not be written."""
    try:
        forms.keep(source, form)
    except OSError as error:
        logger.warning("the form of %s was not written: %s", source, error)
        return FormKept(str(error.strerror or error))
    return FormKept()


def keep_calibration(taught: TaughtPointer | None, calibration: Calibration) -> CalibrationKept:
    """Keep what the pointer was taught; NOT_KEPT where it could not be written, or there is nothing to keep it in."""
    if taught is None:
        return CalibrationKept(calibration, NOT_KEPT)
    try:
        taught.save(calibration)
    except OSError as error:
        logger.warning("what the pointer was taught was not written: %s", error)
        return CalibrationKept(calibration, NOT_KEPT)
    return CalibrationKept(calibration)


def settle_held(store: CountStore | None, decision: Decision) -> HeldSettled:
    """Write what was decided of a waiting count."""
    if store is None:
        return HeldSettled(code=NO_STORE)
    try:
        return HeldSettled(settle(store, decision))
    except StoreError as error:
        return HeldSettled(code=_refused(error, "what was decided of a count"))


def make_count_order(store: CountStore | None, asked: MakeCountOrder, utc: Callable[[], datetime]) -> CountOrdered:
    """Make a count order; why not, where there is nothing of the kind."""
    if store is None:
        return CountOrdered(code=NO_STORE)
    try:
        order = order_count(store, asked.what, utc(), operator=asked.operator)
    except CountOrderError as error:
        return CountOrdered(why=error.code)
    except StoreError as error:
        return CountOrdered(code=_refused(error, "a count order"))
    return CountOrdered(order.order, len(order.lines))


def change_order(store: CountStore | None, asked: OrderAct, ask_site: AskSite | None = None) -> OrderChanged:
    """Write what is done to an order; why not, where that cannot be."""
    if store is None:
        return OrderChanged(asked.order, asked.act, code=NO_STORE)
    try:
        done = carry_out(store, asked, ask_site)
    except OrderActError as error:
        return OrderChanged(asked.order, asked.act, why=error.code)
    except StoreError as error:
        return OrderChanged(asked.order, asked.act, code=_refused(error, "what was done to an order"))
    return OrderChanged(asked.order, asked.act, done.made)


def _refused(error: StoreError, what: str) -> str:
    """The code of a store that cannot write; raises what is a bug."""
    if error.kind is Kind.BUG:
        raise error
    logger.warning("%s was not written: %s", what, error)
    return error.code


def enter_late(store: LateFileStore | None, asked: EnterLate, utc: Callable[[], datetime]) -> LateEntered:
    """Write a late booking; which field is wrong and why, or the code of a store that cannot write."""
    if store is None:
        return LateEntered(code=NO_STORE)
    try:
        by = EnteredBy(asked.operator, asked.role, asked.more)
        report = enter_values(dict(asked.values), store, now=utc(), by=by)
    except StoreError as error:
        return LateEntered(code=_refused(error, "a late booking"))
    wrong = next(iter(report.errors), None)
    return LateEntered() if wrong is None else LateEntered(wrong.field, wrong.reason)
