"""A pod of carousels as one machine: who turns, what is presented, and that one's stop is everybody's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from hardware.config import ConfigError, PodPlace, parse_pod
from hardware.errors import DeviceError
from hardware.lift.pod import Member, PodLift
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LiftRequest,
    LiftStatus,
    LineHealth,
    LinkDown,
    LinkUp,
    MotionResult,
    MotionStarted,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
    WireFrame,
)


class FakeCarousel:
    """Turns at once, unless `holds`."""

    reports_tray = True

    def __init__(self, front: int = 1) -> None:
        self.front = front
        self.asked: list[LiftRequest] = []
        self.holds: asyncio.Event | None = None
        self.outcome = Outcome.DONE
        self.ready = True
        self.is_moving = False
        self.tell: Callable[[LiftEvent], None] = lambda event: None

    async def open(self) -> None:
        self.tell(LinkUp())

    async def close(self) -> None:
        pass

    async def status(self) -> LiftStatus:
        return LiftStatus(ready=self.ready, tray=self.front, is_moving=self.is_moving)

    async def _move(self, command: LiftRequest) -> MotionResult:
        self.asked.append(command)
        if self.holds is not None:
            await self.holds.wait()
        if isinstance(command, FetchTray) and self.outcome is Outcome.DONE:
            self.front = command.tray
        return MotionResult(command_id=command.command_id, outcome=self.outcome, tray=self.front)

    fetch = store = point = _move

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Callable[[], None]:
        self.tell = listener
        listener(LinkDown("L101"))
        return lambda: None

    def frames(self, most: int = 20) -> tuple[WireFrame, ...]:
        return (WireFrame(float(self.front), True, b"x"),)

    def health(self) -> LineHealth:
        return LineHealth(name="c", url="u", is_up=True, errors=1, round_trip_p99_ms=float(self.front))


class Pod:
    """Two carousels of ten bins each: 1-10 and 11-20."""

    def __init__(self) -> None:
        self.first, self.second = FakeCarousel(), FakeCarousel(front=3)
        self.lift = PodLift("P1", (Member(self.first, 1, 10), Member(self.second, 11, 20)))
        self.told: list[LiftEvent] = []
        self.lift.subscribe(self.told.append)


def run(scenario: Callable[[Pod], Coroutine[Any, Any, None]]) -> None:
    async def opened() -> None:
        pod = Pod()
        await pod.lift.open()
        await scenario(pod)

    asyncio.run(opened())


def fetch(command_id: int, pod_bin: int) -> FetchTray:
    return FetchTray(command_id=command_id, opening="SH1-1", tray=pod_bin, next_tray=4)


def test_the_carousel_that_has_the_bin_turns_in_its_own_number() -> None:
    async def scenario(pod: Pod) -> None:
        result = await pod.lift.fetch(fetch(1, 15))
        assert (result.outcome, result.tray) == (Outcome.DONE, 15)
        assert pod.first.asked == []
        assert [(each.tray, each.command_id) for each in pod.second.asked] == [(5, 1)]
        assert pod.second.asked[0].next_tray is None  # type: ignore[union-attr]

    run(scenario)


def test_the_bin_fetched_last_is_presented_as_long_as_its_carousel_shows_it() -> None:
    async def scenario(pod: Pod) -> None:
        assert (await pod.lift.status()).tray is None
        await pod.lift.fetch(fetch(1, 15))
        assert (await pod.lift.status()).tray == 15
        await pod.lift.fetch(fetch(2, 7))
        assert (await pod.lift.status()).tray == 7
        pod.first.front = 8  # turned by hand
        assert (await pod.lift.status()).tray is None

    run(scenario)


def test_after_a_store_nothing_is_presented() -> None:
    async def scenario(pod: Pod) -> None:
        await pod.lift.fetch(fetch(1, 15))
        result = await pod.lift.store(StoreTray(command_id=2, opening="SH1-1", tray=15))
        assert (result.outcome, result.tray) == (Outcome.DONE, None)
        assert (await pod.lift.status()).tray is None
        assert (await pod.lift.store(StoreTray(command_id=3, opening="SH1-1", tray=0))).outcome is Outcome.DONE

    run(scenario)


def test_a_fetch_whose_end_nobody_knows_is_found_by_the_status() -> None:
    async def scenario(pod: Pod) -> None:
        pod.second.outcome = Outcome.UNKNOWN
        assert (await pod.lift.fetch(fetch(1, 15))).tray == 13  # what stands there, in the pod's number
        assert (await pod.lift.status()).tray is None
        pod.second.front = 5
        assert (await pod.lift.status()).tray == 15

    run(scenario)


def test_a_fetch_that_was_not_done_presents_nothing() -> None:
    async def scenario(pod: Pod) -> None:
        pod.second.outcome = Outcome.NOT_DONE
        await pod.lift.fetch(fetch(1, 13))
        assert (await pod.lift.status()).tray is None

    run(scenario)


def test_a_refused_fetch_leaves_the_bin_that_another_carousel_presents() -> None:
    async def scenario(pod: Pod) -> None:
        await pod.lift.fetch(fetch(1, 7))
        pod.second.outcome = Outcome.NOT_DONE
        await pod.lift.fetch(fetch(2, 15))
        assert (await pod.lift.status()).tray == 7
        pod.first.outcome = Outcome.NOT_DONE  # its own carousel may have turned
        await pod.lift.fetch(fetch(3, 9))
        assert (await pod.lift.status()).tray is None

    run(scenario)


def test_a_point_goes_to_the_carousel_of_its_bin() -> None:
    async def scenario(pod: Pod) -> None:
        await pod.lift.point(PointTray(command_id=1, opening="SH1-1", tray=13))
        assert [each.tray for each in pod.second.asked] == [3]

    run(scenario)


def test_a_bin_that_none_has_is_refused() -> None:
    async def scenario(pod: Pod) -> None:
        with pytest.raises(DeviceError, match="L207"):
            await pod.lift.fetch(fetch(1, 21))
        assert (await pod.lift.fetch(fetch(2, 15))).outcome is Outcome.DONE

    run(scenario)


def test_one_command_is_in_flight_for_all_of_them() -> None:
    async def scenario(pod: Pod) -> None:
        pod.first.holds = asyncio.Event()
        turning = asyncio.create_task(pod.lift.fetch(fetch(1, 5)))
        await asyncio.sleep(0)
        with pytest.raises(DeviceError, match="L203"):
            await pod.lift.fetch(fetch(2, 15))
        pod.first.holds.set()
        assert (await turning).outcome is Outcome.DONE
        assert pod.second.asked == []

    run(scenario)


def test_a_caller_that_is_cancelled_leaves_the_command_in_flight_until_its_late_answer() -> None:
    async def scenario(pod: Pod) -> None:
        pod.second.holds = asyncio.Event()
        turning = asyncio.create_task(pod.lift.fetch(fetch(1, 15)))
        await asyncio.sleep(0)
        turning.cancel()
        await asyncio.gather(turning, return_exceptions=True)
        with pytest.raises(DeviceError, match="L203"):
            await pod.lift.fetch(fetch(2, 5))
        pod.second.tell(LateAnswer(MotionResult(command_id=1, outcome=Outcome.DONE, tray=5)))
        assert [each.result.tray for each in pod.told if isinstance(each, LateAnswer)] == [15]
        assert (await pod.lift.fetch(fetch(3, 5))).outcome is Outcome.DONE

    run(scenario)


def test_the_pod_is_linked_when_all_are_and_down_with_the_first() -> None:
    async def scenario(pod: Pod) -> None:
        assert pod.told == [LinkDown("L101"), LinkUp()]
        pod.second.tell(LinkDown("L102"))
        pod.first.tell(MotionStarted(9))
        assert pod.told[2:] == [LinkDown("L102"), MotionStarted(9)]
        with pytest.raises(DeviceError, match="L101"):
            await pod.lift.fetch(fetch(1, 5))
        pod.second.tell(LinkUp())
        assert pod.told[-1] == LinkUp()

    run(scenario)


def test_one_that_stands_stops_all_and_all_must_work_again() -> None:
    async def scenario(pod: Pod) -> None:
        pod.told.clear()
        pod.first.tell(SafetyStopped("E4"))
        pod.second.tell(SafetyStopped("E4"))
        with pytest.raises(DeviceError, match="L208"):
            await pod.lift.fetch(fetch(1, 15))
        pod.first.tell(SafetyCleared())
        assert pod.told == [SafetyStopped("E4")]
        pod.second.tell(SafetyCleared())
        assert pod.told == [SafetyStopped("E4"), SafetyCleared()]

    run(scenario)


def test_one_that_may_stand_is_told_and_hinders_no_command_that_would_tell() -> None:
    async def scenario(pod: Pod) -> None:
        pod.told.clear()
        pod.first.tell(SafetyStopped("E4"))
        pod.second.tell(SafetyUnclear("A3"))
        pod.first.tell(SafetyCleared())
        assert pod.told == [SafetyStopped("E4"), SafetyUnclear("A3")]
        assert (await pod.lift.fetch(fetch(1, 15))).outcome is Outcome.DONE
        pod.second.tell(SafetyCleared())
        assert pod.told[-1] == SafetyCleared()

    run(scenario)


def test_the_pod_is_ready_when_all_are_and_moves_when_one_does() -> None:
    async def scenario(pod: Pod) -> None:
        await pod.lift.fetch(fetch(1, 15))
        pod.first.ready, pod.first.is_moving = False, True
        status = await pod.lift.status()
        assert (status.ready, status.is_moving, status.tray) == (False, True, None)

    run(scenario)


def test_its_lines_are_shown_as_one() -> None:
    async def scenario(pod: Pod) -> None:
        health = pod.lift.health()
        assert (health.name, health.is_up, health.errors, health.round_trip_p99_ms) == ("P1", True, 2, 3.0)
        assert [frame.at_s for frame in pod.lift.frames()] == [1.0, 3.0]
        assert len(pod.lift.frames(1)) == 1

    run(scenario)


def test_a_pod_is_two_or_three_lines_with_their_bins() -> None:
    assert parse_pod("socket://a:1#1-40, COM3#41-80") == (PodPlace("socket://a:1", 1, 40), PodPlace("COM3", 41, 80))


@pytest.mark.parametrize(
    "text",
    ["", "a#1-5", "a#1-5, b#5-9", "a#9-1, b#10-12", "a#1-2, b#3-4, c#5-6, d#7-8", "a#1-5, b", "a#0-5, b#6-9"],
)
def test_anything_else_is_no_pod(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_pod(text)
