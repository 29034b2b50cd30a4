"""What a supervisor blocks and lifts, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.records.receipts import Received
from db.store import Store
from station.blocking import BlockError, Supplied, block, lift, supplied
from station.values import Person, Role
from tests.unit.db.made import imported, item, put, tray

BOSS = Person(person="p_9", name="Ada", role=Role.SUPERVISOR, language="en", is_active=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as made:
        made.import_items([item("A"), item("B", picture="")], imported("item")).result()
        made.import_trays([tray(7)], imported("tray")).result()
        made.append([replace(put(9, visit=1), lot="L1"), Received(item="A", lot="L1", supplier="ACME", quantity=9)]).result()
        made.append([Received(item="B", supplier="ACME", quantity=1), Received(item="A", supplier="ELSE", quantity=1)]).result()
        yield made


def scopes(store: Store) -> list[tuple[str, str, str]]:
    return [(each.item, each.lot, each.supplier) for each in store.lot_holds()]


def test_a_lot_is_blocked_with_the_item_that_has_it_and_lifted_by_name(store: Store) -> None:
    (made,) = block(store, "lot", "L1", reason="recall", by=BOSS)
    assert scopes(store) == [("A", "L1", "")]
    assert made.holds("A", "L1", "ACME")
    assert lift(store, made.block, reason="tested", by=BOSS) == made
    assert scopes(store) == []
    assert [each.is_lifted for each in store.lot_holds(with_lifted=True)] == [True]
    assert [row.operator for row in store.events(kinds=("stock_blocked", "block_lifted"))] == ["p_9", "p_9"]


def test_what_came_from_a_supplier_is_blocked_by_lot_and_by_item_where_it_has_none(store: Store) -> None:
    block(store, "supplier", "ACME", reason="recall", by=BOSS)
    assert scopes(store) == [("A", "L1", "ACME"), ("B", "", "ACME")]


def test_a_lot_that_has_not_come_yet_is_blocked_where_its_item_is_named(store: Store) -> None:
    block(store, "lot", "L77", item="B", reason="recall", by=BOSS)
    assert scopes(store) == [("B", "L77", "")]


@pytest.mark.parametrize(
    ("what", "key", "reason", "code"),
    [
        ("lot", "L9", "recall", "nothing_known"),
        ("item", "Z", "recall", "nothing_known"),
        ("supplier", "NOBODY", "recall", "nothing_known"),
        ("item", "A", " ", "no_reason"),
    ],
)
def test_what_cannot_be_blocked_is_said(store: Store, what: str, key: str, reason: str, code: str) -> None:
    with pytest.raises(BlockError) as refused:
        block(store, what, key, reason=reason, by=BOSS)
    assert refused.value.code == code
    assert scopes(store) == []


def test_what_is_blocked_already_is_not_blocked_again(store: Store) -> None:
    block(store, "item", "A", reason="recall", by=BOSS)
    with pytest.raises(BlockError, match="blocked"):
        block(store, "lot", "L1", reason="recall", by=BOSS)
    with pytest.raises(BlockError, match="not_blocked"):
        lift(store, "no-1", reason="tested", by=BOSS)


def test_a_supplier_stands_for_what_all_stations_of_the_site_received_where_it_answers(store: Store) -> None:
    asked: list[str] = []

    def site(supplier: str) -> tuple[tuple[str, str], ...]:
        asked.append(supplier)
        return (("A", "L1"), ("C", "L8"))

    known = supplied(store, "acme", site)
    assert (asked, known) == (["acme"], Supplied((("A", "L1"), ("B", ""), ("C", "L8")), is_whole=True))
    made = block(store, "supplier", "acme", reason="recall", by=BOSS, known=known)
    assert {(each.item, each.lot) for each in made} == set(known.scopes)


def test_where_the_site_does_not_answer_the_own_receipts_are_known_and_not_called_all(store: Store) -> None:
    own = (("A", "L1"), ("B", ""))
    assert supplied(store, "ACME", lambda supplier: None) == Supplied(own, is_whole=False)
    assert supplied(store, "ACME", None) == Supplied(own, is_whole=True)
