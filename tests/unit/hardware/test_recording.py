"""The flight recorder's file is read back as it was written; what is none is refused with its line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hardware.recording import RecordingError, read_recording, write_recording
from hardware.values import WireFrame

AT = datetime(2026, 11, 26, 6, 20, tzinfo=UTC)
FRAMES = (WireFrame(100.5, True, b"61|ping1|"), WireFrame(100.7501, False, b"\x00\xff"))


def test_a_recording_is_read_back_with_times_from_its_first_frame() -> None:
    text = write_recording(FRAMES, device="M1", kind="machine", url="/dev/ttyUSB0", at=AT)
    recording = read_recording(text)
    assert (recording.device, recording.kind, recording.url, recording.at) == ("M1", "machine", "/dev/ttyUSB0", AT)
    assert recording.frames == (WireFrame(0.0, True, b"61|ping1|"), WireFrame(0.2501, False, b"\x00\xff"))


def test_a_line_without_frames_is_a_recording_too() -> None:
    assert read_recording(write_recording((), device="M1", kind="machine", url="x", at=AT)).frames == ()


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        ("", 1),
        ("{}", 1),
        ('{"baylight_recording": 2}', 1),
        ("not json", 1),
        (write_recording(FRAMES, device="M1", kind="m", url="x", at=AT).replace("00 ff", "0g"), 3),
        (write_recording(FRAMES, device="M1", kind="m", url="x", at=AT).replace('"sent": true', '"seen": true'), 2),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(spoilt: str, line: int) -> None:
    with pytest.raises(RecordingError, match=f"line {line}"):
        read_recording(spoilt)
