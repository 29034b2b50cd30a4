"""A machine that only answers questions: what is asked when, what is never sent twice, and which status ends a command."""

from __future__ import annotations

import itertools

import pytest

from hardware.errors import DeviceError
from hardware.lift.dialect import Ask, Kind, PolledTiming, Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Reopen, StatusRead
from hardware.line_layer import NoAnswer, Trouble
from hardware.values import (
    FetchTray,
    Instruction,
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionStarted,
    OperatorAsked,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    StoreTray,
)
from tests.helpers.polled import Bench, FakeDialect, Reply

FETCH = FetchTray(command_id=107, opening="SH1-1", tray=12)
STORE = StoreTray(command_id=108, opening="SH1-1", tray=12)
POINT = PointTray(command_id=109, opening="SH1-1", tray=12)
READY = Snapshot(is_ready=True)
MOVING = Snapshot(is_ready=False, is_moving=True)
HERE = Snapshot(is_ready=True, tray=12)
STOPPED = Snapshot(is_ready=False, stop_code="M7")


def following(bench: Bench | None = None, request: FetchTray | StoreTray = FETCH, before: Snapshot = READY) -> Bench:
    """A bench whose command is written; the first status after it is asked for."""
    bench = bench or Bench()
    bench.begin(request)
    bench.answer(before)
    bench.write_all()
    return bench


# --- the line -------------------------------------------------------------------------------------------------------------


def test_an_open_port_proves_nothing_and_the_first_answer_is_the_link() -> None:
    bench = Bench(is_up=False)
    bench.take(bench.exchange.opened(100))
    assert bench.sent == ["status 1"]
    assert (bench.exchange.is_line_up, bench.told) == (False, [])
    bench.answer(READY)
    assert bench.exchange.is_line_up
    assert bench.told[0] == LinkUp()


def test_an_idle_machine_is_asked_every_2_s_and_a_moving_one_every_quarter() -> None:
    bench = Bench()
    bench.pass_s(1.9)
    assert bench.sent == []
    bench.pass_s(0.2)
    assert bench.sent == ["status 2"]
    bench.answer(MOVING)
    bench.pass_s(0.3)
    assert bench.sent == ["status 2", "status 3"]


def test_one_request_is_open_at_a_time() -> None:
    bench = Bench()
    bench.take(bench.exchange.ask_status(bench.now_s)[1])
    bench.take(bench.exchange.ask_status(bench.now_s)[1])
    bench.begin(FETCH)
    assert bench.sent == ["status 2"]


def test_a_status_of_two_requests_asks_the_second_after_the_first_answer() -> None:
    bench = Bench(FakeDialect(reads=2), is_up=False)
    bench.take(bench.exchange.opened(100))
    bench.answer(READY)
    assert (bench.sent, bench.all_of(StatusRead)) == (["status 1", "status2 1"], [])
    bench.answer(HERE)
    assert bench.status.status.tray == 12


def test_a_question_is_answered_by_a_status_that_was_begun_after_it() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    token, outs = bench.exchange.ask_status(bench.now_s)
    assert outs == ()
    bench.answer(READY)
    assert bench.status.token < token
    assert bench.sent == ["status 2", "status 3"]
    bench.answer(HERE)
    assert (bench.status.token, bench.status.status.tray) == (token, 12)


def test_a_read_without_an_answer_is_asked_again_until_the_line_is_given_up() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    bench.pass_s(2.0)
    assert bench.sent == ["status 2"] * 3
    bench.pass_s(1.0)
    assert bench.told == [LinkDown("L102", "no answer"), Reopen()]
    assert not bench.exchange.is_line_up


def test_a_line_of_noise_only_is_garbage() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    bench.heard(Trouble("L103"))
    bench.pass_s(3.0)
    assert bench.all_of(LinkDown) == [LinkDown("L103", "no answer")]


def test_a_layer_that_knows_of_no_answer_is_believed_at_once() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    before = len(bench.sent)
    bench.heard(Trouble("L102", "unit 1 did not answer"))
    assert bench.sent[before:] == [bench.sent[before - 1]]  # the same question once more, without a wait of its own
    bench.pass_s(3.0)
    assert bench.all_of(LinkDown) == [LinkDown("L102", "no answer")]


def test_a_command_of_which_the_layer_knows_no_answer_is_not_written_again() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FetchTray(command_id=7, opening="SH1-1", tray=12))
    bench.answer(Snapshot(is_ready=True))
    assert bench.open_request == "go 7 fetch 12"
    bench.heard(Trouble("L102", "unit 1 did not answer"))
    bench.answer(Snapshot(is_ready=True, tray=12))
    assert bench.result.outcome is Outcome.DONE
    assert bench.sent.count("go 7 fetch 12") == 1


def no_answer(request: str, *, was_sent: bool = True) -> NoAnswer:
    return NoAnswer("L102", "no answer", request=request, was_sent=was_sent)


def test_what_the_layer_says_of_an_older_request_gives_up_nothing() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    assert bench.open_request == "go 107 fetch 12"
    sent = len(bench.sent)
    bench.heard(no_answer("status 1"))
    assert len(bench.sent) == sent, "the open request is still waited for"
    bench.answer()
    assert bench.all_of(MotionAccepted) == [MotionAccepted(107)]


def test_a_command_that_never_left_the_layer_is_not_done_and_leaves_nothing_to_take_back() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer()
    bench.heard(no_answer("go 107 fetch 12", was_sent=False))
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L102")
    assert not bench.exchange.owes_clean_up


def test_the_loss_after_our_own_reopening_is_not_told_again() -> None:
    bench = Bench()
    bench.pass_s(5.1)
    bench.take(bench.exchange.lost("L101", "closed", bench.now_s))
    assert len(bench.all_of(LinkDown)) == 1
    bench.take(bench.exchange.lost("L101", "no such device", bench.now_s))
    bench.take(bench.exchange.lost("L101", "no such device", bench.now_s))
    assert [down.code for down in bench.all_of(LinkDown)] == ["L102", "L101"]


def test_after_a_time_out_the_line_must_be_quiet_before_the_next_request() -> None:
    bench = Bench(FakeDialect(PolledTiming(quiet_s=0.2)))
    bench.pass_s(2.0)
    bench.pass_s(1.0)
    assert bench.sent == ["status 2"]
    bench.pass_s(0.1)
    bench.heard(Reply("status 2", HERE))  # late: nobody waits for it
    bench.pass_s(0.19)
    assert (bench.sent, bench.all_of(StatusRead)) == (["status 2"], [])
    bench.pass_s(0.02)
    assert bench.sent == ["status 2", "status 2"]


def test_a_foreign_answer_is_dropped() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    bench.heard(Reply("status 1", HERE))
    assert bench.told == []
    bench.answer(READY)
    assert bench.status.status.tray is None


def test_a_refused_status_says_nothing_of_the_tray() -> None:
    bench = Bench()
    token, outs = bench.exchange.ask_status(bench.now_s)
    bench.take(outs)
    bench.answer(Refused("L207", "BAD_COMMAND"))
    assert bench.status.token == token
    assert (bench.status.status.ready, bench.status.status.is_tray_known, bench.status.status.code) == (False, False, "L207")


# --- before the command ---------------------------------------------------------------------------------------------------


def test_a_fresh_status_is_read_before_the_command_is_written_once() -> None:
    bench = Bench()
    bench.begin(FETCH)
    assert bench.sent == ["status 2"]
    bench.answer(READY)
    assert bench.open_request == "tray 12"
    bench.answer()
    assert bench.open_request == "go 107 fetch 12"
    bench.answer()
    assert bench.open_request == "go 107 fetch 12"
    assert bench.told[-1] == MotionAccepted(107)
    bench.pass_s(0.49)
    assert bench.open_request == "go 107 fetch 12"
    bench.pass_s(0.02)
    assert bench.open_request == "clear"
    bench.answer()
    assert bench.open_request == "status 3"


def test_a_status_that_was_under_way_is_not_the_one_before_the_command() -> None:
    bench = Bench()
    bench.pass_s(2.1)
    bench.begin(FETCH)
    bench.answer(READY)
    assert bench.sent == ["status 2", "status 3"]


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (MOVING, "L206"),
        (Snapshot(is_ready=True, is_moving=True), "L206"),
        (Snapshot(is_ready=False), "L206"),
        (Snapshot(is_ready=False, not_ready_code="L201"), "L201"),
        (Snapshot(is_ready=True, waits_for=Instruction.CLOSE_DOOR), "L206"),
        (STOPPED, "L208"),
        (Snapshot(is_ready=True, tray=5), "L205"),
        (Refused("L207"), "L207"),
    ],
)
def test_a_machine_that_cannot_is_not_written_to(before: Snapshot | Refused, code: str) -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(before)
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, code)
    assert [text for text in bench.sent if not text.startswith("status")] == []


def test_what_a_busy_machine_has_at_the_opening_is_not_claimed() -> None:
    bench = Bench()
    bench.begin(STORE)
    bench.answer(MOVING)
    assert bench.result.tray is None


def test_a_command_the_dialect_cannot_write_is_not_done() -> None:
    bench = Bench()
    bench.begin(FetchTray(command_id=1, opening="SH1-1", tray=901))
    bench.answer(READY)
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L207")


def test_a_store_that_names_another_tray_than_the_one_there_is_not_written() -> None:
    bench = Bench()
    bench.begin(STORE)
    bench.answer(Snapshot(is_ready=True, tray=5))
    assert (bench.result.outcome, bench.result.code, bench.result.tray) == (Outcome.NOT_DONE, "L205", 5)


def test_a_store_that_names_no_tray_sends_away_what_is_there() -> None:
    bench = following(request=StoreTray(command_id=8, opening="SH1-1", tray=0), before=Snapshot(is_ready=True, tray=5))
    assert "go 8 store 0" in bench.sent


@pytest.mark.parametrize("there", [None, 5])
def test_a_point_on_a_tray_that_is_not_there_lights_nothing_and_says_that_nobody_knows(there: int | None) -> None:
    bench = Bench()
    bench.begin(POINT)
    bench.answer(Snapshot(is_ready=True, tray=there))
    assert (bench.result.outcome, bench.result.code, bench.result.tray) == (Outcome.UNKNOWN, "L205", there)
    assert bench.sent == ["status 2"]


@pytest.mark.parametrize(("now", "outcome"), [(HERE, Outcome.DONE), (READY, Outcome.NOT_DONE)])
def test_where_nothing_needs_to_be_written_the_status_before_decides(now: Snapshot, outcome: Outcome) -> None:
    bench = Bench(FakeDialect(is_nothing_to_write=True))
    bench.begin(FETCH)
    bench.answer(now)
    assert bench.result.outcome is outcome
    assert bench.sent == ["status 2"]


def test_without_a_status_nothing_is_written_and_the_command_is_not_done() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.pass_s(3.0)
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L102")
    assert set(bench.sent) == {"status 2"}


def test_a_line_lost_before_the_command_was_written_is_not_done() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L101")


def test_a_second_command_is_refused_while_one_is_in_flight() -> None:
    bench = Bench()
    bench.begin(FETCH)
    with pytest.raises(DeviceError, match="L203"):
        bench.begin(STORE)


def test_nothing_begins_on_a_line_that_is_down_or_while_the_machine_stands() -> None:
    with pytest.raises(DeviceError, match="L101"):
        Bench(is_up=False).begin(FETCH)
    bench = Bench()
    bench.pass_s(2.1)
    bench.answer(STOPPED)
    with pytest.raises(DeviceError, match="L208"):
        bench.begin(FETCH)


# --- the write ------------------------------------------------------------------------------------------------------------


def test_a_preparation_without_an_answer_ends_with_nothing_moved() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.pass_s(1.0)
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L102")
    bench.poll(READY, for_s=3)
    assert [text for text in bench.sent if text.startswith(("go", "clear"))] == []


def test_a_refused_preparation_ends_with_its_code() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer(Refused("L207", "exception 3"))
    assert (bench.result.outcome, bench.result.code, bench.result.message) == (Outcome.NOT_DONE, "L207", "exception 3")


def test_a_command_without_an_answer_is_never_written_again_and_its_bit_is_taken_back() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer()
    bench.pass_s(1.0)
    bench.pass_s(0.6)
    assert bench.open_request == "clear"
    bench.pass_s(1.2)
    assert bench.open_request == "status 3"
    bench.answer(MOVING)
    bench.pass_s(0.3)
    assert bench.open_request == "clear", "it was not answered"
    bench.answer()
    bench.answer(HERE)
    assert bench.result.outcome is Outcome.DONE
    assert [bench.sent.count(text) for text in ("tray 12", "go 107 fetch 12", "clear")] == [1, 1, 2]


def test_a_command_without_an_answer_of_which_nothing_is_seen_is_unknown() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.pass_s(1.1)
    bench.answer(READY)
    bench.poll(READY, for_s=5, until=lambda: bench.is_ended)
    assert (bench.result.outcome, bench.result.tray) == (Outcome.UNKNOWN, None)
    assert bench.sent.count("go 107 fetch 12") == 1


def test_a_refused_command_of_which_nothing_is_seen_is_not_done() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer(Refused("L205", "occupied"))
    bench.answer(READY)
    assert not bench.is_ended
    bench.poll(READY, for_s=1)
    assert (bench.result.outcome, bench.result.code, bench.result.message) == (Outcome.NOT_DONE, "L205", "occupied")


def test_a_command_that_was_not_surely_refused_is_told_by_the_status() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer(Refused("L102", "exception 11", is_sure=False))
    bench.answer(READY)
    bench.poll(READY, for_s=2.5)
    assert not bench.is_ended
    bench.poll(READY, for_s=1.5)
    assert (bench.result.outcome, bench.result.code) == (Outcome.UNKNOWN, "L201")


def test_a_command_that_was_not_surely_refused_and_whose_tray_comes_is_done() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer()
    bench.answer(Refused("L201", "exception 4", is_sure=False))
    bench.pass_s(0.5)
    assert bench.open_request == "clear", "its bit may be on"
    bench.answer()
    bench.answer(HERE)
    assert bench.result.outcome is Outcome.DONE


@pytest.mark.parametrize(("settle_s", "least_s"), [(20.0, 20.0), (0.5, 0.5), (None, 3.0)])
def test_a_machine_is_given_its_own_time_to_settle(settle_s: float | None, least_s: float) -> None:
    bench = following(Bench(FakeDialect(PolledTiming(settle_s=settle_s))))
    bench.answer(READY)
    began_s = bench.now_s
    bench.poll(READY, for_s=40, until=lambda: bench.is_ended)
    assert bench.now_s - began_s == pytest.approx(least_s, abs=0.4)


def test_a_refused_store_is_not_done_by_an_opening_that_happens_to_be_empty() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(STORE)
    bench.answer(HERE)
    bench.answer(Refused("L201"))
    bench.answer(READY)
    bench.poll(READY, for_s=1)
    assert bench.result.outcome is Outcome.NOT_DONE


def test_a_refusal_of_a_machine_that_moves_all_the_same_is_no_end() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer(Refused("L206"))
    bench.answer(MOVING)
    bench.poll(READY, for_s=2)
    assert not bench.is_ended
    bench.poll(READY, for_s=2)
    assert bench.result.outcome is Outcome.UNKNOWN


# --- the end --------------------------------------------------------------------------------------------------------------


def test_a_fetch_is_done_when_a_status_after_it_shows_the_tray_and_nothing_moving() -> None:
    bench = following()
    bench.answer(MOVING)
    assert bench.told[-1] == MotionStarted(107)
    bench.poll(Snapshot(is_ready=False, is_moving=True, tray=12), for_s=1)
    assert bench.all_of(MotionStarted) == [MotionStarted(107)]
    assert not bench.is_ended
    bench.poll(HERE, for_s=1)
    assert (bench.result.outcome, bench.result.code, bench.result.tray) == (Outcome.DONE, "", 12)


def test_a_store_is_done_when_the_opening_is_empty() -> None:
    bench = following(request=STORE, before=HERE)
    bench.answer(HERE)
    bench.poll(MOVING, for_s=1)
    bench.poll(READY, for_s=1)
    assert (bench.result.outcome, bench.result.tray) == (Outcome.DONE, None)


def test_where_the_machine_names_the_command_only_ours_is_done() -> None:
    bench = following()
    bench.answer(Snapshot(is_ready=True, tray=12, echo=6))
    bench.poll(Snapshot(is_ready=True, tray=12, echo=6), for_s=1)
    assert not bench.is_ended
    bench.poll(Snapshot(is_ready=True, tray=12, echo=7), for_s=1)
    assert bench.result.outcome is Outcome.DONE


def test_an_echo_of_ours_is_an_acceptance() -> None:
    bench = Bench(FakeDialect(pulse=False))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.pass_s(1.1)
    bench.answer(Snapshot(is_ready=False, echo=7))
    assert bench.all_of(MotionAccepted) == [MotionAccepted(107)]


def test_a_ready_machine_with_another_tray_is_unknown_and_names_it() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.poll(Snapshot(is_ready=True, tray=5), for_s=4)
    assert (bench.result.outcome, bench.result.code, bench.result.tray) == (Outcome.UNKNOWN, "L205", 5)


def test_a_store_whose_tray_came_back_is_unknown_and_names_it() -> None:
    bench = following(request=STORE, before=HERE)
    bench.answer(MOVING)
    bench.poll(HERE, for_s=2.9)
    assert not bench.is_ended
    bench.poll(HERE, for_s=1)
    assert (bench.result.outcome, bench.result.code, bench.result.tray) == (Outcome.UNKNOWN, "L204", 12)


def test_a_machine_that_gave_up_says_so() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.poll(Snapshot(is_ready=True, gave_up_code="L204"), for_s=0.5)
    assert (bench.result.outcome, bench.result.code) == (Outcome.NOT_DONE, "L204")


def test_what_the_machine_gave_up_before_is_not_ours() -> None:
    old = Snapshot(is_ready=True, gave_up_code="L204")
    bench = following(before=old)
    bench.answer(old)
    bench.poll(old, for_s=0.5)
    assert not bench.is_ended
    bench.poll(Snapshot(is_ready=True, gave_up_code="L204", tray=12), for_s=0.5)
    assert bench.result.outcome is Outcome.DONE


def test_a_machine_that_is_not_ready_is_waited_for_until_the_time_is_over() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.poll(Snapshot(is_ready=False), for_s=80)
    assert not bench.is_ended
    bench.poll(Snapshot(is_ready=False), for_s=20)
    assert (bench.result.outcome, bench.result.code) == (Outcome.UNKNOWN, "L202")


def test_a_carousel_keeps_its_bin_and_changes_it_without_a_store() -> None:
    bench = Bench(FakeDialect(keeps_tray=True, pulse=False))
    bench.begin(FETCH)
    bench.answer(Snapshot(is_ready=True, tray=5))
    bench.answer()
    bench.answer(MOVING)
    bench.poll(HERE, for_s=1)
    assert bench.result.outcome is Outcome.DONE
    bench.told.clear()
    bench = Bench(FakeDialect(keeps_tray=True, is_nothing_to_write=True))
    bench.begin(STORE)
    bench.answer(HERE)
    assert (bench.result.outcome, bench.result.tray) == (Outcome.DONE, 12)


# --- people, safety, the line in flight -------------------------------------------------------------------------------------


def test_what_a_person_must_do_is_told_once_and_the_time_rests() -> None:
    bench = following()
    bench.answer(MOVING)
    waiting = Snapshot(is_ready=False, waits_for=Instruction.CLOSE_DOOR)
    bench.poll(waiting, for_s=200)
    assert bench.all_of(OperatorAsked) == [OperatorAsked(107, Instruction.CLOSE_DOOR)]
    assert not bench.is_ended
    bench.poll(MOVING, for_s=1)
    assert len(bench.all_of(MotionStarted)) == 2
    bench.poll(HERE, for_s=1)
    assert bench.result.outcome is Outcome.DONE


def test_a_person_who_ends_the_waiting_starts_the_time_again() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.poll(Snapshot(is_ready=False, waits_for=Instruction.CLOSE_DOOR), for_s=200)
    bench.poll(Snapshot(is_ready=False), for_s=95)
    assert bench.result.outcome is Outcome.UNKNOWN


def test_a_stop_is_told_by_the_status_and_cleared_by_the_status_and_the_command_goes_on() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.poll(STOPPED, for_s=200)
    assert bench.all_of(SafetyStopped) == [SafetyStopped("M7", 107)]
    assert (bench.status.status.safety_code, bench.status.status.code) == ("M7", "L208")
    bench.poll(MOVING, for_s=1)
    assert bench.all_of(SafetyCleared) == [SafetyCleared()]
    assert len(bench.all_of(MotionStarted)) == 2
    bench.poll(HERE, for_s=1)
    assert bench.result.outcome is Outcome.DONE


def test_a_stop_before_the_command_is_told_before_its_end() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(STOPPED)
    assert [type(out) for out in bench.told] == [SafetyStopped, StatusRead, FlightEnded]


@pytest.mark.parametrize(
    ("after", "outcome", "tray"), [(HERE, Outcome.DONE, 12), (READY, Outcome.UNKNOWN, None), (MOVING, None, None)]
)
def test_a_line_lost_in_flight_leaves_the_end_to_the_status_after_it(
    after: Snapshot, outcome: Outcome | None, tray: int | None
) -> None:
    bench = following()
    bench.answer(MOVING)
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    bench.pass_s(5)
    assert bench.all_of(LinkDown) == [LinkDown("L101", "unplugged")]
    assert not bench.is_ended
    sent = len(bench.sent)
    bench.take(bench.exchange.opened(bench.now_s))
    bench.answer(after)
    bench.poll(after, for_s=5)
    assert (bench.result.outcome if bench.is_ended else None) == outcome
    assert outcome is None or bench.result.tray == tray
    assert all(text.startswith("status") for text in bench.sent[sent:])


def test_a_line_lost_between_the_command_and_its_clearing_clears_after_it_and_writes_nothing_else() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer()
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    assert not bench.is_ended
    bench.pass_s(2)
    sent = len(bench.sent)
    bench.take(bench.exchange.opened(bench.now_s))
    bench.pass_s(0.5)
    bench.write_all()
    assert bench.sent[sent:] == ["clear", "status 3"]


def pulsing(request: FetchTray | PointTray, before: Snapshot) -> Bench:
    """A bench whose start bit is on."""
    bench = Bench()
    bench.begin(request)
    bench.answer(before)
    bench.answer()
    bench.answer()
    assert bench.open_request.startswith("go")
    return bench


def test_a_line_that_comes_back_after_the_commands_time_still_takes_the_bit_back() -> None:
    bench = pulsing(POINT, HERE)
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    bench.pass_s(11)
    assert bench.result.outcome is Outcome.UNKNOWN
    sent = len(bench.sent)
    bench.take(bench.exchange.opened(bench.now_s))
    bench.answer()
    bench.answer(HERE)
    assert bench.sent[sent : sent + 2] == ["clear", "status 3"]
    bench.pass_s(5)
    assert bench.sent.count("clear") == 1


def taking_back() -> Bench:
    """A bench that takes its start bit back."""
    bench = pulsing(FETCH, READY)
    bench.answer()
    bench.pass_s(0.5)
    assert bench.open_request == "clear"
    return bench


def serve(bench: Bench, now: Snapshot, *, for_s: float, takes_back: bool = True) -> None:
    """Answer everything for so long; `takes_back` False leaves "clear" without an answer."""
    end_s, served = bench.now_s + for_s, len(bench.sent)
    while bench.now_s < end_s:
        bench.pass_s(0.05)
        while served < len(bench.sent):
            served = len(bench.sent)
            if bench.open_request.startswith("status"):
                bench.answer(now)
            elif takes_back:
                bench.answer()


def test_a_bit_whose_taking_back_nobody_answered_is_taken_back_again_with_statuses_between() -> None:
    bench = taking_back()
    sent = len(bench.sent)
    serve(bench, MOVING, for_s=6, takes_back=False)
    assert bench.sent[sent:].count("clear") == 4
    assert not any(pair == ("clear", "clear") for pair in itertools.pairwise(bench.sent)), "a status comes between"
    assert not bench.all_of(LinkDown)
    assert bench.exchange.owes_clean_up
    serve(bench, MOVING, for_s=2)
    assert not bench.exchange.owes_clean_up
    count = bench.sent.count("clear")
    serve(bench, HERE, for_s=4)
    assert bench.result.outcome is Outcome.DONE
    assert bench.sent.count("clear") == count, "what is answered is not repeated"


@pytest.mark.parametrize("word", [Trouble("L102", "no answer"), NoAnswer("L102", "", request="clear", was_sent=False)])
def test_a_bit_whose_taking_back_the_layer_gave_up_is_taken_back_again(word: Trouble) -> None:
    bench = taking_back()
    bench.heard(word)
    serve(bench, HERE, for_s=3)
    assert bench.sent.count("clear") == 2
    assert not bench.exchange.owes_clean_up


def test_a_refused_taking_back_is_none() -> None:
    bench = taking_back()
    bench.answer(Refused("L206", "exception 6"))
    assert bench.exchange.owes_clean_up
    serve(bench, HERE, for_s=3)
    assert bench.sent.count("clear") == 2
    assert not bench.exchange.owes_clean_up


def test_a_line_lost_while_the_bit_is_taken_back_gets_that_first_when_it_is_back() -> None:
    bench = taking_back()
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    bench.pass_s(1)
    sent = len(bench.sent)
    bench.take(bench.exchange.opened(bench.now_s))
    bench.answer()
    assert bench.sent[sent:][0] == "clear"
    assert not bench.exchange.owes_clean_up


def test_nothing_begins_before_the_bit_of_the_last_command_is_off_and_a_status_says_so() -> None:
    bench = taking_back()
    serve(bench, HERE, for_s=3, takes_back=False)
    assert bench.result.outcome is Outcome.DONE
    assert (bench.status.status.ready, bench.status.status.code, bench.status.status.tray) == (False, "L212", 12)
    with pytest.raises(DeviceError, match="L212"):
        bench.begin(STORE)
    assert not any(text.startswith("go 108") for text in bench.sent)
    serve(bench, HERE, for_s=3)
    assert bench.status.status.ready
    bench.begin(STORE)


def long_pulse(pulse_s: float) -> Bench:
    """A bench whose start bit is on for so long; its answer has come."""
    bench = Bench(FakeDialect(pulse_s=pulse_s))
    bench.begin(FETCH)
    bench.answer(READY)
    bench.answer()
    bench.answer()
    return bench


def until_clear(bench: Bench) -> list[float]:
    """Answer statuses until the bit is taken back; when they were asked."""
    asked_s = []
    for _ in range(2000):
        sent = len(bench.sent)
        bench.pass_s(0.01)
        if len(bench.sent) == sent:
            continue
        if bench.open_request == "clear":
            break
        asked_s.append(bench.now_s)
        bench.answer(READY)
    return asked_s


@pytest.mark.parametrize("pulse_s", [0.5, 4.9, 5.0, 9.0])
def test_a_pulse_is_no_silence_and_ends_in_time(pulse_s: float) -> None:
    bench = long_pulse(pulse_s)
    began_s = bench.now_s
    until_clear(bench)
    assert bench.now_s - began_s == pytest.approx(pulse_s, abs=0.02)
    assert not bench.all_of(LinkDown)


def test_statuses_in_a_pulse_leave_time_for_their_answers() -> None:
    bench = long_pulse(1.9)
    began_s = bench.now_s
    asked_s = [at_s - began_s for at_s in until_clear(bench)]
    assert asked_s == pytest.approx([0.25, 0.5, 0.75], abs=0.04)


def test_a_line_that_falls_silent_in_a_pulse_is_told_within_it() -> None:
    bench = long_pulse(9.0)
    bench.pass_s(5.5)
    assert bench.all_of(LinkDown) == [LinkDown("L102", "no answer")]


def test_a_stop_in_a_pulse_is_told_at_once_and_the_command_stays() -> None:
    bench = long_pulse(5.0)
    bench.pass_s(0.3)
    bench.answer(STOPPED)
    assert bench.all_of(SafetyStopped) == [SafetyStopped("M7", 107)]
    assert not bench.is_ended


def test_a_question_in_a_pulse_is_answered_in_it() -> None:
    bench = long_pulse(5.0)
    token, outs = bench.exchange.ask_status(bench.now_s)
    bench.take(outs)
    assert bench.open_request.startswith("status")
    bench.answer(HERE)
    assert bench.status.token == token
    assert not bench.is_ended, "nothing ends while the bit is on"


def test_a_tray_that_comes_within_the_pulse_is_done_by_a_status_after_it() -> None:
    bench = long_pulse(3.0)
    serve(bench, MOVING, for_s=1.0)
    assert bench.all_of(MotionStarted) == [MotionStarted(107)]
    serve(bench, HERE, for_s=1.8)
    assert not bench.is_ended
    serve(bench, HERE, for_s=1.0)
    assert bench.result.outcome is Outcome.DONE
    assert bench.sent.index("clear") < len(bench.sent) - 1


def test_a_machine_that_moved_in_the_pulse_only_has_not_refused() -> None:
    bench = long_pulse(3.0)
    serve(bench, MOVING, for_s=1.0)
    serve(bench, READY, for_s=9.0)
    assert (bench.result.outcome, bench.result.code) == (Outcome.UNKNOWN, "L204")


def test_a_command_that_is_abandoned_in_its_pulse_takes_the_bit_back_after_it() -> None:
    bench = pulsing(FETCH, READY)
    bench.take(bench.exchange.abandon())
    assert bench.exchange.owes_clean_up
    bench.pass_s(0.4)
    assert bench.open_request.startswith("go")
    bench.pass_s(0.1)
    assert bench.open_request == "clear"
    bench.answer()
    assert not bench.exchange.owes_clean_up


def test_a_command_that_never_started_has_nothing_to_take_back() -> None:
    bench = Bench()
    bench.begin(FETCH)
    bench.answer(READY)
    bench.take(bench.exchange.abandon())
    bench.answer()
    bench.pass_s(2)
    assert "clear" not in bench.sent


def test_a_line_that_stays_lost_is_unknown_when_the_time_is_over() -> None:
    bench = following()
    bench.answer(MOVING)
    bench.take(bench.exchange.lost("L101", "unplugged", bench.now_s))
    bench.pass_s(95)
    assert (bench.result.outcome, bench.result.code) == (Outcome.UNKNOWN, "L202")


def test_a_power_cycle_that_forgot_the_command_is_unknown_even_with_the_tray_there() -> None:
    bench = following()
    bench.answer(Snapshot(is_ready=False, is_moving=True, echo=7))
    bench.poll(Snapshot(is_ready=False, echo=0), for_s=10)
    bench.poll(Snapshot(is_ready=True, tray=12, echo=0), for_s=5)
    assert (bench.result.outcome, bench.result.tray) == (Outcome.UNKNOWN, 12)


def test_a_closed_port_leaves_the_command_unknown() -> None:
    bench = following()
    bench.take(bench.exchange.abandon())
    assert (bench.result.outcome, bench.result.code) == (Outcome.UNKNOWN, "L101")


def test_the_answer_to_a_step_of_an_ended_command_is_nothing_to_the_next() -> None:
    bench = Bench(FakeDialect(PolledTiming(request_s=30), pulse=False))
    bench.begin(POINT)
    bench.answer(HERE)
    bench.exchange._asking._silence_s = 100  # a machine that answers slower than a point may take
    bench.exchange._asking.answered(bench.now_s)
    bench.exchange._asking.send(Ask(b"go", Kind.MOVE, "go 109 point 12"), bench.now_s)
    bench.pass_s(10)
    assert bench.result.outcome is Outcome.UNKNOWN
    bench.told.clear()
    bench.begin(FETCH)
    bench.heard(Reply("go 109 point 12"))
    assert bench.told == []
    assert bench.open_request == "status 3"
