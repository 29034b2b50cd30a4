"""Just in sequence: lines leave rank by rank, a missing part keeps its position empty, and only a release lets the rest go on."""

from dataclasses import replace

import pytest

from db.records.orders import LineClosed, OrderClosed
from db.records.people import PinConfirmed
from db.records.sequence import GapOpened, GapReleased
from db.records.stock import Picked
from station import commands as do
from station.core.inputs import SiteChanged
from station.sequence_proof import SequenceError, proof
from station.sequence_proof import release as release_gap
from station.values import LineState, Order, OrderKind, OrderLine, StockKey
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
