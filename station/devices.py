"""The devices of this station as the machine panel shows them: how their lines do, and their flight recorders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.private import FOLDER_MODE, make_private
from hardware.ports import Line
from hardware.recording import write_recording
from hardware.values import LineHealth
from hardware.wire_log import KEPT_FRAMES


@dataclass(frozen=True, slots=True)
class Device:
    """A device on a line of its own. `kind` is the station's word for it: machine, scanner, display, ..."""

    name: str
    kind: str
    line: Line


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How a device's line does."""

    name: str
    kind: str
    health: LineHealth


@dataclass(frozen=True, slots=True)
class FrameSeen:
    """One frame on the line. `at` is UTC."""

    at: datetime
    is_sent: bool
    data: bytes


class Devices:
    """All devices of the station. `recordings` is where exports go; None: they cannot be made. Called on the event loop; nothing
    here waits for a device."""

    def __init__(
        self,
        devices: Sequence[Device],
        recordings: Path | None,
        *,
        mono_s: Callable[[], float],
        utc: Callable[[], datetime],
    ) -> None:
        self._devices = {each.name: each for each in devices}
        self._recordings = recordings
        self._mono_s = mono_s
        self._utc = utc

    def states(self) -> tuple[DeviceState, ...]:
        """Every device, the machine first."""
        return tuple(DeviceState(each.name, each.kind, each.line.health()) for each in self._devices.values())

    def frames(self, name: str) -> tuple[FrameSeen, ...]:
        """The last frames of one device's line, newest first; none for a name that is not fitted."""
        device = self._devices.get(name)
        if device is None:
            return ()
        now_s, now = self._mono_s(), self._utc()
        kept = device.line.frames(KEPT_FRAMES)
        return tuple(FrameSeen(now - timedelta(seconds=now_s - each.at_s), each.sent, each.data) for each in reversed(kept))

    def export(self, name: str) -> Path | None:
        """Write the flight recorder of one device to a file that only this user reads; None where there is nothing to write, or
        nowhere. Raises OSError. A scanner's frames hold no texts: they were hidden when they were recorded."""
        device = self._devices.get(name)
        if device is None or self._recordings is None:
            return None
        health, at = device.line.health(), self._utc()
        path = self._recordings / f"{name}-{at:%Y%m%dT%H%M%SZ}.jsonl"
        text = write_recording(device.line.frames(KEPT_FRAMES), device=name, kind=device.kind, url=health.url, at=at)
        self._recordings.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        make_private(path)
        path.write_text(text, encoding="utf-8")
        return path
