"""The wire recorder keeps the last frames; of a scanner it keeps their shape alone."""

from __future__ import annotations

import logging

import pytest

from hardware.values import WireFrame
from hardware.wire_log import WireLog


def test_the_last_frames_are_kept_oldest_first() -> None:
    log = WireLog("lift", size=2)
    for number in range(3):
        log.record(b"%d" % number, sent=number % 2 == 0, at_s=float(number))
    assert log.frames() == (WireFrame(1.0, False, b"1"), WireFrame(2.0, True, b"2"))


def test_what_a_scanner_read_is_in_no_frame_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    log = WireLog("scanner", hides_text=True)
    with caplog.at_level(logging.DEBUG, logger="hardware.wire.scanner"):
        log.record(b"]C0BLB-40721 \xe4\x1d\r\n", sent=False, at_s=1.0)
    assert log.frames()[0].data == b"x" * 14 + b"\x1d\r\n"
    assert "40721" not in caplog.text
    assert "BLB" not in caplog.text
