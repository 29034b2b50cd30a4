"""The flash says what became durable, once for each booking, and never in the name of another one."""

from dataclasses import replace

from station import commands as do
from station.core.advance import advance
from station.core.effects import Append
from station.core.inputs import Given, Now
from station.core.state import Rules, StationState
from station.custody import Custody, Here
from station.flows import zero_check
from station.flows.lines import Progress
from station.flows.round import Round
from station.flows.sign_on import Active
from station.flows.turn import Booked, BookingFailed
from station.task import Mode
from station.view.message import Level
from tests.helpers.fake_store import NOON
from tests.helpers.sample import MACHINE, MARA, place, task, working

NOW = Now(100.0, NOON)
C7, D1 = task(quantity=5), task(quantity=2, line="2", at=place(4, "D1"))


def at_work(*tasks, book=20):
    """Mara stands at tray 4 with these tasks, the first one in hand."""
    custody = Custody(machine=MACHINE, opening="SH1-1", where=Here(4, 3), is_linked=True, is_proven=True, lit="C7|O1|1|1")
    lines = {(each.order, each.line): Progress(asked=each.line_asked) for each in tasks}
    work = Round(orders=("O1",), queue=tasks, current=working(tasks[0], book=book), lines=lines)
    return StationState(station="S1", simulated="", rules=Rules(), custody=custody, session=Active(person=MARA), round=work)


def run(state, *events):
    """The state after these, and the awaited bookings on the way."""
    bookings = []
    for event in events:
        state, effects = advance(state, Given(event(state.token)) if callable(event) else event, NOW)
        bookings += [effect for effect in effects if isinstance(effect, Append) and effect.is_awaited]
    return state, bookings


def flashed(state):
    return (state.flash, state.flashed.code, state.flashed.params["compartment"]) if state.flashed else (state.flash, None)


def choose(key):
    return lambda token: do.Choose(token, key)


def number(value):
    return lambda token: do.EnterNumber(token, value)


def test_nothing_is_flashed_before_it_is_durable():
    state, bookings = run(at_work(C7, D1), do.Confirm)
    assert len(bookings) == 1
    assert flashed(state) == (0, None)
    state, _ = run(state, Booked())
    assert flashed(state) == (1, "booked_pick", "C7")


def test_the_flash_names_the_event_it_tells_of():
    state, _ = run(at_work(C7, D1), do.Confirm, Booked("e7"))
    assert state.flashed.params["event"] == "e7"


def test_a_booking_that_failed_is_never_flashed():
    state, _ = run(at_work(C7, D1), do.Confirm, BookingFailed("D401"))
    assert flashed(state) == (0, None)


def test_a_count_after_the_pick_is_flashed_as_a_count_and_not_as_a_second_pick():
    state, _ = run(at_work(C7, D1, book=5), do.Confirm, Booked())
    assert isinstance(state.round.current.step, zero_check.AskEmpty)
    assert flashed(state) == (1, "booked_pick", "C7")
    state, bookings = run(state, choose("yes"))
    assert [record.kind for record in bookings[0].records] == ["counted"]
    assert flashed(state) == (1, "booked_pick", "C7")
    state, _ = run(state, Booked())
    assert flashed(state) == (2, "booked_count", "C7")


def test_a_compartment_from_which_nothing_was_taken_is_not_flashed_as_picked():
    state, bookings = run(at_work(C7, D1), do.NotEnough, number(0), choose("not_there"), number(0))
    assert [record.kind for record in bookings[0].records] == ["corrected"]
    state, _ = run(state, Booked())
    assert flashed(state) == (1, "booked_check", "C7")


def test_a_booking_that_asks_for_the_next_one_is_flashed_under_its_own_name():
    """The put of a part is durable, and the line's short end is asked for at the same moment."""
    state = at_work(replace(C7, mode=Mode.PUT))
    state, _ = run(state, do.NotEnough, number(2), choose("fewer_here"))
    state, bookings = run(state, Booked())
    assert [record.kind for record in bookings[0].records] == ["line_closed", "order_closed"]
    assert flashed(state) == (1, "booked_put", "C7")
    state, _ = run(state, Booked())
    assert (state.flash, state.flashed.code, state.flashed.level) == (2, "booked_short", Level.ACT)
    assert (state.flashed.params["item"], state.flashed.params["missing"]) == (C7.item.code, 3)
