"""Trays and items at the desk: the lists, proposals that are planned, and a tray that is divided anew, counted and taken back."""

from __future__ import annotations

from dataclasses import replace

from db.records.layout import TrayChanged
from db.records.moves import MovePlanned
from station import commands as do
from station.scan import place_label
from station.storage.layout import grid
from station.storage.page import Show, Step
from station.values import StockKey, Tray
from station.view.sign_on import PinAgainFace
from station.view.storage import BuiltFace, StorageFace
from station.view.work import WorkFace
from tests.helpers import storage_faces
from tests.helpers.sample import BOLT, MACHINE, place
from tests.helpers.world import World

BARE = Tray(machine=MACHINE, number=4, width_mm=1000, depth_mm=600, pitch_mm=50)
TRAY = grid(BARE, 4, 1)


def bay(person: str = "p_jonas") -> World:
    """At the page; tray 4 has four compartments, goods in A1 and A2, and tray 5 is empty."""
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, has_desk=True))
    world.store.trays_by_number[4] = TRAY
    world.store.trays_by_number[5] = replace(grid(replace(BARE, number=5), 2, 1))
    world.store.held = {(place(4, "A1"), StockKey(item=BOLT.code)): 6, (place(4, "A2"), StockKey(item=BOLT.code)): 2}
    world.storage = storage_faces.DESK
    world.sign_on(person)
    world.settle()
    world.give(do.OpenStorage())
    world.settle()
    return world


def face(world: World) -> StorageFace:
    shown = world.view().face
    assert isinstance(shown, StorageFace), shown
    return shown


def built(world: World) -> BuiltFace:
    found = face(world).built
    assert found is not None
    return found


def give(world: World, command: type, *values: object) -> None:
    world.give(command(world.state.token, *values))
    world.settle()


def at_tray(number: int = 4) -> World:
    world = bay()
    give(world, do.TouchStorage, [each.number for each in face(world).uses or ()].index(number))
    return world


def choose_cells(world: World, *labels: str) -> None:
    for each in labels:
        give(world, do.TouchCell, each)


def with_pin(world: World) -> None:
    """The PIN that the act asks for."""
    assert isinstance(world.view().face, PinAgainFace)
    world.give(do.EnterPin("7413"))
    world.settle()


def told(world: World) -> list[TrayChanged]:
    return [each for each in world.store.written if isinstance(each, TrayChanged)]


def test_only_who_may_set_stock_right_sees_it() -> None:
    world = bay("p_mara")
    assert isinstance(world.view().face, WorkFace)
    assert world.view().bar.error == "O319"


def test_the_lists_and_the_figures_that_are_made_once() -> None:
    world = bay()
    assert [(each.number, each.cells, each.used) for each in face(world).uses or ()][:2] == [(4, 4, 2), (5, 2, 0)]
    for show in (Show.SPARE, Show.NEARER, Show.TOGETHER):
        give(world, do.ShowStorage, show)
        assert (face(world).show, face(world).desk) == (show, storage_faces.DESK)
    assert world.state.desks == 1
    world.give(do.ClosePage())
    assert isinstance(world.view().face, WorkFace)


def test_figures_that_cannot_be_made_are_said() -> None:
    world = bay()
    world.storage = None
    give(world, do.ShowStorage, "spare")
    assert (face(world).wait, world.view().bar.error) == ("storage_failed", "O564")


def test_a_proposal_is_planned_by_a_touch() -> None:
    world = bay()
    give(world, do.ShowStorage, "nearer")
    give(world, do.TouchStorage, 0)
    give(world, do.Choose, "no")
    give(world, do.TouchStorage, 0)
    give(world, do.Choose, "yes")
    assert world.view().bar.error == "O566"  # there are no such trays any more
    (record,) = storage_faces.DESK.nearer[0].records
    for tray, label in ((record.tray, record.compartment), (record.to_tray, record.to_compartment)):
        cell = replace(TRAY.compartments[0], label=label)
        world.store.other_trays[(record.machine, tray)] = replace(TRAY, number=tray, compartments=(cell,))
    give(world, do.TouchStorage, 0)
    give(world, do.Choose, "yes")
    assert [each for each in world.store.written if isinstance(each, MovePlanned)] == [record]


def test_an_item_is_scanned_to_see_where_it_fits() -> None:
    world = bay()
    world.scan(BOLT.code)
    world.settle()
    assert (face(world).show, face(world).item) == (Show.FITS, BOLT.code)
    world.scan("no such thing")
    world.settle()
    assert world.view().bar.error == "O567"


def test_a_compartment_is_divided_on_the_pitch_and_nothing_is_written_before_it_is_applied() -> None:
    world = at_tray()
    choose_cells(world, "A3")
    give(world, do.Build, "split")
    assert (built(world).builder.step, built(world).builder.places) == (Step.WALL, (550, 600, 650, 700))
    give(world, do.Build, "back")
    give(world, do.Build, "put")
    parts = {each.label: each.width_mm for each in built(world).shown.compartments}
    assert parts == {"A1": 250, "A2": 250, "A3": 100, "A3A": 150, "A4": 250}
    assert told(world) == []
    give(world, do.Build, "apply")
    give(world, do.Choose, "yes")
    assert told(world) == []
    with_pin(world)
    (event,) = told(world)
    assert (event.tray, event.why, event.undoes) == (4, "built", "")
    assert len(world.store.trays_by_number[4].compartments) == 5
    assert not built(world).builder.is_changed


def test_the_last_change_is_taken_back_by_a_counter_event() -> None:
    world = at_tray()
    choose_cells(world, "A3", "A4")
    give(world, do.Build, "merge")
    give(world, do.Build, "apply")
    give(world, do.Choose, "yes")
    with_pin(world)
    give(world, do.Build, "undo")
    give(world, do.Choose, "yes")
    with_pin(world)
    built_event, undone = told(world)
    assert (undone.why, undone.undoes) == ("undone", "e-1")
    assert built_event.why == "built"
    assert world.store.trays_by_number[4] == TRAY
    assert built(world).builder.book.change is None  # an undoing is not undone again


def test_goods_that_stay_in_a_larger_compartment_are_counted() -> None:
    world = at_tray()
    world.store.held.pop((place(4, "A2"), StockKey(item=BOLT.code)))
    give(world, do.Back)
    give(world, do.TouchStorage, 0)
    choose_cells(world, "A1", "A2")
    give(world, do.Build, "merge")
    give(world, do.Build, "apply")
    give(world, do.Choose, "yes")
    with_pin(world)
    counts = [each for name, each in world.store.orders.items() if name.startswith("COUNT-")]
    assert [line.place for each in counts for line in each.lines] == [place(4, "A1")]


def test_goods_in_the_way_are_moved_first_by_planned_moves() -> None:
    world = at_tray()
    choose_cells(world, "A1", "A2")
    give(world, do.Build, "merge")
    give(world, do.Build, "apply")
    assert built(world).builder.step is Step.AWAY
    give(world, do.Choose, "yes")
    (move,) = [each for each in world.store.written if isinstance(each, MovePlanned)]
    assert (move.tray, move.compartment, move.quantity, move.to_tray) == (4, "A2", 2, 5)
    assert told(world) == []
    assert world.view().bar.code == "moves_planned"


def test_a_layout_that_changed_meanwhile_is_not_written_over() -> None:
    world = at_tray()
    choose_cells(world, "A3", "A4")
    give(world, do.Build, "merge")
    give(world, do.Build, "apply")
    give(world, do.Choose, "yes")
    world.store.trays_by_number[4] = grid(BARE, 2, 1)
    with_pin(world)
    assert (world.view().bar.error, told(world)) == ("O561", [])
    assert built(world).shown == grid(BARE, 2, 1)


def test_what_is_no_rectangle_is_refused_and_so_is_a_tray_without_a_pitch() -> None:
    world = at_tray()
    choose_cells(world, "A1", "A3")
    give(world, do.Build, "merge")
    assert world.view().bar.error == "O569"
    world.store.trays_by_number[4] = replace(TRAY, pitch_mm=0)
    give(world, do.Back)
    give(world, do.TouchStorage, 0)
    choose_cells(world, "A1")
    give(world, do.Build, "split")
    assert world.view().bar.error == "O565"


def test_an_old_label_opens_the_place_that_lies_there_now() -> None:
    world = at_tray()
    choose_cells(world, "A3", "A4")
    give(world, do.Build, "merge")
    give(world, do.Build, "apply")
    give(world, do.Choose, "yes")
    with_pin(world)
    give(world, do.Back)
    world.scan(place_label(place(4, "A4")))
    world.settle()
    assert built(world).builder.selected == ("A3",)
    assert (world.view().bar.code, world.view().bar.params["place"]) == ("builder_old_label", "A3")


def test_back_leaves_the_draft_before_the_tray_and_the_tray_before_the_page() -> None:
    world = at_tray()
    give(world, do.Build, "template")
    give(world, do.Choose, "2x1")
    assert built(world).builder.is_changed
    world.give(do.ClosePage())
    assert not built(world).builder.is_changed
    world.give(do.ClosePage())
    world.settle()
    assert face(world).built is None
