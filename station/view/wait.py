"""What a person waits for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wait:
    """What we wait for: `code` (reading, planning, searching, booking, machine, link, tray_coming, tray_leaving, checking,
    machine_moves, machine_not_ready, do_<instruction>), since when, and how long it is expected to take (0 = nobody knows).
    `since_s` is the station's monotonic clock. `is_call`: it ends only when a person has done something at the machine."""

    code: str
    tray: int | None = None
    since_s: float = 0.0
    expected_s: float = 0.0
    is_call: bool = False
