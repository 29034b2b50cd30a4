"""The rules where a person meets them: what the screen refuses, asks and offers, and what then stands in the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.records.orders import ScanRefused
from db.records.people import AccessRefused, PinConfirmed
from db.records.stock import Counted, Picked, Put
from station import commands as do
from station.core.effects import Allocate
from station.core.inputs import SiteChanged
from station.rules.put_away import Proposal
from station.scan import place_label
from station.values import IssueRule, Order, OrderKind, OrderLine, StockKey, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, JONAS, MARA, NUT, RESIN, place
from tests.helpers.world import World

TODAY = NOON.date()


def face_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def at_work(world: World, kind: OrderKind, item: str, quantity: int, *, who=MARA, **line) -> World:
    """That person stands before the first compartment of such an order."""
    lines = (OrderLine(order="O9", line="1", item=item, quantity=quantity, **line),)
    world.store.orders["O9"] = Order(order="O9", kind=kind, lines=lines)
    if world.state.person is None:
        world.sign_on(who.person)
    world.feed(SiteChanged())
    world.settle()
    world.start("O9", answer="leave")
    world.settle()
    return world


def written(world: World, kind: type) -> list:
    return [each for each in world.store.written if isinstance(each, kind)]


def two_lots(world: World) -> World:
    """L1 came first and is good for longer than L2."""
    world.store.held[place(6, "C8"), StockKey(item=RESIN.code, lot="L2")] = 4
    world.store.lots = {
        (RESIN.code, "L1"): (TODAY + timedelta(days=90), NOON - timedelta(days=9)),
        (RESIN.code, "L2"): (TODAY + timedelta(days=30), NOON - timedelta(days=1)),
    }
    return world


@pytest.mark.parametrize(("rule", "lot"), [(IssueRule.FIFO, "L1"), (IssueRule.FEFO, "L2"), (IssueRule.LIFO, "L2")])
def test_the_lot_that_the_item_s_rule_names_is_offered(rule, lot):
    world = two_lots(World())
    world.store.items[RESIN.code] = replace(RESIN, issue_rule=rule)
    assert face_of(at_work(world, OrderKind.PICK, RESIN.code, 2)).key.lot == lot


def test_another_lot_is_taken_by_right_with_a_reason_that_stands_in_the_booking():
    world = two_lots(World())
    world.store.persons[MARA.person] = replace(MARA, rights=("depart_from_rule",))
    at_work(world, OrderKind.PICK, RESIN.code, 3)
    assert Action.OTHER_LOT in {each.action for each in face_of(world).offers}
    world.give(do.OtherLot(world.state.token))
    world.settle()
    ask = face_of(world).ask
    assert isinstance(ask, AskChoice)
    assert [(each.code, each.params["lot"]) for each in ask.choices] == [("other_lot", "L2")]
    world.give(do.Choose(world.state.token, "0"))
    world.give(do.Choose(world.state.token, "lot_damaged"))
    world.settle()
    assert (face_of(world).tray, face_of(world).key.lot, face_of(world).departure) == (6, "L2", "lot_damaged")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.lot, each.quantity, each.departure) for each in written(world, Picked)] == [("L2", 3, "lot_damaged")]


def test_what_the_other_lot_does_not_cover_stays_with_the_first():
    world = two_lots(World())
    world.store.held[place(6, "C8"), StockKey(item=RESIN.code, lot="L2")] = 1
    world.store.persons[MARA.person] = replace(MARA, rights=("depart_from_rule",))
    at_work(world, OrderKind.PICK, RESIN.code, 3)
    world.give(do.OtherLot(world.state.token))
    world.settle()
    world.give(do.Choose(world.state.token, "0"))
    world.give(do.Choose(world.state.token, "uses_up_rest"))
    for _ in range(3):
        world.settle()
        world.give(do.Confirm(world.state.token))
        world.settle()
        if isinstance(world.view().face, TaskFace) and face_of(world).ask is not None:
            world.give(do.Choose(world.state.token, "yes"))
            world.settle()
    assert sorted((each.lot, each.quantity, each.departure) for each in written(world, Picked)) == [
        ("L1", 2, ""),
        ("L2", 1, "uses_up_rest"),
    ]


def test_without_the_right_the_rule_binds():
    world = at_work(two_lots(World()), OrderKind.PICK, RESIN.code, 3)
    assert Action.OTHER_LOT not in {each.action for each in face_of(world).offers}
    before = world.state.round
    world.give(do.OtherLot(world.state.token))
    assert world.state.round == before


def test_what_is_expired_is_offered_to_no_order_and_the_list_says_why():
    world = World()
    world.store.lots = {(RESIN.code, "L1"): (TODAY - timedelta(days=1), NOON)}
    world.store.orders = {}
    at_work(world, OrderKind.PICK, RESIN.code, 3)
    assert [[each.code for each in tag.blocked] for tag in world.state.orders] == [["missing_expired"]]
    assert world.state.round is None or world.state.round.task is None
    world.store.lots = {(RESIN.code, "L1"): (TODAY + timedelta(days=5), NOON)}
    asked = Allocate(orders=("O9",))
    assert world.reading.allocate(asked, None).tasks
    lines = (replace(world.store.orders["O9"].lines[0], min_remaining_days=6),)
    world.store.orders["O9"] = replace(world.store.orders["O9"], lines=lines)
    found = world.reading.allocate(asked, None)
    assert (found.tasks, [each.reason for each in found.lines.values()]) == ((), ["too_short_life"])


# --- putting away


def test_a_second_lot_is_refused_where_one_lies_and_goes_elsewhere():
    world = at_work(World(), OrderKind.PUT, RESIN.code, 2, lot="L2", place=place(5, "C8"))
    assert world.view().bar.code == "put_mixing_lot"
    assert {each.action: each.refused for each in face_of(world).offers}[Action.CONFIRM] == "not_here"
    world.give(do.Confirm(world.state.token))
    assert written(world, Put) == []
    world.give(do.ElsewherePut(world.state.token))
    world.settle()
    assert (face_of(world).tray, face_of(world).compartment) != (5, "C8")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.lot, each.quantity) for each in written(world, Put)] == [("L2", 2)]


def test_a_lot_that_is_said_at_the_bay_is_held_against_what_lies_there():
    world = at_work(World(), OrderKind.PUT, RESIN.code, 2, place=place(5, "C8"))
    world.give(do.Confirm(world.state.token))
    world.give(do.EnterText(world.state.token, "L2"))
    world.settle()
    assert world.view().bar.code == "put_mixing_lot"
    world.give(do.EnterText(world.state.token, "L1"))
    world.settle()
    assert [(each.lot, each.compartment) for each in written(world, Put)] == [("L1", "C8")]


def test_goods_of_a_class_are_refused_by_an_ordinary_place():
    world = World()
    world.store.items[NUT.code] = replace(NUT, storage_class=("esd",))
    world.store.trays_by_number[6] = replace(world.store.trays_by_number[6], storage_class=("esd",))
    at_work(world, OrderKind.PUT, NUT.code, 2, place=place(4, "D1"))
    assert world.view().bar.code == "put_unfit_class"
    world.give(do.ElsewherePut(world.state.token))
    world.settle()
    assert face_of(world).tray == 6


def test_a_proposed_place_has_its_reasons_and_one_touch_takes_a_runner_up():
    world = at_work(World(), OrderKind.PUT, NUT.code, 2)
    face = face_of(world)
    assert (face.compartment, face.reasons[0], len(face.runners_up)) == ("C8", "same_item", 2)
    chosen = face.runners_up[1]
    world.give(do.TakeRunnerUp(world.state.token, 1))
    world.settle()
    face = face_of(world)
    assert (face.tray, face.compartment) == (chosen.place.tray, chosen.place.compartment)
    assert face.runners_up[0] == Proposal(place(4, "C8"), ("same_item", "consolidation"))
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.tray, each.compartment) for each in written(world, Put)] == [(chosen.place.tray, chosen.place.compartment)]


def test_the_expiry_of_a_lot_is_asked_once_and_stands_in_the_booking():
    world = World()
    world.store.items[RESIN.code] = replace(RESIN, issue_rule=IssueRule.FEFO)
    at_work(world, OrderKind.PUT, RESIN.code, 2, lot="L7")
    world.give(do.Confirm(world.state.token))
    ask = face_of(world).ask
    assert isinstance(ask, AskNumber)
    assert (ask.code, ask.params["lot"], written(world, Put)) == ("which_expiry", "L7", [])
    world.give(do.EnterNumber(world.state.token, 20261399))
    assert world.view().bar.code == "not_a_day"
    world.give(do.EnterNumber(world.state.token, 260930))
    world.settle()
    assert [each.expiry for each in written(world, Put)] == ["2026-09-30"]
    assert world.store.lots[RESIN.code, "L7"][0] == date(2026, 9, 30)
    at_work(world, OrderKind.PUT, RESIN.code, 1, lot="L7")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert len(written(world, Put)) == 2


# --- rights


def locked_nuts(world: World) -> World:
    world.store.items[NUT.code] = replace(NUT, access="drugs")
    return world


def test_a_tray_with_a_locked_item_is_not_called_and_the_refusal_stands_in_the_record():
    world = locked_nuts(World())
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    assert world.view().bar.code == "tray_locked"
    assert world.metal is None
    assert written(world, AccessRefused) == [AccessRefused(person=MARA.person, machine="M1", tray=4, right="drugs", what="item")]
    world.give(do.CallTray(5))
    world.settle()
    assert world.metal == 5


def test_work_that_takes_a_right_is_offered_to_those_who_have_it():
    world = locked_nuts(World())
    at_work(world, OrderKind.PICK, BOLT.code, 6)  # six lie on the locked tray, four on another: none is reported missing
    tags = {each.order: [(why.code, why.params.get("right")) for why in each.blocked] for each in world.state.orders}
    assert tags["O9"] == [("missing_no_access_tray", "drugs")]
    assert ("missing_no_access", "drugs") in tags["O2"]
    assert written(world, Picked) == []
    assert world.state.round is None or world.state.round.task is None
    world.store.persons[JONAS.person] = replace(JONAS, rights=("drugs",))
    world.give(do.SignOff())
    world.settle()
    world.sign_on(JONAS.person)
    world.settle()
    world.start("O9")
    world.settle()
    assert face_of(world).tray == 4


def test_whoever_takes_work_over_gets_no_tray_that_he_has_no_right_to():
    world = locked_nuts(World())
    world.store.persons[MARA.person] = replace(MARA, rights=("drugs",))
    at_work(world, OrderKind.PICK, NUT.code, 1)
    assert face_of(world).is_here
    world.give(do.LockScreen())
    world.settle()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.AnswerHandOver(True))
    world.settle()
    assert world.view().bar.code == "tray_locked"
    assert {each.action: each.refused for each in face_of(world).offers}[Action.CONFIRM] == "no_access"
    world.give(do.Confirm(world.state.token))
    world.scan(NUT.code)
    world.settle()
    assert written(world, Picked) == []


# --- two persons


def at_two_person_pick(quantity: int = 2) -> World:
    world = World()
    world.store.items[NUT.code] = replace(NUT, two_person=True)
    return at_work(world, OrderKind.PICK, NUT.code, quantity)


def test_a_second_person_confirms_with_badge_and_pin_and_both_stand_in_the_record():
    world = at_two_person_pick()
    world.give(do.Confirm(world.state.token))
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.step, world.view().bar.code) == ("two_person", "badge", "scan_second")
    world.scan(MARA.person)
    world.pass_gate()
    assert world.view().bar.code == "second_is_first"
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    booking = next(each for each in world.writes if any(isinstance(record, Picked) for record in each.records))
    assert PinConfirmed(person=JONAS.person, act="two_person") in booking.records
    world.settle()
    assert [(each.quantity, each.second) for each in written(world, Picked)] == [(2, JONAS.person)]


def test_without_a_second_person_nothing_is_booked_not_even_by_a_scan_of_one_piece():
    world = at_two_person_pick(1)
    world.scan(NUT.code)
    world.settle()
    assert written(world, Picked) == []
    world.give(do.Confirm(world.state.token))
    world.give(do.Back(world.state.token))
    world.settle()
    assert written(world, Picked) == []
    assert face_of(world).is_here
    world.give(do.NotEnough(world.state.token))
    assert isinstance(world.view().face, PinAgainFace)


def test_who_was_the_second_is_not_so_for_whoever_takes_the_work_over():
    world = at_two_person_pick()
    world.give(do.NotEnough(world.state.token))
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    world.give(do.Back(world.state.token))
    assert world.state.round.current.second == JONAS.person
    world.give(do.LockScreen())
    world.settle()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.AnswerHandOver(True))
    world.settle()
    world.give(do.Confirm(world.state.token))
    assert isinstance(world.view().face, PinAgainFace)
    assert written(world, Picked) == []


# --- what looks alike, and what the hands should know


def test_a_neighbour_that_looks_alike_forces_the_scan():
    world = World()
    world.store.items["NUT-M9"] = replace(NUT, code="NUT-M9")
    world.store.held[place(4, "D1"), StockKey(item="NUT-M9")] = 5
    at_work(world, OrderKind.PICK, NUT.code, 2)
    bar = world.view().bar
    assert (bar.code, bar.params["other"], bar.params["beside"]) == ("look_alike_code", "NUT-M9", "D1")
    world.give(do.Confirm(world.state.token))
    assert world.state.round.current.scanned == 0
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.proof, each.quantity) for each in written(world, Picked)] == [("scan", 2)]


@pytest.mark.parametrize("scanned", [BOLT.code, BOLT.barcodes[0]])
def test_an_item_that_this_person_took_for_another_is_scanned_from_then_on(scanned):
    world = at_work(World(), OrderKind.PICK, NUT.code, 2)
    assert world.view().bar.code == "pick_instruct"
    world.scan(scanned)
    world.settle()
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    at_work(world, OrderKind.PICK, NUT.code, 1)
    assert world.view().bar.code == "look_alike_mistaken"
    assert world.view().bar.params["other"] == BOLT.code
    world.scan(NUT.code)
    world.settle()
    assert [(each.quantity, each.proof) for each in written(world, Picked)] == [(2, "scan"), (1, "scan")]


@pytest.mark.parametrize(("item", "other"), [(NUT.code, BOLT.code), (BOLT.code, NUT.code)])
def test_an_item_that_was_mistaken_by_its_barcode_is_scanned_from_then_on_too(item, other):
    world = at_work(World(), OrderKind.PICK, NUT.code, 2)
    world.scan(BOLT.barcodes[0])
    world.settle()
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    at_work(world, OrderKind.PICK, item, 1)
    assert world.view().bar.code == "look_alike_mistaken"
    assert world.view().bar.params["other"] == other


def test_the_label_of_a_wrong_compartment_is_nothing_that_an_item_is_taken_for():
    world = at_work(World(), OrderKind.PICK, NUT.code, 2)
    world.scan(place_label(place(4, "C7")))
    world.settle()
    assert [each.what for each in written(world, ScanRefused)] == ["compartment"]
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    at_work(world, OrderKind.PICK, NUT.code, 1)
    assert world.view().bar.code == "pick_instruct"


def test_what_is_fragile_or_heavy_is_said_and_how_the_tray_is_loaded_before_it_goes():
    world = World()
    world.store.items[NUT.code] = replace(NUT, fragile=True, weight_g=8000, height_mm=120)
    world.store.trays_by_number[4] = replace(world.store.trays_by_number[4], max_weight_g=90_000)
    face = face_of(at_work(world, OrderKind.PICK, NUT.code, 2))
    assert (face.handling.is_fragile, face.handling.heavy_g) == (True, 16_000)
    assert (face.load.weight_g, face.load.height_mm, face.load.max_g) == (8_000, 120, 90_000)


def test_blocked_stock_leaves_a_called_tray_as_scrap():
    world = World()
    world.store.held[place(6, "C8"), StockKey(item=NUT.code, status=StockStatus.BLOCKED)] = 4
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(6))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "C8"))
    world.give(do.DirectPick(world.state.token))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 2))
    assert [each.key for each in world.view().face.ask.choices] == ["scrap", "return", "inspection"]
    world.give(do.Choose(world.state.token, "scrap"))
    world.settle()
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.status, each.quantity, each.reason) for each in written(world, Picked)] == [("blocked", 2, "scrap")]


@pytest.mark.parametrize("rights", [(), ("poison",)])
def test_an_item_that_asks_for_a_right_is_put_by_those_who_have_it(rights):
    world = World()
    world.store.items[NUT.code] = replace(NUT, access="poison")
    world.store.held = {key: quantity for key, quantity in world.store.held.items() if key[1].item != NUT.code}
    world.store.persons[MARA.person] = replace(MARA, rights=rights)
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "C8"))
    world.give(do.DirectPut(world.state.token))
    world.settle()
    world.give(do.EnterText(world.state.token, NUT.code))
    world.settle()
    refused = [(each.tray, each.what) for each in written(world, AccessRefused)]
    asked = world.view().face.ask
    assert (isinstance(asked, AskNumber), refused) == ((True, []) if rights else (False, [(4, "item")]))
    assert rights or world.view().bar.code == "item_locked"


@pytest.mark.parametrize("figure", [3, 2])  # what the book has, and another figure, which is asked again
def test_what_two_persons_handle_is_counted_by_two(figure):
    world = World()
    world.store.items[NUT.code] = replace(NUT, two_person=True)
    at_work(world, OrderKind.COUNT, NUT.code, 0)
    for _ in range(2 if figure == 2 else 1):
        world.give(do.EnterNumber(world.state.token, figure))
        world.settle()
        if world.state.held_back is not None:
            assert (world.view().face.act, written(world, Counted)) == ("two_person", [])
            world.scan(JONAS.person)
            world.pass_gate()
            world.prove()
            world.settle()
    assert [(each.item, each.counted) for each in written(world, Counted)] == [(NUT.code, figure)]
    assert written(world, PinConfirmed) == [PinConfirmed(person=JONAS.person, act="two_person")]


@pytest.mark.parametrize("is_for_two", [True, False])
def test_that_a_compartment_is_empty_as_the_book_says_takes_two_where_the_item_does(is_for_two):
    world = World()
    world.store.items[NUT.code] = replace(NUT, two_person=is_for_two)
    for key in [key for key in world.store.held if key[1].item == NUT.code]:
        world.store.held[key] = 0
    at_work(world, OrderKind.COUNT, NUT.code, 0, place=place(4, "C8"))
    world.give(do.Choose(world.state.token, "yes"))
    world.settle()
    if is_for_two:
        assert (world.view().face.act, written(world, Counted)) == ("two_person", [])
        world.scan(JONAS.person)
        world.pass_gate()
        world.prove()
        world.settle()
    assert [each.counted for each in written(world, Counted)] == [0]
    assert len(written(world, PinConfirmed)) == is_for_two


def test_that_it_is_not_empty_asks_nobody_else_before_the_figure():
    world = World()
    world.store.items[NUT.code] = replace(NUT, two_person=True)
    for key in [key for key in world.store.held if key[1].item == NUT.code]:
        world.store.held[key] = 0
    at_work(world, OrderKind.COUNT, NUT.code, 0, place=place(4, "C8"))
    world.give(do.Choose(world.state.token, "no"))
    world.settle()
    assert world.state.held_back is None


def test_who_was_the_second_at_the_pick_stands_for_the_empty_compartment_after_it():
    world = World()
    world.store.items[NUT.code] = replace(NUT, two_person=True)
    for key in [key for key in world.store.held if key[1].item == NUT.code]:
        world.store.held[key] = 2
    at_work(world, OrderKind.PICK, NUT.code, 2)
    world.give(do.Confirm(world.state.token))
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    world.settle()
    world.give(do.Choose(world.state.token, "yes"))
    world.settle()
    assert world.state.held_back is None
    assert [each.counted for each in written(world, Counted)] == [0]


@pytest.mark.parametrize("is_direct", [True, False])
def test_a_named_tray_takes_no_more_than_it_bears_and_fewer_may_go_in(is_direct):
    world = World()
    world.store.items[NUT.code] = replace(NUT, weight_g=1000)
    tray = world.store.trays_by_number[4]
    lying_g = sum(
        world.store.items[key.item].weight_g * quantity // 10 ** world.store.items[key.item].decimals
        for (at, key), quantity in world.store.held.items()
        if at.tray == 4
    )
    world.store.trays_by_number[4] = replace(tray, max_weight_g=lying_g + 2500)
    if is_direct:
        world.sign_on(MARA.person)
        world.settle()
        world.give(do.CallTray(4))
        world.settle()
        world.give(do.SelectCompartment(world.state.token, "C8"))
        world.give(do.DirectPut(world.state.token))
        for answer in (do.EnterText(0, NUT.code), do.EnterNumber(0, 5), do.Choose(0, "return")):
            world.give(replace(answer, token=world.state.token))
            world.settle()
    else:
        at_work(world, OrderKind.PUT, NUT.code, 5, place=place(4, "C8"))
    assert (world.view().bar.code, world.view().bar.error) == ("put_unfit_weight" + "_direct" * is_direct, "O362")
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert written(world, Put) == []
    world.give(do.NotEnough(world.state.token))
    world.give(do.EnterNumber(world.state.token, 2))
    world.settle()
    world.give(do.Choose(world.state.token, face_of(world).ask.choices[0].key))
    world.settle()
    assert [each.quantity for each in written(world, Put)] == [2]


def test_the_label_of_a_wrong_place_is_no_item_that_was_mistaken():
    world = at_work(World(), OrderKind.PICK, NUT.code, 2)
    world.scan(place_label(place(5, "C8")))
    world.settle()
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    at_work(world, OrderKind.PICK, NUT.code, 1)
    assert world.view().bar.code == "pick_instruct"
