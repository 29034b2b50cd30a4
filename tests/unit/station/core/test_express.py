"""An express order that is released while something else is worked breaks in at the next change of trays."""

from dataclasses import replace

import pytest

from db.records.orders import OrderStarted
from db.records.stock import Picked
from db.records.totes import ToteBound
from hardware.values import LinkUp, Outcome
from station import commands as do
from station.core.inputs import SiteChanged
from station.values import BoundTote, Order, OrderKind, OrderLine, OrderState
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, FUSE, MARA
from tests.helpers.world import World


def working(*, offers_counts=False, put_places=(), standing=None):
    """Order O1 is worked, from trays 4 and 5, and E1 is released meanwhile: of what lies in tray 6."""
    world = World(put_places=put_places)
    if standing is not None:
        world.store.bound[standing.order, standing.tote] = standing
    world.state = replace(world.state, rules=replace(world.state.rules, offers_counts=offers_counts))
    world.store.items[FUSE.code] = replace(FUSE, proof=BOLT.proof)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1", answer="leave")
    world.settle()
    assert world.state.custody.tray_here == 4
    line = OrderLine(order="E1", line="1", item=FUSE.code, quantity=1)
    world.store.orders["E1"] = Order(order="E1", kind=OrderKind.PICK, is_express=True, lines=(line,))
    world.feed(SiteChanged())
    world.settle()
    return world


def done_here(world):
    """All that is asked of the tray at the bay is taken."""
    while world.state.round and world.state.custody.tray_here == world.state.round.task.place.tray:
        command = do.Choose(world.state.token, "yes") if world.view().face.ask else do.Confirm(world.state.token)
        world.give(command)
        world.settle()


def confirm_all(world):
    for _ in range(20):
        if world.state.round is None:
            return
        asks = world.view().face.ask
        world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
        world.settle()


def test_it_is_announced_and_nothing_of_the_work_in_hand_changes():
    world = working()
    assert world.view().bar.code == "express_waits"
    assert world.state.round.task.order == "O1"
    assert world.state.round.orders == ("O1",)


@pytest.mark.parametrize("offers_counts", [False, True])
def test_it_comes_first_at_the_next_tray_and_then_the_round_goes_on(offers_counts):
    world = working(offers_counts=offers_counts)
    confirm_all(world)
    picked = [(each.order, each.tray) for each in world.store.written if isinstance(each, Picked)]
    assert picked == [("O1", 4), ("O1", 4), ("E1", 6), ("O1", 5)]


def test_no_tray_of_the_round_is_called_before_it():
    world = working()
    here, trays = 4, []
    for _ in range(40):
        if world.move is not None and world.move.tray != here:
            trays.append(world.move.tray)
            break
        if world.is_moving:
            world.end_motion(Outcome.DONE)
            continue
        asks = world.view().face.ask
        world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
        for _ in range(30):
            if world.writes:
                world.write()
            elif world.reads or world.answers:
                world.read_all()
    assert trays == [6]


@pytest.mark.parametrize("code", ["cancelled", "changed"])
def test_one_that_is_cancelled_or_changed_meanwhile_is_left_out(code):
    world = working()
    if code == "cancelled":
        assert world.cancel("E1")
    else:
        order = world.store.orders["E1"]
        world.store.orders["E1"] = replace(order, lines=(replace(order.lines[0], quantity=2),))
    confirm_all(world)
    assert world.state.round is None
    assert world.state.store_code == ""
    assert {each.order for each in world.store.written if isinstance(each, Picked)} == (
        {"O1"} if code == "cancelled" else {"O1", "E1"}
    )


def test_a_full_disk_at_its_start_leaves_the_round_as_it_was():
    world = working()
    for _ in range(60):
        if world.writes and any(isinstance(each, OrderStarted) for each in world.writes[0].records):
            world.write(is_refused=True)
            break
        if world.writes:
            world.write()
        elif world.reads or world.answers:
            world.read_all()
        elif world.is_moving:
            world.end_motion(Outcome.DONE)
        else:
            asks = world.view().face.ask
            world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
    assert world.state.round.orders == ("O1",)
    assert world.state.round.task.place.tray == 5


@pytest.mark.parametrize("is_open", [True, False])
def test_an_express_order_of_a_sequence_breaks_in_only_when_its_rank_is_due(is_open):
    world = working()
    express = world.store.orders["E1"]
    ranked = replace(express, sequence="L7", lines=tuple(replace(each, rank=2) for each in express.lines))
    world.store.orders["E1"] = ranked
    line = OrderLine(order="F1", line="1", item=BOLT.code, quantity=1, rank=1)
    first = Order(order="F1", kind=OrderKind.PICK, sequence="L7", lines=(line,))
    world.store.orders["F1"] = first if is_open else replace(first, state=OrderState.CANCELLED)
    world.feed(SiteChanged())
    world.settle()
    confirm_all(world)
    picked = [each.order for each in world.store.written if isinstance(each, Picked)]
    assert picked == (["O1", "O1", "O1"] if is_open else ["O1", "O1", "E1", "O1"])


# --- with put places


def until(world, is_reached):
    """Confirm what comes until this holds."""
    for _ in range(20):
        if is_reached(world):
            return
        asks = world.view().face.ask
        world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
        world.settle()
    raise AssertionError(world.view().face)


def asks_tote(world):
    face = world.view().face
    return isinstance(face, TaskFace) and face.ask is not None and face.ask.code == "which_tote"


def bound_orders(world):
    return [each.order for each in world.store.written if isinstance(each, ToteBound)]


def at_the_express():
    """The first pieces of O1 went to its destination; E1 has broken in."""
    world = working(put_places=("T1", "T2"))
    until(world, asks_tote)
    return world


def test_only_the_express_binds_a_tote_and_the_running_order_keeps_its_destination():
    world = at_the_express()
    assert world.view().face.ask.params["order"] == "E1"
    world.scan("BLO-B1")
    world.settle()
    until(world, lambda world: world.state.round is None)
    assert bound_orders(world) == ["E1"]
    totes = {(each.order, each.tote) for each in world.store.written if isinstance(each, Picked)}
    assert totes == {("O1", ""), ("E1", "B1")}


def test_a_running_order_is_asked_for_no_tote_after_a_restart_either():
    world = at_the_express()
    world.restart()
    world.feed(LinkUp())
    world.sign_on(MARA.person)
    world.settle()
    assert world.view().face.ask.params["order"] == "E1"
    world.scan("BLO-B1")
    world.settle()
    assert world.state.round.binding is None
    assert bound_orders(world) == ["E1"]


def test_where_no_put_place_is_free_neither_gets_a_tote():
    world = working(put_places=("T1",), standing=BoundTote(order="X9", tote="B9", position="T1"))
    until(world, lambda world: world.state.round is None)
    assert bound_orders(world) == []


def test_an_order_left_after_its_first_pieces_goes_on_without_a_tote_beside_others():
    world = working(put_places=("T1", "T2"))
    del world.store.orders["E1"]
    world.feed(SiteChanged())
    world.settle()
    world.give(do.Confirm(world.state.token))
    world.settle()
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    world.start("O1", "O4", answer="leave")
    world.settle()
    assert world.view().face.ask.params["order"] == "O4"
    world.scan("BLO-B1")
    world.settle()
    assert world.state.round.binding is None
