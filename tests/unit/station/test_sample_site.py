"""The sample site is believable, complete and the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from db.store import Store
from station.imports import import_file
from station.quantity import MAX_DECIMALS
from station.sample.family import Tracking, ean13
from station.sample_site import (
    SAMPLE_MACHINE,
    SAMPLE_PEOPLE,
    SAMPLE_PINS,
    SampleSite,
    make_orders,
    make_sample_site,
    write_sample_site,
)
from station.values import LineState, OrderKind, Role, StockStatus

NOW = datetime(2026, 5, 4, 8, 0, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def site() -> SampleSite:
    return make_sample_site(7, now=NOW)


def test_site_has_the_size_that_the_readme_promises(site: SampleSite) -> None:
    assert len(site.trays) == 40
    assert 580 <= len(site.items) <= 650
    assert len(site.waiting) == 40
    assert len(site.stock) > 800


def test_same_seed_gives_the_same_site(site: SampleSite) -> None:
    again = make_sample_site(7, now=NOW)
    assert (again.items, again.trays, again.stock, again.waiting) == (site.items, site.trays, site.stock, site.waiting)


def test_another_seed_gives_other_stock_and_orders(site: SampleSite) -> None:
    other = make_sample_site(8, now=NOW)
    assert other.stock != site.stock
    assert other.waiting != site.waiting


def test_codes_names_and_barcodes_are_unique(site: SampleSite) -> None:
    codes = [item.code for item in site.items] + [code for item in site.items for code in item.barcodes]
    assert max(Counter(codes).values()) == 1
    assert max(Counter(item.name for item in site.items).values()) == 1


def test_barcodes_have_the_gs1_check_digit() -> None:
    assert ean13("400638133393") == "4006381333931"  # GS1's own worked example


def test_last_four_characters_tell_the_items_of_a_family_apart(site: SampleSite) -> None:
    tails = Counter((item.code[:4], item.code[-4:]) for item in site.items)
    assert max(tails.values()) == 1


def test_items_show_every_rule_of_the_store(site: SampleSite) -> None:
    assert {item.proof.value for item in site.items} == {"touch", "scan", "scan_each"}
    assert {item.rounding.value for item in site.items} == {"exact", "full_pack"}
    assert {item.decimals for item in site.items} == {0, 2, MAX_DECIMALS}
    assert any(item.lot_tracked for item in site.items)
    assert any(item.serial_tracked for item in site.items)
    assert all(item.packs for item in site.items if item.rounding.value == "full_pack")


def test_stock_shows_every_owner_and_status(site: SampleSite) -> None:
    assert {row.key.owner for row in site.stock} == {"own", "consignment", "customer"}
    assert {row.key.status for row in site.stock} == set(StockStatus)


def test_tracked_stock_says_its_lot_or_serial(site: SampleSite) -> None:
    items = {item.code: item for item in site.items}
    assert all(bool(row.key.lot) == items[row.key.item].lot_tracked for row in site.stock)
    assert all(bool(row.key.serial) == items[row.key.item].serial_tracked for row in site.stock)


def test_compartments_fill_their_trays_without_overlap(site: SampleSite) -> None:
    for tray in site.trays:
        area = sum(cell.width_mm * cell.depth_mm for cell in tray.compartments)
        assert area == tray.width_mm * tray.depth_mm
        assert max(cell.x_mm + cell.width_mm for cell in tray.compartments) == tray.width_mm
        assert max(cell.y_mm + cell.depth_mm for cell in tray.compartments) == tray.depth_mm


def test_trays_are_divided_in_different_ways(site: SampleSite) -> None:
    assert len({tuple((cell.x_mm, cell.y_mm) for cell in tray.compartments) for tray in site.trays}) >= 8


def test_no_tray_carries_more_than_it_may(site: SampleSite) -> None:
    items = {item.code: item for item in site.items}
    weight_g: Counter[int] = Counter()
    for row in site.stock:
        item = items[row.key.item]
        weight_g[row.place.tray] += row.quantity * item.weight_g // 10**item.decimals
    assert all(weight_g[tray.number] <= tray.max_weight_g for tray in site.trays)


def test_some_compartments_are_empty(site: SampleSite) -> None:
    used = {row.place for row in site.stock}
    cells = sum(len(tray.compartments) for tray in site.trays)
    assert 0.8 < len(used) / cells < 0.95


def test_some_waiting_picks_have_no_free_stock(site: SampleSite) -> None:
    free = {row.key.item for row in site.stock if row.key.status is StockStatus.FREE}
    picks = [order for order in site.waiting if order.kind is OrderKind.PICK]
    blocked = [order for order in picks if any(line.item not in free for line in order.lines)]
    assert 1 <= len(blocked) <= 6


def test_waiting_orders_are_of_every_kind_and_near_now(site: SampleSite) -> None:
    assert {order.kind for order in site.waiting} == set(OrderKind) - {OrderKind.RECEIPT}  # what comes in waits for nobody
    for order in site.waiting:
        assert order.need_by is not None
        assert NOW - timedelta(hours=1) < order.need_by < NOW + timedelta(hours=9)


def test_serial_items_are_asked_one_by_one_and_never_put(site: SampleSite) -> None:
    serial = {each.item.code for each in site.catalogue if each.family.tracking is Tracking.SERIAL}
    orders = make_orders(300, 7, now=NOW)
    lines = [(order.kind, line) for order in orders for line in order.lines if line.item in serial]
    assert lines
    assert all(line.quantity == 1 for kind, line in lines if kind is OrderKind.PICK)
    assert OrderKind.PUT not in {kind for kind, _ in lines}


def test_more_orders_are_mostly_picks_of_one_to_six_lines() -> None:
    orders = make_orders(200, 7, now=NOW)
    kinds = Counter(order.kind for order in orders)
    assert kinds[OrderKind.PICK] > 150
    assert {len(order.lines) for order in orders} == {1, 2, 3, 4, 5, 6}
    assert all(len({line.item for line in order.lines}) == len(order.lines) for order in orders)
    assert all(line.state is LineState.OPEN for order in orders for line in order.lines)


def test_an_order_does_not_depend_on_how_many_are_made() -> None:
    assert make_orders(50, 7, now=NOW)[:5] == make_orders(5, 7, now=NOW)


def test_another_prefix_gives_other_orders() -> None:
    assert make_orders(5, 7, now=NOW, prefix="E")[0].lines != make_orders(5, 7, now=NOW, prefix="D")[0].lines


def test_every_picture_is_plain_svg_without_text(site: SampleSite) -> None:
    drawn = {each.item.picture: each.picture_svg() for each in site.catalogue}
    tags = {element.tag.split("}")[1] for text in drawn.values() for element in ElementTree.fromstring(text).iter()}
    assert tags <= {"svg", "g", "rect", "circle", "ellipse", "polygon", "path", "line"}
    assert len({each.family.draw for each in site.catalogue}) >= 60
    assert len(set(drawn.values())) >= 400


def test_no_drawn_number_is_broken(site: SampleSite) -> None:
    for each in site.catalogue:
        assert not re.search(r"nan|inf|None", each.picture_svg())


def test_people_cover_every_role_with_different_badges_and_pins() -> None:
    assert {person.role for person in SAMPLE_PEOPLE} == set(Role)
    assert len({person.badge for person in SAMPLE_PEOPLE}) == len(SAMPLE_PEOPLE)
    assert len(SAMPLE_PINS) == len(SAMPLE_PEOPLE)
    assert all(re.fullmatch(r"BLB-\d{5}", person.badge) and re.fullmatch(r"\d{6}", person.pin) for person in SAMPLE_PEOPLE)


def test_files_go_through_the_real_import_without_a_complaint(site: SampleSite, tmp_path: Path) -> None:
    files = write_sample_site(tmp_path / "files", 7, now=NOW)
    store = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    try:
        reports = [import_file(path, store) for path in files.in_order]
        assert [error for report in reports for error in report.errors] == []
        assert sorted(order.order for order in store.open_orders()) == [order.order for order in site.waiting]
        assert {store.item(item.code) for item in site.items} == set(site.items)
        assert store.trays(SAMPLE_MACHINE) == site.trays
        assert {(row.place, row.key, row.quantity) for row in store.stock()} == {
            (row.place, row.key, row.quantity) for row in site.stock
        }
    finally:
        store.close()


def test_every_item_finds_its_picture_among_the_files(site: SampleSite, tmp_path: Path) -> None:
    files = write_sample_site(tmp_path, 7, now=NOW)
    assert {item.picture for item in site.items} == {file.name for file in files.pictures.iterdir()}
