"""The scanner that read a code says itself what became of it: who scans does not look up."""

from __future__ import annotations

from collections.abc import Callable

from hardware.ports import Scanner
from hardware.values import Beep

BEEP_WITHIN_S = 3.0  # a refusal that comes later than this is not about the code that was read last


class Beeps:
    """Knows which scanner read the last code, and when, while the code may still be refused."""

    def __init__(self, mono_s: Callable[[], float]) -> None:
        self._mono_s = mono_s
        self._read_by: tuple[Scanner, float] | None = None

    def was_read(self, scanner: Scanner) -> None:
        """This scanner has just read a code."""
        self._read_by = (scanner, self._mono_s())

    def forget(self) -> None:
        """Something else was done since: a refusal is no longer about the code."""
        self._read_by = None

    def accept(self) -> None:
        """The code was taken and not refused since."""
        if self._read_by is not None:
            self._read_by[0].beep(Beep.ACCEPTED)

    def refuse(self) -> None:
        """The scanner whose code was refused says so itself, once."""
        read_by, self._read_by = self._read_by, None
        if read_by is not None and self._mono_s() - read_by[1] <= BEEP_WITHIN_S:
            read_by[0].beep(Beep.WRONG)
