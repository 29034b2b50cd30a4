"""One command in flight: every end, every late answer, and the safety stop, with times given by hand."""

from __future__ import annotations

import pytest

from hardware.config import LiftConfig
from hardware.devices.jmif.exchange import Exchange, MotionEnded, Notice
from hardware.devices.jmif.messages import Answer
from hardware.errors import DeviceError
from hardware.values import (
    FetchTray,
    LateAnswer,
    MotionAccepted,
    MotionStarted,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    StoreTray,
)

FETCH = FetchTray(command_id=7, opening="SH1-1", tray=12)
STORE = StoreTray(command_id=8, opening="SH1-1", tray=12)


@pytest.fixture
def exchange() -> Exchange:
    exchange = Exchange(LiftConfig(url="socket://127.0.0.1:1", height_mm=10_000))
    exchange.is_line_up = True
    return exchange


def answer(code: int, host_id: str = "7") -> Answer:
    return Answer(code, host_id)


def end_of(notices: tuple[Notice, ...]) -> tuple[Outcome, str]:
    (ended,) = [notice for notice in notices if isinstance(notice, MotionEnded)]
    return ended.result.outcome, ended.result.code


def test_a_fetch_is_accepted_started_and_done_and_its_further_answers_are_consumed(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    assert exchange.receive(answer(201), 0.1) == (MotionAccepted(7),)
    assert exchange.receive(answer(202), 0.2) == (MotionStarted(7),)
    assert end_of(exchange.receive(answer(203), 15)) == (Outcome.DONE, "")
    assert exchange.receive(answer(0), 15.1) == ()
    assert exchange.receive(answer(203), 15.2) == ()


def test_a_status_may_jump_straight_to_done(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.receive(answer(0), 1)) == (Outcome.DONE, "")


def test_a_store_ends_with_0_and_not_with_203(exchange: Exchange) -> None:
    exchange.begin(STORE, 0)
    assert exchange.receive(answer(203, "8"), 1) == (MotionStarted(8),)
    assert end_of(exchange.receive(answer(0, "8"), 2)) == (Outcome.DONE, "")


@pytest.mark.parametrize(
    ("code", "outcome", "error"),
    [
        (301, Outcome.NOT_DONE, "L205"),
        (302, Outcome.NOT_DONE, "L205"),
        (103, Outcome.NOT_DONE, "L206"),
        (102, Outcome.NOT_DONE, "L207"),
        (106, Outcome.NOT_DONE, "L207"),
        (108, Outcome.NOT_DONE, "L207"),
        (1, Outcome.NOT_DONE, "L207"),
        (105, Outcome.NOT_DONE, "L204"),
        (107, Outcome.NOT_DONE, "L204"),
        (101, Outcome.UNKNOWN, "L201"),
        (104, Outcome.UNKNOWN, "L202"),
    ],
)
def test_an_error_ends_the_command_with_its_code(exchange: Exchange, code: int, outcome: Outcome, error: str) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.receive(answer(code), 1)) == (outcome, error)
    assert exchange.command_id is None


def test_a_second_command_is_refused_while_one_is_in_flight(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    with pytest.raises(DeviceError, match="L203") as caught:
        exchange.begin(STORE, 1)
    assert caught.value.outcome is Outcome.NOT_DONE
    assert exchange.command_id == 7


def test_nothing_is_begun_on_a_line_that_is_down(exchange: Exchange) -> None:
    exchange.line_lost(0)
    with pytest.raises(DeviceError, match="L101"):
        exchange.begin(FETCH, 0)
    assert exchange.command_id is None


def test_a_command_nobody_accepts_is_unknown_after_3_s(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    assert exchange.tick(2.9) == ()
    assert end_of(exchange.tick(3.0)) == (Outcome.UNKNOWN, "L202")


def test_a_fetch_may_take_60_s_and_3_s_for_each_metre(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(201), 1)
    assert exchange.tick(89.9) == ()
    assert end_of(exchange.tick(90.0)) == (Outcome.UNKNOWN, "L202")


def test_the_answer_after_a_time_out_is_late_and_told_once(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.tick(3.0)
    (late,) = exchange.receive(answer(203), 20)
    assert isinstance(late, LateAnswer)
    assert (late.result.command_id, late.result.outcome, late.result.tray) == (7, Outcome.DONE, 12)
    assert exchange.receive(answer(0), 20.1) == ()


def test_a_late_answer_of_an_earlier_run_does_not_touch_the_command_in_flight(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    (late,) = exchange.receive(answer(0, "3"), 1)
    assert isinstance(late, LateAnswer)
    assert (late.result.command_id, late.result.tray) == (3, None)
    assert exchange.command_id == 7
    assert exchange.receive(answer(0, "3"), 1.1) == ()


def test_a_lost_line_leaves_the_command_in_flight_and_its_answer_ends_it(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.line_lost(0.5)
    assert exchange.tick(10) == ()
    exchange.is_line_up = True
    assert end_of(exchange.receive(answer(0), 20)) == (Outcome.DONE, "")


def test_a_command_on_a_lost_line_is_unknown_when_its_time_is_over(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(201), 0.1)
    exchange.line_lost(1)
    assert end_of(exchange.tick(90)) == (Outcome.UNKNOWN, "L202")


@pytest.mark.parametrize("code", [501, 999, 1001, 0xFF5, 40000])
def test_a_machine_error_stops_the_time_and_the_machine_alone_clears_it(exchange: Exchange, code: int) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    assert exchange.receive(answer(code), 2) == (SafetyStopped(str(code), 7),)
    assert exchange.receive(answer(code), 3) == ()
    assert exchange.tick(100_000) == ()
    assert exchange.receive(answer(202), 100_001) == (SafetyCleared(), MotionStarted(7))
    assert exchange.due_s == 100_001 + 90
    assert end_of(exchange.receive(answer(0), 100_010)) == (Outcome.DONE, "")


def test_a_stop_told_by_both_ends_only_when_both_say_so(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    exchange.receive(answer(1001), 2)
    exchange.ping_answered(answer(1001, "ping1"), 2.1)
    assert exchange.receive(answer(202), 3) == (MotionStarted(7),)
    assert exchange.ping_answered(answer(0, "ping2"), 3.1) == (SafetyCleared(),)


def test_a_cancelled_command_leaves_the_stop_to_the_next_ping(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(1002), 1)
    assert end_of(exchange.receive(answer(107), 2)) == (Outcome.NOT_DONE, "L204")
    assert exchange.safety.code == "1002"
    assert exchange.ping_answered(answer(0, "ping3"), 2.1) == (SafetyCleared(),)


def test_a_stop_on_a_lost_line_does_not_wait_for_ever(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    exchange.receive(answer(1001), 2)
    exchange.line_lost(10)
    assert end_of(exchange.tick(100)) == (Outcome.UNKNOWN, "L202")


def test_an_unknown_status_is_neither_good_nor_an_end(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    exchange.begin(FETCH, 0)
    with caplog.at_level("ERROR"):
        assert exchange.receive(answer(250), 1) == ()
    assert exchange.command_id == 7


def test_a_closed_port_leaves_the_command_unknown(exchange: Exchange) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.abandon()) == (Outcome.UNKNOWN, "L101")
