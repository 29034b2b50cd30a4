"""The converters' files through the real reader into a real store."""

from __future__ import annotations

import csv

import pytest

from db.store import Store
from station.allocation import allocate
from station.imports import import_file
from tests.helpers.converters import DATA, convert_adventureworks, convert_groceries

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data is not there: {DATA}")


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    yield opened
    opened.close()


def test_two_hundred_baskets_become_orders_that_the_stock_covers(tmp_path, store):
    reports = [import_file(path, store) for path in convert_groceries(tmp_path)]
    assert [(each.what, each.rejected, each.errors) for each in reports] == [
        (what, 0, ()) for what in ("item", "tray", "stock", "order")
    ]
    orders = store.open_orders()
    assert len(orders) == 200
    items = {line.item: store.item(line.item) for order in orders for line in order.lines}
    stock = {code: store.stock_of_item(code) for code in items}
    found = allocate(orders, items=items, stock=stock, promised={})
    assert found.missing == ()
    assert sum(task.quantity for task in found.tasks) == sum(line.quantity for order in orders for line in order.lines)


def test_the_baskets_are_the_same_every_time(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    ones, twos = convert_groceries(tmp_path / "one"), convert_groceries(tmp_path / "two")
    assert [one.read_bytes() for one in ones] == [two.read_bytes() for two in twos]


def test_the_inventory_of_adventureworks_goes_in_whole(tmp_path, store):
    files = convert_adventureworks(tmp_path)
    reports = [import_file(path, store) for path in files]
    assert [(each.what, each.rejected, each.errors) for each in reports] == [(what, 0, ()) for what in ("item", "tray", "stock")]
    assert reports[0].rows == 504
    assert reports[2].rows == 1069
    with files[2].open(newline="", encoding="utf-8") as file:
        total = sum(int(row["quantity"]) for row in csv.DictReader(file))
    assert sum(each.quantity for each in store.stock()) == total
