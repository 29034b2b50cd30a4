"""What is written on a reader thread: what a person taught, to its file (the form of a scanner, the calibration of the pointer),
and a late booking, by the store's writer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from db.errors import Kind, StoreError
from hardware.aiming.calibration import Calibration
from station.calibration_file import TaughtPointer
from station.core.effects import EnterLate
from station.core.inputs import CalibrationKept, FormKept
from station.flows.late_draft import LateEntered
from station.late import EnteredBy
from station.late_file import LateFileStore, enter_values
from station.scan_form import ScanForm
from station.scan_forms import ScanForms

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


def enter_late(store: LateFileStore | None, asked: EnterLate, utc: Callable[[], datetime]) -> LateEntered:
    """Write a late booking; which field is wrong and why, or the code of a store that cannot write."""
    if store is None:
        return LateEntered(code=NO_STORE)
    try:
        by = EnteredBy(asked.operator, asked.role, asked.more)
        report = enter_values(dict(asked.values), store, now=utc(), by=by)
    except StoreError as error:
        if error.kind is Kind.BUG:
            raise
        logger.warning("a late booking was not written: %s", error)
        return LateEntered(code=error.code)
    wrong = next(iter(report.errors), None)
    return LateEntered() if wrong is None else LateEntered(wrong.field, wrong.reason)
