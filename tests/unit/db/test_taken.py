"""Goods on an account: told by the picks and puts themselves, so that nothing is between the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from db.errors import StoreError
from db.projections import fold
from db.records.stock import Put
from db.records.taken import CompartmentDue, GivenBack, Returned, TakenOut
from db.records.undo import PutBackOffAccount, TakenBackOntoAccount
from db.rows.stock import StockKey, StockStatus
from db.store import Store
from tests.unit.db.made import imported, item, loaded, picked, put

DUE = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def _facts(more: dict[str, Any]) -> dict[str, Any]:
    return {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"} | more


def taken(quantity: int, account: str = "hand", holder: str = "p1", **more: Any) -> TakenOut:
    return TakenOut(quantity=quantity, account=account, holder=holder, **_facts(more))


def given(quantity: int, account: str = "hand", holder: str = "p1", **more: Any) -> GivenBack:
    return GivenBack(quantity=quantity, account=account, holder=holder, **_facts(more))


def on_accounts(store: Store) -> list[tuple[str, str, str, int]]:
    return [(each.account, each.holder, each.key.item, each.quantity) for each in store.taken()]


def book(store: Store) -> int:
    return sum(each.quantity for each in store.stock())


def test_what_leaves_the_compartment_is_in_the_hand_in_the_same_event(store: Store) -> None:
    store.append([loaded(10), taken(4)]).result()
    assert on_accounts(store) == [("hand", "p1", "A", 4)]
    assert book(store) + 4 == 10
    store.append([given(3, compartment="C2")]).result()
    assert on_accounts(store) == [("hand", "p1", "A", 1)]
    assert book(store) + 1 == 10
    store.append([given(1, compartment="C2")]).result()
    assert store.taken() == ()
    assert book(store) == 10
    assert store.stock_matches_log()


def test_a_rebuild_finds_the_same_accounts(store: Store) -> None:
    out = taken(1, "tool", due_at=DUE.isoformat(timespec="microseconds"))
    store.append([loaded(10), taken(4), out, taken(1, "tool", "", job="FA-1"), given(2)]).result()
    before, digest = store.taken(), store.ask(fold.digest)
    store.rebuild().result()
    assert store.taken() == before
    assert store.ask(fold.digest) == digest
    found = {(each.account, each.job, each.due_at, each.quantity) for each in before}
    assert found == {("tool", "", DUE, 1), ("tool", "FA-1", None, 1), ("hand", "", None, 2)}


def test_a_plain_pick_and_put_have_no_account(store: Store) -> None:
    store.append([loaded(10), picked(4), put(1)]).result()
    assert store.taken() == ()


def test_what_is_undone_goes_back_with_its_account(store: Store) -> None:
    """Taken and undone, then given back and undone: the goods are in one place each time, on the account as they were."""
    store.append([loaded(1, serial="S1")]).result()
    taken_id = store.append([taken(1, "tool", serial="S1")]).result()[0].id
    off = PutBackOffAccount(
        quantity=1, account="tool", holder="p1", undoes=(taken_id,), **_facts({"serial": "S1"}), was_serial="S1"
    )
    store.append([off]).result()
    assert (store.taken(), book(store)) == ((), 1)
    store.append([taken(1, "tool", serial="S1", due_at=DUE.isoformat(timespec="microseconds"))]).result()
    before = [(each.key, each.due_at) for each in store.taken()]
    given_id = store.append([given(1, "tool", serial="S1", was_serial="S1", status="quality_hold")]).result()[0].id
    lay = _facts({"serial": "S1", "status": "quality_hold"})
    was = {"was_lot": "", "was_serial": "S1", "was_status": "free", "due_at": DUE.isoformat(timespec="microseconds")}
    store.append([TakenBackOntoAccount(quantity=1, account="tool", holder="p1", undoes=(given_id,), **lay, **was)]).result()
    assert [(each.key, each.due_at) for each in store.taken()] == before
    assert book(store) == 0
    digest = store.ask(fold.digest)
    store.rebuild().result()
    assert store.ask(fold.digest) == digest


def test_goods_come_off_under_the_key_they_were_taken_with(store: Store) -> None:
    store.append([loaded(1, serial="S1"), taken(1, "tool", serial="S1")]).result()
    back = given(1, "tool", serial="S1", was_serial="S1", status="quality_hold", condition="damaged")
    store.append([back]).result()
    assert store.taken() == ()
    held = [each for each in store.stock() if each.key.status is StockStatus.QUALITY_HOLD]
    assert [(each.key.serial, each.quantity) for each in held] == [("S1", 1)]


def test_a_serial_goes_on_hold_where_it_lies_but_is_never_put_twice(store: Store) -> None:
    store.append([loaded(1, serial="S1")]).result()
    leaves = picked(1, serial="S1")
    stays = put(1, serial="S1", status="quality_hold")
    store.append([leaves, stays]).result()
    with pytest.raises(StoreError, match="D413"):
        store.append([put(1, serial="S1")]).result()


def test_picks_are_net_of_what_came_back_for_the_same_line(store: Store) -> None:
    def back(quantity: int, line: str) -> Returned:
        return Returned(quantity=quantity, of_order="O1", of_line=line, reason="return", **_facts({}))

    store.append(
        [loaded(50), picked(5, order="O1", line="1"), picked(4, order="O1", line="2"), picked(3, order="O2", line="1")]
    ).result()
    store.append([back(2, "1"), back(4, "2")]).result()
    found = [(each.order, each.line, each.quantity) for each in store.net_picks("A", 9)]
    assert sorted(found) == [("O1", "1", 3), ("O2", "1", 3)]
    assert store.net_picks("A", 1)[0].order == "O2", "the newest first"
    assert store.net_picks("B", 9) == ()


def test_a_return_adds_nothing_to_the_line_it_came_from(store: Store) -> None:
    store.append([loaded(50), picked(5, order="O1", line="1")]).result()
    before = store.ask(lambda connection: connection.exec_driver_sql("SELECT * FROM now_line").all())
    store.append([Returned(quantity=2, of_order="O1", of_line="1", reason="return", **_facts({}))]).result()
    assert store.ask(lambda connection: connection.exec_driver_sql("SELECT * FROM now_line").all()) == before


def test_one_compartment_is_due_for_a_count_and_no_other(store: Store) -> None:
    store.append([loaded(5), loaded(6, compartment="C2")]).result()
    store.append([CompartmentDue(machine="VLM1", tray=7, compartment="C2", why="wrong_item")]).result()
    assert [(each.place.compartment, each.why) for each in store.counts_due("VLM1")] == [("C2", "wrong_item")]


def test_tools_and_values_are_kept_with_the_item(store: Store) -> None:
    tool = item("T", is_tool=True, unit_value=12_345)
    store.import_items([tool], imported("items")).result()
    assert store.item("T") == tool
    assert replace(tool, is_tool=False) != store.item("T")


def test_a_put_without_an_account_leaves_the_hand_alone(store: Store) -> None:
    store.append([loaded(10), taken(4)]).result()
    store.append([Put(quantity=4, **_facts({}))]).result()
    assert on_accounts(store) == [("hand", "p1", "A", 4)]


def test_keys_tell_accounts_apart(store: Store) -> None:
    store.append([loaded(10, lot="L1"), taken(2, lot="L1"), taken(1, lot="L1", holder="p2")]).result()
    assert [(each.holder, each.key, each.quantity) for each in store.taken()] == [
        ("p1", StockKey(item="A", lot="L1"), 2),
        ("p2", StockKey(item="A", lot="L1"), 1),
    ]
