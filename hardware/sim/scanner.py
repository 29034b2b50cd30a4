"""A scanner that reads what the control connection tells it to."""

from __future__ import annotations

from typing import Any

from hardware.sim.faults import FaultPlan, FaultyOutput
from hardware.sim.line import Client

SUFFIX = b"\r"


class SimulatedScanner:
    """Says codes to whoever holds the line."""

    def __init__(self, plan: FaultPlan) -> None:
        self._plan = plan
        self._outputs: dict[Client, FaultyOutput] = {}
        self._scans = 0

    @property
    def clients(self) -> int:
        return len(self._outputs)

    def connected(self, client: Client) -> None:
        self._outputs[client] = FaultyOutput(client.write, self._plan)
        if self._plan.is_on("garbage_on_open"):
            self._outputs[client].send(self._plan.garbage())

    def received(self, client: Client, data: bytes) -> None:
        """A plain scanner hears nothing."""

    def disconnected(self, client: Client) -> None:
        self._outputs.pop(client, None)

    def scan(self, text: str) -> int:
        """Read a code; how many clients heard it."""
        code = text.encode("utf-8") + (b"" if self._plan.is_on("scanner_no_suffix") else SUFFIX)
        for output in self._outputs.values():
            output.send(code)
            if self._plan.is_on("scanner_double_read"):
                output.send(code)
        self._scans += 1
        return len(self._outputs)

    def release(self) -> None:
        for output in self._outputs.values():
            output.release()

    def state(self) -> dict[str, Any]:
        return {"scans": self._scans, "clients": self.clients}
