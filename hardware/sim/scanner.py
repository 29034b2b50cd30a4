"""A scanner that reads what the control connection tells it to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.faults import FaultPlan

SUFFIX = b"\r"
GROUP_SEPARATOR = "\x1d"
# What a German computer makes of the keys of a scanner that is set to a US keyboard, and passes on to us.
DE_KEYS = str.maketrans("yzYZ-_=/?]}[{;:'\"\\|+@#^&*()", "zyZYß?´-_+*üÜöÖäÄ#'`\"§&/()=")


class SimulatedScanner(SimulatedDevice):
    """Says codes to whoever holds the line."""

    faults = frozenset(
        (
            "scanner_double_read",
            "scanner_no_suffix",
            "scanner_layout_DE",
            "scanner_GS_lost",
            "two_scanners_interleaved",
        )
    )

    def __init__(self, plan: FaultPlan) -> None:
        super().__init__()
        self._plan = plan
        self._scans = 0
        self._other = b""

    def scan(self, text: str) -> int:
        """Read a code; how many clients heard it. With two scanners at one line a code waits for the next one, and both come
        mixed byte by byte."""
        code = self._code(text)
        self._scans += 1
        if self._plan.is_on("two_scanners_interleaved") and not self._other:
            self._other = code
            return 0
        if self._other:
            code, self._other = mixed(self._other, code), b""
        if self._plan.is_on("scanner_double_read"):
            self.say(code)
        return self.say(code)

    def _code(self, text: str) -> bytes:
        if self._plan.is_on("scanner_GS_lost"):
            text = text.replace(GROUP_SEPARATOR, "")
        if self._plan.is_on("scanner_layout_DE"):
            text = text.translate(DE_KEYS)
        return text.encode("utf-8") + (b"" if self._plan.is_on("scanner_no_suffix") else SUFFIX)

    def acts(self) -> Mapping[str, Act]:
        return {"scan": self._do_scan}

    def _do_scan(self, request: Request) -> dict[str, Any]:
        return {"heard": self.scan(str(request["text"]))}

    def state(self) -> dict[str, Any]:
        return {"scans": self._scans, "clients": self.clients}


def mixed(one: bytes, other: bytes) -> bytes:
    """Bytes in turn, then the rest of the longer."""
    both = bytes(byte for pair in zip(one, other, strict=False) for byte in pair)
    return both + one[len(other) :] + other[len(one) :]
