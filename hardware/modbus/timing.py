"""How long a Modbus line is quiet, waited for and listened to. What of it is our choice: docs/wire/modbus.md."""

from __future__ import annotations

from dataclasses import dataclass

BITS_A_CHARACTER = 11  # start, eight, parity or a second stop, stop
FAST_BAUD = 19_200
FAST_SILENCE_S = 0.001_75  # above 19,200 baud the silence is fixed
SILENT_CHARACTERS = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ModbusTiming:
    """Seconds. `late_s`: how long an answer that came too late is waited for and dropped, before anything else is asked.
    `patience_s`: how long a request may wait for the line before it is given up unsent."""

    response_s: float = 1.0
    late_s: float = 1.0
    turnaround_s: float = 0.15
    patience_s: float = 1.5

    @property
    def longest_s(self) -> float:
        """After so long a request has been answered or given up, transmission apart."""
        return self.patience_s + self.response_s


def silence_s(baud: int) -> float:
    """t3.5, the silence between two frames."""
    return FAST_SILENCE_S if baud > FAST_BAUD else SILENT_CHARACTERS * transmission_s(1, baud)


def transmission_s(size: int, baud: int) -> float:
    """How long so many bytes are on the line."""
    return size * BITS_A_CHARACTER / baud
