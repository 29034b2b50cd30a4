"""The beam in another process: what it finds is adopted while it is right; slow, dead or mad it changes nothing."""

from __future__ import annotations

import asyncio
import sys
import threading
from dataclasses import replace

import pytest

from station.core.effects import PlanAhead
from station.core.inputs import Input, TraysPlanned
from station.planner.problem import Operator, Order, Problem, Timed
from station.planner.situation import AtBay, Situation, foresee
from station.tray_forecast import TrayForecast
from ui.bootstrap.plan_child import ChildForecaster

PROBLEM = Problem(
    machines=(Timed((5.0,) * 6, (5.0,) * 6, positions=2),),
    operator=Operator(4.0, 9.0),
    places=2,
    stock={str(each): (each,) for each in range(6)},
    orders=(Order("A", ("0", "3")), Order("B", ("3",)), Order("C", ("5", "4", "1"))),
)
SITUATION = Situation(PROBLEM, ("A", "B"), {0: (AtBay(2, is_bound=True), AtBay())}, {0: 0}, here=2, until_s=10.0)


def child(code: str, *, most_s: float = 10.0) -> ChildForecaster:
    return ChildForecaster((sys.executable, "-c", code), most_s=most_s)


def test_another_process_finds_what_this_one_would() -> None:
    found = ChildForecaster().foresee(SITUATION)
    assert found == foresee(SITUATION)
    assert found[0] == 3, "the tray that both orders need"
    assert len(found) <= 4


def test_nothing_needed_is_no_plan() -> None:
    assert foresee(replace(SITUATION, problem=replace(PROBLEM, orders=()), on_places=())) == ()


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.exit(3)",
        "print('hello')",
        "print('[77]')",
        "print('{}')",
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_dead_or_mad_process_is_no_plan(code: str) -> None:
    with pytest.raises(OSError, match="it"):
        child(code).foresee(SITUATION)


def test_a_slow_one_is_given_up() -> None:
    with pytest.raises(OSError, match="too long"):
        child("import time; time.sleep(60)", most_s=0.3).foresee(SITUATION)


def test_at_the_end_it_is_killed_and_none_begins() -> None:
    slow = child("import time; time.sleep(60)", most_s=50.0)
    ended: list[OSError] = []

    def work() -> None:
        try:
            slow.foresee(SITUATION)
        except OSError as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while not slow._child.is_at_work:
        thread.join(0.01)
    slow.stop()
    thread.join(20.0)
    assert len(ended) == 1
    with pytest.raises(OSError, match="station ends"):
        slow.foresee(SITUATION)


class Held:
    """A forecaster that answers when it is let."""

    def __init__(self) -> None:
        self.may_go, self.asked, self.fails = threading.Event(), 0, False

    def foresee(self, situation: Situation) -> tuple[int, ...]:
        self.asked += 1
        self.may_go.wait(10.0)
        if self.fails:
            raise OSError("no")
        return (1, 0)

    def stop(self) -> None:
        self.may_go.set()


def test_the_loop_goes_on_and_one_question_is_asked_at_a_time() -> None:
    async def play() -> None:
        fed: list[Input] = []
        has_come = asyncio.Event()
        held = Held()

        def feed(happened: Input) -> None:
            fed.append(happened)
            has_come.set()

        forecast = TrayForecast(held, feed)
        forecast.ask(PlanAhead(1, SITUATION, (40, 50)))
        forecast.ask(PlanAhead(2, SITUATION, (40, 50)))
        await asyncio.sleep(0)
        assert fed == []
        held.may_go.set()
        await has_come.wait()
        assert fed == [TraysPlanned(1, (50, 40))]
        held.fails = True
        forecast.ask(PlanAhead(3, SITUATION, (40, 50)))
        await forecast.stop()
        assert (held.asked, len(fed)) == (2, 1)

    asyncio.run(play())


def test_without_a_forecaster_nothing_is_asked() -> None:
    async def play() -> None:
        forecast = TrayForecast(None, lambda happened: pytest.fail(str(happened)))
        forecast.ask(PlanAhead(1, SITUATION, ()))
        await forecast.stop()

    asyncio.run(play())
