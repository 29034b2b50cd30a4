"""What the machine panel reads of the devices, and the file that an export makes."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hardware.recording import read_recording
from hardware.values import LineHealth, WireFrame
from station.devices import Device, Devices

NOW = datetime(2026, 11, 26, 6, 20, tzinfo=UTC)


class FakeLine:
    def frames(self, most: int = 30) -> tuple[WireFrame, ...]:
        return (WireFrame(90.0, True, b"ask"), WireFrame(98.5, False, b"answer"))[-most:]

    def health(self) -> LineHealth:
        return LineHealth(name="M1", url="usb:A1", is_up=True)


def devices(recordings: Path | None) -> Devices:
    return Devices((Device("M1", "machine", FakeLine()),), recordings, mono_s=lambda: 100.0, utc=lambda: NOW)


def test_frames_have_the_time_of_day_newest_first() -> None:
    newest, oldest = devices(None).frames("M1")
    assert (newest.at, newest.data, newest.is_sent) == (NOW - timedelta(seconds=1.5), b"answer", False)
    assert (oldest.at, oldest.is_sent) == (NOW - timedelta(seconds=10), True)
    assert devices(None).frames("nobody") == ()


def test_an_export_is_a_recording_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = devices(tmp_path / "recordings").export("M1")
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [frame.data for frame in read_recording(path.read_text()).frames] == [b"ask", b"answer"]
    assert devices(tmp_path).export("nobody") is None
    assert devices(None).export("M1") is None
