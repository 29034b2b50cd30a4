"""What a person taught, written to its file: the form of a scanner, the calibration of the pointer. Called on a reader thread."""

from __future__ import annotations

import logging

from hardware.aiming.calibration import Calibration
from station.calibration_file import TaughtPointer
from station.core.inputs import CalibrationKept, FormKept
from station.scan_form import ScanForm
from station.scan_forms import ScanForms

logger = logging.getLogger(__name__)

NOT_KEPT = "F603"


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
