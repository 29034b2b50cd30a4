"""Just in sequence: lines leave rank by rank, a missing part keeps its position empty, and only a release lets the rest go on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.orders import LineClosed, OrderClosed
from db.records.people import PinConfirmed
from db.records.sequence import GapOpened, GapReleased
from db.records.stock import Picked
from station import commands as do
from station.core.inputs import SiteChanged
from station.sequence_proof import SequenceError, proof
from station.sequence_proof import release as release_gap
from station.values import LineState, Order, OrderKind, OrderLine, OrderState, StockKey
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, JONAS, MARA, NUT, SENSOR, place
from tests.helpers.world import World

# rank, item: the trays of these are 4, 5, 4, so that strict order means to change trays twice
RANKS = {"1": (1, NUT), "2": (2, BOLT), "3": (3, SENSOR), "4": (4, NUT)}


def started(*, by=MARA, has_sensor=False, answer="leave"):
    """The order J1 leaves in sequence L7; nothing of its third rank is here."""
    world = World()
    world.store.items[SENSOR.code] = replace(SENSOR, proof=BOLT.proof)
    world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] = 0
    if has_sensor:
        world.store.held[place(6, "C8"), StockKey(item=SENSOR.code)] = 1
    lines = tuple(OrderLine(order="J1", line=line, item=item.code, quantity=1, rank=rank) for line, (rank, item) in RANKS.items())
    world.store.orders["J1"] = Order(order="J1", kind=OrderKind.PICK, sequence="L7", lines=lines)
    world.sign_on(by.person)
    world.settle()
    world.start("J1", answer=answer)
    world.settle()
    return world


def work_on(world):
    """Confirm what is asked until the round is over or asks for a release."""
    for _ in range(20):
        if world.state.round is None or world.state.round.gap is not None:
            return
        asks = world.view().face.ask
        world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
        world.settle()


def release(world, by=JONAS):
    world.give(do.Choose(world.state.token, "release"))
    if world.state.held_back.asking.person is None:
        world.scan(by.person)
        world.pass_gate()
    world.prove()
    world.settle()


def written(world, kind):
    return [record for record in world.store.written if isinstance(record, kind)]


def ranks(world):
    return [RANKS[each.line][0] for each in written(world, Picked)]


def test_lines_leave_rank_by_rank_however_often_the_trays_change():
    world = started(has_sensor=True)
    assert (world.view().face.rank, world.view().face.ranks) == (1, 4)
    work_on(world)
    assert ranks(world) == [1, 2, 3, 4]
    assert [each.tray for each in written(world, Picked)] == [4, 5, 6, 4]
    assert written(world, OrderClosed)


def test_a_missing_part_stops_the_rest_and_is_marked():
    world = started()
    work_on(world)
    assert ranks(world) == [1, 2]
    assert isinstance(world.view().face, WorkFace)
    assert world.view().face.ask.params["rank"] == 3
    world.settle()
    (gap,) = written(world, GapOpened)
    assert (gap.sequence, gap.rank, gap.missing, gap.reason) == ("L7", 3, 1, "no_stock")
    assert not [each for each in written(world, LineClosed) if each.outcome == "short"]


def test_a_supervisors_badge_and_pin_let_the_rest_go_on():
    world = started()
    work_on(world)
    release(world)
    assert [each.released_by for each in written(world, GapReleased)] == [JONAS.person]
    assert [(each.person, each.act) for each in written(world, PinConfirmed)] == [(JONAS.person, "gap_release")]
    work_on(world)
    assert ranks(world) == [1, 2, 4]
    assert world.state.round is None
    third = world.store.orders["J1"].lines[2]
    assert (third.rank, third.state) == (3, LineState.OPEN)


def test_an_operator_alone_does_not_get_past_a_gap():
    world = started()
    work_on(world)
    world.give(do.Choose(world.state.token, "release"))
    assert world.view().bar.code == "scan_supervisor"
    world.give(do.EnterPin("123456"))
    world.settle()
    assert written(world, GapReleased) == []
    world.give(do.Back(world.state.token))
    assert world.state.round.gap is not None


def test_the_line_may_release_from_outside():
    world = started()
    work_on(world)
    world.settle()
    world.store.write((GapReleased(order="J1", line="3", sequence="L7", rank=3, released_by="host"),))
    world.feed(SiteChanged())
    world.settle()
    work_on(world)
    assert ranks(world) == [1, 2, 4]


def test_the_position_opens_again_as_express_when_its_part_has_come():
    world = started()
    work_on(world)
    release(world)
    work_on(world)
    assert not next(tag for tag in world.state.orders if tag.order == "J1").is_express
    world.store.held[place(6, "C8"), StockKey(item=SENSOR.code)] = 1
    world.feed(SiteChanged())
    world.settle()
    assert world.state.orders[0].order == "J1"
    assert world.state.orders[0].is_express
    world.start("J1")
    world.settle()
    work_on(world)
    assert ranks(world) == [1, 2, 4, 3]
    assert world.store.gaps("L7")[0].filled_at is not None
    assert written(world, OrderClosed)


@pytest.mark.parametrize("how", ["skip", "not enough"])
def test_what_is_skipped_or_short_is_a_gap_and_no_short(how):
    world = started(has_sensor=True)
    if how == "skip":
        world.give(do.Skip(world.state.token))
    else:
        world.say_not_enough(0, "damaged", 3)
    world.settle()
    assert world.state.round.gap.rank == 1
    assert not written(world, LineClosed)
    release(world)
    work_on(world)
    assert ranks(world) == [2, 3, 4]


def test_the_proof_names_ranks_gaps_and_who_released_them():
    world = started()
    work_on(world)
    release(world)
    work_on(world)
    world.settle()
    found = proof(world.store, "L7")
    assert [(each.rank, each.ranks, each.state) for each in found] == [
        (1, 4, "left"),
        (2, 4, "left"),
        (3, 4, "gap"),
        (4, 4, "left"),
    ]
    assert (found[2].gap_reason, found[2].released_by) == ("no_stock", JONAS.person)
    assert found[2].released_at is not None
    assert {each.by for each in found if each.state == "left"} == {MARA.person}


def test_the_proof_names_nobody_where_nothing_left():
    world = started()
    ended = LineClosed(order="J1", line="3", outcome="cancelled", asked=1, done_quantity=0, reason="host")
    world.store.write((ended,), operator=JONAS.person)
    found = proof(world.store, "L7")[2]
    assert (found.state, found.left_at, found.by) == ("cancelled", None, "")


def test_the_host_releases_a_gap_once_and_with_a_reason():
    world = started()
    work_on(world)
    world.settle()
    for reason, code in ((" ", "no_reason"), ("line goes on", ""), ("again", "released")):
        if code:
            with pytest.raises(SequenceError, match=code):
                release_gap(world.store, "J1", "3", reason)
        else:
            assert release_gap(world.store, "J1", "3", reason) == 3
    with pytest.raises(SequenceError, match="unknown_gap"):
        release_gap(world.store, "J1", "4", "no gap")


def test_after_a_crash_at_the_gap_it_is_asked_again_and_nothing_is_doubled():
    world = started()
    work_on(world)
    world.settle()
    world.restart()
    world.recover(is_leaving=False)
    world.settle()
    for _ in range(3):
        if world.state.round is not None and world.state.custody.needs_touch:
            world.give(do.FetchAgain(world.state.token))
            world.settle()
    assert world.state.round.gap.rank == 3
    assert ranks(world) == [1, 2]


def test_a_full_disk_at_the_release_leaves_the_gap():
    world = started(by=JONAS)
    work_on(world)
    world.settle()
    world.give(do.Choose(world.state.token, "release"))
    world.prove()
    world.write(is_refused=True)
    assert world.state.round.gap is not None
    assert not world.state.round.gap.is_booking


# --- a sequence over several orders


def of_two_orders():
    """JA has the first rank of sequence L7, JB the second; both are here."""
    world = World()
    world.store.items[BOLT.code] = replace(BOLT, proof=NUT.proof)
    for name, line, item, rank in (("JA", "1", NUT, 1), ("JB", "2", BOLT, 2)):
        lines = (OrderLine(order=name, line=line, item=item.code, quantity=1, rank=rank),)
        world.store.orders[name] = Order(order=name, kind=OrderKind.PICK, sequence="L7", lines=lines)
    world.sign_on(MARA.person)
    world.settle()
    return world


def begun(world, *names):
    world.give(do.StartOrders(names))
    world.settle()
    return world


def left(world):
    return [each.order for each in written(world, Picked)]


def test_a_rank_of_an_order_that_nobody_works_holds_up_the_later_ones():
    world = begun(of_two_orders(), "JB")
    gap = world.state.round.gap
    assert (gap.order, gap.rank, world.view().face.ask.code, world.view().bar.error) == ("JA", 1, "gap_order", "O472")
    assert written(world, GapOpened) == []  # nothing is empty before somebody lets it be so
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    begun(world, "JA")
    work_on(world)
    begun(world, "JB")
    work_on(world)
    assert left(world) == ["JA", "JB"]
    assert [each.state for each in proof(world.store, "L7")] == ["left", "left"]


def test_a_supervisor_lets_a_later_order_leave_first_and_the_proof_says_so():
    world = begun(of_two_orders(), "JB")
    release(world)
    work_on(world)
    assert [(each.order, each.reason) for each in written(world, GapOpened)] == [("JA", "order_open")]
    assert [(each.order, each.released_by) for each in written(world, GapReleased)] == [("JA", JONAS.person)]
    begun(world, "JA")
    work_on(world)
    assert left(world) == ["JB", "JA"]
    first = proof(world.store, "L7")[0]
    assert (first.state, first.released_by) == ("filled", JONAS.person)


def test_an_order_that_is_held_in_mid_round_lets_no_later_rank_leave():
    world = begun(of_two_orders(), "JA", "JB")
    assert world.state.round.task.order == "JA"
    world.store.orders["JA"] = replace(world.store.orders["JA"], state=OrderState.HELD)
    world.feed(SiteChanged())
    world.settle()
    assert (world.state.round.gap.order, world.state.round.gap.rank) == ("JA", 1)
    work_on(world)
    assert left(world) == []


def test_what_another_bay_lets_leave_meanwhile_holds_up_nobody_any_more():
    world = begun(of_two_orders(), "JB")
    ja = world.store.orders["JA"]
    done = replace(ja.lines[0], done_quantity=1, state=LineState.CONFIRMED)
    world.store.orders["JA"] = replace(ja, state=OrderState.CLOSED, lines=(done,))
    world.feed(SiteChanged())
    world.settle()
    assert world.state.round.gap is None
    work_on(world)
    assert left(world) == ["JB"]


def test_of_a_rank_that_left_after_later_ones_without_a_release_the_proof_says_so():
    world = of_two_orders()
    world.store.orders["JA"] = replace(world.store.orders["JA"], state=OrderState.CANCELLED)
    begun(world, "JB")
    work_on(world)
    world.store.orders["JA"] = replace(world.store.orders["JA"], state=OrderState.RELEASED)
    world.feed(SiteChanged())
    world.settle()
    begun(world, "JA")
    work_on(world)
    world.store.log = [replace(each, at=each.at + timedelta(seconds=each.seq)) for each in world.store.log]
    assert [each.state for each in proof(world.store, "L7")] == ["overtaken", "left"]
