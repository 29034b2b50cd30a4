"""Trays are divided on their pitch, and goods keep the ground they lie on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.storage.balance import balance_of
from station.storage.layout import consequence, grid, merged, split, templates, walls
from station.values import Item, Place, PlannedMove, Stock, StockKey, Tray

BARE = Tray(machine="M1", number=4, width_mm=1000, depth_mm=600, max_weight_g=1000, pitch_mm=50)
TRAY = grid(BARE, 4, 2)


def lies(label: str, quantity: int = 1, item: str = "x") -> Stock:
    return Stock(place=Place("M1", 4, label), key=StockKey(item=item), quantity=quantity)


def ground(tray: Tray) -> int:
    return sum(each.width_mm * each.depth_mm for each in tray.compartments)


@pytest.mark.parametrize(("columns", "rows"), templates(BARE))
def test_templates_cover_the_tray_and_stand_on_its_pitch(columns: int, rows: int) -> None:
    tray = grid(BARE, columns, rows)
    assert len({each.label for each in tray.compartments}) == columns * rows
    assert ground(tray) == 1000 * 600
    assert all(each.x_mm % 50 == each.y_mm % 50 == 0 for each in tray.compartments)


def test_a_wall_stands_on_the_pitch_inside_its_compartment() -> None:
    assert walls(TRAY, "A2", is_across=False) == (300, 350, 400, 450)
    assert walls(TRAY, "B2", is_across=True) == (350, 400, 450, 500, 550)
    assert walls(replace(TRAY, pitch_mm=0), "A2", is_across=False) == ()


@pytest.mark.parametrize("is_across", [False, True])
def test_split_and_put_together_is_the_tray_as_it_was(is_across: bool) -> None:
    at = walls(TRAY, "A2", is_across=is_across)[1]
    parted = split(TRAY, "A2", at, is_across=is_across)
    assert {each.label for each in parted.compartments} - {each.label for each in TRAY.compartments} == {"A2A"}
    assert ground(parted) == ground(TRAY)
    assert merged(parted, ("A2", "A2A")) == TRAY


def test_only_what_is_a_rectangle_and_for_the_same_goods_is_put_together() -> None:
    assert merged(TRAY, ("A1", "B2")) is None
    assert merged(TRAY, ("A1", "A2", "B1")) is None
    cells = tuple(replace(each, access="keys" if each.label == "A2" else "") for each in TRAY.compartments)
    guarded = replace(TRAY, compartments=cells)
    assert merged(guarded, ("A1", "A2")) is None
    whole = merged(TRAY, ("A1", "A2", "B1", "B2"), {"B2"})
    assert whole is not None
    cell = whole.compartment("B2")  # with the goods, so its label stays
    assert cell is not None
    assert (cell.x_mm, cell.y_mm, cell.width_mm, cell.depth_mm) == (0, 0, 500, 600)


def test_no_template_where_compartments_have_rights_of_their_own() -> None:
    assert templates(replace(TRAY, compartments=(replace(TRAY.compartments[0], access="keys"),))) == ()


def test_goods_in_a_compartment_that_goes_are_in_the_way_and_those_that_stay_are_counted() -> None:
    after = merged(TRAY, ("A1", "A2"), {"A1"}) or TRAY
    found = consequence(TRAY, after, stock=[lies("A1"), lies("A2"), lies("A4")])
    assert (found.lost, found.gone, found.counted, found.new) == (("A2",), ("A2",), ("A1",), ())


def test_a_label_that_lies_elsewhere_now_is_another_compartment() -> None:
    """By a template A2 is moved to the right: what lies there would lie in A1 by its ground."""
    found = consequence(grid(BARE, 4, 1), grid(BARE, 2, 1), stock=[lies("A2")])
    assert found.lost == ("A2",)
    assert set(found.gone) == {"A2", "A3", "A4"}
    assert found.new == ("A2",)


def test_a_load_and_a_move_on_its_way_are_in_the_way_too() -> None:
    after = merged(TRAY, ("A1", "A2")) or TRAY
    move = PlannedMove(from_place=Place("M1", 9, "C1"), to_place=Place("M1", 4, "A2"), key=StockKey(item="x"), quantity=3)
    assert consequence(TRAY, after, stock=[], loads={"A1"}).lost == ("A1",)
    assert consequence(TRAY, after, stock=[], moves=[move]).lost == ("A2",)
    assert consequence(TRAY, after, stock=[]).lost == ()


def test_the_balance_of_a_tray_is_that_of_its_weights() -> None:
    items = {"x": Item(code="x", name="x", weight_g=100), "y": Item(code="y", name="y")}
    found = balance_of(TRAY, [lies("A1", 3), lies("B4", 1), lies("A2", 5, "y")], items)
    assert (found.weight_g, found.load_percent, found.left_percent, found.front_percent, found.unknown) == (400, 40, 75, 75, 1)
    assert found.is_uneven
    whole = grid(BARE, 1, 1)
    assert balance_of(whole, [lies("A1", 3)], items).left_percent == 50
    assert not balance_of(TRAY, [], items).is_uneven
