"""Named troubles of a simulated line and machine: `NAME[=ARG][@S]`, S seconds after the start. Listed in docs/wire/jmif.md."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from hardware.sim.options import OptionError

_FAULT = re.compile(r"(?P<name>\w+)(?:=(?P<arg>[0-9.]+))?(?:@(?P<at>[0-9.]+))?")

# name -> what the argument is when it is left out. Seconds, bytes or a count, as the comment says.
KNOWN = {
    "curtain": 2.0,  # seconds broken, then freed and reset
    "e_stop": 2.0,  # seconds pressed, then released and reset
    "unplug": 2.0,  # seconds without a line
    "stall": 2.0,  # seconds without bytes from us on an open line
    "half_open": 0.0,  # our bytes get lost for as long as this connection lives
    "delay": 0.2,  # seconds before each write
    "split_1B": 0.0,
    "coalesce": 0.05,  # seconds in which answers are gathered into one write
    "garbage_on_open": 200.0,  # bytes
    "never_arrive": 1.0,  # commands whose end is never told
    "answer_to_old_id": 0.0,
    "double_answer": 0.0,
    "scanner_double_read": 0.0,
    "scanner_no_suffix": 0.0,
    "display_silent": 0.0,
}


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    argument: float
    at_s: float


def parse_fault(text: str) -> Fault:
    """Raises OptionError for a fault nobody knows."""
    match = _FAULT.fullmatch(text)
    if match is None or match["name"] not in KNOWN:
        raise OptionError("--fault", text, f"NAME[=ARG][@S] with NAME one of {', '.join(KNOWN)}")
    try:
        argument = KNOWN[match["name"]] if match["arg"] is None else float(match["arg"])
        return Fault(match["name"], argument, float(match["at"] or 0))
    except ValueError:
        raise OptionError("--fault", text, "ARG and S are numbers") from None


class FaultPlan:
    """Which faults are on. The server switches them at their time; the line and the device ask."""

    def __init__(self, faults: tuple[Fault, ...], *, seed: int) -> None:
        self.faults = faults
        self._on: dict[str, float] = {}
        self._random = random.Random(seed)

    def turn_on(self, name: str, argument: float | None = None) -> None:
        self._on[name] = KNOWN[name] if argument is None else argument

    def turn_off(self, name: str) -> None:
        self._on.pop(name, None)

    def is_on(self, name: str) -> bool:
        return name in self._on

    def argument(self, name: str) -> float:
        return self._on[name]

    def take(self, name: str) -> bool:
        """Use one of a counted fault's turns."""
        left = self._on.get(name, 0.0)
        if left < 1:
            return False
        self._on[name] = left - 1
        return True

    def garbage(self) -> bytes:
        """Noise of a line that is plugged in; the same for the same seed."""
        return self._random.randbytes(int(self._on.get("garbage_on_open", 0)))
