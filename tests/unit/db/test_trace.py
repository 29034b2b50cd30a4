"""Goods are followed backward to where they came from and forward to who got them."""

from __future__ import annotations

from db.records.receipts import Received
from db.rows.orders import OrderKind
from db.rows.trace import Followed, Trace
from db.store import Store

from .made import counted, imported, order, picked, put


def _day(store: Store) -> None:
    """Lot L1 comes by receipt R1 of Brandt, lies in C1, and goes to orders O1 and O2; lot L2 stays out of it."""
    receipt = order("R1", supplier="Brandt", reference="ASN 88120")
    receipt = type(receipt)(**{f: getattr(receipt, f) for f in receipt.__slots__} | {"kind": OrderKind.RECEIPT})
    store.import_orders([receipt, order("O1", destination="Line 3"), order("O2")], imported("order")).result()
    store.append([Received(order="R1", line="1", item="A", lot="L1", quantity=10, supplier="Brandt", reference="ASN 88120")])
    store.append([put(10, lot="L1", order="R1"), put(4, lot="L2")], operator="p_1")
    store.append([picked(3, lot="L1", order="O1", tote="T-7"), picked(2, lot="L1", order="O2")], operator="p_2")
    store.append([counted(5, lot="L1"), picked(1, lot="L2", order="O2", serial="S9")], operator="p_3").result()


def _kinds(trace: Trace) -> tuple[list[str], list[str], list[str]]:
    return tuple([each.row.kind for each in events] for events in (trace.came, trace.went, trace.other))  # type: ignore[return-value]


def test_a_lot_is_followed_both_ways(store: Store) -> None:
    _day(store)
    trace = store.traced("lot", "L1")
    assert _kinds(trace) == (["received", "put"], ["picked", "picked"], ["counted"])
    assert [(each.place.compartment, each.quantity) for each in trace.lies] == [("C1", 5)]
    assert [(each.order, each.supplier) for each in trace.orders] == [("O1", ""), ("O2", ""), ("R1", "Brandt")]


def test_a_receipt_leads_forward_to_who_got_its_goods(store: Store) -> None:
    _day(store)
    for key in ("R1", "ASN 88120"):
        trace = store.traced("receipt", key)
        assert trace.followed == (Followed("A", "L1", ""),)
        assert [each.row.operator for each in trace.went] == ["p_2", "p_2"]


def test_an_order_leads_backward_to_where_its_goods_came_from(store: Store) -> None:
    _day(store)
    trace = store.traced("order", "O1")
    assert [each.row.kind for each in trace.came] == ["received", "put"]
    assert next(each for each in trace.orders if each.order == "O1").destination == "Line 3"


def test_a_serial_is_one_thing(store: Store) -> None:
    _day(store)
    assert _kinds(store.traced("serial", "S9")) == ([], ["picked"], [])


def test_goods_that_nobody_can_tell_apart_are_named(store: Store) -> None:
    _day(store)
    store.append([picked(1, item="NUT", order="O1")]).result()
    assert store.traced("order", "O1").unfollowed == ("NUT",)


def test_what_nobody_has_heard_of_is_not_known(store: Store) -> None:
    _day(store)
    assert not store.traced("lot", "never").is_known
    assert not store.traced("receipt", "never").is_known
