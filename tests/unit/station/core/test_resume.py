"""What was open when the station stopped is taken up again, whatever else is read meanwhile; late tasks begin nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from station import commands as do
from station.core.advance import advance
from station.core.effects import Allocate, Effect
from station.core.inputs import Given, Input, Now, OrdersRead, WorkAllocated
from station.core.state import Rules, StationState
from station.custody import Custody, Empty
from station.flows.lines import Progress
from station.flows.sign_on import Active, HandOver
from tests.helpers.sample import JONAS, MACHINE, MARA, place, task
from tests.helpers.sample import order_tag as tag

NOW = Now(100.0, datetime(2026, 3, 3, 12, 0, tzinfo=UTC))


def station() -> StationState:
    custody = Custody(machine=MACHINE, opening="SH1-1", where=Empty(), is_linked=True)
    return StationState(station="S1", simulated="", rules=Rules(), custody=custody, session=Active(person=MARA))


def feed(state: StationState, *inputs: Input) -> tuple[StationState, list[Effect]]:
    effects: list[Effect] = []
    for each in inputs:
        state, more = advance(state, each, NOW)
        effects += more
    return state, effects


def tasks_of(order: str) -> WorkAllocated:
    found = task(at=place(4, "C7"), order=order)
    return WorkAllocated(orders=(order,), tasks=(found,), lines={(order, "1"): Progress(asked=5)})


def test_a_plain_reading_that_overtakes_does_not_hide_what_was_open() -> None:
    state, effects = feed(station(), OrdersRead((tag("O1"),)), OrdersRead((tag("O1"),), ("O1",), MARA, with_started=True))
    assert Allocate(orders=("O1",), is_resumed=True) in effects
    assert state.resume == ("O1",)


def test_a_plain_reading_that_overtakes_does_not_spare_the_hand_over() -> None:
    state, _ = feed(station(), OrdersRead((tag("O1"),)), OrdersRead((tag("O1"),), ("O1",), JONAS, with_started=True))
    assert state.session == HandOver(owner=JONAS, person=MARA)


def test_the_tasks_of_an_earlier_start_begin_nothing() -> None:
    read = OrdersRead((tag("O1"), tag("O2")), with_started=True)
    state, _ = feed(station(), read, Given(do.StartOrders(("O2",))), tasks_of("O1"))
    assert state.round is None
    state, _ = feed(state, tasks_of("O2"))
    assert state.round is not None
    assert state.round.orders == ("O2",)
