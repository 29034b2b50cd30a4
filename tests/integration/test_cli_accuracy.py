"""`baylight accuracy` on a real store: a drawn sample, the places nobody counted, and the stock of a day that is past."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.records.files import Imported
from db.records.stock import Counted, StockLoaded
from db.store import Store
from station.values import Compartment, Item, Tray
from tests.helpers.tours import baylight, json_of, rows_of

AT = {"machine": "M1", "tray": 7, "visit": 1, "item": "A"}
OLD = datetime(2026, 3, 2, 12, tzinfo=UTC)


def taken_over(what: str) -> Imported:
    return Imported(what=what, file=f"{what}.csv", sha256="0" * 64, rows=1, rejected=0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Ten pieces at C1 and five at C2 since March."""
    cells = tuple(Compartment(label=f"C{n}", x_mm=n * 100, y_mm=0, width_mm=100, depth_mm=200) for n in (1, 2))
    with closing(Store.open(tmp_path / "store", station="B1", ballast_bytes=0, clock=lambda: OLD)) as store:
        store.import_items([Item(code="A", name="Bolt", unit_value=50)], taken_over("item")).result()
        store.import_trays(
            [Tray(machine="M1", number=7, width_mm=900, depth_mm=800, compartments=cells)], taken_over("tray")
        ).result()
        loaded = [StockLoaded(**AT, compartment=f"C{n}", counted=quantity) for n, quantity in ((1, 10), (2, 5))]
        store.append(loaded).result()
    return tmp_path / "store"


def count(data: Path, order: str, *, counted: int) -> None:
    with closing(Store.open(data, station="B1", ballast_bytes=0)) as store:
        store.append([Counted(**AT, compartment="C1", counted=counted, order=order, line="1")]).result()


def test_only_what_was_drawn_counts_as_sample(data: Path) -> None:
    drawn = json_of(baylight("orders", "count", "--sample", "1", "--seed", "4", "--data", data, "--json"))
    count(data, str(drawn["order"]), counted=9)
    rows = rows_of(baylight("accuracy", "--data", data, "--from", "2026-01-01", "--json"))
    assert [(each["month"], each["source"], each["counts"], each["right"]) for each in rows][-1] == ("", "sample", 1, 0)
    assert rows[-1]["by_value"] == 0.9


def test_the_places_that_nobody_counted_since_a_day(data: Path) -> None:
    count(data, "COUNT-1", counted=10)
    (missing,) = rows_of(baylight("accuracy", "--uncounted", "--data", data, "--json"))
    assert (missing["compartment"], missing["items"]) == ("C2", ["A"])


def test_the_stock_of_a_day_is_what_the_record_says_of_that_day(data: Path) -> None:
    count(data, "COUNT-1", counted=1)
    assert rows_of(baylight("accuracy", "--worth-at", "2026-03-01", "--data", data, "--json")) == []
    (then,) = rows_of(baylight("accuracy", "--worth-at", "2026-03-02", "--data", data, "--json"))
    assert (then["quantity"], then["value"], then["places"]) == ("15", 750, 2)


def test_what_is_no_day_is_misuse(data: Path) -> None:
    done = baylight("accuracy", "--from", "yesterday", "--data", data)
    assert (done.returncode, "O572" in done.stderr) == (2, True)


def test_the_variances_and_the_programme_are_those_of_the_desk(data: Path) -> None:
    count(data, "COUNT-1", counted=8)
    (off,) = rows_of(baylight("accuracy", "--variances", "--data", data, "--json"))
    assert (off["compartment"], off["book"], off["counted"], off["change"], off["value"]) == ("C1", 10, 8, -2, -100)
    classes = rows_of(baylight("accuracy", "--programme", "--data", data, "--json"))
    assert [(each["name"], each["places"], each["due"]) for each in classes] == [("A", 2, 1), ("B", 0, 0), ("C", 0, 0)]
