"""A divider is put into a compartment of the tray at the bay, and what lay there keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from db.records.loads import LoadPut
from db.records.printing import LabelQueued
from db.records.receipts import CompartmentDivided
from db.store import Store
from station import commands as do
from station.flows import divide
from station.flows.divide import AskFree, Divided, DivideTray, Dividing, Placing
from station.values import Compartment, OrderLine, Stock, StockKey, Tray
from station.view.action import Action
from station.view.message import Message
from station.view.tray import BayFace
from tests.helpers.receipts import choose
from tests.helpers.sample import BOLT, MACHINE, MARA, NUT, every_command, place, tray
from tests.helpers.world import World
from tests.unit.db.made import imported

CELLS = (
    Compartment(label="A1", x_mm=0, y_mm=0, width_mm=400, depth_mm=300),
    Compartment(label="A2", x_mm=400, y_mm=0, width_mm=60, depth_mm=300),
)
WIDE = Tray(machine=MACHINE, number=4, width_mm=1000, depth_mm=600, pitch_mm=50, compartments=CELLS)
IN_A1 = (Stock(place=place(4, "A1"), key=StockKey(item=BOLT.code), quantity=6),)
LINE = OrderLine(order="", line="", item=NUT.code, quantity=5)
MIDDLE = Placing("A1", (50, 100, 150, 200, 250, 300, 350), 3)


@dataclass
class Printer:
    name: str = "P1"
    kind: str = "zpl"
    wakes: list[int] = field(default_factory=list)

    def wake(self) -> None:
        self.wakes.append(1)


def at_tray(*, pitch_mm: int = 50, quantity: int = 6) -> World:
    world = World()
    world.store.orders = {}
    world.store.trays_by_number[4] = replace(WIDE, pitch_mm=pitch_mm)
    world.store.held = {(place(4, "A1"), StockKey(item=BOLT.code)): quantity} if quantity else {}
    world.printers = (Printer(), Printer("P2", "cups"))
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "A1"))
    return world


def shown(world: World) -> BayFace:
    face = world.view().face
    assert isinstance(face, BayFace)
    return face


def widths(world: World) -> dict[str, tuple[int, int]]:
    return {each.label: (each.x_mm, each.width_mm) for each in world.store.trays_by_number[4].compartments}


def divided(world: World) -> list[CompartmentDivided]:
    return [each for each in world.store.written if isinstance(each, CompartmentDivided)]


def give(world: World, make: Callable[[int], do.Command]) -> None:
    world.give(make(world.state.token))
    world.settle()


def test_the_free_part_becomes_a_compartment_and_its_label_is_printed() -> None:
    world = at_tray()
    give(world, do.Divide)
    assert {each.label: each.width_mm for each in shown(world).map.cells}["A1A"] == 200  # type: ignore[union-attr]
    world.give(do.MoveDivider(world.state.token, 1))
    give(world, do.DivideHere)
    assert divided(world) == [], "goods lie in A1: where, only the person knows"
    choose(world, "part_is_free")
    assert widths(world) == {"A1": (0, 250), "A1A": (250, 150), "A2": (400, 60)}
    told = divided(world)[0]
    assert (told.compartment, told.new, told.width_mm, told.new_width_mm) == ("A1", "A1A", 250, 150)
    assert told.visit == world.state.custody.visit > 0
    labels = [each for each in world.store.written if isinstance(each, LabelQueued)]
    assert [(each.printer, each.label, each.of_tray, each.of_compartment) for each in labels] == [("P1", "compartment", 4, "A1A")]
    assert world.store.held == {(place(4, "A1"), StockKey(item=BOLT.code)): 6}
    assert world.view().bar.code == "divided"
    assert "A1A" in {each.label for each in shown(world).map.cells}  # type: ignore[union-attr]


def test_the_left_part_can_be_the_free_one() -> None:
    world = at_tray()
    give(world, do.Divide)
    give(world, do.OtherPart)
    give(world, do.DivideHere)
    choose(world, "part_is_free")
    assert widths(world) == {"A1A": (0, 200), "A1": (200, 200), "A2": (400, 60)}


def test_it_is_refused_where_goods_lie_in_the_part() -> None:
    world = at_tray()
    give(world, do.Divide)
    give(world, do.DivideHere)
    choose(world, "part_has_goods")
    assert world.view().bar.code == "divide_has_goods"
    assert (divided(world), world.store.trays_by_number[4]) == ([], WIDE)


def test_an_empty_compartment_asks_nothing() -> None:
    world = at_tray(quantity=0)
    give(world, do.Divide)
    give(world, do.DivideHere)
    assert len(divided(world)) == 1


def test_the_new_compartment_takes_goods_that_found_no_place() -> None:
    world = at_tray()
    world.store.trays_by_number = {4: world.store.trays_by_number[4]}
    world.store.held[place(4, "A2"), StockKey(item=BOLT.code)] = 1
    assert not world.reading.receipts.places().of(NUT, LINE, 5, exclude=set(), tray_at_bay=4)
    give(world, do.Divide)
    give(world, do.DivideHere)
    choose(world, "part_is_free")
    (found,) = world.reading.receipts.places().of(NUT, LINE, 5, exclude=set(), tray_at_bay=4)
    assert found.place == place(4, "A1A")


def test_without_a_pitch_it_is_not_offered() -> None:
    world = at_tray(pitch_mm=0)
    assert Action.DIVIDE not in {each.action for each in shown(world).offers}
    give(world, do.Divide)
    assert world.view().bar.code == "divide_no_pitch"


def test_a_layout_that_was_changed_meanwhile_is_kept() -> None:
    world = at_tray(quantity=0)
    give(world, do.Divide)
    world.store.trays_by_number[4] = tray(4, "B1")
    give(world, do.DivideHere)
    assert (world.view().bar.code, divided(world)) == ("divide_changed", [])
    assert world.store.trays_by_number[4] == tray(4, "B1")


def test_a_full_disk_changes_nothing(expect_log: Callable[[str], None]) -> None:
    expect_log("a new layout was not written")
    world = at_tray(quantity=0)
    give(world, do.Divide)
    world.store.refuses = "D401"
    give(world, do.DivideHere)
    assert (divided(world), world.store.trays_by_number[4], world.state.store_code) == ([], WIDE, "D401")


# --- the flow alone

TABLE = [
    (MIDDLE, {"Back", "MoveDivider", "OtherPart", "DivideHere"}),
    (replace(MIDDLE, at=6), {"Back", "OtherPart", "DivideHere"}),  # at the right edge: no further
    (AskFree(MIDDLE), {"Back", "Choose"}),
    (Dividing(MIDDLE), {"Divided"}),
]


@pytest.mark.parametrize(("step", "named"), TABLE, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("key", ["part_is_free", "part_has_goods"])
def test_a_step_answers_to_what_it_names_and_to_nothing_else(step: divide.DivideStep, named: set[str], key: str) -> None:
    events = (*every_command(key=key), Divided(4), Divided(4, "changed"))
    got = {type(each).__name__ for each in events if divide.advance(step, each, tray=WIDE, contents=IN_A1) != (step, None)}
    assert got == named


@pytest.mark.parametrize("key", ["", "yes", "not_offered"])
def test_a_key_that_was_not_offered_is_no_answer(key: str) -> None:
    for step, _ in TABLE:
        assert divide.advance(step, do.Choose(1, key), tray=WIDE, contents=IN_A1) == (step, None)


def test_a_divider_stands_on_the_pitch_of_the_tray_and_leaves_room_at_both_sides() -> None:
    assert divide.begin(WIDE, "A1") == MIDDLE
    assert isinstance(divide.begin(WIDE, "A2"), Message), "60 mm, and only 450 is on the pitch: 10 mm are left"
    assert isinstance(divide.begin(replace(WIDE, pitch_mm=0), "A1"), Message)
    assert isinstance(divide.begin(WIDE, "Z9"), Message)


def test_both_parts_fill_what_was_there() -> None:
    for at in range(len(MIDDLE.places)):
        for is_left in (False, True):
            after = divide.preview(WIDE, replace(MIDDLE, at=at, is_left=is_left))
            parts = [each for each in after.compartments if each.label in ("A1", "A1A")]
            assert sum(each.width_mm for each in parts) == 400
            assert sorted(each.x_mm for each in parts) == [0, MIDDLE.places[at]]
            assert [each for each in after.compartments if each.label == "A2"] == [CELLS[1]]


def test_a_label_that_is_taken_or_too_long_is_not_given() -> None:
    taken = replace(WIDE, compartments=(*CELLS, replace(CELLS[1], label="A1A")))
    assert divide.new_label(taken, "A1") == "A1B"
    assert divide.new_label(WIDE, "ABCDEFGH") == ""


# --- the store


def test_the_store_takes_layout_and_record_in_one_transaction(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.import_trays([WIDE], imported("tray")).result()
        known = store.tray(MACHINE, 4)
        assert known == WIDE
        _, wish = divide.advance(MIDDLE, do.DivideHere(1), tray=WIDE, contents=())
        assert isinstance(wish, DivideTray)
        assert store.divide(wish.before, wish.after, [wish.record], label="A1").result() == ""
        assert store.tray(MACHINE, 4) == wish.after
        assert [row.kind for row in store.events(kinds=("compartment_divided",), limit=None)] == ["compartment_divided"]
        assert store.divide(wish.before, wish.after, [wish.record], label="A1").result() == "changed"
        load = LoadPut(machine=MACHINE, tray=4, compartment="A1", visit=1, load="LD-1", take_at="")
        store.append([load]).result()
        again = replace(MIDDLE, label="A1", places=(50,), at=0)
        _, second = divide.advance(again, do.DivideHere(1), tray=wish.after, contents=())
        assert isinstance(second, DivideTray)
        assert store.divide(second.before, second.after, [second.record], label="A1").result() == "occupied"
        assert store.tray(MACHINE, 4) == wish.after
        assert len(store.events(kinds=("compartment_divided",), limit=None)) == 1
