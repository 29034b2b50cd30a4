"""One command in flight: every end, every late answer, and the safety stop, with times given by hand."""

from __future__ import annotations

import pytest

from hardware.config import LiftConfig
from hardware.devices.jmif.exchange import JmifExchange
from hardware.devices.jmif.layer import JmifLayer
from hardware.devices.jmif.messages import Answer
from hardware.errors import DeviceError
from hardware.lift.exchange import FlightEnded, Outs, Reopen, Send, StatusRead
from hardware.line_layer import Trouble, Unacknowledged
from hardware.link_3964r.layer import Layer3964R
from hardware.link_3964r.settings import LinkSettings
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftRequest,
    LiftStatus,
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionStarted,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
)

FETCH = FetchTray(command_id=7, opening="SH1-1", tray=12)
STORE = StoreTray(command_id=8, opening="SH1-1", tray=12)


class Talk:
    """An exchange on a line that works; what it sends and answers by the way is left out of what is looked at."""

    def __init__(self) -> None:
        self.exchange = JmifExchange(LiftConfig(url="socket://127.0.0.1:1", height_mm=10_000), unix_offset_s=1_000_000)
        self.come_up(0)

    @property
    def command_id(self) -> int | None:
        return self.exchange._deck.command_id

    def come_up(self, now_s: float) -> None:
        self.exchange.opened(now_s)
        self.stay_alive(now_s)

    def stay_alive(self, now_s: float) -> None:
        self.exchange.heard(answer(250, "ping1"), now_s)  # proves the line, says nothing of safety

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        self.stay_alive(now_s)
        return self.exchange.begin(request, now_s)

    def receive(self, heard: Answer, now_s: float) -> Outs:
        return _told(self.exchange.heard(heard, now_s))

    def tick(self, now_s: float) -> Outs:
        if self.exchange.is_line_up:
            self.stay_alive(now_s)
        return _told(self.exchange.tick(now_s))

    def lose_line(self, now_s: float) -> Outs:
        return self.exchange.lost("L101", "gone", now_s)


def _told(outs: Outs) -> Outs:
    return tuple(out for out in outs if not isinstance(out, Send | StatusRead))


@pytest.fixture
def exchange() -> Talk:
    return Talk()


def answer(code: int, host_id: str = "7") -> Answer:
    return Answer(code, host_id)


def end_of(notices: Outs) -> tuple[Outcome, str]:
    (ended,) = [notice for notice in notices if isinstance(notice, FlightEnded)]
    return ended.result.outcome, ended.result.code


@pytest.mark.parametrize(("command", "is_lit"), [(FETCH, True), (STORE, False)])
def test_the_machine_lights_the_place_of_a_tray_that_has_come(
    exchange: Talk, command: FetchTray | StoreTray, is_lit: bool
) -> None:
    exchange.begin(command, 0)
    (ended,) = [each for each in exchange.receive(answer(0, str(command.command_id)), 15) if isinstance(each, FlightEnded)]
    assert (ended.result.outcome, ended.result.is_lit) == (Outcome.DONE, is_lit)


def test_a_fetch_is_accepted_started_and_done_and_its_further_answers_are_consumed(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    assert exchange.receive(answer(201), 0.1) == (MotionAccepted(7),)
    assert exchange.receive(answer(202), 0.2) == (MotionStarted(7),)
    assert end_of(exchange.receive(answer(203), 15)) == (Outcome.DONE, "")
    assert exchange.receive(answer(0), 15.1) == ()
    assert exchange.receive(answer(203), 15.2) == ()


def test_a_status_may_jump_straight_to_done(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.receive(answer(0), 1)) == (Outcome.DONE, "")


def test_a_store_ends_with_0_and_not_with_203(exchange: Talk) -> None:
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
def test_an_error_ends_the_command_with_its_code(exchange: Talk, code: int, outcome: Outcome, error: str) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.receive(answer(code), 1)) == (outcome, error)
    assert exchange.command_id is None


def test_a_second_command_is_refused_while_one_is_in_flight(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    with pytest.raises(DeviceError, match="L203") as caught:
        exchange.begin(STORE, 1)
    assert caught.value.outcome is Outcome.NOT_DONE
    assert exchange.command_id == 7


def test_nothing_is_begun_on_a_line_that_is_down(exchange: Talk) -> None:
    exchange.lose_line(0)
    with pytest.raises(DeviceError, match="L101"):
        exchange.exchange.begin(FETCH, 0)
    assert exchange.command_id is None


def test_a_command_nobody_accepts_is_unknown_after_3_s(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    assert exchange.tick(2.9) == ()
    assert end_of(exchange.tick(3.0)) == (Outcome.UNKNOWN, "L202")


def test_a_fetch_may_take_60_s_and_3_s_for_each_metre(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(201), 1)
    assert exchange.tick(89.9) == ()
    assert end_of(exchange.tick(90.0)) == (Outcome.UNKNOWN, "L202")


def test_the_answer_after_a_time_out_is_late_and_told_once(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.tick(3.0)
    (late,) = exchange.receive(answer(203), 20)
    assert isinstance(late, LateAnswer)
    assert (late.result.command_id, late.result.outcome, late.result.tray) == (7, Outcome.DONE, 12)
    assert exchange.receive(answer(0), 20.1) == ()


def test_a_late_answer_of_an_earlier_run_does_not_touch_the_command_in_flight(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    (late,) = exchange.receive(answer(0, "3"), 1)
    assert isinstance(late, LateAnswer)
    assert (late.result.command_id, late.result.tray) == (3, None)
    assert exchange.command_id == 7
    assert exchange.receive(answer(0, "3"), 1.1) == ()


def test_an_arrival_told_of_an_earlier_run_is_no_end_because_it_may_be_a_store_s(exchange: Talk) -> None:
    assert exchange.receive(answer(203, "3"), 1) == ()
    (late,) = exchange.receive(answer(0, "3"), 2)
    assert isinstance(late, LateAnswer)


def test_a_lost_line_leaves_the_command_in_flight_and_its_answer_ends_it(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.lose_line(0.5)
    assert exchange.tick(10) == ()
    exchange.come_up(11)
    assert end_of(exchange.receive(answer(0), 20)) == (Outcome.DONE, "")


def test_a_command_on_a_lost_line_is_unknown_when_its_time_is_over(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(201), 0.1)
    exchange.lose_line(1)
    assert end_of(exchange.tick(90)) == (Outcome.UNKNOWN, "L202")


@pytest.mark.parametrize("code", [501, 999, 1001, 0xFF5, 40000])
def test_a_machine_error_stops_the_time_and_the_machine_alone_clears_it(exchange: Talk, code: int) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    assert exchange.receive(answer(code), 2) == (SafetyStopped(str(code), 7),)
    assert exchange.receive(answer(code), 3) == ()
    assert exchange.tick(100_000) == ()
    assert exchange.receive(answer(202), 100_001) == (SafetyCleared(), MotionStarted(7))
    assert exchange.exchange._deck.due_s == 100_001 + 90
    assert end_of(exchange.receive(answer(0), 100_010)) == (Outcome.DONE, "")


def test_a_stop_told_by_both_ends_only_when_both_say_so(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    exchange.receive(answer(1001), 2)
    exchange.receive(answer(1001, "ping1"), 2.1)
    assert exchange.receive(answer(202), 3) == (MotionStarted(7),)
    assert exchange.receive(answer(0, "ping2"), 3.1) == (SafetyCleared(),)


def stopped_and_cancelled(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(1002), 1)
    assert end_of(exchange.receive(answer(107), 2)) == (Outcome.NOT_DONE, "L204")
    assert exchange.exchange._deck.safety.code == "1002"


def test_a_stop_told_by_a_command_that_is_over_is_not_cleared_by_pings_that_never_spoke_of_one(exchange: Talk) -> None:
    stopped_and_cancelled(exchange)
    with pytest.raises(DeviceError, match="L208"):
        exchange.begin(FetchTray(command_id=8, opening="SH1-1", tray=12), 2.05)
    assert exchange.receive(answer(0, "ping3"), 2.1) == (SafetyUnclear("1002"),)
    for number in range(4, 100):
        assert exchange.receive(answer(0, f"ping{number}"), number) == ()


@pytest.mark.parametrize("code", [202, 203, 0])
def test_the_answers_to_the_next_command_end_a_stop_that_was_unclear(exchange: Talk, code: int) -> None:
    stopped_and_cancelled(exchange)
    exchange.receive(answer(0, "ping3"), 2.1)
    exchange.begin(FetchTray(command_id=8, opening="SH1-1", tray=12), 3)
    assert exchange.receive(answer(201, "8"), 4) == (MotionAccepted(8),), "a queue says nothing of safety"
    assert exchange.receive(answer(code, "8"), 5)[0] == SafetyCleared()


def test_the_answers_to_the_next_command_repeat_a_stop_that_was_unclear(exchange: Talk) -> None:
    stopped_and_cancelled(exchange)
    exchange.receive(answer(0, "ping3"), 2.1)
    exchange.begin(FetchTray(command_id=8, opening="SH1-1", tray=12), 3)
    assert exchange.receive(answer(1002, "8"), 4) == (SafetyStopped("1002", 8),)
    exchange.receive(answer(107, "8"), 5)
    assert exchange.receive(answer(0, "ping6"), 6) == (SafetyUnclear("1002"),)


def test_a_refusal_leaves_a_stop_unclear_and_the_next_touch_possible(exchange: Talk) -> None:
    stopped_and_cancelled(exchange)
    exchange.receive(answer(0, "ping3"), 2.1)
    exchange.begin(FetchTray(command_id=8, opening="SH1-1", tray=12), 3)
    assert end_of(exchange.receive(answer(107, "8"), 4)) == (Outcome.NOT_DONE, "L204")
    assert exchange.receive(answer(0, "ping4"), 4.1) == ()
    exchange.begin(FetchTray(command_id=9, opening="SH1-1", tray=12), 5)
    assert exchange.receive(answer(202, "9"), 6) == (SafetyCleared(), MotionStarted(9))


def test_pings_that_have_told_a_stop_end_one_told_by_a_command_that_is_over(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(1002), 1)
    exchange.receive(answer(1002, "ping1"), 1.1)
    exchange.receive(answer(107), 2)
    assert exchange.receive(answer(1002, "ping2"), 2.1) == ()
    assert exchange.receive(answer(0, "ping3"), 3.1) == (SafetyCleared(),)


def test_pings_of_another_connection_must_prove_anew_that_they_speak_of_stops(exchange: Talk) -> None:
    exchange.receive(answer(1001, "ping1"), 0)
    exchange.receive(answer(0, "ping2"), 1)
    exchange.begin(FETCH, 2)
    exchange.receive(answer(1002), 3)
    exchange.lose_line(4)
    exchange.exchange.opened(5)
    exchange.receive(answer(107), 6)
    assert exchange.receive(answer(0, "ping7"), 7) == (SafetyUnclear("1002"),)
    assert exchange.receive(answer(1002, "ping8"), 8) == (SafetyStopped("1002"),)
    assert exchange.receive(answer(0, "ping9"), 9) == (SafetyCleared(),)


def test_a_stop_on_a_lost_line_does_not_wait_for_ever(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(202), 1)
    exchange.receive(answer(1001), 2)
    exchange.lose_line(10)
    assert end_of(exchange.tick(100)) == (Outcome.UNKNOWN, "L202")


def test_an_unknown_status_is_neither_good_nor_an_end(exchange: Talk, caplog: pytest.LogCaptureFixture) -> None:
    exchange.begin(FETCH, 0)
    with caplog.at_level("ERROR"):
        assert exchange.receive(answer(250), 1) == ()
    assert exchange.command_id == 7


def test_a_closed_port_leaves_the_command_unknown(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.exchange.abandon()) == (Outcome.UNKNOWN, "L101")


def test_only_an_answer_proves_the_line_and_5_s_of_silence_lose_it() -> None:
    exchange = JmifExchange(LiftConfig(url="socket://127.0.0.1:1"), unix_offset_s=1_000_000)
    assert exchange.opened(0) == (Send(b"61|ping1000000|SH1-1|0|0||||||||\r\n"),)
    assert not exchange.is_line_up
    up, status = exchange.heard(answer(0, "ping1000000"), 0.1)
    assert (up, status) == (LinkUp(), StatusRead(1_000_000, LiftStatus(ready=True)))
    assert [out for out in exchange.tick(5.1) if not isinstance(out, Send)] == [LinkDown("L102", "no answer"), Reopen()]
    assert exchange.lost("L101", "closed by us", 5.2) == ()
    exchange.opened(6)
    exchange.heard(Trouble("L103"), 6.5)
    assert [out for out in exchange.tick(11) if not isinstance(out, Send)] == [LinkDown("L103", "no answer"), Reopen()]


def test_a_late_answer_to_a_line_that_is_being_opened_anew_does_not_hide_its_loss() -> None:
    exchange = JmifExchange(LiftConfig(url="socket://127.0.0.1:1"), unix_offset_s=1_000_000)
    exchange.opened(0)
    exchange.heard(answer(0, "ping1000000"), 0.1)
    assert Reopen() in exchange.tick(5.1)
    assert exchange.heard(answer(0, "ping1000000"), 5.101)[0] == LinkUp()
    assert exchange.lost("L101", "pulled", 5.2) == (LinkDown("L101", "pulled"),)
    assert not exchange.is_line_up


def test_a_question_is_answered_by_its_own_ping_and_not_by_an_older_one(exchange: Talk) -> None:
    token, outs = exchange.exchange.ask_status(3)
    assert outs == (Send(f"61|ping{token}|SH1-1|0|0||||||||\r\n".encode()),)
    answers = [exchange.exchange.heard(answer(0, f"ping{number}"), 3.1)[-1] for number in (token - 1, token)]
    assert [isinstance(each, StatusRead) and each.token >= token for each in answers] == [False, True]


def test_the_tray_wanted_next_goes_with_the_command(exchange: Talk) -> None:
    (sent,) = exchange.begin(FetchTray(command_id=9, opening="SH1-1", tray=12, next_tray=13), 1)
    assert sent == Send(b"1|9|SH1-1|12|13||||||||\r\n")


def not_acknowledged(text: bytes) -> Unacknowledged:
    return Unacknowledged("L102", "a block was not acknowledged", text=text)


def begun(exchange: Talk, request: LiftRequest = FETCH, now_s: float = 0) -> bytes:
    """The command's own text."""
    (sent,) = exchange.begin(request, now_s)
    assert isinstance(sent, Send)
    return sent.data


@pytest.mark.parametrize("refusal", [102, 103, 106, 107, 302])
def test_a_refusal_ends_nothing_when_the_machine_may_have_the_command_twice(exchange: Talk, refusal: int) -> None:
    # a link protocol sends it again: the refusal may be meant for the copy
    exchange.exchange.heard(not_acknowledged(begun(exchange)), 2)
    assert exchange.receive(answer(201), 2.1) == (MotionAccepted(7),)
    assert exchange.receive(answer(refusal), 2.2) == ()
    assert end_of(exchange.receive(answer(203), 20)) == (Outcome.DONE, "")


def test_a_command_that_is_only_refused_then_ends_unknown_and_stays_so(exchange: Talk) -> None:
    exchange.exchange.heard(not_acknowledged(begun(exchange)), 2)
    assert exchange.receive(answer(103), 2.1) == ()
    assert end_of(exchange.tick(3.0)) == (Outcome.UNKNOWN, "L202")
    assert exchange.receive(answer(103), 4) == ()
    late = exchange.receive(answer(203), 20)
    assert [notice.result.outcome for notice in late if isinstance(notice, LateAnswer)] == [Outcome.DONE]


def test_a_repeat_of_another_command_before_it_spoils_nothing(exchange: Talk) -> None:
    stored = begun(exchange, STORE)
    exchange.receive(answer(0, "8"), 0.5)
    exchange.exchange.heard(not_acknowledged(stored), 0.6)
    exchange.begin(FETCH, 1)
    exchange.exchange.heard(not_acknowledged(stored), 1.1)
    assert end_of(exchange.receive(answer(103), 1.2)) == (Outcome.NOT_DONE, "L206")


def test_a_ping_that_is_carried_twice_does_not_hide_the_refusal_of_the_command_in_flight(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    exchange.receive(answer(201), 0.1)
    _, (ping,) = exchange.exchange.ask_status(1)
    assert isinstance(ping, Send)
    exchange.exchange.heard(not_acknowledged(ping.data), 3.1)
    assert end_of(exchange.receive(answer(302), 3.5)) == (Outcome.NOT_DONE, "L205")


@pytest.mark.parametrize("lost", ["command", "ping"])
def test_the_link_layer_names_the_text_that_was_not_acknowledged_as_it_was_sent(exchange: Talk, lost: str) -> None:
    layer = Layer3964R(JmifLayer(), settings=LinkSettings(), text_end=b"\r\n")
    layer.opened(0)
    sent = {"command": begun(exchange)}
    _, (ping,) = exchange.exchange.ask_status(0)
    assert isinstance(ping, Send)
    sent["ping"] = ping.data
    layer.send(sent[lost], 0)
    layer.feed(b"\x10", 0.1)  # the block leaves, and no DLE comes
    (told,) = layer.wake(2.1).messages
    assert isinstance(told, Trouble)
    exchange.exchange.heard(told, 2.1)
    assert bool(exchange.receive(answer(103), 2.2)) is (lost == "ping")


def test_an_answer_that_comes_twice_does_nothing_the_second_time(exchange: Talk) -> None:
    exchange.begin(FETCH, 0)
    assert end_of(exchange.receive(answer(0), 20)) == (Outcome.DONE, "")
    assert exchange.receive(answer(0), 20.1) == ()
    exchange.begin(STORE, 30)
    assert exchange.receive(answer(0), 30.1) == ()
    assert exchange.command_id == 8
