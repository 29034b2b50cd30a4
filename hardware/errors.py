"""What can go wrong with a device: a code, whose fault it is, and what happened to the metal.

Codes: L1xx the line, L2xx motion, L3xx lights, L4xx printers. The operator's sentences live in `ui/sentences/`, one for every
code.
"""

from __future__ import annotations

from hardware.values import Outcome, WireFrame

LINE_DOWN = "L101"
LINE_NO_ANSWER = "L102"
LINE_GARBAGE = "L103"
PORT_TAKEN = "L104"
MOTION_REFUSED = "L201"
MOTION_TIMED_OUT = "L202"
MOTION_IN_FLIGHT = "L203"
MOTION_CANCELLED = "L204"
MOTION_OPENING_OCCUPIED = "L205"
MOTION_BUSY = "L206"
MOTION_BAD_REQUEST = "L207"
MACHINE_STOPPED = "L208"
MACHINE_NOT_READY = "L209"
MOTION_OTHER_TRAY_OUT = "L211"
MOTION_BIT_LEFT = "L212"
LIGHT_OUT_OF_REACH = "L301"
LIGHT_NOT_CALIBRATED = "L302"
LIGHT_NOT_FITTED = "L303"
LIGHT_REFUSED = "L304"
PRINTER_UNREACHABLE = "L401"
PRINTER_NO_ANSWER = "L402"
PRINTER_PAPER = "L403"
PRINTER_RIBBON = "L404"
PRINTER_OPEN = "L405"
PRINTER_PAUSED = "L406"
PRINT_CUT = "L407"
SPOOLER_MISSING = "L408"
SPOOLER_REFUSED = "L409"
LABEL_IMPOSSIBLE = "L410"


class DeviceError(Exception):
    """A device did not do what was asked. `outcome` says what happened to the metal; `frames` are the line's last frames."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        outcome: Outcome = Outcome.NOT_DONE,
        frames: tuple[WireFrame, ...] = (),
    ) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.outcome = outcome
        self.frames = frames
