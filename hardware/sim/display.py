"""A CD5220 display that keeps what stands on it: the screen model is pure, the device hangs it on a line.

The model is stricter than some displays in the one way that matters: after ESC Q A or B it obeys nothing but another ESC Q
until CLR, as the manual warns.
"""

from __future__ import annotations

from typing import Any

from hardware.sim.device import SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client

COLUMNS = 20
ESC, CLR, CAN, CR = 0x1B, 0x0C, 0x18, 0x0D
LONGEST_COMMAND = 48
# Commands we read past: second byte -> bytes that follow it.
SKIPPED = {0x5F: 1, 0x2A: 1, 0x66: 1, 0x63: 1, 0x11: 0, 0x12: 0, 0x13: 0}


class DisplayScreen:
    """Two rows of 20 characters, fed with bytes."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._rows = [" " * COLUMNS, " " * COLUMNS]
        self._cursor = 0
        self._is_line_mode = False
        self.ignored = 0  # bytes that were not obeyed

    @property
    def rows(self) -> tuple[str, str]:
        return self._rows[0], self._rows[1]

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while self._buffer:
            used = self._command()
            if used == 0:
                return
            del self._buffer[:used]

    def _command(self) -> int:
        """Obey the first command; how many bytes it had, 0 while it is not complete."""
        first = self._buffer[0]
        if first == ESC:
            return self._escape()
        if first == CLR:
            self._clear()
        elif self._is_line_mode or first < 0x20:
            self.ignored += first not in (CR, CAN)
        else:
            self._put(chr(first))
        return 1

    def _escape(self) -> int:
        if len(self._buffer) < 2:
            return 0
        second = self._buffer[1]
        if second == ord("Q"):
            return self._line()
        needed = 2 + (2 if second == ord("l") else SKIPPED.get(second, 0))
        if len(self._buffer) < needed:
            return 0
        if self._is_line_mode:
            self.ignored += needed
        elif second == ord("@"):
            self._clear()
        elif second == ord("l"):
            column, row = self._buffer[2], self._buffer[3]
            if 1 <= column <= COLUMNS and row in (1, 2):
                self._cursor = (row - 1) * COLUMNS + column - 1
        return needed

    def _line(self) -> int:
        """ESC Q A|B text CR: a whole row."""
        end = self._buffer.find(CR)
        if end < 0:
            return len(self._buffer) if len(self._buffer) > LONGEST_COMMAND else 0
        row = {ord("A"): 0, ord("B"): 1}.get(self._buffer[2])
        if row is None:
            self.ignored += end + 1
        else:
            self._rows[row] = self._buffer[3:end].decode("latin-1")[:COLUMNS].ljust(COLUMNS)
            self._is_line_mode = True
        return end + 1

    def _clear(self) -> None:
        self._rows = [" " * COLUMNS, " " * COLUMNS]
        self._cursor, self._is_line_mode = 0, False

    def _put(self, character: str) -> None:
        row, column = divmod(self._cursor, COLUMNS)
        self._rows[row] = self._rows[row][:column] + character + self._rows[row][column + 1 :]
        self._cursor = (self._cursor + 1) % (2 * COLUMNS)


class SimulatedDisplay(SimulatedDevice):
    """The screen at the end of a line. It never answers; pulled out it keeps what it shows, as a display with power does."""

    faults = frozenset(("display_silent",))

    def __init__(self, plan: FaultPlan) -> None:
        super().__init__()
        self._plan = plan
        self.screen = DisplayScreen()

    def received(self, client: Client, data: bytes) -> None:
        if not self._plan.is_on("display_silent"):
            self.screen.feed(data)

    def state(self) -> dict[str, Any]:
        return {"rows": list(self.screen.rows), "ignored": self.screen.ignored, "clients": self.clients}
