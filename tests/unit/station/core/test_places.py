"""Places without a lift: worked from a list and a location scan, with the same flows and the same record."""

from dataclasses import replace

import pytest

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.places import PlaceReached
from db.records.stock import Counted, Picked, Put
from db.records.undo import BookingUndone
from hardware.values import LinkDown
from station import commands as do
from station.core.effects import Sound
from station.custody import NotKnown
from station.flows.undo import LIE_BACK
from station.values import LineState, Order, OrderKind, OrderState, Place, StockKey
from station.view.action import Action
from station.view.places import PlacesFace
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.work import WorkFace
from tests.helpers.sample import FUSE, JONAS, MARA, NUT
from tests.helpers.zones import C1, C2, C10, CROWBAR, D1, Q1, label, line, only, section, section_label, zone_world

CROWBARS, NUTS, FUSES = (StockKey(item=each.code) for each in (CROWBAR, NUT, FUSE))
D2 = replace(D1, compartment="D2")


def walking(*orders, **how):
    world = only(zone_world(**how), *orders) if orders else zone_world(**how)
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    return world


def face(world):
    shown = world.view().face
    assert isinstance(shown, TaskFace), shown
    return shown


def offer(world, action):
    return next(each for each in face(world).offers if each.action is action)


def confirm(world):
    world.give(do.Confirm(world.state.token))
    world.settle()


def take(world, at):
    world.scan(label(at))
    world.settle()
    confirm(world)


def answer_empty(world):
    world.give(do.Choose(world.state.token, "yes"))
    world.settle()


def written(world, *kinds):
    return [each for each in world.store.written if isinstance(each, kinds)]


def test_the_work_list_says_how_much_waits_there_and_the_list_is_in_walking_order():
    world = zone_world()
    shown = world.view().face
    assert isinstance(shown, WorkFace)
    assert shown.on_foot == 4
    world.give(do.OpenPlaces())
    world.settle()
    listed = world.view().face
    assert isinstance(listed, PlacesFace)
    assert [(each.place, each.order, each.quantity) for each in listed.rows] == [
        (C1, "Z3", 4),
        (C2, "Z1", 3),
        (C10, "Z1", 2),
        (D1, "Z2", 4),
    ]


def test_an_order_that_is_all_on_the_shelf_cannot_start_at_the_bay_and_says_why():
    world = zone_world()
    (tag,) = (each for each in world.view().face.orders if each.order == "Z1")
    assert [each.code for each in tag.blocked] == ["missing_at_bay"]
    world.start("Z1")
    world.settle()
    assert world.view().bar.code == "all_in_places"
    assert world.store.orders["Z1"].state is OrderState.RELEASED


def test_nothing_can_be_confirmed_before_the_label_was_scanned():
    world = walking("Z1")
    assert (face(world).compartment, face(world).is_here, world.view().bar.code) == ("C2", False, "go_to_place")
    assert world.view().bar.params["place"] == "SHELF1 1-C2"
    assert offer(world, Action.CONFIRM).refused == "place_not_scanned"
    before = world.state
    confirm(world)
    world.give(do.NotEnough(world.state.token))
    assert (world.state.round, written(world, Picked)) == (before.round, [])
    world.scan(label(C2))
    world.settle()
    assert face(world).is_here
    confirm(world)
    (picked,) = written(world, Picked)
    assert (picked.machine, picked.tray, picked.compartment, picked.visit, picked.quantity) == ("SHELF1", 1, "C2", 1, 3)


def test_an_item_that_asks_for_a_scan_gets_it_after_the_place():
    world = walking("Z3")
    world.scan(FUSE.code)
    assert world.view().bar.code == "place_first"
    assert world.sounds[-1] is Sound.WRONG
    world.scan(label(C1))
    world.settle()
    for _ in range(4):
        assert offer(world, Action.CONFIRM).refused
        world.scan(FUSE.code)
    world.settle()
    assert [each.quantity for each in written(world, Picked)] == [4]


def test_another_location_is_refused_by_name():
    world = walking("Z1")
    world.scan(label(C10))
    assert world.view().bar.code == "other_place"
    assert world.view().bar.params["scanned"] == "SHELF1 1-C10"
    assert not face(world).is_here
    assert written(world, PlaceReached) == []


def test_the_label_of_the_section_does_as_well_and_the_record_says_so():
    world = walking("Z1")
    world.scan(section_label(C2))
    world.settle()
    assert face(world).is_here
    (reached,) = written(world, PlaceReached)
    assert (reached.how, reached.machine, reached.tray, reached.compartment, reached.visit) == ("section", "SHELF1", 1, "C2", 1)


def test_walking_on_needs_a_scan_again_and_the_visit_goes_on():
    world = walking("Z1")
    take(world, C2)
    answer_empty(world)
    assert (face(world).compartment, face(world).is_here) == ("C10", False)
    confirm(world)
    assert len(written(world, Picked)) == 1
    take(world, C10)
    answer_empty(world)
    assert [each.visit for each in written(world, Picked)] == [1, 1]
    assert world.store.orders["Z1"].state is OrderState.CLOSED
    assert isinstance(world.view().face, WorkFace)


def test_the_lift_stays_as_it_is_and_no_motion_is_asked():
    world = zone_world()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SendBack(world.state.token))
    world.settle()
    moves = len([each for each in world.store.written if each.kind == "motion_intended"])
    custody = world.state.custody
    world.give(do.OpenPlaces())
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    world.scan(label(C1))
    world.settle()
    world.give(do.Skip(world.state.token))
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    assert len([each for each in world.store.written if each.kind == "motion_intended"]) == moves
    assert world.state.custody == custody


def test_a_lost_machine_does_not_stop_the_work_on_foot():
    world = walking("Z1")
    world.feed(LinkDown("L101"))
    assert world.view().bar.code == "go_to_place"
    take(world, C2)
    assert len(written(world, Picked)) == 1


def test_an_order_of_both_is_worked_in_both_parts_and_stays_open_until_then():
    world = only(zone_world(), "Z2")
    world.start("Z2")
    world.settle()
    assert (face(world).tray, face(world).zone) == (5, None)
    confirm(world)
    assert world.store.orders["Z2"].lines[0].state is LineState.CONFIRMED
    assert world.store.orders["Z2"].lines[1].state is LineState.OPEN
    assert world.store.orders["Z2"].state is not OrderState.CLOSED
    assert [each.why for each in written(world, OrderLeft)] == ["elsewhere"]
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    take(world, D1)
    assert world.store.orders["Z2"].state is OrderState.CLOSED
    assert [each.outcome for each in written(world, LineClosed)] == ["confirmed", "confirmed"]
    assert len(written(world, OrderClosed)) == 1


@pytest.mark.parametrize("foot_first", [False, True])
def test_a_line_of_both_is_closed_once_with_all_of_it(foot_first):
    world = only(zone_world(), "Z3")

    def on_foot():
        world.give(do.OpenPlaces())
        world.settle()
        world.give(do.StartPlaces(world.state.token))
        world.settle()
        world.scan(label(C1))
        pieces(4)

    def at_the_bay():
        world.start("Z3")
        world.settle()
        pieces(2)

    def pieces(count):
        world.settle()
        for _ in range(count):
            world.scan(FUSE.code)
        world.settle()
        answer_empty(world)

    first, second = (on_foot, at_the_bay) if foot_first else (at_the_bay, on_foot)
    first()
    assert written(world, LineClosed) == []
    assert world.store.orders["Z3"].lines[0].done_quantity == (4 if foot_first else 2)
    second()
    (closed,) = written(world, LineClosed)
    assert (closed.outcome, closed.done_quantity) == ("confirmed", 6)


def test_what_is_short_at_the_bay_is_left_for_the_shelf():
    world = only(zone_world(), "Z3")
    world.store.orders["Z3"] = replace(world.store.orders["Z3"], lines=(line("Z3", "1", FUSE, 2),))
    world.start("Z3")
    world.settle()
    world.scan(FUSE.code)
    world.say_not_enough(1, "not_there", 0)
    world.settle()
    assert written(world, LineClosed) == []
    assert world.store.orders["Z3"].lines[0].done_quantity == 1
    assert world.view().face.on_foot == 1


def test_stock_in_quarantine_is_never_offered():
    world = only(zone_world(), "Z1")
    world.store.orders["Z1"] = Order(order="Z1", kind=OrderKind.PICK, lines=(line("Z1", "1", CROWBAR, 50),))
    world.give(do.OpenPlaces())
    world.settle()
    assert {each.place for each in world.view().face.rows} == {C2, C10}
    for at in (C2, C10):
        world.store.held[at, CROWBARS] = 0
    world.give(do.Back(world.state.token))
    world.give(do.OpenPlaces())
    world.settle()
    assert world.view().face.rows == ()
    (tag,) = world.state.orders
    assert [each.code for each in tag.blocked] == ["missing_held"]


def test_the_label_that_cannot_be_read_is_typed_and_the_record_says_so():
    world = walking("Z1")
    world.give(do.LabelUnreadable(world.state.token))
    assert (face(world).ask.code, world.view().bar.code) == ("place_label", "type_place")
    world.give(do.EnterText(world.state.token, "SHELF1 1-C10"))
    assert world.view().bar.code == "not_the_label"
    world.give(do.EnterText(world.state.token, "SHELF1-1-C2"))
    world.settle()
    assert face(world).is_here
    assert [each.how for each in written(world, PlaceReached)] == ["typed"]


def test_who_locks_the_screen_scans_again_and_that_is_another_visit():
    world = walking("Z1")
    world.scan(label(C2))
    world.settle()
    world.give(do.LockScreen())
    world.sign_on(MARA.person)
    world.settle()
    assert not face(world).is_here
    take(world, C2)
    assert [each.visit for each in written(world, PlaceReached)] == [1, 2]
    assert written(world, Picked)[0].visit == 2


def test_after_a_restart_the_work_goes_on_on_foot_and_the_place_is_scanned_again():
    world = walking("Z1", "Z2")
    take(world, C2)
    world.restart()
    world.sign_on(MARA.person)
    world.settle()
    assert (face(world).zone.place, face(world).is_here) == ("SHELF1 1-C2", False)  # is it empty? was not answered
    world.scan(label(C2))
    world.settle()
    answer_empty(world)
    assert face(world).compartment == "C10"
    assert written(world, Picked)[0].visit == 1
    assert [each.visit for each in written(world, PlaceReached)] == [1, 2]


def two_nuts():
    """Nuts of two places of one section, of each of which some stay."""
    world = zone_world()
    world.store.other_trays["SHELF1", 2] = section("SHELF1", 2, "D1", "D2")
    world.store.held[D2, FUSES] = 9
    lines = (line("N1", "1", NUT, 4), line("N1", "2", FUSE, 8))
    world.store.orders = {"N1": Order(order="N1", kind=OrderKind.PICK, lines=lines)}
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    return world


def test_the_last_booking_is_undone_while_the_person_still_stands_there():
    world = two_nuts()
    take(world, D1)
    assert (face(world).compartment, face(world).is_here) == ("D2", False)
    world.give(do.Undo(world.state.token))
    assert (face(world).ask.code, face(world).zone.place) == ("undo_pick", "SHELF1 2-D1")
    world.give(do.Choose(world.state.token, LIE_BACK))
    world.settle()
    assert world.store.held[D1, NUTS] == 9
    assert len(written(world, BookingUndone)) == 1
    assert (face(world).compartment, face(world).is_here) == ("D1", False)


def test_once_the_next_place_was_scanned_it_is_not_undone():
    world = two_nuts()
    take(world, D1)
    world.scan(label(D2))
    world.settle()
    world.give(do.Undo(world.state.token))
    world.settle()
    assert written(world, BookingUndone) == []
    assert (face(world).mode, face(world).zone.place) == ("count", "SHELF1 2-D1")
    assert world.store.held[D1, NUTS] == 5


def test_goods_of_an_order_are_put_onto_the_shelf():
    world = zone_world()
    put = replace(line("P1", "1", NUT, 5), place=C1)
    world.store.held[C1, StockKey(item=FUSE.code)] = 0
    world.store.orders = {"P1": Order(order="P1", kind=OrderKind.PUT, lines=(put,))}
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    assert (face(world).mode, face(world).is_here) == ("put", False)
    take(world, C1)
    assert [(each.machine, each.compartment, each.quantity) for each in written(world, Put)] == [("SHELF1", "C1", 5)]
    assert world.store.orders["P1"].state is OrderState.CLOSED


def test_a_zone_is_counted_as_a_tray_is():
    world = zone_world()
    world.store.orders = {}
    world.give(do.LockScreen())
    world.sign_on(JONAS.person)
    world.settle()
    if not isinstance(world.view().face, WorkFace):
        world.give(do.AnswerHandOver(True))
        world.settle()
    world.give(do.OpenPlaces())
    world.give(do.CountZone(world.state.token))
    assert [each.key for each in world.view().face.ask.choices] == ["SHELF1", "QUAR1"]
    world.give(do.Choose(world.state.token, "QUAR1"))
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    assert (face(world).mode, face(world).zone.place, face(world).book) == ("count", "QUAR1 1-Q1", None)
    world.scan(label(Q1))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 50))
    world.settle()
    (counted,) = written(world, Counted)
    assert (counted.machine, counted.counted) == ("QUAR1", 50)


def test_the_start_is_written_before_anything_is_worked():
    world = walking("Z1")
    assert [each.order for each in written(world, OrderStarted)] == ["Z1"]


def test_an_item_of_the_lift_alone_is_never_looked_for_on_foot():
    world = only(zone_world(), "Z2")
    world.store.held[D1, StockKey(item=NUT.code)] = 0
    world.give(do.OpenPlaces())
    world.settle()
    assert world.view().face.rows == ()


def test_work_on_foot_does_not_wait_for_the_question_which_tray_is_at_the_bay():
    world = only(zone_world(), "Z1")
    world.state = replace(world.state, custody=replace(world.state.custody, where=NotKnown("fetch", 4)))
    world.give(do.OpenDevices())
    assert isinstance(world.view().face, UnknownTrayFace)
    assert Action.PLACES in [each.action for each in world.view().face.offers]
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    take(world, C2)
    assert len(written(world, Picked)) == 1
    assert isinstance(world.state.custody.where, NotKnown)


def test_a_place_of_a_zone_that_this_station_does_not_know_is_no_tray_of_its_lift():
    world = zone_world()
    put = replace(line("P2", "1", NUT, 5), place=Place("SHELF9", 4, "C7"))
    world.store.orders = {"P2": Order(order="P2", kind=OrderKind.PUT, lines=(put,))}
    world.start("P2")
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert [each for each in world.store.written if each.kind == "motion_intended"] == []
