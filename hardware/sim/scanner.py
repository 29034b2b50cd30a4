"""A scanner that reads what the control connection tells it to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.faults import FaultPlan

SUFFIX = b"\r"


class SimulatedScanner(SimulatedDevice):
    """Says codes to whoever holds the line."""

    faults = frozenset(("scanner_double_read", "scanner_no_suffix"))

    def __init__(self, plan: FaultPlan) -> None:
        super().__init__()
        self._plan = plan
        self._scans = 0

    def scan(self, text: str) -> int:
        """Read a code; how many clients heard it."""
        code = text.encode("utf-8") + (b"" if self._plan.is_on("scanner_no_suffix") else SUFFIX)
        self._scans += 1
        if self._plan.is_on("scanner_double_read"):
            self.say(code)
        return self.say(code)

    def acts(self) -> Mapping[str, Act]:
        return {"scan": self._do_scan}

    def _do_scan(self, request: Request) -> dict[str, Any]:
        return {"heard": self.scan(str(request["text"]))}

    def state(self) -> dict[str, Any]:
        return {"scans": self._scans, "clients": self.clients}
