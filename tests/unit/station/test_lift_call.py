"""`lift` for a person at the machine: intent before motion, result after, and nothing sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from db.records.machine import MotionEnded, MotionIntended
from db.records.record import Record
from hardware.errors import DeviceError
from hardware.ports import Unsubscribe
from hardware.values import (
    FetchTray,
    LiftEvent,
    LiftStatus,
    LinkDown,
    LinkUp,
    MotionResult,
    Outcome,
    PointTray,
    StoreTray,
    WireFrame,
)
from station.lift_call import Journal, LiftCall
from station.values import BayMemory, EventRow, OpenMotion


@dataclass
class FakeLift:
    """A lift that answers what it was told to; `sent` and the ledger share one list, so that their order shows."""

    story: list[object]
    result: MotionResult | DeviceError
    link: LiftEvent = field(default_factory=LinkUp)
    is_closed: bool = False
    reports_tray: bool = False

    async def open(self) -> None:
        return None

    async def close(self) -> None:
        self.is_closed = True

    async def status(self) -> LiftStatus:
        return LiftStatus(ready=False, safety_code="1000")

    async def fetch(self, command: FetchTray) -> MotionResult:
        return self._answer(command)

    async def store(self, command: StoreTray) -> MotionResult:
        return self._answer(command)

    async def point(self, command: PointTray) -> MotionResult:
        return self._answer(command)

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        listener(self.link)
        return lambda: None

    def frames(self) -> tuple[WireFrame, ...]:
        return (WireFrame(0.0, True, b"1|8|SH1-1|12|\r\n"),)

    def _answer(self, command: object) -> MotionResult:
        self.story.append(command)
        if isinstance(self.result, DeviceError):
            raise self.result
        return self.result


@dataclass
class FakeLedger:
    story: list[object]

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]:
        self.story.extend(records)
        done: Future[tuple[EventRow, ...]] = Future()
        done.set_result(())
        return done


@dataclass
class FakeLibrary:
    memory: BayMemory

    def bay(self, machine: str, opening: str) -> BayMemory:
        return self.memory

    def visit_of(self, machine: str, tray: int) -> int:
        return 4


def memory(*, tray: int | None = None, open_motion: OpenMotion | None = None) -> BayMemory:
    return BayMemory(
        machine="VLM1",
        opening="SH1-1",
        is_known=open_motion is None,
        tray=tray,
        visit=0,
        open_motion=open_motion,
        last_command_id=7,
    )


def call_on(lift: FakeLift, at_bay: BayMemory | None = None) -> LiftCall:
    journal = None if at_bay is None else Journal(FakeLedger(lift.story), FakeLibrary(at_bay))  # type: ignore[arg-type]
    return LiftCall(lift, machine="VLM1", opening="SH1-1", journal=journal)


def arrived(command: int = 8) -> MotionResult:
    return MotionResult(command_id=command, outcome=Outcome.DONE, tray=12)


def test_intent_is_written_before_the_bytes_leave_and_the_result_after() -> None:
    lift = FakeLift([], arrived())
    answer = asyncio.run(call_on(lift, memory()).fetch(12))
    assert [type(each) for each in lift.story] == [MotionIntended, FetchTray, MotionEnded]
    assert (answer.outcome, answer.tray) == (Outcome.DONE, 12)


def test_command_takes_the_next_number_of_the_machine_and_begins_a_visit() -> None:
    lift = FakeLift([], arrived())
    asyncio.run(call_on(lift, memory()).fetch(12))
    intended, sent, ended = lift.story
    assert isinstance(intended, MotionIntended)
    assert isinstance(sent, FetchTray)
    assert isinstance(ended, MotionEnded)
    assert intended.command == sent.command_id == ended.command == 8
    assert ended.visit == 5


def test_store_names_the_tray_that_the_record_knows() -> None:
    lift = FakeLift([], MotionResult(command_id=8, outcome=Outcome.DONE))
    asyncio.run(call_on(lift, memory(tray=12)).store())
    intended = lift.story[0]
    assert isinstance(intended, MotionIntended)
    assert (intended.verb, intended.tray) == ("store", 12)


def test_refusal_ends_the_intent_too() -> None:
    lift = FakeLift([], DeviceError("L205", "the opening is occupied"))
    answer = asyncio.run(call_on(lift, memory()).fetch(12))
    ended = lift.story[-1]
    assert isinstance(ended, MotionEnded)
    assert (ended.outcome, ended.code, ended.visit) == ("not_done", "L205", 0)
    assert (answer.outcome, answer.message) == (Outcome.NOT_DONE, "the opening is occupied")


def test_silence_is_unknown_and_is_not_sent_again() -> None:
    lift = FakeLift([], MotionResult(command_id=8, outcome=Outcome.UNKNOWN, code="L202"))
    answer = asyncio.run(call_on(lift, memory()).fetch(12))
    assert answer.outcome is Outcome.UNKNOWN
    assert len([each for each in lift.story if isinstance(each, FetchTray)]) == 1
    ended = lift.story[-1]
    assert isinstance(ended, MotionEnded)
    assert (ended.outcome, ended.how) == ("unknown", "timeout")


def test_no_motion_is_begun_while_the_end_of_another_is_not_known() -> None:
    lift = FakeLift([], arrived())
    unended = OpenMotion(command_id=7, verb="fetch", machine="VLM1", opening="SH1-1", tray=3)
    with pytest.raises(DeviceError, match="fetch 3 is not known"):
        asyncio.run(call_on(lift, memory(open_motion=unended)).fetch(12))
    assert lift.story == []


def test_a_point_without_an_end_moved_nothing_and_hinders_nothing() -> None:
    lift = FakeLift([], arrived())
    unended = OpenMotion(command_id=7, verb="point", machine="VLM1", opening="SH1-1", tray=3)
    assert asyncio.run(call_on(lift, memory(open_motion=unended)).fetch(12)).outcome is Outcome.DONE


def test_another_tray_than_the_one_asked_for_is_journalled_as_unknown() -> None:
    lift = FakeLift([], MotionResult(command_id=8, outcome=Outcome.DONE, tray=9))
    answer = asyncio.run(call_on(lift, memory()).fetch(12))
    ended = lift.story[-1]
    assert isinstance(ended, MotionEnded)
    assert (ended.tray, ended.outcome, ended.visit, ended.how) == (12, "unknown", 0, "answer")
    assert (answer.outcome, answer.tray) == (Outcome.UNKNOWN, 9)


def test_without_a_store_the_command_still_has_a_number_of_its_own() -> None:
    lift = FakeLift([], arrived())
    asyncio.run(call_on(lift).fetch(12))
    (sent,) = lift.story
    assert isinstance(sent, FetchTray)
    assert sent.command_id > 1_000_000


def test_line_that_stays_down_is_told_with_its_code() -> None:
    lift = FakeLift([], arrived(), link=LinkDown("L104", "held by process 7"))
    with pytest.raises(DeviceError, match="held by process 7") as down:
        asyncio.run(call_on(lift).open(patience_s=0.02))
    assert down.value.code == "L104"
    assert down.value.frames


def test_machine_that_stands_for_safety_is_not_ready() -> None:
    answer = asyncio.run(call_on(FakeLift([], arrived())).status())
    assert (answer.outcome, answer.code) == (Outcome.NOT_DONE, "1000")
