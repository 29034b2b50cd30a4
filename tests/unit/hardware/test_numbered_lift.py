"""A lift that is numbered on: its own numbers on the wire, the station's in every answer, and no other lift's tray."""

from __future__ import annotations

import asyncio

import pytest

from hardware.errors import DeviceError
from hardware.lift.numbered import NumberedLift
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LinkUp,
    MotionResult,
    Outcome,
    PointTray,
    StoreTray,
)
from tests.unit.hardware.test_pod import FakeCarousel


def numbered(lift: FakeCarousel, *, own_first: int = 1) -> NumberedLift:
    return NumberedLift(lift, first=41, last=80, own_first=own_first, opening="SH1-1")


def test_the_wire_has_the_lifts_own_number_and_opening_and_the_answer_the_stations() -> None:
    lift = FakeCarousel()
    result = asyncio.run(numbered(lift).fetch(FetchTray(command_id=5, opening="BAY2", tray=45, next_tray=46)))
    asked = lift.asked[0]
    assert (asked.command_id, asked.opening, asked.tray, asked.next_tray) == (5, "SH1-1", 5, None)
    assert (result.outcome, result.tray) == (Outcome.DONE, 45)


def test_a_lift_may_count_from_another_number() -> None:
    lift = FakeCarousel()
    asyncio.run(numbered(lift, own_first=101).point(PointTray(command_id=5, opening="BAY2", tray=41)))
    assert lift.asked[0].tray == 101


@pytest.mark.parametrize("tray", [40, 81])
def test_no_byte_leaves_for_a_tray_of_another_lift(tray: int) -> None:
    lift = FakeCarousel()
    for command in (
        numbered(lift).fetch(FetchTray(command_id=1, opening="BAY2", tray=tray)),
        numbered(lift).store(StoreTray(command_id=2, opening="BAY2", tray=tray)),
        numbered(lift).point(PointTray(command_id=3, opening="BAY2", tray=tray)),
    ):
        with pytest.raises(DeviceError, match="another lift"):
            asyncio.run(command)
    assert lift.asked == []


def test_status_and_late_answers_have_the_stations_number_and_all_else_goes_through() -> None:
    lift, heard = FakeCarousel(front=7), list[LiftEvent]()
    assert asyncio.run(numbered(lift).status()).tray == 47
    numbered(lift).subscribe(heard.append)
    heard.clear()
    lift.tell(LinkUp())
    lift.tell(LateAnswer(MotionResult(command_id=9, outcome=Outcome.DONE, tray=7)))
    assert heard[0] == LinkUp()
    assert isinstance(heard[1], LateAnswer)
    assert heard[1].result.tray == 47
