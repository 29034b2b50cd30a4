"""What the time of a line goes into: the lift, the operator, the host, nothing to do; measured from what happens anyway."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.planning import LineTimed
from db.records.stock import Picked
from db.records.undo import BookingUndone
from hardware.values import Outcome
from station import commands as do
from station.core.inputs import SiteChanged
from station.core.line_clock import cause_of
from station.flows.undo import LIE_BACK
from station.line_times import KEPT, LINE_S, Cause, Spent
from station.planner.problem import PolicyName
from station.values import OrderState
from tests.helpers.sample import MARA
from tests.helpers.world import World


def at_list() -> World:
    world = World(planner=PolicyName.VOTES)
    world.sign_on(MARA.person)
    world.settle()
    return world


def timed(world: World) -> list[LineTimed]:
    return [each for each in world.store.written if isinstance(each, LineTimed)]


def wait(world: World, seconds: float) -> None:
    world.clock_s += seconds


def test_of_a_line_it_is_said_how_long_the_lift_and_how_long_the_hands_took() -> None:
    world = at_list()
    world.start("O1", answer="leave")
    world.write_all()
    world.read_all()
    assert cause_of(world.state) is Cause.LIFT
    wait(world, 20.0)
    world.end_motion(Outcome.DONE)
    world.settle()
    assert cause_of(world.state) is Cause.OPERATOR
    wait(world, 7.0)
    world.give(do.Confirm(world.state.token))
    world.settle()
    line = timed(world)[0]
    assert (line.order, line.line, line.tray) == ("O1", "1", 4)
    assert 20_000 <= line.lift_ms < 27_000
    assert 7_000 <= line.operator_ms < 20_000
    assert line.empty_ms == 0


def test_it_is_written_in_the_bookings_own_transaction_and_never_without_it() -> None:
    world = at_list()
    world.start("O1", answer="leave")
    world.settle()
    world.give(do.Confirm(world.state.token))
    records = world.writes[-1].records
    assert [type(each) for each in records if isinstance(each, Picked | LineTimed)] == [Picked, LineTimed]
    world.write(is_refused=True)
    assert timed(world) == []


def test_the_next_line_begins_where_the_last_one_was_booked() -> None:
    world = at_list()
    world.start("O1", answer="leave")
    world.settle()
    wait(world, 100.0)
    for _ in range(2):
        asks = world.view().face.ask
        world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
        world.settle()
        if len(timed(world)) == 2:
            break
    assert timed(world)[0].operator_ms >= 100_000
    assert all(each.operator_ms < 50_000 for each in timed(world)[1:])


def test_a_list_without_orders_is_empty_and_one_of_held_orders_waits_for_the_host() -> None:
    world = at_list()
    assert cause_of(world.state) is Cause.OPERATOR
    held = {name: replace(each, state=OrderState.HELD) for name, each in world.store.orders.items()}
    world.store.orders = held
    world.feed(SiteChanged())
    world.settle()
    assert cause_of(world.state) is Cause.HOST
    world.store.orders = {}
    world.feed(SiteChanged())
    world.settle()
    assert cause_of(world.state) is Cause.EMPTY


def test_what_is_taken_back_is_no_line() -> None:
    world = at_list()
    world.start("O1", answer="leave")
    world.settle()
    world.give(do.Confirm(world.state.token))
    world.settle()
    world.give(do.Undo(world.state.token))
    world.settle()
    world.give(do.Choose(world.state.token, LIE_BACK))
    world.settle()
    assert [each for each in world.store.written if isinstance(each, BookingUndone)]
    assert len(timed(world)) == 1


def test_nobodys_time_is_counted_while_nobody_is_signed_on() -> None:
    world = World(planner=PolicyName.VOTES)
    assert cause_of(world.state) is Cause.NOBODY
    wait(world, 1000.0)
    world.sign_on(MARA.person)
    world.settle()
    assert sum(world.state.spent.until(world.clock_s).values()) < 100.0


def test_what_was_not_asked_for_is_not_measured() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1", answer="leave")
    world.settle()
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert timed(world) == []


def test_seconds_add_up_by_cause_and_start_anew_with_a_booking() -> None:
    spent = Spent().turned(Cause.LIFT, 10.0).turned(Cause.OPERATOR, 25.0).turned(Cause.LIFT, 30.0)
    assert spent.until(31.0) == {Cause.LIFT: 16.0, Cause.OPERATOR: 5.0}
    assert spent.booked(31.0).until(33.0) == {Cause.LIFT: 2.0}
    assert spent.turned(Cause.LIFT, 40.0) is spent


@pytest.mark.parametrize(("lines", "expected_s"), [((), LINE_S), ((3.0, 30.0, 5.0), 5.0)])
def test_the_hands_take_the_median_of_the_last_lines(lines: tuple[float, ...], expected_s: float) -> None:
    assert Spent(lines_s=lines).line_s == expected_s


def test_only_the_last_lines_are_kept() -> None:
    spent = Spent(cause=Cause.OPERATOR)
    for _ in range(KEPT + 5):
        spent = spent.booked(spent.since_s + 4.0)
    assert spent.lines_s == (4.0,) * KEPT
