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
    meter.lost(101.5)
    meter.opened("/dev/ttyUSB1", 300)
    again = meter.health(301)
    assert (again.port, again.reconnects) == ("/dev/ttyUSB1", 1)
    assert again.longest_silence_s == 101 - 99.002  # a line that is down is not silent, it is down


def test_a_silence_that_ends_with_the_line_stays_the_longest() -> None:
    meter = LineMeter("lift", "x")
    meter.opened("x", 0)
    meter.heard(1, 1)
    assert meter.health(13).longest_silence_s == 12
    meter.lost(13)
    meter.opened("x", 14)
    assert meter.health(15).longest_silence_s == 12


def test_a_question_without_an_answer_is_an_error_once_the_next_one_leaves() -> None:
    meter = LineMeter("lift", "x")
    meter.opened("x", 0)
    meter.asked(0)
    meter.heard(1, 0.01)
    meter.asked(2)  # a command, and a ping right behind it
    meter.asked(2.001)
    meter.heard(2, 2.05)
    assert meter.health(3).errors == 0
    meter.asked(4)
    meter.asked(6)
    meter.asked(8)
    assert meter.health(9).errors == 2
    meter.heard(1, 8.1)
    meter.asked(10)
    assert meter.health(11).errors == 2


def test_a_lost_answer_that_the_line_itself_tells_is_counted_once() -> None:
    meter = LineMeter("plc", "x")
    meter.opened("x", 0)
    meter.heard(1, 0.5)
    meter.asked(1)
    meter.counted(errors=1, retries=0)
    meter.asked(3)
    assert meter.health(3).errors == 1


def test_what_never_answers_misses_no_answer() -> None:
    meter = LineMeter("display", "x")
    meter.opened("x", 0)
    for at_s in range(9):
        meter.asked(at_s)
    assert meter.health(9).errors == 0


def test_a_line_that_is_given_up_for_its_silence_is_an_error() -> None:
    meter = LineMeter("lift", "x")
    meter.opened("x", 0)
    meter.heard(1, 1)
    meter.asked(2)
    meter.given_up()
    meter.lost(7)
    meter.opened("x", 8)
    meter.asked(8)
    assert meter.health(8).errors == 1


def test_what_is_told_without_an_answer_misses_none_though_other_questions_are_answered() -> None:
    meter = LineMeter("totes", "x", is_answered=False)
    meter.opened("x", 0)
    for at_s in range(0, 18, 2):
        meter.heard(1, at_s)  # to what the layer itself asks
        meter.asked(at_s + 0.1)
        meter.asked(at_s + 1.5)
    assert meter.health(18).errors == 0


def test_giving_up_a_line_that_has_told_its_lost_answer_itself_is_no_second_error() -> None:
    meter = LineMeter("plc", "x")
    meter.opened("x", 0)
    meter.asked(1)
    meter.sent(1)
    meter.counted(errors=1, retries=0)
    meter.given_up()
    assert meter.health(2).errors == 1
    meter.opened("x", 3)
    meter.sent(4)
    meter.given_up()
    assert meter.health(9).errors == 2


def test_a_line_that_never_opened_has_nothing_to_say() -> None:
    health = LineMeter("lift", "/dev/x").health(10)
    assert (health.is_up, health.round_trip_p99_ms, health.longest_silence_s) == (False, 0.0, 0.0)
