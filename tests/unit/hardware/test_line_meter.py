"""What the machine panel says of a line."""

from __future__ import annotations

from hardware.line_meter import LineMeter


def test_round_trips_silence_and_reconnects_are_counted() -> None:
    meter = LineMeter("lift", "usb:A1")
    meter.opened("/dev/ttyUSB0", 0)
    for number in range(100):
        meter.sent(number)
        meter.heard(2, number + (0.5 if number == 50 else 0.002))
    meter.heard(1, 101)  # by itself: no round trip
    meter.counted(errors=1, retries=2)
    health = meter.health(102)
    assert (health.port, health.is_up, health.reconnects) == ("/dev/ttyUSB0", True, 0)
    assert (health.frames_sent, health.frames_heard, health.errors, health.retries) == (100, 201, 1, 2)
    assert (health.round_trips, round(health.round_trip_p50_ms, 3), round(health.round_trip_p99_ms, 3)) == (100, 2.0, 2.0)
    assert health.longest_silence_s == 101 - 99.002
    assert meter.health(200).longest_silence_s == 99
    meter.lost()
    meter.opened("/dev/ttyUSB1", 300)
    again = meter.health(301)
    assert (again.port, again.reconnects) == ("/dev/ttyUSB1", 1)
    assert again.longest_silence_s == 101 - 99.002  # a line that is down is not silent, it is down


def test_a_line_that_never_opened_has_nothing_to_say() -> None:
    health = LineMeter("lift", "/dev/x").health(10)
    assert (health.is_up, health.round_trip_p99_ms, health.longest_silence_s) == (False, 0.0, 0.0)
