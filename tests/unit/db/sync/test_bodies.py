from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rows.items import Item, Pack, ProofRule, RoundRule
from db.rows.orders import Order, OrderKind, OrderLine
from db.rows.people import Person, Role
from db.rows.trays import Compartment, Place, Tray
from db.sync import bodies

texts = st.text(st.characters(codec="utf-8"), max_size=8)
whole = st.integers(0, 10**6)


@given(texts, texts, st.integers(0, 3), whole, st.booleans(), st.lists(texts, max_size=3), st.sampled_from(ProofRule))
def test_an_item_comes_back(
    code: str, name: str, decimals: int, weight_g: int, tracked: bool, barcodes: list[str], proof: ProofRule
) -> None:
    item = Item(
        code=code,
        name=name,
        decimals=decimals,
        weight_g=weight_g,
        lot_tracked=tracked,
        serial_tracked=not tracked,
        barcodes=tuple(sorted(set(barcodes))),
        proof=proof,
        rounding=RoundRule.FULL_PACK,
        packs=(Pack("box", 12), Pack(name, 5)),
        picture="a.svg",
        note=name,
    )
    assert bodies.item_of(bodies.item_body(item)) == item


@given(texts, st.integers(1, 999), st.lists(texts, max_size=4, unique=True), whole)
def test_a_tray_comes_back(machine: str, number: int, labels: list[str], x_mm: int) -> None:
    cells = tuple(Compartment(label=each, x_mm=x_mm, y_mm=1, width_mm=2, depth_mm=3) for each in labels)
    tray = Tray(machine=machine, number=number, name="n", width_mm=1, depth_mm=2, max_weight_g=3, compartments=cells)
    assert bodies.tray_of(bodies.tray_body(tray)) == tray


@given(st.sampled_from(OrderKind), texts, st.booleans(), st.none() | st.just(datetime(2026, 1, 1, 5, tzinfo=UTC)))
def test_an_order_comes_back(kind: OrderKind, lot: str, has_place: bool, need_by: datetime | None) -> None:
    place = Place("VLM1", 7, "C1") if has_place else None
    line = OrderLine(order="O1", line="1", item="A", quantity=3, host_key="h", lot=lot, owner="x", place=place, note="n")
    order = Order(order="O1", kind=kind, host_key="k", destination="d", need_by=need_by, priority=2, lines=(line,))
    assert bodies.order_of(bodies.order_body(order)) == order


def test_a_person_comes_back_with_what_proves_the_pin() -> None:
    person = Person(person="p_1", name="Ada", role=Role.SUPERVISOR, is_active=False, language="de")
    document = bodies.PersonDocument(person=person, badge_digest="d", verifier="v", pepper_id="k")
    assert bodies.person_of(bodies.person_body(document)) == document


@pytest.mark.parametrize(
    "body",
    [{}, {"code": 1}, [], None, {"code": "A", "packs": 3}, {**bodies.item_body(Item(code="A", name="A")), "decimals": "2"}],
)
def test_what_is_no_item_is_named_as_such(body: Any) -> None:
    with pytest.raises(bodies.UNREADABLE):
        bodies.item_of(body)
