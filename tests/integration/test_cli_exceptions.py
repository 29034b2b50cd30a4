"""`baylight exceptions` on a real store: the cases of the last days, what was lost, and misuse."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db.records.files import Imported
from db.records.stock import Counted, Picked, StockLoaded
from db.store import Store
from station.exceptions.case import Kind
from station.values import Item
from tests.helpers.tours import baylight, rows_of
from ui.sentences.exceptions import NEXT_STEPS

AT = {"machine": "M1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store in which two of ten bolts are missing, and one was taken without an order."""
    with closing(Store.open(tmp_path / "store", station="B1", ballast_bytes=0)) as store:
        taken_over = Imported(what="item", file="item.csv", sha256="0" * 64, rows=1, rejected=0)
        store.import_items([Item(code="A", name="Bolt", unit_value=50)], taken_over).result()
        store.append([StockLoaded(**AT, counted=10)]).result()
        store.append([Picked(**AT, quantity=1)], operator="p_1").result()
        store.append([Counted(**AT, counted=7)], operator="p_2").result()
    return tmp_path / "store"


def test_the_cases_with_their_value_and_what_to_do_next(data: Path) -> None:
    variance, direct = rows_of(baylight("exceptions", "--data", data, "--json"))
    assert (variance["kind"], variance["quantity"], variance["value"], variance["person"]) == ("variance", "-2", -100, "p_2")
    assert (direct["kind"], direct["quantity"], direct["tray"]) == ("without_order", "-1", 7)
    assert direct["next"] == NEXT_STEPS["without_order"]


def test_one_kind_alone(data: Path) -> None:
    (only,) = rows_of(baylight("exceptions", "--kind", "variance", "--data", data, "--json"))
    assert only["kind"] == "variance"


def test_losses_are_added_up_and_name_who_had_the_tray(data: Path) -> None:
    (loss,) = rows_of(baylight("exceptions", "--losses", "item", "--data", data, "--json"))
    assert loss == {"what": "A", "cases": 1, "missing": "2", "surplus": "0", "value": -100}
    reached = rows_of(baylight("exceptions", "--losses", "access", "--data", data, "--json"))
    assert [(each["person"], each["times"]) for each in reached] == [("p_1", 1)]


@pytest.mark.parametrize(("words", "code"), [(("--days", "0"), "O570"), (("--shifts", "25:00"), "O571")])
def test_misuse_is_named(data: Path, words: tuple[str, ...], code: str) -> None:
    done = baylight("exceptions", *words, "--data", data)
    assert (done.returncode, done.stdout) == (2, "")
    assert code in done.stderr


def test_every_kind_has_a_next_step() -> None:
    assert set(NEXT_STEPS) == {each.value for each in Kind}
