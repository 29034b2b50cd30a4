"""Everything that left on a line and everything that its simulated device heard, from the first frame to the last.

A driver's own flight recorder is a ring: what happened early in a long mission is not in it any more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any

from hardware.sim.server import Simulator

START_ON, START_OFF = b"\x01\x05\x00\x64\xff\x00", b"\x01\x05\x00\x64\x00\x00"  # coil 100 of the map plc-lift


class LineWitness(logging.Handler):
    """`left` are the frames of one kind that were written, `came` those that reached the device in one piece."""

    def __init__(self, line: str, simulator: Simulator, is_kind: Callable[[bytes], bool]) -> None:
        super().__init__(logging.DEBUG)
        self._logger = logging.getLogger(f"hardware.wire.{line}")
        self._is_kind = is_kind
        self.left: list[bytes] = []
        self.came: list[bytes] = []
        device: Any = simulator.device
        heard = device.heard

        def hear(session: Any, data: bytes) -> None:
            if is_kind(data):
                self.came.append(data)
            heard(session, data)

        device.heard = hear

    def emit(self, record: logging.LogRecord) -> None:
        _, direction, data = record.args if isinstance(record.args, tuple) else (0.0, "", b"")
        if direction == ">" and isinstance(data, bytes) and self._is_kind(data):
            self.left.append(data)

    def __enter__(self) -> LineWitness:
        self._logger.addHandler(self)
        self._logger.setLevel(logging.DEBUG)
        self._logger.propagate = False
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._logger.removeHandler(self)


class DeafToOff:
    """A PLC that does not hear the first `most` frames that write its start bit off after it was on."""

    def __init__(self, device: Any, *, most: int) -> None:
        self.count = 0
        heard, was_on = device.heard, False

        def hear(session: Any, data: bytes) -> None:
            nonlocal was_on
            was_on = was_on or START_ON in data
            if was_on and START_OFF in data and self.count < most:
                self.count += 1
            else:
                heard(session, data)

        device.heard = hear
