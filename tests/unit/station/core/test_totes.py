"""Several orders at once into totes: bound by scan, parted tote by tote, and nothing lost or doubled when the program ends."""

from dataclasses import replace

import pytest

from db.records.orders import LineClosed, OrderClosed
from db.records.stock import Corrected, Picked
from db.records.taken import CompartmentDue
from db.records.totes import LampMarked, ToteBound, ToteClosed, ToteRefused
from hardware.values import SafetyStopped, ToteKey, ToteLampsFailed
from station import commands as do
from station.core.bay_lights import bay_lights
from station.core.effects import Sound
from station.core.inputs import SiteChanged, StoreChanged
from station.core.state import LightState
from station.flows.tote_share import Distributing
from station.values import LineState, Order, OrderKind, OrderLine, StockKey
from station.view.action import Action
from tests.helpers.sample import BOLT, ELIF, JONAS, MARA, NUT, place
from tests.helpers.world import BADGE, World

ORDERS = {"OA": 3, "OB": 2}


def world_with(*, places=("T1", "T2", "T3"), asked=ORDERS, held=6):
    """Somebody signed on; each order asks bolts, which lie in C7 of tray 4."""
    world = World(put_places=places)
    for name, quantity in asked.items():
        line = OrderLine(order=name, line="1", item=BOLT.code, quantity=quantity)
        world.store.orders[name] = Order(order=name, kind=OrderKind.PICK, lines=(line,))
    world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] = held
    world.store.held[place(5, "C7"), StockKey(item=BOLT.code)] = 0
    world.sign_on(MARA.person)
    world.settle()
    return world


def started(**how):
    """Both orders are started; the tray comes while the totes are scanned."""
    world = world_with(**how)
    world.start(*how.get("asked", ORDERS))
    world.settle()
    return world


def bound(**how):
    world = started(**how)
    for number, _ in enumerate(how.get("asked", ORDERS), start=1):
        world.scan(f"BLO-B{number}")
        world.settle()
    return world


def parting(**how):
    """All of it is out of the compartment."""
    world = bound(**how)
    world.give(do.Confirm(world.state.token))
    return world


def written(world, *kinds):
    return [record for record in world.store.written if isinstance(record, kinds)]


def picks(world):
    return [(each.order, each.quantity, each.tote, each.into) for each in written(world, Picked)]


def lit(world):
    return {each.position: each.quantity for each in bay_lights(world.state).totes}


def test_each_order_is_bound_to_a_tote_while_the_tray_comes():
    world = started()
    assert world.state.custody.tray_here == 4
    ask = world.view().face.ask
    assert (ask.code, ask.params) == ("which_tote", {"order": "OA", "position": "T1"})
    assert lit(world) == {"T1": ""}
    world.scan("BLO-B1")
    world.settle()
    assert world.view().face.ask.params == {"order": "OB", "position": "T2"}
    world.scan("T3")
    world.scan("BLO-B2")
    world.settle()
    assert written(world, ToteBound) == [
        ToteBound(order="OA", tote="B1", position="T1"),
        ToteBound(order="OB", tote="B2", position="T3"),
    ]
    assert world.view().face.confirm_quantity == 5
    assert world.view().face.orders == ("OA", "OB")


def test_what_is_no_tote_is_refused_with_what_a_tote_looks_like():
    world = started()
    world.scan("BOX-17")
    world.settle()
    assert (world.view().bar.code, world.view().bar.error) == ("not_a_tote", "O352")
    assert world.view().face.ask.code == "which_tote"


def test_a_scan_that_is_not_needed_leaves_the_lock_of_the_wrong_one_on_the_screen():
    world = world_with()
    world.start("OA")
    world.settle()
    world.scan(NUT.code)
    locked = world.view().bar
    assert locked.error == "O301"
    world.scan("BLO-B1")
    assert world.view().bar == locked
    assert world.view().face.is_locked


def test_one_order_alone_goes_to_its_destination_as_ever():
    world = world_with()
    world.start("OA")
    world.settle()
    assert world.view().face.ask is None
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert picks(world) == [("OA", 3, "", "")]


@pytest.mark.parametrize("code", ["BLO-B1", "T1"])
def test_a_tote_or_a_place_that_is_taken_is_refused(code):
    world = started()
    world.scan("BLO-B1")
    world.settle()
    world.sounds.clear()
    world.scan(code)
    assert world.view().bar.error == "O352"
    assert world.sounds == [Sound.WRONG]
    assert len(written(world, ToteBound)) == 1


def test_what_is_typed_is_bound_only_when_it_is_nobodys_badge():
    world = started()
    world.give(do.EnterText(world.state.token, BADGE))
    world.settle()
    assert world.view().bar.code == "not_a_tote"
    world.give(do.EnterText(world.state.token, "B7"))
    world.settle()
    assert [each.tote for each in written(world, ToteBound)] == ["B7"]


def test_more_orders_than_free_places_are_not_started():
    world = started(places=("T1",))
    assert world.view().bar.code == "too_few_places"
    assert world.state.round is None


def test_one_figure_is_taken_and_each_tote_is_confirmed_by_key_scan_or_touch():
    world = parting()
    assert lit(world) == {"T1": "3 pcs", "T2": "2 pcs"}
    world.feed(ToteKey("T2"))
    world.settle()
    assert lit(world) == {"T1": "3 pcs"}
    world.scan("BLO-B1")
    world.settle()
    assert picks(world) == [("OB", 2, "B2", "key"), ("OA", 3, "B1", "scan")]
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 1
    assert [each.order for each in written(world, OrderClosed)] == ["OB", "OA"]
    assert [(each.order, each.why) for each in written(world, ToteClosed)] == [("OB", "done"), ("OA", "done")]


def test_a_key_alone_says_that_all_is_taken():
    world = bound()
    world.feed(ToteKey("T1"))
    world.settle()
    assert picks(world) == [("OA", 3, "B1", "key")]
    assert isinstance(world.state.round.current.step, Distributing)


@pytest.mark.parametrize(("happened", "named"), [(ToteKey("T3"), "T3"), ("BLO-B9", "B9")])
def test_a_wrong_tote_is_refused_by_name_and_books_nothing(happened, named):
    world = parting()
    world.sounds.clear()
    if isinstance(happened, str):
        world.scan(happened)
    else:
        world.feed(happened)
    assert world.view().bar.code == "wrong_tote"
    assert world.view().bar.params == {"named": named, "totes": "T1: 3, T2: 2"}
    world.settle()
    assert picks(world) == []
    assert world.sounds == [Sound.WRONG]
    assert [each.named for each in written(world, ToteRefused)] == [named]


def test_a_crash_in_the_middle_keeps_what_was_confirmed_and_asks_the_rest_again():
    world = parting()
    world.feed(ToteKey("T1"))
    world.settle()
    world.restart()
    world.recover(is_leaving=False)
    world.settle()
    if world.state.custody.needs_touch:
        world.give(do.FetchAgain(world.state.token))
        world.settle()
    assert world.view().face.confirm_quantity == 2
    assert (world.view().face.tote.position, world.view().face.tote.tote) == ("T2", "B2")
    world.feed(ToteKey("T2"))
    world.settle()
    assert picks(world) == [("OA", 3, "B1", "key"), ("OB", 2, "B2", "key")]


def test_a_full_disk_in_the_middle_leaves_the_tote_to_be_confirmed_again():
    world = parting()
    world.feed(ToteKey("T1"))
    world.write(is_refused=True)
    assert lit(world) == {"T1": "3 pcs", "T2": "2 pcs"}
    world.recover(is_leaving=False)
    world.feed(ToteKey("T1"))
    world.settle()
    assert picks(world) == [("OA", 3, "B1", "key")]


def test_a_full_tote_is_closed_and_a_second_one_takes_the_rest():
    world = parting()
    world.give(do.ToteFull(world.state.token))
    world.give(do.Choose(world.state.token, "T1"))
    world.give(do.EnterNumber(world.state.token, 2))
    world.settle()
    assert world.view().face.ask.code == "second_tote"
    world.scan("BLO-B2")
    assert world.view().bar.code == "tote_taken"
    world.scan("BLO-B5")
    world.settle()
    assert lit(world) == {"T1": "1 pcs", "T2": "2 pcs"}
    world.scan("BLO-B1")
    assert world.view().bar.code == "wrong_tote"
    world.feed(ToteKey("T1"))
    world.settle()
    world.feed(ToteKey("T2"))
    world.settle()
    assert picks(world) == [("OA", 2, "B1", "touch"), ("OA", 1, "B5", "key"), ("OB", 2, "B2", "key")]
    assert [(each.tote, each.why) for each in written(world, ToteClosed)] == [("B1", "full"), ("B5", "done"), ("B2", "done")]


def short_of(world, taken, remaining=0):
    world.say_not_enough(taken, "not_there", remaining)
    world.settle()


def test_a_short_goes_to_the_most_urgent_and_the_rest_is_looked_for():
    world = bound(asked={"OA": 3, "OB": 3})
    world.store.held[place(5, "C7"), StockKey(item=BOLT.code)] = 1
    short_of(world, 4)
    assert world.view().face.ask.choices[0].params == {"totes": "T1: 3, T2: 1"}
    world.give(do.Choose(world.state.token, "by_urgency"))
    for key in ("T1", "T2"):
        world.feed(ToteKey(key))
        world.settle()
    assert world.state.round.task.place == place(5, "C7")
    assert world.state.round.task.position == "T2"
    for _ in range(3):
        world.settle()
    world.feed(ToteKey("T2"))
    world.settle()
    if world.view().face.ask is not None and world.view().face.ask.code == "is_it_empty":
        world.give(do.Choose(world.state.token, "yes"))
        world.settle()
    assert [(order, quantity) for order, quantity, *_ in picks(world)] == [("OA", 3), ("OB", 1), ("OB", 1)]
    closed = {each.order: (each.outcome, each.done_quantity) for each in written(world, LineClosed)}
    assert closed == {"OA": ("confirmed", 3), "OB": ("short", 2)}
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 0


def test_the_person_may_say_who_gets_what_of_too_few():
    world = bound(asked={"OA": 3, "OB": 3})
    short_of(world, 4)
    world.give(do.Choose(world.state.token, "by_hand"))
    world.give(do.EnterNumber(world.state.token, 0))
    assert world.view().bar.code == "share_out_of_range"
    world.give(do.EnterNumber(world.state.token, 1))
    assert lit(world) == {"T1": "1 pcs", "T2": "3 pcs"}


def test_nothing_there_corrects_the_book_once_and_every_line_looks_elsewhere():
    world = bound(asked={"OA": 3, "OB": 3})
    world.store.held[place(5, "C7"), StockKey(item=BOLT.code)] = 2
    short_of(world, 0)
    assert len(written(world, Corrected)) == 1
    assert world.state.round.task.place.tray == 5
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 0


def test_no_tote_is_confirmed_while_the_tray_is_away():
    world = parting()
    world.feed(ToteKey("T1"))
    world.settle()
    before = picks(world)
    world.state = replace(world.state, custody=replace(world.state.custody, is_proven=False))
    world.feed(ToteKey("T2"))
    assert world.view().bar.error == "O309"
    assert picks(world) == before


def test_a_skipped_group_comes_back_together():
    world = bound()
    line = OrderLine(order="OA", line="1", item=BOLT.code, quantity=3)
    assert world.store.orders["OA"].lines == (line,)
    world.give(do.Skip(world.state.token))
    world.settle()
    assert {world.store.orders[each].lines[0].state for each in ORDERS} == {LineState.SKIPPED}


def test_a_lamp_that_its_device_gives_up_is_shown_on_the_screen_until_it_works():
    world = parting()
    world.feed(ToteKey("T2"))
    world.settle()
    world.give(do.Back(world.state.token))
    assert lit(world) == {"T1": "3 pcs"}
    assert world.view().face.confirm_quantity == 3
    world.feed(ToteLampsFailed(frozenset({"T1"})))
    assert world.view().face.tote.is_dead
    world.feed(ToteLampsFailed(frozenset()))
    assert not world.view().face.tote.is_dead


def test_a_lamp_that_a_person_found_dead_is_kept_in_the_record_until_it_works_again():
    world = world_with()
    world.state = replace(world.state, lights={"totes": LightState(is_up=True)})
    for marked in (frozenset({"T2"}), frozenset()):
        world.sign_on(ELIF.person)
        world.give(do.LockScreen())
        world.settle()
        world.sign_on(ELIF.person)
        world.give(do.OpenDevices())
        world.give(do.ShowDevice(world.state.token, "totes"))
        world.give(do.MarkLamp(world.state.token))
        assert [each.key for each in world.view().face.ask.choices] == ["T1", "T2", "T3"]
        world.give(do.Choose(world.state.token, "T2"))
        world.settle()
        world.feed(SiteChanged())
        world.settle()
        assert world.state.dead_lamps == world.store.dead_lamps() == marked
    assert [each.is_dead for each in written(world, LampMarked)] == [True, False]


def test_a_machine_that_stops_leaves_the_lamps_dark():
    world = parting()
    world.feed(SafetyStopped("A-213"))
    assert lit(world) == {}


# --- what takes two persons, and another lot


def two_persons():
    """The bolts ask for a second person; both totes are bound, and nothing is taken yet."""
    world = world_with()
    world.store.items[BOLT.code] = replace(BOLT, two_person=True)
    world.start(*ORDERS)
    world.settle()
    for number, _ in enumerate(ORDERS, start=1):
        world.scan(f"BLO-B{number}")
        world.settle()
    return world


def test_no_key_or_scan_of_a_tote_stands_for_the_second_person():
    world = two_persons()
    for happens in (lambda: world.feed(ToteKey("T1")), lambda: world.scan("BLO-B1")):
        happens()
        world.settle()
        assert (picks(world), world.view().bar.code) == ([], "second_before_totes")


@pytest.mark.parametrize("command", [do.Confirm, do.ToteFull])
def test_the_second_person_comes_before_anything_is_parted_and_stands_in_every_booking(command):
    world = two_persons()
    world.give(command(world.state.token))
    assert world.view().face.act == "two_person"
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    world.settle()
    if command is do.ToteFull:
        world.give(do.Back(world.state.token))
    for key in ("T1", "T2"):
        world.feed(ToteKey(key))
        world.settle()
    assert [(each.order, each.second) for each in written(world, Picked)] == [("OA", JONAS.person), ("OB", JONAS.person)]


def test_another_lot_is_not_chosen_for_several_orders_at_once():
    """Each of them keeps its own allocation: the lot that was booked would not be the one that was taken."""
    world = bound()
    world.store.persons[MARA.person] = replace(MARA, rights=("depart_from_rule",))
    world.state = replace(world.state, session=replace(world.state.session, person=world.store.persons[MARA.person]))
    assert not any(each.action is Action.OTHER_LOT for each in world.view().face.offers)
    world.give(do.OtherLot(world.state.token))
    world.settle()
    assert world.view().face.ask is None


def test_what_is_undone_leaves_its_tote_which_takes_goods_again():
    world = parting()
    world.scan("BLO-B1")
    world.settle()
    assert picks(world) == [("OA", 3, "B1", "scan")]
    assert [each.tote for each in written(world, ToteClosed)] == ["B1"]
    world.give(do.Undo(world.state.token))
    world.settle()
    assert world.view().face.ask.code == "undo_pick_tote"
    world.give(do.Choose(world.state.token, "lie_back"))
    world.settle()
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 6
    assert [(each.order, each.tote) for each in written(world, ToteBound)][-1] == ("OA", "B1")
    assert world.store.orders["OA"].lines[0].state is LineState.OPEN
    assert (world.view().face.confirm_quantity, world.view().face.orders) == (5, ("OA", "OB"))
    world.give(do.Confirm(world.state.token))
    for tote in ("BLO-B1", "BLO-B2"):
        world.scan(tote)
        world.settle()
    assert [each[:3] for each in picks(world) if each[0] == "OA"] == [("OA", 3, "B1")] * 2
    assert world.store.held.get((place(4, "C7"), StockKey(item=BOLT.code)), 0) == 1


def test_a_tote_that_is_closed_with_nothing_more_in_it_is_no_part_of_the_booking_before():
    world = parting()
    world.scan("BLO-B2")
    world.settle()
    world.give(do.ToteFull(world.state.token))
    world.give(do.Choose(world.state.token, "T1"))
    world.give(do.EnterNumber(world.state.token, 0))
    world.settle()
    assert [(each.tote, each.why) for each in written(world, ToteClosed)] == [("B2", "done"), ("B1", "full")]
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, "lie_back"))
    world.settle()
    world.scan("BLO-B5")
    world.settle()
    assert [(each.order, each.tote) for each in written(world, ToteBound)] == [("OA", "B1"), ("OB", "B2"), ("OA", "B5")]
    assert world.state.round.totes["OA"].tote == "B5"


def test_undone_in_the_middle_of_the_parting_what_is_in_other_totes_stays_there():
    world = parting(asked={"OA": 3, "OB": 2, "OC": 1})
    for tote in ("BLO-B1", "BLO-B2"):
        world.scan(tote)
        world.settle()
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, "lie_back"))
    world.settle()
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 3
    assert (world.view().face.confirm_quantity, world.view().face.orders) == (3, ("OB", "OC"))
    world.give(do.Confirm(world.state.token))
    for tote in ("BLO-B2", "BLO-B3"):
        world.scan(tote)
        world.settle()
    assert [each[:3] for each in picks(world)] == [("OA", 3, "B1"), ("OB", 2, "B2"), ("OB", 2, "B2"), ("OC", 1, "B3")]


# --- the work is left with goods in the hand


def leave(world):
    world.give(do.LeaveWork(world.state.token))
    world.settle()


def put_back(world):
    world.give(do.Choose(world.state.token, "back_in"))
    world.settle()


def one_in_its_tote():
    world = parting()
    world.scan("BLO-B1")
    world.settle()
    return world


def test_what_is_in_the_hand_goes_back_before_the_tray_goes():
    world = one_in_its_tote()
    leave(world)
    face = world.view().face
    assert (face.ask.code, face.ask.params["quantity"], face.ask.params["compartment"]) == ("put_hand_back", "2", "C7")
    assert (world.view().bar.code, world.view().bar.params["quantity"]) == ("put_hand_back", "2")
    assert world.state.custody.tray_here == 4
    assert lit(world) == {}
    assert (face.asked, face.confirm_quantity, face.left_after) == (2, 2, None)
    put_back(world)
    assert world.state.round is None
    assert world.state.custody.tray_here is None
    assert picks(world) == [("OA", 3, "B1", "scan")]
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 3
    assert written(world, CompartmentDue) == []


def test_back_leads_to_the_totes_again():
    world = one_in_its_tote()
    leave(world)
    world.give(do.Back(world.state.token))
    assert world.view().face.ask.code == "into_totes"
    world.scan("BLO-B2")
    world.settle()
    assert picks(world) == [("OA", 3, "B1", "scan"), ("OB", 2, "B2", "scan")]


def test_leaving_twice_sends_no_tray_away():
    world = one_in_its_tote()
    leave(world)
    leave(world)
    assert world.view().face.ask.code == "put_hand_back"
    assert world.state.custody.tray_here == 4


def test_goods_are_in_the_hand_also_behind_the_way_back_to_the_compartment():
    world = one_in_its_tote()
    world.give(do.Back(world.state.token))
    leave(world)
    assert world.view().face.ask.params["quantity"] == "2"


def test_goods_go_back_also_while_the_next_tote_is_awaited():
    world = parting()
    world.give(do.ToteFull(world.state.token))
    world.give(do.Choose(world.state.token, "T1"))
    world.give(do.EnterNumber(world.state.token, 1))
    world.settle()
    assert world.view().face.ask.code == "second_tote"
    leave(world)
    assert world.view().face.ask.params["quantity"] == "4"
    world.give(do.Back(world.state.token))
    assert world.view().face.ask.code == "second_tote"
    leave(world)
    put_back(world)
    assert world.state.round is None
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 5


def test_nothing_goes_back_where_nothing_was_taken():
    world = bound()
    leave(world)
    assert world.state.round is None


def test_goods_that_cannot_go_back_now_have_their_compartment_counted():
    world = one_in_its_tote()
    world.feed(SafetyStopped("L208"))
    leave(world)
    assert world.state.round is None
    (due,) = written(world, CompartmentDue)
    assert (due.tray, due.compartment, due.why, due.item, due.quantity) == (4, "C7", "left_in_hand", BOLT.code, 2)


def test_goods_go_back_also_while_nothing_can_be_booked():
    world = one_in_its_tote()
    world.feed(StoreChanged("D401"))
    leave(world)
    assert world.view().face.ask.code == "put_hand_back"
    put_back(world)
    assert world.state.round is None


def test_goods_for_several_orders_say_all_their_destinations():
    world = world_with()
    for name, goes_to in (("OA", "Line 3"), ("OB", "Line 5")):
        world.store.orders[name] = replace(world.store.orders[name], destination=goes_to)
    world.start("OA", "OB")
    world.settle()
    for tote in ("BLO-B1", "BLO-B2"):
        world.scan(tote)
        world.settle()
    assert world.view().face.destination == "Line 3, Line 5"


def test_a_put_goes_into_its_compartment_and_to_no_destination():
    world = world_with()
    line = OrderLine(order="P1", line="1", item=BOLT.code, quantity=1)
    world.store.orders["P1"] = Order(order="P1", kind=OrderKind.PUT, destination="Stores", lines=(line,))
    world.feed(SiteChanged())
    world.settle()
    world.start("P1")
    world.settle()
    assert (world.view().face.mode, world.view().face.destination) == ("put", "")
