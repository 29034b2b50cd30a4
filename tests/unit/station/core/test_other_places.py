"""Work without an order to and from places without a lift: moved, into quarantine, found by the search, proposed for goods."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.stock import Picked, Put
from db.records.taken import GivenBack, TakenOut
from station import commands as do
from station.values import Item, Lock, Order, OrderKind, OrderLine, Place, StockKey, StockStatus
from station.view.action import Action
from station.view.search import SearchFace
from station.view.task import TaskFace
from station.zones import Zone, ZoneKind
from tests.helpers.fake_store import FakeStore
from tests.helpers.sample import BOLT, FUSE, MARA, NUT
from tests.helpers.world import World
from tests.helpers.zones import C1, C2, CROWBAR, D1, Q1, label, section, zone_world
from tests.unit.station.core.test_other_work import answer, confirm, keys

NUTS, BOLTS = StockKey(item=NUT.code), StockKey(item=BOLT.code)


def at_other() -> World:
    world = zone_world()
    world.give(do.OpenOther())
    world.settle()
    return world


def face(world: World) -> TaskFace:
    shown = world.view().face
    assert isinstance(shown, TaskFace), shown
    return shown


def reach(world: World, at: Place) -> None:
    world.scan(label(at))
    world.settle()


def choice(world: World, key: str) -> tuple[str, object]:
    found = next(each for each in world.view().face.ask.choices if each.key == key)  # type: ignore[union-attr]
    return found.code, found.params.get("place")


def test_goods_go_from_the_shelf_to_another_place_of_it_by_two_scans() -> None:
    world = at_other()
    world.store.held[C1, StockKey(item=FUSE.code)] = 0
    answer(world, "transfer", NUT.code)
    assert choice(world, keys(world)[0]) == ("other_zone_stock", "SHELF1 2-D1")
    answer(world, keys(world)[0], 3)
    assert (face(world).zone is not None, face(world).is_here) == (True, False)
    reach(world, D1)
    confirm(world)
    (taken,) = [each for each in world.store.written if isinstance(each, TakenOut)]
    assert (taken.machine, taken.tray, taken.quantity, taken.visit) == ("SHELF1", 2, 3, 1)
    reach(world, C1)  # the answer to where they go
    assert (face(world).mode, face(world).compartment, face(world).is_here) == ("put", "C1", False)
    reach(world, C1)
    confirm(world)
    assert (world.store.held[D1, NUTS], world.store.held[C1, NUTS]) == (6, 3)


def test_damaged_goods_go_into_quarantine_under_their_new_status() -> None:
    world = at_other()
    answer(world, "damaged", BOLT.code, "stock_0", 2)
    assert keys(world) == ["hold", "quarantine", "scrap"]
    answer(world, "quarantine")
    world.settle()
    at = Place(world.state.custody.machine, face(world).tray, face(world).compartment)
    before = world.store.held[at, BOLTS]
    confirm(world)
    held = replace(BOLTS, status=StockStatus.QUALITY_HOLD)
    assert world.store.held[at, BOLTS] == before - 2
    assert world.store.held.get((at, held), 0) == 0
    (out,) = [each for each in world.store.written if isinstance(each, TakenOut)]
    assert (out.quantity, out.status) == (2, "quality_hold")
    world.store.held[Q1, StockKey(item=CROWBAR.code)] = 0
    world.give(do.Back(world.state.token))
    world.give(do.PutDownHand(world.state.token))
    world.settle()
    assert choice(world, "place_0") == ("other_to_zone", "QUAR1 1-Q1")
    answer(world, "place_0")
    assert (face(world).zone.place, face(world).is_here) == ("QUAR1 1-Q1", False)  # type: ignore[union-attr]
    reach(world, Q1)
    confirm(world)
    assert world.store.held[Q1, held] == 2
    (back,) = [each for each in world.store.written if isinstance(each, GivenBack)]
    assert (back.machine, back.was_status) == ("QUAR1", "quality_hold")


def test_without_a_quarantine_nothing_of_it_is_offered() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.OpenOther())
    answer(world, "damaged", BOLT.code, "stock_0", 2)
    assert keys(world) == ["hold", "scrap"]


def test_the_search_shows_places_without_a_lift_and_calls_no_tray_for_them() -> None:
    world = zone_world()
    world.give(do.OpenSearch())
    world.scan(NUT.code)
    world.settle()
    shown = world.view().face
    assert isinstance(shown, SearchFace)
    (row,) = shown.places
    assert (row.place, row.where, row.why) == (D1, "zone", "Heavy shelf")
    world.give(do.ChoosePlace(world.state.token, 0))
    shown = world.view().face
    assert isinstance(shown, SearchFace)
    offered = [each.action for each in shown.offers]
    assert Action.CALL_PLACE not in offered
    assert Action.MOVE_FROM in offered


def proposed(world: World, item: Item, quantity: int, *, status: StockStatus = StockStatus.FREE) -> list[Place]:
    line = OrderLine(order="", line="", item=item.code, quantity=quantity)
    found = world.reading.put_places().of(item, line, quantity, exclude=set(), tray_at_bay=None, status=status)
    return [each.place for each in found]


def with_low_trays(store: FakeStore) -> None:
    store.trays_by_number = {no: replace(each, max_height_mm=200) for no, each in store.trays_by_number.items()}


def test_what_does_not_fit_the_lift_is_proposed_for_the_shelf_and_nothing_else() -> None:
    world = zone_world()
    with_low_trays(world.store)
    assert {each.machine for each in proposed(world, CROWBAR, 1)} == {"SHELF1"}
    assert {each.machine for each in proposed(world, BOLT, 1)} == {"M1"}


def test_a_zone_may_be_proposed_always() -> None:
    world = zone_world()
    world.reading = replace(world.reading, zones={"SHELF1": replace(world.zones["SHELF1"], always_proposed=True)})
    world.store.held = {each: quantity for each, quantity in world.store.held.items() if each[0].machine == "SHELF1"}
    world.store.trays_by_number = {4: replace(world.store.trays_by_number[4], compartments=())}
    assert {each.machine for each in proposed(world, NUT, 1)} == {"SHELF1"}


def test_what_is_not_free_is_proposed_for_quarantine_first() -> None:
    world = zone_world()
    world.store.held[Q1, StockKey(item=CROWBAR.code)] = 0
    assert proposed(world, BOLT, 1, status=StockStatus.QUALITY_HOLD)[0] == Q1
    assert Q1 not in proposed(world, BOLT, 1)


@pytest.mark.parametrize(("what", "is_open"), [("tray", False), ("compartment", False), ("item", True)])
def test_a_locked_section_is_not_worked_and_a_locked_item_locks_itself_alone(what: str, is_open: bool) -> None:
    world = zone_world()
    locks = world.store.locks

    def locked(machine: str) -> tuple[Lock, ...]:
        return (Lock(1, "forklift", what),) if machine == "SHELF1" else locks(machine)

    world.store.locks = locked  # type: ignore[method-assign]
    world.give(do.OpenPlaces())
    world.settle()
    at = {each.place for each in world.view().face.rows}  # type: ignore[union-attr]
    assert (C2 in at) is is_open
    assert D1 in at


def test_goods_of_the_lift_are_put_down_on_the_shelf() -> None:
    world = at_other()
    answer(world, "transfer", BOLT.code, "stock_0", 1)
    confirm(world)
    empty = replace(C1, compartment="C2")
    world.store.held[empty, StockKey(item=CROWBAR.code)] = 0
    reach(world, empty)
    reach(world, empty)
    confirm(world)
    (put,) = [each for each in world.store.written if isinstance(each, Put)]
    assert (put.machine, put.compartment, put.quantity) == ("SHELF1", "C2", 1)
    assert [each.machine for each in world.store.written if isinstance(each, Picked)] == ["M1"]


def test_received_goods_may_wait_in_a_receiving_area_and_an_order_may_have_them() -> None:
    world = zone_world()
    area = Zone("RECV1", ZoneKind.RECEIVING)
    world.zones = {**world.zones, area.name: area}
    world.reading = replace(world.reading, zones=world.zones)
    world.state = replace(world.state, rules=replace(world.state.rules, zones=world.zones))
    world.store.other_trays["RECV1", 1] = section("RECV1", 1, "R1")
    world.store.orders = {}
    world.give(do.OpenReceipts())
    world.settle()
    world.scan(NUT.code)
    world.settle()
    world.give(do.EnterNumber(world.state.token, 7))
    world.settle()
    assert [each.key for each in world.view().face.ask.choices] == [  # type: ignore[union-attr]
        "goods_put_away",
        "goods_to_receiving",
        "goods_later",
    ]
    world.give(do.Choose(world.state.token, "goods_to_receiving"))
    world.settle()
    at = Place("RECV1", 1, "R1")
    assert (face(world).zone.place, face(world).is_here) == ("RECV1 1-R1", False)  # type: ignore[union-attr]
    reach(world, at)
    confirm(world)
    assert world.store.held[at, NUTS] == 7
    world.store.held[D1, NUTS] = 0
    lines = (OrderLine(order="R7", line="1", item=NUT.code, quantity=5),)
    world.store.orders = {"R7": Order(order="R7", kind=OrderKind.PICK, lines=lines)}
    world.give(do.Back(world.state.token))
    world.give(do.ClosePage())
    world.give(do.OpenPlaces())
    world.settle()
    assert [each.place for each in world.view().face.rows] == [at]  # type: ignore[union-attr]
