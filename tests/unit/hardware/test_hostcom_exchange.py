"""One command in flight over HOST-COM: every state with every answer, every end, every late answer, with times given by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from hardware.config import HostComOptions, LiftConfig
from hardware.devices.hostcom.exchange import HostComExchange
from hardware.devices.hostcom.messages import Answer, parse
from hardware.errors import DeviceError
from hardware.lift.exchange import FlightEnded, Out, Reopen, Send, StatusRead
from hardware.line_layer import Trouble, Unacknowledged
from hardware.values import (
    FetchTray,
    Instruction,
    LateAnswer,
    LiftRequest,
    LiftStatus,
    LinkDown,
    LinkUp,
    MotionAccepted,
    MotionResult,
    MotionStarted,
    OperatorAsked,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
)

OPENING = "001-1"
FETCH = FetchTray(command_id=7, opening=OPENING, tray=8)
STORE = StoreTray(command_id=9, opening=OPENING, tray=8)
POINT = PointTray(command_id=11, opening=OPENING, tray=8)
LIMIT_S = 90.0  # 60 s and 3 s for each of ten metres


@dataclass
class Talk:
    """An exchange, the hand of its clock, and everything it wanted done."""

    exchange: HostComExchange
    now_s: float = 0.0
    outs: list[Out] = field(default_factory=list)

    def took(self, outs: tuple[Out, ...]) -> list[Out]:
        self.outs += outs
        return list(outs)

    def hears(self, content: str, number: int | None = None, head: str = "2301:0011") -> list[Out]:
        """`XS E00` with a number; without one to the telegram that was sent last."""
        kind, what = content.split(" ", 1)
        seq = self.number if number is None else number
        answer = parse(f"*G{head}$V {kind}${seq:03}${what}$".encode())
        assert isinstance(answer, Answer)
        return self.took(self.exchange.heard(answer, self.now_s))

    def begins(self, request: LiftRequest) -> list[Out]:
        return self.took(self.exchange.begin(request, self.now_s))

    def waits(self, seconds: float) -> list[Out]:
        """Time passes, with every tick the exchange asks for."""
        until_s, outs = self.now_s + seconds, []
        while self.exchange.due_s is not None and self.exchange.due_s <= until_s:
            self.now_s = max(self.now_s, self.exchange.due_s)
            outs += self.took(self.exchange.tick(self.now_s))
        self.now_s = until_s
        return outs

    def waits_answering(self, seconds: float, *answers: str) -> list[Out]:
        """Time passes while the machine answers every question like this."""
        until_s, outs = self.now_s + seconds, []
        while self.exchange.due_s is not None and self.exchange.due_s <= until_s:
            self.now_s = max(self.now_s, self.exchange.due_s)
            outs += self.took(self.exchange.tick(self.now_s))
            if self.asks:
                for answer in answers:
                    outs += self.hears(answer)
        self.now_s = until_s
        return outs

    def is_told_unacknowledged(self, sent: str) -> None:
        """A link protocol sends this once more."""
        self.took(self.exchange.heard(Unacknowledged("L102", "not acknowledged", text=sent.encode()), self.now_s))

    def is_asked(self) -> int:
        """Somebody asks for the status; the token."""
        token, outs = self.exchange.ask_status(self.now_s)
        self.took(outs)
        return token

    @property
    def sent(self) -> list[str]:
        return [out.data.decode() for out in self.outs if isinstance(out, Send)]

    @property
    def number(self) -> int:
        found = re.search(r"XR\$(\d{3})\$", self.sent[-1])
        assert found
        return int(found[1])

    @property
    def asks(self) -> bool:
        """Whether the last telegram is a question that is not answered yet."""
        return self.exchange._questions.current is not None

    @property
    def moves(self) -> list[str]:
        return [sent for sent in self.sent if "read_status" not in sent]

    @property
    def ended(self) -> list[MotionResult]:
        return [out.result for out in self.outs if isinstance(out, FlightEnded)]

    @property
    def statuses(self) -> list[LiftStatus]:
        return [out.status for out in self.outs if isinstance(out, StatusRead)]

    @property
    def end(self) -> tuple[Outcome, str, int | None]:
        (result,) = self.ended
        return result.outcome, result.code, result.tray


def kinds(outs: list[Out]) -> list[Out]:
    """What is told, without what is sent and read."""
    return [out for out in outs if not isinstance(out, Send | StatusRead)]


@pytest.fixture
def talk() -> Talk:
    """A line that is up: the first question has its answer, no tray is there."""
    talk = Talk(HostComExchange(LiftConfig(url="socket://127.0.0.1:1", opening=OPENING, height_mm=10_000)))
    talk.took(talk.exchange.opened(0))
    talk.hears("XS E00")
    talk.hears("XA ER=00&L=1&E=1&T=0&U=1_000&I=0&J=0")
    assert LinkUp() in talk.outs
    talk.outs.clear()
    return talk


@pytest.fixture
def moving(talk: Talk) -> Talk:
    """A fetch that was accepted."""
    talk.begins(FETCH)
    talk.hears("XS E00")
    talk.outs = [out for out in talk.outs if isinstance(out, Send)]
    return talk


def a_store(talk: Talk) -> Talk:
    talk.begins(STORE)
    talk.hears("XS E00")
    return talk


# --- the published transcript ----------------------------------------------------------------------------------------------


def test_the_first_contact_after_power_on_is_asked_again_once_with_a_new_number() -> None:
    talk = Talk(HostComExchange(LiftConfig(url="x", opening=OPENING), first_number=1))
    talk.took(talk.exchange.opened(0))
    assert talk.sent == ["*G0011:2301$U XR$001$macro=read_status$\r\n"]
    assert kinds(talk.hears("XS E01")) == [LinkUp()]
    assert talk.sent[1:] == ["*G0011:2301$U XR$002$macro=read_status$\r\n"]
    talk.hears("XS E00")
    talk.hears("XA ER=00&L=1&E=1&T=0&U=1_000&I=0&J=0")
    assert talk.statuses == [LiftStatus(ready=True, tray=None)]
    assert len(talk.sent) == 2


def test_a_fetch_is_accepted_started_shown_its_instruction_and_done(talk: Talk) -> None:
    talk.begins(FETCH)
    assert talk.sent == ["*G0011:2301$U XR$507$macro=get_shelf$PM1=8$PM14=1$\r\n"]
    assert kinds(talk.hears("XS E00", 507)) == [MotionAccepted(7)]
    assert kinds(talk.hears("XI ER=01&L=1&E=1", 507)) == [MotionStarted(7)]
    assert kinds(talk.hears("XI ER=06&L=1&E=1", 507)) == [OperatorAsked(7, Instruction.CLOSE_DOOR)]
    talk.hears("XA ER=00&L=1&E=1&T=8&U=1_000&I=0&J=0", 507)
    assert talk.end == (Outcome.DONE, "", 8)
    assert not talk.ended[0].is_lit
    assert len(talk.moves) == 1


def test_a_store_is_done_when_no_tray_is_left(talk: Talk) -> None:
    talk.begins(STORE)
    assert talk.sent == ["*G0011:2301$U XR$509$macro=store_shelf$PM14=0$\r\n"]
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=0")
    assert talk.end == (Outcome.DONE, "", None)


# --- XS ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "error"), [("E02", "L206"), ("E03", "L207"), ("E04", "L207"), ("E05", "L209")])
def test_a_refusal_is_not_done_and_is_not_sent_again(talk: Talk, code: str, error: str) -> None:
    talk.begins(FETCH)
    talk.hears(f"XS {code}")
    assert talk.end == (Outcome.NOT_DONE, error, None)
    talk.waits(20)
    assert len(talk.moves) == 1


@pytest.mark.parametrize("code", ["E01", "E02", "E03", "E04", "E05", "E77"])
def test_no_refusal_follows_an_acceptance(moving: Talk, code: str) -> None:
    number = moving.number
    assert kinds(moving.hears(f"XS {code}", number)) == []
    assert moving.ended == []
    assert len(moving.moves) == 1


def test_a_command_at_first_contact_is_sent_once_more_and_no_more(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.hears("XS E01", 507)
    assert talk.moves[1:] == ["*G0011:2301$U XR$508$macro=get_shelf$PM1=8$PM14=1$\r\n"]
    talk.hears("XS E01", 507)  # said twice: still the first one
    assert len(talk.moves) == 2
    talk.hears("XS E01", 508)
    assert talk.end == (Outcome.NOT_DONE, "L209", None)
    assert len(talk.moves) == 2


def test_a_command_sent_again_is_done_by_the_answers_to_its_second_number(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.hears("XS E01", 507)
    assert talk.hears("XS E00", 507) == []  # to the first number: not believed
    assert talk.hears("XA ER=00&T=8", 507) == []
    talk.hears("XS E00", 508)
    talk.hears("XA ER=00&T=8", 508)
    assert talk.end == (Outcome.DONE, "", 8)


def test_first_contact_told_after_the_line_was_lost_sends_nothing(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.took(talk.exchange.lost("L101", "pulled", 1))
    talk.took(talk.exchange.opened(2))
    talk.hears("XS E01", 507)
    assert talk.end == (Outcome.NOT_DONE, "L209", None)
    assert len(talk.moves) == 1


def test_an_unknown_status_is_neither_good_nor_an_end(talk: Talk) -> None:
    talk.begins(FETCH)
    assert kinds(talk.hears("XS E06")) == []
    talk.waits(3)
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


# --- XI ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "instruction"),
    [
        ("02", Instruction.PRESS_RETURN),
        ("04", Instruction.OTHER_ACCESS_BUSY),
        ("05", Instruction.OTHER_ACCESS_BUSY),
        ("06", Instruction.CLOSE_DOOR),
        ("07", Instruction.OPEN_DOOR),
        ("08", Instruction.INSERT_TRAY),
        ("09", Instruction.TAKE_TRAY_OUT),
        ("10", Instruction.LOOK_AT_PANEL),
    ],
)
def test_an_instruction_is_told_once_and_the_time_rests(moving: Talk, code: str, instruction: Instruction) -> None:
    number = moving.number
    assert kinds(moving.hears(f"XI ER={code}&L=1&E=1", number)) == [OperatorAsked(7, instruction)]
    assert kinds(moving.hears(f"XI ER={code}&L=1&E=1", number)) == []
    moving.waits_answering(1000, "XS E02")
    assert moving.ended == []
    assert MotionStarted(7) in kinds(moving.hears("XI ER=01", number))
    moving.waits_answering(LIMIT_S, "XS E02")
    assert moving.end == (Outcome.UNKNOWN, "L202", None)


def test_a_lift_error_is_shown_and_only_the_machine_clears_it(moving: Talk) -> None:
    number = moving.number
    assert kinds(moving.hears("XI ER=03&L=1&E=1", number)) == [SafetyStopped("03", 7)]
    assert kinds(moving.hears("XI ER=03&L=1&E=1", number)) == []
    moving.waits_answering(1000, "XS E05")
    assert moving.ended == []
    assert moving.statuses[-1] == LiftStatus(ready=False, safety_code="03", code="L208", is_tray_known=False)
    assert kinds(moving.hears("XI ER=01&L=1&E=1", number)) == [SafetyCleared(), MotionStarted(7)]
    moving.hears("XA ER=00&T=8", number)
    assert moving.end == (Outcome.DONE, "", 8)
    assert {sent for sent in moving.sent if "read_status" not in sent} == set(moving.moves[:1])


def test_a_command_aborted_at_a_stop_leaves_the_stop_to_the_next_status(moving: Talk) -> None:
    number = moving.number
    moving.hears("XI ER=03", number)
    moving.hears("XA ER=99&L=1&E=1&T=0", number)
    assert moving.end == (Outcome.NOT_DONE, "L204", None)
    assert moving.asks  # at once
    with pytest.raises(DeviceError, match="L208"):
        moving.begins(STORE)
    moving.hears("XS E05")
    assert moving.statuses[-1].code == "L208"
    moving.is_asked()
    moving.hears("XS E00")
    assert SafetyUnclear("03") in moving.hears("XA ER=00&T=0"), "no status of this line has told a stop yet"
    assert moving.statuses[-1] == LiftStatus(ready=True)


def test_a_status_that_has_told_a_stop_ends_one_told_by_a_command_that_is_over(moving: Talk) -> None:
    number = moving.number
    moving.hears("XI ER=03", number)
    moving.hears("XA ER=99&L=1&E=1&T=0", number)
    moving.is_asked()
    moving.hears("XS E00")
    moving.hears("XI ER=03")
    moving.hears("XA ER=99")
    moving.is_asked()
    moving.hears("XS E00")
    assert SafetyCleared() in moving.hears("XA ER=00&T=0")


def test_an_unknown_info_says_nothing(moving: Talk) -> None:
    assert kinds(moving.hears("XI ER=11", 507)) == []
    assert kinds(moving.hears("XI L=1", 507)) == []
    assert kinds(moving.hears("XQ ER=00", 507)) == []
    assert moving.ended == []


# --- XA ----------------------------------------------------------------------------------------------------------------------


def test_another_tray_is_named_and_not_believed_to_be_the_one_asked_for(moving: Talk) -> None:
    moving.hears("XA ER=00&T=9", 507)
    assert moving.end == (Outcome.UNKNOWN, "L205", 9)


def test_a_fetch_that_ends_without_a_tray_is_unknown(moving: Talk) -> None:
    moving.hears("XA ER=00&T=0", 507)
    assert moving.end == (Outcome.UNKNOWN, "L201", None)


def test_a_store_after_which_the_tray_is_still_there_is_not_done_by_its_word(talk: Talk) -> None:
    a_store(talk).hears("XA ER=00&T=8", 509)
    assert talk.end == (Outcome.UNKNOWN, "L205", 8)


def test_an_aborted_command_names_the_tray_that_is_there(talk: Talk) -> None:
    a_store(talk).hears("XA ER=99&T=8", 509)
    assert talk.end == (Outcome.NOT_DONE, "L204", 8)


@pytest.mark.parametrize("content", ["ER=01&T=8", "ER=98&T=8", "T=8", "ER=00&T=8&T=8"])
def test_a_response_that_is_not_explained_is_no_end(moving: Talk, content: str) -> None:
    assert kinds(moving.hears(f"XA {content}", 507)) == []
    assert moving.ended == []


def test_a_done_without_a_tray_waits_for_a_status_that_names_it(moving: Talk) -> None:
    moving.hears("XA ER=00&L=1", 507)
    assert moving.ended == []
    assert moving.asks
    moving.hears("XS E02")
    moving.is_asked()
    moving.hears("XS E00")
    moving.hears("XA ER=00&T=8")
    assert moving.end == (Outcome.DONE, "", 8)


def test_a_done_before_its_acceptance_is_believed_only_with_a_fresh_status(talk: Talk) -> None:
    talk.begins(FETCH)
    assert kinds(talk.hears("XA ER=00&T=8", 507)) == []
    talk.hears("XS E00", 507)
    assert talk.ended == []
    assert talk.asks
    talk.hears("XS E02")
    assert talk.ended == []
    talk.waits(0.5)
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=8")
    assert talk.end == (Outcome.DONE, "", 8)


def test_an_abort_before_its_acceptance_is_no_end(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.hears("XA ER=99&T=0", 507)
    assert talk.ended == []
    talk.waits(3)
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


def test_a_second_done_is_consumed(moving: Talk) -> None:
    moving.hears("XA ER=00&T=8", 507)
    assert kinds(moving.hears("XA ER=00&T=8", 507)) == []
    assert len(moving.ended) == 1


# --- whose answer it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["2302:0011", "2301:0012", "2301:0021"])
def test_an_answer_of_another_lift_access_or_host_says_nothing(moving: Talk, head: str) -> None:
    assert moving.hears("XA ER=00&T=8", 507, head=head) == []
    assert moving.ended == []


def test_a_host_number_that_the_machine_does_not_know_is_told_by_whatever_head(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.hears("XS E04", 507, head="9999:0011")
    assert talk.end == (Outcome.NOT_DONE, "L207", None)


@pytest.mark.parametrize("number", [0, 499, 506, 508, 999])
def test_an_answer_with_another_number_does_not_touch_the_command_in_flight(moving: Talk, number: int) -> None:
    for content in ("XS E02", "XI ER=03", "XA ER=00&T=8", "XA ER=99&T=0"):
        assert kinds(moving.hears(content, number)) == []
    assert moving.ended == []


def test_a_number_of_an_earlier_round_is_not_used_again_while_its_answers_may_come(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    again = FetchTray(command_id=7 + 500, opening=OPENING, tray=8)
    talk.now_s += LIMIT_S
    talk.begins(again)
    talk.hears("XS E02", talk.number) if talk.asks else None
    assert "$508$" in talk.moves[-1]
    talk.hears("XS E00", 508)
    (late,) = kinds(talk.hears("XA ER=00&T=8", 507))
    assert isinstance(late, LateAnswer)
    assert late.result.command_id == 7
    assert len(talk.ended) == 1


def test_the_answer_after_a_time_out_is_late_and_told_once(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    assert talk.end == (Outcome.UNKNOWN, "L202", None)
    assert kinds(talk.hears("XS E00", 507)) == []
    assert kinds(talk.hears("XI ER=01", 507)) == []
    (late,) = kinds(talk.hears("XA ER=00&T=8", 507))
    assert isinstance(late, LateAnswer)
    assert (late.result.command_id, late.result.outcome, late.result.tray) == (7, Outcome.DONE, 8)
    assert kinds(talk.hears("XA ER=00&T=8", 507)) == []


def test_a_late_refusal_says_that_it_was_not_taken(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    (late,) = kinds(talk.hears("XS E05", 507))
    assert isinstance(late, LateAnswer)
    assert (late.result.outcome, late.result.code) == (Outcome.NOT_DONE, "L209")


def test_a_late_answer_that_names_another_tray_tells_nothing(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    assert kinds(talk.hears("XA ER=00&T=9", 507)) == []


def test_an_answer_of_an_earlier_run_is_noise(talk: Talk) -> None:
    for content in ("XS E00", "XI ER=01", "XA ER=00&T=8"):
        assert talk.hears(content, 777) == []


# --- the status -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("XS E02", LiftStatus(ready=False, is_moving=True, code="L206", is_tray_known=False)),
        ("XS E03", LiftStatus(ready=False, code="L207", is_tray_known=False)),
        ("XS E04", LiftStatus(ready=False, code="L207", is_tray_known=False)),
        ("XS E05", LiftStatus(ready=False, code="L209", is_tray_known=False)),
    ],
)
def test_a_question_that_is_refused_says_why(talk: Talk, answer: str, status: LiftStatus) -> None:
    talk.is_asked()
    talk.hears(answer)
    assert talk.statuses == [status]


@pytest.mark.parametrize("content", ["XA ER=00&L=1", "XA ER=99&T=8", "XA ER=01&T=8"])
def test_a_response_to_a_question_that_is_not_good_names_no_tray(talk: Talk, content: str) -> None:
    talk.is_asked()
    talk.hears("XS E00")
    talk.hears(content)
    assert talk.statuses == [LiftStatus(ready=False, code="L201", is_tray_known=False)]


def test_a_status_names_the_tray(talk: Talk) -> None:
    token = talk.is_asked()
    talk.hears("XS E00")
    assert StatusRead(token, LiftStatus(ready=True, tray=8)) in talk.hears("XA ER=00&T=8")


def test_a_response_without_its_acceptance_answers_no_question(talk: Talk) -> None:
    talk.is_asked()
    talk.hears("XA ER=00&T=8")
    assert talk.statuses == []


def test_a_second_question_waits_for_the_first_and_is_asked_after_it(talk: Talk) -> None:
    first, second = talk.is_asked(), talk.is_asked()
    assert len(talk.sent) == 1
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=0")
    assert len(talk.sent) == 2
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=8")
    reads = [out for out in talk.outs if isinstance(out, StatusRead)]
    assert [(read.token, read.status.tray) for read in reads] == [(first, None), (second, 8)]


def test_first_contact_twice_is_a_machine_that_is_not_ready(talk: Talk) -> None:
    talk.is_asked()
    talk.hears("XS E01")
    talk.hears("XS E01")
    assert talk.statuses == [LiftStatus(ready=False, code="L209", is_tray_known=False)]
    assert len(talk.sent) == 2


def test_a_lift_error_told_to_a_question_stops_until_a_later_one_is_good(talk: Talk) -> None:
    talk.is_asked()
    talk.hears("XS E00")
    assert SafetyStopped("03", None) in talk.hears("XI ER=03")
    talk.hears("XA ER=00&T=0")
    assert talk.statuses[-1] == LiftStatus(ready=False, safety_code="03", code="L208")
    talk.waits(2)
    talk.hears("XS E00")
    assert SafetyCleared() in talk.hears("XA ER=00&T=0")


def test_a_status_during_a_fetch_says_that_the_machine_moves(moving: Talk) -> None:
    moving.is_asked()
    moving.hears("XS E00")
    moving.hears("XA ER=00&T=0")
    assert moving.statuses == [LiftStatus(ready=False, is_moving=True, code="L206")]
    assert moving.ended == []


# --- the order of telegrams ------------------------------------------------------------------------------------------------


def test_a_command_waits_for_the_answer_to_the_question_before_it(talk: Talk) -> None:
    talk.is_asked()
    talk.begins(FETCH)
    assert talk.moves == []
    talk.hears("XS E00")
    assert talk.moves == []
    talk.now_s = 2.0
    talk.hears("XA ER=00&T=0")
    assert len(talk.moves) == 1
    talk.waits(2.9)  # counted from when it left
    assert talk.ended == []
    talk.waits(0.1)
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


def test_a_command_that_could_not_leave_in_time_has_moved_nothing_and_never_will(talk: Talk) -> None:
    talk.is_asked()
    talk.begins(FETCH)
    talk.waits(3.0)
    assert talk.end == (Outcome.NOT_DONE, "L102", None)
    talk.waits(4)
    assert talk.moves == []


def test_a_line_lost_before_a_command_left_has_moved_nothing(talk: Talk) -> None:
    talk.is_asked()
    talk.begins(FETCH)
    talk.took(talk.exchange.lost("L101", "pulled", 1))
    assert talk.end == (Outcome.NOT_DONE, "L101", None)
    talk.took(talk.exchange.opened(2))
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=0")
    assert talk.moves == []


def test_no_question_leaves_before_a_command_has_its_status(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.is_asked()
    talk.waits(2.5)
    assert len(talk.sent) == 1
    talk.hears("XS E00")
    assert "read_status" in talk.sent[1]


def test_a_second_command_is_refused_while_one_is_in_flight(moving: Talk) -> None:
    with pytest.raises(DeviceError, match="L203"):
        moving.begins(STORE)
    assert len(moving.moves) == 1


@pytest.mark.parametrize(
    "request_",
    [
        FetchTray(command_id=7, opening="001-2", tray=8),
        FetchTray(command_id=7, opening=OPENING, tray=0),
        PointTray(command_id=7, opening=OPENING, tray=-1),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(talk: Talk, request_: LiftRequest) -> None:
    with pytest.raises(DeviceError, match="L207"):
        talk.begins(request_)
    assert talk.sent == []


def test_nothing_is_begun_before_the_line_is_proven() -> None:
    talk = Talk(HostComExchange(LiftConfig(url="x", opening=OPENING)))
    talk.took(talk.exchange.opened(0))
    with pytest.raises(DeviceError, match="L101"):
        talk.begins(FETCH)


# --- the line and the time -------------------------------------------------------------------------------------------------


def test_what_was_said_before_the_first_question_proves_no_line() -> None:
    talk = Talk(HostComExchange(LiftConfig(url="x", opening=OPENING)))
    talk.took(talk.exchange.opened(0))
    talk.hears("XA ER=00&T=8", 507)
    assert LinkUp() not in talk.outs
    talk.hears("XS E05", 0)
    assert LinkUp() in talk.outs


def test_a_fetch_may_take_60_s_and_3_s_for_each_metre(moving: Talk) -> None:
    moving.waits_answering(LIMIT_S - 0.1, "XS E02")
    assert moving.ended == []
    moving.waits_answering(0.1, "XS E02")
    assert moving.end == (Outcome.UNKNOWN, "L202", None)


def test_after_an_unknown_end_the_machine_counts_as_moving_until_its_time_is_over(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    talk.waits_answering(LIMIT_S - 3 - 2, "XS E00", "XA ER=00&T=0")
    assert {status.is_moving for status in talk.statuses} == {True}
    talk.waits_answering(5, "XS E00", "XA ER=00&T=0")
    assert talk.statuses[-1] == LiftStatus(ready=True)


def test_after_an_unknown_end_the_tray_asked_for_settles_it(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    talk.waits_answering(2, "XS E00", "XA ER=00&T=8")
    assert talk.statuses[-1] == LiftStatus(ready=True, tray=8)


@pytest.mark.parametrize("answer", ["XA ER=99&T=0", "XS E02", "XA ER=00&T=9"])
def test_after_an_unknown_end_its_own_late_end_settles_it(talk: Talk, answer: str) -> None:
    talk.begins(FETCH)
    talk.waits(3)
    talk.hears(answer, 507)
    talk.waits_answering(2, "XS E00", "XA ER=00&T=0")
    assert talk.statuses[-1] == LiftStatus(ready=True)


def test_a_lost_line_leaves_the_command_in_flight_and_its_answer_ends_it(moving: Talk) -> None:
    assert kinds(moving.took(moving.exchange.lost("L101", "pulled", 1))) == [LinkDown("L101", "pulled")]
    moving.took(moving.exchange.opened(2))
    assert kinds(moving.hears("XA ER=00&T=8", 507))[-1:] == [FlightEnded(moving.ended[0])]
    assert moving.end == (Outcome.DONE, "", 8)


def test_after_a_lost_line_a_status_that_names_the_tray_is_enough(moving: Talk) -> None:
    moving.took(moving.exchange.lost("L101", "pulled", 1))
    moving.now_s = 2
    moving.took(moving.exchange.opened(2))
    assert kinds(moving.hears("XS E00")) == [LinkUp()]
    moving.hears("XA ER=00&T=8")
    assert moving.end == (Outcome.DONE, "", 8)
    assert kinds(moving.hears("XA ER=00&T=8", 507)) == []


def test_after_a_lost_line_a_status_without_the_tray_ends_nothing(moving: Talk) -> None:
    moving.took(moving.exchange.lost("L101", "pulled", 1))
    moving.now_s = 2
    moving.took(moving.exchange.opened(2))
    moving.hears("XS E00")
    moving.hears("XA ER=00&T=0")
    assert moving.ended == []
    moving.waits_answering(LIMIT_S, "XS E00", "XA ER=00&T=9")
    assert moving.end == (Outcome.UNKNOWN, "L202", None)
    assert len(moving.moves) == 1


def test_a_lost_arrival_is_made_up_for_by_two_statuses_that_name_the_tray(moving: Talk) -> None:
    for expected in (0, 1):
        assert len(moving.ended) == 0
        moving.is_asked()
        moving.hears("XS E00")
        moving.hears("XA ER=00&T=8")
        assert len(moving.ended) == expected
    assert moving.end == (Outcome.DONE, "", 8)


def test_two_statuses_with_the_machine_busy_between_them_do_not_make_an_arrival(moving: Talk) -> None:
    for answers in (("XS E00", "XA ER=00&T=8"), ("XS E02",), ("XS E00", "XA ER=00&T=8")):
        moving.is_asked()
        for answer in answers:
            moving.hears(answer)
    assert moving.ended == []


def test_a_store_is_not_done_by_the_status_alone(talk: Talk) -> None:
    a_store(talk)
    talk.waits_answering(50, "XS E00", "XA ER=00&T=0")
    assert talk.ended == []
    talk.waits_answering(20, "XS E00", "XA ER=00&T=0")
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


def test_a_tray_that_left_ends_the_waiting_for_a_person(talk: Talk) -> None:
    a_store(talk).hears("XI ER=06", 509)
    talk.waits_answering(1000, "XS E02")
    assert talk.ended == []
    talk.waits_answering(70, "XS E00", "XA ER=00&T=0")
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


def test_a_machine_that_was_off_knows_nothing_of_the_command(moving: Talk) -> None:
    moving.is_asked()
    moving.hears("XS E01")
    assert moving.end == (Outcome.UNKNOWN, "L204", None)
    assert "read_status" in moving.sent[-1]
    moving.hears("XS E00")
    moving.hears("XA ER=00&T=0")
    assert moving.statuses == [LiftStatus(ready=True)]
    assert len(moving.moves) == 1


def test_a_silent_line_is_down_and_opened_again(talk: Talk) -> None:
    outs = talk.waits(8)
    assert LinkDown("L102", "no answer") in outs
    assert Reopen() in outs
    assert talk.took(talk.exchange.lost("L101", "closed", talk.now_s)) == []
    talk.took(talk.exchange.opened(talk.now_s))
    assert kinds(talk.hears("XS E00")) == [LinkUp()]


def test_nothing_is_asked_on_a_line_that_is_gone(talk: Talk) -> None:
    talk.is_asked()
    talk.is_asked()
    talk.took(talk.exchange.lost("L101", "pulled", 1))
    talk.outs.clear()
    talk.took(talk.exchange.tick(5))
    assert talk.sent == []
    assert talk.exchange.due_s is None
    talk.took(talk.exchange.opened(6))
    assert len(talk.sent) == 1


def test_a_line_of_noise_is_down_as_such(talk: Talk) -> None:
    talk.took(talk.exchange.heard(Trouble("L103", "noise"), 1))
    assert LinkDown("L103", "no answer") in talk.waits(8)


def test_an_unanswered_question_is_asked_again_under_another_number(talk: Talk) -> None:
    talk.is_asked()
    first = talk.number
    talk.waits(3.5)
    assert talk.number != first
    assert talk.asks


def test_a_closed_port_leaves_the_command_unknown(moving: Talk) -> None:
    moving.took(moving.exchange.abandon())
    assert moving.end == (Outcome.UNKNOWN, "L101", None)


# --- over a link layer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["XS E01", "XS E02", "XS E05", "XA ER=99&T=0"])
def test_a_command_that_may_be_there_twice_is_ended_by_no_refusal_and_not_sent_again(talk: Talk, answer: str) -> None:
    talk.begins(FETCH)
    talk.is_told_unacknowledged(talk.moves[-1])
    talk.hears(answer, 507)
    assert talk.ended == []
    assert len(talk.moves) == 1
    talk.hears("XS E00", 507)
    talk.hears("XA ER=00&T=8", 507)
    assert talk.end == (Outcome.DONE, "", 8)


def test_a_question_that_is_carried_twice_casts_no_doubt_on_the_command_that_waits_for_it(talk: Talk) -> None:
    talk.is_asked()
    talk.begins(FETCH)
    talk.is_told_unacknowledged(talk.sent[-1])
    talk.hears("XS E02")
    talk.hears("XS E05", 507)
    assert talk.end == (Outcome.NOT_DONE, "L209", None)


def test_a_question_that_is_carried_twice_does_not_hide_the_refusal_of_the_command_in_flight(moving: Talk) -> None:
    moving.is_asked()
    moving.is_told_unacknowledged(moving.sent[-1])
    moving.hears("XA ER=99&T=0", 507)
    assert moving.end == (Outcome.NOT_DONE, "L204", None)


def test_a_command_that_left_twice_may_be_there_twice_by_either_of_its_texts(talk: Talk) -> None:
    talk.begins(FETCH)
    talk.hears("XS E01", 507)
    first, second = talk.moves
    talk.is_told_unacknowledged(first)
    talk.hears("XS E02", 508)
    assert talk.ended == []
    assert second != first


# --- the light -------------------------------------------------------------------------------------------------------------


def test_a_point_moves_nothing_and_is_done_by_the_status_that_names_its_tray(talk: Talk) -> None:
    talk.begins(POINT)
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=8")
    assert talk.end == (Outcome.DONE, "", 8)
    assert not talk.ended[0].is_lit
    assert talk.moves == []


def test_a_point_takes_a_status_that_was_asked_for_after_it(talk: Talk) -> None:
    talk.is_asked()
    talk.begins(POINT)
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=8")
    assert talk.ended == []
    talk.hears("XS E00")
    talk.hears("XA ER=00&T=8")
    assert talk.end == (Outcome.DONE, "", 8)


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        (("XS E00", "XA ER=00&T=9"), (Outcome.UNKNOWN, "L205", 9)),
        (("XS E00", "XA ER=00&T=0"), (Outcome.UNKNOWN, "L201", None)),
        (("XS E02",), (Outcome.NOT_DONE, "L206", 8)),
        (("XS E05",), (Outcome.NOT_DONE, "L209", None)),
    ],
)
def test_a_point_at_a_tray_that_is_not_there_is_not_done(
    talk: Talk, answers: tuple[str, ...], end: tuple[Outcome, str, int | None]
) -> None:
    talk.begins(POINT)
    for answer in answers:
        talk.hears(answer)
    assert talk.end == end


def test_a_point_nobody_answers_is_unknown_after_its_time(talk: Talk) -> None:
    talk.begins(POINT)
    talk.waits(4.9)
    assert talk.ended == []
    talk.waits(5.1)
    assert talk.end == (Outcome.UNKNOWN, "L202", None)


def test_the_options_of_a_firmware_are_used() -> None:
    options = HostComOptions(host="1234", parameter="PM01", separator="nbsp")
    talk = Talk(HostComExchange(LiftConfig(url="x", opening="012-3", hostcom=options)))
    talk.took(talk.exchange.opened(0))
    talk.hears("XS E00", head="1234:0123")
    talk.hears("XA ER=00&T=0", head="1234:0123")
    talk.begins(FetchTray(command_id=7, opening="012-3", tray=12))
    assert talk.moves == ["*G0123:1234$U\u00a0XR$507$macro=get_shelf$PM01=12$PM14=1$\r\n"]
