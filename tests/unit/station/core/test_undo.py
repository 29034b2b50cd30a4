"""The last booking is taken back while its tray is at the bay; after that the same touch counts."""

from dataclasses import replace

import pytest

from db.records.orders import OrderClosed, OrderStarted
from db.records.stock import Counted, Picked
from db.records.undo import BookingUndone, BookRestored, LineReopened, PutBack, TakenBack
from hardware.values import SafetyStopped
from station import commands as do
from station.core.inputs import Elapsed
from station.core.state import SyncSeen
from station.custody import Verb
from station.flows.undo import AS_BOOKED, LIE_BACK, held_from
from station.values import LineState, Order, OrderKind, OrderLine, OrderState, StockKey, SyncState, SyncStatus
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, JONAS, MARA, NUT, place
from tests.helpers.world import World

C7 = place(4, "C7")
BOLTS = StockKey(item=BOLT.code)


def working(*, kind=OrderKind.PICK):
    """Two lines on one tray, the first is in hand."""
    world = World()
    lines = (
        OrderLine(order="U1", line="1", item=BOLT.code, quantity=3, place=C7),
        OrderLine(order="U1", line="2", item=NUT.code, quantity=2, place=place(4, "C8")),
    )
    world.store.held[place(5, "C7"), BOLTS] = 0
    world.store.orders["U1"] = Order(order="U1", kind=kind, lines=lines)
    world.sign_on(MARA.person)
    world.settle()
    world.start("U1")
    world.settle()
    return world


def confirmed(world):
    world.give(do.Confirm(world.state.token))
    world.settle()
    return world


def booked(**how):
    return confirmed(working(**how))


def undo(world, answer=LIE_BACK):
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, answer))
    world.settle()


def written(world, *kinds):
    return [each for each in world.store.written if isinstance(each, kinds)]


def test_the_goods_lie_back_and_the_line_is_worked_again():
    world = booked()
    undo(world)
    assert world.store.held[C7, BOLTS] == 6
    line = world.store.orders["U1"].lines[0]
    assert (line.state, line.done_quantity) == (LineState.OPEN, 0)
    assert (world.view().face.compartment, world.view().face.asked) == ("C7", 3)
    (undone,), (back,) = written(world, BookingUndone), written(world, PutBack)
    assert (back.quantity, back.order) == (3, "")
    assert len(undone.undoes) == 2
    confirmed(world)
    assert world.store.held[C7, BOLTS] == 3
    assert world.view().face.compartment == "C8"


def test_a_put_is_taken_out_again():
    world = booked(kind=OrderKind.PUT)
    assert world.store.held[C7, BOLTS] == 9
    world.give(do.Undo(world.state.token))
    assert world.view().face.ask.code == "undo_put"
    world.give(do.Choose(world.state.token, LIE_BACK))
    world.settle()
    assert world.store.held[C7, BOLTS] == 6
    assert [each.quantity for each in written(world, TakenBack)] == [3]


def test_it_asks_first_whether_they_lie_back_and_nothing_else_can_be_done_meanwhile():
    world = booked()
    world.give(do.Undo(world.state.token))
    face = world.view().face
    assert (face.mode, face.confirm_quantity, face.compartment, face.item) == ("put", 3, "C7", BOLT)
    assert (face.ask.code, face.ask.params["quantity"], face.ask.params["compartment"]) == ("undo_pick", "3", "C7")
    before = world.state
    for command in (do.Confirm, do.Skip, do.LeaveWork, do.NotEnough, do.Undo):
        world.give(command(world.state.token))
    world.scan("4006381333931")
    assert world.state.round == before.round
    assert len(written(world, Picked)) == 1


def test_the_bar_says_that_nothing_is_undone_yet():
    world = booked()
    world.give(do.Undo(world.state.token))
    assert world.view().bar.code == "undo_ask_pick"


def test_while_they_are_laid_back_the_light_shows_where_and_the_tray_stays():
    world = booked()
    world.give(do.Undo(world.state.token))
    world.settle()
    assert world.state.custody.tray_here == 4
    assert world.state.custody.lit == "C7"


def test_no_leaves_all_as_it_was_booked():
    world = booked()
    undo(world, AS_BOOKED)
    assert world.store.held[C7, BOLTS] == 3
    assert world.view().face.compartment == "C8"
    assert written(world, BookingUndone) == []


def test_one_booking_is_undone_once():
    world = booked()
    world.give(do.Undo(world.state.token))
    token = world.state.token
    for _ in range(3):
        world.give(do.Choose(token, LIE_BACK))
    world.settle()
    undo(world)
    assert len(written(world, BookingUndone)) == 1
    assert world.store.held[C7, BOLTS] == 6


def test_after_ten_seconds_the_touch_counts_the_compartment():
    world = booked()
    world.clock_s += 10.0
    world.feed(Elapsed())
    assert world.view().undo.seconds == 0
    assert held_from(world.state.undo) is None
    world.give(do.Undo(world.state.token))
    world.settle()
    face = world.view().face
    assert (face.mode, face.compartment) == ("count", "C7")
    assert written(world, BookingUndone) == []
    world.give(do.EnterNumber(world.state.token, 3))
    world.settle()
    assert [each.counted for each in written(world, Counted)] == [3]
    assert world.view().face.compartment == "C8"


def test_the_tray_leaves_at_once_and_the_touch_calls_it_to_be_counted():
    world = booked()
    world.give(do.Confirm(world.state.token))
    world.write_all()
    assert world.state.custody.motion.verb is Verb.STORE
    assert world.view().undo.seconds == 0
    assert held_from(world.state.undo) is None
    world.settle()
    world.give(do.Undo(world.state.token))
    assert world.view().bar.error == "O400"
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert (face.mode, face.tray, face.compartment, face.is_here) == ("count", 4, "C8", True)


def test_a_short_is_taken_back_with_its_correction_and_the_end_of_its_line():
    world = working()
    world.say_not_enough(1, "book_wrong", 0)
    world.write_all()
    assert world.store.held.get((C7, BOLTS), 0) == 0
    undo(world)
    assert world.store.held[C7, BOLTS] == 6
    assert [(each.remaining, each.delta) for each in written(world, BookRestored)] == [(5, 5)]
    assert world.store.orders["U1"].lines[0].state is LineState.OPEN
    assert (world.view().face.compartment, world.view().face.asked) == ("C7", 3)


def two_orders():
    """An order of one line each, on one tray: the first one ends while the second goes on."""
    world = World()
    for name, item, label in (("U1", BOLT, "C7"), ("U2", NUT, "C8")):
        line = OrderLine(order=name, line="1", item=item.code, quantity=2, place=place(4, label))
        world.store.orders[name] = Order(order=name, kind=OrderKind.PICK, lines=(line,))
    world.store.held[place(5, "C7"), BOLTS] = 0
    world.sign_on(MARA.person)
    world.settle()
    world.start("U1", "U2")
    world.settle()
    return confirmed(world)


def test_the_order_that_it_ended_is_open_again():
    world = two_orders()
    assert world.store.orders["U1"].state is OrderState.CLOSED
    undo(world)
    assert world.store.orders["U1"].state is OrderState.STARTED
    assert [each.order for each in written(world, OrderStarted)] == ["U1", "U2", "U1"]
    assert [(each.order, each.line) for each in written(world, LineReopened)] == [("U1", "1")]
    assert (world.view().face.order, world.view().face.compartment) == ("U1", "C7")
    confirmed(world)
    confirmed(world)
    assert [each.order for each in written(world, OrderClosed)] == ["U1", "U1", "U2"]


def test_an_order_that_the_site_database_knows_to_be_finished_is_counted_instead():
    world = two_orders()
    world.state = replace(world.state, sync=SyncSeen(status=SyncStatus(state=SyncState.ONLINE)))
    world.feed(Elapsed())
    world.give(do.Undo(world.state.token))
    assert world.view().bar.error == "O402"
    world.settle()
    assert (world.view().face.mode, world.view().face.compartment) == ("count", "C7")


def test_a_count_is_counted_again_and_says_why():
    world = working()
    world.give(do.CountHere(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 6))
    world.settle()
    world.give(do.Undo(world.state.token))
    assert world.view().bar.error == "O403"
    world.settle()
    assert world.view().face.mode == "count"


def test_nothing_is_called_to_be_counted_while_the_machine_is_stopped():
    world = working()
    world.give(do.CountHere(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 6))
    world.settle()
    assert world.view().undo.refused == ""
    world.feed(SafetyStopped("A-213"))
    assert world.view().undo.refused == "machine_stopped"


def test_who_locks_the_screen_undoes_nothing():
    world = booked()
    world.give(do.Undo(world.state.token))
    world.give(do.LockScreen())
    world.settle()
    assert held_from(world.state.undo) is None
    assert world.view().undo is None


def test_direct_work_at_a_called_tray_is_taken_back_there():
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.DirectPick(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 2))
    world.give(do.Choose(world.state.token, "sample"))
    world.settle()
    confirmed(world)
    assert world.store.held[C7, BOLTS] == 4
    undo(world)
    assert world.store.held[C7, BOLTS] == 6
    assert world.state.call.tray == 4
    assert world.state.round is None


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_counter_booking_that_is_refused_undoes_nothing_and_says_so(is_refused):
    world = booked()
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, LIE_BACK))
    while not isinstance(world.writes[0].records[0], BookingUndone):
        world.write()
    world.write(is_refused=is_refused)
    assert bool(written(world, BookingUndone)) is not is_refused
    assert (world.view().bar.code == "undo_no_changed") is is_refused
    assert world.store.held[C7, BOLTS] == (3 if is_refused else 6)


def test_a_touch_for_an_older_screen_does_not_even_end_the_window():
    world = booked()
    before = world.state
    world.clock_s += 60
    world.give(do.Confirm(world.state.token - 1))
    assert world.state == before
