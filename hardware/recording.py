"""The flight recorder's file, which is also the form of a test fixture: a header, then one frame a line. Pure.

    {"baylight_recording": 1, "device": "M1", "kind": "machine", "url": "/dev/ttyUSB0", "at": "2026-11-26T06:20:00+00:00"}
    {"at_s": 0.0, "sent": true, "hex": "31 7c 35"}

`at_s` counts from the first frame of the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hardware.values import WireFrame

VERSION = 1


class RecordingError(ValueError):
    """The text is no recording; names the line."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded session. `at` is UTC, when it was written."""

    device: str
    kind: str
    url: str
    at: datetime
    frames: tuple[WireFrame, ...]


def write_recording(frames: Sequence[WireFrame], *, device: str, kind: str, url: str, at: datetime) -> str:
    """The file's text."""
    head = {"baylight_recording": VERSION, "device": device, "kind": kind, "url": url, "at": at.isoformat()}
    first_s = frames[0].at_s if frames else 0.0
    rows = [{"at_s": round(each.at_s - first_s, 4), "sent": each.sent, "hex": each.data.hex(" ")} for each in frames]
    return "".join(f"{json.dumps(each)}\n" for each in (head, *rows))


def read_recording(text: str) -> Recording:
    """What was recorded. Raises RecordingError."""
    head, *rows = text.splitlines() or [""]
    try:
        fields = json.loads(head)
        if fields["baylight_recording"] != VERSION:
            raise RecordingError(f"line 1: version {fields['baylight_recording']!r} is not known")
        at = datetime.fromisoformat(fields["at"])
        device, kind, url = (str(fields[key]) for key in ("device", "kind", "url"))
    except (ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"line 1: not a recording: {error}") from error
    frames = tuple(_frame(row, number) for number, row in enumerate(rows, 2) if row.strip())
    return Recording(device, kind, url, at, frames)


def _frame(row: str, number: int) -> WireFrame:
    try:
        fields = json.loads(row)
        return WireFrame(float(fields["at_s"]), bool(fields["sent"]), bytes.fromhex(fields["hex"]))
    except (ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"line {number}: not a frame: {error}") from error
